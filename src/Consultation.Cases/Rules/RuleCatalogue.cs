using System.Globalization;
using Consultation.Cases.Archiving;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using static Consultation.Cases.Forms.FieldMaker;

namespace Consultation.Cases.Rules;

/// <summary>
/// Every rule that neither document settles and the product therefore chose (O3, O5–O10, O30), or that they settle and
/// a district may see differently. Each is edited at the desk and read when a step needs it, so that a change counts
/// for what begins after it.
/// </summary>
public static partial class RuleCatalogue
{
    /// <summary>How a value that is the product's own is marked wherever it is shown.</summary>
    public static readonly LocalText Note = new("产品默认，非方案规定", "product default, not from the plan");

    /// <summary>How a value that stands in a document is marked.</summary>
    public static readonly LocalText FromPlan = new("方案规定", "from the plan");

    private static readonly LocalText StepWhy = new(
        "原文写了这一步要做，没有写多久；没有期限就没有提醒和催办。",
        "The plan names the step but no time for it; without a limit nobody is reminded and nothing is chased.");

    /// <summary>All of them, as the desk lists them.</summary>
    public static IReadOnlyList<RuleKind> All { get; } =
        [
            .. Steps(), .. Intake(), .. Meeting(), .. Voting(), .. Tracking(), .. Papers(), .. Material(),
            .. Publishing(), .. Surveys(),
        ];

    private static readonly Dictionary<string, RuleKind> ByKey = All.ToDictionary(kind => kind.Key);

    /// <summary>The rule of that key, or null.</summary>
    public static RuleKind? Find(string key) => ByKey.GetValueOrDefault(key);

