namespace Consultation.Engine.Expressions.Liquid;

/// <summary>Line and column of an offset in a template, both from 1.</summary>
internal static class SourcePosition
{
    public static (int Line, int Column) Of(string source, int offset)
    {
        var before = source.AsSpan(0, Math.Min(offset, source.Length));
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < before.Length; i++)
        {
            // A return alone ends a line; with a newline behind it the newline does.
            var ends = source[i] == '\n' || (source[i] == '\r' && (i + 1 == source.Length || source[i + 1] != '\n'));
            if (!ends) continue;
            line++;
            lineStart = i + 1;
        }

        return (line, before.Length - lineStart + 1);
    }
}
