using System.Text.Json.Nodes;
using static Consultation.Tests.Engine.Running.WorkflowText;

namespace Consultation.Tests.Engine.Running;

/// <summary>
/// What the journal keeps of an activity's inputs and outputs, by Elsa's settings on workflow, container, activity,
/// input and output.
/// </summary>
public sealed class LogPersistenceTests
{
    private const string Prefix = "Elsa.Workflows.LogPersistence.Strategies.";
    private readonly EngineWorld _world = new();

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData("Exclude", null, null, false)]
    [InlineData("Exclude", "Include", null, true)]
    [InlineData("Include", "Exclude", null, false)]
    [InlineData("Include", "Exclude", "Include", true)]
    [InlineData(null, "Include", "Exclude", false)]
    [InlineData("Exclude", "Inherit", null, false)]
    [InlineData("Exclude", "Configuration", "Inherit", false)]
    public void The_nearest_setting_decides(string? container, string? activity, string? input, bool kept)
    {
        var set = Kept(activity, input is null ? null : ("inputs", "value", input));
        var sequence = Sequence("S", set);
        if (container is not null)
        {
            sequence["customProperties"]!["logPersistenceConfig"] =
                new JsonObject { ["default"] = Strategy(container) };
        }

        _world.Play(Definition(sequence, [Variable("N", "Int32", "0")]));

        (_world.Records.Values.Single(record => record.ActivityId == "Set1").ActivityState?.ContainsKey("Value")
            ?? false).Should().Be(kept);
    }

    [Theory]
    [InlineData("Exclude", false)]
    [InlineData("Include", true)]
    public void One_output_is_kept_out_and_its_variable_is_set_all_the_same(string strategy, bool kept)
    {
        var script = Activity("Elsa.RunJavaScript", "J", ("script", Literal("return 'secret';")), ("result", To("R")));
        script["customProperties"]!["logPersistenceConfig"] =
            new JsonObject { ["outputs"] = new JsonObject { ["result"] = Strategy(strategy) } };

        _world.Play(Definition(Sequence("S", script, LineJs("L", "getR()")), [Variable("R")]));

        (_world.Records.Values.Single(one => one.ActivityId == "J").Outputs is not null).Should().Be(kept);
        _world.Lines.Should().Equal("secret");
    }

    [Theory]
    [InlineData("Exclude", false)]
    [InlineData("Include", true)]
    public void The_older_form_is_understood(string mode, bool kept)
    {
        var line = Line("L", "text");
        line["customProperties"]!["logPersistenceMode"] =
            new JsonObject { ["default"] = "Inherit", ["inputs"] = new JsonObject { ["text"] = mode } };

        _world.Play(Definition(Sequence("S", line)));

        (_world.Records.Values.Single(record => record.ActivityId == "L").ActivityState?.ContainsKey("Text") ?? false)
            .Should().Be(kept);
    }

    [Fact]
    public void What_an_expression_would_decide_is_not_kept()
    {
        var line = Line("L", "text");
        line["customProperties"]!["logPersistenceConfig"] = new JsonObject
        {
            ["default"] = new JsonObject
            {
                ["evaluationMode"] = "Expression",
                ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "'Include'" },
            },
        };

        _world.Play(Definition(Sequence("S", line)));

        _world.Records.Values.Single(record => record.ActivityId == "L").ActivityState.Should().BeNull();
    }

    [Fact]
    public void The_settings_of_the_workflow_reach_every_activity()
    {
        var definition = JsonNode.Parse(Definition(Sequence("S", Line("L"))))!;
        definition["customProperties"] =
            new JsonObject { ["logPersistenceConfig"] = new JsonObject { ["default"] = Strategy("Exclude") } };

        _world.Play(definition.ToJsonString());

        _world.Records.Values.Should().OnlyContain(record => record.ActivityState == null);
    }

    private static JsonObject Kept(string? activity, (string List, string Name, string Strategy)? one)
    {
        var set = Activity("Elsa.SetVariable", "Set1", ("variable", Variable("N", "Int32")), ("value", Literal("1")));
        var config = new JsonObject();
        if (activity is not null) config["default"] = Strategy(activity);
        if (one is { } named) config[named.List] = new JsonObject { [named.Name] = Strategy(named.Strategy) };
        set["customProperties"]!["logPersistenceConfig"] = config;
        return set;
    }

    private static JsonObject Strategy(string name) =>
        new()
        {
            ["evaluationMode"] = "Strategy",
            ["strategyType"] = $"{Prefix}{name}, Elsa.Workflows.Core",
            ["expression"] = null,
        };
}
