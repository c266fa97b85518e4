using System.Text.RegularExpressions;

namespace Consultation.Mail.Incoming;

/// <summary>
/// What somebody wrote in a reply: the first line, and what stands below it, before whatever mail programs put there by
/// themselves: the mail that is answered, its heading, a signature.
/// </summary>
/// <param name="FirstLine">The first line with something in it; empty when nothing was written.</param>
/// <param name="Below">The lines below it.</param>
public sealed partial record OwnWords(string FirstLine, string Below)
{
    private const int MostLines = 200;

    /// <summary>Reads a text.</summary>
    public static OwnWords Of(string text)
    {
        var own = new List<string>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var plain = line.Trim().ToString();
            if (own.Count == 0 && plain.Length == 0) continue;
            // Two hyphens and a blank: a signature by convention; as the first line it is none of our answers either.
            if (own.Count == MostLines || line is "-- " || plain == "--" || IsForeign(plain)) break;
            own.Add(plain);
        }

        return own.Count == 0 ? new("", "") : new(own[0], string.Join('\n', own.Skip(1)).Trim());
    }

    /// <summary>A line that is quoted, or with which what is not the sender's own begins.</summary>
    private static bool IsForeign(string line) =>
        line is ['>' or '|' or '＞', ..] || (line.Length < 400 && Heading().IsMatch(line));

    // No part of it can match in two ways, so that it takes time in step with the length of the line.
    [GeneratedRegex(
        @"^(?:[-_=*]{4,}|-{2,}\s*(?:original|forwarded|原始|转发)"
            + @"|(?:from|sent|to|subject|date|发件人|发送时间|发件时间|收件人|主题|日期|时间)\s*[:：]"
            + @"|on\s.{4,300}\swrote\s*[:：]?$|(?:在|于)?.{4,300}(?:写道|寫道|wrote)\s*[:：]?$"
            + @"|发自(?:我的)?|來自我的|sent from my\s|获取\s|从\s.{1,60}发送$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Heading();
}
