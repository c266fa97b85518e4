using Consultation.Cases;
using Consultation.Cases.Workflows;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage.Moves;
using Consultation.Testing;
using Consultation.Testing.Databases;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.StorageTests.Runs;

/// <summary>Running instances are moved to another version in batches, by any number of nodes; on every database.
/// </summary>
public abstract class VersionMoveTests(TestDatabase database)
{
    private static readonly OrganisationId House = OrganisationId.New();
    private static readonly PersonId Wang = PersonId.New();
    private readonly FakeClock _clock = new();

    [SkippableFact]
    public async Task Every_instance_moves_and_runs_to_its_end_on_the_new_version()
    {
        await using var host = NewHost();
        var runs = await StartedAsync(host, 3);
        await PublishAsync(host, Flow("new"));
        var moves = host.Services.GetRequiredService<IVersionMoves>();

        var preview = await moves.PreviewAsync(House, Wang, new("flow", 2), 10, default);
        var move = await moves.BeginAsync(House, Wang, new("flow", 2), "post", default);
        (await moves.BeginAsync(House, Wang, new("flow", 2), "post", default)).Should().Be(move, "it is the same post");
        await DrainAsync(host);

        preview!.Runs.Should().HaveCount(3).And.OnlyContain(run => run.Blocks.Count == 0 && run.Places.Count == 1);
        var progress = (await moves.FindAsync(House, move!.Value, default))!;
        (progress.Move.State, progress.Of(MovedRunState.Moved)).Should().Be((VersionMoveState.Done, 3));
        (await moves.StandingAsync(House, Wang, "flow", default)).Single(one => one.Running > 0)
            .Should().Match<VersionStanding>(one => one.Version == 2 && one.Places.Single().Waiting == 3);
        foreach (var run in runs)
        {
            await ResumeAsync(host, run);
            var lines = await LinesAsync(host, run);
            lines.Count(line => line.EventName == JournalEvents.Moved).Should().Be(1);
            lines.Should().Contain(line => line.ActivityId == "new");
        }
    }

    [SkippableFact]
    public async Task A_node_that_dies_in_the_middle_of_a_batch_leaves_none_half_moved_and_another_goes_on()
    {
        await using var host = NewHost();
        var runs = await StartedAsync(host, 7);
        await PublishAsync(host, Flow("new"));
        var id = await host.Services.GetRequiredService<IVersionMoves>()
            .BeginAsync(House, Wang, new("flow", 2), "post", default);
        await Worker(host).TakeAsync(await MoveAsync(host, id!.Value), 3, default);
        (await VersionsAsync(host)).Should().Equal(1, 1, 1, 1, 2, 2, 2);

        // The dead one's lease runs out, and another node takes what is left.
        await using var other = new RunHost(_storage!, _clock);
        await DrainAsync(other);

        (await VersionsAsync(host)).Should().AllBeEquivalentTo(2).And.HaveCount(runs.Count);
    }

    [SkippableFact]
    public async Task Two_nodes_at_once_move_no_instance_twice()
    {
        await using var host = NewHost();
        var runs = await StartedAsync(host, 6);
        await PublishAsync(host, Flow("new"));
        await using var other = new RunHost(_storage!, _clock);
        var id = await host.Services.GetRequiredService<IVersionMoves>()
            .BeginAsync(House, Wang, new("flow", 2), "post", default);
        var move = await MoveAsync(host, id!.Value);

        await Task.WhenAll(
            Worker(host).TakeAsync(move, 100, default), Worker(other).TakeAsync(move, 100, default));
        await DrainAsync(host);

        foreach (var run in runs)
        {
            (await LinesAsync(host, run)).Count(line => line.EventName == JournalEvents.Moved).Should().Be(1);
        }
    }

