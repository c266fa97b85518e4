using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;
using Consultation.Tests.Architecture;

namespace Consultation.Tests.Cases.Rules;

/// <summary>
/// Nothing can be set that nothing reads: every rule is asked for by a workflow or by the product, every property of a
/// policy has a reader, every variable of a shipped workflow is used.
/// </summary>
public sealed class RuleCatalogueTests
{
    private static readonly string[] Rules =
        ["Consultation.Cases/Rules/RuleKeys.cs", "Consultation.Cases/Rules/RuleCatalogue.cs"];

    private static readonly Lazy<IReadOnlyList<(string Path, string Text)>> Source = new(() =>
        [.. Repository.Files("src", ".cs", ".razor")
            .Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(path => (path["src/".Length..], Repository.Read(path)))]);

    private static readonly Lazy<IReadOnlyList<(string Path, string Text)>> Workflows = new(() =>
        [.. Repository.Files("workflows", ".json").Select(path => (path, Repository.Read(path)))]);

    [Fact]
    public void Every_rule_is_read_by_a_workflow_or_by_the_product()
    {
        var constants = typeof(RuleKeys).GetFields(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(field => (string)field.GetValue(null)!, field => $"RuleKeys.{field.Name}");
        var unread = RuleCatalogue.All.Where(rule =>
            !Workflows.Value.Any(file => file.Text.Contains($"\"rule:{rule.Key}\"", StringComparison.Ordinal))
            && !(constants.TryGetValue(rule.Key, out var constant)
                && Source.Value.Any(file => !Rules.Contains(file.Path)
                    && file.Text.Contains(constant, StringComparison.Ordinal))));

        unread.Select(rule => rule.Key).Should().BeEmpty("whoever sets it expects that it does something");
        constants.Keys.Should().BeSubsetOf(RuleCatalogue.All.Select(rule => rule.Key));
    }

    [Fact]
    public void Workflows_name_only_rules_that_exist()
    {
        var named = Workflows.Value.SelectMany(file => Regex.Matches(file.Text, "rule:([a-z-]+)"))
            .Select(match => match.Groups[1].Value);

        named.Should().OnlyContain(key => RuleCatalogue.Find(key) != null);
    }

    [Fact]
    public void No_time_limit_of_the_six_steps_and_their_parts_is_fixed_beside_the_rules()
    {
        // The ten weeks are the plan's own days; a suspension is looked at again after a month.
        var texts = Workflows.Value.Where(file => !file.Path.EndsWith("ten-week-plan.json", StringComparison.Ordinal));
        var @fixed = texts.SelectMany(file => Regex.Matches(file.Text, "\"(-?\\d+w?d)\"")
            .Select(match => $"{file.Path}: {match.Groups[1].Value}"));

        @fixed.Where(one => !one.EndsWith(" 30d", StringComparison.Ordinal)
            && !one.EndsWith(" 0wd", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void Every_property_of_a_policy_is_read_where_it_takes_effect()
    {
        var unread = new[] { typeof(ReminderPolicy), typeof(EscalationLadder), typeof(EscalationRung) }
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.Name is not ("OrganisationId" or "EqualityContract"))
                .Select(property => (Type: type, Property: property)))
            .Where(one => !Source.Value.Any(file => IsAtWork(file.Path)
                && Regex.IsMatch(file.Text, $@"\.{one.Property.Name}\b")));

        unread.Select(one => $"{one.Type.Name}.{one.Property.Name}").Should().BeEmpty();

        // Declaring, storing and showing is no reading.
        static bool IsAtWork(string path) => (path.StartsWith("Consultation.Cases/", StringComparison.Ordinal)
            || path.StartsWith("Consultation.Activities/", StringComparison.Ordinal))
            && !path.EndsWith("/PolicySet.cs", StringComparison.Ordinal)
            && !path.EndsWith("/PolicyDefaults.cs", StringComparison.Ordinal)
            && !path.EndsWith("/OrganisationEdits.Policies.cs", StringComparison.Ordinal);
    }

    [Fact]
    public void Every_variable_of_a_shipped_workflow_is_used_in_it()
    {
        var unused = Workflows.Value.SelectMany(file =>
        {
            var definition = JsonNode.Parse(file.Text)!.AsObject();
            var root = definition["root"]!.ToJsonString();
            return definition["variables"]!.AsArray().Select(variable => variable!.AsObject())
                .Where(variable => !root.Contains($"\"{variable["id"]}\"", StringComparison.Ordinal)
                    && !root.Contains($"variables.{variable["name"]}", StringComparison.Ordinal))
                .Select(variable => $"{file.Path}: {variable["name"]}");
        });

        unused.Should().BeEmpty();
    }

    [Fact]
    public void Every_rule_says_in_both_languages_what_it_is_and_why_and_whence()
    {
        foreach (var rule in RuleCatalogue.All)
        {
            RuleCatalogue.Check(rule, rule.Default).Should().BeNull(rule.Key);
            RuleCatalogue.Normal(rule, rule.Default).Should().Be(rule.Default);
            foreach (var text in new[] { rule.Name, rule.Why }.Concat(rule.Options.Select(option => option.Label)))
            {
                text.Zh.Should().NotBeNullOrWhiteSpace();
                text.En.Should().NotBeNullOrWhiteSpace(rule.Key);
            }

            rule.Rows.Should().MatchRegex("^[OPQ][0-9]{1,3}([ –][OPQ]?[0-9OPQ]*)*$", rule.Key);
            (rule.Form == RuleForm.Choice).Should().Be(rule.Options.Count > 1);
        }

        RuleCatalogue.All.Select(rule => rule.Key).Should().OnlyHaveUniqueItems();
        RuleCatalogue.Note.Should().Be(new LocalText("产品默认，非方案规定", "product default, not from the plan"));
    }

    [Theory]
    [InlineData("verify", "明天")]
    [InlineData("verify", "-3wd")]
    [InlineData("meeting-reply", "soon")]
    [InlineData("roster-minimums", "residents 1")]
    [InlineData("vote-majority", "most")]
    public void A_value_that_cannot_be_read_is_refused(string key, string value) =>
        RuleCatalogue.Check(RuleCatalogue.Find(key)!, value).Should().NotBeNull();

    [Fact]
    public void The_organisation_s_value_counts_before_the_product_s_and_a_text_that_names_no_rule_stands()
    {
        var rules = new RuleSet(new Dictionary<string, string> { ["verify"] = "7wd" });

        rules.Read("rule:verify").Should().Be("7wd");
        rules.Read("rule:research").Should().Be("15wd");
        rules.Read("9d").Should().Be("9d");
        rules.Read("rule:none").Should().Be("rule:none", "whoever reads it says what is wrong");
        rules.Duration("meeting-reply").Should().Be(new WorkingDuration(-3, DayCount.WorkingDays));
    }
}
