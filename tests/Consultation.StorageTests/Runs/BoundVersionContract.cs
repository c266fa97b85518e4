using System.Text.Json.Nodes;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage;
using Consultation.Testing;
using Consultation.Testing.Databases;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.StorageTests.Runs;

/// <summary>
/// A run goes on with the versions of its sub-workflows that were published when its own version was, on every
/// database and after a restart.
/// </summary>
public abstract class BoundVersionContract(TestDatabase database)
{
    private readonly FakeClock _clock = new();

    [SkippableTheory]
    [InlineData("Elsa.DispatchWorkflow")]
    [InlineData("Elsa.ExecuteWorkflow")]
    [InlineData("Elsa.BulkDispatchWorkflows")]
    public async Task An_old_run_goes_on_with_the_old_part_and_a_new_one_of_the_republished_whole_takes_the_new(
        string step)
    {
        await using var host = NewHost(out var storage);
        await host.PublishAsync(Part(1));
        await host.PublishAsync(Whole(step));
        var old = await host.ApplyAsync(new StimulusMessage.StartRun("whole"));
        await host.PublishAsync(Part(2));
        var between = await host.ApplyAsync(new StimulusMessage.StartRun("whole"));
        await host.PublishAsync((await FindAsync(host, "whole")).Definition);
        var renewed = await host.ApplyAsync(new StimulusMessage.StartRun("whole"));

        await using var restarted = new RunHost(storage, _clock);
        foreach (var run in new[] { old, between, renewed }) await GoAsync(restarted, run.InstanceId);

        (await StartedByAsync(restarted, old.InstanceId)).Should().Be(1);
        (await StartedByAsync(restarted, between.InstanceId)).Should().Be(1, "the whole was not published again yet");
        (await StartedByAsync(restarted, renewed.InstanceId)).Should().Be(2);
        (await FindAsync(restarted, "whole")).Definition.Should().BeEquivalentTo(
            new { Version = 2, IsPublished = true, IsLatest = true }, "what runs keeps its version as it is");
    }

