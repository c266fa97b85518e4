using Consultation.Activities.Closing;
using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Screening;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Screening;

/// <summary>
/// A matter is excluded; its proposer may ask once for a review (O13). The way of <c>Offered</c> is followed at once,
/// so that the notice can name the day. Whoever found or confirmed the exclusion cannot review it. Reopened, the case
/// goes on as it was, with the working days of the rest and the words that a restriction took out.
/// </summary>
internal sealed class ReviewExclusion : PeopleTask, IMailingActivity
{
    /// <summary>Name of the bookmark at which the request arrives.</summary>
    public const string RequestBookmark = "Consultation.ReviewRequest";

    /// <summary>Under this key the request carries what the proposer says.</summary>
    public const string StatementKey = "statement";

    private const string AskTag = "ask";
    /// <summary>What of the form a matter needs that goes on.</summary>
    private static readonly string[] OfReopened = ["class", "concern"];
    private readonly InputBinding<string?> _within;
    private readonly InputBinding<int> _takeBackMinutes;
    private readonly OutputBinding _reason;

    public ReviewExclusion(ActivityNode node, StepTools tools)
        : base(node, tools, "Reviewers", "Question", due: "10wd")
    {
        _within = node.Input<string?>("Within", "10wd");
        _takeBackMinutes = node.Input("TakeBackMinutes", 2);
        _reason = node.Output("Reason");
    }

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.ReviewExclusion", "不予纳入的复核", "Review of an exclusion")
            .Category("协商", "Consultation")
            .Description(
                "提出人可以在期限内申请复核一次，由筛查、复核人以外的人办理",
                "The proposer may ask once for a review by somebody who had no part in the exclusion")
            .Duration("Within", "申请复核的期限", "May be asked for within", "10wd")
            .AsksWho("Reviewers", "复核人", "Reviewers")
            .Words("Title", "任务名称", "Title").Words("Question", "需要决定的问题", "Question", lines: true)
            .Clock("10wd", mayLeave: false).Shows()
            .Whole("TakeBackMinutes", "决定可撤回时间（分钟）", "Decisions can be taken back for (minutes)", 2)
            .Output("Reason", "String", "理由（限制查阅的为空）", "Reason (empty where restricted)")
            .OptionalOutcome("Offered", "可以申请（告知提出人）", "May be asked for (tell the proposer)")
            .OptionalOutcome("NotAsked", "到期无人申请", "Nobody asked in time")
            .OptionalOutcome("Upheld", "维持不予纳入", "Upheld").OptionalOutcome("Reopened", "重新办理", "Reopened")
            .OptionalOutcome("Overdue", "逾期（仍等待）", "Overdue (still waiting)").Build(),
        node => new ReviewExclusion(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Assignees(node, "Reviewers"), NodeChecks.Duration(node, "Within"),
            NodeChecks.Duration(node, "Due"), NodeChecks.ClockHasDue(node, "Due"), NodeChecks.Shows(node),
            .. NodeChecks.Policies(node), .. NodeChecks.Outcomes(node, ["NotAsked", "Upheld", "Reopened"]),
        ]));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var within = DueTime.Read(_within.Get(context) is { Length: > 0 } text ? text : "10wd", file);
        var bookmark = context.CreateBookmark(
            new BookmarkRequest { Name = RequestBookmark, Stimulus = context.NewId(), AutoBurn = true, Tag = AskTag });
        file.Case.SuspendedAt ??= context.Now;
        file.Case.State = CaseState.Excluded;
        file.Case.Review = new ExclusionReview
        {
            Until = AnswerSpan.Begin(context, file, within),
            InstanceId = context.InstanceId,
            BookmarkId = bookmark.Id,
        };
        foreach (var matter in file.Matters.Where(matter => matter.State != MatterState.Merged))
        {
            matter.State = MatterState.Excluded;
        }

        AnswerSpan.SetEnd(context, file, file.Case.Review.Until);
        context.FollowOutcomes("Offered");
    }

    public override void Resume(ActivityContext context, Bookmark bookmark, object? payload)
    {
        var file = FileOf(context);
        switch (bookmark.Tag)
        {
            case AskTag:
                Ask(context, file, payload);
                break;
            case AnswerSpan.EndTag when file.Case.Review!.AskedAt is not null:
                break; // The request is under way.
            case AnswerSpan.EndTag when file.Calendar.DayOf(context.Now) <= file.Case.Review!.Until:
                AnswerSpan.SetEnd(context, file, file.Case.Review!.Until);
                break;
            case AnswerSpan.EndTag:
                context.RemoveBookmarks();
                End(context, file, null, null);
                context.CompleteWithOutcome("NotAsked");
                break;
            default:
                base.Resume(context, bookmark, payload);
                break;
        }
    }

    protected override TaskShape Shape(ActivityContext context, CaseFile file) => new()
    {
        Kind = TaskKind.Approval,
        Mode = GateMode.AnyOne,
        Outcomes = [Outcomes.Of(OutcomeKeys.Uphold), Outcomes.Of(OutcomeKeys.Reopen)],
        Template = MailTemplateCatalogue.ApprovalRequest,
        FormKey = FormKeys.ExclusionReview,
        Judged = [Exhibits.Screening, Exhibits.Matters],
        Barred = [.. Excluders(file)],
        Prefill = file.Screenings.Find(one => !one.Excluded) is { } eligible ? new()
        {
            ["class"] = eligible.Class?.ToString() ?? "",
            ["concern"] = FormValues.List(eligible.PublicConcern),
        } : [],
    };

    /// <summary>Whoever reopens a matter says what kind it is: the screening that excluded it did not.</summary>
    protected override IReadOnlyList<FieldError> Check(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer) =>
        answer.Outcome != OutcomeKeys.Reopen ? [] :
        [
            .. OfReopened.Where(key => answer.Fields.Text(key).Length == 0).Select(key =>
                new FieldError(key, new(
                    "重新办理的，请选择协商事项类别和涉及的公共性。", "To reopen the matter choose its class and public concern."))),
        ];

    protected override TimeSpan TakeBackFor(ActivityContext context) =>
        TimeSpan.FromMinutes(Math.Clamp(_takeBackMinutes.Get(context), 0, 24 * 60));

    /// <summary>The opinion may hold words that must not be kept; the case keeps the rest (O15).</summary>
    protected override string? RecordKind(WorkTask task) => null;

    protected override void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally)
    {
        var upheld = tally.Outcome != OutcomeKeys.Reopen;
        var reason = tally.Opinions.LastOrDefault(one => one.Outcome == tally.Outcome)?.Reason;
        End(context, file, upheld, reason, answer.ActorId);
        if (!upheld) GoOn(context, file, answer);
        context.CompleteWithOutcome(upheld ? "Upheld" : "Reopened");
    }

    private void Ask(ActivityContext context, CaseFile file, object? payload)
    {
        context.RemoveBookmarks();
        var said = (payload as Dictionary<string, object?>)?.GetValueOrDefault(StatementKey) as string;
        var shape = Shape(context, file);
        var question = QuestionOf(context);
        Open(context, file, said is not { Length: > 0 } ? shape : shape with
        {
            Words = (
                TitleOf(context),
                new($"{question.Zh}\n提出人的意见：{said}", $"{question.For("en")}\nThe proposer says: {said}")),
        }, Who(context));
    }

    private void End(ActivityContext context, CaseFile file, bool? upheld, string? reason, PersonId? actor = null)
    {
        var words = file.Case.Restricted ? null : reason;
        context.SetOutput(_reason, words ?? "");
        file.Case.Review = file.Case.Review! with { EndedAt = context.Now, Upheld = upheld, Reason = words };
        Tell(context, file, HistoryVerbs.ReviewEnded, upheld switch
        {
            null => new("申请复核的期限已过，无人申请。", "Nobody asked for a review in time."),
            true => new($"复核：维持不予纳入。{words}", $"Review: the exclusion is upheld. {words}".TrimEnd()),
            false => new($"复核：重新办理。{words}", $"Review: the matter is reopened. {words}".TrimEnd()),
        }, actor: actor);
    }

    private void GoOn(ActivityContext context, CaseFile file, TaskAnswer answer)
    {
        var before = file.Screening;
        foreach (var matter in file.Matters.Where(matter => matter.State == MatterState.Excluded))
        {
            matter.State = MatterState.InCase;
        }

        RestEnd.Write(file, Suspension.End(file, context.Now), null, context.Now);
        RestEnd.Lift(Tools, file, since: null, context.Now);
        file.Add(new ScreeningRecord
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(context.Now),
            CaseId = file.Case.Id,
            Class = Enum.TryParse<EligibleClass>(answer.Fields.Text("class"), out var eligible) ? eligible : null,
            PublicConcern = [.. FormValues.List(answer.Fields.Text("concern"))],
            FactSheet = before?.FactSheet == ScreeningRules.Withheld.Zh
                ? file.Screenings.Find(one => !one.Excluded)?.FactSheet ?? "" : before?.FactSheet ?? "",
            ScreenedById = answer.OnBehalfOfId ?? answer.ActorId,
            ScreenedAt = context.Now,
        });
        RestNotice.TellAsked(Tools, file, $"reopened {context.Execution.Id}", context.Now);
    }

    /// <summary>Who found the exclusion and who confirmed it.</summary>
    private static IEnumerable<PersonId> Excluders(CaseFile file) =>
        file.Screening is { Excluded: true } found
            ? new[] { found.ScreenedById, found.SecondedById }.OfType<PersonId>()
            : [];
}
