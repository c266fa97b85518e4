namespace Consultation.Mail.Incoming;

/// <summary>How much of a message is looked at, found out by one pass over its bytes.</summary>
internal static class MessageBounds
{
    /// <summary>Most bytes of the headers.</summary>
    public const int LongestHead = 128 * 1024;

    /// <summary>Most parts.</summary>
    public const int MostParts = 200;

    private const int MostHeaders = 1000;

    /// <summary>True when it is within them. Counts what could begin a part, wherever it stands.</summary>
    public static bool Hold(ReadOnlySpan<byte> raw)
    {
        var (parts, headers, isHead, at) = (0, 0, true, 0);
        while (at < raw.Length)
        {
            var end = raw[at..].IndexOf((byte)'\n');
            var line = end < 0 ? raw[at..] : raw.Slice(at, end);
            at += line.Length + 1;
            if (line.EndsWith("\r"u8)) line = line[..^1];
            if (isHead && line.IsEmpty) isHead = false;
            if (isHead && (++headers > MostHeaders || at > LongestHead)) return false;
            if (Begins(line) && ++parts > MostParts) return false;
        }

        return true;
    }

    private static bool Begins(ReadOnlySpan<byte> line) =>
        line.Length > 12 && System.Text.Ascii.EqualsIgnoreCase(line[..12], "content-type"u8);
}
