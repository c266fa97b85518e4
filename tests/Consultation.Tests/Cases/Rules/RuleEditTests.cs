using Consultation.Cases.People;
using Consultation.Cases.Rules;
using Consultation.Tests.Cases.People;

namespace Consultation.Tests.Cases.Rules;

/// <summary>A rule is set at the desk, written down, and taken back to the product's value.</summary>
public sealed class RuleEditTests
{
    private readonly MemoryOrganisation _organisation = new(new District());

    [Fact]
    public async Task A_rule_is_set_in_one_way_of_writing_and_the_change_is_kept()
    {
        (await SaveAsync("verify", "7工作日")).Should().BeOfType<EditResult.Saved>();

        _organisation.Written.OfType<HouseRule>().Should().ContainSingle().Which.Value.Should().Be("7wd");
        var change = _organisation.Written.OfType<DirectoryChange>().Single();
        change.Text.Zh.Should().Contain("核实筛查").And.Contain("由 3wd 改为 7wd");
    }

    [Fact]
    public async Task The_product_s_value_takes_the_own_one_away()
    {
        await SaveAsync("verify", "7wd");

        (await SaveAsync("verify", "3wd")).Should().BeOfType<EditResult.Saved>();

        _organisation.File.Removed.OfType<HouseRule>().Should().ContainSingle();
    }

    [Theory]
    [InlineData("verify", "明天", "value")]
    [InlineData("no-such-rule", "3wd", "")]
    public async Task What_cannot_be_read_is_refused_at_its_field(string key, string value, string field) =>
        (await SaveAsync(key, value)).Should().BeOfType<EditResult.Refused>().Which.Errors.Should().ContainSingle()
            .Which.Field.Should().Be(field);

    private Task<EditResult> SaveAsync(string key, string value) =>
        _organisation.Edits.SaveRuleAsync(_organisation.Edit(), key, value, default);
}
