using Consultation.Cases;
using Consultation.Cases.Deletions;
using Consultation.Mail.Templates;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Stimuli;
using Consultation.Storage.Deletions;
using Consultation.Testing;
using Consultation.Testing.Databases;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.StorageTests.Runs;

/// <summary>What was deleted lies in the bin for thirty days and comes back as it was; on every database.</summary>
public abstract class BinTests(TestDatabase database)
{
    private static readonly OrganisationId House = OrganisationId.New();
    private readonly FakeClock _clock = new();

    [SkippableFact]
    public async Task A_workflow_comes_back_published_with_all_its_versions()
    {
        await using var host = NewHost();
        await PublishAsync(host, "first");
        await PublishAsync(host, "second");
        await DeleteAsync(host);
        (await VersionsAsync(host)).Should().BeEmpty();

        var entry = (await Bin(host).ListAsync(House, default)).Single();
        (entry.Kind, entry.Subject, entry.Parts, entry.By).Should().Be((BinKind.Definition, "flow", 2, "wang"));
        (await Bin(host).RestoreAsync(House, entry.Id, "li", null, default)).Should().BeOfType<BinRestore.Restored>();

        (await VersionsAsync(host)).Select(one => (one.Version, one.IsLatest, one.IsPublished)).Should()
            .Equal((1, false, false), (2, true, true));
        (await host.ApplyAsync(new StimulusMessage.StartRun("flow"))).Should().NotBeNull("it starts again");
        (await Bin(host).ListAsync(House, default)).Single().RestoredBy.Should().Be("li");
        (await Bin(host).RestoreAsync(House, entry.Id, "li", null, default)).Should().BeOfType<BinRestore.Gone>();
    }

    [SkippableFact]
    public async Task A_workflow_whose_id_is_in_use_meanwhile_says_so_and_comes_back_under_another()
    {
        await using var host = NewHost();
        await PublishAsync(host, "first");
        await DeleteAsync(host);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await PublishAsync(host, "another");
        var entry = (await Bin(host).ListAsync(House, default)).Single();

        var refused = await Bin(host).RestoreAsync(House, entry.Id, "li", null, default);
        refused.Should().BeOfType<BinRestore.Taken>().Which.How.Zh.Should().Contain("新的标识");
        (await Bin(host).RestoreAsync(House, entry.Id, "li", "flow-again", default))
            .Should().BeOfType<BinRestore.Restored>();

        (await VersionsAsync(host)).Should().ContainSingle();
        (await VersionsAsync(host, "flow-again")).Single().IsPublished.Should().BeTrue();
    }

    [SkippableFact]
    public async Task A_version_on_which_instances_ended_comes_back_in_its_place()
    {
        await using var host = NewHost();
        await PublishAsync(host, "first");
        await host.ApplyAsync(new StimulusMessage.StartRun("flow"));
        await DeleteAsync(host);
        var entry = (await Bin(host).ListAsync(House, default)).Single();
        entry.Runs.Should().Be(1);

        await Bin(host).RestoreAsync(House, entry.Id, "li", null, default);

        (await VersionsAsync(host)).Single().Should().Match<DefinitionSummary>(one => one.IsLatest && one.IsPublished);
    }

    [SkippableFact]
    public async Task An_instance_comes_back_with_its_journal()
    {
        await using var host = NewHost();
        await PublishAsync(host, "first");
        var run = (await host.ApplyAsync(new StimulusMessage.StartRun("flow"))).InstanceId;
        var before = (await host.Journal.LinesAsync(run.Value, null, 0, null, default)).Lines.Count;
        (await host.Store.DeleteAsync(run, "wang", default)).Should().BeTrue();

        var entry = (await Bin(host).ListAsync(House, default)).Single();
        (await Bin(host).RestoreAsync(House, entry.Id, "li", null, default)).Should().BeOfType<BinRestore.Restored>();

        (await host.Store.FindStateAsync(run, default))!.IsOver.Should().BeTrue();
        (await host.Journal.LinesAsync(run.Value, null, 0, null, default)).Lines.Should().HaveCount(before);
    }

    [SkippableFact]
    public async Task After_thirty_days_it_is_gone_for_good()
    {
        await using var host = NewHost();
        await PublishAsync(host, "first");
        await DeleteAsync(host);
        var entry = (await Bin(host).ListAsync(House, default)).Single();

        _clock.Advance(BinEntry.KeptFor + TimeSpan.FromMinutes(1));

        (await Bin(host).RestoreAsync(House, entry.Id, "li", null, default)).Should().BeOfType<BinRestore.Gone>();
        (await host.Services.GetRequiredService<BinWorker>().TurnAsync(default)).Should().Be(1);
        await using var db = host.Database.Open();
        (await db.Set<BinRow>().CountAsync()).Should().Be(0);
    }

    private static IBin Bin(RunHost host) => host.Services.GetRequiredService<IBin>();

    private static async Task PublishAsync(RunHost host, string line) => (await host.Definitions.SaveAsync(
        Flows.Sequence("flow", Flows.WriteLine(line, line)), publish: true, new DefinitionAuthor("li"), default))
        .Should().BeOfType<DefinitionChange.Stored>();

    private async Task DeleteAsync(RunHost host)
    {
        var store = host.Services.GetRequiredService<IDefinitionStore>();
        var ids = (await VersionsAsync(host)).Select(one => one.Id).ToList();
        (await store.DeleteAsync(ids, "wang", _clock.GetUtcNow(), default)).Should().Be(ids.Count);
    }

    private static async Task<List<DefinitionSummary>> VersionsAsync(RunHost host, string id = "flow") =>
    [
        .. (await host.Services.GetRequiredService<IDefinitionStore>().ListAsync(
            new DefinitionFilter { DefinitionIds = [id] }, default)).Items.OrderBy(one => one.Version),
    ];

    private RunHost NewHost()
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        return new RunHost(
            database.NewDatabase(), _clock, add: services => services.AddSingleton(
                new MailTemplateBook()));
    }
}

public sealed class SqliteBinTests(SqliteDatabase database) : BinTests(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlBinTests(PostgreSqlDatabase database)
    : BinTests(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerBinTests(SqlServerDatabase database)
    : BinTests(database), IClassFixture<SqlServerDatabase>;
