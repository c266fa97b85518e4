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
        var floors = new ConditionalWeakTable<ObjectInstance, object>();
        if (script.ReachesAnyName)
        {
            var proxy = (ObjectInstance)run.Engine.Global.Get("Proxy");
            Replace(run, proxy, "revocable", (self, a, original) =>
                Built(run, floors, run.Engine.Call(original, self, a), result => ((ObjectInstance)result)
                    .Get("proxy"), a));
            WatchProxies(run, floors, proxy);
        }

        if (script.ReachesAnyName || script.Watched.Contains("bind"))
        {
            Replace(run, (ObjectInstance)run.Engine.Global.Get("Function")
                .Get("prototype"), "bind", (self, a, original) =>
                Built(run, floors, run.Engine.Call(original, self, a), result => result, self));
        }

        if (!script.ReachesAnyName && !script.MakesIterators) return;
        if (run.Engine.Global.Get("Iterator") is not ObjectInstance iterators) return;
        foreach (var name in Helpers)
        {
            Replace(run, (ObjectInstance)iterators.Get("prototype"), name, (self, a, original) =>
                Built(run, floors, run.Engine.Call(original, self, a), result => result, self));
        }
    }

    private static void WatchProxies(
        Evaluation run, ConditionalWeakTable<ObjectInstance, object> floors, ObjectInstance original)
    {
        var engine = run.Engine;
        var reflect = (ObjectInstance)engine.Global.Get("Reflect");
        var construct = reflect.Get("construct");
        var handler = new JsObject(engine);
        handler.FastSetProperty("construct", new PropertyDescriptor(
            new ClrFunction(engine, "construct", (_, a) => Built(
                run, floors, engine.Call(construct, reflect, [original, a[1], original]), result =>
                    result, ((JsArray)a[1]).ToArray())),
            PropertyFlag.AllForbidden));
        engine.Global.FastSetProperty(
            "Proxy", new PropertyDescriptor(
                engine.Construct(original, [original, handler]), PropertyFlag.NonEnumerable));
    }

    private static JsValue Built(
        Evaluation run,
        ConditionalWeakTable<ObjectInstance, object> floors,
        JsValue made,
        Func<JsValue, JsValue> top,
        params JsValue[] under)
    {
        var most = 0;
        foreach (var one in under)
        {
            if (one is ObjectInstance thing && floors.TryGetValue(thing, out var height))
            {
                most = Math.Max(most, (int)height);
            }
        }

        if (most >= MostFloors)
        {
            run.Budget.Stop($"More than {MostFloors} proxies, bound functions or iterators stand on each other.");
        }
        if (top(made) is ObjectInstance built) floors.AddOrUpdate(built, most + 1);
        return made;
    }

    private static void Replace(
        Evaluation run, ObjectInstance owner, string name, Func<JsValue, JsValue[], JsValue, JsValue> call)
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
}
