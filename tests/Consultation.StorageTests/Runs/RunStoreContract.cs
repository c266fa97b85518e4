using Consultation.Engine.BuiltIns;
using Consultation.Engine.Running;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage;
using Consultation.Testing;
using Consultation.Testing.Databases;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Runs;

/// <summary>What every database must do for runs.</summary>
public abstract class RunStoreContract(TestDatabase database)
{
    private static readonly DateTimeOffset Start = new FakeClock().GetUtcNow();
    private readonly FakeClock _clock = new(Start);

    [SkippableFact]
    public async Task A_run_waits_in_the_database_and_goes_on_in_another_process()
    {
        await using var first = NewHost(out var storage);
        await first.PublishAsync(Flows.Sequence("wait", Flows.Event("go", "go"), Flows.WriteLine("said", "done")));
        var started = await first.ApplyAsync(new StimulusMessage.StartRun("wait") { Name = "甲" });
        started.SubStatus.Should().Be(RunSubStatus.Suspended);

        await using var second = new RunHost(storage, _clock);
        var resumed = await second.ApplyAsync(
            new StimulusMessage.Resume(started.InstanceId, await BookmarkOf(second, started.InstanceId)));

        resumed.SubStatus.Should().Be(RunSubStatus.Finished);
        await using var db = second.Database.Open();
        (await db.Bookmarks.CountAsync()).Should().Be(0);
        var run = await db.Runs.SingleAsync();
        run.Should().BeEquivalentTo(new
        {
            Status = "Finished",
            SubStatus = "Finished",
            Name = "甲",
            Version = 2L,
            DefinitionId = "wait",
        });
        var (lines, total) =
            await second.Journal.LinesAsync(started.InstanceId.Value, null, 0, null, CancellationToken.None);
        lines.Select(line => line.Sequence).Should().BeInAscendingOrder().And.HaveCount(total);
        lines.Should().Contain(line => line.ActivityId == "said" && line.EventName == JournalEvents.Completed);
        var (page, _) = await second.Journal.LinesAsync(started.InstanceId.Value, null, 2, 3, CancellationToken.None);
        page.Select(line => line.Sequence).Should().Equal(3, 4, 5);
        var executions = await second.Journal.ExecutionsAsync(started.InstanceId.Value, CancellationToken.None);
        executions.Should().OnlyContain(execution => execution.Status == ActivityStatus.Completed);
    }

    [SkippableFact]
    public async Task The_same_operation_id_changes_nothing_and_returns_the_first_answer()
    {
        await using var host = NewHost(out _);
        await host.PublishAsync(Flows.Sequence("wait", Flows.Event("go", "go"), Flows.Event("again", "again")));
        var run = await host.ApplyAsync(new StimulusMessage.StartRun("wait") { OperationId = "start-1" });

        var repeated = await host.ApplyAsync(new StimulusMessage.StartRun("wait") { OperationId = "start-1" });
        var message =
            new StimulusMessage.Resume(run.InstanceId, await BookmarkOf(host, run.InstanceId)) { OperationId = "go-1" };
        var answer = await host.ApplyAsync(message);
        var second = await host.ApplyAsync(message);

        repeated.Should().BeEquivalentTo(run with { IsRepeated = true });
        second.Should().BeEquivalentTo(answer with { IsRepeated = true });
        await using var db = host.Database.Open();
        (await db.Runs.CountAsync()).Should().Be(1);
        (await db.Runs.SingleAsync()).Version.Should().Be(2);
    }

    [SkippableFact]
    public async Task Of_two_sessions_that_step_one_run_the_second_writes_nothing()
    {
        await using var host = NewHost(out _);
        await host.PublishAsync(Flows.Sequence("wait", Flows.Event("go", "go")));
        var run = await host.ApplyAsync(new StimulusMessage.StartRun("wait"));
        await using var first = host.Store.Begin();
        await using var second = host.Store.Begin();
        var one = await Step(host, first, run.InstanceId, "first");
        var other = await Step(host, second, run.InstanceId, "second");

        first.Apply(one);
        second.Apply(other);
        second.Enqueue(InboxMessage.For(new StimulusMessage.Cancel(run.InstanceId), _clock.GetUtcNow()));

        (await first.SaveAsync(CancellationToken.None)).Should().Be(SaveResult.Saved);
        (await second.SaveAsync(CancellationToken.None)).Should().Be(SaveResult.Conflict);
        await using var db = host.Database.Open();
        (await db.Inbox.CountAsync()).Should().Be(0, "the loser leaves no trace");
        (await db.Operations.Select(operation => operation.Id).ToListAsync()).Should().Equal("first");
    }

