using System.Globalization;

namespace Consultation.Engine.Expressions.Liquid;

/// <summary>Reads values, conditions and filters inside one tag.</summary>
internal sealed class TagReader
{
    private const int Deepest = 20;

    private readonly string _source;
    private readonly int _end;
    private readonly Func<string, int, ExpressionException> _wrong;
    private int _at;
    private int _depth;

    public TagReader(string source, int start, int end, Func<string, int, ExpressionException> wrong)
    {
        _source = source;
        _at = start;
        _end = end;
        _wrong = wrong;
    }

    public bool AtEnd
    {
        get
        {
            Blanks();
            return _at >= _end;
        }
    }

    /// <summary>What is left of the tag.</summary>
    public (int Start, int End) Rest => (_at, _end);

    public ExpressionException Wrong(string problem) => _wrong(problem, Math.Min(_at, _source.Length));

    public string Name(string what)
    {
        Blanks();
        var start = _at;
        while (_at < _end && IsNamePart(_source[_at])) _at++;
        if (_at == start || char.IsAsciiDigit(_source[start])) throw Wrong($"A name is missing {what}");
        return _source[start.._at];
    }

    /// <summary>Takes a word if it stands next, whole.</summary>
    public bool Word(string word)
    {
        Blanks();
        if (_at + word.Length > _end || string.CompareOrdinal(_source, _at, word, 0, word.Length) != 0) return false;
        if (_at + word.Length < _end && IsNamePart(_source[_at + word.Length])) return false;
        _at += word.Length;
        return true;
    }

    public bool Sign(string sign)
    {
        Blanks();
        if (_at + sign.Length > _end || string.CompareOrdinal(_source, _at, sign, 0, sign.Length) != 0) return false;
        _at += sign.Length;
        return true;
    }

    public void Finish()
    {
        if (!AtEnd) throw Wrong($"\"{_source[_at..Math.Min(_end, _at + 20)]}\" is not understood here");
    }

    public TemplateExpression FilteredValue()
    {
        var value = Value();
        var filters = new List<FilterCall>();
        while (Sign("|"))
        {
            Blanks();
            var at = _at;
            var name = Name("after |");
            if (!TemplateFilters.TryFind(name, out var filter)) throw _wrong($"There is no filter called {name}", at);
            var arguments = new List<TemplateExpression>();
            if (Sign(":"))
            {
                do
                {
                    arguments.Add(Argument());
                }
                while (Sign(","));
            }

            filters.Add(new FilterCall(filter, [.. arguments], at));
        }

        return filters.Count == 0 ? value : new Filtered(value, [.. filters]);
    }

    public TemplateExpression Condition()
    {
        var parts = new List<TemplateExpression> { Comparison() };
        var isAnd = new List<bool>();
        while (true)
        {
            if (Word("and")) isAnd.Add(true);
            else if (Word("or")) isAnd.Add(false);
            else break;
            parts.Add(Comparison());
        }

        return parts.Count == 1 ? parts[0] : new Condition([.. parts], [.. isAnd]);
    }

    public TemplateExpression Value()
    {
        Blanks();
        if (_at >= _end) throw Wrong("A value is missing");
        if (++_depth > Deepest) throw Wrong("The brackets are nested too deep");
        var value = ValueInside();
        _depth--;
        return value;
    }

    private TemplateExpression ValueInside()
    {
        var c = _source[_at];
        if (c is '"' or '\'') return new Fixed(Text(c));
        if (char.IsAsciiDigit(c) || (c == '-' && _at + 1 < _end && char.IsAsciiDigit(_source[_at + 1])))
        {
            return new Fixed(Number());
        }
        if (Sign("("))
        {
            var from = Value();
            if (!Sign("..")) throw Wrong(".. is missing in the range, for example (1..5)");
            var to = Value();
            if (!Sign(")")) throw Wrong(") is missing after the range");
            return new NumberRange(from, to);
        }

        var name = Name("or a value");
        switch (name)
        {
            case "true":
                return new Fixed(true);
            case "false":
                return new Fixed(false);
            case "nil" or "null":
                return new Fixed(null);
            case "empty":
                return new Fixed(TemplateValues.Empty);
            case "blank":
                return new Fixed(TemplateValues.Blank);
        }

        return new ValuePath(name, Members());
    }

    private TemplateExpression[] Members()
    {
        var members = new List<TemplateExpression>();
        while (_at < _end)
        {
            if (_source[_at] == '.' && !(_at + 1 < _end && _source[_at + 1] == '.'))
            {
                _at++;
                members.Add(new Fixed(Name("after the dot")));
            }
            else if (_source[_at] == '[')
            {
                _at++;
                members.Add(Value());
                if (!Sign("]")) throw Wrong("] is missing");
            }
            else break;
        }

        return [.. members];
    }

    private TemplateExpression Comparison()
    {
        var left = Value();
        foreach (var sign in (string[])["==", "!=", "<>", "<=", ">=", "<", ">"])
        {
            if (Sign(sign)) return new Comparison(sign, left, Value());
        }

        return Word("contains") ? new Comparison("contains", left, Value()) : left;
    }

    /// <summary>A value, or a named one such as <c>allow_false: true</c>, whose name is passed over.</summary>
    private TemplateExpression Argument()
    {
        var value = Value();
        return value is ValuePath { IsBare: true } && Sign(":") ? Value() : value;
    }

    private string Text(char quote)
    {
        var close = _source.IndexOf(quote, _at + 1);
        if (close < 0 || close >= _end) throw Wrong($"This text has no closing {quote}");
        var text = _source[(_at + 1)..close];
        _at = close + 1;
        return text;
    }

    private object Number()
    {
        var start = _at++;
        while (_at < _end && char.IsAsciiDigit(_source[_at])) _at++;
        var isWhole = !(_at + 1 < _end && _source[_at] == '.' && char.IsAsciiDigit(_source[_at + 1]));
        if (!isWhole)
        {
            _at++;
            while (_at < _end && char.IsAsciiDigit(_source[_at])) _at++;
        }

        var text = _source.AsSpan(start, _at - start);
        if (isWhole && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }
        return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private void Blanks()
    {
        while (_at < _end && char.IsWhiteSpace(_source[_at])) _at++;
    }

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' || char.IsSurrogate(c);
}