    [SkippableFact]
    public async Task A_move_is_taken_back_where_nothing_has_happened_since()
    {
        await using var host = NewHost();
        var runs = await StartedAsync(host, 2);
        await PublishAsync(host, Flow("new", "waits"));
        var moves = host.Services.GetRequiredService<IVersionMoves>();
        var id = (await moves.BeginAsync(House, Wang, new("flow", 2), "post", default))!.Value;
        await DrainAsync(host);
        await ResumeAsync(host, runs[0]);

        (await moves.UndoAsync(House, id, Wang, default)).Should().BeNull();
        await DrainAsync(host);

        var progress = (await moves.FindAsync(House, id, default))!;
        progress.Move.State.Should().Be(VersionMoveState.Undone);
        (progress.Of(MovedRunState.Kept), progress.Of(MovedRunState.Undone)).Should().Be((1, 1));
        (await moves.RunsAsync(House, Wang, id, 10, default))[0].Reasons.Single().Zh.Should().Contain("已经继续办理");
        (await StateAsync(host, runs[1])).Version.Should().Be(1);
        await ResumeAsync(host, runs[1]);
        (await StateAsync(host, runs[1])).SubStatus.Should().Be(RunSubStatus.Finished);
        (await LinesAsync(host, runs[1])).Should().NotContain(line => line.ActivityId == "new");
    }

    [SkippableFact]
    public async Task A_day_later_a_move_stays()
    {
        await using var host = NewHost();
        await StartedAsync(host, 1);
        await PublishAsync(host, Flow("new"));
        var moves = host.Services.GetRequiredService<IVersionMoves>();
        var id = (await moves.BeginAsync(House, Wang, new("flow", 2), "post", default))!.Value;
        await DrainAsync(host);

        _clock.Advance(TimeSpan.FromHours(25));

        (await moves.UndoAsync(House, id, Wang, default)).Should().Be(VersionMove.TooLate);
    }

    [SkippableFact]
    public async Task What_cannot_move_stays_with_its_reason_and_a_counterpart_by_hand_lets_it_move()
    {
        await using var host = NewHost();
        var runs = await StartedAsync(host, 1);
        await PublishAsync(host, Flows.Sequence("flow", Flows.Event("elsewhere", "go"), Flows.WriteLine("new", "new")));
        var moves = host.Services.GetRequiredService<IVersionMoves>();
        var wish = new MoveWish("flow", 2);

        var open = (await moves.PreviewAsync(House, Wang, wish, 10, default))!.Open.Single();
        var first = (await moves.BeginAsync(House, Wang, wish, "first", default))!.Value;
        await DrainAsync(host);
        (await moves.RunsAsync(House, Wang, first, 10, default)).Single().State.Should().Be(MovedRunState.Refused);
        var byHand = wish with
        {
            NodeMap = new Dictionary<string, string> { [open.NodeId] = open.Candidates.Single().NodeId },
        };
        await moves.BeginAsync(House, Wang, byHand, "second", default);
        await DrainAsync(host);

        (await StateAsync(host, runs[0])).Version.Should().Be(2);
        await ResumeAsync(host, runs[0]);
        (await StateAsync(host, runs[0])).SubStatus.Should().Be(RunSubStatus.Finished);
    }

    [SkippableFact]
    public async Task A_move_that_is_stopped_leaves_the_rest_where_it_is()
    {
        await using var host = NewHost();
        await StartedAsync(host, 4);
        await PublishAsync(host, Flow("new"));
        var moves = host.Services.GetRequiredService<IVersionMoves>();
        var id = (await moves.BeginAsync(House, Wang, new("flow", 2), "post", default))!.Value;
        await Worker(host).TakeAsync(await MoveAsync(host, id), 1, default);

        (await moves.StopAsync(House, id, default)).Should().BeTrue();
        await DrainAsync(host);

        (await moves.FindAsync(House, id, default))!.Move.State.Should().Be(VersionMoveState.Stopped);
        (await VersionsAsync(host)).Should().Equal(1, 1, 1, 2);
    }

