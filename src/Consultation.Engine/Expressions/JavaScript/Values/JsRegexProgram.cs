using System.Text;
using System.Text.RegularExpressions;

namespace Consultation.Engine.Expressions.JavaScript.Values;

/// <summary>
/// A regular expression of the language turned into one of the framework that runs in linear time. What needs
/// backtracking (looking ahead or behind, referring back) is refused.
/// </summary>
internal sealed class JsRegexProgram
{
    private const int MaxPattern = 2000;
    private const int MaxRepeats = 1000;

    private readonly string _pattern;
    private readonly StringBuilder _text = new();
    private readonly bool _ignoresCase;
    private readonly bool _dotAll;
    private int _position;
    private int _groups;
    private int _depth;
    private long _size;

    private JsRegexProgram(string pattern, string flags)
    {
        _pattern = pattern;
        Source = pattern.Length == 0 ? "(?:)" : pattern;
        Flags = string.Concat(flags.Order());
        _ignoresCase = flags.Contains('i');
        _dotAll = flags.Contains('s');
        IsGlobal = flags.Contains('g');
        IsSticky = flags.Contains('y');
        IsMultiline = flags.Contains('m');
    }

    public string Source { get; }

    public string Flags { get; }

    public bool IsGlobal { get; }

    public bool IsSticky { get; }

    public bool IsMultiline { get; }

    /// <summary>Names of groups with their numbers, in order.</summary>
    public List<(string Name, int Number)> Names { get; } = [];

    public Regex Regex { get; private set; } = null!;

    /// <exception cref="FormatException">The pattern is not valid or cannot run in linear time.</exception>
    public static JsRegexProgram Compile(string pattern, string flags)
    {
        if (pattern.Length > MaxPattern)
        {
            throw new FormatException($"This regular expression is longer than {MaxPattern} characters");
        }
        foreach (var flag in flags)
        {
            if (!"gimsuyd".Contains(flag) || flags.IndexOf(flag, StringComparison.Ordinal) != flags.LastIndexOf(flag))
            {
                throw new FormatException(
                    $"A regular expression cannot have the flags {flags}; use g, i, m, s, u, y, each once");
            }
        }

        var program = new JsRegexProgram(pattern, flags);
        program.Alternatives();
        if (program._position < pattern.Length) throw new FormatException("This regular expression has a ) too many");
        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        if (program._ignoresCase) options |= RegexOptions.IgnoreCase;
        if (program.IsMultiline) options |= RegexOptions.Multiline;
        try
        {
            program.Regex = new Regex(program._text.ToString(), options);
        }
        catch (Exception refused) when (refused is ArgumentException or NotSupportedException)
        {
            throw new FormatException("This regular expression is not valid or too large", refused);
        }

        return program;
    }

    private char Peek(int ahead = 0) => _position + ahead < _pattern.Length ? _pattern[_position + ahead] : '\0';

    private bool AtEnd => _position >= _pattern.Length;

    /// <summary>Copies alternatives up to ) or the end; gives how large the automaton for them may become.</summary>
    private long Alternatives()
    {
        if (++_depth > 50) throw new FormatException("This regular expression is nested too deep");
        var total = 0L;
        while (!AtEnd && Peek() != ')')
        {
            if (Peek() == '|')
            {
                _position++;
                _text.Append('|');
                continue;
            }

            var size = Atom();
            total += Quantified(size);
            if (total > MaxRepeats * 4) throw new FormatException("This regular expression repeats too much");
        }

        _depth--;
        return _size = total;
    }

    private long Atom()
    {
        var c = _pattern[_position++];
        switch (c)
        {
            case '(':
                return Group();
            case '[':
                CharacterClass();
                return 1;
            case '\\':
                Escape(inClass: false);
                return 1;
            case '.':
                _text.Append(_dotAll ? @"[\s\S]" : @"[^\n\r\u2028\u2029]");
                return 1;
            case '^':
                _text.Append('^');
                return 1;
            case '$':
                _text.Append(IsMultiline ? "$" : @"\z");
                return 1;
            case '*' or '+' or '?':
                throw new FormatException($"{c} in this regular expression has nothing to repeat");
            case '{' when IsCount():
                throw new FormatException("{ in this regular expression has nothing to repeat");
            default:
                if (c is ' ' or '#' or '{' or '}' or ']') _text.Append('\\');
                _text.Append(c);
                return 1;
        }
    }

    private bool IsCount() => CountMatch(_position - 1).Success;

    private Match CountMatch(int at) => CountPattern.Match(_pattern, at, Math.Min(_pattern.Length - at, 30));

    private static readonly Regex CountPattern = new(@"\A\{(\d{1,9})(,(\d{0,9}))?\}", RegexOptions.NonBacktracking);

    private long Quantified(long size)
    {
        var most = 1L;
        switch (Peek())
        {
            case '*' or '+' or '?':
                _text.Append(_pattern[_position++]);
                break;
            case '{' when CountMatch(_position) is { Success: true } count:
                _text.Append(count.Value);
                _position += count.Length;
                var least = long.Parse(count.Groups[1].ValueSpan, provider: null);
                most = count.Groups[3].Length > 0 ? long.Parse(count.Groups[3].ValueSpan, provider: null) : least;
                if (most < least)
                {
                    throw new FormatException("The numbers in { } of this regular expression are out of order");
                }
                if (most > MaxRepeats)
                {
                    throw new FormatException($"{{ }} in a regular expression repeats at most {MaxRepeats} times");
                }
                break;
            default:
                return size;
        }

        if (Peek() == '?')
        {
            _position++;
            _text.Append('?');
        }

        return size * Math.Max(1, most);
    }

