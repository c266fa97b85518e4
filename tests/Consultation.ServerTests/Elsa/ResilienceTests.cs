using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Consultation.Runtime;
using Consultation.Runtime.Loops;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Elsa;

/// <summary>A host with retries of its own, which may send requests to this machine.</summary>
public sealed class RequestingHost() : ElsaHost(
[
    new("Elsa:AuthorMayNotPublish", "false"),
    new("Runtime:HttpHosts:0", "127.0.0.1"),
    new("Resilience:Strategies:0:$type", "HttpResilienceStrategy"),
    new("Resilience:Strategies:0:Id", "at-once"),
    new("Resilience:Strategies:0:DisplayName", "立即重试"),
    new("Resilience:Strategies:0:MaxRetryAttempts", "3"),
    new("Resilience:Strategies:0:Delay", "00:00:00"),
    new("Resilience:Strategies:0:BackoffType", "Constant"),
    new("Resilience:Strategies:1:Id", "later"),
]);

/// <summary>What the designer is told of retries (contract rows T14, A6).</summary>
public sealed class ResilienceTests(RequestingHost host) : IClassFixture<RequestingHost>
{
    [Fact]
    public async Task The_designer_is_offered_the_strategies_of_the_host()
    {
        var client = await host.AdministratorAsync();

        var answer = await client.JsonAsync("GET", "/resilience/strategies?category=HTTP");
        var features = await client.JsonAsync("GET", "/features/installed");
        var activities = await client.JsonAsync("GET", "/descriptors/activities");

        answer["count"]!.GetValue<int>().Should().Be(2);
        var first = answer["items"]![0]!;
        first["$type"]!.ToString().Should().Be("HttpResilienceStrategy");
        (first["id"]!.ToString(), first["displayName"]!.ToString(), first["maxRetryAttempts"]!.ToString(),
            first["delay"]!.ToString(), first["backoffType"]!.ToString())
            .Should().Be(("at-once", "立即重试", "3", "00:00:00", "Constant"));
        answer["items"]![1]!["displayName"]!.ToString().Should()
            .Be("later", "a strategy without a name is shown by its id");
        features["items"]!.AsArray().Select(feature => feature!["fullName"]!.ToString()).Should()
            .Contain("Elsa.Resilience");
        activities["items"]!.AsArray().Where(one => one!["customProperties"]!["Resilient"]?.GetValue<bool>() is true)
            .Select(one => one!["typeName"]!.ToString())
            .Should().BeEquivalentTo("Elsa.SendHttpRequest", "Elsa.FlowSendHttpRequest");
    }

    [Fact]
    public async Task Retries_of_an_execution_are_listed_page_by_page_and_marked()
    {
        var client = await host.AdministratorAsync();
        var send = ElsaClient.Activity(
            "Send1", "Elsa.FlowSendHttpRequest", ("url", ElsaClient.Literal("http://127.0.0.1:1/")));
        send["customProperties"] = new JsonObject
        {
            ["resilienceStrategy"] = new JsonObject { ["mode"] = "Identifier", ["strategyId"] = "at-once" },
        };
        var saved = await client.SaveAsync("重试", [send], publish: true);
        using var started =
            await client.SendAsync("POST", $"/workflow-definitions/{saved["definitionId"]}/execute", new { });
        var instance = started.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        await host.Services.GetRequiredService<WorkLoop>().DrainAsync(default);

        var summaries =
            (await client.JsonAsync("GET", $"/activity-execution-summaries/list?workflowInstanceId={instance}"))[
                "items"]!.AsArray();
        var execution = summaries.Single(one => one!["activityId"]!.ToString() == "Send1")!;
        var path = $"/resilience/retries/{execution["id"]}";
        var all = await client.JsonAsync("GET", path);
        var page = await client.JsonAsync("GET", path + "?skip=1&take=1");
        var stats =
            (await client.JsonAsync("POST", "/activity-executions/report",
                new { workflowInstanceId = instance, activityNodeIds = Array.Empty<string>() }))["stats"]!.AsArray();

        all["totalCount"]!.GetValue<int>().Should().Be(3);
        var attempts = all["items"]!.AsArray();
        attempts.Select(one => one!["attemptNumber"]!.GetValue<int>()).Should().Equal(0, 1, 2);
        attempts.Should().OnlyContain(
            one => one!["workflowInstanceId"]!.ToString() == instance && one["activityId"]!.ToString() == "Send1"
            && one["activityInstanceId"]!.ToString() == execution["id"]!.ToString()
            && one["retryDelay"]!.ToString() == "00:00:00"
            && one["details"]!["Error"]!.ToString().Length > 0 && one["id"]!.ToString().Length > 0);
        page["items"]!.AsArray().Single()!["attemptNumber"]!.GetValue<int>().Should().Be(1);
        page["totalCount"]!.GetValue<int>().Should().Be(3);
        execution["metadata"]!["HasRetryAttempts"]!.GetValue<bool>().Should().BeTrue();
        stats.Where(node => node!["metadata"]!["HasRetryAttempts"]?.GetValue<bool>() is true)
            .Select(node => node!["activityId"]!.ToString())
            .Should().BeEquivalentTo(["Send1", "Flow", "Workflow1"], "a flowchart that holds a retry is marked too");
        await using var db = host.Services.GetRequiredService<Database>().Open();
        foreach (var owner in await db.Organisations.Select(organisation => organisation.Id).ToListAsync())
        {
            await db.Runs.Where(run => run.Id == instance)
                .ExecuteUpdateAsync(set => set.SetProperty(run => run.OrganisationId, owner));
            ElsaClient[] both = [client, await host.StrangerAsync()];
            var seen = await Task.WhenAll(
                both.Select(async one => (await one.JsonAsync("GET", path))["totalCount"]!.GetValue<int>()));
            seen.Should().BeEquivalentTo([3, 0], "only its own organisation sees a run");
        }
    }

    [Fact]
    public void Without_configuration_three_strategies_are_offered()
    {
        var usual = new ResilienceOptions().All();

        usual.Select(strategy => strategy.Id).Should().Equal("http-brief", "http-patient", "http-day");
        usual.Should().OnlyContain(strategy => strategy.DisplayName.Zh != strategy.DisplayName.En);
    }

    [Fact]
    public void A_wrong_strategy_is_named()
    {
        var options = new ResilienceOptions
        {
            Strategies =
            [
                new() { Id = "a" },
                new() { Id = "a", Type = "CircuitBreaker", MaxRetryAttempts = 101, Delay = TimeSpan.FromDays(2) },
                new(),
            ],
        };
        var problems = new List<ValidationResult>();

        Validator.TryValidateObject(options, new(options), problems, validateAllProperties: true);

        problems.Select(problem => problem.ErrorMessage!.Split(": ")[0]).Should().BeEquivalentTo(
            "Resilience:Strategies:1:$type", "Resilience:Strategies:1:Id", "Resilience:Strategies:1:MaxRetryAttempts",
            "Resilience:Strategies:1:Delay",
            "Resilience:Strategies:2:Id");
    }
}
