using System.Collections.Frozen;
using System.Globalization;
using Jint;
using Jint.Native;
using Jint.Native.Json;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// Stands before the functions that make or take apart a text of any length in one go: while one runs, nothing looks at
/// time or memory. A function is only replaced for a script that may reach it.
/// </summary>
internal static class LongTexts
{
    /// <summary>Characters that one function may make or take.</summary>
    private const int MostCharacters = 500_000;

    /// <summary>Characters of a text taken apart into properties, and of a pattern.</summary>
    private const int MostParts = 10_000;

    private static readonly (string[] Owner, string Name, Look Look)[] Watched =
    [
        (["String", "prototype"], "repeat", (run, self, a) => Made(run, Length(self) * Number(a, 0))),
        (["String", "prototype"], "padStart", (run, _, a) => Made(run, Number(a, 0))),
        (["String", "prototype"], "padEnd", (run, _, a) => Made(run, Number(a, 0))),
        (["String", "prototype"], "concat", (run, self, a) => Made(run, Length(self) + a.Sum(Length))),
        (["String", "prototype"], "replaceAll", LookAtReplacement),
        (["String", "prototype"], "replace", LookAtReplacement),
        (["String", "prototype"], "normalize", LookAtMarks),
        (["String", "prototype"], "match", (run, _, a) => Parts(run, a)),
        (["String", "prototype"], "matchAll", (run, _, a) => Parts(run, a)),
        (["String", "prototype"], "search", (run, _, a) => Parts(run, a)),
        (["RegExp", "prototype"], "compile", (run, _, a) => Parts(run, a)),
        (["String"], "raw", (run, _, a) => Made(run, a.Skip(1).Sum(Length) + RawLength(a))),
        (["Array", "prototype"], "flat", LookAtNested),
        (["Array", "prototype"], "toLocaleString", LookAtAll),
        ([], "encodeURIComponent", (run, _, a) => Made(run, a.Sum(Length))),
        ([], "encodeURI", (run, _, a) => Made(run, a.Sum(Length))),
        ([], "escape", (run, _, a) => Made(run, a.Sum(Length))),
        (["Intl", "Segmenter", "prototype"], "segment", (run, _, a) => Parts(run, a)),
        (["Reflect"], "ownKeys", (run, _, a) => Parts(run, a)),
        .. ((string[])[
            "keys", "values", "entries", "assign", "freeze", "seal", "isFrozen", "isSealed", "getOwnPropertyNames",
            "getOwnPropertyDescriptors", "defineProperties", "preventExtensions", "groupBy",
        ]).Select(name => (new[] { "Object" }, name, (Look)((run, _, a) => Parts(run, a)))),
    ];

    /// <summary>Names that a script mentions if it means one of the functions.</summary>
    public static readonly FrozenSet<string> Names = Watched.Select(one => one.Name)
        .Concat(["stringify", "RegExp", "constructor", "bind"]).ToFrozenSet(StringComparer.Ordinal);

    private delegate void Look(Evaluation run, JsValue self, JsValue[] arguments);

    /// <summary>Stands before those functions that <paramref name="script"/> may reach.</summary>
    public static void Watch(Evaluation run, PreparedScript script)
    {
        // Asked for without a name by every list that becomes a text.
        Replace(run, run.Engine.Intrinsics.Array.PrototypeObject, "join", LookAtJoin);
        if (!script.ReachesAnyName && script.Watched.Count == 0) return;
        if (script.ReachesAnyName || script.Watched.Contains("stringify")) WatchJson(run);
        foreach (var (owner, name, look) in Watched)
        {
            if (!script.ReachesAnyName && !script.Watched.Contains(name)) continue;
            var place = owner.Aggregate(run.Engine.Global, (thing, part) => (ObjectInstance)thing.Get(part));
            Replace(run, place, name, look);
        }

        if (script.ReachesAnyName || script.Watched.Overlaps(["RegExp", "constructor"])) WatchPatterns(run);
    }

    private static void Replace(Evaluation run, ObjectInstance owner, string name, Look look)
    {
        var original = owner.Get(name);
        var length = TypeConverter.ToInt32(original.Get("length"));
        owner.FastSetProperty(
            name,
            new PropertyDescriptor(
                new ClrFunction(
                    run.Engine,
                    name,
                    (self, arguments) =>
                    {
                        look(run, self, arguments);
                        return run.Engine.Call(original, self, arguments);
                    },
                    length,
                    PropertyFlag.Configurable),
                PropertyFlag.NonEnumerable));
    }

    /// <summary>A pattern is compiled at once, however long it is; so <c>RegExp</c> itself is stood before.</summary>
    private static void WatchPatterns(Evaluation run)
    {
        var engine = run.Engine;
        var original = (ObjectInstance)engine.Global.Get("RegExp");
        var handler = new JsObject(engine);
        handler.FastSetProperty("apply", Trap((_, a) => Pattern(run, original, (JsArray)a[2], null)));
        handler.FastSetProperty("construct", Trap((_, a) => Pattern(run, original, (JsArray)a[1], a[2])));
        var watched = engine.Construct(engine.Global.Get("Proxy"), [original, handler]);
        engine.Global.FastSetProperty("RegExp", new PropertyDescriptor(watched, PropertyFlag.NonEnumerable));
        ((ObjectInstance)original.Get("prototype")).FastSetProperty(
            "constructor", new PropertyDescriptor(watched, PropertyFlag.NonEnumerable));

        PropertyDescriptor Trap(Func<JsValue, JsValue[], JsValue> trap) => new(
            new ClrFunction(engine, "", (self, a) => trap(self, a)), PropertyFlag.AllForbidden);
    }

