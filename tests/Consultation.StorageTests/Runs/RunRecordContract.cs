using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Stimuli;
using Consultation.Storage.Runs;
using Consultation.Testing;
using Consultation.Testing.Databases;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.StorageTests.Runs;

/// <summary>What every database must do for records of runs that took place elsewhere.</summary>
public abstract class RunRecordContract(TestDatabase database)
{
    private static readonly DateTimeOffset Start = new FakeClock().GetUtcNow();

    [SkippableFact]
    public async Task A_record_is_read_page_by_page_and_no_stimulus_moves_it()
    {
        await using var host = NewHost();
        var workflow = await WorkflowAsync(host);

        (await AddAsync(host, Record(workflow, "record-1", lines: 1_234))).Should().BeEmpty();

        var (page, total) = await host.Journal.LinesAsync("record-1", null, 990, 20, CancellationToken.None);
        total.Should().Be(1_234);
        page.Select(line => line.Sequence).Should().Equal(Enumerable.Range(991, 20).Select(number => (long)number));
        (await host.Journal.FindExecutionAsync("record-1-7", CancellationToken.None))!.Status.Should()
            .Be(ActivityStatus.Completed);
        var before = (await host.Store.FindStateAsync(new("record-1"), CancellationToken.None))!;
        before.Incidents.Should().ContainSingle().Which.Message.Should().Be("坏了");
        before.ListVariables(workflow).Should().ContainSingle().Which.Value.Should().Be(7L);
        foreach (var stimulus in new StimulusMessage[]
        {
            new StimulusMessage.Retry(new("record-1")), new StimulusMessage.Cancel(new("record-1"), "no"),
                new StimulusMessage.Resume(new("record-1"), "b"),
            new StimulusMessage.SetVariables(new("record-1"), new Dictionary<string, object?> { ["v"] = 8L }),
        })
        {
            await host.Sender.SendAsync(stimulus, CancellationToken.None);
        }

        (await host.Store.FindStateAsync(new("record-1"), CancellationToken.None))!.Serialize().Should()
            .Equal(before.Serialize());
        await using var db = host.Database.Open();
        (await db.Bookmarks.CountAsync() + await db.Incidents.CountAsync()).Should().Be(0);
        (await host.Store.DeleteAsync(new("record-1"), "wang", CancellationToken.None)).Should().BeTrue();
    }

    [SkippableFact]
    public async Task Of_records_of_which_one_is_known_none_is_written()
    {
        await using var host = NewHost();
        var workflow = await WorkflowAsync(host);
        await AddAsync(host, Record(workflow, "known"));

        var known = await AddAsync(host, Record(workflow, "new"), Record(workflow, "known"));

        known.Should().Equal("known");
        (await host.Store.FindStateAsync(new("new"), CancellationToken.None)).Should().BeNull();
        await using var db = host.Database.Open();
        (await db.Journal.CountAsync(row => row.InstanceId == "new")).Should().Be(0);
    }

    private RunHost NewHost()
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        return new(database.NewDatabase(), new FakeClock(Start));
    }

    private static async Task<CompiledWorkflow> WorkflowAsync(RunHost host)
    {
        await host.PublishAsync(Flows.Sequence("past", Flows.WriteLine("said", "done"))
            .With(json => json["variables"] = new System.Text.Json.Nodes.JsonArray(
            new System.Text.Json.Nodes.JsonObject { ["id"] = "v", ["name"] = "Visits", ["typeName"] = "Int64" })));
        var cache = host.Services.GetRequiredService<WorkflowCache>();
        var store = host.Services.GetRequiredService<IDefinitionStore>();
        return (await cache.CompileAsync(
            (await store.FindAsync("past", VersionOptions.Published, CancellationToken.None))!,
            CancellationToken.None)).Workflow!;
    }

    private static Task<IReadOnlyList<string>> AddAsync(RunHost host, params RunRecord[] records) =>
        host.Services.GetRequiredService<RunRecords>().AddAsync(Guid.NewGuid(), records, CancellationToken.None);

    private static RunRecord Record(CompiledWorkflow workflow, string id, int lines = 3)
    {
        var node = workflow.FindActivity("said")!;
        var state = RunState.Record(workflow, new PastRun
        {
            InstanceId = id,
            HasFinished = false,
            CreatedAt = Start,
            UpdatedAt = Start,
            FinishedAt = Start,
            Variables = new() { ["v"] = 7L },
            Incidents = [new PastIncident("said", node.NodeId, node.Type, "坏了", "Fault", null, Start)],
            JournalSequence = lines,
            StepCount = RunRecord.PagesOf(lines),
            ActivityCount = 10,
        });
        return new(
            state,
            [.. Enumerable.Range(1, lines).Select(number => new JournalLine
            {
                Sequence = number,
                Timestamp = Start,
                EventName = JournalEvents.Started,
                ActivityInstanceId = $"{id}-{number}",
                ActivityId = "said",
                ActivityType = node.Type,
                NodeId = node.NodeId,
            })],
            [.. Enumerable.Range(1, 10).Select(number => new ActivityExecutionRecord
            {
                Id = $"{id}-{number}",
                WorkflowInstanceId = id,
                ActivityId = "said",
                ActivityNodeId = node.NodeId,
                ActivityType = node.Type,
                StartedAt = Start,
                Status = ActivityStatus.Completed,
            })]);
    }
}

public sealed class SqliteRunRecordTests(SqliteDatabase database)
    : RunRecordContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlRunRecordTests(PostgreSqlDatabase database)
    : RunRecordContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerRunRecordTests(SqlServerDatabase database)
    : RunRecordContract(database), IClassFixture<SqlServerDatabase>;
