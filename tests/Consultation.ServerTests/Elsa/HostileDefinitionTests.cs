using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Elsa;

/// <summary>A definition written to do harm is refused or does nothing, and the host lives on.</summary>
public sealed class HostileDefinitionTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    private const string Html = "<img src=x onerror=alert(1)>";

    [Theory]
    [InlineData(100, HttpStatusCode.BadRequest)]
    [InlineData(5_000, HttpStatusCode.BadRequest)]
    [InlineData(20, HttpStatusCode.OK)]
    public async Task Nesting_is_bounded(int depth, HttpStatusCode expected)
    {
        var text = new StringBuilder("{\"name\":\"deep\",\"definitionId\":\"deep\",\"root\":");
        for (var level = 0; level < depth; level++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{{\"id\":\"a{level}\",\"type\":\"Elsa.Sequence\",\"version\":1,\"activities\":[");
        }
        for (var level = 0; level < depth; level++) text.Append("]}");

        await IsAnsweredAsync("/workflow-definitions/import", text.Append('}').ToString(), expected);
    }

    [Theory]
    [InlineData("\"version\":1e308")]
    [InlineData("\"version\":-99999999999999999999999")]
    [InlineData("\"version\":\"many\"")]
    [InlineData("\"createdAt\":\"9999999-99-99\"")]
    [InlineData("\"variables\":[{\"id\":\"v\",\"name\":\"v\",\"typeName\":\"Int32\",\"value\":\"1e400\"},7,null,[]]")]
    [InlineData("\"variables\":{\"__proto__\":1}")]
    [InlineData("\"inputs\":[{\"name\":\"__proto__\",\"type\":\"constructor\"},{\"name\":\"constructor\"}]")]
    [InlineData("\"outcomes\":[1,null,{},[]]")]
    [InlineData("\"options\":[],\"customProperties\":7")]
    [InlineData("\"toolVersion\":\"x\",\"isLatest\":\"perhaps\"")]
    public async Task Odd_values_are_stored_as_they_are_or_refused_but_never_break_the_host(string property)
    {
        var id = $"odd-{(uint)property.GetHashCode(StringComparison.Ordinal)}";
        var text = """
            {"name":"odd","definitionId":"ID",PROPERTY,
             "root":{"id":"Flow","type":"Elsa.Flowchart","version":1,"activities":[
              {"id":"__proto__","type":"Elsa.WriteLine","version":1e9,
               "metadata":{"designer":{"position":{"x":1e308,"y":-1e308},"size":{"width":"wide"}}}},
              {"id":"constructor","type":"Elsa.Delay","version":1,
               "timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"1e300"}}}],
              "connections":[{"source":{"activity":"__proto__"},"target":{"activity":"__proto__"}},
               {"source":7},null,{"source":{"activity":"gone"},"target":{}}]}}
            """.Replace("ID\"", id + "\"", StringComparison.Ordinal)
            .Replace("PROPERTY", property, StringComparison.Ordinal);
        var client = await host.AdministratorAsync();

        using var saved = await client.SendAsync(
            "POST", "/workflow-definitions/import", new StringContent(text, Encoding.UTF8, "application/json"));
        using var published = await client.SendAsync("POST", $"/workflow-definitions/{id}/publish", new { });
        using var read = await client.SendAsync("GET", $"/workflow-definitions/by-definition-id/{id}");
        using var listed = await client.SendAsync("GET", "/workflow-definitions?versionOptions=AllVersions");

        ((int)saved.StatusCode).Should().BeOneOf(200, 400);
        ((int)published.StatusCode).Should().BeOneOf(400, 404);
        ((int)read.StatusCode).Should().Be((int)saved.StatusCode == 200 ? 200 : 404);
        listed.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Definitions_that_use_each_other_are_not_published()
    {
        var client = await host.AdministratorAsync();
        JsonObject Using(string other)
        {
            var use = ElsaClient.Activity("Use1", "Circle");
            use["workflowDefinitionId"] = other;
            return use;
        }

        await client.SaveAsync(
            "circle-a", [ElsaClient.Activity("End1", "Elsa.End")], publish: true, definitionId: "circle-a");
        await client.SaveAsync("circle-b", [Using("circle-a")], publish: true, definitionId: "circle-b");
        using var closing = await client.SendAsync(
            "POST", "/workflow-definitions", new
            {
                model = ElsaClient.Model("circle-a", [Using("circle-b")], null, "circle-a"),
                publish = true,
            });
        using var itself = await client.SendAsync(
            "POST", "/workflow-definitions", new
            {
                model = ElsaClient.Model("circle-c", [Using("circle-c")], null, "circle-c"),
                publish = true,
            });

        closing.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await closing.Content.ReadAsStringAsync()).Should().Contain("最终使用了自身");
        itself.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Markup_in_names_stays_text_at_the_desk_and_in_file_names()
    {
        var client = await host.AdministratorAsync();
        var activity = ElsaClient.Activity("End1", "Elsa.End");
        activity["metadata"] = new JsonObject { ["displayText"] = Html };
        var saved = await client.SaveAsync($"{Html}\r\nX-Injected: yes", [activity], publish: true);
        var id = saved["definitionId"]!.ToString();

        var list = await client.Http.GetStringAsync("/workflows");
        var page = await client.Http.GetStringAsync($"/workflows/{id}");
        using var file = await client.SendAsync("GET", $"/workflow-definitions/{id}/export");

        list.Should().NotContain(Html).And.Contain("&lt;img src=x");
        page.Should().NotContain(Html).And.Contain("&lt;img src=x");
        file.Headers.Contains("X-Injected").Should().BeFalse();
        file.Content.Headers.ContentDisposition!.FileName.Should().NotContainAny("<", "\n", "/");
    }

    [Fact]
    public async Task Names_of_prototypes_are_names_like_others_when_it_runs()
    {
        const string Read = """
            `${variables.constructor}|${variables['__proto__']}|${typeof ({}).polluted}|${input.toString}`
                + `|${Object.keys({}).length}`
            """;
        var client = await host.AdministratorAsync();
        var model = ElsaClient.Model(
            "原型之名",
            [
                ElsaClient.Activity(
                    "__proto__", "Elsa.RunJavaScript",
                    ("script", ElsaClient.Literal(
                        "variables.constructor = 'c'; variables['__proto__'] = 'p'; return { polluted: 1 };"))),
                ElsaClient.Activity("constructor", "Elsa.WriteLine", ("text", ElsaClient.JavaScript(Read))),
            ],
            [
                new JsonObject
                {
                    ["source"] = new JsonObject { ["activity"] = "__proto__", ["port"] = "Done" },
                    ["target"] = new JsonObject { ["activity"] = "constructor", ["port"] = "In" },
                },
            ],
            "prototype-names");
        model["variables"] = new JsonArray(Named("constructor"), Named("__proto__"));
        model["inputs"] = new JsonArray(Named("toString"));
        await client.JsonAsync("POST", "/workflow-definitions", new { model, publish = true });

        using var run = await client.SendAsync("POST", "/workflow-definitions/prototype-names/execute",
            new { input = new Dictionary<string, object> { ["toString"] = "t" } });
        var id = run.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        var executions = await client.JsonAsync(
            "GET", $"/activity-executions/list?WorkflowInstanceId={id}&ActivityNodeId=Workflow1%3AFlow%3Aconstructor");
        var after = await client.SaveAsync("之后", [ElsaClient.Activity("End1", "Elsa.End")], publish: true);

        executions["items"]![0]!["activityState"]!["Text"]!.ToString().Should().Be("c|p|undefined|t|0");
        after["isPublished"]!.GetValue<bool>().Should().BeTrue("the host lives on");

        static JsonObject Named(string name) => new()
        {
            ["id"] = name,
            ["name"] = name,
            ["typeName"] = "String",
            ["isArray"] = false,
            ["value"] = "",
            ["type"] = "String",
        };
    }

    private async Task IsAnsweredAsync(string path, string body, HttpStatusCode expected)
    {
        var client = await host.AdministratorAsync();

        using var answer =
            await client.SendAsync("POST", path, new StringContent(body, Encoding.UTF8, "application/json"));
        using var alive = await client.SendAsync("GET", "/features/installed");

        answer.StatusCode.Should().Be(expected);
        alive.StatusCode.Should().Be(HttpStatusCode.OK);
    }
}
