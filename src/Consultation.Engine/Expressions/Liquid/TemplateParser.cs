namespace Consultation.Engine.Expressions.Liquid;

/// <summary>Reads a template into nodes. Blocks nest no deeper than the limit, checked before it happens.</summary>
internal sealed class TemplateParser
{
    private readonly string _source;
    private readonly ExpressionLimits _limits;
    private int _at;
    private int _depth;
    private readonly Dictionary<string, int> _cycles = new(StringComparer.Ordinal);
    private int _loops;
    private bool _trimNext;
    private int _tagStart;
    private int _tagEnd;

    /// <summary>Where the lines of a <c>liquid</c> tag end, each a tag without its marks; -1 outside of one.</summary>
    private int _linesEnd = -1;

    private TemplateParser(string source, ExpressionLimits limits)
    {
        _source = source;
        _limits = limits;
    }

    public static TemplateNode[] Parse(string source, ExpressionLimits limits)
    {
        if (source.Length > limits.MaxSourceLength)
        {
            throw new ExpressionException(
                ExpressionErrorKind.Limit,
                $"The template has {source.Length} characters; at most {limits.MaxSourceLength} are allowed.",
                1,
                1);
        }

        var parser = new TemplateParser(source, limits);
        return parser.Body(null, 0, []).Nodes;
    }

    private ExpressionException Wrong(string problem, int at)
    {
        var (line, column) = SourcePosition.Of(_source, at);
        return new ExpressionException(ExpressionErrorKind.Syntax, problem, line, column);
    }

    /// <summary>Nodes up to one of the closing tags, whose name and reader are given back.</summary>
    private (TemplateNode[] Nodes, string Closed, TagReader? Reader) Body(
        string? opened, int openedAt, string[] closers)
    {
        if (++_depth > _limits.MaxNesting)
        {
            var (line, column) = SourcePosition.Of(_source, openedAt);
            throw new ExpressionException(
                ExpressionErrorKind.Limit, $"The blocks are nested more than {_limits.MaxNesting} levels deep.",
                line, column);
        }

        var nodes = new List<TemplateNode>();
        while (true)
        {
            var open = NextOpen();
            if (_linesEnd < 0) Text(nodes, _at, open < 0 ? _source.Length : open);
            if (open < 0)
            {
                if (opened is not null) throw Wrong($"{{% {opened} %}} has no {{% end{opened} %}}", openedAt);
                break;
            }

            var isOutput = _linesEnd < 0 && _source[open + 1] == '{';
            var reader = OpenTag(open, isOutput);
            if (isOutput)
            {
                if (reader.AtEnd) continue;
                nodes.Add(new OutputNode(open, reader.FilteredValue()));
                reader.Finish();
                continue;
            }

            if (reader.Sign("#")) continue;
            var name = reader.Name("of the tag");
            if (Array.IndexOf(closers, name) >= 0)
            {
                _depth--;
                return ([.. nodes], name, reader);
            }

            if (Tag(name, open, reader) is { } node) nodes.Add(node);
        }

        _depth--;
        return ([.. nodes], "", null);
    }

    private int NextOpen()
    {
        if (_linesEnd >= 0)
        {
            while (_at < _linesEnd && char.IsWhiteSpace(_source[_at])) _at++;
            return _at < _linesEnd ? _at : -1;
        }

        for (var at = _at; (at = _source.IndexOf('{', at)) >= 0; at++)
        {
            if (at + 1 < _source.Length && _source[at + 1] is '{' or '%') return at;
        }

        return -1;
    }

    private void Text(List<TemplateNode> nodes, int start, int end)
    {
        var text = _source.AsSpan(start, end - start);
        if (_trimNext) text = text.TrimStart();
        _trimNext = false;
        if (end + 2 < _source.Length && _source[end + 2] == '-') text = text.TrimEnd();
        if (text.Length > 0) nodes.Add(new TextNode(start, text.ToString()));
    }

