using Consultation.Engine.Running;

namespace Consultation.Engine.Definitions;

/// <summary>Reads and writes the slot of a variable, from an execution upwards.</summary>
internal static class VariableSlots
{
    public static object? Get(ActivityExecution execution, VariablePlace place) =>
        Holder(execution, place) is { } slots ? slots[place.Slot] : place.Variable.InitialValue;

    public static void Set(ActivityExecution execution, VariablePlace place, object? value)
    {
        if (Holder(execution, place) is { } slots) slots[place.Slot] = VariableAccess.Converted(place.Variable, value);
    }

    private static object?[]? Holder(ActivityExecution execution, VariablePlace place)
    {
        for (var at = execution; at is not null; at = at.Parent)
        {
            if (ReferenceEquals(at.Node, place.Scope)) return at.Slots;
        }

        return null;
    }
}
