using System.Net;
using System.Text;

namespace Consultation.Engine.Expressions.Liquid;

/// <summary>Values found by name on demand, such as the workflow's variables.</summary>
internal sealed record NamedValues(Func<string, object?> Find);

/// <summary>Text that is HTML already and is written as it is.</summary>
internal sealed record RawText(string Text);

/// <summary>One rendering: names, output and what it may still use up.</summary>
internal sealed class TemplateRun
{
    private readonly string _source;
    private readonly Func<string, object?> _root;
    private readonly Dictionary<string, object?> _assigned = [];
    private readonly List<(string Name, object? Value)> _loops = [];
    private StringBuilder _output = new();
    private int _steps;
    private long _memory;

    public TemplateRun(
        string source, ExpressionLimits limits, Func<string, object?> root, DateTimeOffset now, bool htmlEncode)
    {
        _source = source;
        _root = root;
        Limits = limits;
        Now = now;
        HtmlEncode = htmlEncode;
        _steps = limits.MaxSteps;
        _memory = limits.MaxMemoryBytes;
    }

    public ExpressionLimits Limits { get; }

    public DateTimeOffset Now { get; }

    public bool HtmlEncode { get; }

    /// <summary>Offset in the source of what is being rendered.</summary>
    public int At { get; set; }

    public string Output => _output.ToString();

    /// <summary>Set by break and continue until the loop takes it.</summary>
    public LoopSignal Signal { get; set; }

    public Dictionary<string, long> Counters { get; } = [];

    public Dictionary<string, int> Cycles { get; } = [];

    /// <summary>The instant in local time; as it is where the calendar ends.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) =>
        instant.Year is > 1 and < 9999 ? instant.ToOffset(Limits.LocalOffset) : instant;

    public void RenderAll(TemplateNode[] nodes)
    {
        foreach (var node in nodes)
        {
            At = node.At;
            Step();
            node.Render(this);
            if (Signal != LoopSignal.None) return;
        }
    }

    public object? Lookup(string name)
    {
        for (var i = _loops.Count - 1; i >= 0; i--)
        {
            if (_loops[i].Name == name) return _loops[i].Value;
        }

        if (_assigned.TryGetValue(name, out var value)) return value;
        return _root(name) ?? (Counters.TryGetValue(name, out var count) ? count : null);
    }

    public void Assign(string name, object? value) => _assigned[name] = value;

    public void PushLoop(string name, object? value) => _loops.Add((name, value));

    public void PopLoop(int count) => _loops.RemoveRange(_loops.Count - count, count);

    public void Write(string text)
    {
        Allocate(text.Length * 2L);
        _output.Append(text);
    }

    /// <summary>Writes a value, encoded if the output is HTML.</summary>
    public void WriteValue(object? value)
    {
        var text = TemplateValues.ToText(this, value);
        Write(HtmlEncode && value is not RawText ? WebUtility.HtmlEncode(text) : text);
    }

    /// <summary>Renders aside and gives the text.</summary>
    public string Capture(TemplateNode[] nodes)
    {
        var outer = _output;
        _output = new StringBuilder();
        RenderAll(nodes);
        var text = _output.ToString();
        _output = outer;
        return text;
    }

    public void Step(long count = 1)
    {
        _steps = (int)Math.Max(_steps - count, -1);
        if (_steps < 0)
        {
            throw Wrong(
                ExpressionErrorKind.Limit, $"The template takes more than {Limits.MaxSteps} steps; use shorter lists.");
        }
    }

    public void Allocate(long bytes)
    {
        _memory -= bytes;
        Step(bytes >> 9);
        if (_memory < 0)
        {
            throw Wrong(
                ExpressionErrorKind.Limit, $"The template makes more than {Limits.MaxMemoryBytes / 1024} KiB of text.");
        }
    }

    public ExpressionException Wrong(string problem) => Wrong(ExpressionErrorKind.Runtime, problem);

    private ExpressionException Wrong(ExpressionErrorKind kind, string problem)
    {
        var (line, column) = SourcePlace.Of(_source, At);
        return new ExpressionException(kind, problem, line, column);
    }
}

/// <summary>What a break or continue asks the loop around to do.</summary>
internal enum LoopSignal
{
    None,
    Break,
    Continue,
}
