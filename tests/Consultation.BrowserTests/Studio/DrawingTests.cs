using System.Text.Json.Nodes;
using Consultation.ServerTests.Elsa;
using static Consultation.ServerTests.Elsa.ElsaClient;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>The canvas: looking, dragging, connecting, undoing, saving.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DrawingTests(Chromium chromium)
{
    [SkippableFact]
    public async Task The_six_steps_are_drawn_whole_and_looking_at_them_saves_nothing()
    {
        var visit = await chromium.Studio.VisitAsync();
        var before = await TagAsync(visit.Client, "six-step-procedure");

        var editor = await StudioEditor.OpenAsync(visit, "six-step-procedure");
        var stored = await visit.StoredAsync("six-step-procedure");
        await Expect(editor.Nodes).ToHaveCountAsync(stored["root"]!["activities"]!.AsArray().Count);
        await Expect(editor.Lines).ToHaveCountAsync(stored["root"]!["connections"]!.AsArray().Count);
        (await visit.Page.Locator("elsa-workflow-definition-editor").InnerTextAsync()).Should()
            .ContainAll("协商", "督办", "文书", "办理");
        await visit.ShootAsync("six-steps");
        await visit.Page.GetByText("代码视图").ClickAsync();
        await visit.Page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        await visit.ShootAsync("code-view");
        await editor.OpenPanelAsync("版本历史");
        await Expect(visit.Page.GetByText("版本历史").Last).ToBeVisibleAsync();

        (await TagAsync(visit.Client, "six-step-procedure")).Should().Be(before, "opening never writes");
        await visit.LeaveAsync("six-steps-history");
    }

    [SkippableFact]
    public async Task Markup_in_names_is_drawn_as_text()
    {
        const string Id = "marked-up";
        const string Html = "名称'\"><img src=x onerror=window.harmed=1>";
        var visit = await chromium.Studio.VisitAsync();
        var line = Activity("Line1", "Elsa.WriteLine", ("text", Literal(Html)));
        line["name"] = Html;
        InputTests.At(line, 40)["metadata"]!["displayText"] = Html;
        line["metadata"]!["description"] = Html;
        line["metadata"]!["showDescription"] = true;
        var gate = Activity("Gate1", "Consultation.RequestApproval",
            ("outcomes", new JsonObject { ["type"] = "Object", ["value"] = new JsonArray(Html).ToJsonString() }));
        await visit.Client.SaveAsync(Html, [line, InputTests.At(gate, 400)], definitionId: Id);
        var instance = await InstanceListTests.StartAsync(visit.Client, Id);

        await visit.OpenListAsync();
        await visit.SearchAsync(Id);
        await Expect(visit.Row(Id)).ToContainTextAsync("<img");
        await UnharmedAsync();
        var editor = await StudioEditor.OpenAsync(visit, Id);
        await Expect(editor.Nodes.First).ToContainTextAsync("<img");
        await editor.SelectAsync("Line1");
        await Expect(editor.Field("文字").Locator("input").First).ToHaveValueAsync(Html);
        await UnharmedAsync();
        await visit.OpenInstanceAsync(instance);
        await Expect(editor.Nodes.First).ToContainTextAsync("<img");
        await UnharmedAsync();
        await visit.LeaveAsync("marked-up");

        async Task UnharmedAsync()
        {
            (await visit.Page.Locator("img[src=x]").CountAsync()).Should().Be(0);
            (await visit.Page.EvaluateAsync<bool>("() => 'harmed' in window")).Should().BeFalse();
        }
    }

    [SkippableFact]
    public async Task An_activity_is_dragged_into_a_copy_of_the_six_steps_and_connected()
    {
        var visit = await chromium.Studio.VisitAsync();
        var copy = await visit.StoredAsync("six-step-procedure");
        copy["definitionId"] = "six-steps-drawn";
        copy["name"] = "六步程序画图";
        await visit.Client.JsonAsync("POST", "/workflow-definitions/import", copy);
        var known = copy["root"]!["activities"]!.AsArray().Select(one => one!["id"]!.ToString()).ToHashSet();
        var editor = await StudioEditor.OpenAsync(visit, "six-steps-drawn");

        await editor.DropAsync("分支", "判断", 400, 250);
        await Expect(editor.Nodes).ToHaveCountAsync(known.Count + 1);

        var stored = await visit.StoredWhenAsync(
            "six-steps-drawn", one =>
                one["root"]!["activities"]!.AsArray().Count == known.Count + 1, "the dropped activity is saved");
        var dropped = stored["root"]!["activities"]!.AsArray().Single(one => !known.Contains(one!["id"]!.ToString()))!;
        dropped["type"]!.ToString().Should().Be("Elsa.FlowDecision");
        await visit.LeaveAsync("dragged");
    }

    [SkippableFact]
    public async Task Two_ports_are_connected_and_the_line_is_undone_and_drawn_again()
    {
        var visit = await chromium.Studio.VisitAsync();
        await DrawAsync(visit.Client, "connected-lines");
        var editor = await StudioEditor.OpenAsync(visit, "connected-lines");

        await editor.ConnectAsync("Line1", "Done", "Line2");
        var saved =
            await visit.StoredWhenAsync("connected-lines", one => Connections(one) == 1, "the line is saved by itself");
        saved["root"]!["connections"]![0]!.ToJsonString().Should().ContainAll("Line1", "Done", "Line2", "In");

        await editor.ClickBesideAsync();
        await visit.Page.Keyboard.PressAsync("Control+z");
        await Expect(editor.Lines).ToHaveCountAsync(0);
        await visit.StoredWhenAsync("connected-lines", one => Connections(one) == 0, "what is undone is saved");
        await visit.Page.Keyboard.PressAsync("Control+y");
        await Expect(editor.Lines).ToHaveCountAsync(1);
        await editor.SaveButton.ClickAsync();
        await visit.StoredWhenAsync("connected-lines", one => Connections(one) == 1, "what is done again is saved");
        await visit.LeaveAsync("connected");
    }

    [SkippableFact]
    public async Task Without_auto_save_nothing_is_written_before_the_button_is_pressed()
    {
        var visit = await chromium.Studio.VisitAsync();
        await DrawAsync(visit.Client, "saved-by-hand");
        var editor = await StudioEditor.OpenAsync(visit, "saved-by-hand");
        var before = await TagAsync(visit.Client, "saved-by-hand");

        await visit.Page.Locator(".mud-switch", new() { HasText = "自动保存" }).First.ClickAsync();
        await editor.ConnectAsync("Line1", "Done", "Line2");
        await Expect(editor.Lines).ToHaveCountAsync(1);
        (await TagAsync(visit.Client, "saved-by-hand")).Should().Be(before);
        await editor.SaveButton.ClickAsync();

        await visit.StoredWhenAsync("saved-by-hand", one => Connections(one) == 1, "the button saves");
        await visit.LeaveAsync("saved-by-hand");
    }

    private static int Connections(JsonNode definition) => definition["root"]!["connections"]!.AsArray().Count;

    private static async Task<string> TagAsync(ElsaClient client, string definition)
    {
        using var answer =
            await client.SendAsync("GET", $"/workflow-definitions/by-definition-id/{definition}?versionOptions=Latest");
        return answer.Headers.ETag!.ToString();
    }

    private static Task<JsonObject> DrawAsync(ElsaClient client, string id) => client.SaveAsync(
        "两行文字", [InputTests.At(Line("Line1"), 40), InputTests.At(Line("Line2"), 400)], definitionId: id);

    private static JsonObject Line(string id) => Activity(id, "Elsa.WriteLine", ("text", Literal("好")));
}
