using Jint.Native;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// The names that come from the running workflow: Elsa's functions, what the host adds, <c>workflowInstanceId</c> and
/// its kin, <c>getX()</c> for input or variable X, <c>setX(value)</c>, <c>getResultFromActivity()</c>. Only those that
/// a script mentions are made.
/// </summary>
internal static class WorkflowNames
{
    private static readonly string[] Values =
    [
        "workflowInstanceId", "workflowDefinitionId", "workflowDefinitionVersionId", "workflowDefinitionVersion",
        "correlationId", "workflowInstanceName",
    ];

    public static void Install(Evaluation run, PreparedScript script)
    {
        foreach (var name in script.Names) Install(run, name);
        if (!script.UsesGlobalObject) return;
        foreach (var name in WorkflowFunctions.All.Keys.Concat(Values).Concat(Accessors(run))) Install(run, name);
    }

    private static IEnumerable<string> Accessors(Evaluation run) =>
    [
        "variables", "input",
        .. run.Scope.InputNames.Select(name => "get" + PascalName.Of(name)),
        .. run.Scope.VariableNames.Select(name => "get" + PascalName.Of(name)),
        .. run.Scope.VariableNames.Select(name => "set" + PascalName.Of(name)),
    ];

    private static void Install(Evaluation run, string name)
    {
        if (WorkflowFunctions.All.TryGetValue(name, out var function)) Set(run, name, Function(run, name, function));
        else if (name == "variables") Set(run, name, new VariablesObject(run));
        else if (name == "input") Set(run, name, new InputObject(run));
        else if (run.Scope.TryGetHostValue(name, out var host)) Set(run, name, Host(run, name, host));
        else if (Array.IndexOf(Values, name) >= 0) InstallValue(run, name);
        else if (Accessor(run, name) is { } accessor) Set(run, name, Function(run, name, accessor));
    }

    private static void Set(Evaluation run, string name, JsValue value) => run.Engine.Global.FastSetProperty(
        name, new PropertyDescriptor(value, PropertyFlag.ConfigurableEnumerableWritable));

    private static ClrFunction Function(Evaluation run, string name, WorkflowFunction function) =>
        new(run.Engine, name, (_, arguments) => function(run, arguments));

    private static JsValue Host(Evaluation run, string name, object? host) => host is Func<object?[], object?> function
        ? Function(run, name, (_, arguments) => CallHost(run, name, function, arguments))
        : Exchange.Import(run, host);

    private static JsValue CallHost(Evaluation run, string name, Func<object?[], object?> function, JsValue[] arguments)
    {
        var data = Array.ConvertAll(arguments, argument => Exchange.Export(run, argument));
        try
        {
            return Exchange.Import(run, function(data));
        }
        catch (Exception refused) when (refused is ArgumentException or FormatException or InvalidOperationException)
        {
            throw run.TypeError($"{name}: {refused.Message}");
        }
    }

    /// <summary>Read anew each time: a script may set what it then reads.</summary>
    private static void InstallValue(Evaluation run, string name)
    {
        var getter = new ClrFunction(run.Engine, name, (_, _) => ValueOf(run.Scope, name));
        run.Engine.Global.FastSetProperty(
            name, new GetSetPropertyDescriptor(getter, JsValue.Undefined, enumerable: true, configurable: true));
    }

    private static JsValue ValueOf(IExpressionScope scope, string name) => name switch
    {
        "workflowInstanceId" => scope.WorkflowInstanceId,
        "workflowDefinitionId" => scope.WorkflowDefinitionId,
        "workflowDefinitionVersionId" => scope.WorkflowDefinitionVersionId,
        "workflowDefinitionVersion" => scope.WorkflowDefinitionVersion,
        "correlationId" => WorkflowFunctions.TextOrNull(scope.CorrelationId),
        _ => WorkflowFunctions.TextOrNull(scope.WorkflowInstanceName),
    };

    private static WorkflowFunction? Accessor(Evaluation run, string name)
    {
        if (name.Length < 4) return null;
        if (name.StartsWith("get", StringComparison.Ordinal)) return Getter(run, name[3..]);
        return name.StartsWith("set", StringComparison.Ordinal) ? Setter(run, name[3..]) : null;
    }

    private static WorkflowFunction? Getter(Evaluation run, string subject)
    {
        foreach (var input in run.Scope.InputNames)
        {
            if (input != subject && PascalName.Of(input) != subject) continue;
            return (run, _) => WorkflowFunctions.Input(run, input);
        }

        if (VariableCalled(run, subject) is { } variable) return (run, _) => WorkflowFunctions.Variable(run, variable);
        var from = subject.IndexOf("From", 1, StringComparison.Ordinal);
        if (from < 0 || from + 4 >= subject.Length) return null;
        var (output, activity) = (subject[..from], subject[(from + 4)..]);
        return (run, _) => Exchange.Import(run, run.Scope.GetOutputFrom(activity, output));
    }

    private static WorkflowFunction? Setter(Evaluation run, string subject)
    {
        if (VariableCalled(run, subject) is not { } variable) return null;
        return (run, arguments) =>
        {
            run.WriteVariable(variable, arguments.Length > 0 ? arguments[0] : JsValue.Undefined);
            return JsValue.Undefined;
        };
    }

    private static string? VariableCalled(Evaluation run, string subject)
    {
        foreach (var variable in run.Scope.VariableNames)
        {
            if (PascalName.Of(variable) == subject) return variable;
        }

        return null;
    }
}
