using System.Runtime.CompilerServices;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// Bounds what may be put on top of each other without end: a proxy for a proxy, a bound function bound again, an
/// iterator over an iterator. The evaluator goes through such a tower by calling itself and would end the process.
/// </summary>
internal static class Towers
{
    private const int MostFloors = 100;

    /// <summary>Names of which a script mentions one if it can get hold of an iterator.</summary>
    public static readonly string[] OfIterators =
        ["values", "keys", "entries", "matchAll", "Iterator", "iterator", "segment"];

    private static readonly string[] Helpers = ["map", "filter", "take", "drop", "flatMap"];

    public static void Watch(Evaluation run, PreparedScript script)
    {
        if (!script.ReachesAnyName && !script.Watched.Contains("bind") && !script.MakesIterators) return;
        var floors = new Floors(run);
        if (script.ReachesAnyName) WatchProxies(run, floors);
        if (script.ReachesAnyName || script.Watched.Contains("bind"))
        {
            var functions = (ObjectInstance)run.Engine.Global.Get("Function").Get("prototype");
            Replace(run, functions, "bind",
                (self, a, original) => floors.Add(run.Engine.Call(original, self, a), self));
        }

        if (!script.ReachesAnyName && !script.MakesIterators) return;
        if (run.Engine.Global.Get("Iterator") is not ObjectInstance iterators) return;
        var prototype = (ObjectInstance)iterators.Get("prototype");
        foreach (var name in Helpers)
        {
            Replace(run, prototype, name, (self, a, original) => floors.Add(run.Engine.Call(original, self, a), self));
        }
    }

    private static void WatchProxies(Evaluation run, Floors floors)
    {
        var engine = run.Engine;
        var original = (ObjectInstance)engine.Global.Get("Proxy");
        var reflect = (ObjectInstance)engine.Global.Get("Reflect");
        var construct = reflect.Get("construct");
        Replace(run, original, "revocable", (self, a, revocable) =>
        {
            var made = (ObjectInstance)run.Engine.Call(revocable, self, a);
            floors.Add(made.Get("proxy"), a);
            return made;
        });
        var trap = new ClrFunction(engine, "construct", (_, a) =>
        {
            var given = (JsArray)a[1];
            return floors.Add(engine.Call(construct, reflect, [original, given, original]), given.ToArray());
        });
        var handler = new JsObject(engine);
        handler.FastSetProperty("construct", new PropertyDescriptor(trap, PropertyFlag.AllForbidden));
        var watched = engine.Construct(original, [original, handler]);
        engine.Global.FastSetProperty("Proxy", new PropertyDescriptor(watched, PropertyFlag.NonEnumerable));
    }

    private static void Replace(
        Evaluation run,
        ObjectInstance owner,
        string name,
        Func<JsValue, JsValue[], JsValue, JsValue> call)
    {
        var original = owner.Get(name);
        owner.FastSetProperty(
            name,
            new PropertyDescriptor(
                new ClrFunction(
                    run.Engine,
                    name,
                    (self, a) => call(self, a, original),
                    TypeConverter.ToInt32(original.Get("length")),
                    PropertyFlag.Configurable),
                PropertyFlag.NonEnumerable));
    }

    /// <summary>How high each object stands.</summary>
    private sealed class Floors(Evaluation run)
    {
        private readonly ConditionalWeakTable<ObjectInstance, object> _heights = [];

        public JsValue Add(JsValue made, params JsValue[] under)
        {
            var most = 0;
            foreach (var one in under)
            {
                if (one is not ObjectInstance thing || !_heights.TryGetValue(thing, out var height)) continue;
                most = Math.Max(most, (int)height);
            }

            if (most >= MostFloors)
            {
                run.Budget.Stop($"More than {MostFloors} proxies, bound functions or iterators stand on each other.");
            }

            if (made is ObjectInstance built) _heights.AddOrUpdate(built, most + 1);
            return made;
        }
    }
}
