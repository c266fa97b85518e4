using System.Runtime.CompilerServices;
using Consultation.Engine.Expressions.JavaScript.Syntax;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// One evaluation: what it may still use up, what it sees of the workflow, and the place it has reached. Conversions
/// and operators are in the other parts.
/// </summary>
internal sealed partial class Runtime
{
    private readonly string _source;
    private int _depth;
    private long _memory;
    private long _regex;
    private int _steps;

    public Runtime(string source, ExpressionLimits limits, IExpressionScope scope)
    {
        _source = source;
        Limits = limits;
        Scope = scope;
        _steps = limits.MaxSteps;
        _memory = limits.MaxMemoryBytes;
        _regex = limits.RegexBudget;
    }

    public ExpressionLimits Limits { get; }

    public IExpressionScope Scope { get; }

    /// <summary>Offset in the source of the call or access that is running; errors name it.</summary>
    public int At { get; set; }

    /// <summary>What a return statement leaves for its function.</summary>
    public Val Returned { get; set; }

    /// <summary>The value of the last expression statement of the script itself.</summary>
    public Val Completion { get; set; }

    /// <summary>The label a break or continue is on its way to; null for the nearest.</summary>
    public string? JumpLabel { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step(int at)
    {
        if (--_steps < 0) throw OutOfSteps(at);
    }

    /// <summary>Counts work on many elements or characters, eight to a step.</summary>
    public void Work(long elements)
    {
        if (elements < 8) return;
        var steps = elements >> 3;
        if (steps > _steps) throw OutOfSteps(At);
        _steps -= (int)steps;
    }

    /// <summary>Counts memory made, whether or not it is freed again.</summary>
    public void Allocate(long bytes)
    {
        _memory -= bytes;
        if (_memory < 0)
        {
            throw Limit($"The expression uses more than {Limits.MaxMemoryBytes / 1024} KiB for texts and lists.", At);
        }
    }

    /// <summary>A new text, counted.</summary>
    public Val NewText(string text)
    {
        Allocate(24 + (text.Length * 2L));
        return Val.Of(text);
    }

    /// <summary>Counts characters read by a regular expression.</summary>
    public void RegexWork(long characters)
    {
        _regex -= characters + 16;
        Work(characters >> 2);
        if (_regex < 0) throw Limit("The regular expressions read too much text.", At);
    }

    /// <summary>Goes one call deeper.</summary>
    public void EnterCall()
    {
        if (++_depth <= Limits.MaxCallDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack()) return;
        throw Limit($"Functions call each other more than {Limits.MaxCallDepth} levels deep.", At);
    }

    public void LeaveCall() => _depth--;

    /// <summary>The depth to go back to when an error is caught.</summary>
    public int Depth
    {
        get => _depth;
        set => _depth = value;
    }

    /// <summary>Refuses before the native stack ends.</summary>
    public void CheckStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw Limit("The expression is nested too deep.", At);
    }

    public ExpressionException Limit(string problem, int at)
    {
        var (line, column) = SourcePlace.Of(_source, at);
        return new ExpressionException(ExpressionErrorKind.Limit, problem, line, column);
    }

    public JsThrow TypeError(string message) => Error(Builtins.TypeErrorPrototype, message);

    public JsThrow RangeError(string message) => Error(Builtins.RangeErrorPrototype, message);

    public JsThrow ReferenceError(string message) => Error(Builtins.ReferenceErrorPrototype, message);

    public JsThrow SyntaxError(string message) => Error(Builtins.SyntaxErrorPrototype, message);

    public JsThrow Error(JsObject prototype, string message)
    {
        var error = new JsError(prototype, At);
        Allocate(120 + (message.Length * 2L));
        error.Define(this, "message", Val.Of(message), PropertyFlags.Hidden);
        return new JsThrow(Val.Of(error), At);
    }

    /// <summary>What the caller of the evaluator sees of an error that no catch took.</summary>
    public ExpressionException Uncaught(JsThrow thrown)
    {
        var at = thrown.Value.Ref is JsError error ? error.At : thrown.At;
        string text;
        try
        {
            text = thrown.Value.Ref is JsError
                ? Library.ErrorMembers.Describe(this, thrown.Value)
                : ToText(thrown.Value);
        }
        catch (JsThrow)
        {
            text = "The expression failed.";
        }

        var (line, column) = SourcePlace.Of(_source, at);
        return new ExpressionException(ExpressionErrorKind.Runtime, text, line, column);
    }

    private ExpressionException OutOfSteps(int at) => Limit(
        $"The expression takes more than {Limits.MaxSteps} steps. Look for a loop that does not end, or split the "
            + "work.",
        at);
}

/// <summary>A value thrown by the script or on its behalf, on its way to a catch.</summary>
#pragma warning disable CA1032, CA1064 // Never leaves the evaluator.
internal sealed class JsThrow(Val value, int at) : Exception
{
    public Val Value { get; } = value;

    public int At { get; } = at;
}
#pragma warning restore CA1032, CA1064
