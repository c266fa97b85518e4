using Consultation.Activities.Others;
using Consultation.Engine.Describing;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Activities.Others;

public sealed class DescriptorRuleTests
{
    [Fact]
    public void The_samples_keep_the_rules() =>
        StepWorld.Samples.SelectMany(type => DescriptorRules.Check(type.Descriptor)).Should().BeEmpty();

    [Fact]
    public void The_products_own_keep_all_of_them_but_that_of_the_name() =>
        Scenario.AnyCatalog.Types.Where(type => type.TypeName.StartsWith("Consultation.", StringComparison.Ordinal))
            .SelectMany(type => DescriptorRules.Check(type.Descriptor with { TypeName = "Tonghe.Step" })).Should()
            .BeEmpty();

    [Theory]
    [InlineData("name")]
    [InlineData("Version")]
    [InlineData("customProperties")]
    public void An_input_must_not_take_a_name_that_every_activity_has(string name) =>
        Wrong(builder => builder.Input(name, "String", "名称", "Name")).En.Should()
            .Contain($"must not be called \"{name}\"");

    [Fact]
    public void Every_word_that_the_designer_shows_is_there_in_both_languages()
    {
        Wrong(builder => builder.Input("Number", "String", "编号", "")).Zh.Should().Contain("“Number”缺少中文或英文名称");
        Wrong(builder => builder.Output("Number", "String", "", "Number")).Zh.Should().Contain("“Number”");
        Wrong(builder => builder.Outcome("Valid", "", "Valid")).Zh.Should().Contain("“Valid”");
        Wrong(builder => builder.Choice("Kind", "种类", "Kind", [new("a", new("甲", ""))])).Zh.Should()
            .Contain("“Kind = a”");
        Wrong(builder => builder.Description("", "What it does")).Zh.Should().Contain("“Description”");
    }

    [Fact]
    public void A_type_that_describes_nothing_is_refused() =>
        DescriptorRules.Check(null).Should().ContainSingle().Which.En.Should().Contain("must not be null");

    private static BilingualText Wrong(Func<ActivityDescriptorBuilder, ActivityDescriptorBuilder> change) =>
        DescriptorRules.Check(
        change(ActivityDescriptorBuilder.Activity("Tonghe.Step", "步骤", "Step").Category("通河", "Tonghe")
            .Description("测试用", "For tests"))
            .Build()).Should().ContainSingle().Subject;
}
