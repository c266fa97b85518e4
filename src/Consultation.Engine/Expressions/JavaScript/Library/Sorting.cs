using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Library;

/// <summary>
/// A stable merge sort. The framework's sort is neither stable nor safe with comparers that contradict themselves, and
/// a script may hand in any comparer.
/// </summary>
internal static class Sorting
{
    public static Val[] Sort(Runtime rt, Val[] items, in Val comparer)
    {
        var call = comparer.IsUndefined ? null : rt.ToFunction(comparer, "sort");
        rt.Allocate(items.Length * 32L);
        var defined = Array.FindAll(items, static item => !item.IsUndefined);
        if (call is null)
        {
            // By text, each made once.
            var keyed = Array.ConvertAll(defined, item => (Key: rt.ToText(item), Item: item));
            rt.Work(defined.Length * (long)Math.Log2(defined.Length + 2) * 2);
            var order = keyed.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => pair.Item);
            order.ToArray().CopyTo(items, 0);
            items.AsSpan(defined.Length).Clear();
            return items;
        }

        Merge(defined, new Val[defined.Length], 0, defined.Length, After);
        defined.CopyTo(items, 0);
        items.AsSpan(defined.Length).Clear();
        return items;

        bool After(Val left, Val right)
        {
            rt.Step(rt.At);
            return rt.ToNumber(call.Call(rt, default, [left, right])) > 0;
        }
    }

    private static void Merge(Val[] items, Val[] spare, int start, int end, Func<Val, Val, bool> after)
    {
        if (end - start < 2) return;
        var middle = (start + end) / 2;
        Merge(items, spare, start, middle, after);
        Merge(items, spare, middle, end, after);
        var (left, right) = (start, middle);
        for (var i = start; i < end; i++)
        {
            var takeRight = left >= middle || (right < end && after(items[left], items[right]));
            spare[i] = takeRight ? items[right++] : items[left++];
        }

        Array.Copy(spare, start, items, start, end - start);
    }
}
