using Consultation.ServerTests.Elsa;
using Microsoft.Playwright;
using static Consultation.ServerTests.Elsa.ElsaClient;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>The list of instances: files come in by it, several are cancelled or deleted at once.</summary>
[Collection(BrowserCollection.Name)]
public sealed class InstanceListTests(Chromium chromium)
{
    [SkippableFact]
    public async Task A_file_of_an_instance_is_imported_and_looked_into()
    {
        const string Id = "file-of-run";
        var visit = await chromium.Studio.VisitAsync();
        visit.ExpectsRefusal = true;
        await visit.Client.SaveAsync(
            "导出过的运行", [Activity("Line1", "Elsa.WriteLine", ("text", Literal("从文件回来")))], definitionId: Id);
        var instance = await StartAsync(visit.Client, Id);
        var file = await visit.Client.Http.GetByteArrayAsync($"/elsa/api/workflow-instances/{instance}/export");
        (await visit.Client.SendAsync("DELETE", $"/workflow-instances/{instance}")).Dispose();

        await visit.OpenInstancesAsync();
        await ImportAsync(visit, "运行.json", file);
        await visit.ToldAsync("已导入 1 个实例");
        await Expect(visit.Row(instance)).ToBeVisibleAsync();
        await ImportAsync(visit, "再来一次.json", file);
        await Expect(visit.Refusal).ToContainTextAsync($"实例 {instance} 已经存在");
        await visit.ShootAsync("import-known-instance");

        await visit.OpenInstanceAsync(instance);
        await Expect(visit.Page.Locator("#studio-record")).ToContainTextAsync("这是导入的记录");
        // The boxes are drawn again with their counters; only then they stay.
        await Expect(visit.Page.Locator(".x6-node[data-cell-id='Line1']").GetByText("1", new() { Exact = true }))
            .ToBeVisibleAsync();
        var (x, y) =
            await StudioEditor.CentreAsync(visit.Page.Locator(".x6-node[data-cell-id='Line1'] .activity-content"));
        await visit.Page.Mouse.ClickAsync(x, y);
        await visit.Page.Locator(".mud-tab", new() { HasText = "执行次数" }).Last.ClickAsync();
        await visit.Page.Locator("tbody tr", new() { HasText = instance + "-" }).First.ClickAsync();
        await Expect(visit.Page.GetByText("从文件回来").First).ToBeVisibleAsync();
        await visit.LeaveAsync("imported-instance");
    }

    [SkippableFact]
    public async Task Several_are_cancelled_and_deleted_at_once()
    {
        const string Id = "many-runs";
        var visit = await chromium.Studio.VisitAsync();
        await visit.Client.SaveAsync(
            "成批的运行", [Activity("Wait1", "Elsa.Event", ("eventName", Literal("never")))], definitionId: Id);
        string[] instances = [await StartAsync(visit.Client, Id), await StartAsync(visit.Client, Id)];

        await ShowAsync();
        await visit.ChooseForAllAsync(instances, "取消");
        await visit.ShootAsync("cancel-many");
        await visit.PressAsync("是");
        foreach (var instance in instances)
        {
            await visit.WhenAsync("GET", $"/workflow-instances/{instance}", null,
                one => one["subStatus"]!.ToString() == "Cancelled", "the instance is cancelled");
        }

        await ShowAsync();
        await visit.ChooseForAllAsync(instances, "删除");
        await visit.PressAsync("删除");
        await visit.WhenAsync("POST", "/workflow-instances", new { definitionId = Id },
            list => list["totalCount"]!.GetValue<int>() == 0, "both are gone");
        await visit.LeaveAsync("deleted-instances");

        async Task ShowAsync()
        {
            await visit.OpenInstancesAsync();
            foreach (var instance in instances) await visit.Row(instance).First.WaitForAsync();
        }
    }

    [SkippableFact]
    public async Task One_is_deleted_from_its_row()
    {
        const string Id = "one-run";
        var visit = await chromium.Studio.VisitAsync();
        await visit.Client.SaveAsync(
            "一个运行", [Activity("Line1", "Elsa.WriteLine", ("text", Literal("好")))], definitionId: Id);
        var instance = await StartAsync(visit.Client, Id);

        await visit.OpenInstancesAsync();
        await visit.ChooseAsync(instance, "删除");
        await visit.PressAsync("删除");

        await Expect(visit.Row(instance)).ToHaveCountAsync(0);
        (await visit.Client.SendAsync("GET", $"/workflow-instances/{instance}")).StatusCode.Should()
            .Be(System.Net.HttpStatusCode.NotFound);
        await visit.LeaveAsync("deleted-instance");
    }

    internal static async Task<string> StartAsync(ElsaClient client, string id)
    {
        using var answer =
            await client.SendAsync("POST", $"/workflow-definitions/{id}/execute", new { versionOptions = "Latest" });
        return answer.Headers.GetValues("x-elsa-workflow-instance-id").Single();
    }

    private static async Task ImportAsync(StudioVisit visit, string name, byte[] file)
    {
        await visit.Page.Locator(".mud-toolbar").GetByText("操作", new() { Exact = true }).ClickAsync();
        var chooser = await visit.Page.RunAndWaitForFileChooserAsync(() => visit.PickAsync("导入"));
        await chooser.SetFilesAsync(new FilePayload { Name = name, MimeType = "application/json", Buffer = file });
    }
}
