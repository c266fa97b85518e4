using System.Text.Json.Nodes;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Running;

namespace Consultation.Engine.Definitions;

/// <summary>An input of one node, compiled: a constant, or an expression with conversion to the input's type.</summary>
public sealed class InputBinding<T>
{
    private readonly InputSource _source;
    private readonly T _constant;
    private readonly bool _isSensitive;
    private readonly bool _isLogged;

    private InputBinding(ActivityNode node, string name, InputSource source, T constant)
    {
        Name = name;
        _source = source;
        _constant = constant;
        _isLogged = node.Log.Input(name);
        _isSensitive = node.ActivityType?.Descriptor.FindInput(name)?.IsSensitive ?? false;
    }

    /// <summary>The input's name in PascalCase.</summary>
    public string Name { get; }

    /// <summary>Whether the definition gives a value at all.</summary>
    public bool IsGiven => _source.Kind != InputSourceKind.Absent;

    /// <summary>Whether the value is the same in every run.</summary>
    public bool IsConstant => _source.Kind is InputSourceKind.Absent or InputSourceKind.Constant;

    /// <summary>The value when <see cref="IsConstant"/>.</summary>
    internal T Constant => _constant;

    /// <summary>Evaluates the input and records its value for the journal, unless it is sensitive.</summary>
    /// <exception cref="ActivityFaultException">The expression failed or its value does not fit.</exception>
    public T Get(ActivityContext context)
    {
        if (IsConstant)
        {
            if (IsGiven && _isLogged && context.Step.RecordsValues) Record(context, PlainForm(_constant));
            return _constant;
        }

        var value = Convert(Evaluate(context.Execution, context.Scope));
        if (_isLogged && context.Step.RecordsValues) Record(context, PlainForm(value));
        return value;
    }

    /// <summary>The same for an input whose type only its definition knows: recorded as that type.</summary>
    internal object? Get(ActivityContext context, Func<T, object?> convert)
    {
        var value = convert(Get(context));
        if (IsGiven && _isLogged && context.Step.RecordsValues) Record(context, value);
        return value;
    }

    /// <summary>Evaluates the input without a trace in the journal.</summary>
    internal T Peek(ActivityContext context) =>
        IsConstant ? _constant : Convert(Evaluate(context.Execution, context.Scope));

    /// <summary>Evaluates the input outside a run, for example for a trigger or a trial.</summary>
    /// <exception cref="ActivityFaultException">The expression failed or its value does not fit.</exception>
    public T Get(IExpressionScope scope) => IsConstant ? _constant : Convert(Evaluate(null, scope));

    internal static InputBinding<T> Create(ActivityNode node, string name, JsonNode? json, T whenAbsent)
    {
        var source = InputSource.Compile(node, name, json);
        var constant = whenAbsent;
        if (source.Kind == InputSourceKind.Constant)
        {
            try
            {
                constant = source.Constant is null or "" && typeof(T) != typeof(string) && typeof(T) != typeof(object)
                    ? whenAbsent
                    : InputConversion<T>.From(source.Constant);
            }
            catch (FormatException unfit)
            {
                node.Report(node.Finding(
                    FindingSeverity.Error,
                    "bad-value",
                    new BilingualText(
                        $"“{name}”的值不符合要求：{Problems.Of(unfit.Message).Zh}",
                        $"The value of {name} does not fit: {unfit.Message}"),
                    new BilingualText($"请更正“{name}”的值", $"Correct the value of {name}"),
                    name));
            }
        }

        return new InputBinding<T>(node, name, source, constant);
    }

    private static object? PlainForm(T value) => value switch
    {
        null => null,
        int whole => (long)whole,
        List<string> texts => new List<object?>(texts),
        _ => value,
    };

    private object? Evaluate(ActivityExecution? execution, IExpressionScope scope)
    {
        try
        {
            return _source.Evaluate(execution, scope);
        }
        catch (ExpressionException failure)
        {
            throw new ActivityFaultException(
                $"“{Name}”的表达式出错：{Problems.Of(failure).Zh} / The expression of {Name} failed: {failure.Message}",
                cause: failure)
            { InputName = Name };
        }
    }

    private T Convert(object? raw)
    {
        try
        {
            return InputConversion<T>.From(raw);
        }
        catch (FormatException unfit)
        {
            throw new ActivityFaultException(
                $"“{Name}”的值不符合要求：{Problems.Of(unfit.Message).Zh} / The value of {Name} does not fit: {unfit.Message}",
                cause: unfit)
            { InputName = Name };
        }
    }

    private void Record(ActivityContext context, object? value) =>
        (context.Execution.RecordedInputs ??= new(4))[Name] = _isSensitive ? "******" : value;
}