    [SkippableTheory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Parts_follow_the_choice_for_what_has_started_them(bool along, int version)
    {
        await using var host = NewHost();
        await PublishAsync(host, Flows.Sequence("part", Flows.Event("go", "go")));
        await PublishAsync(host, Whole("start"));
        var whole = (await host.ApplyAsync(new StimulusMessage.StartRun("whole"))).InstanceId;
        await host.Loop.DrainAsync(default);
        await PublishAsync(host, Flows.Sequence("part", Flows.Event("go", "go"), Flows.WriteLine("more", "more")));
        await PublishAsync(host, Whole("start", "after"));
        var moves = host.Services.GetRequiredService<IVersionMoves>();
        (await moves.PreviewAsync(House, Wang, new("part", 2), 10, default))!.Total.Should().Be(0, "it follows");

        await moves.BeginAsync(House, Wang, new("whole", 2) { WithChildren = along }, "post", default);
        await DrainAsync(host);

        var part = await PartAsync(host);
        (await StateAsync(host, part)).Version.Should().Be(version);
        await ResumeAsync(host, part);
        await host.Loop.DrainAsync(default);
        (await StateAsync(host, whole)).SubStatus.Should().Be(RunSubStatus.Finished);
        (await LinesAsync(host, whole)).Should().Contain(line => line.ActivityId == "after");
    }

    private static WorkflowDefinition Flow(params string[] more) => Flows.Sequence(
        "flow", [Flows.Event("go", "go"), .. more.Select(id => id == "waits"
            ? Flows.Event(id, id)
            : Flows.WriteLine(id, id))]);

    private static WorkflowDefinition Whole(string id, params string[] more) => Flows.Sequence(
        "whole",
        [
            Flows.Activity(id, "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "String", "part"),
                ("waitForCompletion", "Boolean", "True")),
            .. more.Select(one => Flows.WriteLine(one, one)),
        ]);

    private static async Task PublishAsync(RunHost host, WorkflowDefinition definition) =>
        (await host.Definitions.SaveAsync(definition, publish: true, new DefinitionAuthor("li"), default))
            .Should().BeOfType<DefinitionChange.Stored>();

    private async Task<List<InstanceId>> StartedAsync(RunHost host, int count)
    {
        await PublishAsync(host, Flow());
        var runs = new List<InstanceId>();
        for (var i = 0; i < count; i++)
        {
            runs.Add((await host.ApplyAsync(new StimulusMessage.StartRun("flow"))).InstanceId);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        return runs;
    }

    private static VersionMoveWorker Worker(RunHost host) => host.Services.GetRequiredService<VersionMoveWorker>();

    private static async Task DrainAsync(RunHost host)
    {
        while (await Worker(host).TurnAsync(default))
        {
        }
    }

    private static async Task<VersionMove> MoveAsync(RunHost host, Guid id)
    {
        await using var db = host.Database.Open();
        return await db.Set<VersionMove>().AsNoTracking().SingleAsync(move => move.Id == id);
    }

    private static async Task<InstanceId> PartAsync(RunHost host)
    {
        await using var db = host.Database.Open();
        return new InstanceId(
            await db.Runs.Where(run => run.DefinitionId == "part").Select(run => run.Id).SingleAsync());
    }

    private static async Task<List<int>> VersionsAsync(RunHost host)
    {
        await using var db = host.Database.Open();
        return [.. (await db.Runs.Select(run => run.DefinitionVersion).ToListAsync()).Order()];
    }

    private static async Task ResumeAsync(RunHost host, InstanceId instance) =>
        await host.ApplyAsync(new StimulusMessage.Resume(
            instance, (await StateAsync(host, instance)).Bookmarks.Single().Id));

    private static async Task<RunState> StateAsync(RunHost host, InstanceId instance) =>
        (await host.Store.FindStateAsync(instance, default))!;

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

public sealed class SqliteVersionMoveTests(SqliteDatabase database)
    : VersionMoveTests(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlVersionMoveTests(PostgreSqlDatabase database)
    : VersionMoveTests(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerVersionMoveTests(SqlServerDatabase database)
    : VersionMoveTests(database), IClassFixture<SqlServerDatabase>;
