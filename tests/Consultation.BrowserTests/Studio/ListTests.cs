using System.Text.Json.Nodes;
using static Consultation.ServerTests.Elsa.ElsaClient;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>The list of definitions: finding, making, copying, removing.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ListTests(Chromium chromium)
{
    [SkippableFact]
    public async Task Definitions_are_searched_sorted_and_turned_over_page_by_page()
    {
        var visit = await chromium.Studio.VisitAsync();
        foreach (var number in Enumerable.Range(1, 12))
        {
            await visit.Client.SaveAsync(
                $"翻页流程{number:00}", [Activity("End1", "Elsa.End")], definitionId: $"paged-{number:00}");
        }

        await visit.OpenListAsync();
        await visit.SearchAsync("翻页流程");
        await Expect(visit.Page.GetByText("1至10, 共12个")).ToBeVisibleAsync();
        await visit.Page.Locator("thead").GetByText("名称").ClickAsync();
        await Expect(visit.Rows.First).ToContainTextAsync("翻页流程01");
        await visit.Page.Locator("thead").GetByText("名称").ClickAsync();
        await Expect(visit.Rows.First).ToContainTextAsync("翻页流程12");
        await visit.Page.GetByLabel("下一页").ClickAsync();

        await Expect(visit.Rows).ToHaveCountAsync(2);
        await Expect(visit.Rows.Last).ToContainTextAsync("翻页流程01");
        await visit.LeaveAsync("list-page");
    }

    [SkippableFact]
    public async Task The_menu_of_a_row_is_chinese()
    {
        var visit = await chromium.Studio.VisitAsync();
        await visit.OpenListAsync();

        await visit.Row("topic-gate").Locator("button").Last.ClickAsync();
        await visit.Menu.GetByText("编辑").First.WaitForAsync();

        (await visit.Menu.First.InnerTextAsync()).Should().ContainAll("编辑", "运行", "复制一份", "删除", "发布", "撤回发布", "导出");
        await visit.LeaveAsync("row-menu");
    }

    [SkippableFact]
    public async Task A_workflow_is_created_and_opens_in_the_editor()
    {
        var visit = await chromium.Studio.VisitAsync();
        await visit.OpenListAsync();

        await visit.Page.GetByText("新建流程").First.ClickAsync();
        await visit.Dialog.Locator("input").First.FillAsync("浏览器中新建");
        await visit.Dialog.Locator("input").First.PressAsync("Tab");
        await visit.PressAsync("确定");
        await visit.Page.WaitForURLAsync("**/studio/definitions/*/edit");
        await visit.Page.GetByText("自动保存").WaitForAsync(new() { Timeout = 60_000 });

        var definition = await visit.StoredAsync(visit.Page.Url.Split('/')[^2]);
        definition["name"]!.ToString().Should().Be("浏览器中新建");
        definition["root"]!["type"]!.ToString().Should().Be("Elsa.Flowchart");
        await visit.LeaveAsync("created");
    }

    [SkippableFact]
    public async Task A_copy_of_a_workflow_is_a_draft_of_its_own()
    {
        var visit = await chromium.Studio.VisitAsync();
        await visit.OpenListAsync();

        await visit.ChooseAsync("topic-gate", "复制一份");
        await visit.Dialog.Locator("input").First.FillAsync("议题确定的副本");
        await visit.Dialog.Locator("input").First.PressAsync("Tab");
        await visit.PressAsync("确定");
        await visit.SearchAsync("议题确定的副本");
        await Expect(visit.Rows).ToHaveCountAsync(1);

        var listed =
            await visit.Client.JsonAsync("GET", "/workflow-definitions?SearchTerm=议题确定的副本&versionOptions=Latest");
        var copy = await visit.StoredAsync(listed["items"]![0]!["definitionId"]!.ToString());
        var original = await visit.StoredAsync("topic-gate");
        copy["isPublished"]!.GetValue<bool>().Should().BeFalse();
        Types(copy).Should().Equal(Types(original));
        await visit.LeaveAsync("duplicated");
    }

    [SkippableFact]
    public async Task A_workflow_is_deleted_only_after_a_question()
    {
        var visit = await chromium.Studio.VisitAsync();
        await visit.Client.SaveAsync("将被删除", [Activity("End1", "Elsa.End")], definitionId: "to-delete");
        await visit.OpenListAsync();
        await visit.SearchAsync("将被删除");

        await visit.ChooseAsync("to-delete", "删除");
        await visit.PressAsync("取消");
        await Expect(visit.Row("to-delete")).ToHaveCountAsync(1);
        await visit.ChooseAsync("to-delete", "删除");
        await visit.PressAsync("删除");
        await Expect(visit.Row("to-delete")).ToHaveCountAsync(0);

        using var gone = await visit.Client.SendAsync("GET", "/workflow-definitions/by-definition-id/to-delete");
        ((int)gone.StatusCode).Should().Be(404);
        await visit.LeaveAsync("deleted");
    }

    [SkippableFact]
    public async Task A_workflow_that_others_use_is_not_deleted_and_the_page_says_who_uses_it()
    {
        var visit = await chromium.Studio.VisitAsync();
        visit.ExpectsRefusal = true;
        await visit.OpenListAsync();

        await visit.ChooseAsync("topic-gate", "删除");
        await visit.PressAsync("删除");

        await Expect(visit.Refusal).ToContainTextAsync("six-step-procedure");
        (await visit.StoredAsync("topic-gate"))["definitionId"]!.ToString().Should().Be("topic-gate");
        await visit.SearchAsync("督办事项");
        await Expect(visit.Row("tracked-item")).ToBeVisibleAsync();
        await visit.LeaveAsync("used-by-others");
    }

    [SkippableFact]
    public async Task Many_are_published_retracted_and_deleted_at_once()
    {
        var visit = await chromium.Studio.VisitAsync();
        var designer = await chromium.Studio.ClientAsync("designer");
        string[] ids = ["many-one", "many-two"];
        foreach (var id in ids)
        {
            await designer.SaveAsync($"成批处理{id}", [Activity("Start1", "Elsa.Start")], definitionId: id);
        }

        await designer.SaveAsync(
            "成批处理有错", [Activity("Bad1", "Elsa.Delay", ("timeSpan", Literal("不是时长")))], definitionId: "many-bad");
        await ShowAsync();
        await visit.ChooseForAllAsync([.. ids, "many-bad"], "发布");
        await visit.PressAsync("发布");
        await visit.ToldAsync("2");
        await Expect(visit.Refusal).ToContainTextAsync("many-bad");
        await visit.ShootAsync("bulk-published");
        await PublishedAsync(visit, ids, true);
        await PublishedAsync(visit, ["many-bad"], false);

        await ShowAsync();
        await visit.ChooseForAllAsync(ids, "撤回发布");
        await visit.PressAsync("撤回发布");
        await PublishedAsync(visit, ids, false);

        await ShowAsync();
        await visit.ChooseForAllAsync(ids, "删除");
        await visit.PressAsync("删除");
        await Expect(visit.Rows).ToHaveCountAsync(1);
        await visit.LeaveAsync("bulk");

        // Opened anew each time: after a bulk action the list loads itself again and forgets what is chosen.
        async Task ShowAsync()
        {
            await visit.OpenListAsync();
            await visit.SearchAsync("成批处理");
            await Expect(visit.Rows).ToHaveCountAsync(3);
        }
    }

    private static async Task PublishedAsync(StudioVisit visit, string[] ids, bool published)
    {
        foreach (var id in ids)
        {
            await visit.StoredWhenAsync(id, one => one["isPublished"]!.GetValue<bool>() == published,
                $"{id} is {(published ? "" : "not ")}published");
        }
    }

    private static IEnumerable<string> Types(JsonNode definition) =>
        definition["root"]!["activities"]!.AsArray().Select(activity => activity!["type"]!.ToString())
            .Order(StringComparer.Ordinal);
}
