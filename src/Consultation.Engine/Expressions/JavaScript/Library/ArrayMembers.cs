using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

/// <summary>
/// Lists: what changes them and what takes parts of them. Members that call functions are in the other part.
/// </summary>
internal static partial class ArrayMembers
{
    private const int DeepestJoin = 100;

    public static NativeFunction Install()
    {
        var prototype = Builtins.ArrayPrototype;
        InstallChanges(prototype);
        InstallParts(prototype);
        InstallCallbacks(prototype);
        InstallReductions(prototype);
        var constructor = Members.Constructor(prototype, "Array", 1, Make, Make);
        constructor.Method("isArray", 1, static (rt, in self, a) => Val.Of(a.Arg(0).Ref is JsArray));
        constructor.Method("of", 0, static (rt, in self, a) => rt.NewList([.. a]));
        constructor.Method("from", 1, From);
        return constructor;
    }

    private static JsArray List(Runtime rt, in Val self, string member) => self.Ref as JsArray
        ?? throw rt.TypeError($"{member} works on lists; {rt.Describe(self)} is none");

    private static Val Make(Runtime rt, in Val self, Val[] a)
    {
        if (a.Length != 1 || !a[0].IsNumber) return rt.NewList([.. a]);
        var list = new JsArray(rt, 0);
        list.Set(rt, "length", a[0]);
        return Val.Of(list);
    }

    private static Val From(Runtime rt, in Val self, Val[] a)
    {
        var map = a.Arg(1).IsUndefined ? null : rt.ToFunction(a[1], "Array.from");
        var list = new JsArray(rt, 0);
        var source = a.Arg(0);
        if (source.Ref is JsArray or JsMap or JsIterator || source.IsText)
        {
            foreach (var item in rt.Iterate(source)) Add(item);
        }
        else if (source.Ref is JsObject alike)
        {
            var length = rt.ToInteger(alike.Get(rt, "length"));
            for (var i = 0; i < length; i++)
            {
                rt.Step(rt.At);
                Add(alike.Get(rt, JsNumber.ToText(i)));
            }
        }
        else if (source.IsNullish) throw rt.TypeError("Array.from needs a list or text; nothing was given");

        return Val.Of(list);

        void Add(in Val item) =>
            list.Add(rt, map is null ? item : map.Call(rt, default, [item, Val.Of(list.Length)]));
    }

