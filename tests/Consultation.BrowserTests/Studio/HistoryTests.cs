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

    private static JsonObject Line(string text) => Activity("Line1", "Elsa.WriteLine", ("text", Literal(text)));

    private static string Text(JsonNode definition) => definition["root"]!["activities"]![0]!["text"]!["expression"]!["value"]!.ToString();
}
