using System.Text.Json.Nodes;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using static Consultation.Tests.Engine.Running.WorkflowText;

namespace Consultation.Tests.Engine.Describing;

public sealed class DescriptorTests
{
    private static readonly string[] ActivityProperties =
    [
        "typeName", "namespace", "name", "version", "category", "displayName", "description", "kind", "isContainer",
        "isBrowsable",
        "isStart", "isTerminal", "inputs", "outputs", "ports", "customProperties", "constructionProperties",
    ];

    private static readonly string[] InputProperties =
    [
        "name", "typeName", "displayName", "description", "order", "isBrowsable", "isSynthetic", "isWrapped",
        "uiHint", "category",
        "defaultValue", "defaultSyntax", "isReadOnly", "isSensitive", "storageDriverType", "uiSpecifications",
    ];

    public static TheoryData<string> TypeNames() => [.. BuiltInActivities.Types.Select(t => t.TypeName)];

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void A_descriptor_has_every_property_that_the_designer_reads_in_both_languages(string typeName)
    {
        var descriptor = BuiltInActivities.Types.Single(t => t.TypeName == typeName).Descriptor;

        foreach (var culture in new[] { "zh-CN", "en" })
        {
            var json = descriptor.ToJson(culture);
            json.Select(p => p.Key).Should().Contain(ActivityProperties);
            json["displayName"]!.GetValue<string>().Should().NotBeEmpty();
            json["description"]!.GetValue<string>().Should().NotBeEmpty();
            foreach (var input in json["inputs"]!.AsArray())
                input!.AsObject().Select(p => p.Key).Should().Contain(InputProperties);
        }

        descriptor.DisplayName.Zh.Should().MatchRegex(@"\p{IsCJKUnifiedIdeographs}");
        descriptor.DisplayName.En.Should().MatchRegex("^[A-Za-z]");
        descriptor.Inputs.Should().NotContain(i => i.DisplayName.Zh.Length == 0 || i.DisplayName.En.Length == 0);
    }

    [Fact]
    public void Names_and_versions_are_unique() =>
        BuiltInActivities.Types.Select(t => (t.TypeName, t.Version)).Should().OnlyHaveUniqueItems();

    [Fact]
    public void A_drop_down_lists_its_choices_where_the_designer_looks_for_them()
    {
        var mode = new ActivityCatalog(BuiltInActivities.Types)
            .Find("Elsa.FlowJoin", 1)!.Descriptor.ToJson("zh")["inputs"]![0]!;

        mode["uiHint"]!.GetValue<string>().Should().Be("dropdown");
        var items = mode["uiSpecifications"]!["dropdown"]!["selectList"]!["items"]!.AsArray();
        items.Select(i => i!["value"]!.GetValue<string>()).Should().Equal("WaitAny", "WaitAll", "WaitAllActive");
        items[0]!["text"]!.GetValue<string>().Should().Be("任一分支到达即继续");
    }

    [Fact]
    public void The_height_of_a_code_editor_is_a_number()
    {
        var script = new ActivityCatalog(BuiltInActivities.Types)
            .Find("Elsa.RunJavaScript", 1)!.Descriptor.ToJson("en")["inputs"]![0]!;

        script["uiSpecifications"]!["code-editor"]!["editorHeight"]!.GetValueKind().Should()
            .Be(System.Text.Json.JsonValueKind.Number);
    }

    [Fact]
    public void Without_the_version_asked_for_the_catalogue_gives_the_newest()
    {
        var types = new[] { 1, 3, 2 }.Select(v => new ActivityType(
            ActivityDescriptorBuilder.Activity("T", "甲", "T", v).Build(), _ => throw new InvalidOperationException()));
        var catalog = new ActivityCatalog(types);

        catalog.Find("T", 2)!.Version.Should().Be(2);
        catalog.Find("T", 9)!.Version.Should().Be(3);
        catalog.Find("U", 1).Should().BeNull();
    }

    [Fact]
    public void A_definition_appears_as_an_activity_with_its_inputs_outputs_and_outcomes()
    {
        var json = JsonNode.Parse(Definition(
            Sequence("S"),
            inputs: [new JsonObject { ["name"] = "Topic", ["type"] = "String", ["displayName"] = "议题" }],
            outputs: [new JsonObject { ["name"] = "Result", ["type"] = "Object" }],
            id: "topic-gate",
            options: new JsonObject { ["usableAsActivity"] = true, ["activityCategory"] = "协商" }))!.AsObject();
        json["name"] = "topic gate";
        json["outcomes"] = new JsonArray("通过", "退回");

        var descriptor = UsedDefinition.TypeFor(WorkflowDefinition.FromJson(json)).Descriptor.ToJson("zh");

        descriptor["typeName"]!.GetValue<string>().Should().Be("TopicGate");
        descriptor["category"]!.GetValue<string>().Should().Be("协商");
        descriptor["isBrowsable"]!.GetValue<bool>().Should().BeTrue();
        descriptor["inputs"]![0]!["displayName"]!.GetValue<string>().Should().Be("议题");
        descriptor["ports"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()).Should().Equal("通过", "退回", "Root");
        descriptor["customProperties"]!["RootType"]!.GetValue<string>().Should().Be("WorkflowDefinitionActivity");
        descriptor["constructionProperties"]!["WorkflowDefinitionId"]!.GetValue<string>().Should().Be("topic-gate");
    }
}
