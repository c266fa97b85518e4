using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

internal static partial class ArrayMembers
{
    private static void InstallCallbacks(JsObject prototype)
    {
        prototype.Method("map", 1, static (rt, in self, a) =>
        {
            var list = List(rt, self, "map");
            var call = rt.ToFunction(a.Arg(0), "map");
            var mapped = new JsArray(rt, list.Length);
            for (var i = 0; i < list.Length; i++) mapped.Add(rt, Ask(rt, call, list, i, a));
            return Val.Of(mapped);
        });
        prototype.Method("filter", 1, static (rt, in self, a) =>
        {
            var list = List(rt, self, "filter");
            var call = rt.ToFunction(a.Arg(0), "filter");
            var kept = new JsArray(rt, 0);
            for (var i = 0; i < list.Length; i++)
            {
                var item = list.Items[i];
                if (Ask(rt, call, list, i, a).Truthy) kept.Add(rt, item);
            }

            return Val.Of(kept);
        });
        prototype.Method("forEach", 1, static (rt, in self, a) =>
        {
            var list = List(rt, self, "forEach");
            var call = rt.ToFunction(a.Arg(0), "forEach");
            for (var i = 0; i < list.Length; i++) Ask(rt, call, list, i, a);
            return default;
        });
        prototype.Method("some", 1, static (rt, in self, a) => Val.Of(Search(rt, self, a, "some", true) >= 0));
        prototype.Method("every", 1, static (rt, in self, a) => Val.Of(Search(rt, self, a, "every", false) < 0));
        prototype.Method("find", 1, static (rt, in self, a) => Item(self, Search(rt, self, a, "find", true)));
        prototype.Method("findIndex", 1, static (rt, in self, a) => Val.Of(Search(rt, self, a, "findIndex", true)));
        prototype.Method("findLast", 1, static (rt, in self, a) => Item(self, SearchBack(rt, self, a, "findLast")));
        prototype.Method(
            "findLastIndex", 1, static (rt, in self, a) => Val.Of(SearchBack(rt, self, a, "findLastIndex")));
        prototype.Method("flatMap", 1, static (rt, in self, a) =>
        {
            var list = List(rt, self, "flatMap");
            var call = rt.ToFunction(a.Arg(0), "flatMap");
            var flat = new JsArray(rt, 0);
            for (var i = 0; i < list.Length; i++)
            {
                var item = Ask(rt, call, list, i, a);
                if (item.Ref is JsArray inner) flat.Splice(rt, flat.Length, 0, inner.Span);
                else flat.Add(rt, item);
            }

            return Val.Of(flat);
        });
    }

    private static void InstallReductions(JsObject prototype)
    {
        prototype.Method("reduce", 1, static (rt, in self, a) =>
        {
            var list = List(rt, self, "reduce");
            var call = rt.ToFunction(a.Arg(0), "reduce");
            if (a.Length < 2 && list.Length == 0) throw EmptyReduce(rt);
            var i = a.Length < 2 ? 1 : 0;
            var result = a.Length < 2 ? list.Items[0] : a[1];
            for (; i < list.Length; i++)
            {
                rt.Step(rt.At);
                result = call.Call(rt, default, [result, list.Items[i], Val.Of(i), Val.Of(list)]);
            }

            return result;
        });
        prototype.Method("reduceRight", 1, static (rt, in self, a) =>
        {
            var list = List(rt, self, "reduceRight");
            var call = rt.ToFunction(a.Arg(0), "reduceRight");
            if (a.Length < 2 && list.Length == 0) throw EmptyReduce(rt);
            var i = list.Length - (a.Length < 2 ? 2 : 1);
            var result = a.Length < 2 ? list.Items[list.Length - 1] : a[1];
            for (; i >= 0; i--)
            {
                rt.Step(rt.At);
                result = call.Call(
                    rt, default, [result, i < list.Length ? list.Items[i] : default, Val.Of(i), Val.Of(list)]);
            }

            return result;
        });
    }

    private static JsThrow EmptyReduce(Runtime rt) =>
        rt.TypeError("reduce on an empty list needs a start value: list.reduce(function, start)");

    private static Val Ask(Runtime rt, JsFunction call, JsArray list, int index, Val[] a)
    {
        rt.Step(rt.At);
        if (call is ScriptFunction { Code: { IsSimple: true } code } script)
        {
            var slots = code.NewSlots(rt);
            if (code.ParameterCount > 0) slots[0] = list.Items[index];
            if (code.ParameterCount > 1) slots[1] = Val.Of(index);
            if (code.ParameterCount > 2) slots[2] = Val.Of(list);
            if (code.SelfSlot >= 0) slots[code.SelfSlot] = Val.Of(script);
            return code.Run(rt, code.Enter(rt, script.Around, a.Arg(1), slots));
        }

        return call.Call(rt, a.Arg(1), [list.Items[index], Val.Of(index), Val.Of(list)]);
    }

    private static int Search(Runtime rt, in Val self, Val[] a, string member, bool wanted)
    {
        var list = List(rt, self, member);
        var call = rt.ToFunction(a.Arg(0), member);
        for (var i = 0; i < list.Length; i++)
        {
            if (Ask(rt, call, list, i, a).Truthy == wanted) return i;
        }

        return -1;
    }

    private static int SearchBack(Runtime rt, in Val self, Val[] a, string member)
    {
        var list = List(rt, self, member);
        var call = rt.ToFunction(a.Arg(0), member);
        for (var i = list.Length - 1; i >= 0; i--)
        {
            if (i < list.Length && Ask(rt, call, list, i, a).Truthy) return i;
        }

        return -1;
    }

    private static Val Item(in Val self, int index)
    {
        var list = (JsArray)self.Ref!;
        return index >= 0 && index < list.Length ? list.Items[index] : default;
    }
}
