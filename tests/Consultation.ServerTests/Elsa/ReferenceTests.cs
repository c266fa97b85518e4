using System.Net;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Elsa;

/// <summary>Definitions that use others, and the choices that depend on the organisation.</summary>
public sealed class ReferenceTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    [Fact]
    public async Task Those_that_use_a_definition_are_named_and_follow_its_new_version_as_drafts()
    {
        var client = await host.AdministratorAsync();
        var part = await SavePartAsync(client, "ReusedPart", follow: false);
        var consumer = await SaveConsumerAsync(client, "ReusedPart", part);
        var renewed = await SavePartAsync(client, "ReusedPart", follow: false, part["definitionId"]!.ToString());
        var (partId, consumerId) = (part["definitionId"]!.ToString(), consumer["definitionId"]!.ToString());

        var consumers = await client.JsonAsync("GET", $"/workflow-definitions/{partId}/consumers");
        using var delete = await client.SendAsync("DELETE", $"/workflow-definitions/{partId}");
        var updated = await client.JsonAsync("POST", $"/workflow-definitions/{partId}/update-references", new { });
        var again = await client.JsonAsync("POST", $"/workflow-definitions/{partId}/update-references", new { });
        var draft =
            await client.JsonAsync("GET", $"/workflow-definitions/by-definition-id/{consumerId}?versionOptions=Latest");
        var live = await client.JsonAsync(
            "GET", $"/workflow-definitions/by-definition-id/{consumerId}?versionOptions=Published");

        consumers["consumingWorkflowDefinitionIds"]!.AsArray().Select(id => id!.ToString()).Should().Equal(consumerId);
        delete.StatusCode.Should().Be(HttpStatusCode.BadRequest, "it is in use");
        updated["affectedWorkflows"]!.AsArray().Select(name => name!.ToString()).Should().Equal("uses ReusedPart");
        again["affectedWorkflows"]!.AsArray().Should().BeEmpty("they stand on the newest version already");
        draft["root"]!["activities"]![0]!["workflowDefinitionVersionId"]!.ToString().Should()
            .Be(renewed["id"]!.ToString());
        draft["isPublished"]!.GetValue<bool>().Should().BeFalse("nothing takes effect by itself");
        live["root"]!["activities"]![0]!["workflowDefinitionVersionId"]!.ToString().Should().Be(part["id"]!.ToString());
    }

    [Fact]
    public async Task Where_a_definition_says_so_its_users_follow_when_it_is_published()
    {
        var client = await host.AdministratorAsync();
        var part = await SavePartAsync(client, "LedPart", follow: true);
        var consumer = await SaveConsumerAsync(client, "LedPart", part);

        var renewed = await SavePartAsync(client, "LedPart", follow: true, part["definitionId"]!.ToString());

        var draft = await client.JsonAsync(
            "GET", $"/workflow-definitions/by-definition-id/{consumer["definitionId"]}?versionOptions=Latest");
        draft["root"]!["activities"]![0]!["workflowDefinitionVersionId"]!.ToString().Should()
            .Be(renewed["id"]!.ToString());
    }

    [Fact]
    public async Task A_version_that_is_gone_falls_back_to_the_published_one()
    {
        var client = await host.AdministratorAsync();
        var part = await SavePartAsync(client, "FallbackPart", follow: false);
        // As in a file from another server: what is named here is never deleted.
        part["id"] = "version-of-another-server";
        var consumer = await SaveConsumerAsync(client, "FallbackPart", part);

        using var run = await client.SendAsync(
            "POST", $"/workflow-definitions/{consumer["definitionId"]}/execute", new { versionOptions = "Published" });

        var state = JsonNode.Parse(await run.Content.ReadAsStringAsync())!["workflowState"]!;
        state["subStatus"]!.ToString().Should().Be("Finished");
        state["incidents"]!.AsArray().Should().BeEmpty();
    }

    [Fact]
    public async Task Pickers_offer_the_callers_own_units_people_and_policies()
    {
        var ours = await host.AdministratorAsync();
        var theirs = await host.StrangerAsync();

        var approvers = await OptionsAsync(ours, "Consultation.RequestApproval", "Approvers");
        var reminders = await OptionsAsync(ours, "Consultation.RequestApproval", "reminders");
        var templates = await OptionsAsync(ours, "Consultation.Notify", "Template");
        var strangers = await OptionsAsync(theirs, "Consultation.RequestApproval", "Approvers");
        using var unknown = await ours.SendAsync(
            "POST", "/descriptors/activities/Consultation.RequestApproval/options/Nothing", new { context = new { } });

        approvers.Should().Contain(option => option.StartsWith("role:", StringComparison.Ordinal));
        approvers.Should().Contain(option => option.StartsWith("unit:", StringComparison.Ordinal));
        approvers.Should().Contain(option => option.StartsWith("person:", StringComparison.Ordinal));
        strangers.Where(option => option.StartsWith("unit:", StringComparison.Ordinal)
            || option.StartsWith("person:", StringComparison.Ordinal))
            .Should().NotIntersectWith(approvers, "an organisation's people are its own");
        reminders.Should().Contain("standard").And.OnlyHaveUniqueItems();
        templates.Should().NotBeEmpty();
        unknown.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_input_whose_choices_change_says_so_in_its_descriptor()
    {
        var client = await host.AdministratorAsync();

        var types = (await client.JsonAsync("GET", "/descriptors/activities"))["items"]!.AsArray();
        var approvers =
            types.Single(type => type!["typeName"]!.ToString() == "Consultation.RequestApproval")!["inputs"]!.AsArray()
            .Single(input => input!["name"]!.ToString() == "Approvers")!["uiSpecifications"]!;

        approvers["Refresh"]!.GetValue<bool>().Should().BeTrue();
        approvers["dropdown"]!["providerName"]!.ToString().Should().Be("Assignees");
    }

    [Theory]
    [InlineData("\"[\\\"water-survey\\\", \\\"topic\\\"]\"", "water-survey", "topic", "matters")]
    [InlineData("[\"topic\", \"water-survey\", 7, \"topic\"]", "topic", "water-survey", "matters")]
    [InlineData("\"[broken\"", "matters", "facts", "screening")]
    [InlineData("\"\"", "matters", "facts", "screening")]
    [InlineData("{}", "matters", "facts", "screening")]
    public async Task A_tick_list_offers_first_what_the_activity_names_already_known_or_not(
        string shown, params string[] first)
    {
        var client = await host.AdministratorAsync();
        var context = new JsonObject
        {
            ["shows"] = new JsonObject
            {
                ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = JsonNode.Parse(shown) },
            },
        };

        var answer = await client.JsonAsync(
            "POST", "/descriptors/activities/Consultation.RequestApproval/options/Shows", new { context });

        var items = answer["items"]!["checklist"]!["checkList"]!["items"]!.AsArray();
        items.Select(item => item!["value"]!.ToString()).Should().StartWith(first).And.OnlyHaveUniqueItems();
        items.Should().OnlyContain(item => item!["text"]!.ToString().Length > 0);
        answer["items"]!["Refresh"]!.GetValue<bool>().Should()
            .BeTrue("the next activity of the type is asked for anew");
    }

    private static async Task<string[]> OptionsAsync(ElsaClient client, string type, string input)
    {
        var answer = await client.JsonAsync(
            "POST", $"/descriptors/activities/{type}/options/{input}", new { context = new { } });
        return [.. answer["items"]!["dropdown"]!["selectList"]!["items"]!.AsArray()
            .Select(item => item!["value"]!.ToString())];
    }

    private static async Task<JsonObject> SavePartAsync(
        ElsaClient client, string name, bool follow, string? definitionId = null)
    {
        var model = ElsaClient.Model(name, [ElsaClient.Activity("End1", "Elsa.End")], null, definitionId);
        model["options"] = new JsonObject { ["usableAsActivity"] = true, ["autoUpdateConsumingWorkflows"] = follow };
        return (await client.JsonAsync("POST", "/workflow-definitions", new { model, publish = true }))[
            "workflowDefinition"]!.AsObject();
    }

    private static Task<JsonObject> SaveConsumerAsync(ElsaClient client, string name, JsonObject part)
    {
        var use = ElsaClient.Activity("Use1", name);
        use["workflowDefinitionId"] = part["definitionId"]!.ToString();
        use["workflowDefinitionVersionId"] = part["id"]!.ToString();
        return client.SaveAsync($"uses {name}", [use], publish: true);
    }
}
