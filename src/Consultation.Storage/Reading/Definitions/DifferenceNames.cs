using Consultation.Cases;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Storage.Reading.Flowcharts;

namespace Consultation.Storage.Reading.Definitions;

/// <summary>One difference between two versions, in the words that the designer uses for it.</summary>
/// <param name="Part">What kind of part differs.</param>
/// <param name="Name">Which one; for a connection the activity it leaves.</param>
/// <param name="Property">What of it (of a connection: by which port), as its activity calls it; null when no activity
/// has a name for it.</param>
/// <param name="PropertyKey">What of it, as the file calls it; null when the whole part came or went.</param>
/// <param name="Before">What the earlier version says; for a connection the activity it enters.</param>
/// <param name="After">What the later version says.</param>
public sealed record NamedDifference(
    DifferencePart Part, LocalText Name, LocalText? Property, string? PropertyKey, LocalText? Before, LocalText? After)
{
    /// <summary>True for a setting of the whole workflow, which is named by its key.</summary>
    public bool IsSetting => Part == DifferencePart.Setting;

    /// <summary>True for a connection between two activities.</summary>
    public bool IsConnection => Part == DifferencePart.Connection;
}

/// <summary>Puts the designer's words, in both languages, in the place of the file's.</summary>
internal sealed class DifferenceNames
{
    private readonly ActivityCatalog _catalog;
    private readonly Dictionary<string, LocalText> _labels = new(StringComparer.Ordinal);

    /// <summary>Names of activities are looked up in the later version first.</summary>
    public DifferenceNames(ActivityCatalog catalog, WorkflowDefinition earlier, WorkflowDefinition later)
    {
        _catalog = catalog;
        foreach (var activity in DrawnFlowchart.Everywhere(later).Concat(DrawnFlowchart.Everywhere(earlier)))
        {
            _labels.TryAdd(activity.Id, FlowchartReader.Label(activity));
        }
    }

    public IReadOnlyList<NamedDifference> Tell(IReadOnlyList<DefinitionDifference> differences) =>
        [.. differences.Select(Tell)];

    private NamedDifference Tell(DefinitionDifference difference)
    {
        var type = difference.ActivityType is { } name ? _catalog.Find(name, int.MaxValue)?.Descriptor : null;
        var label = difference.ActivityId is { } id ? Label(id, difference.Name) : new LocalText(difference.Name);
        switch (difference)
        {
            case { Part: DifferencePart.Connection, Property: { } port }:
                var way = type?.Ports.FirstOrDefault(one => one.Name == port)?.DisplayName;
                return new(
                    difference.Part, label, way?.Local(), port,
                    End(difference.FormerTargetId, difference.Before), End(difference.TargetId, difference.After));
            case { Part: DifferencePart.Activity, Property: null }:
                return new(difference.Part, label, null, null, Type(difference.Before), Type(difference.After));
            case { Property: { } property }:
                var input = type?.FindInput(property);
                var called = input?.DisplayName
                    ?? type?.Ports.FirstOrDefault(
                        one => string.Equals(one.Name, property, StringComparison.OrdinalIgnoreCase))?.DisplayName
                    ?? type?.Outputs.FirstOrDefault(
                        one => string.Equals(one.Name, property, StringComparison.OrdinalIgnoreCase))?.DisplayName;
                return new(difference.Part, label, called?.Local(), property, Value(input, difference.Before),
                    Value(input, difference.After));
            default:
                return new(difference.Part, label, null, null, Plain(difference.Before), Plain(difference.After));
        }
    }

    private LocalText Label(string id, string otherwise) => _labels.GetValueOrDefault(id) ?? new LocalText(otherwise);

    private LocalText? End(string? id, string? otherwise) =>
        id is null || otherwise is null ? null : Label(id, otherwise);

    private LocalText? Type(string? name) =>
        name is null ? null : _catalog.Find(name, int.MaxValue)?.Descriptor.DisplayName.Local() ?? new LocalText(name);

    /// <summary>A choice by the words of the drop-down, everything else as it is.</summary>
    private static LocalText? Value(InputDescriptor? input, string? value) =>
        input?.Options.FirstOrDefault(option => option.Value == value)?.Text.Local() ?? Plain(value);

    private static LocalText? Plain(string? text) => text is null ? null : new LocalText(text);
}
