using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Elsa;

/// <summary>Waking waiting runs over REST: tasks that another system reports as done, and events.</summary>
public sealed class StimulusTests(WorkingHost host) : IClassFixture<WorkingHost>
{
    [Fact]
    public async Task A_task_is_reported_as_done_once()
    {
        var client = await host.AdministratorAsync();
        var (id, _) = await StartAsync(client, "外部任务",
            ElsaClient.Activity("Task1", "Elsa.RunTask", ("taskName", ElsaClient.Literal("translate"))));
        var records = await client.JsonAsync(
            "GET", $"/activity-executions/list?WorkflowInstanceId={id}&ActivityNodeId=Workflow1%3AFlow%3ATask1");
        var task = records["items"]![0]!["outputs"]!["TaskId"]!.ToString();

        using var first = await client.SendAsync("POST", $"/tasks/{task}/complete", new { result = new { ok = true } });
        await UntilFinishedAsync(client, id);
        using var second =
            await client.SendAsync("POST", $"/tasks/{task}/complete", new { result = new { ok = true } });

        first.StatusCode.Should().Be(HttpStatusCode.OK);
        second.StatusCode.Should().Be(HttpStatusCode.NotFound, "nobody waits for it any more");
    }

    [Fact]
    public async Task An_event_wakes_only_those_whom_it_names()
    {
        var client = await host.AdministratorAsync();
        var wait = ElsaClient.Activity("Event1", "Elsa.Event", ("eventName", ElsaClient.Literal("arrived")));
        var (one, definition) = await StartAsync(client, "等待到达", wait);
        using var again = await client.SendAsync(
            "POST", $"/workflow-definitions/{definition}/execute", new { versionOptions = "Latest" });
        var other = again.Headers.GetValues("x-elsa-workflow-instance-id").Single();

        var told = await client.JsonAsync(
            "POST", "/events/arrived/trigger", new { workflowInstanceId = one, input = new { at = "noon" } });
        var designer = await host.ClientAsync("designer");
        using var refused = await designer.SendAsync("POST", "/events/arrived/trigger", new { });

        await UntilFinishedAsync(client, one);
        told["receivers"]!.GetValue<int>().Should().Be(1);
        (await SubStatusAsync(client, other)).Should().Be("Suspended");
        refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private static async Task<(string Instance, string Definition)> StartAsync(
        ElsaClient client, string name, JsonObject activity)
    {
        var saved = await client.SaveAsync(name, [activity]);
        using var run = await client.SendAsync(
            "POST", $"/workflow-definitions/{saved["definitionId"]}/execute", new { versionOptions = "Latest" });
        return (run.Headers.GetValues("x-elsa-workflow-instance-id").Single(), saved["definitionId"]!.ToString());
    }

    /// <summary>Receivers take what was published one after the other, a moment later.</summary>
    private static async Task UntilFinishedAsync(ElsaClient client, string id)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromMinutes(1);)
        {
            if (await SubStatusAsync(client, id) == "Finished") return;
            await Looking.AgainAsync();
        }

        throw new TimeoutException("The run was not woken.");
    }

    private static async Task<string> SubStatusAsync(ElsaClient client, string id) =>
        (await client.JsonAsync("GET", $"/workflow-instances/{id}/execution-state"))["subStatus"]!.ToString();
}
