using System.Globalization;
using System.Text.RegularExpressions;
using Acornima;
using Jint;
using Jint.Native;
using Jint.Native.Error;
using Jint.Runtime;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>Why an evaluation gave no value, in words that say what to mend, with the place.</summary>
internal static partial class RuntimeProblems
{
    /// <summary>Characters of what a script threw.</summary>
    private const int LongestMessage = 2_000;

    private static readonly string[] NotHere =
    [
        "setTimeout", "setInterval", "setImmediate", "queueMicrotask", "fetch", "require", "process", "window",
        "document", "navigator", "XMLHttpRequest", "Buffer", "URL", "TextEncoder", "TextDecoder", "crypto",
        "btoa", "atob",
    ];

    /// <summary>True if the exception comes from the evaluator: what the host throws goes on as it is.</summary>
    public static bool IsOfEvaluator(Exception failure) => failure is JintException or RegexMatchTimeoutException
        or OperationCanceledException or InsufficientExecutionStackException or OutOfMemoryException
        or ArgumentException or InvalidOperationException or NullReferenceException or InvalidCastException
        or IndexOutOfRangeException or ArithmeticException or NotSupportedException or KeyNotFoundException
        or FormatException;

    public static ExpressionException Of(Exception failure, Evaluation run)
    {
        var (kind, problem) = Explain(failure, run);
        if (run.Budget.Spent is { } spent) (kind, problem) = (ExpressionErrorKind.Limit, spent);
        var place = PlaceOf(failure, run);
        return new ExpressionException(kind, problem, place.Line, place.Column + 1);
    }

    private static (ExpressionErrorKind Kind, string Problem) Explain(Exception failure, Evaluation run)
    {
        switch (failure)
        {
            case RecursionDepthOverflowException or InsufficientExecutionStackException
                or JavaScriptException { Message: "Maximum call stack size exceeded" }:
                return (
                    ExpressionErrorKind.Limit,
                    $"Functions call each other more than {run.Limits.MaxCallDepth} levels deep.");
            case MemoryLimitExceededException:
                return (ExpressionErrorKind.Limit, $"A list has more than {Guard.LongestList} items.");
            case OutOfMemoryException:
                return (ExpressionErrorKind.Limit, "The text becomes too long.");
            case RegexMatchTimeoutException:
                return (
                    ExpressionErrorKind.Limit,
                    "A regular expression takes too long: its parts can match the same text in too many ways.");
            case OperationCanceledException:
                return (ExpressionErrorKind.Runtime, "The promise that the expression gives is never settled.");
            case JavaScriptException thrown:
                return (ExpressionErrorKind.Runtime, Described(thrown.Error, run));
            case PromiseRejectedException rejected:
                return (ExpressionErrorKind.Runtime, Described(rejected.RejectedValue, run));
            default:
                return (ExpressionErrorKind.Runtime, "The expression failed.");
        }
    }

    private static string Described(JsValue thrown, Evaluation run)
    {
        try
        {
            if (thrown is not ErrorInstance error) return Short(Evaluation.TextOf(thrown));
            var name = Evaluation.TextOf(error.Get("name"));
            var message = Short(Evaluation.TextOf(error.Get("message")));
            var plain = name == "ReferenceError"
                ? UnknownName(message)
                : Unavailable(message) ?? Problems.Plain(message);
            return name.Length == 0 ? plain : plain.Length == 0 ? name : $"{name}: {plain}";
        }
        catch (Exception unsaid) when (IsOfEvaluator(unsaid))
        {
            return "The expression failed.";
        }
    }

    private static string UnknownName(string message)
    {
        if (!message.EndsWith(" is not defined", StringComparison.Ordinal)) return Problems.Plain(message);
        var name = message[..message.IndexOf(' ', StringComparison.Ordinal)];
        if (NotHere.Contains(name)) return $"{name} is not available in expressions";
        if (name.Length > 3 && char.IsUpper(name[3]) && name[..3] is "get" or "set")
        {
            return $"{name} is not known; the workflow has no variable or input called {name[3..]}";
        }

        return $"{name} is not declared; check the spelling, or write variables.{name} for a workflow variable";
    }

    private static string? Unavailable(string message)
    {
        var name = message.Split(' ')[0];
        return Guard.Removed.Contains(name) ? $"{name} is not available in expressions" : null;
    }

    private static string Short(string text) => text.Length <= LongestMessage ? text : text[..LongestMessage] + "...";

    private static Position PlaceOf(Exception failure, Evaluation run)
    {
        if (failure is PromiseRejectedException { RejectedValue: ErrorInstance error }
            && error.GetOwnProperty("stack") is { Value: JsString stack } && OfStack(stack.ToString()) is { } thrownAt)
        {
            return thrownAt;
        }

        if (JintException.TryGetJavaScriptLocation(failure, out var location)) return location.Start;
        return OfStack(run.Engine.Advanced.StackTrace) ?? Position.From(1, 0);
    }

    private static Position? OfStack(string stack) => Line().Match(stack) is { Success: true } match
        ? Position.From(Number(match, 1), Number(match, 2) - 1)
        : null;

    private static int Number(Match match, int group) =>
        int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@":(\d{1,6}):(\d{1,6})\b")]
    private static partial Regex Line();
}
