using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;
using Consultation.Testing;
using Consultation.Testing.Databases;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.StorageTests.Runs;

/// <summary>What every database must do for definitions that are saved together.</summary>
public abstract class DefinitionStoreContract(TestDatabase database)
{
    private static readonly DefinitionAuthor Author = new("designer");
    private readonly FakeClock _clock = new();

    [SkippableFact]
    public async Task Of_three_definitions_whose_last_is_refused_none_is_stored()
    {
        await using var host = NewHost();
        await host.PublishAsync(Flow("kept", "旧").With(json => json["isReadonly"] = true));

        var changes = await host.Definitions.SaveAllAsync(
            [Flow("first", "甲"), Flow("second", "乙"), Flow("kept", "新")], Author, default);

        changes.Should().ContainSingle().Which.Should().Match<DefinitionSave>(
            one => one.DefinitionId == "kept" && one.Change is DefinitionChange.NotAllowed);
        await using var db = host.Database.Open();
        (await db.Definitions.Select(row => row.DefinitionId).ToListAsync()).Should().Equal("kept");
        (await db.Definitions.Select(row => row.Name).ToListAsync()).Should().Equal("旧");
    }

    [SkippableFact]
    public async Task A_write_whose_last_definition_was_changed_meanwhile_writes_none_of_them()
    {
        await using var host = NewHost();
        await host.Definitions.SaveAsync(Flow("third", "旧"), publish: false, Author, default);
        var store = host.Services.GetRequiredService<IDefinitionStore>();
        var stored = (await store.FindAsync("third", VersionOptions.Latest, default))!;
        DefinitionWrite[] writes =
        [
            new([Flow("first", "甲").With(id: "v-first", version: 1)], 0),
            new([Flow("second", "乙").With(id: "v-second", version: 1)], 0),
            new([Flow("third", "新").With(id: stored.Definition.Id, version: 1)], stored.Stamp + 1),
        ];

        (await store.WriteAsync(writes, "designer", _clock.GetUtcNow(), default)).Should().BeFalse();

        await using var db = host.Database.Open();
        (await db.Definitions.Select(row => row.Name).ToListAsync()).Should().Equal("旧");
    }

    [SkippableFact]
    public async Task Three_definitions_are_stored_together_each_by_its_own_rule()
    {
        await using var host = NewHost();
        await host.PublishAsync(Flow("second", "旧"));

        var changes = await host.Definitions.SaveAllAsync(
            [Flow("first", "甲"), Flow("second", "乙"), Flow("first", "丙")], Author, default);

        changes.Select(one => one.Change).Should()
            .HaveCount(2).And.AllBeOfType<DefinitionChange.Stored>("of two with one id the later one counts");
        await using var db = host.Database.Open();
        var rows = await db.Definitions.OrderBy(row => row.DefinitionId).ThenBy(row => row.Version)
            .Select(row => new { row.Name, row.Version, row.IsLatest, row.IsPublished }).ToListAsync();
        rows.Should().Equal(
            new { Name = (string?)"丙", Version = 1, IsLatest = true, IsPublished = false },
            new { Name = (string?)"旧", Version = 1, IsLatest = false, IsPublished = true },
            new { Name = (string?)"乙", Version = 2, IsLatest = true, IsPublished = false });
    }

    private static WorkflowDefinition Flow(string id, string name) =>
        Flows.Sequence(id, Flows.WriteLine("said", "done")).With(name: name);

    private RunHost NewHost()
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        return new RunHost(database.NewDatabase(), _clock);
    }
}

public sealed class SqliteDefinitionStoreTests(SqliteDatabase database)
    : DefinitionStoreContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlDefinitionStoreTests(PostgreSqlDatabase database)
    : DefinitionStoreContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerDefinitionStoreTests(SqlServerDatabase database)
    : DefinitionStoreContract(database), IClassFixture<SqlServerDatabase>;
