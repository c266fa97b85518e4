using Consultation.Engine.Definitions;
using Consultation.Runtime;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage.Moves;
using Consultation.Testing.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>Administrators look at, begin and take back a move; see and mend findings; restore what was deleted.
/// </summary>
public sealed class MovePageTests(DeskHost host) : IClassFixture<DeskHost>
{
    [Fact]
    public async Task A_move_is_looked_at_begun_and_taken_back()
    {
        await PublishAsync(Flow("移动样例", "moving", "old"));
        var run = ((StimulusResult.Applied)await host.Services.GetRequiredService<StimulusSender>()
            .SendAsync(new StimulusMessage.StartRun("moving"), default)).InstanceId;
        await PublishAsync(Flow("移动样例", "moving", "new"));
        using var browser = await host.SignedInAsync();

        await browser.GetAsync("/workflows/moving");
        browser.Page.QuerySelectorAll("a").Select(link => link.GetAttribute("href")).Should()
            .Contain("/workflows/moving/runs");
        await browser.GetAsync("/workflows/moving/runs");
        browser.Text.Should().Contain("移动样例").And.Contain("go：1 件");
        await browser.GetAsync("/workflows/moving/runs?to=2");
        browser.Text.Should().Contain("预览：1 个实例移到第 2 版").And.Contain("同一标识").And.Contain("可以移动");
        await browser.PostAsync("move", []);
        var page = browser.Answer.Headers.Location!.ToString();
        await DrainAsync();
        await browser.GetAsync(page);

        browser.Text.Should().Contain("已移动 1，未移动 0");
        (await VersionOfAsync(run)).Should().Be(2);
        await browser.PostAsync("undo", []);
        await DrainAsync();
        await browser.GetAsync(page);
        browser.Text.Should().Contain("已撤销 1");
        (await VersionOfAsync(run)).Should().Be(1);
    }

    [Fact]
    public async Task A_finding_is_shown_and_mended_in_the_draft()
    {
        await PublishAsync(Flows.Sequence("untimed", Flows.Activity(
            "work", "Consultation.RequestWork", ("assignees", "String", "role:Secretary"))));
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/workflows/untimed");
        browser.Text.Should().Contain("没有办理期限");

        await browser.PostAsync("mend-0", []);
        await browser.FollowAsync();

        browser.Text.Should().Contain("已在草稿中改好").And.NotContain("没有办理期限");
        var draft = await host.Services.GetRequiredService<IDefinitionStore>()
            .FindAsync("untimed", VersionOptions.Latest, default);
        draft!.Definition.IsPublished.Should().BeFalse();
        draft.Definition.ToJson().Should().Contain("5wd");
    }

    [Fact]
    public async Task What_was_deleted_is_restored_from_the_bin()
    {
        await PublishAsync(Flow("误删样例", "deleted", "line"));
        var store = host.Services.GetRequiredService<IDefinitionStore>();
        var id = (await store.FindAsync("deleted", VersionOptions.Latest, default))!.Definition.Id;
        await store.DeleteAsync([id], "wang", TimeProvider.System.GetUtcNow(), default);
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/bin");
        browser.Text.Should().Contain("误删样例").And.Contain("wang");
        var form = browser.Page.QuerySelectorAll("input[name=_handler]").Select(one => one.GetAttribute("value")!)
            .Single(one => one.StartsWith("restore-", StringComparison.Ordinal));

        await browser.PostAsync(form, []);
        await browser.FollowAsync();

        browser.Text.Should().Contain("已恢复");
        (await store.FindAsync("deleted", VersionOptions.Published, default)).Should().NotBeNull();
    }

    private static WorkflowDefinition Flow(string name, string id, string line) =>
        Flows.Sequence(id, Flows.Event("go", "go"), Flows.WriteLine(line, line)).With(json => json["name"] = name);

    private async Task PublishAsync(WorkflowDefinition definition) =>
        (await host.Services.GetRequiredService<DefinitionEditing>()
            .SaveAsync(definition, publish: true, new DefinitionAuthor("li"), default))
            .Should().BeOfType<DefinitionChange.Stored>();

    private async Task DrainAsync()
    {
        while (await host.Services.GetRequiredService<VersionMoveWorker>().TurnAsync(default))
        {
        }
    }

    private async Task<int> VersionOfAsync(InstanceId run) =>
        (await host.Services.GetRequiredService<IRunStore>().FindStateAsync(run, default))!.Version;
}
