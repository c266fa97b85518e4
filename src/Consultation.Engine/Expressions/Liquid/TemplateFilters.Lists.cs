namespace Consultation.Engine.Expressions.Liquid;

internal static partial class TemplateFilters
{
    private static Dictionary<string, TemplateFilter> Lists() => new()
    {
        ["first"] = static (run, input, a) => input is string text ? text.Length > 0
            ? text[..1]
            : null : TemplateValues.ToList(run, input).FirstOrDefault(),
        ["last"] = static (run, input, a) => input is string text ? text.Length > 0
            ? text[^1..]
            : null : TemplateValues.ToList(run, input).LastOrDefault(),
        ["size"] = static (run, input, a) =>
            TemplateValues.Member(input is RawText raw ? raw.Text : input, "size") ?? 0L,
        ["join"] = static (run, input, a) =>
        {
            var list = TemplateValues.ToList(run, input);
            run.Step(list.Count);
            var separator = a.Length == 0 ? " " : TextOf(run, a, 0);
            run.Allocate(list.Count * (long)separator.Length * 2);
            return string.Join(separator, list.Select(Paid));

            string Paid(object? item)
            {
                var text = TemplateValues.ToText(run, item);
                run.Allocate(text.Length * 2L);
                return text;
            }
        },
        ["map"] = static (run, input, a) => Each(run, input, item => TemplateValues.Member(item, a.At(0))),
        ["compact"] = static (run, input, a) =>
            Kept(run, input, item => (a.Length == 0 ? item : TemplateValues.Member(item, a[0])) is not null),
        ["where"] = static (run, input, a) => Kept(run, input, item => Matches(run, item, a)),
        ["reject"] = static (run, input, a) => Kept(run, input, item => !Matches(run, item, a)),
        ["find"] = static (run, input, a) => Kept(run, input, item => Matches(run, item, a)).FirstOrDefault(),
        ["has"] = static (run, input, a) => Kept(run, input, item => Matches(run, item, a)).Count > 0,
        ["reverse"] = static (run, input, a) =>
        {
            var list = Each(run, input, static item => item);
            list.Reverse();
            return list;
        },
        ["concat"] = static (run, input, a) =>
        {
            var joined = Each(run, input, static item => item);
            joined.AddRange(Each(run, a.At(0), static item => item));
            return joined;
        },
        ["uniq"] = static (run, input, a) =>
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            return Kept(run, input, item => seen.Add(TemplateValues.Key(
                run, a.Length == 0 ? item : TemplateValues.Member(item, a[0]))));
        },
        ["sum"] = static (run, input, a) => TemplateValues.Number((double)Each(run, input, static item => item)
            .Sum(item => (decimal)Math.Clamp(
                TemplateValues.ToNumber(a.Length == 0 ? item : TemplateValues.Member(item, a[0])), -1e20, 1e20))),
        ["sort"] = static (run, input, a) => Sorted(run, input, a.At(0), natural: false),
        ["sort_natural"] = static (run, input, a) => Sorted(run, input, a.At(0), natural: true),
        ["keys"] = static (run, input, a) =>
            input is Dictionary<string, object?> map ? [.. map.Keys] : new List<object?>(),
        ["group_by"] = static (run, input, a) => Grouped(run, input, a.At(0)),
    };

    private static List<object?> Each(TemplateRun run, object? input, Func<object?, object?> change)
    {
        var list = TemplateValues.ToList(run, input);
        run.Step(list.Count);
        run.Allocate(list.Count * 8L);
        return list.ConvertAll(item => change(item));
    }

    private static List<object?> Kept(TemplateRun run, object? input, Predicate<object?> test)
    {
        var list = TemplateValues.ToList(run, input);
        run.Step(list.Count);
        run.Allocate(list.Count * 8L);
        return list.FindAll(test);
    }

    private static bool Matches(TemplateRun run, object? item, object?[] a)
    {
        var value = TemplateValues.Member(item, a.At(0));
        return a.Length > 1 ? TemplateValues.AreEqual(run, value, a[1]) : TemplateValues.Truthy(value);
    }

    private static List<object?> Sorted(TemplateRun run, object? input, object? property, bool natural)
    {
        var list = Each(run, input, static item => item);
        var order = Comparer<object?>.Create((left, right) => natural
            ? StringComparer.OrdinalIgnoreCase.Compare(left, right)
            : CompareForSort(left, right));
        var turns = 1 + (long)Math.Log2(list.Count + 1);
        return [.. list.OrderBy(Key, order)];

        // Paid for before the sorting, which would hide a failure inside a comparison.

        object? Key(object? item)
        {
            var key = property is null ? item : TemplateValues.Member(item, property);
            if (natural) key = TemplateValues.ToText(run, key);
            run.Step(turns);
            if (key is string text) run.Read(text.Length * turns);
            return key;
        }
    }

    /// <summary>A total order: values of one kind by size, kinds one after the other, nil last.</summary>
    private static int CompareForSort(object? left, object? right)
    {
        var (a, b) = (Rank(left), Rank(right));
        return a != b ? a.CompareTo(b) : TemplateValues.Compare(left, right) ?? 0;
    }

    private static int Rank(object? value) => value switch
    {
        long or double => 0,
        string => 1,
        DateTimeOffset => 2,
        TimeSpan => 3,
        bool => 4,
        null => 6,
        _ => 5,
    };

    private static List<object?> Grouped(TemplateRun run, object? input, object? property)
    {
        var groups = new List<object?>();
        var known = new Dictionary<string, List<object?>>(StringComparer.Ordinal);
        foreach (var item in Each(run, input, static item => item))
        {
            var name = TemplateValues.Member(item, property);
            var key = TemplateValues.Key(run, name);
            if (!known.TryGetValue(key, out var items))
            {
                known.Add(key, items = []);
                groups.Add(new Dictionary<string, object?> { ["name"] = name, ["items"] = items });
            }

            items.Add(item);
        }

        return groups;
    }
}
