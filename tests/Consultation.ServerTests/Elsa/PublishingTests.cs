using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Elsa;

/// <summary>Only what is sound is published; what is not is refused with a sentence that the designer shows.</summary>
public sealed class PublishingTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    public static TheoryData<string, string> Unsound => new()
    {
        { """[{"id":"A1","type":"Consultation.RequestApproval","version":1}]""", "A1" },
        { """[{"id":"U1","type":"Other.Unknown","version":1}]""", "Other.Unknown" },
        { """[{"id":"J1","type":"Elsa.WriteLine","version":1,"text":{"typeName":"String","expression":{"type":"JavaScript","value":"1 +"}}}]""", "J1" },
        { """[{"id":"C1","type":"Elsa.Cron","version":1,"cronExpression":{"typeName":"String","expression":{"type":"Literal","value":"every day"}}}]""", "C1" },
        { """[{"id":"M1","type":"Consultation.Notify","version":1}]""", "M1" },
        { """[{"id":"M2","type":"Consultation.Notify","version":1,"recipients":{"typeName":"String","expression":{"type":"Literal","value":"proposers"}},"template":{"typeName":"String","expression":{"type":"Literal","value":"no-such-template"}}}]""", "M2" },
    };

    [Theory]
    [MemberData(nameof(Unsound))]
    public async Task An_unsound_definition_is_saved_but_not_published(string activities, string named)
    {
        var client = await host.AdministratorAsync();
        var model = ElsaClient.Model("有错的流程", JsonNode.Parse(activities)!.AsArray());

        using var saved = await client.SendAsync("POST", "/workflow-definitions", new { model, publish = false });
        using var published = await client.SendAsync("POST", "/workflow-definitions", new { model, publish = true });

        saved.StatusCode.Should().Be(HttpStatusCode.OK, "half-done work can be kept");
        published.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var errors = JsonNode.Parse(await published.Content.ReadAsStringAsync())!["errors"]!["workflow"]!.AsArray();
        errors.Select(error => error!.ToString()).Should().Contain(error => error.Contains(named, StringComparison.Ordinal))
            .And.OnlyContain(error => error.EndsWith('。'));
    }

    [Fact]
    public async Task An_outcome_that_leads_nowhere_is_refused()
    {
        var client = await host.AdministratorAsync();
        var gate = (await client.JsonAsync("GET", "/workflow-definitions/by-definition-id/topic-gate")).AsObject();
        var connections = gate["root"]!["connections"]!.AsArray();
        var cut = connections.First(one => one!["source"]!["port"]?.ToString() == "Return")!;
        connections.Remove(cut);
        gate["definitionId"] = "topic-gate-with-a-hole";

        using var answer = await client.SendAsync("POST", "/workflow-definitions", new { model = gate, publish = true });

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(cut["source"]!["activity"]!.ToString());
    }

    [Fact]
    public async Task A_definition_nested_too_deep_is_refused_and_the_host_lives_on()
    {
        var client = await host.AdministratorAsync();
        var deep = new StringBuilder("{\"model\":{\"name\":\"x\",\"root\":");
        for (var i = 0; i < 5_000; i++)
        {
            deep.Append("{\"id\":\"a\",\"type\":\"Elsa.Sequence\",\"version\":1,\"activities\":[");
        }

        using var answer = await client.SendAsync("POST", "/workflow-definitions", new StringContent(deep.ToString(), Encoding.UTF8, "application/json"));
        using var alive = await client.SendAsync("GET", "/features/installed");

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        alive.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_definition_with_too_many_values_is_refused()
    {
        var client = await host.AdministratorAsync();
        var many = new JsonArray([.. Enumerable.Range(0, 200_001).Select(number => (JsonNode)number)]);

        using var answer = await client.SendAsync("POST", "/workflow-definitions/import", new JsonObject { ["name"] = "x", ["definitionId"] = "many", ["root"] = many });

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Where_two_people_are_asked_for_the_author_cannot_publish_and_another_can()
    {
        using var strict = new DeskHost([new("Elsa:AuthorMayNotPublish", "true")]);
        using var browser = await strict.SignedInAsync();
        var author = await ElsaClient.EnterAsync(browser.Client);
        var saved = await author.SaveAsync("双人发布", [ElsaClient.Activity("End1", "Elsa.End")]);

        using var refused = await author.SendAsync("POST", $"/workflow-definitions/{saved["definitionId"]}/publish", new { });

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).Should().Contain("两人");
    }
}
