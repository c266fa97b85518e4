using System.Text.Json.Nodes;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Engine.Definitions;

internal enum InputSourceKind
{
    Absent,
    Constant,
    Variable,
    WorkflowInput,
    ActivityOutput,
    Script,
    Composed,
}

/// <summary>Where an input's value comes from, compiled from its JSON.</summary>
internal sealed class InputSource
{
    private static readonly InputSource Absent = new() { Kind = InputSourceKind.Absent };

    private VariablePlace? _variable;
    private string? _name;
    private string? _outputName;
    private CompiledExpression? _script;
    private List<KeyValuePair<string, InputSource>>? _members;
    private List<InputSource>? _items;

    public InputSourceKind Kind { get; private init; }

    public object? Constant { get; private init; }

    public static InputSource Compile(ActivityNode node, string inputName, JsonNode? json)
    {
        if (json is null) return Absent;
        if (json is not JsonObject wrapper || !IsWrapper(wrapper)) return OfConstant(PlainData.FromNode(json));
        if (wrapper["expression"] is not JsonObject expression)
        {
            var id = (wrapper["memoryReference"] as JsonObject)?.Text("id");
            return id is not null && node.FindVariableInScope(id) is { } place
                ? new InputSource { Kind = InputSourceKind.Variable, _variable = place }
                : Absent;
        }

        return CompileExpression(node, inputName, expression);
    }

    public object? Evaluate(ActivityExecution? execution, IExpressionScope scope)
    {
        switch (Kind)
        {
            case InputSourceKind.Constant:
                return Constant;
            case InputSourceKind.Variable:
                return execution is null ? _variable!.Variable.InitialValue : VariableSlots.Get(execution, _variable!);
            case InputSourceKind.WorkflowInput:
                return scope.TryGetInput(_name!, out var input) ? input : null;
            case InputSourceKind.ActivityOutput:
                return scope.GetOutputFrom(_name!, _outputName);
            case InputSourceKind.Script:
                return _script!.Evaluate(scope);
            case InputSourceKind.Composed:
                return Compose(execution, scope);
            default:
                return null;
        }
    }

    private static bool IsWrapper(JsonObject json) =>
        json.ContainsKey("expression") || (json.ContainsKey("memoryReference") && json.ContainsKey("typeName"));

    private static InputSource OfConstant(object? value) => new() { Kind = InputSourceKind.Constant, Constant = value };

    private static InputSource CompileExpression(ActivityNode node, string inputName, JsonObject expression)
    {
        var type = expression.Text("type") ?? "Literal";
        var value = expression["value"];
        switch (type)
        {
            case "Literal":
                return value is null ? Absent : OfConstant(PlainData.FromNode(value));
            case "Object":
                return CompileObject(node, inputName, value);
            case "Variable":
                return CompileVariable(node, inputName, value);
            case "Input":
                return Named(value) is { } input
                    ? new InputSource { Kind = InputSourceKind.WorkflowInput, _name = input }
                    : Absent;
            case "Output":
                return CompileOutput(value);
            case "JavaScript":
            case "Liquid":
                return CompileScript(node, inputName, type, value?.ToString() ?? "");
            default:
                node.Report(node.Finding(
                    FindingSeverity.Error,
                    "unknown-expression-type",
                    new BilingualText(
                        $"“{inputName}”使用了不支持的表达式类型“{type}”",
                        $"{inputName} uses the expression type {type}, which is not supported"),
                    new BilingualText(
                        "请改用 JavaScript、Liquid、变量或固定值",
                        "Use JavaScript, Liquid, a variable or a fixed value"),
                    inputName));
                return Absent;
        }
    }

    private static InputSource CompileScript(ActivityNode node, string inputName, string type, string source)
    {
        if (string.IsNullOrWhiteSpace(source)) return Absent;
        try
        {
            CompiledExpression script = type == "Liquid"
                ? LiquidTemplate.Compile(source)
                : JavaScriptExpression.Compile(source);
            return new InputSource { Kind = InputSourceKind.Script, _script = script };
        }
        catch (ExpressionException bad)
        {
            node.Report(node.Finding(
                FindingSeverity.Error,
                "bad-expression",
                new BilingualText(
                    $"“{inputName}”的 {type} 表达式有误：{Problems.Of(bad).Zh}",
                    $"The {type} expression of {inputName} is not valid: {bad.Message}"),
                new BilingualText("请在所示行列处更正表达式", "Correct the expression at the line and column named"),
                inputName) with
            { Line = bad.Line, Column = bad.Column });
            return new InputSource { Kind = InputSourceKind.Script, _script = new BrokenExpression(bad) };
        }
    }

