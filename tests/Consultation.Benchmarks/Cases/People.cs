using System.Diagnostics;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Consultation.Storage;
using Consultation.Storage.Cases;
using Consultation.Testing.Mail;
using Consultation.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Benchmarks.Cases;

/// <summary>
/// The people of the simulated district. Seven of ten answer within two days, two within a week, one is late enough for
/// reminders and the ladder. One screening in twelve excludes, one topic in ten is returned, one in thirty rejected,
/// one progress entry in four says that work goes on.
/// </summary>
internal sealed class People(
    Database database, SampleRows rows, ITaskAnswers desk, IMeetingActs meetings, MailClock clock, District district)
{
    private readonly PriorityQueue<TaskId, DateTimeOffset> _waiting = new();
    private readonly HashSet<TaskId> _known = [];
    private readonly List<double> _latencies = [];
    private readonly Random _chance = new(20260302);
    private Scenario? _filling;
    private DateTimeOffset _seenUntil = DateTimeOffset.MinValue;

    public int Answers => _latencies.Count;

    public int Refused { get; private set; }

    /// <summary>Answers what is to be answered by now. Returns how many answers were given.</summary>
    public async Task<int> WorkAsync()
    {
        await LookAsync();
        var before = Answers;
        while (_waiting.TryPeek(out var id, out var at) && at <= clock.Now)
        {
            _waiting.Dequeue();
            if (await DoAsync(id)) continue;
            // Somebody on the task has still to be asked: tomorrow again.
            _waiting.Enqueue(id, clock.Now + TimeSpan.FromDays(1));
        }

        return Answers - before;
    }

    /// <summary>Milliseconds within which so many percent of the answers were committed.</summary>
    public double Percentile(int percent)
    {
        var sorted = _latencies.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)];
    }

    /// <summary>
    /// Mean milliseconds of one third of the answers: a step must not cost more because others came before.
    /// </summary>
    public double MeanOf(int third) =>
        _latencies.Skip(third * Answers / 3).Take(Math.Max(1, Answers / 3)).DefaultIfEmpty().Average();

    private async Task LookAsync()
    {
        await using var db = database.ForOrganisation(district.Organisation.Id);
        var fresh = await db.Tasks.AsNoTracking()
            .Where(task => task.State == TaskState.Open && task.OpenedAt >= _seenUntil)
            .Select(task => new { task.Id, task.OpenedAt }).ToListAsync();
        foreach (var task in fresh.Where(task => _known.Add(task.Id)))
        {
            _waiting.Enqueue(task.Id, task.OpenedAt + Delay());
        }
        _seenUntil = clock.Now;
    }

    private TimeSpan Delay() => TimeSpan.FromDays(_chance.Next(100) switch
    {
        < 70 => _chance.Next(3),
        < 90 => _chance.Next(3, 8),
        _ => _chance.Next(12, 41),
    });

    /// <summary>True when the task is done with.</summary>
    private async Task<bool> DoAsync(TaskId id)
    {
        if (await FindAsync(id) is not { State: TaskState.Open } task) return true;
        if (!await MeetAsync(task)) return false;
        // Whoever decides last is asked when the others have answered.
        foreach (var seat in task.Assignees.Where(seat => seat is { Active: true, Outcome: null })
            .OrderBy(seat => seat.IsChair))
        {
            var started = Stopwatch.GetTimestamp();
            var result = await desk.AnswerAsync(AnswerOf(task, seat), default);
            _latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            switch (result)
            {
                case AnswerResult.Accepted:
                    break;
                case AnswerResult.AlreadyDecided:
                    return true;
                default:
                    if (Refused++ < 5)
                        Console.WriteLine($"  refused: {task.ActivityId} ({task.FormKey}): {Why(result)}");
                    break;
            }

            (var state, task.Revision) = await StateOfAsync(id);
            if (state != TaskState.Open) return true;
        }

        return false;
    }

    private static string Why(AnswerResult result) => result is AnswerResult.Invalid invalid
        ? string.Join("; ", invalid.Errors.Select(error => $"{error.Field} {error.Message.En}"))
        : $"{result}";

    /// <summary>
    /// A record waits for its meeting: once that has begun, all who are expected sign in. False until then.
    /// </summary>
    private async Task<bool> MeetAsync(WorkTask task)
    {
        if (task.FormKey != FormKeys.MeetingRecord) return true;
        var meeting = (await rows.MeetingAsync(task.OrganisationId, task.CaseId, default))!;
        if (clock.Now < meeting.Begins(district.Calendar)) return false;
        foreach (var seat in meeting.Current.Where(seat => seat is { IsExpected: true, SignedInAt: null }))
        {
            var refused = await meetings.DoAsync(
                new MeetingAct.SignIn(seat.Id, true)
                {
                    OrganisationId = task.OrganisationId,
                    MeetingId = meeting.Id,
                    CaseId = task.CaseId,
                    ActorId = meeting.OrganiserId,
                    OperationId = Guid.NewGuid().ToString("N"),
                }, default);
            Refused += refused.Count;
        }

        return true;
    }

    private async Task<(TaskState State, int Revision)> StateOfAsync(TaskId id)
    {
        await using var db = database.Open();
        var organisation = district.Organisation.Id;
        var found = await db.Tasks.Where(task => task.OrganisationId == organisation && task.Id == id)
            .Select(task => new { task.State, task.Revision }).SingleAsync();
        return (found.State, found.Revision);
    }

    private async Task<WorkTask?> FindAsync(TaskId id)
    {
        await using var db = database.ForOrganisation(district.Organisation.Id);
        return await db.Tasks.AsNoTracking()
            .FirstOrDefaultAsync(task => task.OrganisationId == district.Organisation.Id && task.Id == id);
    }

    private TaskAnswer AnswerOf(WorkTask task, TaskAssignee seat)
    {
        // Forms are filled in relative to the day.
        if (_filling?.Now != clock.Now) _filling = new Scenario([], clock.Now, district);
        var filling = _filling;
        var (outcome, reason) = (task.Outcomes[0].Key, (string?)null);
        var fields = filling.Fill(task);
        switch (task.ActivityId)
        {
            case "Screen" when task.FormKey == "screening" && _chance.Next(12) == 0:
                fields = filling.Fill(
                    task, ("excl-3", "yes"), ("excl-3-reason", "已向法院起诉"), ("excl-3-ref", "(2026)民初12号"));
                break;
            case "CommitteeGate" when seat.IsChair && _chance.Next(10) == 0:
                (outcome, reason) = ("Return", "范围太大,请聚焦照明");
                break;
            case "CommitteeGate" when seat.IsChair && _chance.Next(30) == 0:
                (outcome, reason) = ("Reject", "已列入其他工程");
                break;
            default:
                if (task.FormKey == "progress-entry")
                {
                    fields = _chance.Next(4) == 0
                        ? filling.Fill(task, ("percent", "50"), ("done", "no"))
                        : filling.Fill(task, ("percent", "100"), ("done", "yes"));
                }

                break;
        }

        return new TaskAnswer
        {
            OrganisationId = task.OrganisationId,
            TaskId = task.Id,
            ActorId = seat.PersonId,
            Outcome = outcome,
            Reason = reason,
            Revision = task.Revision,
            OperationId = Guid.NewGuid().ToString("N"),
            Channel = "desk",
            Fields = fields,
        };
    }
}
