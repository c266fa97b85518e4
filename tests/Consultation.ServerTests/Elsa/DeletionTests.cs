using System.Net;
using System.Text.Json.Nodes;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Elsa;

/// <summary>
/// What may be deleted: by each of the five routes nothing that runs, that something else uses, or that whoever asks
/// may not publish.
/// </summary>
public sealed class DeletionTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    private static readonly string[] Routes = ["whole", "numbered", "version", "bulk whole", "bulk versions"];

    /// <summary>Ways by which a workflow uses another.</summary>
    private static readonly string[] Uses =
        ["as an activity", "Elsa.ExecuteWorkflow", "Elsa.DispatchWorkflow", "Elsa.BulkDispatchWorkflows",
            "Consultation.OpenTrackedItems"];

    public static TheoryData<string> EveryRoute => [.. Routes];

    public static TheoryData<string, string> EveryUse
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (route, use) in Routes.SelectMany(route => Uses.Select(use => (route, use))))
            {
                all.Add(route, use);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(EveryRoute))]
    public async Task Who_may_not_publish_deletes_nothing_and_is_told_so(string route)
    {
        var saved = await SaveAsync(await host.AdministratorAsync(), "in-force");
        var designer = await host.ClientAsync("designer");

        using var answer = await DeleteAsync(designer, route, saved);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("没有发布权限，不能删除流程");
        (await IsPublishedAsync(saved)).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(EveryRoute))]
    public async Task What_runs_is_not_deleted(string route)
    {
        var client = await host.AdministratorAsync();
        var saved = await SaveAsync(client, "running", Waiting());
        (await client.SendAsync("POST", $"/workflow-definitions/{saved["definitionId"]}/execute", new { })).Dispose();

        using var answer = await DeleteAsync(client, route, saved);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("还有 1 个流程实例在运行").And.Contain("请等它们结束");
        (await IsPublishedAsync(saved)).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(EveryUse))]
    public async Task What_another_workflow_uses_is_not_deleted(string route, string use)
    {
        var client = await host.AdministratorAsync();
        var used = await SaveAsync(client, "used", usableAsActivity: use == "as an activity");
        var user = await SaveAsync(client, "user", Use(use, used));
        var userId = user["definitionId"]!.ToString();
        // That the newest draft uses it no longer helps nobody: the published version does.
        var without = ElsaClient.Model("user", [ElsaClient.Activity("End1", "Elsa.End")], null, userId);
        await client.JsonAsync("POST", "/workflow-definitions", new { model = without, publish = false });

        using var answer = await DeleteAsync(client, route, used);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("被这些流程使用，不能删除").And.Contain(userId);
        (await IsPublishedAsync(used)).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(EveryRoute))]
    public async Task The_procedure_of_a_platform_is_not_deleted(string route)
    {
        var client = await host.AdministratorAsync();
        var saved = await SaveAsync(client, "procedure");
        await using var db = host.Services.GetRequiredService<Database>().Open();
        var unit = await db.Units.IgnoreQueryFilters().FirstAsync(one => one.Active);
        unit.Procedure = saved["definitionId"]!.ToString();
        await db.SaveChangesAsync();

        using var answer = await DeleteAsync(client, route, saved);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(unit.Name.Zh).And.Contain("请先在单位页面另选流程");
        unit.Procedure = null;
        await db.SaveChangesAsync();
    }

    [Theory]
    [MemberData(nameof(EveryRoute))]
    public async Task A_publisher_deletes_what_nothing_stands_on(string route)
    {
        var saved = await SaveAsync(await host.AdministratorAsync(), "free");
        var publisher = await host.ClientAsync("publisher");

        using var answer = await DeleteAsync(publisher, route, saved);

        ((int)answer.StatusCode).Should().BeOneOf(200, 204);
        (await IsPublishedAsync(saved)).Should().BeFalse();
    }

    [Fact]
    public async Task An_older_version_that_nobody_names_is_deleted_while_the_definition_is_in_use()
    {
        var client = await host.AdministratorAsync();
        var older = await SaveAsync(client, "renewed");
        var id = older["definitionId"]!.ToString();
        var model = ElsaClient.Model("renewed", [ElsaClient.Activity("End1", "Elsa.End")], null, id);
        await client.JsonAsync("POST", "/workflow-definitions", new { model, publish = true });
        await SaveAsync(client, "user of renewed", Use("Elsa.ExecuteWorkflow", older));

        using var answer = await DeleteAsync(client, "version", older);

        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Theory]
    [MemberData(nameof(EveryRoute))]
    public async Task A_version_that_a_run_will_start_is_not_deleted_however_deep_it_lies(string route)
    {
        var client = await host.AdministratorAsync();
        var inner = await SaveAsync(client, "inner");
        var part = await SaveAsync(client, "bound", Use("Elsa.DispatchWorkflow", inner));
        var whole = await SaveAsync(client, "running whole", Waiting(), Use("Elsa.DispatchWorkflow", part));
        (await client.SendAsync("POST", $"/workflow-definitions/{whole["definitionId"]}/execute", new { })).Dispose();
        // Newer versions of all three are in force; none of them needs the first ones.
        await RenewAsync(client, inner);
        await RenewAsync(client, part);
        await RenewAsync(client, whole);

        foreach (var needed in new[] { inner, part })
        {
            using var answer = await DeleteAsync(client, route, needed);
            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
            (await answer.Content.ReadAsStringAsync()).Should().Contain("被这些流程使用，不能删除");
            (await IsThereAsync(needed)).Should().BeTrue();
        }
    }

    [Fact]
    public async Task Many_that_use_each_other_go_together_and_nothing_goes_when_one_may_not()
    {
        var client = await host.AdministratorAsync();
        var part = await SaveAsync(client, "together");
        var whole = await SaveAsync(client, "whole of together", Use("Elsa.DispatchWorkflow", part));
        var running = await SaveAsync(client, "running beside", Waiting());
        (await client.SendAsync("POST", $"/workflow-definitions/{running["definitionId"]}/execute", new { })).Dispose();
        string Id(JsonObject one) => one["definitionId"]!.ToString();

        using var refused = await client.SendAsync("POST", "/bulk-actions/delete/workflow-definitions/by-definition-id",
            new { definitionIds = new[] { Id(part), Id(whole), Id(running) } });
        var stillThere = await IsPublishedAsync(part);
        var done = await client.JsonAsync("POST", "/bulk-actions/delete/workflow-definitions/by-definition-id",
            new { definitionIds = new[] { Id(part), Id(whole) } });

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        stillThere.Should().BeTrue();
        done["deleted"]!.GetValue<int>().Should().Be(2);
    }

    private static async Task<HttpResponseMessage> DeleteAsync(ElsaClient client, string route, JsonObject saved)
    {
        var (definition, version) = (saved["definitionId"]!.ToString(), saved["id"]!.ToString());
        const string bulk = "/bulk-actions/delete/workflow-definitions";
        return route switch
        {
            "whole" => await client.SendAsync("DELETE", $"/workflow-definitions/{definition}"),
            "numbered" => await client.SendAsync("DELETE", $"/workflow-definitions/{definition}/version/1"),
            "version" => await client.SendAsync("DELETE", $"/workflow-definition-versions/{version}"),
            "bulk whole" => await client.SendAsync(
                "POST", bulk + "/by-definition-id", new { definitionIds = new[] { definition } }),
            _ => await client.SendAsync("POST", bulk + "/by-id", new { ids = new[] { version } }),
        };
    }

    private static Task<JsonObject> SaveAsync(
        ElsaClient client, string name, JsonObject? activity = null, bool usableAsActivity = false) =>
        SaveAsync(client, name, usableAsActivity, activity ?? ElsaClient.Activity("End1", "Elsa.End"));

    private static Task<JsonObject> SaveAsync(ElsaClient client, string name, JsonObject first, JsonObject second) =>
        SaveAsync(client, name, usableAsActivity: false, first, second);

    private static async Task<JsonObject> SaveAsync(
        ElsaClient client, string name, bool usableAsActivity, params JsonObject[] activities)
    {
        var unique = $"{name} {Guid.NewGuid():N}";
        var model = ElsaClient.Model(unique, [.. activities], null);
        if (activities.Length > 1) model["root"]!["type"] = "Elsa.Sequence";
        model["options"] = new JsonObject { ["usableAsActivity"] = usableAsActivity };
        return (await client.JsonAsync("POST", "/workflow-definitions", new { model, publish = true }))[
            "workflowDefinition"]!.AsObject();
    }

    private static JsonObject Waiting()
    {
        var wait = ElsaClient.Activity("Wait1", "Elsa.Event");
        wait["eventName"] = Literal("never");
        return wait;
    }

    private static JsonObject Use(string use, JsonObject used)
    {
        var (definition, name) = (used["definitionId"]!.ToString(), used["name"]!.ToString());
        if (use == "as an activity")
        {
            var activity = ElsaClient.Activity("Use1", name);
            activity["workflowDefinitionId"] = definition;
            activity["workflowDefinitionVersionId"] = used["id"]!.ToString();
            return activity;
        }

        var step = ElsaClient.Activity("Use1", use);
        step[use == "Consultation.OpenTrackedItems" ? "workflow" : "workflowDefinitionId"] = Literal(definition);
        if (use == "Elsa.BulkDispatchWorkflows")
        {
            step["items"] = new JsonObject
            {
                ["typeName"] = "Object",
                ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = "[1]" },
            };
        }

        return step;
    }

    private static JsonObject Literal(string value) => new()
    {
        ["typeName"] = "String",
        ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value },
    };

    /// <summary>A new version in force that uses nothing.</summary>
    private static async Task RenewAsync(ElsaClient client, JsonObject saved)
    {
        var model = ElsaClient.Model(
            saved["name"]!.ToString(), [ElsaClient.Activity("End1", "Elsa.End")], null,
            saved["definitionId"]!.ToString());
        await client.JsonAsync("POST", "/workflow-definitions", new { model, publish = true });
    }

    private async Task<bool> IsThereAsync(JsonObject saved)
    {
        await using var db = host.Services.GetRequiredService<Database>().Open();
        var id = saved["id"]!.ToString();
        return await db.Definitions.AnyAsync(row => row.Id == id);
    }

    private async Task<bool> IsPublishedAsync(JsonObject saved)
    {
        await using var db = host.Services.GetRequiredService<Database>().Open();
        var id = saved["id"]!.ToString();
        return await db.Definitions.AnyAsync(row => row.Id == id && row.IsPublished);
    }
}