    private TagReader OpenTag(int open, bool isOutput)
    {
        if (_linesEnd >= 0)
        {
            var line = _source.AsSpan(open, _linesEnd - open).IndexOfAny('\n', '\r');
            _tagStart = open;
            _tagEnd = _at = line < 0 ? _linesEnd : open + line;
            return new TagReader(_source, open, _at, Wrong);
        }

        var closer = isOutput ? "}}" : "%}";
        var start = open + 2 < _source.Length && _source[open + 2] == '-' ? open + 3 : open + 2;
        var end = CloseOf(start, closer);
        if (end < 0) throw Wrong($"{_source.Substring(open, 2)} has no closing {closer}", open);
        _at = end + 2;
        _tagStart = open;
        _tagEnd = _at;
        _trimNext = end > start && _source[end - 1] == '-';
        return new TagReader(_source, start, _trimNext ? end - 1 : end, Wrong);
    }

    /// <summary>The closing mark outside of quotes.</summary>
    private int CloseOf(int start, string closer)
    {
        var quote = '\0';
        for (var i = start; i < _source.Length; i++)
        {
            var c = _source[i];
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
            }
            else if (c is '"' or '\'') quote = c;
            else if (c == closer[0] && i + 1 < _source.Length && _source[i + 1] == closer[1]) return i;
        }

