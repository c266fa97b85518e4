using Consultation.Engine.Definitions;
using Consultation.Engine.Expressions;

namespace Consultation.Engine.Running;

/// <summary>Turns what a starter sends into the inputs that a definition declares.</summary>
internal static class WorkflowInput
{
    /// <summary>
    /// Declared inputs are converted to their type where the value fits and kept as given where not; others pass.
    /// </summary>
    public static Dictionary<string, object?> Convert(
        WorkflowDefinition definition, IReadOnlyDictionary<string, object?>? given)
    {
        if (given is null || given.Count == 0) return [];
        var values = new Dictionary<string, object?>(given.Count);
        foreach (var (name, value) in given)
        {
            var declared =
                definition.Inputs.FirstOrDefault(i => string.Equals(i.Name, name, StringComparison.OrdinalIgnoreCase));
            values[declared?.Name ?? name] = Convert(declared, value);
        }

        return values;
    }

    public static object? Convert(WorkflowInputDefinition? declared, object? value)
    {
        if (declared is null) return value;
        try
        {
            return PlainData.ConvertTo(value, declared.ValueType);
        }
        catch (FormatException)
        {
            return value;
        }
    }
}
