using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Consultation.ServerTests.Elsa.ElsaClient;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>What a workflow has beside its drawing: variables, inputs, outputs, outcomes, options.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SettingsTests(Chromium chromium)
{
    private const string Id = "with-settings";

    [SkippableFact]
    public async Task Variables_inputs_outputs_outcomes_and_options_are_set_in_the_panels()
    {
        var visit = await chromium.Studio.VisitAsync();
        await visit.Client.SaveAsync("各项设置", [Activity("End1", "Elsa.End")], definitionId: Id);
        var editor = await StudioEditor.OpenAsync(visit, Id);

        await editor.OpenPanelAsync("变量");
        await visit.Page.GetByText("添加变量").ClickAsync();
        await FillDialogAsync(visit, "名称", "变量1");
        await visit.PressAsync("确定");
        await visit.StoredWhenAsync(Id, one => Names(one, "variables").Contains("变量1"), "the variable is saved");

        await editor.OpenPanelAsync("输入/输出");
        await visit.Page.GetByText("添加输入").ClickAsync();
        await FillDialogAsync(visit, "名称", "Number1");
        await FillDialogAsync(visit, "显示名称", "编号输入");
        await visit.ShootAsync("input-dialog");
        await visit.PressAsync("确定");
        await visit.StoredWhenAsync(Id, one => Names(one, "inputs").Contains("Number1"), "the input is saved");
        await visit.Page.GetByText("添加输出").ClickAsync();
        await FillDialogAsync(visit, "名称", "Result1");
        await visit.PressAsync("确定");
        await visit.StoredWhenAsync(Id, one => Names(one, "outputs").Contains("Result1"), "the output is saved");
        var outcomes = visit.Page.GetByPlaceholder("添加结果");
        await outcomes.FillAsync("通过");
        await outcomes.PressAsync("Enter");
        await visit.StoredWhenAsync(
            Id, one => one["outcomes"]!.AsArray().Any(outcome => outcome!.ToString() == "通过"), "the outcome is saved");

        await editor.OpenPanelAsync("属性");
        // One after the other: the designer draws the panel anew when a save has come back, and what is picked
        // meanwhile is lost to it.
        await editor.PickAsync("启动策略", "单例");
        await visit.StoredWhenAsync(
            Id, one => one["options"]!["activationStrategyType"] is not null, "the activation strategy is saved");
        await editor.PickAsync("故障处理策略", "记录并继续其他分支");
        await visit.StoredWhenAsync(
            Id, one => one["options"]!["incidentStrategyType"] is not null, "the incident strategy is saved");
        await editor.TickAsync("可作为活动使用");

        var stored = await visit.StoredWhenAsync(
            Id, one => one["options"]!["usableAsActivity"]?.GetValue<bool>() is true,
            "that it is usable as an activity is saved");
        stored["options"]!["activationStrategyType"]!.ToString().Should().Contain("SingletonStrategy");
        stored["options"]!["incidentStrategyType"]!.ToString().Should().Contain("ContinueWithIncidentsStrategy");
        await visit.LeaveAsync("settings");
    }

    /// <summary>A dialog proposes a name a moment after it opens; what is typed before that would be lost.</summary>
    private static async Task FillDialogAsync(StudioVisit visit, string label, string value)
    {
        ILocator Field(string name) => visit.Dialog
            .Locator(".mud-input-control",
                new() { Has = visit.Page.Locator($"label.mud-input-label:text-is('{name}')") })
            .Locator("input:not([type=hidden])").First;
        await Expect(Field("名称")).Not.ToHaveValueAsync("");
        await Field(label).FillAsync(value);
        await Field(label).PressAsync("Tab");
    }

    private static IEnumerable<string> Names(JsonNode definition, string list) =>
        definition[list]!.AsArray().Select(one => one!["name"]!.ToString());
}
