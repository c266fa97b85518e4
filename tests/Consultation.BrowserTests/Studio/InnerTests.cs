using System.Text.Json.Nodes;
using static Consultation.ServerTests.Elsa.ElsaClient;
using static Microsoft.Playwright.Assertions;

namespace Consultation.BrowserTests.Studio;

/// <summary>A workflow used as an activity of another: what it holds is fetched when somebody looks into it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class InnerTests(Chromium chromium)
{
    [SkippableFact]
    public async Task A_workflow_inside_another_is_looked_into_and_its_lines_of_the_journal_are_found()
    {
        var visit = await chromium.Studio.VisitAsync();
        var part = Model(
            "InnerPart1", [Activity("Inside1", "Elsa.WriteLine", ("text", Literal("里面的一行")))], null, "inner-part");
        part["options"] = new JsonObject { ["usableAsActivity"] = true };
        var designer = await chromium.Studio.ClientAsync("designer");
        var stored = (await designer.JsonAsync("POST", "/workflow-definitions", new { model = part, publish = false }))[
            "workflowDefinition"]!;
        await visit.Client.JsonAsync("POST", "/workflow-definitions/inner-part/publish", new { });
        var use = Activity("Use1", "InnerPart1");
        use["workflowDefinitionId"] = "inner-part";
        use["workflowDefinitionVersionId"] = stored["id"]!.ToString();
        await visit.Client.SaveAsync("外面的流程", [use], definitionId: "outer-part");
        var instance = await InstanceListTests.StartAsync(visit.Client, "outer-part");

        await visit.OpenInstanceAsync(instance);
        var inside = visit.Page.Locator(".x6-node[data-cell-id='Inside1']");
        await visit.Page.Locator(".mud-toolbar button").Nth(1).ClickAsync();
        await visit.Page.GetByText("输出一行").First.ClickAsync();
        await Expect(inside).ToBeVisibleAsync();
        await visit.LeaveAsync("line-inside");
    }
}
