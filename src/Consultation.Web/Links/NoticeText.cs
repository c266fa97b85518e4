using System.Text.RegularExpressions;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;

namespace Consultation.Web.Links;

/// <summary>
/// A piece of a mail on a page: a paragraph, facts with their labels, or a line of a digest with its link.
/// </summary>
internal sealed record NoticeBlock(string Text, IReadOnlyList<(string Label, string Value)> Facts, Guid? Link = null);

/// <summary>
/// The text part of a mail as a page shows it: without links, which the page itself is, and without what only a mail
/// says. Of a digest the links stay: a short message has room for the address of this page alone. The words are encoded
/// by whoever shows them.
/// </summary>
internal static partial class NoticeText
{
    /// <summary>The subject without its tag.</summary>
    public static string TitleOf(OutgoingMail mail) => Tag().Replace(mail.Subject, "");

    /// <summary>Where who has a log-in finds what the mail is about.</summary>
    public static string DeskPathOf(OutgoingMail mail) => mail switch
    {
        { Purpose: MailTemplateCatalogue.WeeklySummary } => "/tracking/weeks",
        { TaskId: { } task } => $"/tasks/{task:D}",
        { CaseId: { } @case } => $"/cases/{@case:D}",
        _ => "/tasks",
    };

    /// <summary>Paragraphs and facts, in their order.</summary>
    public static IReadOnlyList<NoticeBlock> Of(OutgoingMail mail)
    {
        var lines = mail.TextBody.Split('\n').ToList();
        var links = new Dictionary<string, Guid>();
        // A button stands in two lines: what it says, and where it leads.
        for (var at = lines.Count - 1; at >= 0; at--)
        {
            if (!lines[at].Contains("{{", StringComparison.Ordinal)) continue;
            var alone = lines[at].StartsWith("  ", StringComparison.Ordinal) && at > 0;
            if (alone && mail.IsDigest
                && mail.LinkIds.Find(id => lines[at].Trim() == MailPlaceholder.ForLink(id)) is var link
                && link != Guid.Empty)
            {
                links[lines[at - 1]] = link;
                lines.RemoveAt(at);
                continue;
            }

            lines.RemoveRange(alone ? at - 1 : at, alone ? 2 : 1);
            if (alone) at--;
        }

        var blocks = new List<NoticeBlock>();
        foreach (var line in lines.Skip(1))
        {
            if (links.TryGetValue(line, out var own))
            {
                blocks.Add(new(line.TrimStart('-', ' '), [], own));
            }
            else if (Fact().Match(line) is { Success: true } fact)
            {
                var pair = (fact.Groups["label"].Value, fact.Groups["value"].Value);
                if (blocks is [.., { Facts.Count: > 0 } last]) blocks[^1] = last with { Facts = [.. last.Facts, pair] };
                else blocks.Add(new("", [pair]));
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal) && blocks is [.., { Facts.Count: > 0 } open])
            {
                var (label, value) = open.Facts[^1];
                blocks[^1] = open with { Facts = [.. open.Facts.SkipLast(1), (label, $"{value}\n{line.Trim()}")] };
            }
            else if (line.Trim() is { Length: > 0 } words && !words.All(sign => sign == '-'))
            {
                blocks.Add(new(words, []));
            }
        }

        return blocks;
    }

    [GeneratedRegex(@"^\[协商\]\s*")]
    private static partial Regex Tag();

    [GeneratedRegex("^【(?<label>[^】]+)】(?<value>.*)$")]
    private static partial Regex Fact();
}
