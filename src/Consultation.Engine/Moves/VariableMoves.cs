using Consultation.Engine.Definitions;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Engine.Moves;

/// <summary>Which variable of one version is which of another: by id, else by name.</summary>
internal static class VariableMoves
{
    public static VariableDefinition? CounterpartOf(VariableDefinition variable, ActivityNode to) =>
        to.FindVariableById(variable.Id) is var same and >= 0 ? to.Variables[same]
        : to.FindVariable(variable.Name) is var named and >= 0 ? to.Variables[named]
        : null;

    /// <summary>The slot in the version that is left; -1 when the variable is new.</summary>
    public static int SourceOf(VariableDefinition variable, ActivityNode from) =>
        from.FindVariableById(variable.Id) is var same and >= 0 ? same : from.FindVariable(variable.Name);

    /// <summary>
    /// The values of an execution for another node; what is new, or was never changed, has the default of the new
    /// version: spans stand in variables, and a new span is why cases are moved.
    /// </summary>
    public static object?[] Move(object?[] slots, ActivityNode from, ActivityNode to)
    {
        var moved = to.NewSlots();
        for (var i = 0; i < moved.Length; i++)
        {
            var source = SourceOf(to.Variables[i], from);
            if (source < 0 || IsDefault(slots, from, source)) continue;
            moved[i] = VariableAccess.Converted(to.Variables[i], slots[source]);
        }

        return moved;
    }

    /// <summary>True when a variable has the value with which its version begins.</summary>
    public static bool IsDefault(object?[] slots, ActivityNode from, int slot) =>
        PlainData.DeepEquals(slots[slot], from.Variables[slot].InitialValue);
}