    private static InputSource CompileVariable(ActivityNode node, string inputName, JsonNode? value)
    {
        var reference = Parsed(value);
        var id = reference is JsonObject json ? json.Text("id") ?? json.Text("name") : reference?.ToString();
        if (string.IsNullOrEmpty(id)) return Absent;
        if (node.FindVariableInScope(id) is { } place)
        {
            return new InputSource { Kind = InputSourceKind.Variable, _variable = place };
        }
        var name = (reference as JsonObject)?.Text("name");
        if (name is not null && node.FindVariableInScope(name) is { } byName)
            return new InputSource { Kind = InputSourceKind.Variable, _variable = byName };
        node.Report(node.Finding(
            FindingSeverity.Error,
            "unknown-variable",
            new BilingualText(
                $"“{inputName}”引用的变量“{name ?? id}”不存在",
                $"{inputName} refers to the variable {name ?? id}, which does not exist"),
            new BilingualText("请选择现有的变量，或先添加该变量", "Choose an existing variable, or add this one"),
            inputName));
        return Absent;
    }

    private static InputSource CompileOutput(JsonNode? value)
    {
        if (Parsed(value) is not JsonObject json) return Absent;
        var activity = json.Text("activityId") ?? json.Text("activity") ?? json.Text("activityName");
        return activity is null
            ? Absent
            : new InputSource
            {
                Kind = InputSourceKind.ActivityOutput,
                _name = activity,
                _outputName = json.Text("outputName") ?? json.Text("output") ?? json.Text("name"),
            };
    }

    /// <summary>JSON, normally as text, in which <c>{ type, value }</c> objects are expressions of their own.</summary>
    private static InputSource CompileObject(ActivityNode node, string inputName, JsonNode? value)
    {
        if (value is null) return Absent;
        try
        {
            var parsed = Parsed(value, mustBeJson: true);
            return parsed is null ? Absent : CompileMember(node, inputName, parsed);
        }
        catch (System.Text.Json.JsonException bad)
        {
            node.Report(node.Finding(
                FindingSeverity.Error,
                "bad-json",
                new BilingualText(
                    $"“{inputName}”不是有效的 JSON",
                    $"{inputName} is not valid JSON: {bad.Message}"),
                new BilingualText("请检查括号、引号和逗号", "Check brackets, quotes and commas"),
                inputName) with
            { Line = (int)(bad.LineNumber ?? 0) + 1, Column = (int)(bad.BytePositionInLine ?? 0) + 1 });
            return Absent;
        }
    }

    private static InputSource CompileMember(ActivityNode node, string inputName, JsonNode? json)
    {
        switch (json)
        {
            case JsonObject expression when IsExpression(expression):
                return CompileExpression(node, inputName, expression);
            case JsonObject map:
                var members =
                    map.Select(m => KeyValuePair.Create(m.Key, CompileMember(node, inputName, m.Value))).ToList();
                return members.TrueForAll(m => m.Value.Kind == InputSourceKind.Constant)
                    ? OfConstant(PlainData.FromNode(map))
                    : new InputSource { Kind = InputSourceKind.Composed, _members = members };
            case JsonArray array:
                var items = array.Select(item => CompileMember(node, inputName, item)).ToList();
                return items.TrueForAll(i => i.Kind == InputSourceKind.Constant)
                    ? OfConstant(PlainData.FromNode(array))
                    : new InputSource { Kind = InputSourceKind.Composed, _items = items };
            default:
                return OfConstant(PlainData.FromNode(json));
        }
    }

    private static bool IsExpression(JsonObject json) =>
        json.Count == 2 && json.ContainsKey("value")
        && json.Text("type") is "Literal" or "Object" or "Variable" or "Input" or "Output" or "JavaScript" or "Liquid";

    private static string? Named(JsonNode? value)
    {
        var parsed = Parsed(value);
        return parsed is JsonObject json ? json.Text("name") ?? json.Text("id") : parsed?.ToString();
    }

    /// <summary>Studio stores objects either as they are or as JSON text.</summary>
    private static JsonNode? Parsed(JsonNode? value, bool mustBeJson = false)
    {
        if (value is not JsonValue text || !text.TryGetValue<string>(out var characters)) return value;
        if (characters.Trim().Length == 0) return null;
        if (!mustBeJson && characters.TrimStart() is not ['{' or '[', ..]) return value;
        try
        {
            return JsonNode.Parse(characters);
        }
        catch (System.Text.Json.JsonException) when (!mustBeJson || characters.TrimStart() is not ['{' or '[', ..])
        {
            return value;
        }
    }

    private object? Compose(ActivityExecution? execution, IExpressionScope scope)
    {
        if (_items is not null)
        {
            var list = new List<object?>(_items.Count);
            foreach (var item in _items) list.Add(item.Evaluate(execution, scope));
            return list;
        }

        var map = new Dictionary<string, object?>(_members!.Count);
        foreach (var (name, member) in _members) map[name] = member.Evaluate(execution, scope);
        return map;
    }

    /// <summary>
    /// Stands for an expression that does not compile, so that a draft can still be tried up to that point.
    /// </summary>
    private sealed class BrokenExpression(ExpressionException error) : CompiledExpression
    {
        public override object? Evaluate(IExpressionScope scope) =>
            throw new ExpressionException(error.Kind, error.Problem, error.Line, error.Column);
    }
}
