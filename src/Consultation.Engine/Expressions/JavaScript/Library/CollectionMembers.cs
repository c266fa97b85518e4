using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

/// <summary>Map, Set and the iterators.</summary>
internal static class CollectionMembers
{
    public static NativeFunction InstallMap()
    {
        var prototype = Builtins.MapPrototype;
        Shared(prototype, isSet: false);
        prototype.Method("get", 1, static (rt, in self, a) => This(rt, self, false).Get(a.Arg(0)));
        prototype.Method("set", 2, static (rt, in self, a) =>
        {
            This(rt, self, false).Put(rt, a.Arg(0), a.Arg(1));
            return self;
        });
        return Members.Constructor(prototype, "Map", 0, NeedsNew("Map"), static (rt, in self, a) =>
        {
            rt.Allocate(200);
            var map = new JsMap(isSet: false);
            if (a.Arg(0).IsNullish) return Val.Of(map);
            foreach (var pair in rt.Iterate(a[0]))
            {
                if (!pair.IsObject) throw rt.TypeError("new Map needs a list of pairs [key, value]");
                map.Put(rt, rt.GetMember(pair, "0"), rt.GetMember(pair, "1"));
            }

            return Val.Of(map);
        });
    }

    public static NativeFunction InstallSet()
    {
        var prototype = Builtins.SetPrototype;
        Shared(prototype, isSet: true);
        prototype.Method("add", 1, static (rt, in self, a) =>
        {
            This(rt, self, true).Put(rt, a.Arg(0), default);
            return self;
        });
        return Members.Constructor(prototype, "Set", 0, NeedsNew("Set"), static (rt, in self, a) =>
        {
            rt.Allocate(200);
            var set = new JsMap(isSet: true);
            if (a.Arg(0).IsNullish) return Val.Of(set);
            foreach (var item in rt.Iterate(a[0])) set.Put(rt, item, default);
            return Val.Of(set);
        });
    }

    public static void InstallIterator() => Builtins.IteratorPrototype.Method("next", 0, static (rt, in self, a) =>
    {
        if (self.Ref is not JsIterator iterator) throw rt.TypeError("next works on iterators only");
        var moved = iterator.MoveNext(out var value);
        var result = rt.NewObject();
        result.Define(rt, "value", value);
        result.Define(rt, "done", Val.Of(!moved));
        return Val.Of(result);
    });

    private static NativeBody NeedsNew(string name) => (rt, in self, a) =>
        throw rt.TypeError($"{name} needs new: new {name}()");

    private static JsMap This(Runtime rt, in Val self, bool isSet) =>
        self.Ref is JsMap map && map.IsSet == isSet
            ? map
            : throw rt.TypeError($"{rt.Describe(self)} is no {(isSet ? "Set" : "Map")}");

    private static void Shared(JsObject prototype, bool isSet)
    {
        prototype.Getter("size", (rt, in self, a) => Val.Of(This(rt, self, isSet).Count));
        prototype.Method("has", 1, (rt, in self, a) => Val.Of(This(rt, self, isSet).Contains(a.Arg(0))));
        prototype.Method("delete", 1, (rt, in self, a) => Val.Of(This(rt, self, isSet).Remove(a.Arg(0))));
        prototype.Method("clear", 0, (rt, in self, a) =>
        {
            rt.Work(This(rt, self, isSet).SlotCount);
            This(rt, self, isSet).Clear();
            return default;
        });
        prototype.Method("forEach", 1, (rt, in self, a) =>
        {
            var map = This(rt, self, isSet);
            var call = rt.ToFunction(a.Arg(0), "forEach");
            for (var i = 0; i < map.SlotCount; i++)
            {
                rt.Step(rt.At);
                if (map.TryGetSlot(i, out var key, out var value))
                {
                    call.Call(rt, default, [isSet ? key : value, key, self]);
                }
            }

            return default;
        });
        prototype.Method(
            "keys", 0, (rt, in self, a) => Walk(rt.Slots(This(rt, self, isSet), keys: true, values: false)));
        prototype.Method(
            "values", 0, (rt, in self, a) => Walk(rt.Slots(This(rt, self, isSet), keys: false, values: true)));
        prototype.Method(
            "entries", 0, (rt, in self, a) => Walk(rt.Slots(This(rt, self, isSet), keys: true, values: true)));
    }

    private static Val Walk(IEnumerable<Val> items) => Val.Of(new JsIterator(items.GetEnumerator()));
}