    private long Group()
    {
        if (Peek() != '?')
        {
            _groups++;
            _text.Append('(');
        }
        else if (Peek(1) == ':')
        {
            _position += 2;
            _text.Append("(?:");
        }
        else if (Peek(1) == '<' && Peek(2) is not ('=' or '!'))
        {
            var end = _pattern.IndexOf('>', _position);
            if (end < 0) throw new FormatException("The name of a group in this regular expression has no closing >");
            var name = _pattern[(_position + 2)..end];
            if (name.Length == 0 || Names.Exists(group => group.Name == name))
            {
                throw new FormatException("Each named group of a regular expression needs its own name");
            }

            _position = end + 1;
            Names.Add((name, ++_groups));
            _text.Append('(');
        }
        else
        {
            throw new FormatException(
                "Looking ahead or behind, (?= (?! (?<= (?<!, is not supported in regular expressions; match more and "
                    + "cut the text");
        }

        var size = Alternatives();
        if (Peek() != ')') throw new FormatException("This regular expression has no closing )");
        _position++;
        _text.Append(')');
        return size;
    }

    private void CharacterClass()
    {
        var negated = Peek() == '^';
        if (negated) _position++;
        if (Peek() == ']')
        {
            _position++;
            _text.Append(negated ? @"[\s\S]" : @"[^\s\S]");
            return;
        }

        _text.Append(negated ? "[^" : "[");
        while (Peek() != ']')
        {
            if (AtEnd) throw new FormatException("This regular expression has no closing ]");
            var c = _pattern[_position++];
            if (c == '\\') Escape(inClass: true);
            else if (c == '-' && (Peek() == ']' || _text[^1] is '[' or '^')) _text.Append(@"\-");
            else
            {
                if (c == '[') _text.Append('\\');
                _text.Append(c);
            }
        }

        _position++;
        _text.Append(']');
    }

    private void Escape(bool inClass)
    {
        if (AtEnd) throw new FormatException("This regular expression ends with a \\");
        var c = _pattern[_position++];
        switch (c)
        {
            case 'd':
                _text.Append(inClass ? "0-9" : "[0-9]");
                break;
            case 'D':
                _text.Append(inClass ? @"\x00-/:-\uffff" : "[^0-9]");
                break;
            case 'w':
                _text.Append(inClass ? "a-zA-Z0-9_" : "[a-zA-Z0-9_]");
                break;
            case 'W':
                _text.Append(inClass ? @"\x00-/:-@\[-\^`{-\uffff" : "[^a-zA-Z0-9_]");
                break;
            case 's':
                _text.Append(inClass ? Blanks.Class : $"[{Blanks.Class}]");
                break;
            case 'S':
                _text.Append(inClass ? Blanks.Others : $"[^{Blanks.Class}]");
                break;
            case 'b' when inClass:
                _text.Append(@"\x08");
                break;
            case 'b' or 'B' or 'n' or 'r' or 't' or 'f' or 'v':
                _text.Append('\\').Append(c);
                break;
            case '0':
                _text.Append(@"\x00");
                break;
            case >= '1' and <= '9':
                throw new FormatException("Referring back to a group (\\1) is not supported in regular expressions");
            case 'k' when Peek() == '<':
                throw new FormatException("Referring back to a group (\\k) is not supported in regular expressions");
            case 'x':
                Code(2);
                break;
            case 'u' when Peek() == '{':
                var end = _pattern.IndexOf('}', _position);
                if (end < 0 || !int.TryParse(
                    _pattern.AsSpan(_position + 1, end - _position - 1),
                    System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code) || code > 0xFFFF)
                {
                    throw new FormatException("\\u{ } in a regular expression takes numbers up to FFFF");
                }

                _position = end + 1;
                Append((char)code);
                break;
            case 'u':
                Code(4);
                break;
            case 'p' or 'P' when Peek() == '{':
                Property(c);
                break;
            case 'c' when char.IsAsciiLetter(Peek()):
                Append((char)(_pattern[_position++] & 31));
                break;
            default:
                Append(c);
                break;
        }
    }

    private void Code(int length)
    {
        if (_position + length > _pattern.Length || !int.TryParse(
            _pattern.AsSpan(_position, length), System.Globalization.NumberStyles.AllowHexSpecifier, null,
            out var code))
        {
            throw new FormatException("\\x or \\u in this regular expression is not followed by a hexadecimal number");
        }

        _position += length;
        Append((char)code);
    }

    private void Append(char c)
    {
        if (char.IsAsciiLetterOrDigit(c) || c is '_' || (c > 127 && !char.IsWhiteSpace(c))) _text.Append(c);
        else _text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
    }

    private void Property(char sign)
    {
        var end = _pattern.IndexOf('}', _position);
        if (end < 0) throw new FormatException("\\p{ in this regular expression has no closing }");
        var name = _pattern[(_position + 1)..end];
        _position = end + 1;
        if (name is "Script=Han" or "sc=Han" or "Unified_Ideograph" or "Ideographic")
        {
            if (sign == 'P') throw new FormatException("\\P{Han} is not supported; use [^\\u4e00-\\u9fff]");
            _text.Append(_text.Length > 0 && IsInClass()
                ? @"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
                : @"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]");
            return;
        }

        _text.Append('\\').Append(sign).Append('{').Append(name switch
        {
            "Letter" or "Alphabetic" => "L",
            "Number" => "N",
            "Punctuation" => "P",
            _ => name,
        }).Append('}');
    }

    private bool IsInClass()
    {
        var text = _text.ToString();
        return text.LastIndexOf('[') > text.LastIndexOf(']');
    }
}
