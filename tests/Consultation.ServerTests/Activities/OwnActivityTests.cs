using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Consultation.ServerTests.Elsa;

namespace Consultation.ServerTests.Activities;

/// <summary>
/// A host with the sample's activities: as the designer sees them, as a workflow uses them, as the desk draws them.
/// </summary>
public sealed class OwnActivityTests(OwnActivityTests.Host host) : IClassFixture<OwnActivityTests.Host>
{
    [Fact]
    public async Task The_designer_is_offered_the_activity_in_both_languages()
    {
        var client = await host.AdministratorAsync();

        var zh = await DescriptorAsync(client, "zh-CN");
        var en = await DescriptorAsync(client, "en-GB");

        zh["displayName"]!.ToString().Should().Be("核对工单编号");
        zh["ports"]!.AsArray().Select(port => port!["displayName"]!.ToString()).Should().Equal("有效", "无效");
        en["displayName"]!.ToString().Should().Be("Check an order number");
        en["inputs"]![0]!["displayName"]!.ToString().Should().Be("Order number");
    }

    [Theory]
    [InlineData("TH20260302-0007", "2026-03-02")]
    [InlineData("20260302-0007", "invalid")]
    public async Task A_workflow_runs_it_and_goes_on_with_its_outcome_and_output(string number, string written)
    {
        var client = await host.AdministratorAsync();
        var definition = $"own-{number.ToLowerInvariant()}";
        await client.JsonAsync("POST", "/workflow-definitions",
            new { model = Model(definition, number), publish = true });

        using var run = await client.SendAsync("POST", $"/workflow-definitions/{definition}/execute", new { });
        var instance = run.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        var executions = (await client.JsonAsync("GET",
            $"/activity-executions/list?WorkflowInstanceId={instance}"))["items"]!.AsArray();

        var line = executions.Single(one => one!["activityType"]!.ToString() == "Elsa.WriteLine")!;
        line["activityState"]!["Text"]!.ToString().Should().Be(written);
        var check = executions.Single(one => one!["activityId"]!.ToString() == "Check")!;
        check["status"]!.ToString().Should().Be("Completed");
    }

    [Fact]
    public async Task What_it_checks_keeps_a_wrong_workflow_from_being_published()
    {
        var client = await host.AdministratorAsync();
        var model = ElsaClient.Model("没有编号", [ElsaClient.Activity("Check", "Tonghe.CheckOrderNumber")]);

        using var answer = await client.SendAsync("POST", "/workflow-definitions", new { model, publish = true });

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("没有填写工单编号");
    }

    [Fact]
    public async Task The_desk_draws_it_in_its_shape_and_names_its_ways_out()
    {
        var client = await host.AdministratorAsync();
        await client.JsonAsync("POST", "/workflow-definitions",
            new { model = Model("own-drawn", "TH20260302-0007"), publish = true });

        var page = await client.Http.GetStringAsync("/workflows/own-drawn");

        page.Should().Contain("flow-choice").And.Contain("有效").And.Contain("无效");
    }

    [Fact]
    public async Task A_host_that_cannot_take_in_an_activity_does_not_start_and_says_why()
    {
        var folder = Directory.CreateTempSubdirectory("consultation-refused-").FullName;
        var file = new MadeAssembly("Other.Surface", surface: 99).WithActivity("Other.Step")
            .Save(Path.Combine(folder, "activities"));

        var (code, said) = await StartAsync(folder);

        code.Should().Be(1);
        said.Should().Contain("活动文件夹有误，主机没有启动").And.Contain(file).And.Contain("version 99").And.NotContain("   at ");
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<JsonNode> DescriptorAsync(ElsaClient client, string language)
    {
        using var answer = await client.SendAsync("GET", "/descriptors/activities", headers: headers =>
        {
            headers.AcceptLanguage.Clear();
            headers.AcceptLanguage.ParseAdd(language);
        });
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["items"]!.AsArray()
            .Single(one => one!["typeName"]!.ToString() == "Tonghe.CheckOrderNumber")!;
    }

    private static JsonObject Model(string definition, string number)
    {
        var check = ElsaClient.Activity("Check", "Tonghe.CheckOrderNumber",
            ("orderNumber", ElsaClient.Literal(number)));
        check["calledOn"] = new JsonObject
        {
            ["typeName"] = "String",
            ["memoryReference"] = new JsonObject { ["id"] = "day" },
        };
        var model = ElsaClient.Model(
            definition,
            [
                check,
                ElsaClient.Activity("Valid", "Elsa.WriteLine",
                    ("text", ElsaClient.JavaScript("return variables.day;"))),
                ElsaClient.Activity("Invalid", "Elsa.WriteLine", ("text", ElsaClient.Literal("invalid"))),
            ],
            [Connection("Valid"), Connection("Invalid")], definition);
        model["variables"] = new JsonArray(new JsonObject
        {
            ["id"] = "day",
            ["name"] = "day",
            ["typeName"] = "String",
            ["isArray"] = false,
            ["value"] = "",
        });
        return model;

        static JsonObject Connection(string port) => new()
        {
            ["source"] = new JsonObject { ["activity"] = "Check", ["port"] = port },
            ["target"] = new JsonObject { ["activity"] = port, ["port"] = "In" },
        };
    }

    /// <summary>Starts the real program with a folder of activities, and waits until it gives up.</summary>
    private static async Task<(int Code, string Said)> StartAsync(string folder)
    {
        using var program = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                typeof(Program).Assembly.Location, "--urls", "http://127.0.0.1:0", $"--Host:DataFolder={folder}/data",
                $"--Storage:ConnectionString=Data Source={folder}/desk.db", $"--Mail:PickupFolder={folder}/mail",
                $"--Mail:LinkKeyFile={folder}/keys.json", $"--Activities:Folder={folder}/activities",
            ])
        { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() })!;
        var said = program.StandardError.ReadToEndAsync();
        var shown = program.StandardOutput.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            await program.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            program.Kill();
        }

        return (program.ExitCode, await said + await shown);
    }

    /// <summary>A host whose activities folder is what the build of the sample made.</summary>
    public sealed class Host()
        : ElsaHost([new("Elsa:AuthorMayNotPublish", "false"), new("Activities:Folder", SampleFolder.Built)]);
}
