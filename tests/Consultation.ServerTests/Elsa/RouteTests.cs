using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Elsa;

/// <summary>
/// Addresses of Elsa that its designer does not call but scripts do: right, with an id that nobody knows, with a body
/// that makes no sense. Who may call them is held by <see cref="AccessTests"/>.
/// </summary>
public sealed class RouteTests(WorkingHost host) : IClassFixture<WorkingHost>
{
    [Fact]
    public async Task A_workflow_is_run_by_a_get_that_carries_the_pages_token_and_never_without_it()
    {
        var client = await host.AdministratorAsync();
        await SaveAsync(client, "route-get");
        const string Run = "/workflow-definitions/route-get/execute";

        var run = await client.JsonAsync(
            "GET", $"{Run}?correlationId=abc&name=%E8%AF%95&input={Uri.EscapeDataString("{\"Desk\":3}")}");
        using var link = await client.Http.GetAsync($"/elsa/api{Run}");
        using var broken = await client.SendAsync("GET", $"{Run}?input=nothing");
        using var unknown = await client.SendAsync("GET", "/workflow-definitions/nobody/execute");

        var state = run["workflowState"]!;
        (state["correlationId"]!.ToString(), state["name"]!.ToString(), state["input"]!["Desk"]!.GetValue<int>())
            .Should().Be(("abc", "试", 3));
        link.StatusCode.Should().Be(HttpStatusCode.BadRequest, "a link on another page would do it");
        broken.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await broken.Content.ReadAsStringAsync()).Should().Contain("不是 JSON 对象");
        unknown.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await unknown.Content.ReadAsStringAsync()).Should().Contain("nobody");
    }

    [Fact]
    public async Task As_many_runs_are_dispatched_as_were_asked_for()
    {
        var client = await host.AdministratorAsync();
        await SaveAsync(client, "route-bulk");
        const string Bulk = "/workflow-definitions/route-bulk/bulk-dispatch";

        var ids = (await client.JsonAsync("POST", Bulk, new { count = 3 }))["workflowInstanceIds"]!.AsArray()
            .Select(id => id!.ToString()).ToList();
        var one = await client.JsonAsync("POST", Bulk, new { });
        using var unknown = await client.SendAsync("POST", "/workflow-definitions/nobody/bulk-dispatch", new { });
        using var draft = await client.SendAsync("POST", Bulk, new { versionOptions = "7" });
        using var many = await client.SendAsync("POST", Bulk, new { count = 1001 });
        using var odd = await client.SendAsync("POST", Bulk, new { count = "many" });

        ids.Should().HaveCount(3).And.OnlyHaveUniqueItems();
        one["workflowInstanceIds"]!.AsArray().Should().ContainSingle();
        foreach (var id in ids)
        {
            while ((await client.SendAsync("GET", $"/workflow-instances/{id}")).StatusCode != HttpStatusCode.OK)
            {
                await Looking.AgainAsync();
            }
        }

        unknown.StatusCode.Should().Be(HttpStatusCode.NotFound);
        draft.StatusCode.Should().Be(HttpStatusCode.NotFound);
        many.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        odd.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Variables_of_a_waiting_run_are_set_by_id_or_name_and_only_as_their_type_allows()
    {
        var client = await host.AdministratorAsync();
        var id = await WaitingAsync(client, "route-variables");
        var address = $"/workflow-instances/{id}/variables";

        var set = await client.JsonAsync("POST", address, Values(("v", 7), ("Title", "新题目")));
        var read = await client.JsonAsync("GET", address);
        using var stranger = await client.SendAsync("POST", address, Values(("nothing", 1)));
        using var unfit = await client.SendAsync("POST", address, Values(("v", "seven")));
        using var empty = await client.SendAsync("POST", address, new { });
        using var unknown = await client.SendAsync("POST", "/workflow-instances/nobody/variables", Values(("v", 1)));

        set.ToJsonString().Should().Be(read.ToJsonString());
        Value(read, "Count").Should().Be("7");
        Value(read, "Title").Should().Be("新题目");
        stranger.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await stranger.Content.ReadAsStringAsync()).Should().Contain("nothing");
        unfit.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await unfit.Content.ReadAsStringAsync()).Should().Contain("Count");
        empty.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        unknown.StatusCode.Should().Be(HttpStatusCode.NotFound);

        static object Values(params (string Id, object Value)[] values) =>
            new { variables = values.Select(one => new { id = one.Id, value = one.Value }) };

        static string Value(JsonNode list, string name) =>
            list["items"]!.AsArray().Single(one => one!["name"]!.ToString() == name)!["value"]!.ToString();
    }

    [Fact]
    public async Task Instances_are_listed_by_get_as_by_post()
    {
        var client = await host.AdministratorAsync();
        var id = await WaitingAsync(client, "route-list");
        await WaitingAsync(client, "route-list", save: false);

        var posted = await client.JsonAsync("POST", "/workflow-instances", new
        {
            definitionId = "route-list",
            statuses = new[] { "Running" },
            pageSize = 1,
            orderDirection = "Ascending",
        });
        var got = await client.JsonAsync(
            "GET", "/workflow-instances?definitionId=route-list&statuses=Running&pageSize=1&orderDirection=Ascending");
        var none = await client.JsonAsync("GET", "/workflow-instances?DefinitionIds=nobody&SearchTerm=");
        using var odd = await client.SendAsync("GET", "/workflow-instances?page=first");

        got.ToJsonString().Should().Be(posted.ToJsonString());
        got["items"]!.AsArray().Single()!["id"]!.ToString().Should().Be(id);
        got["totalCount"]!.GetValue<int>().Should().Be(2);
        none["totalCount"]!.GetValue<int>().Should().Be(0);
        odd.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task One_descriptor_and_one_feature_are_read_by_name()
    {
        var client = await host.AdministratorAsync();
        await SaveAsync(client, "route-used", change: model =>
        {
            model["name"] = "RouteUsed";
            model["options"] = new JsonObject { ["usableAsActivity"] = true };
        });
        var all = (await client.JsonAsync("GET", "/descriptors/activities"))["items"]!.AsArray();

        foreach (var name in new[] { "Elsa.If", "RouteUsed" })
        {
            var one = await client.JsonAsync("GET", $"/descriptors/activities/{name}");
            one.ToJsonString().Should()
                .Be(all.Single(item => item!["typeName"]!.ToString() == name)!.ToJsonString(), name);
            var version = one["version"]!.GetValue<int>();
            (await client.JsonAsync("GET", $"/descriptors/activities/{name}?version={version}"))["typeName"]!
                .ToString().Should().Be(name);
            using var other = await client.SendAsync("GET", $"/descriptors/activities/{name}?version=99");
            other.StatusCode.Should().Be(HttpStatusCode.NotFound, name);
        }

        using var unknown = await client.SendAsync("GET", "/descriptors/activities/Elsa.Nothing");
        unknown.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await client.JsonAsync("GET", "/features/installed/Elsa.Resilience"))["fullName"]!.ToString().Should()
            .Be("Elsa.Resilience");
        using var feature = await client.SendAsync("GET", "/features/installed/Elsa.Nothing");
        feature.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_last_line_and_the_number_of_executions_of_an_activity_are_read()
    {
        var client = await host.AdministratorAsync();
        var id = await WaitingAsync(client, "route-line");

        var waiting = await client.JsonAsync("GET", $"/workflow-instances/{id}/journal/Wait1");
        var done = await client.JsonAsync("GET", $"/workflow-instances/{id}/journal/Line1");
        using var never = await client.SendAsync("GET", $"/workflow-instances/{id}/journal/Nothing1");
        using var unknown = await client.SendAsync("GET", "/workflow-instances/nobody/journal/Wait1");

        waiting["eventName"]!.ToString().Should().Be("Started");
        done["eventName"]!.ToString().Should().Be("Completed");
        never.StatusCode.Should().Be(HttpStatusCode.NotFound);
        unknown.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await CountAsync("")).Should().Be(4, "the workflow, its flowchart and two activities");
        (await CountAsync("&activityId=Line1")).Should().Be(1);
        (await CountAsync("&activityId=Line1&completed=true")).Should().Be(1);
        (await CountAsync("&activityId=Wait1&completed=true")).Should().Be(0);

        async Task<int> CountAsync(string more) => (await client.JsonAsync(
            "GET", $"/activity-executions/count?workflowInstanceId={id}{more}"))["count"]!.GetValue<int>();
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task A_file_becomes_a_draft_of_the_workflow_that_the_address_names(string method)
    {
        var client = await host.AdministratorAsync();
        var id = $"route-import-{method}";
        await SaveAsync(client, id);
        var file = ElsaClient.Model("别处来的", [ElsaClient.Activity("End1", "Elsa.End")], null, "somewhere-else");

        var draft = await client.JsonAsync(method, $"/workflow-definitions/{id}/import", file);
        using var broken = await client.SendAsync(method, $"/workflow-definitions/{id}/import", new { name = "无根" });
        using var elsewhere = await client.SendAsync("GET", "/workflow-definitions/somewhere-else");

        (draft["definitionId"]!.ToString(), draft["version"]!.GetValue<int>(), draft["isPublished"]!.GetValue<bool>())
            .Should().Be((id, 2, false));
        broken.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        elsewhere.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Refreshing_and_reloading_compile_anew_and_say_what_is_not_there()
    {
        var client = await host.AdministratorAsync();
        await SaveAsync(client, "route-refresh");

        var some = await client.JsonAsync("POST", "/actions/workflow-definitions/refresh",
            new { definitionIds = new[] { "route-refresh", "nobody" } });
        var all = await client.JsonAsync("POST", "/actions/workflow-definitions/refresh", new { });
        using var reload = await client.SendAsync("POST", "/actions/workflow-definitions/reload");
        using var odd = await client.SendAsync(
            "POST", "/actions/workflow-definitions/refresh", new { definitionIds = 7 });

        some["refreshed"]!.AsArray().Select(id => id!.ToString()).Should().Equal("route-refresh");
        some["notFound"]!.AsArray().Select(id => id!.ToString()).Should().Equal("nobody");
        all["refreshed"]!.AsArray().Select(id => id!.ToString()).Should().Contain("route-refresh");
        reload.StatusCode.Should().Be(HttpStatusCode.OK);
        odd.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await client.JsonAsync("POST", "/workflow-definitions/route-refresh/execute", new { }))["workflowState"]
            .Should().NotBeNull();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Exports_and_retries_are_asked_for_in_both_ways_of_elsa(string method)
    {
        var client = await host.AdministratorAsync();
        var stored = await SaveAsync(client, $"route-both-{method}");
        var run = await WaitingAsync(client, $"route-both-run-{method}");
        var isGet = method == "GET";

        foreach (var (address, query, body) in new (string, string, object)[]
        {
            ("/bulk-actions/export/workflow-definitions", $"?ids={stored["id"]}", new { ids = new[] { stored["id"] } }),
            ("/bulk-actions/export/workflow-instances", $"?ids={run}", new { ids = new[] { run } }),
            ($"/workflow-definitions/route-both-{method}/export", "", new { }),
            ($"/workflow-instances/{run}/export", "", new { }),
        })
        {
            using var file = await client.SendAsync(method, address + (isGet ? query : ""), isGet ? null : body);
            file.StatusCode.Should().Be(HttpStatusCode.OK, address);
            (await file.Content.ReadAsByteArrayAsync()).Should().NotBeEmpty(address);
        }

        using var answer = isGet
            ? await client.SendAsync("GET", $"/alterations/workflows/retry?workflowInstanceIds={run}")
            : await client.SendAsync(
                "POST", "/alterations/workflows/retry", new { workflowInstanceIds = new[] { run } });
        using var none = await client.SendAsync(
            method, "/alterations/workflows/retry", isGet ? null : new { workflowInstanceIds = Array.Empty<string>() });
        var result = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["results"]!.AsArray().Single()!;
        result["workflowInstanceId"]!.ToString().Should().Be(run);
        result["isSuccessful"]!.GetValue<bool>().Should().BeFalse("nothing of it failed");
        none.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Deleting_many_instances_has_both_addresses_of_elsa()
    {
        var client = await host.AdministratorAsync();
        await SaveAsync(client, "route-delete");
        var ids = new List<string>();
        for (var each = 0; each < 2; each++)
        {
            var run = await client.JsonAsync("POST", "/workflow-definitions/route-delete/execute", new { });
            ids.Add(run["workflowState"]!["id"]!.ToString());
        }

        const string Deletes = "/bulk-actions/delete/workflow-instances";
        foreach (var (address, id) in new[] { Deletes, $"{Deletes}/by-id" }.Zip(ids))
        {
            (await client.JsonAsync("POST", address, new { ids = new[] { id, "nobody" } }))["deleted"]!.GetValue<int>()
                .Should().Be(1, address);
        }
    }

    [Fact]
    public async Task An_address_that_is_not_there_and_a_method_that_is_not_are_answered_in_json()
    {
        var client = await host.AdministratorAsync();

        foreach (var (method, path, status) in new[]
        {
            ("GET", "/nothing/of/the/kind", HttpStatusCode.NotFound),
            ("DELETE", "/package/version", HttpStatusCode.MethodNotAllowed),
        })
        {
            using var answer = await client.SendAsync(method, path);
            answer.StatusCode.Should().Be(status, path);
            answer.Content.Headers.ContentType?.MediaType.Should().Be("application/json", path);
            (await answer.Content.ReadFromJsonAsync<JsonObject>())!["message"]!.ToString().Should().NotBeEmpty();
        }
    }

    [Fact]
    public async Task The_description_names_every_address_with_its_permission_and_is_shown_without_anything_foreign()
    {
        var client = await host.AdministratorAsync();

        var document = await client.JsonAsync("GET", "/openapi/elsa.json");
        using var page = await client.SendAsync("GET", "/docs");
        using var script = await client.SendAsync("GET", "/docs/scalar.js");

        var paths = document["paths"]!.AsObject();
        paths.Select(path => path.Key).Should().OnlyContain(path => path.StartsWith("/elsa/api/"));
        paths["/elsa/api/workflow-definitions/{definitionId}/bulk-dispatch"]!["post"]!["description"]!.ToString()
            .Should().Contain("exec:workflow-definitions");
        paths.Count.Should().BeGreaterThan(70);
        page.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("script-src 'self';");
        (await page.Content.ReadAsStringAsync()).Should().NotContain("http", "everything comes from here");
        (await script.Content.ReadAsStringAsync()).Should().Contain("createApiReference");
    }

    private static Task<JsonObject> SaveAsync(ElsaClient client, string id, Action<JsonObject>? change = null) =>
        SaveAsync(client, ElsaClient.Model(
            id, [ElsaClient.Activity("Line1", "Elsa.WriteLine", ("text", ElsaClient.Literal("好")))], null, id), change);

    private static async Task<JsonObject> SaveAsync(ElsaClient client, JsonObject model, Action<JsonObject>? change)
    {
        change?.Invoke(model);
        var saved = await client.JsonAsync("POST", "/workflow-definitions", new { model, publish = true });
        return saved["workflowDefinition"]!.AsObject();
    }

    /// <summary>Starts a run that waits for an event, with two variables.</summary>
    private static async Task<string> WaitingAsync(ElsaClient client, string id, bool save = true)
    {
        if (save)
        {
            var model = ElsaClient.Model(id,
            [
                ElsaClient.Activity("Line1", "Elsa.WriteLine", ("text", ElsaClient.Literal("好"))),
                ElsaClient.Activity("Wait1", "Elsa.Event", ("eventName", ElsaClient.Literal($"{id}-event"))),
            ],
            [
                new JsonObject
                {
                    ["source"] = new JsonObject { ["activity"] = "Line1", ["port"] = "Done" },
                    ["target"] = new JsonObject { ["activity"] = "Wait1", ["port"] = "In" },
                },
            ], id);
            model["variables"] = new JsonArray(
                new JsonObject { ["id"] = "v", ["name"] = "Count", ["typeName"] = "Int32" },
                new JsonObject { ["id"] = "t", ["name"] = "Title", ["typeName"] = "String" });
            await SaveAsync(client, model, null);
        }

        var run = await client.JsonAsync("POST", $"/workflow-definitions/{id}/execute", new { });
        return run["workflowState"]!["id"]!.ToString();
    }
}
