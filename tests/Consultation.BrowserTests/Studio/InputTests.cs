using System.Text.Json;
using System.Text.Json.Nodes;
using Consultation.ServerTests.Elsa;
using static Consultation.ServerTests.Elsa.ElsaClient;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>Each kind of input by its right editor; what is typed is on the host.</summary>
[Collection(BrowserCollection.Name)]
public sealed class InputTests(Chromium chromium)
{
    [SkippableFact]
    public async Task Texts_numbers_ticks_and_lists_of_a_gate_are_filled_in()
    {
        var visit = await chromium.Studio.VisitAsync();
        await visit.Client.SaveAsync(
            "填写审批", [Activity("Gate1", "Consultation.RequestApproval")], definitionId: "filled-gate");
        var editor = await StudioEditor.OpenAsync(visit, "filled-gate");
        await editor.SelectAsync("Gate1");

        await editor.FillAsync("任务名称", "请确定议题");
        await editor.FillAsync("需要决定的问题", "第一行\n第二行");
        await editor.FillAsync("决定可撤回时间（分钟）", "45");
        await editor.TickAsync("再次询问不纳入情形");
        await editor.PickAsync("督办阶梯", "简化督办阶梯（产品默认）");
        await editor.PickAsync("表单", "不纳入情形复核");
        await editor.PickAsync("审批人", "专委会主任");
        await editor.TickAsync("调研报告");
        await editor.TickAsync("会议安排");

        await editor.SavedAsync("Gate1", "title", "请确定议题");
        await editor.SavedAsync("Gate1", "question", "第一行\n第二行");
        await editor.SavedAsync("Gate1", "takeBackMinutes", "45");
        await editor.SavedAsync("Gate1", "askExclusions", "True");
        await editor.SavedAsync("Gate1", "ladder", "gentle");
        await editor.SavedAsync("Gate1", "form", "second-check");
        await editor.InputWhenAsync("Gate1", "approvers", one => one["expression"]!["value"]!.ToString()
            .Contains("Director", StringComparison.Ordinal));
        await editor.InputWhenAsync(
            "Gate1", "shows", one => one["expression"] is { } shows && shows["type"]!.ToString() == "Object"
            && JsonNode.Parse(shows["value"]!.ToString())!.AsArray().Select(key => key!.ToString())
                .ToHashSet().IsSupersetOf(["research-report", "meeting-plan"]));
        await visit.LeaveAsync("inputs-gate");
    }

    [SkippableFact]
    public async Task A_tick_loses_nothing_that_the_workflow_names_beside_the_list()
    {
        var visit = await chromium.Studio.VisitAsync();
        var first = At(Activity("Gate1", "Consultation.RequestApproval", ("shows", List("well-survey", "topic"))), 40);
        var second = At(Activity("Gate2", "Consultation.RequestApproval", ("shows", List("river-survey"))), 400);
        await visit.Client.SaveAsync("另有材料的审批", [first, second], definitionId: "ticked-gates");
        var editor = await StudioEditor.OpenAsync(visit, "ticked-gates");

        await editor.SelectAsync("Gate1");
        await Expect(editor.Tick("另有：well-survey")).ToBeCheckedAsync();
        await editor.TickAsync("会议安排");
        await ShownAsync("Gate1", "well-survey", "topic", "meeting-plan");
        await editor.RestsAsync();
        await editor.SelectAsync("Gate2");
        await Expect(editor.Tick("另有：river-survey")).ToBeCheckedAsync();
        await editor.TickAsync("协商议题");
        await ShownAsync("Gate2", "river-survey", "topic");
        await editor.TickAsync("另有：river-survey");
        await ShownAsync("Gate2", "topic");

        await ShownAsync("Gate1", "well-survey", "topic", "meeting-plan");
        await visit.LeaveAsync("inputs-ticked");

        static JsonObject List(params string[] keys) =>
            new() { ["type"] = "Object", ["value"] = JsonSerializer.Serialize(keys) };

        Task ShownAsync(string gate, params string[] keys) => editor.InputWhenAsync(gate, "shows", one =>
            JsonNode.Parse(one["expression"]!["value"]!.ToString())!.AsArray().Select(key => key!.ToString())
                .SequenceEqual(keys));
    }

