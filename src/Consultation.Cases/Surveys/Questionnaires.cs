using Consultation.Cases.Forms;

namespace Consultation.Cases.Surveys;

/// <summary>
/// The lists of questions that come with the product, one for each purpose. An organisation changes them at the desk:
/// its own list of the same name takes their place.
/// </summary>
public static class Questionnaires
{
    /// <summary>Names of the shipped lists.</summary>
    public const string Needs = "needs", Satisfaction = "satisfaction", Consensus = "consensus", Event = "event";

    /// <summary>Key of the question how far the problem is solved, of which an indicator is computed (P72).</summary>
    public const string Solved = "solved";

    /// <summary>Key of the question how satisfied people are, of which an indicator is computed (P73).</summary>
    public const string Satisfied = "satisfied";

    /// <summary>Key of the question about the effect on others, of which an indicator is computed (P74).</summary>
    public const string Impact = "impact";

    /// <summary>The shipped lists.</summary>
    public static IReadOnlyList<Shipped> All { get; } =
    [
        new(Needs, SurveyPurpose.Needs, new("问题征集问卷", "What should be consulted on"),
            new("请告诉我们身边最需要协商解决的问题。", "Tell us which problems around you need to be solved together."),
        [
            One("who", "您是", "You are", "resident", "居民", "a resident", "member", "政协委员", "a member",
                "firm", "驻区单位或商户", "a firm", "official", "工作人员", "an official", "other", "其他", "somebody else"),
            Several("fields", "最需要协商解决的是哪些方面？（最多三项）", "Which matters most? (at most three)", 3,
                "traffic", "停车出行", "Parking and traffic", "environment", "环境卫生", "Environment", "safety", "公共安全",
                "Safety", "elderly", "养老服务", "Care of the elderly", "education", "教育托育", "Education",
                "health", "医疗卫生", "Health", "property", "物业和老旧小区", "Housing", "culture", "文体生活",
                "Culture and sport", "other", "其他", "Other"),
            Words("issue", "请写下您最希望解决的一个问题", "Which one problem should be solved first?") with
            {
                Required = true,
            },
            Words("place", "发生在什么地方？", "Where is it?"),
            Scale("urgent", "这个问题有多紧迫？", "How urgent is it?") with { Required = true },
            Words("advice", "您有什么建议？", "What do you suggest?"),
        ]),
        new(Satisfaction, SurveyPurpose.Satisfaction, new("协商满意度问卷", "What do you think of the consultation?"),
            new("请对这次协商和办理的结果打分，1 分最低，5 分最高。",
                "Please score this consultation and what came of it; 1 is the lowest, 5 the highest."),
        [
            Scale(Solved, "问题解决得怎么样？", "How far is the problem solved?") with { Required = true },
            Scale(Satisfied, "您对协商的过程满意吗？", "How satisfied are you with the consultation?") with
            {
                Required = true,
            },
            Scale(Impact, "对其他居民和周边的影响如何？", "How good is the effect on others?"),
            Scale("topic-quality", "议题是不是大家关心的？", "Was the topic worth it?"),
            Scale("measures", "提出的办法实不实？", "Were the measures practical?"),
            Scale("effect", "协商有没有成效？", "Did the consultation have an effect?"),
            Words("good", "哪些做得好？", "What was good?"),
            Words("better", "哪些还要改进？", "What should be better?"),
        ]),
        new(Consensus, SurveyPurpose.Consensus, new("会后共识问卷", "What the meeting agreed on"),
            new("请说说您对会议形成的意见是否认同。", "Please say how far you agree with what the meeting came to."),
        [
            One("agree", "您认同会议形成的意见吗？", "Do you agree with what the meeting came to?", "fully", "完全认同",
                "Fully", "mostly", "基本认同", "Mostly", "partly", "部分认同", "Partly", "no", "不认同", "Not at all") with
            {
                Required = true,
            },
            Scale("topic-quality", "议题质量", "Quality of the topic"),
            Scale("measures", "意见建议是否务实管用", "Were the proposals practical?"),
            Scale("effect", "协商成效", "Result of the consultation"),
            Scale("heard", "您的意见是否得到充分表达", "Were you heard?"),
            Words("open", "还有哪些分歧或保留意见？", "On what is there no agreement yet?"),
        ]),
        new(Event, SurveyPurpose.Event, new("活动反馈问卷", "What did you think of the event?"),
            new("感谢参加，请花一分钟告诉我们您的感受。", "Thank you for coming; please tell us in a minute how it was."),
        [
            Scale(Satisfied, "总体满意度", "Overall") with { Required = true },
            Scale("useful", "内容对您有没有帮助？", "Was it useful to you?"),
            One("again", "以后还愿意参加吗？", "Would you come again?", "yes", "愿意", "Yes", "maybe", "看情况", "Perhaps",
                "no", "不愿意", "No"),
            Words("wish", "希望以后安排什么内容？", "What would you like next time?"),
        ]),
    ];

    /// <summary>The shipped list of that name, or null.</summary>
    public static Shipped? Find(string? name) => All.FirstOrDefault(one => one.Name == name);

    /// <summary>The list of that name: the organisation's own, else the shipped one; null for neither.</summary>
    public static Shipped? Find(string? name, IEnumerable<Questionnaire> own) =>
        own.FirstOrDefault(one => one.Name == name) is { } changed
            ? new(changed.Name, changed.Purpose, changed.Title, changed.Intro, changed.Questions)
            {
                Anonymous = changed.Anonymous,
            }
            : Find(name);

    /// <summary>A list of questions.</summary>
    public sealed record Shipped(
        string Name, SurveyPurpose Purpose, LocalText Title, LocalText Intro, IReadOnlyList<SurveyQuestion> Questions)
    {
        /// <summary>Whether surveys made from it are anonymous unless somebody says otherwise.</summary>
        public bool Anonymous { get; init; } = true;
    }

    private static SurveyQuestion One(string key, string zh, string en, params string[] options) => new()
    {
        Key = key,
        Text = new(zh, en),
        Kind = QuestionKind.One,
        Options = Options(options),
    };

    private static SurveyQuestion Several(string key, string zh, string en, int most, params string[] options) => new()
    {
        Key = key,
        Text = new(zh, en),
        Kind = QuestionKind.Several,
        Options = Options(options),
        Max = most,
    };

    private static SurveyQuestion Scale(string key, string zh, string en) => new()
    {
        Key = key,
        Text = new(zh, en),
        Kind = QuestionKind.Scale,
        Min = 1,
        Max = 5,
    };

    private static SurveyQuestion Words(string key, string zh, string en) => new()
    {
        Key = key,
        Text = new(zh, en),
        Kind = QuestionKind.Text,
    };

    private static List<FieldChoice> Options(string[] words) =>
        [.. words.Chunk(3).Select(three => new FieldChoice(three[0], new(three[1], three[2])))];
}