        return _source.IndexOf(closer, start, StringComparison.Ordinal);
    }

    private TemplateNode? Tag(string name, int at, TagReader reader)
    {
        switch (name)
        {
            case "if" or "unless":
                return Branch(name, at, reader);
            case "case":
                return Case(at, reader);
            case "for":
                return For(at, reader);
            case "tablerow":
                return Rows(at, reader);
            case "liquid":
                return Lines(at, reader);
            case "assign":
                var assigned = reader.Name("after assign");
                if (!reader.Sign("=")) throw reader.Wrong("= is missing after the name");
                var value = reader.FilteredValue();
                reader.Finish();
                return new AssignNode(at, assigned, value);
            case "capture":
                var captured = reader.Name("after capture");
                reader.Finish();
                return new CaptureNode(at, captured, Body("capture", at, ["endcapture"]).Nodes);
            case "increment" or "decrement":
                var counter = reader.Name($"after {name}");
                reader.Finish();
                return new CountNode(at, counter, up: name == "increment");
            case "cycle":
                return Cycle(at, reader);
            case "echo":
                var shown = reader.FilteredValue();
                reader.Finish();
                return new OutputNode(at, shown);
            case "break" or "continue":
                if (_loops == 0) throw Wrong($"{name} stands outside a for", at);
                return new SignalNode(at, name == "break" ? LoopSignal.Break : LoopSignal.Continue);
            case "comment":
                Skip("comment", at);
                return null;
            case "raw" when _linesEnd < 0:
                var start = _tagEnd;
                var trimmed = _trimNext;
                var end = Skip("raw", at);
                var raw = _source[start..end];
                return new TextNode(start, trimmed ? raw.TrimStart() : raw);
            default:
                throw Wrong(Unknown(name), at);
        }
    }

    private static string Unknown(string name) => name switch
    {
        "else" or "elsif" => $"{name} stands outside an if",
        "when" => "when stands outside a case",
        "include" or "render" or "layout" or "section" => $"{name} is not supported; a template stands for itself",
        _ when name.StartsWith("end", StringComparison.Ordinal) => $"{name} closes nothing here",
        _ => $"There is no tag called {name}",
    };

    /// <summary>The lines of a <c>liquid</c> tag, each as if it were a tag of its own.</summary>
    private BranchNode Lines(int at, TagReader reader)
    {
        var outside = (_at, _trimNext, _tagStart, _tagEnd, _linesEnd);
        (_at, _linesEnd) = reader.Rest;
        var nodes = Body(null, at, []).Nodes;
        (_at, _trimNext, _tagStart, _tagEnd, _linesEnd) = outside;
        return new BranchNode(at, [(null, nodes)]);
    }

    /// <summary>Passes over text up to the closing tag; gives where that begins.</summary>
    private int Skip(string name, int at)
    {
        while (_linesEnd >= 0)
        {
            var line = NextOpen();
            if (line < 0) throw Wrong($"{{% {name} %}} has no {{% end{name} %}}", at);
            if (OpenTag(line, isOutput: false).Word("end" + name)) return line;
        }

        while (true)
        {
            var open = _source.IndexOf("{%", _at, StringComparison.Ordinal);
            if (open < 0) throw Wrong($"{{% {name} %}} has no {{% end{name} %}}", at);
            var inside = _source.AsSpan(open + 2).TrimStart('-').TrimStart();
            _at = open + 2;
            if (!inside.StartsWith("end" + name)) continue;
            OpenTag(open, isOutput: false);
            return _tagStart;
        }
    }

    private BranchNode Branch(string name, int at, TagReader reader)
    {
        var branches = new List<(TemplateExpression?, TemplateNode[])>();
        TemplateExpression? test = reader.Condition();
        reader.Finish();
        if (name == "unless") test = new Opposite(test);
        while (true)
        {
            string[] closers = test is null ? ["end" + name] : ["elsif", "else", "end" + name];
            var (nodes, closed, next) = Body(name, at, closers);
            branches.Add((test, nodes));
            if (closed == "end" + name) return new BranchNode(at, branches);
            test = closed == "elsif" ? next!.Condition() : null;
            next!.Finish();
        }
    }

    private CaseNode Case(int at, TagReader reader)
    {
        var value = reader.FilteredValue();
        reader.Finish();
        var branches = new List<(TemplateExpression[]?, TemplateNode[])>();
        var (_, closed, next) = Body("case", at, ["when", "else", "endcase"]);
        while (closed != "endcase")
        {
            TemplateExpression[]? values = null;
            if (closed == "when")
            {
                var list = new List<TemplateExpression>();
                do
                {
                    list.Add(next!.Value());
                }
                while (next.Sign(",") || next.Word("or"));
                values = [.. list];
            }

            next!.Finish();
            var (nodes, closedBy, after) = Body("case", at, ["when", "else", "endcase"]);
            branches.Add((values, nodes));
            (closed, next) = (closedBy, after);
        }

        return new CaseNode(at, value, branches);
    }

    /// <summary>A list as the rows of a table.</summary>
    private RowsNode Rows(int at, TagReader reader)
    {
        var name = reader.Name("after tablerow");
        if (!reader.Word("in")) throw reader.Wrong("in is missing: tablerow item in list");
        var rows = new RowsNode(at, name, reader.Value());
        while (!reader.AtEnd)
        {
            if (reader.Word("cols") && reader.Sign(":")) rows.Columns = reader.Value();
            else if (!Narrows(rows, reader) && !reader.Sign(","))
            {
                throw reader.Wrong("Only cols:, limit: and offset: can stand here");
            }
        }

        _loops++;
        rows.Body = Body("tablerow", at, ["endtablerow"]).Nodes;
        _loops--;
        return rows;
    }

    /// <summary>Takes limit: or offset: of a loop; false when something else stands there.</summary>
    private static bool Narrows(LoopNode loop, TagReader reader)
    {
        if (reader.Word("limit") && reader.Sign(":")) loop.Limit = reader.Value();
        else if (reader.Word("offset") && reader.Sign(":")) loop.Offset = reader.Value();
        else return false;
        return true;
    }

    private ForNode For(int at, TagReader reader)
    {
        var name = reader.Name("after for");
        if (!reader.Word("in")) throw reader.Wrong("in is missing: for item in list");
        var loop = new ForNode(at, name, reader.Value());
        while (!reader.AtEnd)
        {
            if (reader.Word("reversed")) loop.Reversed = true;
            else if (!Narrows(loop, reader) && !reader.Sign(","))
            {
                throw reader.Wrong("Only limit:, offset: and reversed can stand here");
            }
        }

        _loops++;
        var (nodes, closed, next) = Body("for", at, ["else", "endfor"]);
        _loops--;
        loop.Body = nodes;
        if (closed != "else") return loop;
        next!.Finish();
        loop.Otherwise = Body("for", at, ["endfor"]).Nodes;
        return loop;
    }

    private CycleNode Cycle(int at, TagReader reader)
    {
        var values = new List<TemplateExpression>();
        var group = "";
        do
        {
            values.Add(reader.Value());
            if (values.Count != 1 || !reader.Sign(":")) continue;
            group = values[0] is Fixed { Value: string text } ? text : ((values[0] as ValuePath)?.Name ?? "");
            values[0] = reader.Value();
        }
        while (reader.Sign(","));
        reader.Finish();
        if (group.Length == 0) group = _source[at.._tagEnd];
        if (!_cycles.TryGetValue(group, out var number)) _cycles.Add(group, number = _cycles.Count);
        return new CycleNode(at, number, [.. values]);
    }
}
