using System.Globalization;
using System.Reflection;
using System.Text;
using Consultation.Activities;
using Consultation.Engine.Describing;
using Consultation.Testing.Scenarios;
using Consultation.Tests.Architecture;

namespace Consultation.Tests.Activities;

/// <summary>
/// What others rely on, as text that is read in a change: the descriptors of the product's steps, and the members of
/// the surface for activities of others. Set CONSULTATION_WRITE_SNAPSHOTS=1 to write them anew.
/// </summary>
public sealed class DescriptorSnapshotTests
{
    private static readonly Type[] Surface =
        [typeof(ActivitySurface), typeof(CaseActivity), typeof(HoldsActivitiesAttribute), typeof(IDescribedActivity)];

    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_descriptors_of_the_steps_are_as_they_were() => IsAsWritten("descriptors.txt", Descriptors());

    [Fact]
    public void The_surface_for_others_is_as_it_was_or_its_version_goes_up() => IsAsWritten("surface.txt", Members());

    private static void IsAsWritten(string name, string text)
    {
        var file = Path.Combine(Repository.Root, "tests", "Consultation.Tests", "Activities", name);
        if (Environment.GetEnvironmentVariable("CONSULTATION_WRITE_SNAPSHOTS") == "1") File.WriteAllText(file, text);
        else text.Should().Be(File.ReadAllText(file));
    }

    private static string Descriptors()
    {
        var text = new StringBuilder();
        foreach (var type in Scenario.AnyCatalog.Types.Select(type => type.Descriptor)
            .OrderBy(one => one.TypeName, StringComparer.Ordinal)
            .Where(one => one.TypeName.StartsWith("Consultation.", StringComparison.Ordinal)))
        {
            Line(text, $"{type.TypeName} {type.Version}: {type.DisplayName}");
            Line(text, $"  {type.Category}: {type.Description}");
            Line(text, $"  {type.Kind}, drawn as {type.Shape}{(type.Pauses ? ", pauses" : "")}{Asks(type.Asks)}");
            foreach (var input in type.Inputs) Describe(text, input);
            foreach (var output in type.Outputs) Line(
                text, $"  out {output.Name} {output.TypeName}: {output.DisplayName}");
            foreach (var port in type.Ports) Line(
                text, $"  port {port.Name}{(port.IsOptional ? "?" : "")}: {port.DisplayName}");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static void Describe(StringBuilder text, InputDescriptor input)
    {
        var syntax = input.DefaultSyntax is { } given ? $" {given}" : "";
        var usual = input.DefaultValue is { } value ? $" = {value}" : "";
        Line(text, $"  in {input.Name} {input.TypeName} {input.UIHint}{syntax}{usual}: {input.DisplayName}");
        if (input.Description != BilingualText.Empty) Line(text, $"     {input.Description}");
        if (input.Options.Count > 0)
        {
            var options = string.Join(" ; ", input.Options.Select(option => $"{option.Value}: {option.Text}"));
            Line(text, $"     one of {options}{More(input.OptionsFrom)}");
        }
    }

    private static string Members()
    {
        var text = new StringBuilder();
        Line(text, $"version {ActivitySurface.Version}");
        foreach (var type in Surface)
        {
            Line(text, $"{type.FullName}");
            var members = type.GetMembers(Own)
                .Where(IsSeen).Select(member => member is MethodInfo method ? Signature(method) : member.ToString()!)
                .Order(StringComparer.Ordinal);
            foreach (var member in members) Line(text, $"  {member}");
        }

        return text.ToString();
    }

    private static bool IsSeen(MemberInfo member) => member switch
    {
        MethodBase { IsSpecialName: true, IsConstructor: false } => false,
        MethodBase method => method.IsPublic || method.IsFamily,
        PropertyInfo property => property.GetMethod is { } getter && (getter.IsPublic || getter.IsFamily),
        FieldInfo field => field.IsPublic,
        _ => false,
    };

    /// <summary>Names of parameters count: callers write them.</summary>
    private static string Signature(MethodInfo method) =>
        $"{method.ReturnType.Name} {method.Name}({string.Join(", ", method.GetParameters()
        .Select(one => $"{one.ParameterType.Name} {one.Name}{(one.IsOptional ? "?" : "")}"))})";

    private static string Asks(ActivityAsking? asking) => asking switch
    {
        null => "",
        { OnlyIf: { } condition } => $", asks {asking.Who} if {condition}",
        _ => $", asks {asking.Who}",
    };

    private static string More(OptionSource? source) => source is null ? "" : $" ; and {source}";

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