    [SkippableFact]
    public async Task Sixteen_who_answer_one_bookmark_at_once_are_one_answer()
    {
        await using var host = NewHost(out var storage);
        await host.PublishAsync(Flows.Sequence("wait", Flows.Event("go", "go")));
        var run = await host.ApplyAsync(new StimulusMessage.StartRun("wait"));
        var bookmark = await BookmarkOf(host, run.InstanceId);
        await using var other = new RunHost(storage, TimeProvider.System);

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            (i % 2 == 0 ? host : other).Sender.SendAsync(
                new StimulusMessage.Resume(run.InstanceId, bookmark)
                {
                    OperationId = $"click-{i}",
                }, CancellationToken.None))));

        results.OfType<StimulusResult.Applied>().Should().ContainSingle();
        results.OfType<StimulusResult.NotWaiting>().Should().HaveCount(15);
    }

    [SkippableFact]
    public async Task A_stimulus_that_comes_before_its_bookmark_waits_for_it()
    {
        await using var host = NewHost(out _);
        await host.PublishAsync(Flows.Sequence("late", Flows.Event("first", "first"), Flows.Event("second", "second")));
        var run = await host.ApplyAsync(new StimulusMessage.StartRun("late") { CorrelationId = "case-7" });

        var early = await host.Sender.SendAsync(
            new StimulusMessage.Publish(Event.StimulusName, "second")
            {
                CorrelationId = "case-7",
            }, CancellationToken.None);
        await host.Loop.DrainAsync(CancellationToken.None);
        early.Should().BeOfType<StimulusResult.Waiting>();
        (await StateOf(host, run.InstanceId)).SubStatus.Should().Be(RunSubStatus.Suspended);

        await host.Sender.SendAsync(
            new StimulusMessage.Publish(Event.StimulusName, "first")
            {
                CorrelationId = "case-7",
            }, CancellationToken.None);
        await host.Loop.DrainAsync(CancellationToken.None);

        (await StateOf(host, run.InstanceId)).SubStatus
            .Should().Be(RunSubStatus.Finished, "the waiting message is delivered when its bookmark appears");
    }

    [SkippableFact]
    public async Task An_early_stimulus_is_dropped_when_nobody_wanted_it_in_time()
    {
        await using var host = NewHost(out _);
        await host.Sender.SendAsync(
            new StimulusMessage.Publish(Event.StimulusName, "x") { CorrelationId = "nobody" }, CancellationToken.None);

        _clock.Advance(TimeSpan.FromDays(2));

        (await host.Loop.TidyAsync(CancellationToken.None)).Should().Be(1);
    }

    [SkippableFact]
    public async Task A_due_timer_fires_once_however_many_workers_look()
    {
        await using var host = NewHost(out var storage);
        await host.PublishAsync(Flows.Sequence("sleep", Flows.Delay("nap", "01:00:00"), Flows.Event("after", "after")));
        for (var i = 0; i < 60; i++) await host.ApplyAsync(new StimulusMessage.StartRun("sleep"));
        await host.Loop.DrainAsync(CancellationToken.None);
        await using (var before = host.Database.Open()) (await before.Bookmarks.CountAsync(row => row.DueAt != null))
            .Should().Be(60);

        _clock.Advance(TimeSpan.FromDays(3));
        await using var second = new RunHost(storage, _clock);
        await using var third = new RunHost(storage, _clock);
        await Task.WhenAll(
            new[] { host, second, third }.Select(node => Task.Run(() => node.Loop.DrainAsync(CancellationToken.None))));

        await using var db = host.Database.Open();
        (await db.Runs.Select(run => run.Version).Distinct().ToListAsync()).Should().Equal(2);
        (await db.Bookmarks.CountAsync(row => row.DueAt == null)).Should().Be(60);
        (await db.Bookmarks.CountAsync(row => row.DueAt != null)).Should().Be(0);
    }

    [SkippableFact]
    public async Task One_bad_row_in_a_group_does_not_hold_up_the_others()
    {
        await using var host = NewHost(out _);
        await host.PublishAsync(Flows.Sequence("sleep", Flows.Delay("nap", "00:10:00")));
        for (var i = 0; i < 10; i++) await host.ApplyAsync(new StimulusMessage.StartRun("sleep"));
        string broken;
        await using (var db = host.Database.Open())
        {
            broken = (await db.Runs.FirstAsync()).Id;
            await db.Runs.Where(run => run.Id == broken)
                .ExecuteUpdateAsync(set => set.SetProperty(run => run.State, new byte[] { 1, 2, 3 }));
        }

        _clock.Advance(TimeSpan.FromMinutes(10));
        await host.Loop.DrainAsync(CancellationToken.None);

        await using var after = host.Database.Open();
        (await after.Runs.CountAsync(run => run.Status == "Finished")).Should().Be(9);
        var left = await after.Bookmarks.SingleAsync();
        left.InstanceId.Should().Be(broken);
        left.LeasedUntil.Should().BeAfter(_clock.GetUtcNow(), "it is tried again later");
    }

    [SkippableFact]
    public async Task A_child_finishes_and_its_parent_goes_on()
    {
        await using var host = NewHost(out _);
        await host.PublishAsync(Flows.Sequence("child", Flows.WriteLine("hello", "hello")));
        var call = Flows.Activity(
            "call", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "String", "child"),
            ("waitForCompletion", "Boolean", "True"));
        await host.PublishAsync(Flows.Sequence("parent", call, Flows.WriteLine("bye", "bye")));

        var parent = await host.ApplyAsync(new StimulusMessage.StartRun("parent"));
        parent.SubStatus.Should().Be(RunSubStatus.Suspended);
        await host.Loop.DrainAsync(CancellationToken.None);

        (await StateOf(host, parent.InstanceId)).SubStatus.Should().Be(RunSubStatus.Finished);
        await using var db = host.Database.Open();
        (await db.Runs.SingleAsync(run => run.DefinitionId == "child")).ParentInstanceId.Should()
            .Be(parent.InstanceId.Value);
    }

    [SkippableFact]
    public async Task A_published_event_starts_workflows_that_it_triggers()
    {
        await using var host = NewHost(out _);
        await host.PublishAsync(
            Flows.Sequence("on-bell", Flows.Event("bell", "bell").Starts(), Flows.WriteLine("rang", "rang")));

        var published = await host.Sender.SendAsync(
            new StimulusMessage.Publish(Event.StimulusName, "bell"), CancellationToken.None);
        await host.Loop.DrainAsync(CancellationToken.None);

        published.Should().Be(new StimulusResult.Published(1));
        await using var db = host.Database.Open();
        (await db.Runs.SingleAsync()).SubStatus.Should().Be("Finished");
    }

    [SkippableFact]
    public async Task A_timer_trigger_that_was_missed_fires_once_and_goes_on()
    {
        await using var host = NewHost(out var storage);
        var every = Flows.Activity("tick", "Elsa.Timer", ("interval", "TimeSpan", "01:00:00")).Starts();
        await host.PublishAsync(Flows.Sequence("hourly", every, Flows.WriteLine("said", "tick")));

        _clock.Advance(TimeSpan.FromHours(7.5));
        await using var second = new RunHost(storage, _clock);
        await Task.WhenAll(
            new[] { host, second }.Select(node => Task.Run(() => node.Loop.DrainAsync(CancellationToken.None))));

        await using var db = host.Database.Open();
        (await db.Runs.CountAsync()).Should().Be(1, "seven missed ticks are one");
        (await db.Triggers.SingleAsync()).DueAt.Should()
            .BeAfter(_clock.GetUtcNow()).And.BeOnOrBefore(_clock.GetUtcNow().AddHours(1));
        _clock.Advance(TimeSpan.FromHours(1));
        await host.Loop.DrainAsync(CancellationToken.None);
        (await db.Runs.CountAsync()).Should().Be(2);
    }

    [SkippableFact]
    public async Task A_singleton_is_not_started_twice()
    {
        await using var host = NewHost(out _);
        await host.PublishAsync(Flows.Sequence("alone", Flows.Event("go", "go")).Activated("SingletonStrategy"));
        await host.ApplyAsync(new StimulusMessage.StartRun("alone"));

        var second = await host.Sender.SendAsync(new StimulusMessage.StartRun("alone"), CancellationToken.None);

        second.Should().Be(new StimulusResult.CannotStart("alone"));
    }

    [SkippableFact]
    public async Task A_failed_step_stays_as_an_incident_until_it_is_retried()
    {
        await using var host = NewHost(out _);
        await host.PublishAsync(
            Flows.Sequence("fails", Flows.Activity("broken", "Elsa.Fault", ("message", "String", "没有会议室"))));

        var failed = await host.ApplyAsync(new StimulusMessage.StartRun("fails"));
        failed.SubStatus.Should().Be(RunSubStatus.Faulted);
        var retried = await host.ApplyAsync(new StimulusMessage.Retry(failed.InstanceId, failed.IncidentIds.Single()));

        await using var db = host.Database.Open();
        var incidents = await db.Incidents.OrderBy(incident => incident.ResolvedAt == null).ToListAsync();
        incidents.Should().HaveCount(2);
        incidents[0].ResolvedAt.Should().NotBeNull();
        incidents[1].Should().BeEquivalentTo(new
        {
            Id = retried.IncidentIds.Single(),
            ResolvedAt = (DateTimeOffset?)null,
            Message = "没有会议室",
        });
    }

    [SkippableFact]
    public async Task A_finished_run_can_be_deleted_and_a_running_one_cannot()
    {
        await using var host = NewHost(out _);
        await host.PublishAsync(Flows.Sequence("wait", Flows.Event("go", "go")));
        var run = await host.ApplyAsync(new StimulusMessage.StartRun("wait"));

        (await host.Store.DeleteAsync(run.InstanceId, "wang", CancellationToken.None)).Should().BeFalse();
        await host.ApplyAsync(new StimulusMessage.Cancel(run.InstanceId, "test"));
        (await host.Store.DeleteAsync(run.InstanceId, "wang", CancellationToken.None)).Should().BeTrue();

        await using var db = host.Database.Open();
        (await db.Journal.CountAsync()).Should().Be(0);
    }

    [SkippableFact]
    public async Task An_enqueued_message_is_taken_by_a_worker()
    {
        await using var host = NewHost(out _);
        await host.PublishAsync(Flows.Sequence("short", Flows.WriteLine("hello", "hello")));

        var run = await host.Sender.EnqueueAsync(new StimulusMessage.StartRun("short"), null, CancellationToken.None);
        (await host.Store.FindStateAsync(run!.Value, CancellationToken.None)).Should().BeNull();
        await host.Loop.DrainAsync(CancellationToken.None);

        (await StateOf(host, run.Value)).SubStatus.Should().Be(RunSubStatus.Finished);
        await using var db = host.Database.Open();
        (await db.Inbox.CountAsync()).Should().Be(0);
    }

    /// <summary>A host over a fresh database; skips the test when the product is not to be had.</summary>
    protected RunHost NewHost(out StorageOptions storage)
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        storage = database.NewDatabase();
        return new RunHost(storage, _clock);
    }

    private async Task<RunCommit> Step(RunHost host, IStepSession session, InstanceId instance, string operation)
    {
        var loaded = await session.LoadAsync(instance, CancellationToken.None);
        var cache = (Consultation.Runtime.Definitions.WorkflowCache)host.Services.GetService(
            typeof(Consultation.Runtime.Definitions.WorkflowCache))!;
        var compiled = await cache.FindAsync(loaded!.DefinitionVersion, CancellationToken.None);
        var message = new StimulusMessage.Resume(instance, loaded.State.Bookmarks[0].Id) { OperationId = operation };
        var now = _clock.GetUtcNow();
        var result = Stepper.Run(
            compiled!.Workflow!, loaded.State, new Stimulus.Resume(message.BookmarkId), new StepEnvironment
            {
                Now = now,
                NewId = () => $"{Guid.NewGuid():N}",
            });
        return new RunCommit(result, message)
        {
            Answer = new StimulusResult.Applied(instance, null, loaded.State.SubStatus, []),
            Now = now,
        };
    }

    private static async Task<string> BookmarkOf(RunHost host, InstanceId instance) =>
        (await StateOf(host, instance)).Bookmarks[0].Id;

    private static async Task<RunState> StateOf(RunHost host, InstanceId instance) =>
        (await host.Store.FindStateAsync(instance, CancellationToken.None))!;
}

public sealed class SqliteRunStoreTests(SqliteDatabase database)
    : RunStoreContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlRunStoreTests(PostgreSqlDatabase database)
    : RunStoreContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerRunStoreTests(SqlServerDatabase database)
    : RunStoreContract(database), IClassFixture<SqlServerDatabase>;
