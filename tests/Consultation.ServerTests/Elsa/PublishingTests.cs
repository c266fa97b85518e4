using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Elsa;

/// <summary>Only what is sound is published; what is not is refused with a sentence that the designer shows.</summary>
public sealed class PublishingTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    private const string Recipients =
        "\"recipients\":{\"typeName\":\"String\",\"expression\":{\"type\":\"Literal\",\"value\":\"proposers\"}}";

    /// <summary>
    /// What is wrong, the activities, the connections ("A:Port -> B"), and what the refusal says in Chinese and in
    /// English.
    /// </summary>
    public static TheoryData<string, string, string, string, string> Unsound => new()
    {
        { "a node that no path leads to", Two("A1", "A2"), "", "没有路径通向“End”", "No path leads to End" },
        { "a connection from an outcome that is not there", Two("A1", "A2"), "A1:Perhaps -> A2", "没有这个结果",
            "does not have" },
        { "a connection to an activity that is not there", Two("A1", "A2"), "A1:Done -> A2,A2:Done -> Gone",
            "不存在的活动“Gone”", "ends at Gone, which does not exist" },
        { "two activities with one id", Two("A1", "A1"), "", "活动编号“A1”重复", "The activity id A1 is used twice" },
        {
            "a bad template", """
            [{"id":"L1","type":"Elsa.WriteLine","version":1,
              "text":{"typeName":"String","expression":{"type":"Liquid","value":"{{ 1 | nothing }}"}}}]
            """, "", "没有名为 nothing 的过滤器", "There is no filter called nothing"
        },
        {
            "an outcome of a gate without a successor", """
            [{"id":"G1","type":"Consultation.RequestApproval","version":1,
              "approvers":{"typeName":"String","expression":{"type":"Literal","value":"role:Secretary"}}},
             {"id":"A2","type":"Elsa.End","version":1}]
            """, "G1:Confirm -> A2", "没有接到下一步", "leads nowhere"
        },
        { "a gate without approver", """[{"id":"G1","type":"Consultation.RequestApproval","version":1}]""", "",
            "没有指定办理人", "names nobody" },
        { "a timer without owner", """[{"id":"T1","type":"Consultation.WatchPlan","version":1}]""", "", "没有指定告知谁",
            "names nobody to tell" },
        { "a mail without template", """[{"id":"M1","type":"Consultation.Notify","version":1,""" + Recipients + "}]",
            "", "没有选择邮件模板", "names no template" },
        {
            "a mail with an unknown template",
            """[{"id":"M2","type":"Consultation.Notify","version":1,""" + Recipients + """
              ,"template":{"typeName":"String","expression":{"type":"Literal","value":"no-such-template"}}}]
            """, "", "不存在的邮件模板“no-such-template”", "unknown mail template: no-such-template"
        },
        { "an unknown activity", """[{"id":"U1","type":"Other.Unknown","version":1}]""", "", "Other.Unknown",
            "Other.Unknown" },
        {
            "a bad expression", """
            [{"id":"J1","type":"Elsa.WriteLine","version":1,
              "text":{"typeName":"String","expression":{"type":"JavaScript","value":"1 +"}}}]
            """, "", "表达式有误", "line 1"
        },
        {
            "a bad cron expression", """
            [{"id":"C1","type":"Elsa.Cron","version":1,
              "cronExpression":{"typeName":"String","expression":{"type":"Literal","value":"every day"}}}]
            """, "", "cron 表达式“every day”有误", "The cron expression \"every day\" is not valid"
        },
    };

    [Theory]
    [MemberData(nameof(Unsound))]
    public async Task An_unsound_definition_is_saved_but_not_published(
        string wrong, string activities, string connections, string zh, string en)
    {
        var client = await host.AdministratorAsync();
        var model = ElsaClient.Model("有错的流程", JsonNode.Parse(activities)!.AsArray(), Connections(connections));

        using var saved = await client.SendAsync("POST", "/workflow-definitions", new { model, publish = false });
        var chinese = await RefusalAsync(client, model, "zh-CN");
        var english = await RefusalAsync(client, model, "en-US");

        saved.StatusCode.Should().Be(HttpStatusCode.OK, "half-done work can be kept");
        chinese.Should().Contain(error => error.Contains(zh, StringComparison.Ordinal), wrong).And.OnlyContain(
            error => error.EndsWith('。'));
        english.Should().Contain(error => error.Contains(en, StringComparison.Ordinal), wrong).And.OnlyContain(
            error => error.EndsWith('.'));
    }

    private static async Task<string[]> RefusalAsync(ElsaClient client, JsonObject model, string language)
    {
        using var answer =
            await client.SendAsync("POST", "/workflow-definitions", new { model, publish = true }, headers =>
        {
            headers.AcceptLanguage.Clear();
            headers.AcceptLanguage.ParseAdd(language);
        });
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var errors = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!["workflow"]!.AsArray();
        return [.. errors.Select(error => error!.ToString())];
    }

    private static string Two(string first, string second) =>
        $$"""[{"id":"{{first}}","type":"Elsa.Start","version":1},{"id":"{{second}}","type":"Elsa.End","version":1}]""";

    private static JsonArray Connections(string text)
    {
        var connections = new JsonArray();
        foreach (var one in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = one.Split([":", "->"], StringSplitOptions.TrimEntries);
            connections.Add((JsonNode)new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = ends[0], ["port"] = ends[1] },
                ["target"] = new JsonObject { ["activity"] = ends[2], ["port"] = "In" },
            });
        }

        return connections;
    }

    [Fact]
    public async Task Who_mends_what_was_refused_does_not_meet_his_own_last_save()
    {
        var client = await host.AdministratorAsync();
        var model =
            ElsaClient.Model("先拒后改", [ElsaClient.Activity("U1", "Other.Unknown")], definitionId: "refused-then-mended");
        var first = await client.SendAsync("POST", "/workflow-definitions", new { model, publish = false });
        model["root"]!["activities"]![0]!["id"] = "U2";

        using var refused = await SendSeenAsync(first, publish: true);
        model["root"]!["activities"] = new JsonArray(ElsaClient.Activity("End1", "Elsa.End"));
        using var mended = await SendSeenAsync(refused, publish: true);
        using var stale = await SendSeenAsync(first, publish: false);

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        mended.StatusCode.Should().Be(HttpStatusCode.OK);
        stale.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        stale.Headers.ETag.Should().BeNull("who is in conflict has not seen what is there");

        Task<HttpResponseMessage> SendSeenAsync(HttpResponseMessage seen, bool publish) => client.SendAsync(
            "POST", "/workflow-definitions", new { model, publish }, headers =>
                headers.TryAddWithoutValidation("If-Match", seen.Headers.ETag!.ToString()));
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

        using var answer =
            await client.SendAsync("POST", "/workflow-definitions", new { model = gate, publish = true });

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

        using var answer = await client.SendAsync(
            "POST", "/workflow-definitions", new StringContent(deep.ToString(), Encoding.UTF8, "application/json"));
        using var alive = await client.SendAsync("GET", "/features/installed");

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        alive.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_definition_with_too_many_values_is_refused()
    {
        var client = await host.AdministratorAsync();
        var many = new JsonArray([.. Enumerable.Range(0, 200_001).Select(number => (JsonNode)number)]);

        using var answer = await client.SendAsync("POST", "/workflow-definitions/import", new JsonObject
        {
            ["name"] = "x",
            ["definitionId"] = "many",
            ["root"] = many,
        });

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Where_two_people_are_asked_for_the_author_cannot_publish_and_another_can()
    {
        using var strict = new StrictHost();
        var author = await strict.ClientAsync("designer");
        var publisher = await strict.ClientAsync("publisher");
        var saved = await author.SaveAsync("双人发布", [ElsaClient.Activity("End1", "Elsa.End")]);
        var id = saved["definitionId"]!.ToString();
        var own = await publisher.SaveAsync("发布人自己写的", [ElsaClient.Activity("End1", "Elsa.End")]);

        using var byAuthor = await author.SendAsync("POST", $"/workflow-definitions/{id}/publish", new { });
        using var ownWork =
            await publisher.SendAsync("POST", $"/workflow-definitions/{own["definitionId"]}/publish", new { });
        using var ownBySaving =
            await publisher.SendAsync("POST", "/workflow-definitions", new { model = own.DeepClone(), publish = true });
        using var ownAmongMany = await publisher.SendAsync(
            "POST", "/bulk-actions/publish/workflow-definitions/by-definition-ids", new
            {
                definitionIds = new[] { own["definitionId"]!.ToString() },
            });
        var changed = (JsonObject)saved.DeepClone();
        changed["name"] = "发布时偷改";
        using var byAnother =
            await publisher.SendAsync("POST", "/workflow-definitions", new { model = changed, publish = true });
        var published =
            await publisher.JsonAsync("GET", $"/workflow-definitions/by-definition-id/{id}?versionOptions=Published");

        byAuthor.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        foreach (var refused in new[] { ownWork, ownBySaving })
        {
            refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
            (await refused.Content.ReadAsStringAsync()).Should().Contain("两人");
        }

        (await ownAmongMany.Content.ReadAsStringAsync()).Should().Contain("两人").And.Contain("\"published\":[]");

        byAnother.StatusCode.Should().Be(HttpStatusCode.OK);
        published["name"]!.ToString().Should()
            .Be("双人发布", "the publisher publishes what was saved, not what he sends along");
    }

    [Fact]
    public async Task What_one_would_publish_alone_is_kept_as_a_draft_and_refused_with_words()
    {
        using var strict = new StrictHost();
        var publisher = await strict.ClientAsync("publisher");
        var another = await strict.AdministratorAsync();
        var model = ElsaClient.Model("一人所写", [ElsaClient.Activity("End1", "Elsa.End")], definitionId: "by-one");

        using var unknown = await publisher.SendAsync(
            "POST", "/workflow-definitions", new { model = model.DeepClone(), publish = true });
        var kept = await publisher.JsonAsync("GET", "/workflow-definitions/by-definition-id/by-one");
        model["name"] = "又改一次";
        using var again = await publisher.SendAsync(
            "POST", "/workflow-definitions", new { model = model.DeepClone(), publish = true });
        var keptAgain = await publisher.JsonAsync("GET", "/workflow-definitions/by-definition-id/by-one");
        await another.JsonAsync("POST", "/workflow-definitions/by-one/publish", new { });
        model["name"] = "发布之后再改";
        using var changed = await publisher.SendAsync(
            "POST", "/workflow-definitions", new { model = model.DeepClone(), publish = true });
        var published =
            await publisher.JsonAsync("GET", "/workflow-definitions/by-definition-id/by-one?versionOptions=Published");
        var draft =
            await publisher.JsonAsync("GET", "/workflow-definitions/by-definition-id/by-one?versionOptions=Latest");

        foreach (var refused in new[] { unknown, again, changed })
        {
            refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
            (await refused.Content.ReadAsStringAsync()).Should()
                .Contain("\"errors\"").And.Contain("两人").And.Contain("已保存为草稿");
        }

        (kept["name"]!.ToString(), kept["isPublished"]!.GetValue<bool>()).Should().Be(("一人所写", false));
        (keptAgain["name"]!.ToString(), keptAgain["isPublished"]!.GetValue<bool>()).Should().Be(("又改一次", false));
        published["name"]!.ToString().Should().Be("又改一次");
        (draft["name"]!.ToString(), draft["version"]!.GetValue<int>()).Should().Be(("发布之后再改", 2));
    }
}