    [SkippableFact]
    public async Task A_script_is_written_with_colours_and_completion_of_the_variables()
    {
        var visit = await chromium.Studio.VisitAsync();
        await SaveWithVariableAsync(visit.Client, "script-line", Activity("Line1", "Elsa.WriteLine"));
        var editor = await StudioEditor.OpenAsync(visit, "script-line");
        await editor.SelectAsync("Line1");

        await editor.ExpressAsync("文字", "JavaScript");
        var code = visit.Page.Locator(".monaco-editor:visible").First;
        await code.ClickAsync();
        await visit.Page.Keyboard.TypeAsync("getVis");
        var offered = visit.Page.Locator(".suggest-widget.visible .monaco-list-row", new() { HasText = "getVisitor1" });
        await Expect(offered.First).ToBeVisibleAsync();
        await visit.ShootAsync("completion");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.TypeAsync("() + \"来了\"");
        await Expect(
            code.Locator(".view-line span[class^=mtk]", new() { HasText = "来了" }).Last).Not.ToHaveClassAsync("mtk1");

        await editor.SavedAsync("Line1", "text", "getVisitor1() + \"来了\"", "JavaScript");
        await visit.LeaveAsync("inputs-script");
    }

    [SkippableFact]
    public async Task Another_workflow_its_input_as_json_and_a_variable_are_chosen()
    {
        var visit = await chromium.Studio.VisitAsync();
        await SaveWithVariableAsync(
            visit.Client, "chosen-inputs", At(Activity("Call1", "Elsa.ExecuteWorkflow"), 40),
            At(Activity("Set1", "Elsa.SetVariable"), 400));
        var editor = await StudioEditor.OpenAsync(visit, "chosen-inputs");

        await editor.SelectAsync("Call1");
        await editor.PickAsync("流程", "督办事项 Tracked item");
        await editor.SavedAsync("Call1", "workflowDefinitionId", "tracked-item");
        await EnterAsync(visit, editor, "number1", "七号");
        await editor.SelectAsync("Set1");
        await editor.PickAsync("变量", "Visitor1");
        await editor.FillAsync("值", "来客");

        await editor.SavedAsync("Set1", "value", "来客");
        await editor.InputWhenAsync("Set1", "variable", one => one["id"]!.ToString() == "visitor-1");
        await visit.LeaveAsync("inputs-pickers");
    }

    /// <summary>
    /// Adds an entry to the dictionary of <c>Call1</c>. The designer's table forgets an entry that is not yet confirmed
    /// whenever its panel is drawn anew, as it is when a save comes back (docs/design/elsa-compatibility.md); a person
    /// then enters it again, and so does this.
    /// </summary>
    private static async Task EnterAsync(StudioVisit visit, StudioEditor editor, string key, string value)
    {
        var stored = default(string);
        for (var attempt = 0; attempt < 5 && stored != value; attempt++)
        {
            await editor.RestsAsync();
            try
            {
                await visit.Page.GetByText("添加条目").Last.ClickAsync(new() { Timeout = 3000 });
                var entry = visit.Page.Locator("tr", new() { Has = visit.Page.Locator("input[type=text]") }).Last;
                await entry.Locator("input[type=text]").First.FillAsync(key, new() { Timeout = 3000 });
                await entry.Locator("input[type=text]").Last.FillAsync(value, new() { Timeout = 3000 });
                await entry.Locator("button").First.ClickAsync(new() { Timeout = 3000 });
                await visit.Page.GetByText(value, new() { Exact = true }).First.WaitForAsync(new() { Timeout = 3000 });
            }
            catch (TimeoutException)
            {
                continue;
            }

            await editor.RestsAsync();
            var input = (await editor.StoredAsync("Call1"))["input"]?["expression"]?["value"]?.ToString() ?? "{}";
            stored = JsonNode.Parse(input)![key]?["value"]?.ToString();
        }

        stored.Should().Be(value, "the entry is on the host");
    }

    internal static Task SaveWithVariableAsync(ElsaClient client, string id, params JsonObject[] activities)
    {
        var model = Model("填写输入", [.. activities], definitionId: id);
        model["variables"] = new JsonArray(new JsonObject
        {
            ["id"] = "visitor-1",
            ["name"] = "Visitor1",
            ["typeName"] = "String",
            ["isArray"] = false,
            ["value"] = "",
        });
        return client.JsonAsync("POST", "/workflow-definitions", new { model, publish = false });
    }

    internal static JsonObject At(JsonObject activity, int x)
    {
        activity["metadata"] = new JsonObject
        {
            ["designer"] = new JsonObject
            {
                ["position"] = new JsonObject { ["x"] = x, ["y"] = 40 },
                ["size"] = new JsonObject { ["width"] = 200, ["height"] = 60 },
            },
        };
        return activity;
    }
}
