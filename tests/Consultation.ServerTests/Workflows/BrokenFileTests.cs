using System.Text.Json;
using System.Text.Json.Nodes;

namespace Consultation.ServerTests.Workflows;

/// <summary>
/// Each kind of broken workflow file through the real host: refused with file, node and what to mend; the host starts
/// all the same.
/// </summary>
public sealed class BrokenFileTests(BrokenFileTests.Host host) : IClassFixture<BrokenFileTests.Host>
{
    /// <summary>Broken files by name, and what must be said of each: the node, what is wrong, what to mend.</summary>
    private static readonly Dictionary<string, (string Text, string[] Says)> Broken = new()
    {
        ["syntax"] = ("{\n  \"definitionId\": \"syntax\",\n  \"root\": {,\n}", ["第 3 行"]),
        ["no-root"] = ("{ \"definitionId\": \"no-root\", \"name\": \"没有内容\" }", ["root"]),
        ["another-name"] = (File("topic-gate", _ => { }), ["文件名与流程编号“topic-gate”不一致", "请把文件改名"]),
        ["unknown-activity"] =
            (Changed("unknown-activity", json => json.Activity("CommitteeGate")["type"] = "Consultation.AskTheOracle"),
            ["CommitteeGate", "Consultation.AskTheOracle"]),
        ["dangling-connection"] =
            (Changed("dangling-connection", json => json.Connect("CommitteeGate", "Approve", "NobodyThere")),
                ["NobodyThere"]),
        ["missing-outcome"] = (Changed("missing-outcome", json => json.Disconnect("CommitteeGate", "Reject")),
            ["CommitteeGate", "不予通过", "没有接到下一步", "请从这个结果连线到下一步"]),
        ["bad-cron"] =
            (Only("bad-cron", "Elsa.Cron", "cronExpression", "Literal", "every day"), ["Suspect", "every day"]),
        ["bad-expression"] =
            (Only("bad-expression", "Elsa.WriteLine", "text", "JavaScript", "return 1 +;"), ["Suspect"]),
        ["bad-template"] = (Only("bad-template", "Elsa.WriteLine", "text", "Liquid", "{% if x %}"), ["Suspect"]),
    };

    public static TheoryData<string> Names => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_broken_file_is_named_on_both_health_pages_with_node_and_mend(string name)
    {
        using var browser = await host.SignedInAsync();

        using var report = JsonDocument.Parse(await browser.Client.GetStringAsync("/health/ready"));
        await browser.GetAsync("/status");

        var check = report.RootElement.GetProperty("checks").GetProperty("workflows");
        check.GetProperty("status").GetString().Should().Be("Degraded");
        var line = check.GetProperty("zh").GetString()!.Split('\n')
            .Single(one => one.StartsWith($"{name}.json：", StringComparison.Ordinal));
        var page = browser.Page.QuerySelectorAll("main div").Select(element => element.TextContent)
            .First(text => text.StartsWith($"{name}.json：", StringComparison.Ordinal));
        foreach (var words in Broken[name].Says)
        {
            line.Should().Contain(words);
            page.Should().Contain(words);
        }

        line.Should()
            .NotContain("Exception").And.NotContain("   at ").And.MatchRegex("请[^。]+。", "it says what to mend");
        check.GetProperty("en").GetString()!.Split('\n').Should()
            .Contain(one => one.StartsWith($"{name}.json: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_files_beside_them_are_taken_and_run()
    {
        using var browser = await host.SignedInAsync();

        await browser.GetAsync("/workflows");

        (await browser.Client.GetStringAsync("/health/ready")).Should()
            .Contain($"{WorkflowFolder.Files.Count} 个文件没有问题");
        browser.Text.Should().Contain("六步").And.NotContain("AskTheOracle");
    }

    private static string File(string definition, Action<JsonObject> change) =>
        WorkflowFolder.All.Single(one => one.DefinitionId == definition).With(change).ToFile();

    private static string Changed(string name, Action<JsonObject> change) => File("topic-gate", json =>
    {
        json["definitionId"] = name;
        change(json);
    });

    /// <summary>A workflow of one activity with one input.</summary>
    private static string Only(string name, string type, string input, string language, string text) => new JsonObject
    {
        ["definitionId"] = name,
        ["name"] = name,
        ["root"] = new JsonObject
        {
            ["id"] = "Flow",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["activities"] = new JsonArray(new JsonObject
            {
                ["id"] = "Suspect",
                ["type"] = type,
                ["version"] = 1,
                [input] = new JsonObject
                {
                    ["typeName"] = "String",
                    ["expression"] = new JsonObject { ["type"] = language, ["value"] = text },
                },
            }),
            ["connections"] = new JsonArray(),
        },
    }.ToJsonString();

    /// <summary>A host whose folder holds the shipped files and all broken ones.</summary>
    public sealed class Host() : DeskHost([new("Host:WorkflowFolder", Folder())])
    {
        private static new string Folder()
        {
            var folder = Directory.CreateTempSubdirectory("workflows-").FullName;
            foreach (var file in Directory.EnumerateFiles(WorkflowFolder.Path, "*.json"))
            {
                System.IO.File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            foreach (var (name, (text, _)) in Broken)
            {
                System.IO.File.WriteAllText(Path.Combine(folder, $"{name}.json"), text);
            }

            return folder;
        }
    }
}
