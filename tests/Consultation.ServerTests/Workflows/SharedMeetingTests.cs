using Consultation.Activities;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Consultation.Mail;
using Consultation.Runtime;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Loops;
using Consultation.Storage;
using Consultation.Storage.Keys;
using Consultation.Testing.Mail;
using Consultation.Testing.Runs;
using Consultation.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Workflows;

/// <summary>
/// One meeting of two cases is moved across 国庆 with its make-up day, and across the turn of the year, over the real
/// runtime and a real SQLite file: replies, briefs, and the days that each case's run waits for move for both.
/// </summary>
public sealed class SharedMeetingTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-shared-").FullName;
    private readonly MailClock _clock = new(new DateTimeOffset(2026, 9, 21, 2, 0, 0, TimeSpan.Zero));
    private readonly District _district = new();
    private ServiceProvider _services = null!;

    private OrganisationId Organisation => _district.Organisation.Id;

    public async Task InitializeAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder, "desk.db")}",
            ["Storage:FlushEveryCommit"] = "false",
            ["Mail:LinkKeyFile"] = Path.Combine(_folder, "keys.json"),
            ["Mail:PickupFolder"] = Path.Combine(_folder, "outbox"),
        }).Build();
        _services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_clock)
            .AddStorage(configuration).AddRuntime(configuration).AddMail(configuration).AddActivities()
            .AddDataProtection().PersistKeysToDatabase().Services
            .BuildServiceProvider();
        await Get<Database>().MigrateAsync(default);
        await using (var db = Open())
        {
            var directory = _district.Directory;
            db.Add(_district.Organisation);
            db.AddRange(directory.Units);
            db.AddRange(directory.People);
            db.AddRange(directory.Grants);
            db.AddRange(_district.Days);
            db.AddRange(PolicyDefaults.Reminders(Organisation));
            db.AddRange(PolicyDefaults.Ladders(Organisation));
            await db.SaveChangesAsync();
        }

        var notice = Flows.Activity("Notice", "Elsa.ExecuteWorkflow",
            ("workflowDefinitionId", "String", "meeting-notice"), ("waitForCompletion", "Boolean", "True"));
        notice["correlationId"] = Flows.Input("String", "JavaScript", "getCorrelationId()");
        foreach (var definition in WorkflowFolder.All.Append(Flows.Sequence(
            "planned",
            Flows.Activity("Plan", "Consultation.PlanMeeting", ("assignees", "String", "role:Secretary"),
                ("title", "String", "安排会议"), ("leadTime", "String", "1wd")),
            notice)))
        {
            (await Get<DefinitionEditing>().ImportAsync(definition, publish: true, default))
                .Should().BeOfType<DefinitionChange.Stored>();
        }
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Moved_across_the_national_holiday_it_moves_for_both_cases_and_skips_the_days_off()
    {
        var (meeting, cases) = await SharedAsync("2026-10-16");
        (await DuesAsync("Call")).Should().Equal([Day(10, 13), Day(10, 13)], "three working days before 16 October");
        (await DuesAsync("Brief")).Should().Equal(Day(10, 14), Day(10, 14));
        (await WaitsAsync("RulesDay")).Should()
            .Equal([Day(10, 12), Day(10, 12)], "the fourth; the fifth is the worked Saturday");

        await MoveAsync(meeting, cases[1], "2026-10-12");

        (await DuesAsync("Call")).Should().Equal([Day(10, 8), Day(10, 8)], "the worked Saturday, the 9th, the 8th");
        (await DuesAsync("Brief")).Should().Equal(Day(10, 9), Day(10, 9));
        (await WaitsAsync("RulesDay")).Should().Equal([Day(9, 30), Day(9, 30)], "the day before the holiday");
        await HeardOnceAsync(meeting, cases);
        await UntilAsync(Day(9, 30), 8);
        (await WaitsAsync("RulesDay")).Should().HaveCount(2);
        await UntilAsync(Day(9, 30), 10);
        (await WaitsAsync("RulesDay")).Should().BeEmpty("the rules go out on the last day before the holiday");
    }

    [Fact]
    public async Task Moved_across_the_turn_of_the_year_it_moves_for_both_cases()
    {
        _clock.Now = new DateTimeOffset(2026, 12, 14, 2, 0, 0, TimeSpan.Zero);
        var (meeting, cases) = await SharedAsync("2026-12-30");
        (await DuesAsync("Call")).Should().Equal(Day(12, 25), Day(12, 25));

        await MoveAsync(meeting, cases[0], "2027-01-05");

        (await DuesAsync("Call")).Should()
            .Equal([Day(12, 30), Day(12, 30)], "4 January, 31 and 30 December: New Year is off");
        (await DuesAsync("Brief")).Should().Equal(Day(12, 31), Day(12, 31));
        (await WaitsAsync("RulesDay")).Should().Equal(Day(12, 29), Day(12, 29));
        await HeardOnceAsync(meeting, cases);
        await UntilAsync(Day(12, 31), 12);

        await MoveAsync(meeting, cases[1], "2027-01-12");

        (await DuesAsync("Call")).Should().Equal(
            [new DateOnly(2027, 1, 7), new DateOnly(2027, 1, 7)], "moved once more, out of the old year");
        (await DuesAsync("Brief")).Should().Equal(new DateOnly(2027, 1, 8), new DateOnly(2027, 1, 8));
    }

    /// <summary>A meeting of two cases, noticed for both.</summary>
    private async Task<(Meeting Meeting, List<CaseId> Cases)> SharedAsync(string on)
    {
        var first = await OpenAsync("河边步道夜间照明");
        await PlanAsync(first, ("on", on), ("from", "14:30"));
        Meeting meeting;
        await using (var db = Open()) meeting = await db.Meetings.AsNoTracking().SingleAsync();
        var second = await OpenAsync("老旧小区停车");
        await PlanAsync(
            second, ("join", meeting.Id.Value.ToString("N")), ("topic", "老旧小区停车"),
            ("people", FormValues.Write([new Dictionary<string, string>
            {
                ["person"] = _district.GroupLead.Id.Value.ToString("N"), ["class"] = "department", ["vote"] = "yes",
            }])));
        return (meeting, [first, second]);
    }

    private async Task<CaseId> OpenAsync(string title)
    {
        var opened = await Get<ICaseActs>().OpenAsync(new OpenCase
        {
            OrganisationId = Organisation,
            DefinitionId = "planned",
            Kind = CaseKind.SixStep,
            Title = title,
            PlatformId = _district.Platform.Id,
            ActorId = _district.Secretary.Id,
            OperationId = title,
        }, default);
        await DrainAsync();
        return opened.Should().BeOfType<OpenCaseResult.Opened>().Subject.CaseId;
    }

    private async Task PlanAsync(CaseId caseId, params (string Field, string Value)[] differently)
    {
        WorkTask task;
        await using (var db = Open())
        {
            task = await db.Tasks.AsNoTracking().SingleAsync(
                one => one.CaseId == caseId && one.ActivityId == "Plan" && one.State == TaskState.Open);
        }

        (await Get<ITaskAnswers>().AnswerAsync(new TaskAnswer
        {
            OrganisationId = Organisation,
            TaskId = task.Id,
            ActorId = _district.Secretary.Id,
            Outcome = task.Outcomes[0].Key,
            Revision = task.Revision,
            OperationId = $"plan {caseId.Value:N}",
            Channel = "desk",
            Fields = new Scenario([], _clock.Now, _district).Fill(task, differently),
        }, default)).Should().BeOfType<AnswerResult.Accepted>();
        await DrainAsync();
    }

    private async Task MoveAsync(Meeting meeting, CaseId from, string on)
    {
        (await Get<IMeetingActs>().DoAsync(new MeetingAct.Move(new(on, "14:30", "16:30", null, "河畔协商议事厅"), "会场改期")
        {
            OrganisationId = Organisation,
            MeetingId = meeting.Id,
            CaseId = from,
            ActorId = _district.Secretary.Id,
            OperationId = $"move {on}",
        }, default)).Should().BeEmpty();
        await DrainAsync();
    }

    /// <summary>
    /// Each of the roster, and whoever has a duty without a seat, heard of the move once; both cases say so.
    /// </summary>
    private async Task HeardOnceAsync(Meeting meeting, List<CaseId> cases)
    {
        await using var db = Open();
        var moved = await db.Meetings.AsNoTracking().SingleAsync(one => one.Id == meeting.Id);
        var concerned = moved.Current.Where(seat => seat.Reply != SeatReply.Declines).Select(seat => seat.PersonId)
            .Union(moved.Duties().Select(duty => duty.Person)).Count();
        var told = await db.Mails.Where(mail => mail.Purpose == "meeting-moved").Select(mail => mail.RecipientAddress)
            .ToListAsync();
        told.Should().OnlyHaveUniqueItems().And.NotBeEmpty();
        told.Count.Should().BeLessThanOrEqualTo(concerned);
        (await db.History.Where(line => line.Verb == "meeting.moved").Select(line => line.CaseId).ToListAsync())
            .Should().BeEquivalentTo(cases);
        (await db.Incidents.CountAsync()).Should().Be(0);
    }

    private async Task<List<DateOnly>> DuesAsync(string activity)
    {
        await using var db = Open();
        return (await db.Tasks.AsNoTracking().Where(task => task.ActivityId == activity && task.State == TaskState.Open)
            .ToListAsync()).ConvertAll(task => _district.Calendar.DayOf(task.DueAt!.Value));
    }

    private async Task<List<DateOnly>> WaitsAsync(string activity)
    {
        await using var db = Open();
        return (await db.Bookmarks.AsNoTracking().Where(row => row.ActivityId == activity && row.DueAt != null)
            .ToListAsync()).ConvertAll(row => _district.Calendar.DayOf(row.DueAt!.Value));
    }

    private async Task UntilAsync(DateOnly day, int hour)
    {
        _clock.Now = _district.Calendar.At(day, new(hour, 0));
        await DrainAsync();
    }

    private static DateOnly Day(int month, int day) => new(2026, month, day);

    private Task DrainAsync() => Get<WorkLoop>().DrainAsync(default);

    private ConsultationDb Open() => Get<Database>().Open();

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
