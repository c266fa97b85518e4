using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>The designer for those who read English.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LanguageTests(Chromium chromium)
{
    [SkippableFact]
    public async Task List_and_editor_are_english_with_our_activities()
    {
        var visit = await chromium.Studio.VisitAsync(language: "en-GB");

        await visit.OpenListAsync();
        await Expect(visit.Page.GetByText("Create workflow").First).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("nav.bar")).ToContainTextAsync("Back to the desk");
        await visit.ShootAsync("english-list");
        await StudioEditor.OpenAsync(visit, "topic-gate");
        var toolbox = await visit.Page.Locator(".mud-expand-panel-text").AllInnerTextsAsync();

        toolbox.Should().Contain("Consultation").And.OnlyContain(category => category.All(char.IsAscii));
        await visit.LeaveAsync("english-editor");
    }
}
