using static Consultation.ServerTests.Elsa.ElsaClient;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>Two people at one workflow, and people who may only look.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ConflictTests(Chromium chromium)
{
    [SkippableFact]
    public async Task The_second_of_two_editors_is_told_who_changed_what_and_overwrites_nothing()
    {
        const string Id = "two-editors";
        var first = await chromium.Studio.VisitAsync();
        var second = await chromium.Studio.VisitAsync("designer");
        second.ExpectsRefusal = true;
        await first.Client.SaveAsync(
            "两人同改", [InputTests.At(Activity("Line1", "Elsa.WriteLine"), 40),
                InputTests.At(Activity("Line2", "Elsa.WriteLine"), 400)], definitionId: Id);
        var ours = await StudioEditor.OpenAsync(first, Id);
        var theirs = await StudioEditor.OpenAsync(second, Id);

        await ours.ConnectAsync("Line1", "Done", "Line2");
        await first.StoredWhenAsync(
            Id, one => one["root"]!["connections"]!.AsArray().Count == 1, "the first save counts");
        await theirs.SelectAsync("Line2");
        await theirs.FillAsync("文字", "后来的改动");

        var told = second.Messages.Filter(new() { HasText = "sample-admin" }).First;
        await Expect(told).ToBeVisibleAsync();
        await second.ShootAsync("conflict");
        var stored = await first.StoredAsync(Id);
        stored["root"]!["connections"]!.AsArray().Should().HaveCount(1, "the first save stands");
        stored.ToJsonString().Should().NotContain("后来的改动");
        await Expect(theirs.Field("文字").Locator("input").First).ToHaveValueAsync("后来的改动");
        await first.LeaveAsync("conflict-first");
        await second.LeaveAsync("conflict-second");
    }

    [SkippableFact]
    public async Task Who_may_only_look_finds_nothing_to_change_with()
    {
        var visit = await chromium.Studio.VisitAsync("secretary");

        await visit.OpenListAsync();
        await Expect(visit.Row("topic-gate")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "新建流程" }))
            .ToBeDisabledAsync();
        await visit.ShootAsync("read-only-list");
        var editor = await StudioEditor.OpenAsync(visit, "topic-gate");
        await Expect(editor.SaveButton).ToHaveCountAsync(0);

        using var save = await visit.Client.SendAsync(
            "POST", "/workflow-definitions", new { model = await visit.StoredAsync("topic-gate"), publish = false });
        ((int)save.StatusCode).Should().Be(403);
        await visit.LeaveAsync("read-only-editor");
    }
}
