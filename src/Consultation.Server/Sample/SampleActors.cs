using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Cases.Workflows;
using Consultation.Server.Staging;

namespace Consultation.Server.Sample;

/// <summary>The people of the sample at work: what they hand in and answer on a day.</summary>
internal sealed class SampleActors(Stage stage, OrganisationSnapshot organisation, DateTimeOffset end)
{
    /// <summary>Tasks of a plan are done when they are due within this time.</summary>
    private static readonly TimeSpan PlanAhead = TimeSpan.FromDays(2);

    private readonly Dictionary<CaseId, (SampleCase Case, Unit Platform)> _cases = [];
    private readonly Dictionary<TrackedItemId, int> _reports = [];
    private readonly List<string> _refused = [];
    private CaseId? _plan;

    /// <summary>Answers that were not taken, each with why.</summary>
    public IReadOnlyList<string> Refused => _refused;

    private OrganisationId Id => organisation.Directory.Organisation.Id;

    private DateOnly Today => organisation.Calendar.DayOf(end);

    /// <summary>One working day: answers first, then what is new.</summary>
    public async Task WorkAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var items = await stage.Rows.ItemsAsync(Id, cancellationToken);
        foreach (var task in await stage.Rows.OpenTasksAsync(Id, cancellationToken))
        {
            if (!_cases.TryGetValue(task.CaseId, out var known)) continue;
            var answers = new SampleAnswers(organisation, known.Case, known.Platform, day) { LastDay = Today };
            var item = task.TrackedItemId is { } id ? items.GetValueOrDefault(id) : null;
            if (item is not null && task.Kind == TaskKind.Report)
            {
                await ReportAsync(task, item, known.Case, answers, cancellationToken);
            }
            else if (IsTime(task, known.Case, day) && await MeetAsync(task, cancellationToken))
            {
                await AnswerAsync(task, answers.Fill(task), Most(task, known.Case), cancellationToken);
            }
        }

