using System.Collections.Frozen;
using System.Globalization;
using Jint;
using Jint.Native;
using Jint.Runtime.Descriptors;
using JsEngine = global::Jint.Engine;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// Makes the engine for one evaluation: fresh each time, because what a script does to <c>Array.prototype</c> would
/// stay in a used one; shut off from .NET, and without what no limit can stop.
/// </summary>
internal static class Guard
{
    /// <summary>
    /// What is taken away: memory asked for at once (arrays of bytes), waiting (Atomics), numbers whose one operation
    /// takes minutes (BigInt, also by way of Temporal), realms of their own, and what depends on the garbage collector.
    /// </summary>
    public static readonly FrozenSet<string> Removed = FrozenSet.ToFrozenSet(
    [
        "ArrayBuffer", "SharedArrayBuffer", "DataView", "Atomics", "Int8Array", "Uint8Array", "Uint8ClampedArray",
        "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float16Array", "Float32Array", "Float64Array",
        "BigInt64Array", "BigUint64Array", "BigInt", "ShadowRealm", "Temporal", "FinalizationRegistry",
    ]);

    /// <summary>
    /// What stands in their place, for all engines: nothing, for good. Taking them off would cost each engine the form
    /// in which the evaluator keeps its own names.
    /// </summary>
    private static readonly PropertyDescriptor Nothing = new(JsValue.Undefined, PropertyFlag.AllForbidden);

    /// <summary>Items of one list.</summary>
    public const int LongestList = 1_000_000;

    /// <summary>The most that one use of a regular expression may take.</summary>
    public static readonly TimeSpan RegexTime = TimeSpan.FromMilliseconds(120);

    /// <summary>The names that the language has itself.</summary>
    public static readonly FrozenSet<string> Language = NamesOfLanguage();

    public static JsEngine Open(Budget budget, ExpressionLimits limits, IExpressionScope scope)
    {
        var options = new Options
        {
            Strict = false,
            AgentCanSuspend = false,
            TimeZone = scope.Zone,
            Culture = Culture,
        };

        // After zone and culture, which bring a clock of their own.
        options.TimeSystem = new StepClock(scope);
        options.Interop.Enabled = false;
        options.DisableStringCompilation();
        options.Constraint(budget);
        options.LimitRecursion(limits.MaxCallDepth);
        options.Constraints.MaxArraySize = LongestList;
        options.Constraints.RegexTimeout = RegexTime;
        options.Constraints.StackOverflowGuard = true;
        options.Json.MaxParseDepth = PlainData.MaxDepth;
        var engine = new JsEngine(options);
        foreach (var name in Removed) engine.Global.FastSetProperty(name, Nothing);
        return engine;
    }

    /// <summary>Texts are made as Node.js makes them where no language is named.</summary>
    private static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("en-US");

    private static FrozenSet<string> NamesOfLanguage()
    {
        using var engine = new JsEngine();

        // The first use of either way to match takes long, and is not the script's fault.
        engine.Evaluate("/(?<a>b)+c/.test('abbc') + 'ab'.replace(/(?<=a)b|\\p{L}/gu, '')");
        var names = engine.Global.GetOwnPropertyKeys(Jint.Runtime.Types.String).Select(key => key.ToString());
        return names.Append("arguments").ToFrozenSet(StringComparer.Ordinal);
    }
}
