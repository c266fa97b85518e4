using System.Text.Json.Nodes;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Testing;
using Consultation.Testing.Databases;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Runs;

/// <summary>
/// A run whose child is not there, or stops with an incident, never waits in vain; on every database.
/// </summary>
public abstract class ChildRunTests(TestDatabase database)
{
    private readonly FakeClock _clock = new();

    public static TheoryData<string, bool> Steps => new()
    {
        { "Elsa.ExecuteWorkflow", true },
        { "Elsa.ExecuteWorkflow", false },
        { "Elsa.DispatchWorkflow", true },
        { "Elsa.DispatchWorkflow", false },
        { "Elsa.BulkDispatchWorkflows", true },
        { "Elsa.BulkDispatchWorkflows", false },
    };

    [SkippableTheory]
    [MemberData(nameof(Steps))]
    public async Task A_child_that_nobody_knows_is_an_incident_that_names_it_and_a_retry_takes_it_up(
        string step, bool waits)
    {
        await using var host = NewHost();
        await host.PublishAsync(Whole(step, waits));
        var run = await host.ApplyAsync(new StimulusMessage.StartRun("whole"));

        var stopped = await StateAsync(host, run.InstanceId);
        stopped.SubStatus.Should().Be(RunSubStatus.Faulted);
        stopped.Incidents.Should().ContainSingle().Which.Message.Should().Contain("part").And.Contain("请先发布再重试");
        await host.PublishAsync(Flows.Sequence("part", Flows.WriteLine("done", "done")));
        await host.ApplyAsync(new StimulusMessage.Retry(run.InstanceId));
        await host.Loop.DrainAsync(default);

        (await StateAsync(host, run.InstanceId)).SubStatus.Should().Be(RunSubStatus.Finished);
        (await ChildrenAsync(host)).Should().ContainSingle().Which.Should().Match<RunState>(child =>
            child.SubStatus == RunSubStatus.Finished && child.ParentInstanceId == run.InstanceId.Value
            && (string)child.Input["ParentInstanceId"]! == run.InstanceId.Value);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_child_that_was_deleted_or_taken_back_is_not_started_by_its_bound_version(bool deleted)
    {
        await using var host = NewHost();
        await host.PublishAsync(Flows.Sequence("part", Flows.WriteLine("done", "done")));
        await host.PublishAsync(Whole("Elsa.DispatchWorkflow", waits: true, before: Flows.Event("go", "go")));
        var run = await host.ApplyAsync(new StimulusMessage.StartRun("whole"));
        await using (var db = host.Database.Open())
        {
            var part = db.Definitions.Where(row => row.DefinitionId == "part");
            if (deleted) await part.ExecuteDeleteAsync();
            else await host.Definitions.RetractAsync("part", default);
        }

        await using var other = new RunHost(_storage!, _clock);
        await ResumeAsync(other, run.InstanceId);

        (await StateAsync(other, run.InstanceId)).Incidents.Should().ContainSingle()
            .Which.Message.Should().Contain("part");
    }

    [SkippableTheory]
    [InlineData("Elsa.ExecuteWorkflow")]
    [InlineData("Elsa.DispatchWorkflow")]
    public async Task A_child_that_faults_resumes_its_parent_as_in_Elsa(string step)
    {
        await using var host = NewHost();
        await host.PublishAsync(Faulting());
        await host.PublishAsync(Whole(step, waits: true));

        var run = await host.ApplyAsync(new StimulusMessage.StartRun("whole"));
        await host.Loop.DrainAsync(default);

        (await StateAsync(host, run.InstanceId)).SubStatus.Should().Be(RunSubStatus.Finished);
        (await JournalAsync(host, run.InstanceId)).Should().Contain(ChildFault.Event);
    }

    [SkippableFact]
    public async Task A_parent_that_is_told_to_waits_until_its_child_was_mended()
    {
        await using var host = NewHost();
        await host.PublishAsync(Faulting());
        await host.PublishAsync(Whole("Elsa.ExecuteWorkflow", waits: true, fault: ChildFault.Wait));
        var run = await host.ApplyAsync(new StimulusMessage.StartRun("whole"));
        await host.Loop.DrainAsync(default);

        (await StateAsync(host, run.InstanceId)).SubStatus.Should().Be(RunSubStatus.Suspended);
        (await JournalAsync(host, run.InstanceId)).Should().Contain(ChildFault.Event, "its page says why it waits");
        var child = (await ChildrenAsync(host)).Single();
        await host.ApplyAsync(new StimulusMessage.SetVariables(
            new InstanceId(child.InstanceId), new Dictionary<string, object?> { ["Mended"] = true }));
        await host.ApplyAsync(new StimulusMessage.Retry(new InstanceId(child.InstanceId)));
        await host.Loop.DrainAsync(default);

        (await StateAsync(host, run.InstanceId)).SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [SkippableFact]
    public async Task Each_faulted_child_of_many_goes_its_own_way()
    {
        await using var host = NewHost();
        await host.PublishAsync(Faulting());
        var bulk = Whole("Elsa.BulkDispatchWorkflows", waits: true, items: "[1, 2]", more: step =>
        {
            step["childFaulted"] = Flows.WriteLine("faulted", "faulted");
            step["childCompleted"] = Flows.WriteLine("completed", "completed");
        });
        await host.PublishAsync(bulk);

        var run = await host.ApplyAsync(new StimulusMessage.StartRun("whole"));
        await host.Loop.DrainAsync(default);

        (await StateAsync(host, run.InstanceId)).SubStatus.Should().Be(RunSubStatus.Finished);
        (await LinesAsync(host, run.InstanceId)).Count(
            line => line.ActivityId == "faulted" && line.EventName == JournalEvents.Completed).Should().Be(2);
    }

    [SkippableFact]
    public async Task A_child_that_only_one_may_run_of_waits_for_its_turn()
    {
        await using var host = NewHost();
        await host.PublishAsync(Flows.Sequence("part", Flows.Event("wait", "wait"))
            .Activated("SingletonStrategy"));
        await host.PublishAsync(Whole("Elsa.DispatchWorkflow", waits: true));
        var first = await host.ApplyAsync(new StimulusMessage.StartRun("whole"));
        await host.Loop.DrainAsync(default);
        var second = await host.ApplyAsync(new StimulusMessage.StartRun("whole"));
        await host.Loop.DrainAsync(default);
        (await ChildrenAsync(host)).Should().ContainSingle();

        foreach (var run in new[] { first, second })
        {
            var child = (await ChildrenAsync(host)).Single(one => one.ParentInstanceId == run.InstanceId.Value);
            await ResumeAsync(host, new InstanceId(child.InstanceId));
            _clock.Advance(TimeSpan.FromMinutes(1));
            await host.Loop.DrainAsync(default);
        }

        (await StateAsync(host, second.InstanceId)).SubStatus.Should().Be(RunSubStatus.Finished);
    }

    /// <summary>Stops at once, until its variable says that it was mended.</summary>
    private static WorkflowDefinition Faulting() => Flows.Sequence(
        "part", Flows.Activity("stop", "Elsa.RunJavaScript",
            ("script", "String", "if (getVariable('Mended') !== true) throw new Error('broken');")))
        .With(json => json["variables"] = new JsonArray(new JsonObject
        {
            ["id"] = "Mended",
            ["name"] = "Mended",
            ["typeName"] = "Object",
        }));

    private static WorkflowDefinition Whole(
        string step, bool waits, string? fault = null, JsonObject? before = null, string items = "[1]",
        Action<JsonObject>? more = null)
    {
        var start = Flows.Activity(
            "start", step, ("workflowDefinitionId", "String", "part"),
            ("waitForCompletion", "Boolean", waits ? "True" : "False"));
        if (fault is not null) start["childFault"] = Flows.Input("String", "Literal", fault);
        if (step == "Elsa.BulkDispatchWorkflows") start["items"] = Flows.Input("Object", "Object", items);
        more?.Invoke(start);
        return Flows.Sequence("whole", before is null ? [start] : [before, start]);
    }

    private static async Task ResumeAsync(RunHost host, InstanceId instance)
    {
        await host.ApplyAsync(new StimulusMessage.Resume(
            instance, (await StateAsync(host, instance)).Bookmarks.Single().Id));
        await host.Loop.DrainAsync(default);
    }

    private static async Task<RunState> StateAsync(RunHost host, InstanceId instance) =>
        (await host.Store.FindStateAsync(instance, default))!;

    private static async Task<List<RunState>> ChildrenAsync(RunHost host)
    {
        await using var db = host.Database.Open();
        var ids = await db.Runs.Where(run => run.DefinitionId == "part").Select(run => run.Id).ToListAsync();
        var states = new List<RunState>();
        foreach (var id in ids) states.Add(await StateAsync(host, new InstanceId(id)));
        return states;
    }

    private static async Task<IEnumerable<string>> JournalAsync(RunHost host, InstanceId instance) =>
        (await LinesAsync(host, instance)).Select(line => line.EventName);

    private static async Task<IReadOnlyList<JournalLine>> LinesAsync(RunHost host, InstanceId instance) =>
        (await host.Journal.LinesAsync(instance.Value, null, 0, null, default)).Lines;

    private Storage.StorageOptions? _storage;

    private RunHost NewHost()
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        _storage = database.NewDatabase();
        return new RunHost(_storage, _clock);
    }
}

public sealed class SqliteChildRunTests(SqliteDatabase database)
    : ChildRunTests(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlChildRunTests(PostgreSqlDatabase database)
    : ChildRunTests(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerChildRunTests(SqlServerDatabase database)
    : ChildRunTests(database), IClassFixture<SqlServerDatabase>;
