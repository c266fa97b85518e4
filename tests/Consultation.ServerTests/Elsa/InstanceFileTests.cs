using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Elsa;

/// <summary>Instances as files: what comes in again is whole, to be read, and never acts.</summary>
public sealed class InstanceFileTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    private const string Import = "/bulk-actions/import/workflow-instances";

    [Fact]
    public async Task An_instance_that_left_as_a_file_comes_back_with_journal_variables_and_incidents()
    {
        var client = await host.AdministratorAsync();
        var id = await StartAsync(client, "file-faulted", "出错的运行");
        var before = await ReadAsync(client, id);
        var file = await ExportAsync(client, id);
        (await client.SendAsync("DELETE", $"/workflow-instances/{id}")).StatusCode.Should()
            .Be(HttpStatusCode.NoContent);

        var answer = await client.JsonAsync("POST", Import, Files(("one.json", file)));

        answer["count"]!.GetValue<int>().Should().Be(1);
        var after = await ReadAsync(client, id);
        before.Variables.Should().Contain("你好");
        after.Variables.Should().Be(before.Variables);
        after.Executions.Should().Be(before.Executions);
        after.Lines[..^1].Should().Equal(before.Lines);
        after.Lines[^1].Should().Contain("Imported").And.Contain("sample-admin").And.Contain("Faulted");
        var state = await client.JsonAsync("GET", $"/workflow-instances/{id}");
        state["incidentCount"]!.GetValue<int>().Should().Be(1);
        state["workflowState"]!["incidents"]![0]!["message"]!.ToString().Should().Contain("坏了");
        state["workflowState"]!["incidents"]![0]!["activityNodeId"]!.ToString().Should().Be("Workflow1:Flow:Bad1");
        (await ListedAsync(client, id))!["subStatus"]!.ToString().Should().Be("Cancelled");
    }

    [Fact]
    public async Task A_file_of_a_file_is_the_same_file_but_for_the_note_that_it_was_brought_in()
    {
        var client = await host.AdministratorAsync();
        var id = await StartAsync(client, "file-again", "一再导出", fails: false, waits: false);
        var first = JsonNode.Parse(await ExportAsync(client, id))!;
        await DeleteAndImportAsync(client, id, first);

        var second = JsonNode.Parse(await ExportAsync(client, id))!;

        second["WorkflowState"]!["properties"]!["Import"]!["SubStatus"]!.ToString().Should().Be("Finished");
        second["WorkflowState"]!["properties"]!.AsObject().Remove("Import");
        second["WorkflowExecutionLogRecords"]!.AsArray()
            .RemoveAt(second["WorkflowExecutionLogRecords"]!.AsArray().Count - 1);
        second["WorkflowState"]!["executionLogSequence"] = first["WorkflowState"]!["executionLogSequence"]!.DeepClone();
        second.ToJsonString().Should().Be(first.ToJsonString());
    }

    [Fact]
    public async Task An_imported_instance_is_not_woken_retried_or_cancelled_and_can_be_deleted()
    {
        var client = await host.AdministratorAsync();
        var waiting = await StartAsync(client, "file-waiting", "等候的运行", fails: false);
        var faulted = await StartAsync(client, "file-faulted-two", "出错的运行");
        foreach (var id in new[] { waiting, faulted })
        {
            var file = JsonNode.Parse(await ExportAsync(client, id))!;
            (await client.SendAsync("POST", $"/cancel/workflow-instances/{id}")).Dispose();
            await DeleteAndImportAsync(client, id, file);
            var imported = (await client.JsonAsync("GET", $"/workflow-instances/{id}")).ToJsonString();

            using var retried = await client.SendAsync("POST", $"/retry/workflow-instances/{id}");
            using var cancelled = await client.SendAsync("POST", $"/cancel/workflow-instances/{id}");
            var told = await client.JsonAsync("POST", "/events/file-waiting/trigger", new { });

            retried.StatusCode.Should().Be(HttpStatusCode.BadRequest);
            cancelled.StatusCode.Should().Be(HttpStatusCode.OK, "what is over stays as it is");
            told["receivers"]!.GetValue<int>().Should().Be(0);
            (await client.JsonAsync("GET", $"/workflow-instances/{id}")).ToJsonString().Should().Be(imported);
            (await client.SendAsync("DELETE", $"/workflow-instances/{id}")).StatusCode.Should()
                .Be(HttpStatusCode.NoContent);
            (await ListedAsync(client, id)).Should().BeNull();
        }
    }

    [Fact]
    public async Task A_file_cannot_put_an_instance_into_a_case_or_below_another_run()
    {
        var client = await host.AdministratorAsync();
        var id = await StartAsync(client, "file-of-case", "协商事项的运行", fails: false, waits: false);
        var file = JsonNode.Parse(await ExportAsync(client, id))!;
        var theCase = Guid.NewGuid().ToString("N");
        file["WorkflowState"]!["correlationId"] = theCase;
        file["WorkflowState"]!["parentWorkflowInstanceId"] = "a-run-of-the-case";
        file["WorkflowState"]!["isSystem"] = true;
        file["WorkflowState"]!["bookmarks"] =
            new JsonArray(new JsonObject { ["id"] = "b", ["hash"] = "0", ["name"] = "Elsa.Event" });

        await DeleteAndImportAsync(client, id, file);

        var read = await client.JsonAsync("GET", $"/workflow-instances/{id}");
        read["correlationId"].Should().BeNull();
        read["parentWorkflowInstanceId"].Should().BeNull();
        read["isSystem"]!.GetValue<bool>().Should().BeFalse();
        read["workflowState"]!["bookmarks"]!.AsArray().Should().BeEmpty();
        read["workflowState"]!["properties"]!["Import"]!["CorrelationId"]!.ToString().Should()
            .Be(theCase, "where it came from stays readable");
    }

    [Fact]
    public async Task A_file_of_an_Elsa_server_is_read_too()
    {
        var client = await host.AdministratorAsync();
        var saved = await client.SaveAsync(
            "来自别处", [ElsaClient.Activity("Line1", "Elsa.WriteLine", ("text", ElsaClient.Literal("好")))],
            definitionId: "file-elsa");
        const string Id = "8c2f41d0a9b37e65";
        var line = """
            {"id":"l1","workflowInstanceId":"8c2f41d0a9b37e65","activityInstanceId":"aaaa1111bbbb2222",
             "activityId":"Line1","activityType":"Elsa.WriteLine","activityTypeVersion":1,
             "activityNodeId":"Workflow1:Flow:Line1","timestamp":"2026-01-02T03:04:05+00:00","sequence":7,
             "eventName":"Completed","payload":{"x":1e400}}
            """;
        var execution = """
            {"id":"aaaa1111bbbb2222","workflowInstanceId":"8c2f41d0a9b37e65","activityId":"Line1",
             "activityNodeId":"Workflow1:Flow:Line1","activityType":"Elsa.WriteLine","activityTypeVersion":1,
             "activityState":{"Text":"好"},"payload":{"Outcomes":["Done"]},"startedAt":"2026-01-02T03:04:05+08:00",
             "status":"completed","exception":null}
            """;
        var state = $$$"""
            {"id":"{{{Id}}}","definitionId":"file-elsa","definitionVersionId":"unknown-here",
             "definitionVersion":{{{saved["version"]}}},"status":"finished","subStatus":"finished",
             "createdAt":"2026-01-02T03:04:00+00:00","updatedAt":"2026-01-02T03:04:06+00:00",
             "finishedAt":"2026-01-02T03:04:06+00:00","incidents":[],"input":{"a":1,"A":2},
             "activityExecutionContexts":[{"properties":{"Variables":{"Workflow1:v1":5} } }]}
            """;
        var file = $$"""
            {"WorkflowState":{{state}},"Bookmarks":null,
             "ActivityExecutionRecords":[{{execution}}],"WorkflowExecutionLogRecords":[{{line}}] }
            """;

        await client.JsonAsync("POST", Import, Files(("elsa.json", Encoding.UTF8.GetBytes(file))));

        var listed = await client.JsonAsync(
            "GET", $"/activity-executions/list?WorkflowInstanceId={Id}&ActivityNodeId=Workflow1%3AFlow%3ALine1");
        var one = await client.JsonAsync("GET", $"/activity-executions/by-id?id={listed["items"]![0]!["id"]}");
        one["activityState"]!["Text"]!.ToString().Should().Be("好");
        one["status"]!.ToString().Should().Be("Completed");
        var journal = await client.JsonAsync("GET", $"/workflow-instances/{Id}/journal");
        journal["items"]![0]!["sequence"]!.GetValue<int>().Should().Be(1);
        journal["items"]![0]!["activityInstanceId"]!.ToString().Should().Be(listed["items"]![0]!["id"]!.ToString());
        (await ListedAsync(client, Id))!["subStatus"]!.ToString().Should().Be("Finished");
        (await client.JsonAsync("GET", $"/workflow-instances/{Id}/variables"))["items"]![0]!["value"]!.GetValue<int>()
            .Should().Be(5);
    }

    [Fact]
    public async Task Several_come_in_together_or_not_at_all()
    {
        var client = await host.AdministratorAsync();
        string[] ids = [await StartAsync(client, "file-many", "一", fails: false, waits: false),
            await StartAsync(client, "file-many", "二", fails: false, waits: false)];
        using var zip = await client.SendAsync("POST", "/bulk-actions/export/workflow-instances", new { ids });
        var bytes = await zip.Content.ReadAsByteArrayAsync();
        await client.JsonAsync("POST", "/bulk-actions/delete/workflow-instances/by-id", new { ids });

        using var spoilt =
            await client.SendAsync("POST", Import, Files(("runs.zip", bytes), ("bad.json", "{}"u8.ToArray())));
        spoilt.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await ListedAsync(client, ids[0])).Should().BeNull("one bad file keeps the others out");
        (await client.JsonAsync("POST", Import, Files(("runs.zip", bytes))))["count"]!.GetValue<int>().Should().Be(2);
        (await ListedAsync(client, ids[1])).Should().NotBeNull();
        using var again = await client.SendAsync("POST", Import, Files(("runs.zip", bytes)));
        (await again.Content.ReadAsStringAsync()).Should().Contain(ids[0]).And.Contain(ids[1]).And.Contain("不会被覆盖");

        var stranger = await host.StrangerAsync();
        (await stranger.SendAsync("GET", $"/workflow-instances/{ids[0]}")).StatusCode.Should()
            .Be(HttpStatusCode.NotFound);
        (await stranger.SendAsync("POST", Import, Files(("runs.zip", bytes)))).StatusCode
            .Should().Be(HttpStatusCode.BadRequest, "ids are unique in the whole host");
    }

    [Fact]
    public async Task Another_organisation_sees_nothing_of_it_at_any_address()
    {
        var ours = await host.AdministratorAsync();
        var theirs = await host.StrangerAsync();
        var id = await StartAsync(ours, "file-ours", "本组织的运行", fails: false, waits: false);
        await DeleteAndImportAsync(ours, id, JsonNode.Parse(await ExportAsync(ours, id))!);
        var execution = (await ours.JsonAsync("GET", $"/activity-executions/list?WorkflowInstanceId={id}"))["items"]![
            0]!["id"]!.ToString();

        (await ListedAsync(theirs, id)).Should().BeNull();
        foreach (var (method, path) in new[]
        {
            ("GET", $"/workflow-instances/{id}"), ("GET", $"/workflow-instances/{id}/execution-state"),
                ("GET", $"/workflow-instances/{id}/variables"),
            ("GET", $"/workflow-instances/{id}/journal"), ("POST", $"/workflow-instances/{id}/journal"),
            ("GET", $"/workflow-instances/{id}/export"),
            ("POST", $"/cancel/workflow-instances/{id}"), ("POST", $"/retry/workflow-instances/{id}"),
            ("GET", $"/activity-executions/{execution}"),
            ("GET", $"/activity-executions/by-id?id={execution}"),
            ("GET", $"/activity-executions/{execution}/call-stack"),
        })
        {
            using var answer = await theirs.SendAsync(method, path, method == "POST" ? new { } : null);
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound, "{0} {1}", method, path);
        }

        foreach (var list in new[] { "activity-executions/list", "activity-execution-summaries/list" })
        {
            (await theirs.JsonAsync("GET", $"/{list}?WorkflowInstanceId={id}"))["items"]!.AsArray().Should()
                .BeEmpty(list);
        }

        (await theirs.JsonAsync("POST", "/activity-executions/report", new { workflowInstanceId = id }))[
            "stats"]!.AsArray().Should().BeEmpty();
        using var zip =
            await theirs.SendAsync("POST", "/bulk-actions/export/workflow-instances", new { ids = new[] { id } });
        using var archive = new ZipArchive(await zip.Content.ReadAsStreamAsync());
        archive.Entries.Should().BeEmpty();
        (await theirs.JsonAsync("POST", "/bulk-actions/delete/workflow-instances/by-id", new { ids = new[] { id } }))[
            "deleted"]!.GetValue<int>()
            .Should().Be(0);
        (await theirs.SendAsync("DELETE", $"/workflow-instances/{id}")).Dispose();
        (await ListedAsync(ours, id)).Should().NotBeNull();
    }

    [Theory]
    [InlineData("not json at all", "不是有效的 JSON")]
    [InlineData("{\"definitionId\":\"x\",\"root\":{}}", "不是流程实例的文件")]
    [InlineData("{\"WorkflowState\":{\"id\":\"../../etc\",\"definitionId\":\"x\"}}", "实例编号")]
    [InlineData("{\"WorkflowState\":{\"id\":\"a\",\"definitionId\":\"gone\",\"definitionVersion\":9}}", "“gone”第 9 版")]
    [InlineData(
        "{\"WorkflowState\":{\"id\":\"a\",\"definitionId\":\"topic-gate\",\"definitionVersion\":1},"
            + "\"ActivityExecutionRecords\":[{\"id\":\"1\",\"activityNodeId\":\"Workflow1:Other\"}]}",
        "节点不同")]
    [InlineData(
        "{\"WorkflowState\":{\"id\":\"a\",\"definitionId\":\"topic-gate\"},\"WorkflowExecutionLogRecords\":[{}]}",
        "运行记录不完整")]
    [InlineData("PK not a zip", "不是完整的 ZIP")]
    public async Task What_is_no_instance_is_refused_in_words_that_name_the_file(string content, string words)
    {
        var client = await host.AdministratorAsync();

        using var answer = await client.SendAsync("POST", Import, Files(("别的.json", Encoding.UTF8.GetBytes(content))));

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(words).And.Contain("别的.json");
    }

    [Fact]
    public async Task A_file_that_is_too_deep_too_large_or_grows_without_end_is_refused()
    {
        var client = await host.AdministratorAsync();
        var deep = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", 5_000)));
        var large = new byte[11 * 1024 * 1024];
        using var bomb = new MemoryStream();
        using (var archive = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("x.json").Open();
            for (var megabyte = 0; megabyte < 30; megabyte++) entry.Write(new byte[1024 * 1024]);
        }

        foreach (var (content, words) in new[] { (deep, "嵌套"), (large, "文件过大"), (bomb.ToArray(), "文件过大") })
        {
            using var answer = await client.SendAsync("POST", Import, Files(("x.json", content)));
            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
            (await answer.Content.ReadAsStringAsync()).Should().Contain(words);
        }
    }

    private static async Task DeleteAndImportAsync(ElsaClient client, string id, JsonNode file)
    {
        (await client.SendAsync("DELETE", $"/workflow-instances/{id}")).StatusCode.Should()
            .Be(HttpStatusCode.NoContent);
        await client.JsonAsync("POST", Import, Files(("x.json", Encoding.UTF8.GetBytes(file.ToJsonString()))));
    }

    /// <summary>A run that sets a variable and then waits, fails or ends.</summary>
    private static async Task<string> StartAsync(
        ElsaClient client, string definitionId, string name, bool fails = true, bool waits = true)
    {
        var set = ElsaClient.Activity("Set1", "Elsa.SetVariable", ("value", ElsaClient.JavaScript("'你' + '好'")));
        set["variable"] = new JsonObject { ["id"] = "v1", ["name"] = "Greeting", ["typeName"] = "String" };
        var last = fails ? ElsaClient.Activity(
            "Bad1", "Elsa.WriteLine", ("text", ElsaClient.JavaScript("throw new Error('坏了')")))
            : waits ? ElsaClient.Activity("Wait1", "Elsa.Event", ("eventName", ElsaClient.Literal(definitionId)))
            : ElsaClient.Activity("Line1", "Elsa.WriteLine", ("text", ElsaClient.Literal("完")));
        var model = ElsaClient.Model(name, [set, last],
            [new JsonObject { ["source"] = new JsonObject { ["activity"] = "Set1", ["port"] = "Done" },
                ["target"] = new JsonObject { ["activity"] = last["id"]!.ToString(), ["port"] = "In" } }],
            definitionId);
        model["variables"] = new JsonArray(new JsonObject
        {
            ["id"] = "v1",
            ["name"] = "Greeting",
            ["typeName"] = "String",
            ["isArray"] = false,
            ["value"] = null,
        });
        await client.JsonAsync("POST", "/workflow-definitions", new { model, publish = false });
        using var run = await client.SendAsync(
            "POST", $"/workflow-definitions/{definitionId}/execute", new { versionOptions = "Latest" });
        return run.Headers.GetValues("x-elsa-workflow-instance-id").Single();
    }

    private static async Task<byte[]> ExportAsync(ElsaClient client, string id)
    {
        using var answer = await client.SendAsync("GET", $"/workflow-instances/{id}/export");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<(List<string> Lines, string Executions, string Variables)> ReadAsync(
        ElsaClient client, string id)
    {
        var journal = await client.JsonAsync("GET", $"/workflow-instances/{id}/journal");
        var executions = await client.JsonAsync("GET", $"/activity-executions/list?WorkflowInstanceId={id}");
        var variables = await client.JsonAsync("GET", $"/workflow-instances/{id}/variables");
        return (journal["items"]!.AsArray().Select(line => line!.ToJsonString(ElsaClient.Readable)).ToList(),
            executions["items"]!.ToJsonString(ElsaClient.Readable),
            variables["items"]!.ToJsonString(ElsaClient.Readable));
    }

    private static async Task<JsonNode?> ListedAsync(ElsaClient client, string id) =>
        (await client.JsonAsync("POST", "/workflow-instances", new { searchTerm = id }))["items"]!.AsArray()
            .SingleOrDefault();

    private static MultipartFormDataContent Files(params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in files)
        {
            var part = new ByteArrayContent(content);
            part.Headers.ContentType = new MediaTypeHeaderValue(
                name.EndsWith(".zip", StringComparison.Ordinal) ? "application/zip" : "application/json");
            form.Add(part, "files", name);
        }

        return form;
    }
}
