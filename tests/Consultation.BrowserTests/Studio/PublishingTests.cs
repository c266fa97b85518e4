using static Consultation.ServerTests.Elsa.ElsaClient;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>Putting a workflow into force: only what is sound, and by a second person.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PublishingTests(Chromium chromium)
{
    [SkippableFact]
    public async Task What_is_unsound_is_refused_with_a_reason_mended_by_its_author_and_published_by_another()
    {
        const string Id = "mended-draft";
        var author = await chromium.Studio.VisitAsync("designer");
        await author.Client.SaveAsync(
            "先错后改", [Activity("Wait1", "Elsa.Delay", ("timeSpan", Literal("三天")))], definitionId: Id);
        var publisher = await chromium.Studio.VisitAsync();
        publisher.ExpectsRefusal = author.ExpectsRefusal = true;

        await publisher.OpenListAsync();
        await publisher.SearchAsync("先错后改");
        await publisher.ChooseAsync(Id, "发布");
        await Expect(publisher.Refusal).ToContainTextAsync("Wait1");
        await publisher.ShootAsync("publish-refused");
        (await publisher.StoredAsync(Id))["isPublished"]!.GetValue<bool>().Should().BeFalse();

        var editor = await StudioEditor.OpenAsync(author, Id);
        await editor.PublishButton.ClickAsync();
        await author.ToldAsync("没有发布权限");
        await editor.SelectAsync("Wait1");
        await editor.FillAsync("时长", "3.00:00:00");
        await editor.SavedAsync("Wait1", "timeSpan", "3.00:00:00");

        await publisher.ChooseAsync(Id, "发布");
        await publisher.ToldAsync("流程已发布");
        (await publisher.StoredAsync(Id))["isPublished"]!.GetValue<bool>().Should().BeTrue();
        await publisher.ChooseAsync(Id, "撤回发布");
        await publisher.StoredWhenAsync(Id, one => !one["isPublished"]!.GetValue<bool>(), "it is retracted");
        await author.LeaveAsync("mended");
        await publisher.LeaveAsync("published");
    }

    [SkippableFact]
    public async Task An_author_does_not_publish_his_own_draft_but_another_does_in_the_editor()
    {
        const string Id = "second-person";
        var author = await chromium.Studio.VisitAsync();
        author.ExpectsRefusal = true;
        await author.Client.SaveAsync("须由第二人发布", [Activity("Line1", "Elsa.WriteLine")], definitionId: Id);

        var editor = await StudioEditor.OpenAsync(author, Id);
        await editor.PublishButton.ClickAsync();
        await author.ToldAsync("编写人与发布人须为两人");
        await editor.SelectAsync("Line1");
        await editor.FillAsync("文字", "拒绝之后再改");
        await editor.SavedAsync("Line1", "text", "拒绝之后再改");
        (await author.StoredAsync(Id))["isPublished"]!.GetValue<bool>().Should().BeFalse();
        await author.LeaveAsync("second-person-needed");

        var other = await chromium.Studio.VisitAsync("publisher");
        var theirs = await StudioEditor.OpenAsync(other, Id);
        await theirs.PublishButton.ClickAsync();
        await other.StoredWhenAsync(Id, one => one["isPublished"]!.GetValue<bool>(), "the second person published it");
        await other.LeaveAsync("second-person");
    }
}
