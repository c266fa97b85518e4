using System.Net;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Elsa;

/// <summary>Two workflows of one name, both usable as activities: the designer goes on opening for everybody.</summary>
public sealed class ActivityNameTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    [Fact]
    public async Task The_second_workflow_of_a_name_is_refused_with_words_as_long_as_it_is_an_activity()
    {
        var client = await host.AdministratorAsync();
        var first = await SavedAsync(client, Model("审批 子流程", usable: true));

        // The name as which it appears has no blanks, so this is the same one.
        var refused = await RefusedAsync(client, Model("审批子流程", usable: true));
        await SavedAsync(client, Model("审批子流程", usable: false));
        await SavedAsync(client, Model("审批 子流程", usable: true, first["definitionId"]!.ToString()));

        refused.Should().Contain("审批子流程").And.Contain("审批 子流程").And.Contain(first["definitionId"]!.ToString());
        await EveryTypeOnceAsync(client);
    }

    [Fact]
    public async Task A_draft_cannot_take_the_name_that_a_published_version_bears()
    {
        var client = await host.AdministratorAsync();
        var first = await SavedAsync(client, Model("PublishedName", usable: true), publish: true);
        await SavedAsync(client, Model("NewName", usable: true, first["definitionId"]!.ToString()));

        await RefusedAsync(client, Model("PublishedName", usable: true));
        await RefusedAsync(client, Model("NewName", usable: true));

        await EveryTypeOnceAsync(client);
    }

    [Fact]
    public async Task Of_two_in_one_import_the_second_is_refused()
    {
        var client = await host.AdministratorAsync();
        using var form = new MultipartFormDataContent();
        foreach (var id in new[] { "twin-a", "twin-b" })
        {
            form.Add(new StringContent(Model("Twins", usable: true, id).ToJsonString()), "files", $"{id}.json");
        }

        using var answer = await client.SendAsync("POST", "/workflow-definitions/import-files", form);

        (await answer.Content.ReadAsStringAsync()).Should().Contain("twin-b").And.Contain("Twins");
        await EveryTypeOnceAsync(client);
    }

    private static async Task EveryTypeOnceAsync(ElsaClient client)
    {
        var all = await client.JsonAsync("GET", "/descriptors/activities");
        var types = all["items"]!.AsArray().Select(one => $"{one!["typeName"]}, {one["version"]}").ToList();
        types.Should().OnlyHaveUniqueItems().And.HaveCount(all["count"]!.GetValue<int>());
    }

    private static JsonObject Model(string name, bool usable, string? definitionId = null)
    {
        var model = ElsaClient.Model(
            name, [ElsaClient.Activity("Line1", "Elsa.WriteLine", ("text", ElsaClient.Literal("x")))], null,
            definitionId);
        model["options"] = new JsonObject { ["usableAsActivity"] = usable };
        return model;
    }

    private static async Task<JsonObject> SavedAsync(ElsaClient client, JsonObject model, bool publish = false) =>
        (await client.JsonAsync("POST", "/workflow-definitions", new { model, publish }))["workflowDefinition"]!
            .AsObject();

    private static async Task<string> RefusedAsync(ElsaClient client, JsonObject model)
    {
        using var answer = await client.SendAsync("POST", "/workflow-definitions", new { model, publish = false });
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        return await answer.Content.ReadAsStringAsync();
    }
}
