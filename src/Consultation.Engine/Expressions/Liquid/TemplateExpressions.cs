namespace Consultation.Engine.Expressions.Liquid;

/// <summary>A value in a tag.</summary>
internal abstract class TemplateExpression
{
    public abstract object? Evaluate(TemplateRun run);
}

internal sealed class Fixed(object? value) : TemplateExpression
{
    public object? Value => value;

    public override object? Evaluate(TemplateRun run) => value;
}

/// <summary><c>a.b[0].c</c></summary>
internal sealed class ValuePath(string name, TemplateExpression[] members) : TemplateExpression
{
    public string Name => name;

    public bool IsBare => members.Length == 0;

    public override object? Evaluate(TemplateRun run)
    {
        var value = run.Lookup(name);
        foreach (var member in members)
        {
            if (value is null) return null;
            run.Look();
            value = TemplateValues.Member(value, member.Evaluate(run));
        }

        return value;
    }
}

/// <summary><c>(1..5)</c></summary>
internal sealed class NumberRange(TemplateExpression from, TemplateExpression to) : TemplateExpression
{
    public override object? Evaluate(TemplateRun run)
    {
        var (first, last) =
            ((long)TemplateValues.ToInt(from.Evaluate(run)), (long)TemplateValues.ToInt(to.Evaluate(run)));
        var count = Math.Max(0, last - first + 1);
        run.Step(count);
        var list = new List<object?>((int)count);
        for (var number = first; number <= last; number++) list.Add(number);
        return list;
    }
}

/// <summary>A value passed through filters.</summary>
internal sealed class Filtered(TemplateExpression value, FilterCall[] filters) : TemplateExpression
{
    public override object? Evaluate(TemplateRun run)
    {
        var result = value.Evaluate(run);
        foreach (var filter in filters)
        {
            run.At = filter.At;
            run.Step();
            var arguments = filter.Arguments.Length == 0 ? [] : new object?[filter.Arguments.Length];
            TemplateValues.Read(run, result);
            for (var i = 0; i < arguments.Length; i++)
            {
                arguments[i] = filter.Arguments[i].Evaluate(run);
                TemplateValues.Read(run, arguments[i]);
            }

            result = filter.Filter(run, result, arguments);
            if (result is string text) run.Allocate(text.Length * 2L);
        }

        return result;
    }
}

internal delegate object? TemplateFilter(TemplateRun run, object? input, object?[] arguments);

internal sealed record FilterCall(TemplateFilter Filter, TemplateExpression[] Arguments, int At);

/// <summary>Two values with <c>== != &lt; &gt; &lt;= &gt;= contains</c>.</summary>
internal sealed class Comparison(string sign, TemplateExpression left, TemplateExpression right) : TemplateExpression
{
    public override object? Evaluate(TemplateRun run)
    {
        var (a, b) = (left.Evaluate(run), right.Evaluate(run));
        TemplateValues.Read(run, a);
        return sign switch
        {
            "==" => TemplateValues.AreEqual(run, a, b),
            "!=" or "<>" => !TemplateValues.AreEqual(run, a, b),
            "<" => TemplateValues.Compare(a, b) < 0,
            ">" => TemplateValues.Compare(a, b) > 0,
            "<=" => TemplateValues.Compare(a, b) <= 0,
            ">=" => TemplateValues.Compare(a, b) >= 0,
            _ => TemplateValues.Contains(run, a, b),
        };
    }
}

/// <summary>Conditions joined by <c>and</c> and <c>or</c>, which Liquid works out from the right.</summary>
internal sealed class Condition(TemplateExpression[] parts, bool[] isAnd) : TemplateExpression
{
    public override object? Evaluate(TemplateRun run)
    {
        var result = TemplateValues.Truthy(parts[^1].Evaluate(run));
        for (var i = parts.Length - 2; i >= 0; i--)
        {
            run.Look();
            var left = TemplateValues.Truthy(parts[i].Evaluate(run));
            result = isAnd[i] ? left && result : left || result;
        }

        return result;
    }
}
