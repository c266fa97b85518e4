using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Meetings;

/// <summary>
/// The organiser settles day, hall, agenda and roster of a meeting, or joins one that stands already (Q89, P23–P25).
/// What is wrong is said at its field; the notice's lead time and the least number of each class are rules of the node.
/// </summary>
internal sealed class PlanMeeting : PeopleTask, IMailingActivity
{
    /// <summary>So many members and contacts are suggested for a roster; more are added by hand.</summary>
    private const int MostSuggested = 12;

    private readonly InputBinding<string?> _leadTime, _minimums;
    private readonly OutputBinding _meetingId;

    public PlanMeeting(ActivityNode node, StepTools tools)
        : base(node, tools, "Assignees", "Instructions")
    {
        _leadTime = node.Input<string?>("LeadTime", "5wd");
        _minimums = node.Input<string?>("Minimums");
        _meetingId = node.Output("MeetingId");
    }

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.PlanMeeting", "安排会议", "Plan a meeting")
            .Category("会议", "Meetings")
            .Description(
                "确定会议时间、地点、议程和参会名单；冲突和漏项当场指出",
                "Settles day, hall, agenda and roster; what clashes or is missing is said at its field")
            .AsksWho("Assignees", "会议组织人", "Organiser").Words("Title", "任务名称", "Title")
            .Words("Instructions", "工作要求", "Instructions", lines: true)
            .Duration("LeadTime", "通知提前期（会前）", "Notice before the meeting", "5wd")
            .Input("Minimums", "String", "各类人员最少人数（如 resident|firm: 1; member: 1）",
                "Least number by class, e.g. resident|firm: 1; member: 1")
            .Shows().Clock("3wd").Output("MeetingId", "String", "会议", "Meeting")
            .OptionalOutcome("Done", "完成", "Done").OptionalOutcome("Overdue", "逾期", "Overdue").Build(),
        node => new PlanMeeting(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Assignees(node, "Assignees"), NodeChecks.Duration(node, "Due"),
            NodeChecks.ClockHasDue(node, "Due"),
            NodeChecks.Duration(node, "LeadTime"), NodeChecks.Shows(node), Minimums(node), .. NodeChecks.Policies(node),
            .. NodeChecks.Leaves(node),
        ]));

    protected override TaskShape Shape(ActivityContext context, CaseFile file) => new()
    {
        Kind = TaskKind.Work,
        Mode = GateMode.AnyOne,
        Outcomes = [Outcomes.Of(OutcomeKeys.Done)],
        Template = MailTemplateCatalogue.WorkRequest,
        FormKey = FormKeys.MeetingPlan,
        Prefill = Records.Newest(file, FormKeys.MeetingPlan, null)?.Fields.ToDictionary() ?? Fresh(context, file),
    };

    protected override string? RecordKind(WorkTask task) => null;

    protected override IReadOnlyList<FieldError> Check(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer)
    {
        // What is missing is the form's to say.
        var missing = task.Form!.Validate(answer.Fields, file.Directory, file.Calendar.DayOf(context.Now));
        if (missing.Count > 0) return missing;
        var minimums = MeetingRules.ReadMinimums(file.Policies.Rules.Read(_minimums.Get(context)))
            ?? new Dictionary<string, int>();
        if (Joined(file, answer) is { } id)
        {
            return file.OtherMeetings.Find(one => one.Id == id && one.IsAhead) is { } joined
                ? MeetingRules.CheckJoining(
                    joined, MeetingPlan.PeopleOf(answer.Fields), file.OtherMeetings, file.Directory)
                : [new(MeetingPlan.Join, new(
                    "所选会议已经召开、取消或不存在，请重新选择。",
                    "That meeting was held, called off or does not exist; choose again."))];
        }

        return
        [
            .. MeetingRules.Check(
                MeetingSlot.Read(answer.Fields), MeetingPlan.PeopleOf(answer.Fields), file.OtherMeetings,
                file.Directory, file.Calendar,
                DueTime.Read(_leadTime.Get(context) is { Length: > 0 } lead ? lead : "0wd", file), context.Now),
            .. MeetingRules.CheckClasses(MeetingPlan.ClassesOf(answer.Fields), minimums),
        ];
    }

    protected override void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally)
    {
        var by = answer.OnBehalfOfId ?? answer.ActorId;
        var topic = file.Topic?.Title ?? file.Case.Title;
        var meeting = Joined(file, answer) is { } id
            ? Join(context, file, file.OtherMeetings.First(one => one.Id == id), topic, answer)
            : file.Add(MeetingPlan.Make(file.Case, topic, answer.Fields, file.Directory, by, context.Now));
        var day = MailWords.Of(meeting.On);
        Tell(context, file, answer.Fields.ContainsKey(MeetingPlan.Join) && Joined(file, answer) is not null
            ? HistoryVerbs.MeetingJoined
            : HistoryVerbs.MeetingPlanned,
            new($"会议定于{day.Zh} {meeting.From:HH\\:mm}在{meeting.Place}召开，名单{meeting.Current.Count()}人。",
                $"The meeting is on {day.En} at {meeting.From:HH\\:mm}, {meeting.Place}, with "
                    + $"{meeting.Current.Count()} people."), task.Id, answer.ActorId);
        Records.Keep(
            file, task, FormKeys.MeetingPlan, answer with { Fields = Kept(answer.Fields, meeting) }, context.Now);
        context.SetOutput(_meetingId, meeting.Id.Value.ToString("N"));
        context.Complete();
    }

    private static Meeting Join(
        ActivityContext context, CaseFile file, Meeting meeting, string topic, TaskAnswer answer)
    {
        MeetingPlan.JoinTo(meeting, file.Case, topic, answer.Fields, context.Now);
        file.OtherMeetings.Remove(meeting);
        file.Meetings.Insert(0, meeting);
        file.Case.Meets = true;
        return meeting;
    }

    private static MeetingId? Joined(CaseFile file, TaskAnswer answer) =>
        Guid.TryParse(answer.Fields.GetValueOrDefault(MeetingPlan.Join), out var id) ? new MeetingId(id) : null;

    /// <summary>What was entered, with the other meeting by its name: the record stays readable.</summary>
    private static Dictionary<string, string> Kept(IReadOnlyDictionary<string, string> fields, Meeting meeting)
    {
        var kept = fields.ToDictionary();
        if (kept.GetValueOrDefault(MeetingPlan.Join) is { Length: > 0 })
        {
            kept[MeetingPlan.Join] = MeetingPlan.NameOf(meeting);
        }
        return kept;
    }

    /// <summary>What is known already: the topic, the usual agenda, the head of the platform.</summary>
    private static Dictionary<string, string> Fresh(ActivityContext context, CaseFile file)
    {
        var fields = new Dictionary<string, string>
        {
            ["topic"] = file.Topic?.Title ?? file.Case.Title,
            ["agenda"] = string.Join('\n', RunSheetItem.Usual.Select((item, index) => $"{index + 1}. {item.Name.Zh}")),
        };
        if (file.Directory.Find(file.Case.PlatformId) is { } platform)
        {
            if (platform.HallName is not null) fields["hall"] = platform.Id.Value.ToString("N");
        }

        var suggested = Suggested(context, file).DistinctBy(one => one.Person.Id).ToList();
        if (suggested.Count > 0)
        {
            fields["people"] = FormValues.Write(suggested.Select(one => new Dictionary<string, string>
            {
                ["person"] = one.Person.Id.Value.ToString("N"),
                ["class"] = one.Class,
                ["vote"] = FormValues.Yes,
            }));
        }

        return fields;
    }

    /// <summary>
    /// Whom the topic concerns (P23, Q89–Q93): the head of the platform, members whose fields the topic names, contacts
    /// of its units. The organiser takes out and adds; residents and firms are not in the directory.
    /// </summary>
    private static IEnumerable<(Person Person, string Class)> Suggested(ActivityContext context, CaseFile file)
    {
        if (file.Directory.Find(file.Case.PlatformId) is { } platform
            && file.Directory.Holders(Role.PlatformHead, platform.Id) is [var head, ..])
        {
            yield return (head, "platform");
        }

        if (file.Topic is null) yield break;
        foreach (var member in PeopleOf(context, file, "topic.members").Take(MostSuggested))
        {
            yield return (member, "member");
        }

        foreach (var contact in PeopleOf(context, file, "topic.units").Take(MostSuggested))
        {
            var unit = file.Directory.Grants.Where(grant => grant.PersonId == contact.Id)
                .Select(grant => file.Directory.Find(grant.UnitId)).FirstOrDefault(one => one is not null);
            yield return (contact, unit?.Kind switch
            {
                UnitKind.Town => "town",
                UnitKind.Village => "village",
                UnitKind.Enterprise => "firm",
                _ => "department",
            });
        }
    }

    private static DefinitionFinding? Minimums(ActivityNode node) =>
        NodeChecks.Literal(node, "Minimums") is not { Length: > 0 } text || MeetingRules.ReadMinimums(text) is not null
        || NodeChecks.IsRule(text, RuleForm.Minimums)
            ? null
            : node.Finding(
                FindingSeverity.Error, "bad-minimums",
                new($"“{node.DisplayText}”的最少人数“{text}”看不懂", $"{node.DisplayText}: \"{text}\" is not understood"),
                new("请写成 resident|firm: 1; member: 1，或 rule:roster-minimums（单位规则）",
                    "Write it like resident|firm: 1; member: 1, or rule:roster-minimums (a rule of the "
                        + "organisation)"), "Minimums");
}
