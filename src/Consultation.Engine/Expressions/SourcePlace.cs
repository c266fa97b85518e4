namespace Consultation.Engine.Expressions;

/// <summary>Turns an offset into line and column, both from 1.</summary>
internal static class SourcePlace
{
    public static (int Line, int Column) Of(string source, int position)
    {
        var line = 1;
        var lineStart = 0;
        var end = Math.Min(position, source.Length);
        for (var i = 0; i < end; i++)
        {
            if (source[i] == '\n' || (source[i] == '\r' && (i + 1 >= source.Length || source[i + 1] != '\n')))
            {
                line++;
                lineStart = i + 1;
            }
        }

        return (line, end - lineStart + 1);
    }
}