    private static void InstallChanges(JsObject prototype)
    {
        prototype.Method("push", 1, static (rt, in self, a) =>
        {
            var list = List(rt, self, "push");
            foreach (var item in a) list.Add(rt, item);
            return Val.Of(list.Length);
        });
        prototype.Method("pop", 0, static (rt, in self, a) =>
        {
            var list = List(rt, self, "pop");
            if (list.Length == 0) return default;
            var last = list.Items[list.Length - 1];
            list.SetLength(rt, list.Length - 1);
            return last;
        });
        prototype.Method("shift", 0, static (rt, in self, a) =>
        {
            var list = List(rt, self, "shift");
            if (list.Length == 0) return default;
            var first = list.Items[0];
            list.Splice(rt, 0, 1, []);
            return first;
        });
        prototype.Method("unshift", 1, static (rt, in self, a) =>
        {
            var list = List(rt, self, "unshift");
            list.Splice(rt, 0, 0, a);
            return Val.Of(list.Length);
        });
        prototype.Method("splice", 2, static (rt, in self, a) =>
        {
            var list = List(rt, self, "splice");
            var (start, count) = Range(rt, list, a);
            var removed = rt.NewList(list.Span.Slice(start, count).ToArray());
            list.Splice(rt, start, count, a.Length > 2 ? a.AsSpan(2) : []);
            return removed;
        });
        prototype.Method("toSpliced", 2, static (rt, in self, a) =>
        {
            var copy = Copy(rt, List(rt, self, "toSpliced"));
            var (start, count) = Range(rt, copy, a);
            copy.Splice(rt, start, count, a.Length > 2 ? a.AsSpan(2) : []);
            return Val.Of(copy);
        });
        prototype.Method("reverse", 0, static (rt, in self, a) =>
        {
            var list = List(rt, self, "reverse");
            rt.Work(list.Length);
            list.SetLength(rt, list.Length);
            list.Span.Reverse();
            return Val.Of(list);
        });
        prototype.Method("toReversed", 0, static (rt, in self, a) =>
        {
            var copy = Copy(rt, List(rt, self, "toReversed"));
            copy.Span.Reverse();
            return Val.Of(copy);
        });
        prototype.Method("fill", 1, static (rt, in self, a) =>
        {
            var list = List(rt, self, "fill");
            var start = rt.ToIndex(a.Arg(1), list.Length, 0);
            var end = rt.ToIndex(a.Arg(2), list.Length, list.Length);
            list.SetLength(rt, list.Length);
            rt.Work(list.Length);
            if (end > start) list.Span[start..end].Fill(a.Arg(0));
            return Val.Of(list);
        });
        prototype.Method("copyWithin", 2, static (rt, in self, a) =>
        {
            var list = List(rt, self, "copyWithin");
            var target = rt.ToIndex(a.Arg(0), list.Length, 0);
            var start = rt.ToIndex(a.Arg(1), list.Length, 0);
            var count = Math.Min(rt.ToIndex(a.Arg(2), list.Length, list.Length) - start, list.Length - target);
            list.SetLength(rt, list.Length);
            rt.Work(list.Length);
            if (count > 0) list.Span.Slice(start, count).CopyTo(list.Span[target..]);
            return Val.Of(list);
        });
        prototype.Method("sort", 1, static (rt, in self, a) =>
        {
            var list = List(rt, self, "sort");
            list.SetLength(rt, list.Length);
            Sorting.Sort(rt, list.Span.ToArray(), a.Arg(0)).CopyTo(list.Items, 0);
            return Val.Of(list);
        });
        prototype.Method("toSorted", 1, static (rt, in self, a) =>
            rt.NewList(Sorting.Sort(rt, List(rt, self, "toSorted").Span.ToArray(), a.Arg(0))));
        prototype.Method("with", 2, static (rt, in self, a) =>
        {
            var copy = Copy(rt, List(rt, self, "with"));
            var index = rt.ToInteger(a.Arg(0));
            if (index < 0) index += copy.Length;
            if (index < 0 || index >= copy.Length) throw rt.RangeError("There is no item at this place in the list");
            copy.Items[(int)index] = a.Arg(1);
            return Val.Of(copy);
        });
    }

