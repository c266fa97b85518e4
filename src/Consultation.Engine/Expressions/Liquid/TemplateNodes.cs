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

/// <summary>What <c>forloop</c> tells.</summary>
internal sealed class ForLoop(int length, object? outer)
{
    public int Index { get; set; }

    public object? Member(string name) => name switch
    {
        "index" => (long)Index + 1,
        "index0" => (long)Index,
        "rindex" => (long)length - Index,
        "rindex0" => (long)length - Index - 1,
        "first" => Index == 0,
        "last" => Index == length - 1,
        "length" => (long)length,
        "parentloop" => outer,
        _ => null,
    };
}

internal sealed class ForNode(int at, string name, TemplateExpression source) : TemplateNode(at)
{
    public TemplateExpression? Limit { get; set; }

    public TemplateExpression? Offset { get; set; }

    public bool Reversed { get; set; }

    public TemplateNode[] Body { get; set; } = [];

    public TemplateNode[] Otherwise { get; set; } = [];

    public override void Render(TemplateRun run)
    {
        var list = TemplateValues.ToList(run, source.Evaluate(run));
        var start = Math.Clamp(Offset is null ? 0 : TemplateValues.ToInt(Offset.Evaluate(run)), 0, list.Count);
        var limit = Limit?.Evaluate(run);
        var count = limit is null ? list.Count - start : Math.Clamp(TemplateValues.ToInt(limit), 0, list.Count - start);
        if (count == 0)
        {
            run.RenderAll(Otherwise);
            return;
        }

        var loop = new ForLoop(count, run.Lookup("forloop"));
        for (var i = 0; i < count; i++)
        {
            loop.Index = i;
            run.PushLoop("forloop", loop);
            run.PushLoop(name, list[Reversed ? start + count - 1 - i : start + i]);
            run.RenderAll(Body);
            run.PopLoop(2);
            run.Step();
            var signal = run.Signal;
            run.Signal = LoopSignal.None;
            if (signal == LoopSignal.Break) return;
        }
    }
}