    private static JsValue Pattern(Evaluation run, ObjectInstance original, JsArray given, JsValue? target)
    {
        var arguments = given.ToArray();
        Parts(run, arguments);
        if (target is null) return run.Engine.Call(original, JsValue.Undefined, arguments);
        var reflect = (ObjectInstance)run.Engine.Global.Get("Reflect");
        return run.Engine.Call(reflect.Get("construct"), reflect, [original, given, target]);
    }

    /// <summary>JSON whose making is counted value by value: a list may hold the same twice at many levels.</summary>
    public static JsValue Json(Evaluation run, JsValue value, JsValue replacer, JsValue space)
    {
        var characters = 0d;
        var counting = new ClrFunction(run.Engine, "", (holder, a) =>
        {
            run.Budget.Check();
            var kept = replacer.IsCallable() ? run.Engine.Call(replacer, holder, a) : a[1];
            Made(run, characters += Length(a[0]) + Length(kept));
            return kept;
        });
        var json = new JsonSerializer(run.Engine).Serialize(value, counting, space);
        return replacer is ObjectInstance && !replacer.IsCallable()
            ? new JsonSerializer(run.Engine).Serialize(value, replacer, space)
            : json;
    }

    private static void WatchJson(Evaluation run) => ((ObjectInstance)run.Engine.Global.Get("JSON")).FastSetProperty(
        "stringify",
        new PropertyDescriptor(
            new ClrFunction(
                run.Engine,
                "stringify",
                (_, a) => Json(run, At(a, 0), At(a, 1), At(a, 2)),
                3,
                PropertyFlag.Configurable),
            PropertyFlag.NonEnumerable));

    private static void Made(Evaluation run, double characters)
    {
        if (characters > MostCharacters && double.IsFinite(characters)) run.Budget.Stop("The text becomes too long.");
    }

    private static void Parts(Evaluation run, JsValue[] arguments)
    {
        foreach (var argument in arguments)
        {
            if (Length(argument) <= MostParts) continue;
            run.Budget.Stop("The text is too long to be taken apart or to be a pattern.");
        }
    }

    private static JsValue At(JsValue[] arguments, int place) =>
        place < arguments.Length ? arguments[place] : JsValue.Undefined;

    private static double Length(JsValue value) => value switch
    {
        JsString text => text.Length,
        IJsPrimitive { PrimitiveValue: JsString text } => text.Length,
        _ => 0,
    };

    private static double Number(JsValue[] arguments, int place) =>
        place < arguments.Length && arguments[place] is JsNumber number ? number.AsNumber() : 0;

    private static double RawLength(JsValue[] arguments) =>
        arguments is [ObjectInstance strings, ..] && strings.Get("raw") is JsArray raw ? raw.ToArray().Sum(Length) : 0;

    /// <summary>Each place may be replaced by a text that holds the whole rest.</summary>
    private static void LookAtReplacement(Evaluation run, JsValue self, JsValue[] arguments)
    {
        if (arguments is not [var pattern, JsString replacement, ..]) return;
        var holdsRest = replacement.ToString().Contains('$', StringComparison.Ordinal);
        var one = replacement.Length + (holdsRest ? Length(self) : 0);
        if ((Length(self) + 1) * one <= MostCharacters) return;
        if (pattern is JsString text) Made(run, Length(self) + (one * Places(self.ToString(), text.ToString())));
    }

    private static double Places(string text, string part)
    {
        if (part.Length == 0) return text.Length + 1;
        var count = 0;
        var at = text.IndexOf(part, StringComparison.Ordinal);
        while (at >= 0)
        {
            count++;
            at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal);
        }

        return count;
    }

    /// <summary>Marks that follow each other are put in order, which takes the square of their number.</summary>
    private static void LookAtMarks(Evaluation run, JsValue self, JsValue[] arguments)
    {
        Made(run, Length(self) * 4);
        var marks = 0;
        foreach (var letter in self.ToString())
        {
            var isMark = letter >= '\u0300'
                && CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark;
            marks = isMark ? marks + 1 : 0;
            if (marks > 200) run.Budget.Stop("The text has too many marks on one letter.");
        }
    }

    private static void LookAtJoin(Evaluation run, JsValue self, JsValue[] arguments)
    {
        run.Budget.Check();
        if (self is not JsArray list) return;
        var separator = arguments is [JsString text, ..] ? text.Length : 1d;
        var characters = separator * list.Length;
        Made(run, characters);
        run.Budget.Work(list.Length);
        for (var i = 0u; i < list.Length; i++) characters += list.TryGetValue(i, out var item) ? Length(item) : 0;
        Made(run, characters);
    }

    /// <summary>A list may hold the same twice at many levels, and be of any depth.</summary>
    private static void LookAtNested(Evaluation run, JsValue self, JsValue[] arguments)
    {
        var levels = arguments is [JsNumber number, ..] ? number.AsNumber() : 1;
        if (levels > 1) Walk(run, self, levels, 0);
    }

    private static void LookAtAll(Evaluation run, JsValue self, JsValue[] arguments) =>
        Walk(run, self, double.PositiveInfinity, 0);

    private static void Walk(Evaluation run, JsValue value, double left, int depth)
    {
        if (left <= 0 || value is not JsArray list) return;
        run.Budget.Check();
        if (depth > PlainData.MaxDepth)
        {
            run.Budget.Stop($"The value is nested more than {PlainData.MaxDepth} levels deep, or contains itself");
        }

        for (var i = 0u; i < list.Length; i++)
        {
            if (list.TryGetValue(i, out var item)) Walk(run, item, left - 1, depth + 1);
        }
    }
}
