using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Surveys;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Surveys;

/// <summary>
/// Makes a survey of the case from a list of questions (P15, P76, Q20, Q34) and opens it. Where more than ten people
/// would be asked by name it is only prepared: somebody looks through them at the desk first. The procedure goes on at
/// once; the counts are shown to the tasks that come (exhibit <c>survey</c>).
/// </summary>
internal sealed class OpenSurvey : CaseActivity, IDescribedActivity
{
    private readonly InputBinding<string?> _questionnaire, _audience, _within;
    private readonly OutputBinding _survey;

    public OpenSurvey(ActivityNode node)
        : base(node)
    {
        _questionnaire = node.Input<string?>("Questionnaire", Questionnaires.Satisfaction);
        _audience = node.Input<string?>("Audience");
        _within = node.Input<string?>("Within", "rule:survey-time");
        _survey = node.Output("SurveyId");
    }

    private static readonly IReadOnlyList<InputOption> Lists =
        [.. Questionnaires.All.Select(list => new InputOption(list.Name, Choices.Text(list.Title)))];

    private static readonly IReadOnlyList<InputOption> Audiences =
    [
        new(SurveyOpening.Proposers, new("提出人（邮件）", "Proposers, by mail")),
        new(SurveyOpening.Visitors, new("网上报名的人（邮件）", "Visitors who signed up, by mail")),
        .. Choices.Assignees,
    ];

    public static ActivityType Type { get; } = new(
        Activity("Consultation.OpenSurvey", "发放问卷", "Open a survey")
            .Category("协商", "Consultation")
            .Description(
                "按问题清单生成并发放问卷；点名超过十人的，先由工作人员核对再发",
                "Makes a survey from a list of questions and opens it; above ten people somebody looks through them "
                    + "first")
            .Pick("Questionnaire", "问题清单", "List of questions", Lists, Questionnaires.Satisfaction)
            .Who("Audience", "问谁", "Who is asked", Audiences)
            .Duration("Within", "开放多久", "Open for", "rule:survey-time")
            .Output("SurveyId", "String", "问卷", "Survey")
            .OptionalOutcome("Done", "完成", "Done").Build(),
        node => new OpenSurvey(node),
        node => NodeChecks.Findings([List(node), Audience(node), NodeChecks.Duration(node, "Within")]));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var list = Questionnaires.Find(_questionnaire.Get(context), file.Policies.Questionnaires)
            ?? Questionnaires.Find(Questionnaires.Satisfaction)!;
        var within = DueTime.Read(
            _within.Get(context) is { Length: > 0 } text ? text : "rule:survey-time", file);
        var closesOn = file.Calendar.Add(file.Calendar.DayOf(context.Now), within);
        var (survey, asked) = SurveyOpening.Make(
            file, list, _audience.Get(context), closesOn, null, context.Now);
        context.SetOutput(_survey, survey.Id.Value.ToString("N"));
        if (asked.Count > SurveyOpening.MostUnseen
            || !SurveyOpening.Open(file, survey, asked.Count, null, context.Now))
        {
            Tell(context, file, HistoryVerbs.SurveyPrepared, new(
                $"问卷“{survey.Title.Zh}”已备好，拟问 {asked.Count} 人，请核对后发放。",
                $"The survey “{survey.Title.For("en")}” is prepared for {asked.Count} people; look through them, then "
                    + "open it."));
        }

        context.Complete();
    }

    private static DefinitionFinding? List(ActivityNode node) =>
        NodeChecks.Literal(node, "Questionnaire") is not { Length: > 0 } name || Questionnaires.Find(name) is not null
            ? null
            : node.Finding(
                FindingSeverity.Warning, "unknown-questionnaire",
                new($"“{node.DisplayText}”的问题清单“{name}”不是产品自带的",
                    $"{node.DisplayText}: the list of questions \"{name}\" is not one of the product's"),
                new("单位自己的清单可以不改；单位没有这份清单时用满意度问卷",
                    "Leave it for a list of the organisation's own; without one the satisfaction list is taken"),
                "Questionnaire");

    /// <summary>The people in the audience must be understood; proposers and visitors alone will do.</summary>
    private static DefinitionFinding? Audience(ActivityNode node) =>
        NodeChecks.Literal(node, "Audience") is not { Length: > 0 } text
        || SurveyOpening.PeopleIn(text) is not { Length: > 0 } people
        || AssigneeSpec.Read(people) is not AssigneeSpecReading.Wrong(_, var message) ? null : node.Finding(
            FindingSeverity.Error, "bad-assignee",
            new($"“{node.DisplayText}”问谁的写法有误", $"{node.DisplayText}: who is asked is not understood"),
            new(message.Zh, message.For("en")), "Audience");
}
