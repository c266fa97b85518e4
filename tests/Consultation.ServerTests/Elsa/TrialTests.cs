using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Elsa;

/// <summary>Tests of single activities in the designer: bounded in time, and two at once for each person.</summary>
public sealed class TrialTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    /// <summary>Scripts that spend their time where a script's own budget does not look.</summary>
    [Theory]
    [InlineData("for(;;){ try { while(true){} } catch {} }")]
    [InlineData("for(;;){ try { /^(a+)+$/.test('a'.repeat(40) + '!') } catch {} }")]
    [InlineData("for(;;){ try { null.x } catch {} finally { continue } }")]
    public async Task A_script_that_never_ends_is_stopped_with_words(string script)
    {
        var client = await host.AdministratorAsync();
        var saved = await client.SaveAsync("不会结束",
        [
            ElsaClient.Activity("Flow1", "Elsa.Flowchart"),
            ElsaClient.Activity("Line1", "Elsa.WriteLine", ("text", ElsaClient.JavaScript(script))),
        ]);
        var watch = Stopwatch.StartNew();

        var tried = await TryAsync(client, saved, "Line1");

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10), "the limit is two seconds");
        tried["status"]!.ToString().Should().Be("Faulted");
        tried["exception"]!["message"]!.ToString().Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_loop_of_slow_activities_ends_when_its_time_is_over()
    {
        var client = await host.AdministratorAsync();
        var slow = ElsaClient.Activity("Line1", "Elsa.WriteLine",
            ("text", ElsaClient.JavaScript("for(;;){ try { /^(a+)+$/.test('a'.repeat(40) + '!') } catch {} }")));
        var sequence = new JsonObject
        {
            ["id"] = "Many",
            ["type"] = "Elsa.Sequence",
            ["version"] = 1,
            ["activities"] = new JsonArray([.. Enumerable.Range(1, 100).Select(one =>
            {
                var copy = slow.DeepClone();
                copy["id"] = $"Line{one}";
                return copy;
            })]),
        };
        var saved = await client.SaveAsync("许多慢活动", [sequence]);
        var watch = Stopwatch.StartNew();

        await TryAsync(client, saved, "Many");

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10), "a hundred seconds without a limit for the whole");
    }

    [Fact]
    public async Task The_third_test_of_one_person_at_a_time_is_refused_and_another_person_is_not()
    {
        var (administrator, designer) = (await host.AdministratorAsync(), await host.ClientAsync("designer"));
        var saved = await administrator.SaveAsync("慢", [ElsaClient.Activity("Line1", "Elsa.WriteLine",
            ("text", ElsaClient.JavaScript("for(;;){ try { /^(a+)+$/.test('a'.repeat(40) + '!') } catch {} }")))]);

        // On few cores the pool would give a third request a thread only when the first has ended.
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, 16), ports);
        var mine = Enumerable.Range(0, 6).Select(_ => SendAsync(administrator, saved, "Line1")).ToList();
        using var hers = await SendAsync(designer, saved, "Line1");
        var answers = await Task.WhenAll(mine);

        hers.StatusCode.Should().Be(HttpStatusCode.OK);
        answers.Select(answer => answer.StatusCode).Distinct().Should()
            .BeEquivalentTo([HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("测试在运行");
        using var later = await SendAsync(administrator, saved, "Line1");
        later.StatusCode.Should().Be(HttpStatusCode.OK, "a place that was given back is free");
    }

    private static Task<HttpResponseMessage> SendAsync(ElsaClient client, JsonObject saved, string activity) =>
        client.SendAsync("POST", "/tests/activities", Body(saved, activity));

    private static Task<JsonNode> TryAsync(ElsaClient client, JsonObject saved, string activity) =>
        client.JsonAsync("POST", "/tests/activities", Body(saved, activity));

    private static object Body(JsonObject saved, string activity) => new
    {
        workflowDefinitionHandle = new { definitionVersionId = saved["id"]!.ToString() },
        activityHandle = new { activityNodeId = $"Workflow1:Flow:{activity}" },
    };
}
