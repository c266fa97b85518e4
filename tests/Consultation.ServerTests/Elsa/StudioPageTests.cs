using System.Net;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Elsa;

/// <summary>What the pages around the designer say before its scripts run.</summary>
public sealed class StudioPageTests(WorkingHost host) : IClassFixture<WorkingHost>
{
    [Theory]
    [InlineData("/studio/definitions/nobody/edit", "没有编号为“nobody”的流程定义")]
    [InlineData("/studio/instances/nobody", "没有编号为“nobody”的流程实例")]
    [InlineData("/studio/instances/%3Cb%3E", "没有编号为“&lt;b&gt;”的流程实例")]
    public async Task An_id_that_nobody_knows_is_said_so(string address, string words)
    {
        var client = await host.AdministratorAsync();

        using var page = await client.SendAsync("GET", address);

        page.StatusCode.Should().Be(HttpStatusCode.NotFound);
        var text = await page.Content.ReadAsStringAsync();
        WebUtility.HtmlDecode(text).Should().Contain(WebUtility.HtmlDecode(words));
        text.Should().NotContain("<b>");
    }

    [Theory]
    [InlineData("/diagnostics/structured-logs?workflowInstanceId=abc", "/studio/instances/abc")]
    [InlineData("/studio/diagnostics/structured-logs", "/studio/instances")]
    [InlineData("/studio/alterations/instances/abc", "/studio/instances/abc")]
    public async Task Links_of_the_designer_to_pages_that_it_does_not_bring_lead_somewhere(string link, string there)
    {
        var client = await host.AdministratorAsync();

        using var answer = await client.Http.GetAsync(link);

        answer.Headers.Location!.ToString().Should().Be(there);
    }

    [Fact]
    public async Task An_instance_leads_to_those_that_it_started_and_to_the_one_that_started_it()
    {
        var client = await host.AdministratorAsync();
        await client.SaveAsync(
            "子流程", [ElsaClient.Activity("End1", "Elsa.End")], publish: true, definitionId: "page-child");
        await client.SaveAsync("父流程",
            [ElsaClient.Activity("Child1", "Elsa.ExecuteWorkflow",
                ("workflowDefinitionId", ElsaClient.Literal("page-child")),
                ("waitForCompletion", ElsaClient.Literal("true")))],
            publish: true, definitionId: "page-parent");
        var parent = (await client.JsonAsync("POST", "/workflow-definitions/page-parent/execute", new { }))[
            "workflowState"]!["id"]!.ToString();
        JsonNode? child;
        while ((child = (await client.JsonAsync("GET", "/workflow-instances?definitionId=page-child"))["items"]!
            .AsArray().FirstOrDefault()) is null) await Looking.AgainAsync();

        var above = await PageAsync(parent);
        var below = await PageAsync(child["id"]!.ToString());

        above.Should().Contain($"instances/{child["id"]}\"").And.Contain("page-child");
        below.Should().Contain($"instances/{parent}\"").And.Contain("由哪个实例启动");

        async Task<string> PageAsync(string id)
        {
            using var page = await client.SendAsync("GET", $"/studio/instances/{id}");
            return await page.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task A_refusal_speaks_one_language()
    {
        var client = await host.AdministratorAsync();

        using var zh = await client.SendAsync("POST", "/workflow-definitions/nobody/execute", new { });
        using var en = new HttpRequestMessage(HttpMethod.Get, "/elsa/api/workflow-instances/nobody");
        en.Headers.Add("Accept-Language", "en");
        using var english = await client.Http.SendAsync(en);

        (await zh.Content.ReadAsStringAsync()).Should().Contain("没有这样的流程版本").And.NotContain("No version");
        (await english.Content.ReadAsStringAsync()).Should().Contain("There is no such").And.NotContain("没有");
    }
}