    [SkippableFact]
    public async Task A_step_that_asks_for_the_latest_takes_what_is_published_when_it_gets_there()
    {
        await using var host = NewHost(out _);
        await host.PublishAsync(Part(1));
        await host.PublishAsync(Whole("Elsa.DispatchWorkflow", ChildVersion.Latest));
        var run = await host.ApplyAsync(new StimulusMessage.StartRun("whole"));
        await host.PublishAsync(Part(2));

        await GoAsync(host, run.InstanceId);

        (await StartedByAsync(host, run.InstanceId)).Should().Be(2);
        (await FindAsync(host, "whole")).Definition.Bound.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_part_used_as_an_activity_without_a_version_is_bound_too()
    {
        await using var host = NewHost(out var storage);
        var part = Flows.Sequence("part", Flows.Event("inside-1", "go"));
        await host.PublishAsync(part);
        await host.PublishAsync(Flows.Sequence("whole", new JsonObject
        {
            ["id"] = "use",
            ["type"] = "Part",
            ["version"] = 1,
            ["workflowDefinitionId"] = "part",
        }));
        var run = await host.ApplyAsync(new StimulusMessage.StartRun("whole"));
        await host.PublishAsync(Flows.Sequence("part", Flows.Event("inside-2", "other")));

        await using var restarted = new RunHost(storage, _clock);
        var state = (await restarted.Store.FindStateAsync(run.InstanceId, default))!;
        var resumed = await restarted.ApplyAsync(
            new StimulusMessage.Resume(run.InstanceId, state.Bookmarks.Single().Id));

        resumed.SubStatus.Should().Be(Engine.Running.RunSubStatus.Finished);
    }

    [SkippableFact]
    public async Task What_a_version_is_bound_to_is_exported_and_settled_anew_where_the_file_is_published()
    {
        await using var host = NewHost(out _);
        await host.PublishAsync(Part(1));
        await host.PublishAsync(Part(2));
        await host.PublishAsync(Whole("Elsa.DispatchWorkflow"));
        var file = WorkflowDefinition.Parse((await FindAsync(host, "whole")).Definition.ToFile());

        await using var other = new RunHost(database.NewDatabase(), _clock);
        await other.PublishAsync(Part(1));
        await other.Definitions.SaveAsync(file, publish: false, new DefinitionAuthor("li"), default);
        var draft = (await FindAsync(other, "whole")).Definition;
        await other.Definitions.PublishAsync("whole", default);

        file.Bound["part"].Version.Should().Be(2);
        draft.Bound.Should().BeEmpty("versions of another host mean nothing here");
        (await FindAsync(other, "whole")).Definition.Bound["part"].Should().Be(
            new BoundVersion("part", (await FindAsync(other, "part")).Definition.Id, 1));
    }

    [SkippableFact]
    public async Task Publishing_again_without_a_newer_part_makes_no_version()
    {
        await using var host = NewHost(out _);
        await host.PublishAsync(Part(1));
        await host.PublishAsync(Whole("Elsa.DispatchWorkflow"));

        var change = await host.Definitions.PublishAsync("whole", default);

        change.Should().BeOfType<DefinitionChange.Stored>().Which.AlreadyPublished.Should().BeTrue();
        (await FindAsync(host, "whole")).Definition.Version.Should().Be(1);
    }

    [SkippableFact]
    public async Task Wholes_of_the_product_follow_its_new_parts_and_those_of_people_wait_for_them()
    {
        await using var host = NewHost(out _);
        await host.PublishAsync(Part(1));
        await host.PublishAsync(Whole("Elsa.DispatchWorkflow"));
        await host.Definitions.SaveAsync(
            Whole("Elsa.DispatchWorkflow").With(definitionId: "own"), publish: true, new DefinitionAuthor("li"),
            default);
        await host.PublishAsync(Part(2));

        await host.Definitions.BindOwnAsync(default);
        await host.Definitions.BindOwnAsync(default);

        (await FindAsync(host, "whole")).Definition.Should().Match<WorkflowDefinition>(
            one => one.Version == 2 && one.Bound["part"].Version == 2);
        (await FindAsync(host, "own")).Definition.Should().Match<WorkflowDefinition>(
            one => one.Version == 1 && one.Bound["part"].Version == 1);
    }

    private static WorkflowDefinition Part(int version) =>
        Flows.Sequence("part", Flows.Event($"wait-{version}", $"never-{version}"));

    /// <summary>Waits, then starts the part.</summary>
    private static WorkflowDefinition Whole(string step, string? version = null)
    {
        var start = Flows.Activity("start", step, ("workflowDefinitionId", "String", "part"));
        if (version is not null) start["childVersion"] = Flows.Input("String", "Literal", version);
        if (step == "Elsa.BulkDispatchWorkflows") start["items"] = Flows.Input("Object", "Object", "[1]");
        return Flows.Sequence("whole", Flows.Event("go", "go"), start);
    }

    private static async Task GoAsync(RunHost host, InstanceId instance)
    {
        var state = (await host.Store.FindStateAsync(instance, default))!;
        await host.ApplyAsync(new StimulusMessage.Resume(instance, state.Bookmarks.Single().Id));
        await host.Loop.DrainAsync(default);
    }

    private static async Task<int> StartedByAsync(RunHost host, InstanceId parent)
    {
        await using var db = host.Database.Open();
        var children = await db.Runs.Where(run => run.DefinitionId == "part").Select(run => run.Id).ToListAsync();
        foreach (var child in children)
        {
            var state = (await host.Store.FindStateAsync(new InstanceId(child), default))!;
            if (state.ParentInstanceId == parent.Value) return state.Version;
        }

        return 0;
    }

    private static async Task<StoredDefinition> FindAsync(RunHost host, string id) =>
        (await host.Services.GetRequiredService<IDefinitionStore>().FindAsync(id, VersionOptions.Latest, default))!;

    private RunHost NewHost(out StorageOptions storage)
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        storage = database.NewDatabase();
        return new RunHost(storage, _clock);
    }
}

public sealed class SqliteBoundVersionTests(SqliteDatabase database)
    : BoundVersionContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlBoundVersionTests(PostgreSqlDatabase database)
    : BoundVersionContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerBoundVersionTests(SqlServerDatabase database)
    : BoundVersionContract(database), IClassFixture<SqlServerDatabase>;
