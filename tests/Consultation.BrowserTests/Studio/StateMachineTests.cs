using System.Text.Json.Nodes;
using static Consultation.ServerTests.Elsa.ElsaClient;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>The designer's own canvas for Elsa's state machine.</summary>
[Collection(BrowserCollection.Name)]
public sealed class StateMachineTests(Chromium chromium)
{
    [SkippableFact]
    public async Task A_state_machine_is_drawn_with_its_states_and_transitions_and_gets_another_state()
    {
        var visit = await chromium.Studio.VisitAsync();
        var model = Model("状态机", [], definitionId: "drawn-machine");
        model["root"] = new JsonObject
        {
            ["id"] = "Machine1",
            ["type"] = "Elsa.StateMachine",
            ["version"] = 1,
            ["initialState"] = "收件",
            ["states"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "收件",
                    ["entry"] = Activity("In1", "Elsa.WriteLine", ("text", Literal("开始"))),
                },
                new JsonObject { ["name"] = "办结" }),
            ["transitions"] = new JsonArray(new JsonObject
            {
                ["name"] = "办结时",
                ["from"] = "收件",
                ["to"] = "办结",
                ["trigger"] = Activity("Event1", "Elsa.Event", ("eventName", Literal("finish"))),
            }),
        };
        await visit.Client.JsonAsync("POST", "/workflow-definitions", new { model, publish = false });

        await visit.GoAsync("/studio/definitions/drawn-machine/edit", ".x6-node");

        await Expect(visit.Page.Locator(".x6-node", new() { HasText = "收件" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".x6-node", new() { HasText = "办结" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".x6-edge")).ToHaveCountAsync(1);
        var form = visit.Page.Locator(
            "details", new() { Has = visit.Page.Locator("summary", new() { HasText = "添加状态" }) });
        await form.Locator("summary").ClickAsync();
        await form.Locator("input").First.FillAsync("退回");
        await form.Locator("input").First.PressAsync("Tab");
        await form.Locator("button").ClickAsync();
        var stored = await visit.StoredWhenAsync(
            "drawn-machine", one => one["root"]!["states"]!.AsArray().Count == 3, "the new state is saved");
        stored["root"]!["transitions"]!.AsArray().Single()!["trigger"]!["id"]!.ToString().Should()
            .Be("Event1", "nothing of it is lost");
        await visit.LeaveAsync("state-machine");
    }
}
