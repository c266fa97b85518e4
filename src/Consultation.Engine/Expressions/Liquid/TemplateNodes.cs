using System.Globalization;

namespace Consultation.Engine.Expressions.Liquid;

/// <summary>A piece of a template; <see cref="At"/> is its offset in the source.</summary>
internal abstract class TemplateNode(int at)
{
    public int At { get; } = at;

    public abstract void Render(TemplateRun run);
}

internal sealed class TextNode(int at, string text) : TemplateNode(at)
{
    public override void Render(TemplateRun run) => run.Write(text);
}

internal sealed class OutputNode(int at, TemplateExpression value) : TemplateNode(at)
{
    public override void Render(TemplateRun run) => run.WriteValue(value.Evaluate(run));
}

/// <summary>if, elsif, else, and unless as its opposite.</summary>
internal sealed class BranchNode(int at, List<(TemplateExpression? Test, TemplateNode[] Body)> branches)
    : TemplateNode(at)
{
    public override void Render(TemplateRun run)
    {
        foreach (var (test, body) in branches)
        {
            run.Look();
            if (test is not null && !TemplateValues.Truthy(test.Evaluate(run))) continue;
            run.RenderAll(body);
            return;
        }
    }
}

internal sealed class Opposite(TemplateExpression value) : TemplateExpression
{
    public override object? Evaluate(TemplateRun run) => !TemplateValues.Truthy(value.Evaluate(run));
}

internal sealed class CaseNode(
    int at, TemplateExpression value,
    List<(TemplateExpression[]? Values, TemplateNode[] Body)> branches) : TemplateNode(at)
{
    public override void Render(TemplateRun run)
    {
        var tested = value.Evaluate(run);
        var met = false;
        foreach (var (values, body) in branches)
        {
            var meets = values is null ? !met : Array.Exists(values, Equals);
            if (!meets) continue;
            met = true;
            run.RenderAll(body);
            if (run.Signal != LoopSignal.None) return;
        }

        bool Equals(TemplateExpression value) => TemplateValues.AreEqual(run, tested, value.Evaluate(run));
    }
}

internal sealed class AssignNode(int at, string name, TemplateExpression value) : TemplateNode(at)
{
    public override void Render(TemplateRun run) => run.Assign(name, value.Evaluate(run));
}

internal sealed class CaptureNode(int at, string name, TemplateNode[] body) : TemplateNode(at)
{
    public override void Render(TemplateRun run)
    {
        // The parts were encoded when they were written.
        var text = run.Capture(body);
        run.Assign(name, run.HtmlEncode ? new RawText(text) : text);
    }
}

/// <summary>increment shows and then adds one, decrement takes one and then shows.</summary>
internal sealed class CountNode(int at, string name, bool up) : TemplateNode(at)
{
    public override void Render(TemplateRun run)
    {
        var count = run.Counters.GetValueOrDefault(name);
        run.Counters[name] = up ? count + 1 : count - 1;
        run.WriteValue(up ? count : count - 1);
    }
}

internal sealed class CycleNode(int at, int group, TemplateExpression[] values) : TemplateNode(at)
{
    public override void Render(TemplateRun run)
    {
        var turn = run.Cycles.GetValueOrDefault(group);
        run.Cycles[group] = (turn + 1) % values.Length;
        run.WriteValue(values[turn].Evaluate(run));
    }
}

internal sealed class SignalNode(int at, LoopSignal signal) : TemplateNode(at)
{
    public override void Render(TemplateRun run) => run.Signal = signal;
}

/// <summary>What <c>forloop</c> tells, and <c>tablerowloop</c> with the place in the table.</summary>
internal sealed class ForLoop(int length, object? outer, int columns = 0)
{
    public int Index { get; set; }

    private int Column => columns > 0 ? Index % columns : 0;

    public object? Member(string name) => name switch
    {
        "index" => (long)Index + 1,
        "index0" => (long)Index,
        "rindex" => (long)length - Index,
        "rindex0" => (long)length - Index - 1,
        "first" => Index == 0,
        "last" => Index == length - 1,
        "length" => (long)length,
        "parentloop" when columns == 0 => outer,
        "row" when columns > 0 => (long)Index / columns + 1,
        "col" when columns > 0 => (long)Column + 1,
        "col0" when columns > 0 => (long)Column,
        "col_first" when columns > 0 => Column == 0,
        "col_last" when columns > 0 => Column == columns - 1 || Index == length - 1,
        _ => null,
    };
}

/// <summary>What goes through a list, or through a part of it.</summary>
internal abstract class LoopNode(int at, string name, TemplateExpression source) : TemplateNode(at)
{
    public TemplateExpression? Limit { get; set; }

    public TemplateExpression? Offset { get; set; }

    public TemplateNode[] Body { get; set; } = [];

    /// <summary>The list, and the part of it that is gone through.</summary>
    protected (IReadOnlyList<object?> List, int Start, int Count) Part(TemplateRun run)
    {
        var list = TemplateValues.ToList(run, source.Evaluate(run));
        var start = Math.Clamp(Offset is null ? 0 : TemplateValues.ToInt(Offset.Evaluate(run)), 0, list.Count);
        var limit = Limit?.Evaluate(run);
        var count = limit is null ? list.Count - start : Math.Clamp(TemplateValues.ToInt(limit), 0, list.Count - start);
        return (list, start, count);
    }

    /// <summary>One turn; true when it ends the loop.</summary>
    protected bool Turn(TemplateRun run, string loopName, ForLoop loop, object? item)
    {
        run.PushLoop(loopName, loop);
        run.PushLoop(name, item);
        run.RenderAll(Body);
        run.PopLoop(2);
        run.Step();
        var signal = run.Signal;
        run.Signal = LoopSignal.None;
        return signal == LoopSignal.Break;
    }
}

internal sealed class ForNode(int at, string name, TemplateExpression source) : LoopNode(at, name, source)
{
    public bool Reversed { get; set; }

    public TemplateNode[] Otherwise { get; set; } = [];

    public override void Render(TemplateRun run)
    {
        var (list, start, count) = Part(run);
        if (count == 0)
        {
            run.RenderAll(Otherwise);
            return;
        }

        var loop = new ForLoop(count, run.Lookup("forloop"));
        for (var i = 0; i < count; i++)
        {
            loop.Index = i;
            if (Turn(run, "forloop", loop, list[Reversed ? start + count - 1 - i : start + i])) return;
        }
    }
}

/// <summary>tablerow: a list as rows and cells of a table, so many in a row.</summary>
internal sealed class RowsNode(int at, string name, TemplateExpression source) : LoopNode(at, name, source)
{
    public TemplateExpression? Columns { get; set; }

    public override void Render(TemplateRun run)
    {
        var (list, start, count) = Part(run);
        var asked = Columns is null ? count : TemplateValues.ToInt(Columns.Evaluate(run));
        var columns = asked > 0 ? asked : Math.Max(count, 1);
        var loop = new ForLoop(count, null, columns);
        run.Write("<tr class=\"row1\">\n");
        for (var i = 0; i < count; i++)
        {
            if (i > 0 && i % columns == 0)
            {
                run.Write(string.Create(CultureInfo.InvariantCulture, $"</tr>\n<tr class=\"row{i / columns + 1}\">"));
            }

            loop.Index = i;
            run.Write(string.Create(CultureInfo.InvariantCulture, $"<td class=\"col{i % columns + 1}\">"));
            var isLast = Turn(run, "tablerowloop", loop, list[start + i]);
            run.Write("</td>");
            if (isLast) break;
        }

        run.Write("</tr>\n");
    }
}
