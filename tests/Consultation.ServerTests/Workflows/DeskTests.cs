using Consultation.Activities;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail;
using Consultation.Runtime;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Loops;
using Consultation.Storage;
using Consultation.Storage.Keys;
using Consultation.Testing.Mail;
using Consultation.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Workflows;

/// <summary>
/// The desks over the real runtime and a real SQLite file: what is answered is committed, and time moves by the store's
/// timers.
/// </summary>
public sealed class DeskTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-desk-").FullName;
    private readonly MailClock _clock = new(new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero));
    private readonly District _district = new();
    private readonly MatterId _matter = MatterId.New();
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
        await using (var db = Get<Database>().Open())
        {
            var directory = _district.Directory;
            db.Add(_district.Organisation);
            db.AddRange(directory.Units);
            db.AddRange(directory.People);
            db.AddRange(directory.Grants);
            db.AddRange(PolicyDefaults.Reminders(Organisation));
            db.AddRange(PolicyDefaults.Ladders(Organisation));
            db.Add(new Matter
            {
                OrganisationId = Organisation,
                Id = _matter,
                Number = "SX2026-000001",
                Source = MatterSource.PublicForm,
                Title = "河边步道夜间照明",
                Text = "夜间没有照明。",
                ProposerName = "刘洋",
                ProposerEmail = "liu.yang@mail.example.com",
                RaisedAt = _clock.Now,
                ReceivedAt = _clock.Now,
            });
            await db.SaveChangesAsync();
        }

        foreach (var definition in WorkflowFolder.All)
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
    public async Task Case_opened_at_the_desk_asks_for_its_first_step_at_once_and_takes_its_matter_up()
    {
        var opened = (OpenCaseResult.Opened)await OpenAsync();

        (await OpenAsync()).Should().Be(opened, "the same form posted twice opens one case");
        await using var db = Get<Database>().Open();
        (await db.Matters.SingleAsync()).CaseId.Should().Be(opened.CaseId);
        (await db.Cases.SingleAsync()).Number.Should().Be("协〔2026〕1号");
        await DrainAsync();
        var task = await TaskAsync("Screen");
        task.Number.Should().Be("R2026-00001");
        task.DueBasis.Should().Be(Counted.From(new(2026, 3, 2), workingDays: 3));
        (await db.Mails.SingleAsync()).RecipientAddress.Should().Be(_district.Officer.Email);
        (await db.ActionLinks.SingleAsync()).TaskId.Should().Be(task.Id.Value);
    }

    [Fact]
    public async Task Answer_moves_the_case_once_and_later_ones_see_who_decided()
    {
        await OpenAsync();
        await DrainAsync();
        var task = await TaskAsync("Screen");
        var answer = Answer(task, _district.Officer, "Submit", "operation-1");

        var first = await Get<ITaskAnswers>().AnswerAsync(answer, default);
        var repeated = await Get<ITaskAnswers>().AnswerAsync(answer, default);
        var late = await Get<ITaskAnswers>().AnswerAsync(answer with { OperationId = "operation-2" }, default);

        first.Should().Be(new AnswerResult.Accepted(true, "Submit"));
        repeated.Should().Be(first);
        late.Should().BeOfType<AnswerResult.AlreadyDecided>().Which.ByName.Should().Be(_district.Officer.Name);
        await DrainAsync();
        (await TaskAsync("DraftTopic")).State.Should().Be(TaskState.Open);
        await using var db = Get<Database>().Open();
        (await db.ActionLinks.SingleAsync(link => link.TaskId == task.Id.Value)).RevokedAt.Should().NotBeNull();
    }

    [Fact]
    public async Task A_chair_is_refused_before_his_turn_and_decides_once_the_members_have_spoken()
    {
        await OpenAsync();
        WorkTask gate;
        while (true)
        {
            await DrainAsync();
            gate = (await OpenTasksAsync()).Single();
            if (gate.Mode == GateMode.ChairLast) break;
            await DoAsync(gate);
        }

        var chair = gate.Assignees.Single(seat => seat is { Active: true, IsChair: true });
        var decision = new TaskAnswer
        {
            OrganisationId = gate.OrganisationId,
            TaskId = gate.Id,
            ActorId = chair.PersonId,
            Outcome = gate.Outcomes[0].Key,
            Revision = gate.Revision,
            OperationId = "the-chairs-link",
            Channel = AnswerChannel.Link,
            Fields = new Scenario([], _clock.Now, _district).Fill(gate),
        };

        (await Get<ITaskAnswers>().AnswerAsync(decision, default)).Should().BeOfType<AnswerResult.Invalid>()
            .Which.Errors.Single().Message.Zh.Should().StartWith("还没有轮到您");
        (await TasksOfAsync(chair.PersonId)).Should().BeEmpty("nobody is asked before his turn");
        foreach (var member in gate.Assignees.Where(seat => seat is { Active: true, IsChair: false }))
        {
            (await Get<ITaskAnswers>()
                .AnswerAsync(decision with { ActorId = member.PersonId, OperationId = $"{member.Id:N}" }, default))
                .Should().BeOfType<AnswerResult.Accepted>();
        }

        (await TasksOfAsync(chair.PersonId)).Should().ContainSingle();
        (await Get<ITaskAnswers>().AnswerAsync(decision with { OperationId = "stale" }, default))
            .Should().BeOfType<AnswerResult.Overtaken>("a page from before does not show the opinions");
        decision = decision with { Revision = gate.Revision + 1 };
        var decided = await Get<ITaskAnswers>().AnswerAsync(decision, default);
        decided.Should().BeOfType<AnswerResult.Accepted>("the refusal stands for that moment only");
        (await Get<ITaskAnswers>().AnswerAsync(decision, default)).Should().Be(decided, "pressed twice, counted once");
    }

    [Fact]
    public async Task Silence_climbs_the_ladder_by_the_stores_timers()
    {
        await OpenAsync();
        for (var day = 0; day < 50; day++)
        {
            await DrainAsync();
            _clock.Now += TimeSpan.FromDays(1);
        }

        var task = await TaskAsync("Screen");
        task.Rung.Should().Be(4);
        await using var db = Get<Database>().Open();
        (await db.Documents.CountAsync(document => document.Kind == "formal-reminder")).Should().Be(1);
        (await db.Incidents.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Holiday_put_into_the_calendar_moves_due_time_reminder_and_rungs_of_open_tasks()
    {
        await OpenAsync();
        await DrainAsync();
        (await TimersAsync("Screen")).Should().Equal(Evening(3, 4), Evening(3, 5), Evening(3, 6));
        var holiday = new DateOnly(2026, 3, 4);

        (await SetHolidayAsync(holiday)).Should().BeOfType<EditResult.Saved>();

        var task = await TaskAsync("Screen");
        task.DueAt.Should().Be(Evening(3, 6), "three working days without the fourth of March");
        (await TimersAsync("Screen")).Should()
            .Equal([Evening(3, 5), Evening(3, 6), Evening(3, 9)],
                "reminder, due time and first rung each moved by a working day");
        await using (var db = Get<Database>().Open())
        {
            var line = await db.History.SingleAsync(one => one.Verb == "task.due-moved");
            line.Text.Zh.Should().Contain("2026-03-05").And.Contain("2026-03-06");
            line.TaskId.Should().Be(task.Id);
            _clock.Now = new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);
            await DrainAsync();
            (await db.History.CountAsync(one => one.Verb == "task.overdue")).Should().Be(0, "it is not due yet");
            _clock.Now = new DateTimeOffset(2026, 3, 6, 12, 0, 0, TimeSpan.Zero);
            await DrainAsync();
            (await db.History.CountAsync(one => one.Verb == "task.overdue")).Should().Be(1);
        }
    }

    [Fact]
    public async Task Day_off_taken_out_again_never_moves_a_due_time_into_the_past()
    {
        await OpenAsync();
        await DrainAsync();
        var holiday = new DateOnly(2026, 3, 4);
        await SetHolidayAsync(holiday);
        _clock.Now = new DateTimeOffset(2026, 3, 6, 1, 0, 0, TimeSpan.Zero);

        var edit = new OrganisationEdit(Organisation, _district.Secretary.Id, null, "remove");
        (await Get<OrganisationEdits>().RemoveCalendarDayAsync(edit, holiday, default))
            .Should().BeOfType<EditResult.Saved>();

        (await TaskAsync("Screen")).DueAt.Should().Be(Evening(3, 9), "the fifth has passed, so the next working day");
        await using var db = Get<Database>().Open();
        (await db.History.Where(one => one.Verb == "task.due-moved").OrderBy(one => one.At).LastAsync()).Text.Zh
            .Should().Contain("已过");
    }

    [Fact]
    public async Task Cancelled_case_closes_its_tasks_and_fires_no_timer()
    {
        var opened = (OpenCaseResult.Opened)await OpenAsync();
        await DrainAsync();

        (await Get<ICaseActs>().CancelAsync(Organisation, opened.CaseId, _district.Secretary.Id, "重复立案", default))
            .Should().BeTrue();
        await DrainAsync();

        await using var db = Get<Database>().Open();
        (await db.Cases.SingleAsync()).State.Should().Be(CaseState.Cancelled);
        (await db.Tasks.SingleAsync()).State.Should().Be(TaskState.Cancelled);
        (await db.Bookmarks.CountAsync()).Should().Be(0);
        (await db.Runs.CountAsync(run => run.Status == "Running")).Should().Be(0);
        (await Get<ICaseActs>().CancelAsync(Organisation, opened.CaseId, _district.Secretary.Id, "再次", default))
            .Should().BeFalse();
    }

    [Fact]
    public async Task Case_that_cannot_be_opened_says_what_to_mend_and_stores_nothing()
    {
        var refused = await Get<ICaseActs>().OpenAsync(new OpenCase
        {
            OrganisationId = Organisation,
            DefinitionId = "six-step-procedure",
            Kind = CaseKind.SixStep,
            Title = " ",
            Matters = [MatterId.New()],
            OperationId = "x",
        }, default);

        refused.Should().BeOfType<OpenCaseResult.Refused>().Which.Errors.Select(error => error.Field)
            .Should().Equal("title", "matters", "platform", "committee");
        await using var db = Get<Database>().Open();
        (await db.Cases.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Step_that_fails_leaves_the_case_where_it_was_and_can_be_retried()
    {
        foreach (var person in new[] { _district.Officer, _district.Head, _district.Secretary })
        {
            await SetActiveAsync(person.Id, false);
        }
        var opened = (OpenCaseResult.Opened)await OpenAsync();
        await DrainAsync();
        await using var db = Get<Database>().Open();
        var incident = await db.Incidents.AsNoTracking().SingleAsync(row => row.ResolvedAt == null);
        incident.Message.Should().Contain("没有可办理的人");

        await SetActiveAsync(_district.Officer.Id, true);
        var retried = await Get<ICaseActs>()
            .RetryAsync(Organisation, opened.CaseId, incident.Id, _district.Director.Id, default);

        retried.Should().BeTrue();
        (await TaskAsync("Screen")).State.Should().Be(TaskState.Open);
    }

    [Theory]
    [InlineData("six-step-procedure", CaseKind.SixStep, 11, 3)]
    [InlineData("ten-week-plan", CaseKind.TenWeekPlan, 13, 2)]
    public async Task Whole_procedure_runs_to_its_end_on_the_store(
        string definition, CaseKind kind, int documents, int mails)
    {
        var opened = (OpenCaseResult.Opened)await Get<ICaseActs>().OpenAsync(new OpenCase
        {
            OrganisationId = Organisation,
            DefinitionId = definition,
            Kind = kind,
            Title = "河边步道夜间照明",
            Matters = [_matter],
            PlatformId = _district.Platform.Id,
            WorkGroupId = _district.WorkGroup.Id,
            StartDate = new DateOnly(2026, 3, 2),
            ActorId = _district.Secretary.Id,
            OperationId = "whole",
        }, default);
        var answered = 0;
        for (var day = 0; day < 60; day++)
        {
            await DrainAsync();
            foreach (var task in await OpenTasksAsync())
            {
                if (await MayBeginAsync(task)) answered += await DoAsync(task);
            }

            _clock.Now += TimeSpan.FromDays(1);
        }

        await DrainAsync();
        await using var db = Get<Database>().Open();
        (await db.Incidents.Select(incident => incident.Message).ToListAsync()).Should().BeEmpty();
        (await db.Cases.SingleAsync(row => row.Id == opened.CaseId)).State.Should().Be(CaseState.Closed);
        (await db.Runs.CountAsync(run => run.Status == "Running")).Should().Be(0);
        (await db.Bookmarks.CountAsync()).Should().Be(0);
        (await db.Tasks.CountAsync(task => task.State == TaskState.Open)).Should().Be(0);
        (await db.Mails.CountAsync(mail => mail.RecipientAddress == "liu.yang@mail.example.com")).Should().Be(mails);
        (await db.Documents.CountAsync()).Should().BeGreaterThanOrEqualTo(documents);
        answered.Should().BeGreaterThan(20);
    }

    private Task<EditResult> SetHolidayAsync(DateOnly day) => Get<OrganisationEdits>().SaveCalendarAsync(
        new OrganisationEdit(Organisation, _district.Secretary.Id, null, "holiday"),
        [new CalendarDay
        {
            OrganisationId = Organisation,
            Date = day,
            Kind = CalendarDayKind.Holiday,
            Name = "调休",
            Source = "test",
        }], default);

    private async Task<List<DateTimeOffset>> TimersAsync(string activity)
    {
        await using var db = Get<Database>().Open();
        return await db.Bookmarks.Where(row => row.ActivityId == activity && row.DueAt != null)
            .Select(row => row.DueAt!.Value).Order().ToListAsync();
    }

    private static DateTimeOffset Evening(int month, int day) => new(2026, month, day, 10, 0, 0, TimeSpan.Zero);

    private async Task<List<WorkTask>> OpenTasksAsync()
    {
        await using var db = Get<Database>().Open();
        return await db.Tasks.AsNoTracking().Where(task => task.State == TaskState.Open).OrderBy(task => task.OpenedAt)
            .ToListAsync();
    }

    /// <summary>A record waits for its meeting; once that has begun, whoever comes signs in.</summary>
    private async Task<bool> MayBeginAsync(WorkTask task)
    {
        if (task.FormKey != "meeting-record") return true;
        await using var db = Get<Database>().Open();
        var meeting = await db.Meetings.AsNoTracking().SingleAsync();
        if (meeting.Begins(_district.Calendar) > _clock.Now) return false;
        foreach (var seat in meeting.Current.Where(seat => seat.IsExpected))
        {
            (await Get<IMeetingActs>().DoAsync(new MeetingAct.SignIn(seat.Id, true)
            {
                OrganisationId = Organisation,
                MeetingId = meeting.Id,
                CaseId = task.CaseId,
                ActorId = _district.Secretary.Id,
                OperationId = $"sign-in-{seat.Id:N}",
            }, default)).Should().BeEmpty();
        }

        return true;
    }

    /// <summary>What a person is asked to do by now, as the desk lists it.</summary>
    private async Task<IReadOnlyList<Storage.Reading.Tasks.TaskRow>> TasksOfAsync(PersonId person) =>
        await new Storage.Reading.Tasks.TaskReader(Get<Database>())
            .OpenAsync(_district.Directory, person, _clock.Now, default);

    /// <summary>Everybody whose turn it is answers with the passing outcome.</summary>
    private async Task<int> DoAsync(WorkTask task)
    {
        var filling = new Scenario([], _clock.Now, _district);
        var count = 0;
        foreach (var seat in Gate.Owing(task))
        {
            var result = await Get<ITaskAnswers>().AnswerAsync(new TaskAnswer
            {
                OrganisationId = task.OrganisationId,
                TaskId = task.Id,
                ActorId = seat.PersonId,
                Outcome = task.Outcomes[0].Key,
                Revision = task.Revision,
                OperationId = $"{task.Id.Value:N}-{seat.Id:N}",
                Channel = "desk",
                Fields = task.FormKey == "progress-entry"
                    ? filling.Fill(task, ("percent", "100"), ("done", "yes"))
                    : filling.Fill(task),
            }, default);
            if (result is AnswerResult.AlreadyDecided) break;
            result.Should().BeOfType<AnswerResult.Accepted>($"{task.ActivityId} is answered");
            count++;
        }

        return count;
    }

    private Task<OpenCaseResult> OpenAsync() => Get<ICaseActs>().OpenAsync(new OpenCase
    {
        OrganisationId = Organisation,
        DefinitionId = "six-step-procedure",
        Kind = CaseKind.SixStep,
        Title = "河边步道夜间照明",
        Matters = [_matter],
        PlatformId = _district.Platform.Id,
        ActorId = _district.Secretary.Id,
        OperationId = "open-1",
    }, default);

    private static TaskAnswer Answer(WorkTask task, Cases.People.Person who, string outcome, string operation) => new()
    {
        OrganisationId = task.OrganisationId,
        TaskId = task.Id,
        ActorId = who.Id,
        Outcome = outcome,
        Revision = task.Revision,
        OperationId = operation,
        Channel = "desk",
        Fields = new Scenario([], new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero)).Fill(task),
    };

    private async Task<WorkTask> TaskAsync(string activity)
    {
        await using var db = Get<Database>().Open();
        return await db.Tasks.AsNoTracking()
            .SingleAsync(task => task.ActivityId == activity && task.State == TaskState.Open);
    }

    private async Task SetActiveAsync(PersonId person, bool active)
    {
        await using var db = Get<Database>().Open();
        (await db.People.SingleAsync(one => one.Id == person)).Active = active;
        (await db.Organisations.SingleAsync()).DirectoryVersion++;
        await db.SaveChangesAsync();
    }

    private Task DrainAsync() => Get<WorkLoop>().DrainAsync(default);

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
