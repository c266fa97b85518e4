using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

/// <summary>
/// The names that come from the running workflow: <c>workflowInstanceId</c> and its kin, <c>getX()</c> for input or
/// variable X, <c>setX(value)</c>, <c>getResultFromActivity()</c>.
/// </summary>
internal static class WorkflowNames
{
    public static bool IsValue(string name) => name is "workflowInstanceId" or "workflowDefinitionId"
        or "workflowDefinitionVersionId" or "workflowDefinitionVersion" or "correlationId" or "workflowInstanceName";

    public static bool TryGet(Runtime rt, string name, out Val value)
    {
        value = name switch
        {
            "workflowInstanceId" => Val.Of(rt.Scope.WorkflowInstanceId),
            "workflowDefinitionId" => Val.Of(rt.Scope.WorkflowDefinitionId),
            "workflowDefinitionVersionId" => Val.Of(rt.Scope.WorkflowDefinitionVersionId),
            "workflowDefinitionVersion" => Val.Of(rt.Scope.WorkflowDefinitionVersion),
            "correlationId" => Val.OfNullable(rt.Scope.CorrelationId),
            "workflowInstanceName" => Val.OfNullable(rt.Scope.WorkflowInstanceName),
            _ => default,
        };
        if (IsValue(name)) return true;
        if (name.Length < 4
            || (!name.StartsWith("get", StringComparison.Ordinal) && !name.StartsWith("set", StringComparison.Ordinal)))
        {
            return false;
        }

        var accessor = name[0] == 'g' ? Getter(rt, name[3..]) : Setter(rt, name[3..]);
        if (accessor is null) return false;
        rt.Allocate(100);
        value = Val.Of(new NativeFunction(name, name[0] == 'g' ? 0 : 1, accessor, shared: false));
        return true;
    }

    private static NativeBody? Getter(Runtime rt, string subject)
    {
        foreach (var input in rt.Scope.InputNames)
        {
            if (input != subject && PascalName.Of(input) != subject) continue;
            return (rt, in self, a) => rt.Scope.TryGetInput(input, out var data) ? Exchange.Import(rt, data) : Val.Null;
        }

        if (VariableCalled(rt, subject) is { } variable)
        {
            return (rt, in self, a) => rt.TryReadVariable(variable, out var value) ? value : Val.Null;
        }

        var from = subject.IndexOf("From", 1, StringComparison.Ordinal);
        if (from < 0 || from + 4 >= subject.Length) return null;
        var (output, activity) = (subject[..from], subject[(from + 4)..]);
        return (rt, in self, a) => Exchange.Import(rt, rt.Scope.GetOutputFrom(activity, output));
    }

    private static NativeBody? Setter(Runtime rt, string subject)
    {
        if (VariableCalled(rt, subject) is not { } variable) return null;
        return (rt, in self, a) =>
        {
            rt.WriteVariable(variable, a.Arg(0));
            return default;
        };
    }

    private static string? VariableCalled(Runtime rt, string subject)
    {
        foreach (var variable in rt.Scope.VariableNames)
        {
            if (PascalName.Of(variable) == subject) return variable;
        }

        return null;
    }
}
