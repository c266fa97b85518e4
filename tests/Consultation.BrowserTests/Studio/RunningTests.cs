using System.Text.Json.Nodes;
using Consultation.ServerTests.Elsa;
using Microsoft.Playwright;
using static Consultation.ServerTests.Elsa.ElsaClient;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>
/// Instances: starting a test, watching it, looking into it, retrying, cancelling, and the way to a case and back.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class RunningTests(Chromium chromium)
{
    [SkippableFact]
    public async Task A_test_is_started_watched_live_looked_into_and_retried()
    {
        const string Id = "watched-live";
        var visit = await chromium.Studio.VisitAsync();
        await PrepareAsync(visit.Client, Id, "故障出在这里");
        var editor = await StudioEditor.OpenAsync(visit, Id);

        await editor.RunButton.ClickAsync();
        await visit.ToldAsync("流程已启动");
        await visit.Page.Locator("#studio-started a").ClickAsync();
        await visit.Page.WaitForURLAsync("**/studio/instances/*");
        var instance = visit.Page.Url.Split('/')[^1];
        await Expect(visit.Page.GetByText("等待中").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await ContinueAsync(visit, Id);

        await Expect(visit.Page.GetByText("已出错").Or(visit.Page.GetByText("出错")).First).ToBeVisibleAsync();
        var state = await StateAsync(visit, instance, "Faulted");
        state["workflowState"]!["incidents"]!.AsArray().Should().ContainSingle()
            .Which!["message"]!.ToString().Should().Contain("故障出在这里");
        await visit.ShootAsync("watched-live");

        await PanelAsync(visit, "故障");
        await Expect(visit.Page.GetByText("故障出在这里").First).ToBeVisibleAsync();
        await visit.ShootAsync("incident");
        await PanelAsync(visit, "变量");
        await Expect(visit.Page.GetByText("你好").First).ToBeVisibleAsync();
        await visit.ShootAsync("variables");
        var (x, y) =
            await StudioEditor.CentreAsync(visit.Page.Locator(".x6-node[data-cell-id='Line1'] .activity-content"));
        await visit.Page.Mouse.ClickAsync(x, y);
        await visit.Page.Locator(".mud-tab", new() { HasText = "执行次数" }).Last.ClickAsync();
        await visit.Page.Locator("tbody tr", new() { HasText = instance + "-" }).First.ClickAsync();
        await Expect(visit.Page.GetByText("先写一行").First).ToBeVisibleAsync();
        await visit.ShootAsync("execution");
        await visit.Page.Locator(".mud-overlay").ClickAsync(new() { Position = new() { X = 400, Y = 950 } });
        await Expect(visit.Page.Locator(".mud-overlay")).ToHaveCountAsync(0);

        await visit.Page.GetByText("重试故障").ClickAsync();
        await visit.WhenAsync(
            "GET", $"/workflow-instances/{instance}/journal", null,
            one => one["items"]!.AsArray().Any(line => line!["eventName"]!.ToString() == "Retried"),
            "the failed activity was taken again");
        await visit.Page.Locator(".x6-node").First.WaitForAsync(new() { Timeout = 60_000 });
        await visit.LeaveAsync("retried");
    }

    [SkippableFact]
    public async Task Without_the_live_line_the_page_asks_again_by_itself()
    {
        const string Id = "watched-by-asking";
        var visit = await chromium.Studio.VisitAsync();
        visit.ExpectsRefusal = true;
        await visit.Page.RouteAsync("**/elsa/hubs/**", route => route.FulfillAsync(new() { Status = 404 }));
        await PrepareAsync(visit.Client, Id, null);
        var instance = await StartAsync(visit.Client, Id);

        await visit.OpenInstanceAsync(instance);
        await Expect(visit.Page.GetByText("等待中").First).ToBeVisibleAsync();
        await ContinueAsync(visit, Id);

        await StateAsync(visit, instance, "Finished");
        await Expect(visit.Page.Locator("elsa-workflow-instance-viewer").GetByText("已结束")
            .Or(visit.Page.GetByText("已完成")).First).ToBeVisibleAsync();
        await visit.LeaveAsync("watched-by-asking");
    }

    [SkippableFact]
    public async Task A_waiting_instance_is_found_in_the_list_and_cancelled()
    {
        const string Id = "cancelled-run";
        var visit = await chromium.Studio.VisitAsync();
        await PrepareAsync(visit.Client, Id, null);
        var instance = await StartAsync(visit.Client, Id);

        await visit.OpenInstancesAsync();
        await visit.Row(instance).First.WaitForAsync();
        await visit.ShootAsync("instances");
        await visit.ChooseAsync(instance, "取消");
        await visit.PressAsync("是");

        await StateAsync(visit, instance, "Cancelled");
        await visit.LeaveAsync("instance-cancelled");
    }

    [SkippableFact]
    public async Task A_case_leads_to_its_instance_and_back()
    {
        var visit = await chromium.Studio.VisitAsync();
        await visit.Page.GotoAsync("/plans/new");
        await visit.Page.FillAsync("[name=title]", "从协商事项到实例的协商会议");
        await visit.Page.SelectOptionAsync("[name=group]", new SelectOptionValue { Index = 1 });
        await visit.Page.ClickAsync("main form button[type=submit]");
        await visit.Page.Locator("a[href*='/cases/']").First.ClickAsync();
        var atTheDesk = visit.Page.Url;

        await visit.Page.GetByText("流程实例").First.ClickAsync();
        await visit.Page.WaitForURLAsync("**/studio/instances/*");
        await visit.Page.Locator(".x6-node").First.WaitForAsync(new() { Timeout = 60_000 });
        var instance = await visit.Client.JsonAsync("GET", $"/workflow-instances/{visit.Page.Url.Split('/')[^1]}");
        var theCase = Guid.Parse(atTheDesk.Split('/')[^1]);
        Guid.Parse(instance["correlationId"]!.ToString()).Should().Be(theCase);
        await visit.ShootAsync("case-instance");
        await visit.Page.GetByText("所属协商事项").ClickAsync();

        Guid.Parse(visit.Page.Url.Split('/')[^1]).Should().Be(theCase);
        await visit.LeaveAsync("case");
    }

    private static async Task PrepareAsync(ElsaClient client, string id, string? fault)
    {
        var model = Model(
            "观察运行",
            [
                InputTests.At(Activity("Line1", "Elsa.WriteLine", ("text", Literal("先写一行"))), 40),
                InputTests.At(Activity("Wait1", "Elsa.Event", ("eventName", Literal(id))), 300),
                InputTests.At(
                    Activity("Bad1", "Elsa.WriteLine",
                        ("text", fault is null ? Literal("好") : JavaScript($"throw new Error('{fault}')"))), 560),
            ],
            [Line("Line1", "Wait1"), Line("Wait1", "Bad1")],
            id);
        model["variables"] = new JsonArray(new JsonObject
        {
            ["id"] = "greeting-1",
            ["name"] = "Greeting1",
            ["typeName"] = "String",
            ["isArray"] = false,
            ["value"] = "你好",
        });
        await client.JsonAsync("POST", "/workflow-definitions", new { model, publish = false });
    }

    internal static JsonObject Line(string from, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = "Done" },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };

    private static async Task<string> StartAsync(ElsaClient client, string id)
    {
        using var answer =
            await client.SendAsync("POST", $"/workflow-definitions/{id}/execute", new { versionOptions = "Latest" });
        return answer.Headers.GetValues("x-elsa-workflow-instance-id").Single();
    }

    private static Task<JsonNode> ContinueAsync(StudioVisit visit, string id) => visit.WhenAsync(
        "POST", $"/events/{id}/trigger", new { }, one =>
            one["receivers"]!.GetValue<int>() > 0, "the event reaches the instance");

    private static Task<JsonNode> StateAsync(StudioVisit visit, string instance, string subStatus) => visit.WhenAsync(
        "GET", $"/workflow-instances/{instance}", null, one =>
            one["subStatus"]!.ToString() == subStatus, $"the instance is {subStatus}");

    private static Task PanelAsync(StudioVisit visit, string tab) =>
        visit.Page.Locator(".mud-tab", new() { HasText = tab }).Last.DispatchEventAsync("click");
}
