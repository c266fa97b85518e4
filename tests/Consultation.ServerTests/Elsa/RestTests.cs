using System.Net;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Elsa;

/// <summary>The rarer addresses of the contract, each with what its caller relies on.</summary>
public sealed class RestTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    [Fact]
    public async Task Empty_parameters_of_a_query_count_as_absent()
    {
        var client = await host.AdministratorAsync();

        var all = await client.JsonAsync("GET", "/workflow-definitions");
        var empty = await client.JsonAsync(
            "GET",
            "/workflow-definitions?versionOptions=&Page=&PageSize=&SearchTerm=&IsSystem=&OrderBy=&OrderDirection="
                + "&materializer=");
        var mixed = await client.JsonAsync(
            "GET", "/workflow-definitions?VERSIONOPTIONS=latest&pagesize=1&PAGE=0&isSystem=False&ids=");

        empty["totalCount"]!.GetValue<int>().Should().Be(all["totalCount"]!.GetValue<int>());
        empty["items"]!.AsArray().Should()
            .HaveCount(all["totalCount"]!.GetValue<int>(), "without a page everything is listed");
        mixed["items"]!.AsArray().Should().ContainSingle();
    }

    [Fact]
    public async Task Several_versions_are_read_counted_and_listed()
    {
        var client = await host.AdministratorAsync();
        var first = await SaveAsync(client, "rest-many", publish: true);
        var second = await SaveAsync(client, "rest-many");

        var many = await client.JsonAsync(
            "GET", $"/workflow-definitions/many-by-id?ids={first["id"]}&ids={second["id"]}&ids=unknown");
        var versions = await client.JsonAsync("GET", "/workflow-definitions/rest-many/versions");
        var latest = await client.JsonAsync("GET", "/workflow-definitions?versionOptions=Latest");
        var count = await client.JsonAsync("GET", "/workflow-definitions/query/count");

        many["count"]!.GetValue<int>().Should().Be(2);
        many["items"]!.AsArray().Should().OnlyContain(item => item!["root"] != null && item["links"] != null);
        versions["items"]!.AsArray().Select(item => item!["version"]!.GetValue<int>()).Should().BeEquivalentTo([1, 2]);
        count["count"]!.GetValue<int>().Should().Be(latest["totalCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_name_is_taken_by_others_but_not_by_the_workflow_itself()
    {
        var client = await host.AdministratorAsync();
        await SaveAsync(client, "rest-name", name: "独一无二的名字");

        (await UniqueAsync("独一无二的名字")).Should().BeFalse();
        (await UniqueAsync("独一无二的名字&definitionId=rest-name")).Should().BeTrue();
        (await UniqueAsync("独一无二")).Should().BeTrue("a part of a name is another name");

        async Task<bool> UniqueAsync(string query) =>
            (await client.JsonAsync("GET", $"/workflow-definitions/validation/is-name-unique?name={query}"))[
                "isUnique"]!.GetValue<bool>();
    }

    [Fact]
    public async Task Versions_are_deleted_one_by_one_by_number_and_many_at_once_but_not_under_an_instance()
    {
        var client = await host.AdministratorAsync();
        var versions = new List<JsonObject>();
        for (var version = 0; version < 5; version++)
        {
            versions.Add(await SaveAsync(client, "rest-versions", publish: version < 4));
        }
        using var run =
            await client.SendAsync("POST", "/workflow-definitions/rest-versions/execute", new { versionOptions = "4" });

        using var one = await client.SendAsync("DELETE", $"/workflow-definition-versions/{versions[0]["id"]}");
        using var numbered = await client.SendAsync("DELETE", "/workflow-definitions/rest-versions/version/2");
        using var gone = await client.SendAsync("DELETE", $"/workflow-definition-versions/{versions[0]["id"]}");
        var many = await client.JsonAsync(
            "POST", "/bulk-actions/delete/workflow-definitions/by-id", new { ids = new[] { Id(2), Id(3), "unknown" } });

        one.StatusCode.Should().Be(HttpStatusCode.NoContent);
        numbered.StatusCode.Should().Be(HttpStatusCode.NoContent);
        gone.StatusCode.Should().Be(HttpStatusCode.NoContent, "what is gone is gone");
        many["deleted"]!.GetValue<int>().Should().Be(2);
        (await client.SendAsync("GET", $"/workflow-definitions/by-id/{Id(2)}")).StatusCode.Should()
            .Be(HttpStatusCode.NotFound);
        (await client.JsonAsync("GET", $"/workflow-definitions/by-id/{Id(3)}"))["version"]!.GetValue<int>()
            .Should().Be(4, "its instance can still be looked at");

        string Id(int at) => versions[at]["id"]!.ToString();
    }

    [Fact]
    public async Task Going_back_answers_the_new_draft_as_a_summary()
    {
        var client = await host.AdministratorAsync();
        var first = await SaveAsync(client, "rest-revert", publish: true, name: "原来的");
        await SaveAsync(client, "rest-revert", publish: true, name: "后来的");

        var draft = await client.JsonAsync("POST", "/workflow-definitions/rest-revert/revert/1");
        using var unknown = await client.SendAsync("POST", "/workflow-definitions/rest-revert/revert/99");

        draft["name"]!.ToString().Should().Be("原来的");
        draft["id"]!.ToString().Should().NotBe(first["id"]!.ToString());
        (draft["version"]!.GetValue<int>(), draft["isLatest"]!.GetValue<bool>(), draft["isPublished"]!.GetValue<bool>())
            .Should().Be((3, true, false));
        draft.AsObject().Should().ContainKeys("createdAt", "toolVersion", "materializerName", "isReadonly", "links");
        unknown.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_not_published_cannot_be_retracted()
    {
        var client = await host.AdministratorAsync();
        await SaveAsync(client, "rest-retract", publish: true);

        var retracted = await client.JsonAsync("POST", "/workflow-definitions/rest-retract/retract", new { });
        using var again = await client.SendAsync("POST", "/workflow-definitions/rest-retract/retract", new { });
        var many = await client.JsonAsync(
            "POST", "/bulk-actions/retract/workflow-definitions/by-definition-ids", new
            {
                definitionIds = new[] { "rest-retract", "rest-nothing" },
            });

        retracted["isPublished"]!.GetValue<bool>().Should().BeFalse();
        retracted["root"].Should().NotBeNull("the designer shows what is answered");
        again.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        many["alreadyRetracted"]!.AsArray().Select(id => id!.ToString()).Should().Equal("rest-retract");
        many["notFound"]!.AsArray().Select(id => id!.ToString()).Should().Equal("rest-nothing");
    }

    [Fact]
    public async Task Inner_nodes_are_found_with_the_way_to_them()
    {
        var client = await host.AdministratorAsync();
        var inner = ElsaClient.Activity("Line1", "Elsa.WriteLine", ("text", ElsaClient.Literal("里面")));
        var choice = ElsaClient.Activity("If1", "Elsa.If", ("condition", ElsaClient.JavaScript("true")));
        choice["then"] = inner;
        var saved = await client.SaveAsync("里外两层", [choice], definitionId: "rest-tree");
        const string Child = "Workflow1:Flow:If1:Line1";

        var tree = await client.JsonAsync(
            "GET",
            $"/workflow-definitions/subgraph/{saved["id"]}"
                + $"?parentNodeId={Uri.EscapeDataString("Workflow1:Flow:If1")}");
        var whole = await client.JsonAsync("GET", $"/workflow-definitions/subgraph/{saved["id"]}");
        var way = await client.JsonAsync(
            "GET", $"/workflow-definitions/subgraph/segments/{saved["id"]}?childNodeId={Uri.EscapeDataString(Child)}");
        using var nowhere = await client.SendAsync(
            "GET", $"/workflow-definitions/subgraph/segments/{saved["id"]}?childNodeId=Workflow1:Gone");

        tree["activity"]!["id"]!.ToString().Should().Be("If1");
        tree["children"]![0]!["nodeId"]!.ToString().Should().Be(Child);
        tree["activity"]!["then"]!["nodeId"]!.ToString().Should().Be(Child);
        tree["children"]![0]!["port"]!.ToString().Should().Be("Then");
        whole["port"]!.ToString().Should().Be("Root");
        way["childNode"]!["nodeId"]!.ToString().Should().Be(Child);
        way["container"]!["nodeId"]!.ToString().Should().Be("Workflow1:Flow:If1");
        way["pathSegments"]!.AsArray().Select(one => one!["activityId"]!.ToString()).Should().Equal("If1");
        way["pathSegments"]![0]!["portName"]!.ToString().Should().Be("Then");
        nowhere.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_run_is_dispatched_under_the_id_that_was_asked_for_and_refused_twice()
    {
        var client = await host.AdministratorAsync();
        await SaveAsync(client, "rest-dispatch", publish: true);
        var id = Guid.NewGuid().ToString("N");

        using var first = await client.SendAsync("POST", "/workflow-definitions/rest-dispatch/dispatch",
            new { instanceId = id, correlationId = "dispatched" });
        using var noSuch = await client.SendAsync("POST", "/workflow-definitions/rest-nothing/dispatch", new { });
        using var noVersion = await client.SendAsync(
            "POST", "/workflow-definitions/rest-dispatch/dispatch", new { versionOptions = "Newest" });

        first.Headers.GetValues("x-elsa-workflow-instance-id").Should().Equal(id);
        JsonNode.Parse(await first.Content.ReadAsStringAsync())!["workflowInstanceId"]!.ToString().Should().Be(id);
        (await client.JsonAsync("GET", $"/workflow-instances/{id}"))["correlationId"]!.ToString().Should()
            .Be("dispatched");
        noSuch.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        noVersion.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_singleton_that_runs_already_says_so_in_the_header_that_the_designer_reads()
    {
        var client = await host.AdministratorAsync();
        var model = ElsaClient.Model(
            "只许一个", [ElsaClient.Activity("Wait1", "Elsa.Event", ("eventName", ElsaClient.Literal("never")))], null,
            "rest-singleton");
        model["options"] = new JsonObject
        {
            ["activationStrategyType"] =
                "Elsa.Workflows.Runtime.ActivationValidators.SingletonStrategy, Elsa.Workflows.Runtime",
        };
        await client.JsonAsync("POST", "/workflow-definitions", new { model, publish = true });
        (await client.SendAsync("POST", "/workflow-definitions/rest-singleton/execute", new { })).Headers.Contains(
            "x-elsa-workflow-instance-id")
            .Should().BeTrue();

        using var second = await client.SendAsync("POST", "/workflow-definitions/rest-singleton/execute", new { });

        second.StatusCode.Should().Be(HttpStatusCode.OK);
        second.Headers.GetValues("x-elsa-workflow-cannot-start").Should().Equal("true");
        second.Headers.Contains("x-elsa-workflow-instance-id").Should().BeFalse();
    }

    [Fact]
    public async Task Instances_are_cancelled_together_only_where_they_are_meant()
    {
        var client = await host.AdministratorAsync();
        var wait = ElsaClient.Activity("Wait1", "Elsa.Event", ("eventName", ElsaClient.Literal("never")));
        await client.SaveAsync("成批取消", [wait.DeepClone()], publish: true, definitionId: "rest-cancel");
        var older = await StartAsync("Published");
        var draft = await client.SaveAsync("成批取消二", [wait.DeepClone()], definitionId: "rest-cancel");
        var newer = await StartAsync("Latest");
        var another = await StartAsync("Latest");

        (await CancelAsync(new { })).Should().Be(0, "nothing named is nothing meant");
        (await CancelAsync(new { definitionId = "rest-cancel", versionOptions = "Published" })).Should().Be(1);
        (await SubStatusAsync(older)).Should().Be("Cancelled");
        (await SubStatusAsync(newer)).Should().Be("Suspended");
        (await CancelAsync(new { ids = new[] { newer } })).Should().Be(1);
        (await CancelAsync(new { definitionVersionId = draft["id"]!.ToString() })).Should().Be(1);
        (await SubStatusAsync(another)).Should().Be("Cancelled");
        using var wrong = await client.SendAsync("POST", "/bulk-actions/cancel/workflow-instances",
            new { definitionId = "rest-cancel", versionOptions = "Newest" });
        wrong.StatusCode.Should().Be(HttpStatusCode.BadRequest);

        async Task<int> CancelAsync(object body) =>
            (await client.JsonAsync("POST", "/bulk-actions/cancel/workflow-instances", body))[
                "cancelled"]!.GetValue<int>();

        async Task<string> StartAsync(string versions)
        {
            using var run = await client.SendAsync(
                "POST", "/workflow-definitions/rest-cancel/execute", new { versionOptions = versions });
            return run.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        }

        async Task<string> SubStatusAsync(string id) =>
            (await client.JsonAsync("GET", $"/workflow-instances/{id}/execution-state"))["subStatus"]!.ToString();
    }

    [Fact]
    public async Task Instances_are_found_by_every_filter_that_the_list_has()
    {
        var client = await host.AdministratorAsync();
        await SaveAsync(client, "rest-filters", publish: true);
        using var run = await client.SendAsync(
            "POST", "/workflow-definitions/rest-filters/execute", new { correlationId = "filter-me" });
        var id = run.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        var one = (await ListAsync(new { searchTerm = id })).Single()!;
        var created = one["createdAt"]!.ToString();

        one.AsObject().Should().ContainKeys(
            "id", "definitionId", "definitionVersionId", "version", "status", "subStatus", "correlationId", "name",
            "incidentCount", "isSystem", "createdAt", "updatedAt",
            "finishedAt", "parentWorkflowInstanceId", "isExecuting");
        foreach (var filter in new object[]
        {
            new { definitionId = "rest-filters" },
                new { definitionIds = new[] { "rest-filters" }, page = 0, pageSize = 1 }, new
                {
                    correlationId = "filter-me",
                },
            new { definitionId = "rest-filters", version = 1 }, new
            {
                definitionId = "rest-filters",
                hasIncidents = false,
                isSystem = false,
            },
            new { definitionId = "rest-filters", status = "Finished", subStatus = "Finished" },
            new
            {
                definitionId = "rest-filters",
                statuses = new[] { "Running", "Finished" },
                subStatuses = new[] { "Finished" },
            },
            new
            {
                definitionId = "rest-filters",
                timestampFilters = new[] { new { column = "CreatedAt", @operator = "Is", timestamp = created } },
            },
            new { definitionId = "rest-filters", orderBy = "LastExecuted", orderDirection = "Ascending" },
        })
        {
            (await ListAsync(filter)).Select(item => item!["id"]!.ToString()).Should().Equal([id], filter.ToString());
        }

        foreach (var filter in new object[]
        {
            new { definitionId = "rest-filters", version = 2 },
                new { definitionId = "rest-filters", hasIncidents = true }, new
                {
                    definitionId = "rest-filters",
                    status = "Running",
                },
            new { definitionId = "rest-filters", page = 1, pageSize = 1 },
            new
            {
                definitionId = "rest-filters",
                timestampFilters = new[] { new { column = "CreatedAt", @operator = "LessThan", timestamp = created } },
            },
        })
        {
            (await ListAsync(filter)).Should().BeEmpty(filter.ToString());
        }

        async Task<JsonArray> ListAsync(object filter) =>
            (await client.JsonAsync("POST", "/workflow-instances", filter))["items"]!.AsArray();
    }

    [Fact]
    public async Task The_call_stack_begins_at_the_workflow_and_ends_at_the_activity()
    {
        var client = await host.AdministratorAsync();
        await SaveAsync(client, "rest-stack", publish: true);
        using var run = await client.SendAsync("POST", "/workflow-definitions/rest-stack/execute", new { });
        var id = run.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        var executions =
            (await client.JsonAsync("GET", $"/activity-executions/list?WorkflowInstanceId={id}"))["items"]!.AsArray();
        var line = executions.Single(one => one!["activityId"]!.ToString() == "Line1")!["id"]!.ToString();

        var stack = await client.JsonAsync(
            "GET", $"/activity-executions/{line}/call-stack?includeCrossWorkflowChain=True&skip=0&take=100");
        var summaries = await client.JsonAsync(
            "GET",
            $"/activity-execution-summaries/list?WorkflowInstanceId={id}&ActivityNodeId=Workflow1%3AFlow%3ALine1");

        stack["activityExecutionId"]!.ToString().Should().Be(line);
        stack["totalCount"]!.GetValue<int>().Should().Be(stack["items"]!.AsArray().Count);
        stack["items"]!.AsArray()[0]!["callStackDepth"]!.GetValue<int>().Should().Be(0);
        stack["items"]!.AsArray()[^1]!["id"]!.ToString().Should().Be(line);
        summaries["items"]![0]!["id"]!.ToString().Should().Be(line);
        summaries["items"]![0]!.AsObject().Should().NotContainKey("activityState");
    }

    [Fact]
    public async Task The_script_editor_learns_the_variables_and_inputs_of_the_workflow()
    {
        var client = await host.AdministratorAsync();
        var model = ElsaClient.Model("有变量", [ElsaClient.Activity("End1", "Elsa.End")], null, "rest-script");
        model["variables"] =
            new JsonArray(new JsonObject { ["id"] = "v", ["name"] = "Visits", ["typeName"] = "Int32" });
        model["inputs"] = new JsonArray(new JsonObject { ["name"] = "Desk", ["type"] = "String" });
        await client.JsonAsync("POST", "/workflow-definitions", new { model, publish = false });

        using var answer = await client.SendAsync(
            "POST", "/scripting/javascript/type-definitions/rest-script", new
            {
                workflowDefinitionId = "rest-script",
                activityTypeName = "Elsa.WriteLine",
                propertyName = "Text",
            });

        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        (await answer.Content.ReadAsStringAsync()).Should()
            .Contain("declare function getVisits(): number;").And.Contain("Desk: string;");
    }

    [Fact]
    public async Task Lists_without_a_choice_are_empty_and_the_version_is_that_of_the_designer()
    {
        var client = await host.AdministratorAsync();
        foreach (var path in new[]
        {
            "/descriptors/commit-strategies/workflows", "/descriptors/commit-strategies/activities",
                "/descriptors/output-converters?sourceType=String&destinationType=Int32",
        })
        {
            var list = await client.JsonAsync("GET", path);
            list["items"]!.AsArray().Should().BeEmpty(path);
            list["count"]!.GetValue<int>().Should().Be(0);
        }

        (await client.JsonAsync("GET", "/package/version"))["packageVersion"]!.ToString().Should().Be("3.8.2");
    }

    private static Task<JsonObject> SaveAsync(
        ElsaClient client, string id, bool publish = false, string? name = null) => client.SaveAsync(
        name ?? id, [ElsaClient.Activity("Line1", "Elsa.WriteLine", ("text", ElsaClient.Literal("好")))],
        publish: publish, definitionId: id);
}
