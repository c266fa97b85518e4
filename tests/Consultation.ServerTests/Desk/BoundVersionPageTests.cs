using Consultation.Runtime.Definitions;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// A workflow's page says which versions of its parts its cases start, and takes newer ones when asked.
/// </summary>
public sealed class BoundVersionPageTests(DeskHost host) : IClassFixture<DeskHost>
{
    [Fact]
    public async Task A_newer_part_is_hinted_at_and_bound_when_the_workflow_is_published_again()
    {
        var editing = host.Services.GetRequiredService<DefinitionEditing>();
        var store = host.Services.GetRequiredService<IDefinitionStore>();
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/workflows/six-step-procedure");
        browser.Page.QuerySelectorAll("form[method=post]").Select(form => form.GetAttribute("action"))
            .Should().NotContain("bind");
        browser.Text.Should().Contain("第 1 版启动的子流程").And.NotContain("已有第 2 版");
        var part = (await store.FindAsync("topic-gate", VersionOptions.Published, default))!.Definition;
        await editing.SaveAsync(
            part.With(json => json["description"] = "改过"), publish: true, new DefinitionAuthor("li"), default);

        await browser.GetAsync("/workflows/six-step-procedure");
        browser.Text.Should().Contain("已有第 2 版").And.Contain("只有以后开始的协商事项使用子流程的新版本");
        await browser.PostAsync("bind", []);
        await browser.FollowAsync();

        browser.Text.Should().Contain("已重新发布").And.Contain("第 2 版启动的子流程").And.NotContain("已有第 2 版");
        var bound = (await store.FindAsync("six-step-procedure", VersionOptions.Published, default))!.Definition.Bound;
        bound["topic-gate"].Version.Should().Be(2);
        bound["tracked-item"].Version.Should().Be(1, "parts are brought in before wholes");
        bound.Keys.Should().Contain(["intake-and-eligibility", "meeting-notice", "meeting-minutes"]);
    }
}