    /// <summary>What is wrong with a value, or null.</summary>
    public static LocalText? Check(RuleKind kind, string value) => kind.Form switch
    {
        RuleForm.Limit when !WorkingDuration.TryParse(value, out _) => new(
            "请按“2工作日”或“3天”的样子填写。", "Write it like 2wd (working days) or 3d (calendar days)."),
        RuleForm.Hours when HotlineTimes.Hours(value) is null && !WorkingDuration.TryParse(value, out _) => new(
            "请按“2h”（小时）、“7d”（自然日）或“5wd”（工作日）的样子填写。",
            "Write it like 2h (hours), 7d (calendar days) or 5wd (working days)."),
        RuleForm.Span when !WorkingDuration.TryParseSpan(value, out _) => new(
            "请按“-3工作日”的样子填写：会前写负数，会后写正数，当天写 0工作日。",
            "Write it like -3wd: negative before the meeting, positive after it, 0wd for the day."),
        RuleForm.Minimums when MeetingRules.ReadMinimums(value) is null => new(
            "请写成 resident|firm: 1; member: 1 的样子：类别之间用 | 表示合计，各条之间用分号。可用的类别："
                + string.Join("、", SeatClasses.All.Select(one => $"{one.Key}（{one.Name.Zh}）")) + "。",
            "Write it like resident|firm: 1; member: 1, with | between classes that count together and a semicolon "
                + "between rules. Classes: "
                + string.Join(", ", SeatClasses.All.Select(one => $"{one.Key} ({one.Name.For("en")})")) + "."),
        RuleForm.Choice when kind.Options.All(option => option.Key != value) => new("请选择一项。", "Choose one."),
        RuleForm.Number when !int.TryParse(
            value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < kind.Bounds.Least || number > kind.Bounds.Most => new(
            $"请填写 {kind.Bounds.Least} 到 {kind.Bounds.Most} 之间的整数。",
            $"Write a whole number from {kind.Bounds.Least} to {kind.Bounds.Most}."),
        RuleForm.FileKinds when Attachments.FileKinds.Read(value) is null => new(
            "请写成 jpg, png, pdf 的样子。可用的格式：" + Attachments.FileKinds.Write(Attachments.FileKinds.All) + "。",
            "Write it like jpg, png, pdf. Known kinds: " + Attachments.FileKinds.Write(Attachments.FileKinds.All)
                + "."),
        RuleForm.ArchiveItems when ArchiveList.Read(value) is null => new(
            "请写成 notice, minutes 的样子。可用的项目："
                + string.Join("、", ArchiveList.Items.Select(item => $"{item.Key}（{item.Name.Zh}）")) + "。",
            "Write it like notice, minutes. Items: "
                + string.Join(", ", ArchiveList.Items.Select(item => $"{item.Key} ({item.Name.For("en")})")) + "."),
        _ => null,
    };

    /// <summary>A value as it is stored: durations in one way of writing.</summary>
    public static string Normal(RuleKind kind, string value) => kind.Form switch
    {
        RuleForm.Limit or RuleForm.Span or RuleForm.Hours when WorkingDuration.TryParseSpan(value, out var duration) =>
            duration.ToString(),
        RuleForm.Number when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            number.ToString(CultureInfo.InvariantCulture),
        RuleForm.FileKinds when Attachments.FileKinds.Read(value) is { } kinds => Attachments.FileKinds.Write(kinds),
        RuleForm.ArchiveItems when ArchiveList.Read(value) is { } items => ArchiveList.Write(items),
        _ => value.Trim(),
    };

    private static IEnumerable<RuleKind> Steps() =>
    [
        Step("verify", "核实筛查", "Verification", "3wd", "O3 Q82"),
        new(RuleKeys.SecondCheck, RuleGroup.Steps, new("不纳入复核", "Second check of an exclusion"), new(
            "不纳入的事项要由第二人复核，提出人在等结果。",
            "A second person checks what is not taken in, while the proposer waits for the answer."),
            RuleForm.Limit, "2wd", "O13 Q73"),
        new("review-request", RuleGroup.Steps, new("申请复核", "Asking for a review"), new(
            "不予纳入的理由告知以后，给提出人考虑和申请一次复核的时间。",
            "Time for the proposer to consider the reasons and to ask once for a review."),
            RuleForm.Limit, "10wd", "O13 Q73"),
        new("review", RuleGroup.Steps, new("办理复核", "Review of an exclusion"), new(
            "复核由没有参与筛查的人办理，提出人在等最后的结果。",
            "Somebody who had no part in the screening reviews it, while the proposer waits for the last word."),
            RuleForm.Limit, "10wd", "O13 Q73"),
        Step("topic-draft", "拟定议题", "Draft of the topic", "3wd", "O3 Q84"),
        Step("committee", "专委会确定议题、审签", "Committee's decisions", "5wd", "O3 Q85"),
        new("chair", RuleGroup.Steps, new("留给主任决定的时间", "Time kept for the chair"), new(
            "成员先发表意见，最后留出时间由主任决定。",
            "Members give their opinions first; the rest of the time is the chair's, who decides."),
            RuleForm.Limit, "2wd", "O2 Q85"),
        new("prolongation", RuleGroup.Steps, new("延长答复时间", "More time for answers"), new(
            "到期答复不足以作出决定的，可以再给成员一段时间。",
            "Where the answers do not decide at the due day, members may be given more time."),
            RuleForm.Limit, "3wd", "O2 Q85"),
        Step("acknowledge", "知悉确认", "Acknowledgement", "3wd", "O3 Q86"),
        Step("research", "调研", "Research", "15wd", "O3 Q87"),
        Step("readiness", "协商准备", "Readiness", "3wd", "O3 Q88"),
        Step("roster", "安排会议、确定参会人员", "Planning the meeting and its roster", "3wd", "O3 Q89 P23"),
        Step("submission", "情况报送", "Submission", "5wd", "O3 Q97"),
        Step("problem-list", "制定问题清单", "Problem list", "5wd", "O3 Q99"),
    ];

    private static IEnumerable<RuleKind> Intake() =>
    [
        Hotline(RuleKeys.HotlineEmergency, "紧急工单", "Emergency orders", "2h"),
        Hotline(RuleKeys.HotlineUtilities, "水电气热等工单", "Orders about water, power, gas, heating", "24h"),
        Hotline(RuleKeys.HotlineOrdinary, "一般工单", "Ordinary orders", "7d"),
        Hotline(RuleKeys.HotlineComplex, "复杂疑难工单", "Complex orders", "15d"),
        Common(RuleKeys.CommonCount, "共性问题：同一地点达到几件", "Common problem: orders of one place", 5, 2, 10_000,
            "同一分类、同一地点的 12345 工单达到这个件数的，列为共性问题。",
            "So many hotline orders of one category and place make a common problem."),
        Common(RuleKeys.CommonPlaces, "共性问题：同一分类涉及几个地点", "Common problem: places of one category", 3, 2, 1000,
            "同一分类的 12345 工单来自这么多地点的，也列为共性问题：不是一处的事。",
            "A category of hotline orders from so many places is common too: it is not one place's trouble."),
        new("routing-sign", RuleGroup.Intake, new("签收交办件", "Signing for what was routed"), new(
            "交办以后先确认有人接手；不属于本单位职责的，在这段时间内申请改办。",
            "Somebody has to take it in hand first; a unit that is not responsible asks for another one in this time."),
            RuleForm.Limit, "1wd", "Q37 Q60"),
        new("routing-change", RuleGroup.Intake, new("决定是否改办", "Deciding on another unit"), new(
            "申请改办期间没有人办理，要尽快决定。", "Nobody works on it meanwhile, so it is decided soon."),
            RuleForm.Limit, "1wd", "Q37 Q60"),
        new("routing-help", RuleGroup.Intake, new("协办单位提出意见", "Opinions of helping units"), new(
            "协办意见先送主办单位，由主办单位统一答复；到期不等。",
            "Helping units send theirs to the unit in charge, which answers for all; it does not wait longer."),
            RuleForm.Limit, "3wd", "Q37 Q60"),
        new("routing-reply", RuleGroup.Intake, new("主办单位答复", "Reply of the unit in charge"), new(
            "提出人在等答复。", "The proposer waits for it."), RuleForm.Limit, "10wd", "Q37 Q60"),
        new("routing-quality", RuleGroup.Intake, new("审核答复", "Second look at a reply"), new(
            "答复发出前由另一人看一遍：是否逐条回应，有没有时间和落款。",
            "Another person looks before it goes out: every point answered, with days and a signature?"),
            RuleForm.Limit, "1wd", "Q37 P05"),
        new("routing-rating", RuleGroup.Intake, new("提出人评价答复", "The proposer's opinion of a reply"), new(
            "答复后请提出人评价是否满意；到期没有评价的，按未评价办结。",
            "The proposer is asked afterwards; who says nothing in this time is closed as not answered."),
            RuleForm.Limit, "7d", "Q37 P05"),
    ];

    private static RuleKind Common(
        string key, string zh, string en, int value, int least, int most, string whyZh, string whyEn) => new(
        key, RuleGroup.Intake, new(zh, en), new(whyZh, whyEn), RuleForm.Number,
        value.ToString(CultureInfo.InvariantCulture), "Q64")
        {
            Bounds = (least, most),
        };

    private static RuleKind Hotline(string key, string zh, string en, string value) => new(
        key, RuleGroup.Intake, new(zh, en), new(
            "12345 工单按类别有办理时限，从反映时算起；逾期的在列表中标出。",
            "Orders of the hotline have a time by their class, from when they were raised; late ones are marked."),
        RuleForm.Hours, value, "O21 Q37");

    private static IEnumerable<RuleKind> Meeting() =>
    [
        new("notice-lead", RuleGroup.Meeting, new("会议通知提前多久发出", "Notice before the meeting"), new(
            "参会人员要有时间安排工作、准备意见；晚于这一天发出的要写明原因。",
            "People need time to make room and to prepare; a later notice has to say why."),
            RuleForm.Limit, "5wd", "O3 Q89 P25"),
        new(RuleKeys.RosterMinimums, RuleGroup.Meeting,
            new("参会名单各类人员最少人数", "Least number of each class on a roster"), new(
            "协商要有利益相关方、委员和平台三方在场，缺一方就不成协商。",
            "Those concerned, members and the platform all have to be there; without one of them nobody consults."),
            RuleForm.Minimums, "resident|firm: 1; member: 1; platform: 1", "Q89–Q92 P23"),
        Span(RuleKeys.MeetingReply, "回执截止", "Last day for replies", "-3wd", "P26",
            "过了这一天还没有回复的，组织人还来得及换人。", "Whoever has not replied by then can still be replaced."),
        Span("reconfirm-first", "第一次再确认：发出", "First confirmation: asked", "-3wd", "P36",
            "答应参加的人可能有变化，会前再问一次。", "Plans change; those who accepted are asked again."),
        Span("reconfirm-first-by", "第一次再确认：截止", "First confirmation: until", "-2wd", "P36",
            "到期未确认的，还来得及替换。", "Who has not confirmed can still be replaced."),
        Span("reconfirm-second", "第二次再确认：发出", "Second confirmation: asked", "-1wd", "P36",
            "会前一天再问一次，名单以此为准。", "Asked once more on the day before; the roster follows it."),
        Span("reconfirm-second-by", "第二次再确认：截止", "Second confirmation: until", "-1wd", "P36",
            "当天下班前要知道谁来。", "Who comes has to be known at the end of that day."),
        new(RuleKeys.ReconfirmRest, RuleGroup.Meeting,
            new("刚答复的人多久以后才再确认", "Not asked to confirm within"), new(
            "回执截止和第一次再确认在同一天：当天才答复的，不在同一天再问一次；0wd 表示都问。",
            "The last day for replies is that of the first confirmation: who replied on it is not asked again the same "
                + "day; 0wd asks everybody."),
            RuleForm.Limit, "1wd", "P26 P36"),
        Span("meeting-rules", "发出议事规则", "Rules of procedure sent", "-4wd", "P32",
            "参会人员至迟在会前 3 个工作日知道怎样议、怎样表决；那一天还要再确认，不在同一天收两封信。",
            "Known three working days before at the latest, and not mailed on the day of the confirmation."),
        Span("meeting-brief", "发出议题说明", "Brief of the topic sent", "-2wd", "P43 P44",
            "议题的背景、数据和材料要在会前看到。", "Background, data and material of the topic are read before the meeting."),
        Span("meeting-material", "会议场地和资料备齐", "Venue and material ready", "-2wd", "P34 P35",
            "资料要在会前送到，参会人员才能先看。", "Material has to be there before, so that people can read it."),
        new("replacement", RuleGroup.Meeting, new("替换参会人员", "Replacing somebody on a roster"), new(
            "新请的人也要有时间准备。", "Whoever takes the place needs time as well."), RuleForm.Limit, "1wd", "P37"),
        Step("minutes-draft", "整理纪要", "Draft of the minutes", "3wd", "O3 P55", RuleGroup.Meeting),
        new("minutes-confirmation", RuleGroup.Meeting, new("确认纪要", "Confirmation of the minutes"), new(
            "到期未答复的记为“未回复”，不算确认；提醒两次后由主持人结束。",
            "Silence stays “no answer”, never “confirmed”; after two reminders the host may close."),
            RuleForm.Limit, "5wd", "O3 O12 P56"),
        Step("minutes-revision", "根据异议修改纪要", "Revision after an objection", "2wd", "O12 P56", RuleGroup.Meeting),
        Step("minutes-closing", "主持人结束纪要", "Closing of the minutes by the host", "2wd", "O12 P56", RuleGroup.Meeting),
        Step("opinion", "形成协商意见", "Opinion of the consultation", "3wd", "O3 Q94", RuleGroup.Meeting),
    ];

    private static IEnumerable<RuleKind> Voting() =>
    [
        new(RuleKeys.Quorum, RuleGroup.Voting, new("法定到会人数", "Quorum"), new(
            "到会的人太少，表决不能代表大家。会议审定了自己的议事规则的，按议事规则。",
            "Too few people cannot speak for all. Where rules of procedure were adopted, they count."),
            RuleForm.Choice, "2/3", "O10 P49") { Options = OptionsOf("quorum") },
        new(RuleKeys.Majority, RuleGroup.Voting, new("通过条件", "Passing"), new(
            "弃权和无效票计入到会人数，赞成与反对相等的不通过。会议审定了自己的议事规则的，按议事规则。",
            "Abstaining and invalid votes count as present, a tie is not passed. Where rules of procedure were "
                + "adopted, they count."),
            RuleForm.Choice, "present", "O10 P49") { Options = OptionsOf("majority") },
        new(RuleKeys.Voting, RuleGroup.Voting, new("表决方式", "Way of voting"), new(
            "对事项公开表决，涉及人员的用无记名方式。会议审定了自己的议事规则的，按议事规则。",
            "Open about matters, secret about people. Where rules of procedure were adopted, they count."),
            RuleForm.Choice, "hands", "O10 P51") { Options = OptionsOf("voting") },
        Step("vote", "登记表决", "Entering a vote", "1wd", "P49", RuleGroup.Voting),
        Step("resolution", "形成决议", "Wording the resolution", "1wd", "P49 P50", RuleGroup.Voting),
        Step("vote-failed", "未通过后决定怎么办", "Deciding after a failed vote", "3wd", "O11 P50", RuleGroup.Voting),
        Step("vote-revision", "修改后再次表决", "Revision for another vote", "5wd", "O11 P50", RuleGroup.Voting),
    ];

    private static IEnumerable<RuleKind> Tracking() =>
    [
        new("progress-entry", RuleGroup.Tracking, new("督办事项填报周期", "Progress entry of a tracked item"), new(
            "进展要定期填报，停滞才看得出来。", "Only what is reported regularly is seen to stand still."),
            RuleForm.Limit, "30d", "O3 O5 Q101"),
        new(RuleKeys.LastReport, RuleGroup.Tracking,
            new("最后一次填报在办结期限前多久", "Last progress entry before the item's own day"), new(
            "填报期限不能落在事项办结期限之后；提前几天填报，还来得及协调。",
            "An entry is never due after the item itself; a few days before, something can still be done."),
            RuleForm.Limit, "2wd", "O5 Q101"),
        new("stall", RuleGroup.Tracking, new("多久没有填报算停滞", "Stalled without an entry for"), new(
            "过了这么久没有动静，要先问督办负责人，再逐级催办。",
            "After so long without news the supervisor is asked first, then the ladder is climbed."),
            RuleForm.Limit, "45d", "O6 Q101"),
        Step("closing-check", "办结核查", "Closing check", "5wd", "O3 Q102", RuleGroup.Tracking),
        Step("extension", "申请和审批延期", "Asking for an extension and deciding on it", "3wd", "O8", RuleGroup.Tracking),
        new("periodic-report", RuleGroup.Tracking, new("实施阶段汇报周期", "Report on the plan"), new(
            "方案只写“定期汇报”。计划另定日期的，按计划。", "The plan says “regularly”. A plan's own days count before this."),
            RuleForm.Limit, "14d", "O5 P66"),
        new("inspection-lead", RuleGroup.Tracking,
            new("监督检查在任务期限前多久开始", "Inspection before a task's own day"), new(
            "任务快到期时检查，发现问题还来得及协调；同一天到期的任务一次检查。",
            "Looked at when a task comes near its day, problems can still be solved; tasks of one day are one "
                + "inspection."),
            RuleForm.Limit, "3wd", "P63"),
        Step("inspection", "监督检查", "Inspection", "2wd", "P63 P64", RuleGroup.Tracking),
        Step("coordination", "协调解决问题", "Coordination of problems", "3wd", "P65", RuleGroup.Tracking),
        Step("report-review", "审阅汇报", "Review of a report", "2wd", "P67", RuleGroup.Tracking),
        Step("plan-change", "提出计划调整", "Proposal to change the plan", "3wd", "P70", RuleGroup.Tracking),
        new("reply", RuleGroup.Tracking, new("提案、信息的答复期限", "Reply to a proposal or report"), new(
            "到期未答复的逐级催办，但不会因此结束；迟来的答复照常登记。",
            "When it is late it is chased, but the watch never ends by itself; a late reply is entered all the same."),
            RuleForm.Limit, "90d", "O3 Q97 Q98"),
        new("reply-rest", RuleGroup.Tracking, new("部分答复后，其余答复的期限", "Rest of a reply after a part of it came"), new(
            "已有一部分答复的，其余的不再等一个完整的期限；从登记部分答复那天起算。",
            "Where a part was answered, the rest does not get the whole time again; counted from the entry of the "
                + "part."),
            RuleForm.Limit, "30d", "O3 Q98"),
        new(RuleKeys.ExplainWithin, RuleGroup.Tracking,
            new("收到催办通知书后说明原因的期限", "Giving the reason after a formal reminder"), new(
            "通知书上写明在哪一天前说明原因。", "The letter names the day by which the reason is to be given."),
            RuleForm.Limit, "5wd", "O7"),
    ];

    private static IEnumerable<RuleKind> Papers() =>
    [
        new(RuleKeys.AnnexUnit, RuleGroup.Papers, new("附件“交办单位”栏填写", "Column 交办单位 of the annex"), new(
            "“交办单位”可以理解为交办的单位，也可以理解为被交办的单位；两者都有登记，表上印哪一个在这里定。",
            "The words can mean the unit that assigns or the one that is assigned; both are kept, this says which is "
                + "printed."),
            RuleForm.Choice, "undertaking", "O9 Q108")
        {
            Options = [Option("undertaking", "承办的单位", "The unit that carries it out"),
                Option("assigning", "交办的单位", "The unit that assigns it")],
        },
        new(RuleKeys.MailEnglish, RuleGroup.Papers, new("中文邮件末尾附英文", "English at the end of Chinese mails"), new(
            "有不懂中文的收件人时有用；收件人自己选了语言的，按他的选择。",
            "Useful where some cannot read Chinese; whoever chose a language gets that one."),
            RuleForm.Choice, FormValues.Yes, "O30")
        {
            Options = [Option(FormValues.Yes, "附英文", "Add it"), Option(FormValues.No, "不附", "Leave it out")],
        },
        .. People.MessageWays.Kinds.Select(kind => new RuleKind(
            People.MessageWays.RuleOf(kind.Key), RuleGroup.Papers,
            new($"{kind.Name.Zh}：用什么方式发送", $"{kind.Name.For("en")}: by which way"), new(
                "本人或秘书没有选择时按这里的方式；没有邮箱的人用短信等通道，没有通道号码的人用邮件。",
                "Counts where neither the person nor the secretary chose; who has no mail address is reached by the "
                    + "second channel, who has none there by mail."),
            RuleForm.Choice, People.MessageWays.Mail, "O17") { Options = People.MessageWays.Ways }),
    ];

    private static IEnumerable<RuleKind> Publishing() =>
    [
        new("publish", RuleGroup.Public, new("审定公开内容", "Deciding what is published"), new(
            "群众等着看到议题、会议和结果；公开不影响办理进度。",
            "People wait for topics, meetings and results; the procedure goes on meanwhile."),
            RuleForm.Limit, "3wd", "Q28 Q80"),
        new(RuleKeys.SecondForPublishing, RuleGroup.Public, new("公开前由第二人审核", "A second person before publishing"), new(
            "公开的内容收不回来，多一个人看，少一次泄露。",
            "What was read cannot be taken back; a second look finds what the first overlooked."),
            RuleForm.Choice, FormValues.Yes, "Q80 O23")
        {
            Options = [Option(FormValues.Yes, "需要", "Yes"), Option(FormValues.No, "不需要", "No")],
        },
        new(RuleKeys.ConsultationTime, RuleGroup.Public, new("网上征求意见的时间", "Time of an online consultation"), new(
            "时间太短，知道的人少；太长，意见赶不上会议。公开时可以另定日期。",
            "Too short, few hear of it; too long, it misses the meeting. Each publication may say another day."),
            RuleForm.Limit, "15d", "Q55"),
        new(RuleKeys.KeepSignUps, RuleGroup.Public,
            new("会后几天删除报名人的姓名和联系方式", "Days after which contacts of sign-ups are deleted"), new(
            "报名只为通知会议变化；会开完了，留着只有泄露的风险。",
            "They are kept to tell of changes; once the meeting is over they can only leak."),
            RuleForm.Number, "7", "O23")
        {
            Bounds = (1, 365),
        },
        new(RuleKeys.OpinionsEach, RuleGroup.Public, new("每位访客对一个议题可发表几条意见", "Opinions of one visitor on one topic"),
            new("防止一个人刷屏，也给补充的余地。", "Nobody floods a topic, and there is room to add something."),
            RuleForm.Choice, "3", "Q55")
        {
            Options = [Option("1", "1 条", "1"), Option("3", "3 条", "3"), Option("5", "5 条", "5"),
                Option("10", "10 条", "10")],
        },
    ];

    private static RuleKind Step(
        string key, string zh, string en, string value, string rows, RuleGroup group = RuleGroup.Steps) =>
        new(key, group, new(zh, en), StepWhy, RuleForm.Limit, value, rows);

    private static RuleKind Span(
        string key, string zh, string en, string value, string rows, string whyZh, string whyEn) =>
        new(key, RuleGroup.Meeting, new(zh, en), new(whyZh, whyEn), RuleForm.Span, value, rows);

    /// <summary>What the form of the rules of procedure offers, the rules here offer.</summary>
    private static IReadOnlyList<FieldChoice> OptionsOf(string field) =>
        FormCatalogue.Find(FormKeys.Rules)!.Fields.First(one => one.Key == field).Choices!;
}
