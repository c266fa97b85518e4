using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

/// <summary>Object, Function and Boolean.</summary>
internal static class ObjectMembers
{
    public static NativeFunction InstallObject()
    {
        var prototype = Builtins.ObjectPrototype;
        prototype.Method("hasOwnProperty", 1, static (rt, in self, a) => Val.Of(HasOwn(rt, self, a.Arg(0))));
        prototype.Method("propertyIsEnumerable", 1, static (rt, in self, a) => Val.Of(
            self.Ref is JsObject holder && (holder.FlagsOf(rt, rt.ToKey(a.Arg(0))) & PropertyFlags.Enumerable) != 0));
        prototype.Method("isPrototypeOf", 1, static (rt, in self, a) =>
        {
            for (var holder = a.Arg(0).Object?.Prototype; holder is not null; holder = holder.Prototype)
            {
                if (ReferenceEquals(holder, self.Ref)) return Val.True;
            }

            return Val.False;
        });
        prototype.Method("toString", 0, static (rt, in self, a) => Val.Of($"[object {ClassOf(self)}]"));
        prototype.Method("toLocaleString", 0, static (rt, in self, a) => Val.Of(rt.ToText(self)));
        prototype.Method("valueOf", 0, static (rt, in self, a) => self);

        NativeBody make = static (rt, in self, a) => a.Arg(0).IsNullish ? Val.Of(rt.NewObject()) : a[0];
        var constructor = Members.Constructor(prototype, "Object", 1, make, make);
        InstallReading(constructor);
        InstallChanging(constructor);
        return constructor;
    }

    public static NativeFunction InstallFunction()
    {
        var prototype = Builtins.FunctionPrototype;
        prototype.Method("call", 1, static (rt, in self, a) =>
            rt.Call(self, a.Arg(0), a.Length > 1 ? a[1..] : []));
        prototype.Method("apply", 2, static (rt, in self, a) =>
            rt.Call(self, a.Arg(0), a.Arg(1).IsNullish ? [] : [.. rt.Iterate(a[1])]));
        prototype.Method("bind", 1, static (rt, in self, a) =>
        {
            var target = rt.ToFunction(self, "bind");
            var bound = a.Arg(0);
            var first = a.Length > 1 ? a[1..] : [];
            // A chain of binds would otherwise make ever longer names.
            var name = target.Name.Length > 100 ? target.Name : "bound " + target.Name;
            rt.Allocate(200 + (name.Length * 2L) + (first.Length * 16L));
            return Val.Of(new NativeFunction(
                name,
                Math.Max(0, target.ParameterCount - first.Length),
                (rt, in _, rest) =>
                {
                    rt.EnterCall();
                    var result = target.Call(rt, bound, [.. first, .. rest]);
                    rt.LeaveCall();
                    return result;
                },
                shared: false));
        });
        prototype.Method("toString", 0, static (rt, in self, a) =>
            Val.Of($"function {rt.ToFunction(self, "toString").Name}() {{ [code] }}"));
        NativeBody refuse = static (rt, in self, a) =>
            throw rt.TypeError("Functions cannot be made from text; write function or => in the expression");
        return Members.Constructor(prototype, "Function", 1, refuse, refuse);
    }

    public static NativeFunction InstallBoolean()
    {
        var prototype = Builtins.BooleanPrototype;
        prototype.Method("toString", 0, static (rt, in self, a) => Val.Of(rt.ToText(self)));
        prototype.Method("valueOf", 0, static (rt, in self, a) => self);
        return Members.Constructor(
            prototype, "Boolean", 1, static (rt, in self, a) => Val.Of(a.Arg(0).Truthy), construct: null);
    }

    private static string ClassOf(in Val value) => value.Ref switch
    {
        null => "Undefined",
        JsMap or JsArray or JsDate or JsFunction or JsRegex or JsError => ((JsObject)value.Ref).ClassName,
        JsObject => "Object",
        string or Rope => "String",
        _ => value.IsNull ? "Null" : value.IsNumber ? "Number" : "Boolean",
    };

    private static bool HasOwn(Runtime rt, in Val holder, in Val key)
    {
        if (holder.Ref is JsObject map) return map.TryGetOwn(rt, rt.ToKey(key), out _);
        if (!holder.IsText) return false;
        var name = rt.ToKey(key);
        return name == "length"
            || (name.Length > 0 && char.IsAsciiDigit(name[0]) && !rt.GetMember(holder, name).IsUndefined);
    }

