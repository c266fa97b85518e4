using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Expressions;

namespace Consultation.Tests.Engine.Running;

/// <summary>Runs Elsa's own definitions from outside the repository and compares with what Elsa 3.8 does.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> Cases()
    {
        var cases = new TheoryData<string>();
        if (Corpus.Folder is not { } folder)
        {
            cases.Add("");
            return cases;
        }

        foreach (var item in Expected(folder)) cases.Add(item["name"]!.GetValue<string>());
        return cases;
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Elsa_definition_does_what_it_does_in_Elsa(string name)
    {
        Skip.If(Corpus.Folder is null, Corpus.WhyNot);
        var item = Expected(Corpus.Folder!).Single(c => c["name"]!.GetValue<string>() == name);
        var world = new EngineWorld { FlowchartMode = item["flowchart"]?.GetValue<string>() };
        CompileResult compiled = null!;
        foreach (var file in item["import"]!.AsArray())
            compiled = world.Import(File.ReadAllText(Path.Combine(Corpus.Folder!, file!.GetValue<string>())));

        if (item["publish"] is JsonObject publish)
        {
            compiled.HasErrors.Should().Be(!publish["succeeded"]!.GetValue<bool>());
            compiled.Findings.Count(f => f.Severity == FindingSeverity.Error)
                .Should().Be(publish["validationErrors"]!.GetValue<int>());
            return;
        }

        Skip.If(
            compiled.Findings.Any(
                f => f.Code == "unknown-activity" && f.Message.En.Contains("RunCSharp", StringComparison.Ordinal)),
            "C# scripts run only where the operator has turned them on; the engine itself has no C#.");
        var input = (Dictionary<string, object?>?)PlainData.FromNode(item["input"]);
        var run = world.Start(
            item["run"]?.GetValue<string>() ?? compiled.Workflow!.Definition.DefinitionId, input);
        run = world.Wait(run, TimeSpan.FromHours(1));

        if (item["status"] is not null) run.Incidents.Select(i => i.Message).Should().BeEmpty();
        if (item["lines"] is JsonArray lines) world.Lines.Should().Equal(lines.Select(l => l!.GetValue<string>()));
        if (item["contains"] is JsonArray some) world.Lines.Should().Contain(some.Select(l => l!.GetValue<string>()));
        if (item["status"] is { } status) run.Status.ToString().Should().Be(status.GetValue<string>());
        if (item["output"] is JsonObject output)
            PlainData.DeepEquals(PlainData.FromNode(output), new Dictionary<string, object?>(run.Output))
                .Should().BeTrue();
    }

    private static IEnumerable<JsonObject> Expected(string folder) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "expected.json")))!["cases"]!.AsArray()
            .Select(c => c!.AsObject());
}
