using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Consultation.ServerTests.Elsa.ElsaClient;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>A flowchart in a loop and a flowchart in a flowchart: drawn in, run, and looked into.</summary>
[Collection(BrowserCollection.Name)]
public sealed class NestedTests(Chromium chromium)
{
    [SkippableFact]
    public async Task Activities_are_dropped_into_a_loop_and_into_a_flowchart_in_a_flowchart()
    {
        const string Id = "nested-drawing";
        var visit = await chromium.Studio.VisitAsync();
        await visit.Client.SaveAsync("层层流程图", Nested(), definitionId: Id);
        var editor = await StudioEditor.OpenAsync(visit, Id);

        await EnterLoopAsync(visit.Page);
        await editor.DropAsync("控制台", "输出一行", 500, 300);
        await Expect(editor.Nodes).ToHaveCountAsync(2);
        var drawn =
            await visit.StoredWhenAsync(Id, one => InLoop(one).Count == 2, "what was dropped in the loop is saved");
        await visit.ShootAsync("nested-loop");
        await LeaveAsync(visit.Page);

        await EnterFlowchartAsync(visit.Page);
        await editor.DropAsync("控制台", "输出一行", 500, 300);
        await Expect(editor.Nodes).ToHaveCountAsync(2);
        await visit.StoredWhenAsync(Id, one => InFlowchart(one).Count == 2
            && InLoop(one).Count == 2, "what was dropped in the flowchart is saved");
        await visit.ShootAsync("nested-flowchart");
        await LeaveAsync(visit.Page);

        await editor.RestsAsync();
        editor = await StudioEditor.OpenAsync(visit, Id);
        await EnterLoopAsync(visit.Page);
        await Expect(editor.Nodes).ToHaveCountAsync(2);
        InLoop(drawn)[1]!["nodeId"]!.ToString().Should()
            .EndWith($"Each1:Body1:{InLoop(drawn)[1]!["id"]}", "the host names it by its place");
        await visit.LeaveAsync("nested-again");
    }

    [SkippableFact]
    public async Task An_empty_body_of_a_loop_becomes_a_flowchart_when_it_is_entered()
    {
        const string Id = "nested-empty";
        var visit = await chromium.Studio.VisitAsync();
        await visit.Client.SaveAsync("空的循环", [Each(null)], definitionId: Id);
        var editor = await StudioEditor.OpenAsync(visit, Id);

        await Node(visit.Page, "Each1").Locator(".embedded-port[data-port-name=Body]").ClickAsync();
        await Expect(visit.Dialog).ToContainTextAsync("新建“循环体”分支");
        await visit.ShootAsync("nested-empty");
        await visit.PressAsync("确定");
        await Expect(editor.Nodes).ToHaveCountAsync(0);
        await editor.DropAsync("控制台", "输出一行", 500, 300);

        await visit.StoredWhenAsync(
            Id, one => Root(one, "Each1")["body"] is { } body && body["type"]!.ToString() == "Elsa.Flowchart"
                && body["activities"]?.AsArray().Count == 1,
            "the loop has a body now");
        await LeaveAsync(visit.Page);
        await visit.LeaveAsync("nested-filled");
    }

    [SkippableFact]
    public async Task A_run_is_looked_into_level_by_level()
    {
        const string Id = "nested-run";
        var visit = await chromium.Studio.VisitAsync();
        await visit.Client.SaveAsync("层层运行", Nested(), [RunningTests.Line("Each1", "Flow1")], definitionId: Id);
        var instance = await InstanceListTests.StartAsync(visit.Client, Id);
        await visit.WhenAsync("GET", $"/workflow-instances/{instance}", null,
            one => one["status"]!.ToString() == "Finished", "the run is over");

        await visit.OpenInstanceAsync(instance);
        await EnterLoopAsync(visit.Page);
        await Expect(Node(visit.Page, "InLoop1").Locator(".mud-badge")).ToHaveTextAsync("3");
        await visit.ShootAsync("nested-run-loop");
        await LeaveAsync(visit.Page);
        await EnterFlowchartAsync(visit.Page);
        await Expect(Node(visit.Page, "InFlow1").Locator(".mud-badge")).ToHaveTextAsync("1");
        await visit.LeaveAsync("nested-run");
    }

    private static JsonArray InLoop(JsonNode definition) => Root(definition, "Each1")["body"]!["activities"]!.AsArray();

    private static JsonArray InFlowchart(JsonNode definition) => Root(definition, "Flow1")["activities"]!.AsArray();

    private static JsonNode Root(JsonNode definition, string id) =>
        definition["root"]!["activities"]!.AsArray().Single(one => one!["id"]!.ToString() == id)!;

    private static ILocator Node(IPage page, string id) => page.Locator($".x6-node[data-cell-id='{id}']");

    private static ILocator Crumbs(IPage page) => page.Locator(".mud-breadcrumbs");

    private static async Task EnterLoopAsync(IPage page)
    {
        await Node(page, "Each1").Locator(".embedded-port[data-port-name=Body]").ClickAsync();
        await Expect(Node(page, "InLoop1")).ToBeVisibleAsync();
        await Expect(Crumbs(page)).ToContainTextAsync("循环体");
    }

    private static async Task EnterFlowchartAsync(IPage page)
    {
        var (x, y) = await StudioEditor.CentreAsync(Node(page, "Flow1").Locator(".activity-content"));
        await page.Mouse.DblClickAsync(x, y);
        await Expect(Node(page, "InFlow1")).ToBeVisibleAsync();
    }

    /// <summary>Goes back to the top by the path above the canvas.</summary>
    private static async Task LeaveAsync(IPage page)
    {
        await Crumbs(page).GetByText("顶层").ClickAsync();
        await Expect(page.Locator(".x6-node[data-cell-id='Each1']")).ToBeVisibleAsync();
    }

    /// <summary>A loop over three items with a flowchart as its body, and beside it a flowchart.</summary>
    private static JsonArray Nested() =>
    [
        Each(Flowchart("Body1", Activity("InLoop1", "Elsa.WriteLine", ("text", Literal("循环里"))))),
        InputTests.At(Flowchart("Flow1", Activity("InFlow1", "Elsa.WriteLine", ("text", Literal("图里")))), 560),
    ];

    private static JsonObject Each(JsonObject? body)
    {
        var each = InputTests.At(
            Activity("Each1", "Elsa.ForEach", ("items", new JsonObject { ["type"] = "Object", ["value"] = "[1,2,3]" })),
            40);
        if (body is not null) each["body"] = body;
        return each;
    }

    private static JsonObject Flowchart(string id, JsonObject inside) =>
        new()
        {
            ["id"] = id,
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["activities"] = new JsonArray(InputTests.At(inside, 60)),
            ["connections"] = new JsonArray(),
        };
}
