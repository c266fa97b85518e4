using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Workflows;

/// <summary>
/// What starts do with the workflow files: only new content makes a new version, and what people edited stays.
/// </summary>
public sealed class FileVersionTests : IDisposable
{
    private const string Gate = "topic-gate";
    private readonly string _data = Directory.CreateTempSubdirectory("consultation-files-").FullName;
    private readonly string _workflows;

    public FileVersionTests()
    {
        _workflows = Directory.CreateDirectory(Path.Combine(_data, "workflows")).FullName;
        Write(_ => { });
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_start_with_the_same_file_makes_no_version_and_reads_no_definition()
    {
        await StartAsync(async host => (await VersionsAsync(host)).Should().Equal((1, true)));
        // If the start looked at the definition at all, it would stumble over this.
        await StartAsync(host => host.Services.GetRequiredService<IDefinitionStore>()
            .DeleteAsync([.. Ids(host)], "wang", DateTimeOffset.UnixEpoch, default));

        await StartAsync(async host =>
        {
            (await VersionsAsync(host)).Should()
                .BeEmpty("what was deleted is not brought back by a file that did not change");
            await ReadyAsync(host, "Healthy");
        });
    }

    [Fact]
    public async Task New_content_becomes_a_new_published_version_and_going_back_does_not()
    {
        await StartAsync(_ => Task.CompletedTask);

        Write(json => json["name"] = "改了名字");
        await StartAsync(async host => (await VersionsAsync(host)).Should().Equal((1, false), (2, true)));
        Write(_ => { });

        await StartAsync(async host => (await VersionsAsync(host)).Should().Equal((1, false), (2, true)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_people_edited_stays_when_the_host_starts_and_when_the_file_changes(bool published)
    {
        await StartAsync(async host => await EditAsync(host, "本单位的流程", published));

        await StartAsync(async host => (await LatestAsync(host)).Name.Should().Be("本单位的流程"));
        Write(json => json["name"] = "新版本的流程");
        for (var start = 1; start <= 2; start++)
        {
            await StartAsync(async host =>
            {
                (await LatestAsync(host)).Name.Should().Be("本单位的流程");
                (await VersionsAsync(host)).Should().HaveCount(2);
                await ReadyAsync(host, "Healthy", "topic-gate.json：文件有新内容，但流程已由 li 改成本单位自己的版本");
            });
        }
    }

    [Fact]
    public async Task What_people_withdrew_stays_withdrawn()
    {
        await StartAsync(host => host.Services.GetRequiredService<DefinitionEditing>().RetractAsync(Gate, default));

        await StartAsync(async host => (await VersionsAsync(host)).Should().Equal((1, false)));
    }

    [Fact]
    public async Task A_start_that_ended_between_storing_and_publishing_is_finished_by_the_next()
    {
        Directory.Delete(_workflows, recursive: true);
        Directory.CreateDirectory(_workflows);
        await StartAsync(host => host.Services.GetRequiredService<DefinitionEditing>()
            .SaveAsync(Definition(_ => { }), publish: false, DefinitionAuthor.Host, default));
        Write(_ => { });

        await StartAsync(async host => (await VersionsAsync(host)).Should().Equal((1, true)));
    }

    [Fact]
    public async Task A_mended_file_is_taken_at_the_next_start()
    {
        File.WriteAllText(Path.Combine(_workflows, $"{Gate}.json"), "{");
        await StartAsync(host => ReadyAsync(host, "Degraded"));
        Write(_ => { });

        await StartAsync(async host =>
        {
            (await VersionsAsync(host)).Should().Equal((1, true));
            await ReadyAsync(host, "Healthy");
        });
    }

    /// <summary>One start of a host on the same database.</summary>
    private async Task StartAsync(Func<DeskHost, Task> look)
    {
        await using var host = new DeskHost(
        [
            new("Storage:ConnectionString", $"Data Source={Path.Combine(_data, "desk.db")};Pooling=False"),
            new("Host:WorkflowFolder", _workflows),
        ]);
        host.StartServer();
        await look(host);
    }

    private void Write(Action<JsonObject> change) =>
        File.WriteAllText(Path.Combine(_workflows, $"{Gate}.json"), Definition(change).ToFile());

    private static WorkflowDefinition Definition(Action<JsonObject> change) =>
        WorkflowFolder.All.Single(one => one.DefinitionId == Gate).With(change);

    private static async Task EditAsync(DeskHost host, string name, bool publish) =>
        (await host.Services.GetRequiredService<DefinitionEditing>().SaveAsync(
            Definition(json => json["name"] = name), publish, new DefinitionAuthor("li"), default))
                .Should().BeOfType<DefinitionChange.Stored>();

    private static async Task<WorkflowDefinition> LatestAsync(DeskHost host) =>
        (await host.Services.GetRequiredService<IDefinitionStore>()
            .FindAsync(Gate, VersionOptions.Latest, default))!.Definition;

    private static async Task<IEnumerable<(int, bool)>> VersionsAsync(DeskHost host)
    {
        var (items, _) = await host.Services.GetRequiredService<IDefinitionStore>()
            .ListAsync(new() { DefinitionIds = [Gate] }, default);
        return items.OrderBy(item => item.Version).Select(item => (item.Version, item.IsPublished));
    }

    private static List<string> Ids(DeskHost host) =>
        [.. host.Services.GetRequiredService<IDefinitionStore>().ListAsync(new() { DefinitionIds = [Gate] }, default)
            .GetAwaiter().GetResult().Items.Select(item => item.Id)];

    private static async Task ReadyAsync(DeskHost host, string status, string? words = null)
    {
        using var browser = await host.SignedInAsync();
        using var report = System.Text.Json.JsonDocument.Parse(await browser.Client.GetStringAsync("/health/ready"));
        var check = report.RootElement.GetProperty("checks").GetProperty("workflows");
        check.GetProperty("status").GetString().Should().Be(status);
        if (words is not null)
        {
            check.GetProperty("zh").GetString().Should().Contain(words);
        }
    }
}