    private static void InstallParts(JsObject prototype)
    {
        prototype.Method("slice", 2, static (rt, in self, a) =>
        {
            var list = List(rt, self, "slice");
            var start = rt.ToIndex(a.Arg(0), list.Length, 0);
            var end = rt.ToIndex(a.Arg(1), list.Length, list.Length);
            return rt.NewList(end > start ? list.Span[start..end].ToArray() : []);
        });
        prototype.Method("concat", 1, static (rt, in self, a) =>
        {
            var joined = Copy(rt, List(rt, self, "concat"));
            foreach (var part in a)
            {
                if (part.Ref is not JsArray list) joined.Add(rt, part);
                else joined.Splice(rt, joined.Length, 0, list.Span);
            }

            return Val.Of(joined);
        });
        prototype.Method("join", 1, static (rt, in self, a) =>
            Join(rt, List(rt, self, "join"), a.Arg(0).IsUndefined ? "," : rt.ToText(a[0])));
        prototype.Method("toString", 0, static (rt, in self, a) => Join(rt, List(rt, self, "toString"), ","));
        prototype.Method(
            "toLocaleString", 0, static (rt, in self, a) => Join(rt, List(rt, self, "toLocaleString"), ","));
        prototype.Method("at", 1, static (rt, in self, a) =>
        {
            var list = List(rt, self, "at");
            var index = rt.ToInteger(a.Arg(0));
            if (index < 0) index += list.Length;
            return index >= 0 && index < list.Length ? list.Items[(int)index] : default;
        });
        prototype.Method("includes", 1, static (rt, in self, a) =>
        {
            var list = List(rt, self, "includes");
            for (var i = rt.ToIndex(a.Arg(1), list.Length, 0); i < list.Length; i++)
            {
                if ((i & 7) == 0) rt.Step(rt.At);
                if (Val.SameValueZero(list.Items[i], a.Arg(0))) return Val.True;
            }

            return Val.False;
        });
        prototype.Method("indexOf", 1, static (rt, in self, a) =>
        {
            var list = List(rt, self, "indexOf");
            for (var i = rt.ToIndex(a.Arg(1), list.Length, 0); i < list.Length; i++)
            {
                if ((i & 7) == 0) rt.Step(rt.At);
                if (rt.StrictEquals(list.Items[i], a.Arg(0))) return Val.Of(i);
            }

            return Val.Of(-1);
        });
        prototype.Method("lastIndexOf", 1, static (rt, in self, a) =>
        {
            var list = List(rt, self, "lastIndexOf");
            var from = a.Length > 1 ? rt.ToInteger(a[1]) : list.Length - 1;
            if (from < 0) from += list.Length;
            for (var i = (int)Math.Min(from, list.Length - 1); i >= 0; i--)
            {
                if ((i & 7) == 0) rt.Step(rt.At);
                if (rt.StrictEquals(list.Items[i], a.Arg(0))) return Val.Of(i);
            }

            return Val.Of(-1);
        });
        prototype.Method("flat", 0, static (rt, in self, a) =>
        {
            var flat = new JsArray(rt, 0);
            Flatten(rt, List(rt, self, "flat"), flat, a.Arg(0).IsUndefined ? 1 : rt.ToInteger(a[0]));
            return Val.Of(flat);
        });
        prototype.Method("keys", 0, static (rt, in self, a) =>
            Walk(Enumerable.Range(0, List(rt, self, "keys").Length).Select(static i => Val.Of(i))));
        prototype.Method("values", 0, static (rt, in self, a) => Walk(rt.Items(List(rt, self, "values"))));
        prototype.Method("entries", 0, static (rt, in self, a) =>
            Walk(rt.Items(List(rt, self, "entries")).Select((item, i) => rt.NewList(Val.Of(i), item))));
    }

    private static Val Walk(IEnumerable<Val> items) => Val.Of(new JsIterator(items.GetEnumerator()));

    private static (int Start, int Count) Range(Runtime rt, JsArray list, Val[] a)
    {
        var start = rt.ToIndex(a.Arg(0), list.Length, 0);
        if (a.Length == 0) return (0, 0);
        var count = a.Length == 1 ? list.Length - start : Math.Clamp(rt.ToInteger(a[1]), 0, list.Length - start);
        return (start, (int)count);
    }

    private static JsArray Copy(Runtime rt, JsArray list)
    {
        rt.Work(list.Length);
        return (JsArray)rt.NewList(list.Span.ToArray()).Ref!;
    }

    private static void Flatten(Runtime rt, JsArray source, JsArray flat, double depth)
    {
        rt.EnterCall();
        for (var i = 0; i < source.Length; i++)
        {
            rt.Step(rt.At);
            if (depth >= 1 && source.Items[i].Ref is JsArray inner) Flatten(rt, inner, flat, depth - 1);
            else flat.Add(rt, source.Items[i]);
        }

        rt.LeaveCall();
    }

    private static Val Join(Runtime rt, JsArray list, string separator)
    {
        rt.EnterCall();
        if (rt.Depth > DeepestJoin) throw rt.RangeError("The list is nested too deep, or contains itself");
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < list.Length; i++)
        {
            rt.Step(rt.At);
            if (i > 0) text.Append(separator);
            var item = list.Items[i];
            if (!item.IsNullish) text.Append(rt.ToText(item));
            if (text.Length > 1024) rt.Allocate(separator.Length * 2L);
            if (text.Length * 2L > rt.Limits.MaxMemoryBytes) throw rt.Limit("The text becomes too long.", rt.At);
        }

        rt.LeaveCall();
        return rt.NewText(text.ToString());
    }
}