    private static List<string> KeysOf(Runtime rt, in Val value, string member)
    {
        if (value.Ref is JsObject holder) return holder.Keys(rt, enumerableOnly: true);
        if (value.IsText)
        {
            rt.Allocate(Rope.LengthOf(value.Ref!) * 40L);
            return [.. Enumerable.Range(0, Rope.LengthOf(value.Ref!)).Select(static i => JsNumber.ToText(i))];
        }

        if (value.IsNullish) throw rt.TypeError($"Object.{member} needs an object; {rt.Describe(value)} was given");
        return [];
    }

    private static void InstallReading(JsObject constructor)
    {
        constructor.Method("keys", 1, static (rt, in self, a) =>
            rt.NewList([.. KeysOf(rt, a.Arg(0), "keys").Select(Val.Of)]));
        constructor.Method("values", 1, static (rt, in self, a) =>
        {
            var target = a.Arg(0);
            return rt.NewList([.. KeysOf(rt, target, "values").Select(key => rt.GetMember(target, key))]);
        });
        constructor.Method("entries", 1, static (rt, in self, a) =>
        {
            var target = a.Arg(0);
            return rt.NewList([
                .. KeysOf(rt, target, "entries").Select(key => rt.NewList(Val.Of(key), rt.GetMember(target, key)))]);
        });
        constructor.Method("getOwnPropertyNames", 1, static (rt, in self, a) =>
            rt.NewList([.. (a.Arg(0).Object?.Keys(rt, enumerableOnly: false) ?? []).Select(Val.Of)]));
        constructor.Method("hasOwn", 2, static (rt, in self, a) => Val.Of(HasOwn(rt, a.Arg(0), a.Arg(1))));
        constructor.Method("is", 2, static (rt, in self, a) => Val.Of(
            Val.SameValueZero(a.Arg(0), a.Arg(1))
            && !(a.Arg(0).IsNumber && a[0].Number == 0
                && double.IsNegative(a[0].Number) != double.IsNegative(a[1].Number))));
        constructor.Method("getPrototypeOf", 1, static (rt, in self, a) =>
            rt.PrototypeOf(a.Arg(0), "prototype") is var holder && a[0].IsObject
                ? holder.Prototype is { } prototype ? Val.Of(prototype) : Val.Null
                : Val.Of(holder));
        constructor.Method("getOwnPropertyDescriptor", 2, static (rt, in self, a) =>
            a.Arg(0).Ref is JsObject holder ? Descriptor(rt, holder, rt.ToKey(a.Arg(1))) : default);
        constructor.Method("getOwnPropertyDescriptors", 1, static (rt, in self, a) =>
        {
            var all = rt.NewObject();
            if (a.Arg(0).Ref is not JsObject holder) return Val.Of(all);
            foreach (var key in holder.Keys(rt, enumerableOnly: false))
            {
                all.Define(rt, key, Descriptor(rt, holder, key));
            }
            return Val.Of(all);
        });
        Tell(constructor, "isFrozen", Integrity.Frozen);
        Tell(constructor, "isSealed", Integrity.Sealed);
        constructor.Method(
            "isExtensible", 1, static (rt, in self, a) => Val.Of(a.Arg(0).Object?.Integrity == Integrity.Open));
    }

