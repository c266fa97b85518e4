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
    /// <summary>Looking at a value costs a part of a step, so that a step stays what a person calls one.</summary>
    private const int LooksPerStep = 8;

    private const int CharactersPerLook = 8;

    private readonly string _source;
    private readonly Func<string, object?> _root;
    private readonly Dictionary<string, object?> _assigned = [];
    private readonly List<(string Name, object? Value)> _loops = [];
    private StringBuilder _output = new();
    private long _effort;
    private long _memory;

    public TemplateRun(
        string source, ExpressionLimits limits, Func<string, object?> root, DateTimeOffset now, bool htmlEncode)
    {
        _source = source;
        _root = root;
        Limits = limits;
        Now = now;
        HtmlEncode = htmlEncode;
        _effort = (long)limits.MaxSteps * LooksPerStep;
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

    public Dictionary<int, int> Cycles { get; } = [];

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
        Spend(1 + (_loops.Count / LooksPerStep));
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
        Write(HtmlEncode && value is not RawText ? Html(text) : text);
    }

    /// <summary>The text encoded for HTML, paid for before it is made.</summary>
    public string Html(string text)
    {
        var encoded = 0;
        foreach (var c in text)
        {
            if (c is '<' or '>' or '&' or '"' or '\'' or (>= '\u00a0' and < '\u0100') || char.IsSurrogate(c)) encoded++;
        }

        Allocate((text.Length + (5L * encoded)) * 2);
        return WebUtility.HtmlEncode(text);
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

    public void Step(long count = 1) => Spend(count * LooksPerStep);

    /// <summary>A value is looked at or compared: an eighth of a step.</summary>
    public void Look() => Spend(1);

    /// <summary>Characters are read one after the other.</summary>
    public void Read(long characters) => Spend(1 + (characters / CharactersPerLook));

    /// <summary>A part is looked for in a text; a part that nearly fits everywhere is read at every place.</summary>
    public void Search(string text, string part) => Read(text.Length * (1 + (part.Length / 64L)));

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

    private void Spend(long effort)
    {
        _effort -= effort;
        if (_effort >= 0) return;
        _effort = 0;
        throw Wrong(
            ExpressionErrorKind.Limit,
            $"The template takes more than {Limits.MaxSteps} steps; use shorter lists.");
    }

    private ExpressionException Wrong(ExpressionErrorKind kind, string problem)
    {
        var (line, column) = SourcePosition.Of(_source, At);
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
