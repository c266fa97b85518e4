using Consultation.Engine.Definitions;
using Consultation.Engine.Expressions;

namespace Consultation.Engine.Running;

/// <summary>Finds variables, inputs and outputs by name, from an execution upwards.</summary>
internal static class VariableAccess
{
    /// <summary>
    /// Where to look first: a definition used as an activity evaluates its inputs outside its own variables.
    /// </summary>
    private static ActivityExecution First(ActivityExecution execution) =>
        execution.Node.Activity.IsComposite && execution.Parent is { } parent ? parent : execution;

    public static bool TryGet(ActivityExecution execution, string name, out object? value)
    {
        for (var at = First(execution); at is not null; at = at.Parent)
        {
            if (at.Dynamic is { } dynamic && dynamic.TryGetValue(name, out value)) return true;
            if (at.Slots is { } slots && at.Node.FindVariable(name) is var slot and >= 0)
            {
                value = slots[slot];
                return true;
            }
        }

        value = null;
        return false;
    }

    public static bool TrySet(ActivityExecution execution, string name, object? value)
    {
        for (var at = First(execution); at is not null; at = at.Parent)
        {
            if (at.Dynamic is { } dynamic && dynamic.ContainsKey(name))
            {
                dynamic[name] = value;
                return true;
            }

            if (at.Slots is { } slots && at.Node.FindVariable(name) is var slot and >= 0)
            {
                slots[slot] = Converted(at.Node.Variables[slot], value);
                return true;
            }
        }

        return false;
    }

    /// <summary>The names in scope, inner ones first; a name may come twice.</summary>
    public static IEnumerable<string> Names(ActivityExecution execution)
    {
        for (var at = First(execution); at is not null; at = at.Parent)
        {
            if (at.Dynamic is { } dynamic)
            {
                foreach (var name in dynamic.Keys) yield return name;
            }

            if (at.Slots is null) continue;
            foreach (var variable in at.Node.Variables) yield return variable.Name;
        }
    }

    /// <summary>The execution of the definition that an execution stands in.</summary>
    public static ActivityExecution Composite(ActivityExecution execution)
    {
        var at = execution.Parent ?? execution;
        while (at.Parent is not null && !at.Node.Activity.IsComposite) at = at.Parent;
        return at;
    }

    public static bool TryGetInput(ActivityExecution execution, string name, out object? value)
    {
        var composite = Composite(execution);
        var inputs = composite.Parent is null ? composite.Run.InputValues : composite.ScopeInput;
        value = null;
        if (inputs is null) return false;
        if (inputs.TryGetValue(name, out value)) return true;
        foreach (var (key, candidate) in inputs)
        {
            if (!string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) continue;
            value = candidate;
            return true;
        }

        return false;
    }

    public static void SetDefinitionOutput(ActivityExecution execution, string name, object? value)
    {
        var composite = Composite(execution);
        if (composite.Parent is null) composite.Run.OutputValues[name] = value;
        else (composite.ScopeOutput ??= [])[name] = value;
    }

    /// <summary>Converts to the declared type; says which variable when the value does not fit.</summary>
    public static object? Converted(VariableDefinition variable, object? value)
    {
        try
        {
            return PlainData.ConvertTo(value, variable.ValueType);
        }
        catch (FormatException unfit)
        {
            throw new ActivityFaultException(
                $"变量“{variable.Name}”的类型是 {variable.ValueType}，所给的值不符 / The value does not fit variable "
                + $"\"{variable.Name}\" of type {variable.ValueType}: {unfit.Message}",
                cause: unfit);
        }
    }
}