        await BeginAsync(day, cancellationToken);
    }

    private async Task BeginAsync(DateOnly day, CancellationToken cancellationToken)
    {
        foreach (var one in SampleStory.Cases.Where(one => organisation.Calendar.Move(Today, -one.Began) == day))
        {
            var head = Named(one.Platform);
            var platform = organisation.Directory.Find(head.UnitId)!;
            var registered = (RegisterResult.Registered)await stage.Matters.RegisterAsync(new MatterEntry
            {
                OrganisationId = Id,
                Source = MatterSource.PublicForm,
                Title = one.Title,
                Text = one.Text,
                Place = one.Place,
                ProposerName = one.Proposer,
                ProposerEmail = $"resident{_cases.Count + 1}@sample.example.org",
                PlatformId = platform.Id,
                OperationId = Guid.NewGuid().ToString("N"),
            }, cancellationToken);
            _cases[await stage.Rows.CaseOfAsync(Id, registered.MatterId, cancellationToken)] = (one, platform);
        }

        if (_plan is null && organisation.Calendar.Move(Today, -SampleStory.PlanBegan) == day)
        {
            await BeginPlanAsync(day, cancellationToken);
        }
    }

    private async Task BeginPlanAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var lead = Named("lead");
        var opened = (OpenCaseResult.Opened)await stage.Cases.OpenAsync(new OpenCase
        {
            OrganisationId = Id,
            DefinitionId = WorkflowKeys.TenWeekPlan,
            Kind = CaseKind.TenWeekPlan,
            Title = SampleStory.PlanTitle,
            WorkGroupId = lead.UnitId,
            StartDate = day,
            ActorId = Named("secretary").Id,
            OperationId = Guid.NewGuid().ToString("N"),
        }, cancellationToken);
        _plan = opened.CaseId;
        var platform = organisation.Directory.Find(Named("head").UnitId)!;
        _cases[opened.CaseId] =
            (new SampleCase(SampleStory.PlanTitle, "", "柳林社区", "", "head", SampleStory.PlanBegan)
            {
                Items = SampleStory.PlanItems,
            }, platform);
    }

    private async Task ReportAsync(
        WorkTask task, TrackedItem item, SampleCase @case, SampleAnswers answers, CancellationToken cancellationToken)
    {
        var meant = @case.Items.FirstOrDefault(
            one => item.Advice.StartsWith(one.Advice, StringComparison.Ordinal));
        var given = _reports.GetValueOrDefault(item.Id);
        var every = task.CaseId == _plan ? SampleStory.PlanReportEvery : SampleStory.ReportEvery;
        if (meant is null || given >= meant.Reports.Count || stage.Clock.Now - item.SilentSince < every) return;

        _reports[item.Id] = given + 1;
        await AnswerAsync(task, answers.Report(task, meant.Reports[given]), most: 1, cancellationToken);
    }

    /// <summary>
    /// A record waits for its meeting: once that has begun, whoever comes is signed in.
    /// </summary>
    private async Task<bool> MeetAsync(WorkTask task, CancellationToken cancellationToken)
    {
        if (task.FormKey != FormKeys.MeetingRecord) return true;
        var meeting = await stage.Rows.MeetingAsync(Id, task.CaseId, cancellationToken);
        if (meeting is null || meeting.Begins(organisation.Calendar) > stage.Clock.Now) return false;
        foreach (var seat in meeting.Current.Where(seat => seat is { IsExpected: true, SignedInAt: null }))
        {
            await DoAsync(new MeetingAct.SignIn(seat.Id, true, seat.SubstituteName ?? "")
            {
                OrganisationId = Id,
                MeetingId = meeting.Id,
                CaseId = task.CaseId,
                ActorId = meeting.OrganiserId,
                OperationId = Guid.NewGuid().ToString("N"),
            }, cancellationToken);
        }

        return true;
    }

    private async Task DoAsync(MeetingAct act, CancellationToken cancellationToken)
    {
        var errors = await stage.Meetings.DoAsync(act, cancellationToken);
        _refused.AddRange(errors.Select(error => $"{act.GetType().Name}: {error.Message.Zh}"));
    }

    private bool IsTime(WorkTask task, SampleCase @case, DateOnly day)
    {
        if (task.CaseId == _plan)
        {
            return SampleStory.Prompt.Contains(task.ActivityId) || task.DueAt is not { } due
                || due < stage.Clock.Now + PlanAhead;
        }

        var opened = organisation.Calendar.DayOf(task.OpenedAt);
        var takes = SampleStory.Takes.GetValueOrDefault(task.ActivityId, 1);
        return Most(task, @case) > 0 && organisation.Calendar.Move(opened, takes) <= day;
    }

    /// <summary>How many of those asked answer.</summary>
    private static int Most(WorkTask task, SampleCase @case) =>
        task.ActivityId != @case.StandsAt ? int.MaxValue
            : Math.Max(0, @case.Answered - task.Assignees.Count(seat => seat.Outcome is not null));

    /// <summary>Those whose turn it is answer; whoever decides in the end is asked when the others have.</summary>
    private async Task AnswerAsync(
        WorkTask task, Dictionary<string, string> fields, int most, CancellationToken cancellationToken)
    {
        foreach (var seat in Gate.Owing(task)
            .Where(seat => seat.GuestName is null && !task.Barred.Contains(seat.PersonId.Value))
            .OrderBy(seat => seat.IsChair).Take(most))
        {
            var result = await stage.Answers.AnswerAsync(new TaskAnswer
            {
                OrganisationId = Id,
                TaskId = task.Id,
                ActorId = seat.PersonId,
                Outcome = task.Outcomes[0].Key,
                Fields = fields,
                Revision = task.Revision,
                OperationId = Guid.NewGuid().ToString("N"),
                Channel = AnswerChannel.Desk,
            }, cancellationToken);
            if (result is AnswerResult.Accepted { TaskClosed: true }) return;
            // Of a unit that has answered already nobody is asked any more.
            if (result is AnswerResult.Accepted or AnswerResult.AlreadyDecided) continue;
            _refused.Add($"{task.ActivityId}: {result}");
        }
    }

    private Person Named(string userName) =>
        organisation.Directory.People.First(person => person.UserName == userName);
}
