namespace Consultation.Engine.Expressions.JavaScript.Values;

/// <summary>
/// What the language counts as white space, line ends included (ECMA-262 12.2 and 12.3): not quite what the framework
/// does, which counts U+0085 and not U+FEFF.
/// </summary>
internal static class Blanks
{
    /// <summary>The same for use inside a class of a regular expression.</summary>
    public const string Class = @"\t-\r\x20\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

    /// <summary>All others, for use inside a class.</summary>
    public const string Others =
        @"\0-\x08\x0e-\x1f!-\x9f\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e"
            + @"\u2060-\u2fff\u3001-\ufefe\uff00-\uffff";

    public static bool Is(char one) => one == '\ufeff' || (char.IsWhiteSpace(one) && one != '\u0085');

    public static ReadOnlySpan<char> TrimStart(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && Is(text[start])) start++;
        return text[start..];
    }

    public static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> text)
    {
        var end = text.Length;
        while (end > 0 && Is(text[end - 1])) end--;
        return text[..end];
    }
}
