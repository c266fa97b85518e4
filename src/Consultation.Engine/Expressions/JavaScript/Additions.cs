using System.Collections.Frozen;
using System.Text;
using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Native.Symbol;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;
using JsEngine = global::Jint.Engine;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// What the evaluator lacks, or writes otherwise than Node.js: some functions here, and <c>Additions.js</c>, which is
/// run for the scripts that mention what it makes.
/// </summary>
internal static class Additions
{
    /// <summary>Names of which a script mentions one if it needs the additions.</summary>
    public static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
        ["Intl", "currency", "structuredClone", "console"]);

    /// <summary>Names of which a script mentions one if it writes dates in a language.</summary>
    public static readonly FrozenSet<string> OfDates = FrozenSet.ToFrozenSet(
        ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"]);

    private static readonly Lazy<Prepared<Script>> Source = new(() => JsEngine.PrepareScript(Read()));

    public static void Install(Evaluation run, PreparedScript script)
    {
        if (script.UsesMath) InstallRandom(run);
        if (script.Iterates) InstallLetters(run);
        if (script.WritesNumbers) InstallRadix(run);
        if (script.WritesDates) DateMethods.Install(run);
        if (!script.UsesAdditions) return;
        var install = run.Engine.Evaluate(Source.Value);
        var dateText = new ClrFunction(
            run.Engine,
            "dateText",
            (_, a) =>
            {
                var timed = a[3] == JsBoolean.True;
                return DateMethods.Write(run, a[0], a[1], a[2], !timed, timed) is { } text ? text : JsValue.Undefined;
            });
        run.Engine.Call(install, run.Scope.Zone.HasIanaId ? run.Scope.Zone.Id : "UTC", dateText);
    }

    /// <summary>The step's numbers, so that a step can be taken again.</summary>
    private static void InstallRandom(Evaluation run)
    {
        var random = new ClrFunction(run.Engine, "random", (_, _) => run.Scope.NextRandom());
        var math = (ObjectInstance)run.Engine.Global.Get("Math");
        math.FastSetProperty("random", new PropertyDescriptor(random, PropertyFlag.NonEnumerable));
    }

    /// <summary>A text is walked through by code points; the evaluator takes what is written as one letter.</summary>
    private static void InstallLetters(Evaluation run)
    {
        var iterator = new ClrFunction(run.Engine, "[Symbol.iterator]", (self, _) =>
        {
            var text = self is JsNull or JsUndefined
                ? throw run.TypeError("This value cannot be walked through; a list, text, Map or Set can")
                : Evaluation.TextOf(self);
            run.Budget.Work(text.Length);
            var letters = new List<JsValue>(text.Length);
            for (var i = 0; i < text.Length; i++)
            {
                var length = char.IsSurrogatePair(text, i) ? 2 : 1;
                letters.Add(text.Substring(i, length));
                i += length - 1;
            }

            var list = new JsArray(run.Engine, [.. letters]);
            return run.Engine.Call(list.Get(GlobalSymbolRegistry.Iterator), list, []);
        });
        PrototypeOf(run, "String").Set(GlobalSymbolRegistry.Iterator, iterator);
    }

    /// <summary>
    /// Fractions in other systems than the decimal one, with as many digits as tell the number apart.
    /// </summary>
    private static void InstallRadix(Evaluation run)
    {
        var prototype = PrototypeOf(run, "Number");
        var original = prototype.Get("toString");
        var written = new ClrFunction(
            run.Engine,
            "toString",
            (self, arguments) => self is JsNumber number && arguments is [JsNumber radix, ..]
                && NumberText.TryWrite(number.AsNumber(), radix.AsNumber(), out var text)
                ? text
                : run.Engine.Call(original, self, arguments),
            1,
            PropertyFlag.Configurable);
        prototype.FastSetProperty("toString", new PropertyDescriptor(written, PropertyFlag.NonEnumerable));
    }

    private static ObjectInstance PrototypeOf(Evaluation run, string name) =>
        (ObjectInstance)run.Engine.Global.Get(name).Get("prototype");

    private static string Read()
    {
        using var stream = typeof(Additions).Assembly
            .GetManifestResourceStream("Consultation.Engine.Expressions.JavaScript.Additions.js")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
