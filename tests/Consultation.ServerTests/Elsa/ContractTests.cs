using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Elsa;

/// <summary>What the designer relies on: names, numbers, headers, and that nothing is lost or overwritten.</summary>
public sealed class ContractTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    private static readonly (string Path, string[] Names)[] Lists =
    [
        ("/descriptors/activities?Refresh=True",
            ["typeName", "version", "category", "displayName", "kind", "inputs", "outputs", "ports", "isBrowsable"]),
        ("/descriptors/expression-descriptors", ["type", "displayName", "isBrowsable", "properties"]),
        ("/descriptors/workflow-activation-strategies", ["typeName", "displayName", "description"]),
        ("/descriptors/incident-strategies", ["typeName", "displayName", "description"]),
        ("/descriptors/log-persistence-strategies", ["typeName", "displayName", "description"]),
        ("/descriptors/storage-drivers", ["typeName", "displayName", "priority", "deprecated"]),
        ("/descriptors/variables", ["typeName", "displayName", "category"]),
        ("/features/installed", ["name", "fullName"]),
        ("/resilience/strategies?category=HTTP",
            ["$type", "id", "displayName", "maxRetryAttempts", "delay", "backoffType", "useJitter"]),
        ("/workflow-definitions?versionOptions=Latest&Page=0&PageSize=2",
            ["id", "definitionId", "name", "version", "isLatest", "isPublished", "createdAt", "isReadonly",
                "isMaterializerAvailable", "links"]),
    ];

    [Fact]
    public async Task Lists_have_the_names_that_the_designer_reads()
    {
        var client = await host.AdministratorAsync();
        foreach (var (path, names) in Lists)
        {
            var items = (await client.JsonAsync("GET", path))["items"]!.AsArray();

            items.Should().NotBeEmpty(path);
            items.Should().OnlyContain(item => names.All(name => item!.AsObject().ContainsKey(name)), path);
        }
    }

    [Fact]
    public async Task Activity_types_are_unique_and_every_hint_is_one_that_the_designer_knows()
    {
        string[] hints =
        [
            "singleline", "multiline", "checkbox", "dropdown", "checklist", "radiolist", "code-editor", "json-editor",
            "expression-editor", "multitext",
            "dictionary", "datetime-picker", "variable-picker", "input-picker", "output-picker", "outcome-picker",
            "type-picker",
            "workflow-definition-picker", "switch-editor", "flow-switch-editor", "http-status-codes",
            "dynamic-outcomes",
        ];
        var client = await host.AdministratorAsync();

        var items = (await client.JsonAsync("GET", "/descriptors/activities"))["items"]!.AsArray();

        items.Select(item => $"{item!["typeName"]} {item["version"]}").Should().OnlyHaveUniqueItems();
        items.SelectMany(item => item!["inputs"]!.AsArray()).Select(input => input!["uiHint"]!.ToString()).Distinct()
            .Should().BeSubsetOf(hints);
    }

    [Fact]
    public async Task Pages_of_the_list_follow_each_other_and_search_narrows_them()
    {
        var client = await host.AdministratorAsync();
        var first = await client.JsonAsync(
            "GET",
            "/workflow-definitions?versionOptions=Published&Page=0&PageSize=2&OrderBy=Name&OrderDirection=Ascending"
                + "&SearchTerm=");
        var second = await client.JsonAsync(
            "GET",
            "/workflow-definitions?versionOptions=Published&Page=1&PageSize=2&OrderBy=Name&OrderDirection=Ascending");
        var found = await client.JsonAsync(
            "GET", "/workflow-definitions?versionOptions=Latest&SearchTerm=six-step&IsSystem=False");

        Ids(first).Should().HaveCount(2).And.NotIntersectWith(Ids(second));
        first["totalCount"]!.GetValue<int>().Should().BeGreaterThanOrEqualTo(6);
        Ids(found).Should().Equal("six-step-procedure");
        first["links"]!.AsArray().Select(link => link!["rel"]!.ToString()).Should().Contain("bulk-publish");
    }

    [Theory]
    [InlineData("Latest", 200)]
    [InlineData("Published", 200)]
    [InlineData("LatestOrPublished", 200)]
    [InlineData("1", 200)]
    [InlineData("", 200)]
    [InlineData("99", 404)]
    [InlineData("Newest", 400)]
    public async Task Version_options_choose_the_version(string options, int status)
    {
        var client = await host.AdministratorAsync();

        using var answer = await client.SendAsync(
            "GET", $"/workflow-definitions/by-definition-id/six-step-procedure?versionOptions={options}");

        ((int)answer.StatusCode).Should().Be(status);
    }

    [Fact]
    public async Task Opening_everything_writes_nothing()
    {
        var client = await host.AdministratorAsync();
        var before = await client.JsonAsync("GET", "/workflow-definitions?versionOptions=AllVersions");
        using var once = await client.SendAsync("GET", "/workflow-definitions/by-definition-id/six-step-procedure");
        foreach (var path in new[]
        {
            "/workflow-definitions/six-step-procedure/versions", "/workflow-definitions/six-step-procedure/consumers",
            "/workflow-definitions/intake-and-eligibility/export?includeConsumingWorkflows=True",
            "/descriptors/activities?Refresh=True",
        })
        {
            (await client.SendAsync("GET", path)).Dispose();
        }

        using var again = await client.SendAsync("GET", "/workflow-definitions/by-definition-id/six-step-procedure");
        var after = await client.JsonAsync("GET", "/workflow-definitions?versionOptions=AllVersions");

        again.Headers.ETag.Should().Be(once.Headers.ETag);
        after.ToJsonString().Should().Be(before.ToJsonString());
    }

    [Fact]
    public async Task A_draft_is_overwritten_a_published_version_is_followed_by_a_new_one()
    {
        var client = await host.AdministratorAsync();
        var first = await client.SaveAsync("版本规则", [ElsaClient.Activity("End1", "Elsa.End")]);
        var definitionId = first["definitionId"]!.ToString();
        var second = await client.SaveAsync(
            "版本规则二", [ElsaClient.Activity("End1", "Elsa.End")], publish: true, definitionId: definitionId);
        var third =
            await client.SaveAsync("版本规则三", [ElsaClient.Activity("End1", "Elsa.End")], definitionId: definitionId);
        var back = await client.JsonAsync("POST", $"/workflow-definitions/{definitionId}/revert/1");

        (first["id"]!.ToString() == second["id"]!.ToString()).Should().BeTrue("a draft keeps its id");
        (second["version"]!.GetValue<int>(), second["isPublished"]!.GetValue<bool>()).Should().Be((1, true));
        (third["version"]!.GetValue<int>(), third["isPublished"]!.GetValue<bool>()).Should().Be((2, false));
        third["root"]!["activities"]![0]!["nodeId"]!.ToString().Should().Be("Workflow1:Flow:End1");
        third["links"]!.AsArray().Select(link => link!["rel"]!.ToString()).Should().Contain("publish");
        back["version"]!.GetValue<int>().Should().Be(2, "the draft takes the old version's content");
        (await client.JsonAsync("GET", $"/workflow-definitions/by-id/{back["id"]}"))["name"]!.ToString().Should()
            .Be("版本规则二");
    }

    [Fact]
    public async Task The_second_of_two_saves_gets_a_conflict_and_overwrites_nothing()
    {
        var client = await host.AdministratorAsync();
        var first = await client.SaveAsync("两人同改", [ElsaClient.Activity("End1", "Elsa.End")]);
        var id = first["definitionId"]!.ToString();
        using var opened = await client.SendAsync("GET", $"/workflow-definitions/by-definition-id/{id}");
        var seen = opened.Headers.ETag!;
        await client.SaveAsync("先保存的", [ElsaClient.Activity("End1", "Elsa.End")], definitionId: id);

        using var late = await client.SendAsync(
            "POST", "/workflow-definitions", new { model = ElsaClient.Model("后保存的", [], null, id), publish = false },
            headers => headers.IfMatch.Add(seen));

        late.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await late.Content.ReadAsStringAsync()).Should().Contain("sample-admin").And.Contain("没有覆盖");
        (await client.JsonAsync("GET", $"/workflow-definitions/by-definition-id/{id}"))["name"]!.ToString().Should()
            .Be("先保存的");
    }

    [Fact]
    public async Task Unknown_properties_and_unknown_activities_survive()
    {
        var client = await host.AdministratorAsync();
        var odd = new JsonObject
        {
            ["id"] = "Odd1",
            ["type"] = "Other.Unknown",
            ["version"] = 3,
            ["ourOwn"] = new JsonObject { ["__proto__"] = "x", ["constructor"] = 1.5e300 },
            ["metadata"] = new JsonObject { ["displayText"] = "<img src=x onerror=alert(1)>" },
        };
        var saved = await client.SaveAsync("<script>alert(1)</script>", [odd.DeepClone()]);

        var read = await client.JsonAsync("GET", $"/workflow-definitions/by-definition-id/{saved["definitionId"]}");

        var activity = read["root"]!["activities"]![0]!;
        activity["ourOwn"]!.ToJsonString().Should().Be(odd["ourOwn"]!.ToJsonString());
        activity["metadata"]!["displayText"]!.ToString().Should().Be("<img src=x onerror=alert(1)>");
        read["name"]!.ToString().Should().Be("<script>alert(1)</script>");
    }

    [Fact]
    public async Task Export_and_import_lose_nothing()
    {
        var client = await host.AdministratorAsync();
        using var file =
            await client.SendAsync("GET", "/workflow-definitions/topic-gate/export?versionOptions=Published");
        var text = await file.Content.ReadAsStringAsync();
        var model = JsonNode.Parse(text)!.AsObject();
        model["definitionId"] = "topic-gate-copy";

        var imported = await client.JsonAsync("POST", "/workflow-definitions/import", model);
        using var zip = await client.SendAsync(
            "POST", "/bulk-actions/export/workflow-definitions", new { ids = new[] { imported["id"]!.ToString() } });
        using var archive = new ZipArchive(await zip.Content.ReadAsStreamAsync());

        file.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        text.Should().StartWith("{\n").And.Contain("$schema");
        imported["root"]!["activities"]!.AsArray().Count.Should().Be(model["root"]!["activities"]!.AsArray().Count);
        zip.Content.Headers.ContentDisposition!.FileName.Should().Contain("workflow-definitions.zip");
        archive.Entries.Should().ContainSingle().Which.FullName.Should().StartWith("workflow-definition-");
    }

    [Fact]
    public async Task A_run_is_listed_with_journal_variables_and_executions()
    {
        var client = await host.AdministratorAsync();
        var saved = await client.SaveAsync(
            "试运行", [ElsaClient.Activity("Line1", "Elsa.WriteLine", ("text", ElsaClient.JavaScript("'1+1=' + (1+1)")))]);
        using var run = await client.SendAsync(
            "POST", $"/workflow-definitions/{saved["definitionId"]}/execute", new
            {
                versionOptions = "Latest",
                input = (object?)null,
            });
        var id = run.Headers.GetValues("x-elsa-workflow-instance-id").Single();

        var listed = await client.JsonAsync(
            "POST", "/workflow-instances", new
            {
                page = 0,
                pageSize = 5,
                definitionId = saved["definitionId"]!.ToString(),
            });
        var journal = await client.JsonAsync(
            "POST", $"/workflow-instances/{id}/journal?skip=0&take=110", new { filter = (object?)null });
        var executions = await client.JsonAsync(
            "GET", $"/activity-executions/list?WorkflowInstanceId={id}&ActivityNodeId=Workflow1%3AFlow%3ALine1");
        var report = await client.JsonAsync(
            "POST", "/activity-executions/report", new
            {
                workflowInstanceId = id,
                activityNodeIds = new[] { "Workflow1:Flow:Line1" },
            });
        var state = await client.JsonAsync("GET", $"/workflow-instances/{id}/execution-state");
        var full = await client.JsonAsync("GET", $"/workflow-instances/{id}");

        listed["items"]![0]!["id"]!.ToString().Should().Be(id);
        journal["items"]!.AsArray().Select(line => line!["eventName"]!.ToString()).Should()
            .Contain("Started").And.Contain("Completed");
        executions["items"]![0]!["activityState"]!["Text"]!.ToString().Should().Be("1+1=2");
        report["stats"]![0]!["completedCount"]!.GetValue<int>().Should().Be(1);
        state["status"]!.ToString().Should().Be("Finished");
        full["workflowState"]!.AsObject().Should()
            .ContainKeys("incidents", "input", "output", "activityExecutionContexts");
        (await client.JsonAsync("GET", $"/workflow-instances/{id}/variables"))["items"].Should().NotBeNull();
    }

    [Fact]
    public async Task One_activity_is_tried_without_leaving_a_trace()
    {
        var client = await host.AdministratorAsync();
        var saved = await client.SaveAsync(
            "单个测试", [ElsaClient.Activity("Line1", "Elsa.WriteLine", ("text", ElsaClient.JavaScript("'x'.repeat(3)")))]);
        var before = (await client.JsonAsync("POST", "/workflow-instances", new { }))["totalCount"]!.GetValue<int>();

        var tried = await client.JsonAsync("POST", "/tests/activities", new
        {
            workflowDefinitionHandle = new { definitionVersionId = saved["id"]!.ToString() },
            activityHandle = new { activityNodeId = "Workflow1:Flow:Line1" },
        });

        tried["status"]!.ToString().Should().Be("Completed");
        tried["activityState"]!["Text"]!.ToString().Should().Be("xxx");
        (await client.JsonAsync("POST", "/workflow-instances", new { }))["totalCount"]!.GetValue<int>().Should()
            .Be(before);
    }

    [Fact]
    public async Task All_that_match_are_cancelled_at_once()
    {
        var client = await host.AdministratorAsync();
        var saved = await client.SaveAsync(
            "等待事件", [ElsaClient.Activity("Event1", "Elsa.Event", ("eventName", ElsaClient.Literal("never")))]);
        var id = saved["definitionId"]!.ToString();
        (await client.SendAsync("POST", $"/workflow-definitions/{id}/execute", new { versionOptions = "Latest" }))
            .Dispose();

        var done = await client.JsonAsync(
            "POST", "/alterations/submit", new
            {
                alterations = new[] { new { type = "Cancel" } },
                filter = new { definitionIds = new[] { id } },
            });

        done["cancelled"]!.GetValue<int>().Should().Be(1);
        (await client.JsonAsync("POST", "/workflow-instances", new { definitionId = id }))["items"]![0]![
            "subStatus"]!.ToString()
            .Should().Be("Cancelled");
    }

    private static string[] Ids(JsonNode list) =>
        [.. list["items"]!.AsArray().Select(item => item!["definitionId"]!.ToString())];
}
