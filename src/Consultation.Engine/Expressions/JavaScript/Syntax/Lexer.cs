using System.Globalization;
using System.Text;
using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Syntax;

internal enum TokenType
{
    End,
    Name,
    Number,
    String,
    Punctuator,
    Template,
}

internal struct Token
{
    public TokenType Type;
    public string Text;
    public double Number;
    public int Start;
    public int End;
    public bool AfterNewLine;
    public bool Escaped;

    public readonly bool Is(string punctuator) => Type == TokenType.Punctuator && Text == punctuator;

    public readonly bool IsWord(string word) => Type == TokenType.Name && !Escaped && Text == word;
}

/// <summary>
/// Cuts source into tokens on demand. A slash is always taken for division; the parser asks for a regular expression
/// where only that can stand.
/// </summary>
internal sealed class Lexer(string source)
{
    // Longest first.
    private static readonly string[] Punctuators =
    [
        ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=",
        "=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=",
        "^=", "<<", ">>", "**",
        "{", "}", "(", ")", "[", "]", ";", ",", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "!", "~", "?", ":",
        "=", ".",
    ];

    private static readonly string[]?[] ByFirst = IndexPunctuators();

    public string Source => source;

    public int Position { get; set; }

    public Token Next()
    {
        var newLine = SkipBlanks();
        var token = new Token { Start = Position, AfterNewLine = newLine, Text = "" };
        if (Position >= source.Length)
        {
            token.End = Position;
            return token;
        }

        var c = source[Position];
        if (IsNameStart(c) || c == '\\') ReadName(ref token);
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1)))) ReadNumber(ref token);
        else if (c is '"' or '\'') ReadString(ref token, c);
        else if (c == '`')
        {
            token.Type = TokenType.Template;
            Position++;
        }
        else ReadPunctuator(ref token, c);
        token.End = Position;
        return token;
    }

    /// <summary>The next piece of a template literal, up to its end or the next <c>${</c>.</summary>
    public string ReadTemplatePart(int start, out bool ended)
    {
        var text = new StringBuilder();
        while (Position < source.Length)
        {
            var c = source[Position++];
            if (c == '`')
            {
                ended = true;
                return text.ToString();
            }

            if (c == '$' && Peek(0) == '{')
            {
                Position++;
                ended = false;
                return text.ToString();
            }

            if (c == '\\') ReadEscape(text, start);
            else if (c == '\r')
            {
                if (Peek(0) == '\n') Position++;
                text.Append('\n');
            }
            else text.Append(c);
        }

        throw Wrong("The text that begins with ` here has no closing `", start);
    }

    /// <summary>A regular expression literal that begins at the given slash.</summary>
    public (string Pattern, string Flags) ReadRegex(int start)
    {
        Position = start + 1;
        var inClass = false;
        while (true)
        {
            var c = Peek(0);
            if (c is '\0' or '\n' or '\r') throw Wrong("This regular expression has no closing /", start);
            if (c == '\\') Position++;
            else if (c == '[') inClass = true;
            else if (c == ']') inClass = false;
            else if (c == '/' && !inClass) break;
            Position++;
        }

        var pattern = source[(start + 1)..Position++];
        var flags = Position;
        while (IsNamePart(Peek(0))) Position++;
        return (pattern, source[flags..Position]);
    }

    public ExpressionException Wrong(string problem, int position)
    {
        var (line, column) = SourcePlace.Of(source, position);
        return new ExpressionException(ExpressionErrorKind.Syntax, problem, line, column);
    }

    public static bool IsNameStart(char c) =>
        char.IsAsciiLetter(c) || c is '_' or '$' || (c > 127 && (char.IsLetter(c) || char.IsSurrogate(c)
            || char.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber));

    public static bool IsNamePart(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '_' or '$' || (c > 127 && (IsNameStart(c) || c is '\u200c' or '\u200d'
            || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation));

    private char Peek(int ahead) => Position + ahead < source.Length ? source[Position + ahead] : '\0';

    private bool SkipBlanks()
    {
        var newLine = Position == 0;
        while (Position < source.Length)
        {
            var c = source[Position];
            if (c is '\n' or '\r' or '\u2028' or '\u2029')
            {
                newLine = true;
                Position++;
            }
            else if (Blanks.Is(c)) Position++;
            else if (c == '/' && Peek(1) == '/')
            {
                while (Position < source.Length && source[Position] is not ('\n' or '\r' or '\u2028' or '\u2029'))
                {
                    Position++;
                }
            }
            else if (c == '/' && Peek(1) == '*')
            {
                var end = source.IndexOf("*/", Position + 2, StringComparison.Ordinal);
                if (end < 0) throw Wrong("This comment has no closing */", Position);
                newLine |= source.AsSpan(Position, end - Position).IndexOfAny('\n', '\r') >= 0;
                Position = end + 2;
            }
            else break;
        }

        return newLine;
    }

    private void ReadName(ref Token token)
    {
        token.Type = TokenType.Name;
        var start = Position;
        while (Position < source.Length && IsNamePart(source[Position])) Position++;
        if (Peek(0) != '\\')
        {
            token.Text = source[start..Position];
            return;
        }

        var text = new StringBuilder(source[start..Position]);
        while (true)
        {
            if (Peek(0) == '\\')
            {
                if (Peek(1) != 'u') throw Wrong("A \\ cannot stand here", Position);
                Position++;
                ReadEscape(text, start);
            }
            else if (IsNamePart(Peek(0))) text.Append(source[Position++]);
            else break;
        }

        token.Escaped = true;
        token.Text = text.ToString();
    }

    private void ReadNumber(ref Token token)
    {
        token.Type = TokenType.Number;
        var start = Position;
        var radix = Peek(0) != '0'
            ? 10
            : char.ToLowerInvariant(Peek(1)) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 10 };
        if (radix != 10)
        {
            Position += 2;
            var digits = 0;
            for (; char.IsAsciiLetterOrDigit(Peek(0)) || Peek(0) == '_'; Position++)
            {
                if (Peek(0) == '_') continue;
                var digit = char.IsAsciiDigit(Peek(0)) ? Peek(0) - '0' : char.ToLowerInvariant(Peek(0)) - 'a' + 10;
                if (digit >= radix) throw Wrong("This number has a digit that does not fit", Position);
                token.Number = (token.Number * radix) + digit;
                digits++;
            }

            if (digits == 0) throw Wrong("This number has no digits", start);
            return;
        }

        while (char.IsAsciiDigit(Peek(0)) || Peek(0) == '_') Position++;
        if (Peek(0) == '.')
        {
            Position++;
            while (char.IsAsciiDigit(Peek(0)) || Peek(0) == '_') Position++;
        }

        if (Peek(0) is 'e' or 'E')
        {
            Position++;
            if (Peek(0) is '+' or '-') Position++;
            if (!char.IsAsciiDigit(Peek(0))) throw Wrong("This number has no digits after e", start);
            while (char.IsAsciiDigit(Peek(0))) Position++;
        }

        if (Peek(0) == 'n') throw Wrong("BigInt numbers (with n at the end) are not supported; leave the n out", start);
        if (IsNameStart(Peek(0))) throw Wrong("A name cannot follow a number directly", Position);
        var text = source[start..Position].Replace("_", "", StringComparison.Ordinal);
        if (text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]))
        {
            throw Wrong("A number cannot begin with 0; leave the 0 out", start);
        }

        token.Number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private void ReadString(ref Token token, char quote)
    {
        token.Type = TokenType.String;
        var start = Position++;
        var end = source.AsSpan(Position).IndexOfAny(quote, '\\', '\n');
        if (end >= 0 && source[Position + end] == quote)
        {
            token.Text = source.Substring(Position, end);
            Position += end + 1;
            return;
        }

        var text = new StringBuilder();
        while (true)
        {
            var c = Peek(0);
            if (Position >= source.Length || c is '\n' or '\r') throw Wrong($"This text has no closing {quote}", start);
            Position++;
            if (c == quote) break;
            if (c == '\\') ReadEscape(text, start);
            else text.Append(c);
        }

        token.Text = text.ToString();
    }

    private void ReadEscape(StringBuilder text, int start)
    {
        if (Position >= source.Length) throw Wrong("This text is not closed", start);
        var c = source[Position++];
        switch (c)
        {
            case 'n': text.Append('\n'); break;
            case 't': text.Append('\t'); break;
            case 'r': text.Append('\r'); break;
            case 'b': text.Append('\b'); break;
            case 'f': text.Append('\f'); break;
            case 'v': text.Append('\v'); break;
            case '0' when !char.IsAsciiDigit(Peek(0)): text.Append('\0'); break;
            case >= '0' and <= '9': throw Wrong("\\ followed by a digit is not allowed in texts", Position - 2);
            case '\r':
                if (Peek(0) == '\n') Position++;
                break;
            case '\n' or '\u2028' or '\u2029': break;
            case 'x': text.Append((char)Hex(2)); break;
            case 'u' when Peek(0) == '{':
                var close = source.IndexOf('}', Position);
                if (close < 0 || close - Position > 8) throw Wrong("\\u{ needs a } after the number", Position - 2);
                Position++;
                var code = Hex(close - Position);
                Position++;
                if (code > 0x10FFFF) throw Wrong("There is no such character", Position - 2);
                if (code is >= 0xD800 and <= 0xDFFF) text.Append((char)code);
                else text.Append(char.ConvertFromUtf32(code));
                break;
            case 'u': text.Append((char)Hex(4)); break;
            default: text.Append(c); break;
        }
    }

    private int Hex(int length)
    {
        if (length < 1 || Position + length > source.Length
            || !int.TryParse(
                source.AsSpan(Position, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out var value))
        {
            throw Wrong("This \\ is followed by something that is not a hexadecimal number", Position - 1);
        }

        Position += length;
        return value;
    }

    private void ReadPunctuator(ref Token token, char c)
    {
        token.Type = TokenType.Punctuator;
        foreach (var candidate in c < 128 ? ByFirst[c] ?? [] : [])
        {
            if (string.CompareOrdinal(source, Position, candidate, 0, candidate.Length) != 0) continue;
            // a?.5:b is a conditional with the number .5.
            if (candidate == "?." && char.IsAsciiDigit(Peek(2))) continue;
            Position += candidate.Length;
            token.Text = candidate;
            return;
        }

        var hint = c switch
        {
            '\u201c' or '\u201d' or '\u2018' or '\u2019' => "; use the straight quotes \" or '",
            '\uff0c' or '\u3001' => "; use the narrow comma ,",
            '\uff08' or '\uff09' => "; use the narrow brackets ( )",
            '\uff1b' or '\uff1a' or '\u3002' => "; use the narrow ; : .",
            _ => "",
        };
        throw Wrong($"The character {c} cannot stand here{hint}", Position);
    }

    private static string[]?[] IndexPunctuators()
    {
        var index = new string[]?[128];
        foreach (var group in Punctuators.GroupBy(text => text[0])) index[group.Key] = [.. group];
        return index;
    }
}
