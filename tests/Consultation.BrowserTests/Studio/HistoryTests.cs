using System.Text.Json.Nodes;
using static Consultation.ServerTests.Elsa.ElsaClient;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>Earlier versions: looking at them, what changed since, and going back.</summary>
[Collection(BrowserCollection.Name)]
public sealed class HistoryTests(Chromium chromium)
{
    [SkippableFact]
    public async Task What_a_version_changed_is_compared_at_the_desk_and_rolled_back_in_the_designer()
    {
        const string Id = "rolled-back";
        var visit = await chromium.Studio.VisitAsync();
        var designer = await chromium.Studio.ClientAsync("designer");
        await designer.SaveAsync("回到旧版", [Line("早上好")], definitionId: Id);
        await visit.Client.JsonAsync("POST", $"/workflow-definitions/{Id}/publish", new { });
        await designer.SaveAsync("回到旧版", [Line("晚上好")], definitionId: Id);

        var editor = await StudioEditor.OpenAsync(visit, Id);
        await visit.Page.GetByText("版本与运行情况").ClickAsync();
        await visit.Page.GetByText("与第 1 版比较").ClickAsync();
        await Expect(visit.Page.Locator("del")).ToHaveTextAsync("早上好");
        await Expect(visit.Page.Locator("ins")).ToHaveTextAsync("晚上好");
        await visit.ShootAsync("compared");

        editor = await StudioEditor.OpenAsync(visit, Id);
        await editor.OpenPanelAsync("版本历史");
        await Expect(visit.Rows).ToHaveCountAsync(2);
        await visit.ShootAsync("history");
        await visit.Rows.Last.Locator("button").Last.ClickAsync();
        await visit.Menu.GetByText("回退").First.ClickAsync();

        var stored = await visit.StoredWhenAsync(Id, one => Text(one) == "早上好", "the draft has the old text again");
        stored["isPublished"]!.GetValue<bool>().Should().BeFalse();
        Text(await visit.StoredAsync(Id, "Published")).Should().Be("早上好", "what was in force stays in force");
        await visit.LeaveAsync("rolled-back");
    }

    [SkippableFact]
    public async Task A_comparison_speaks_the_readers_language_on_a_screen_and_on_a_phone()
    {
        const string Id = "compared-twice";
        var visit = await chromium.Studio.VisitAsync();
        var designer = await chromium.Studio.ClientAsync("designer");
        await SaveAsync(
            "standard", "请确定议题",
            "const items = variables.Items;\nconst kept = items.filter(one => one.open);\nreturn kept.length;",
            "Confirm");
        await visit.Client.JsonAsync("POST", $"/workflow-definitions/{Id}/publish", new { });
        await SaveAsync(
            "gentle", "请复核议题",
            "const items = variables.Items;\nconst kept = items.filter(one => one.open && one.due);\nconst late = "
                + "kept.length;\nreturn late;", "Return");

        foreach (var (language, gate, ladder, line) in new[]
        {
            ("zh", "需要决定的问题", "督办阶梯", " · 退回"), ("en", "Question", "Escalation ladder", " · Return → "),
        })
        {
            foreach (var width in new[] { 1280, 390 })
            {
                await visit.Page.SetViewportSizeAsync(width, 900);
                await visit.Page.GotoAsync($"/workflows/{Id}/changes?from=1&to=2&lang={language}");
                var page = visit.Page.Locator("main");
                await Expect(page).ToContainTextAsync(gate);
                await Expect(page).ToContainTextAsync(ladder);
                await Expect(page).ToContainTextAsync(line);
                await Expect(page.Locator("tbody tr")).ToHaveCountAsync(5);
                await Expect(page.Locator(".side-by-side ins").First).ToContainTextAsync("one.due");
                (await visit.Page.EvaluateAsync<bool>(
                    "() => document.documentElement.scrollWidth <= window.innerWidth"))
                    .Should().BeTrue("nothing hangs over at {0}", width);
                await visit.ShootAsync($"changes-{language}-{width}");
            }
        }

        await visit.Page.GotoAsync("/?lang=zh");
        await visit.LeaveAsync("changes");

        async Task SaveAsync(string ladder, string question, string script, string port)
        {
            var gate = Activity("Gate1", "Consultation.RequestApproval", ("question", Literal(question)),
                ("ladder", Literal(ladder)), ("approvers", Literal("role:Secretary")));
            await designer.SaveAsync(
                "两种语言比较", [gate, Activity("Line1", "Elsa.WriteLine", ("text", JavaScript(script))),
                    Activity("Line2", "Elsa.WriteLine", ("text", Literal("二")))],
                [Way("Confirm", port == "Confirm" ? "Line1" : "Line2"),
                    Way("Return", port == "Return" ? "Line1" : "Line2"), Way("Reject", "Line2"),
                    Way("Overdue", "Line2")], definitionId: Id);
        }

        static JsonObject Way(string port, string to) => new()
        {
            ["source"] = new JsonObject { ["activity"] = "Gate1", ["port"] = port },
            ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
        };
    }

    [SkippableFact]
    public async Task Old_versions_are_deleted_together_and_the_one_in_force_stays()
    {
        const string Id = "many-versions";
        var visit = await chromium.Studio.VisitAsync();
        var designer = await chromium.Studio.ClientAsync("designer");
        foreach (var text in new[] { "一", "二", "三", "四" })
        {
            await designer.SaveAsync("版本很多", [Line(text)], definitionId: Id);
            await visit.Client.JsonAsync("POST", $"/workflow-definitions/{Id}/publish", new { });
        }

        var editor = await StudioEditor.OpenAsync(visit, Id);
        await editor.OpenPanelAsync("版本历史");
        await Expect(visit.Rows).ToHaveCountAsync(4);
        foreach (var row in new[] { 2, 3 })
        {
            await visit.Rows.Nth(row).Locator("input[type=checkbox]").CheckAsync();
        }

        await visit.Page.GetByText("批量操作").ClickAsync();
        await visit.PickAsync("删除");
        await visit.PressAsync("确定");

        await Expect(visit.Rows).ToHaveCountAsync(2);
        var left = await visit.Client.JsonAsync("GET", $"/workflow-definitions/{Id}/versions");
        left["items"]!.AsArray().Select(one => one!["version"]!.GetValue<int>()).Should().BeEquivalentTo([3, 4]);
        Text(await visit.StoredAsync(Id, "Published")).Should().Be("四");
        await visit.Rows.Last.Locator("button").Last.ClickAsync();
        await visit.PickAsync("删除");
        await visit.PressAsync("确定");
        await Expect(visit.Rows).ToHaveCountAsync(1);
        await visit.LeaveAsync("versions-deleted");
    }

    private static JsonObject Line(string text) => Activity("Line1", "Elsa.WriteLine", ("text", Literal(text)));

    private static string Text(JsonNode definition) =>
        definition["root"]!["activities"]![0]!["text"]!["expression"]!["value"]!.ToString();
}