    private static void InstallChanging(JsObject constructor)
    {
        constructor.Method("assign", 2, static (rt, in self, a) =>
        {
            if (a.Arg(0).Ref is not JsObject target)
            {
                throw rt.TypeError("Object.assign needs an object to put the values into");
            }
            foreach (var source in a.Skip(1))
            {
                if (source.Ref is not JsObject holder) continue;
                foreach (var key in holder.Keys(rt, enumerableOnly: true)) target.Set(rt, key, holder.Get(rt, key));
            }

            return a[0];
        });
        constructor.Method("fromEntries", 1, static (rt, in self, a) =>
        {
            var map = rt.NewObject();
            foreach (var pair in rt.Iterate(a.Arg(0)))
            {
                if (!pair.IsObject) throw rt.TypeError("Object.fromEntries needs a list of pairs [name, value]");
                map.Define(rt, rt.ToKey(rt.GetMember(pair, "0")), rt.GetMember(pair, "1"));
            }

            return Val.Of(map);
        });
        constructor.Method("groupBy", 2, static (rt, in self, a) =>
        {
            var call = rt.ToFunction(a.Arg(1), "Object.groupBy");
            var groups = rt.NewObject();
            var index = 0;
            foreach (var item in rt.Iterate(a.Arg(0)))
            {
                var key = rt.ToKey(call.Call(rt, default, [item, Val.Of(index++)]));
                if (!groups.TryGetOwn(rt, key, out var group)) groups.Define(rt, key, group = rt.NewList());
                ((JsArray)group.Ref!).Add(rt, item);
            }

            return Val.Of(groups);
        });
        constructor.Method("create", 2, static (rt, in self, a) =>
        {
            rt.Allocate(64);
            if (a.Arg(0).IsNull) return Val.Of(new JsObject(null));
            return a.Arg(0).Ref is JsObject prototype
                ? Val.Of(new JsObject(prototype))
                : throw rt.TypeError("Object.create needs an object or null");
        });
        constructor.Method("defineProperty", 3, static (rt, in self, a) =>
        {
            if (a.Arg(0).Ref is not JsObject target) throw rt.TypeError("Object.defineProperty needs an object");
            Define(rt, target, rt.ToKey(a.Arg(1)), a.Arg(2));
            return a[0];
        });
        constructor.Method("defineProperties", 2, static (rt, in self, a) =>
        {
            if (a.Arg(0).Ref is not JsObject target) throw rt.TypeError("Object.defineProperties needs an object");
            foreach (var key in KeysOf(rt, a.Arg(1), "defineProperties"))
            {
                Define(rt, target, key, rt.GetMember(a[1], key));
            }
            return a[0];
        });
        Protect(constructor, "freeze", Integrity.Frozen);
        Protect(constructor, "seal", Integrity.Sealed);
        Protect(constructor, "preventExtensions", Integrity.NotExtensible);
    }

    private static Val Descriptor(Runtime rt, JsObject holder, string key)
    {
        if (!holder.TryGetOwn(rt, key, out var value)) return default;
        var flags = holder.FlagsOf(rt, key);
        var found = rt.NewObject();
        if (value.Ref is Accessor accessor)
        {
            found.Define(rt, "get", accessor.Getter is { } getter ? Val.Of(getter) : default);
            found.Define(rt, "set", accessor.Setter is { } setter ? Val.Of(setter) : default);
        }
        else
        {
            found.Define(rt, "value", value);
            found.Define(rt, "writable", Val.Of((flags & PropertyFlags.Writable) != 0));
        }

        found.Define(rt, "enumerable", Val.Of((flags & PropertyFlags.Enumerable) != 0));
        found.Define(rt, "configurable", Val.Of((flags & PropertyFlags.Configurable) != 0));
        return Val.Of(found);
    }

    private static void Define(Runtime rt, JsObject target, string key, in Val description)
    {
        if (description.Ref is not JsObject map)
        {
            throw rt.TypeError("A property is described by an object such as {value: 1}");
        }
        var flags = PropertyFlags.None;
        if (map.Get(rt, "writable").Truthy) flags |= PropertyFlags.Writable;
        if (map.Get(rt, "enumerable").Truthy) flags |= PropertyFlags.Enumerable;
        if (map.Get(rt, "configurable").Truthy) flags |= PropertyFlags.Configurable;
        var (getter, setter) = (map.Get(rt, "get"), map.Get(rt, "set"));
        var value = getter.IsUndefined && setter.IsUndefined
            ? map.Get(rt, "value")
            : Val.Of(new Accessor(getter.Ref as JsFunction, setter.Ref as JsFunction));
        target.Define(rt, key, value, flags);
    }

    private static void Protect(JsObject constructor, string name, Integrity integrity) =>
        constructor.Method(name, 1, (rt, in self, a) =>
        {
            if (a.Arg(0).Ref is JsObject { IsShared: false } target && target.Integrity < integrity)
            {
                target.Integrity = integrity;
            }
            return a.Arg(0);
        });

    private static void Tell(JsObject constructor, string name, Integrity integrity) =>
        constructor.Method(name, 1, (rt, in self, a) => Val.Of(a.Arg(0).Ref is not JsObject target
            || target.Integrity >= integrity
            || (target.Integrity == Integrity.NotExtensible && target.Keys(rt, enumerableOnly: false).Count == 0)));
}
