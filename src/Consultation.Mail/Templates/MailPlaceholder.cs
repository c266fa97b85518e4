using System.Text.RegularExpressions;

namespace Consultation.Mail.Templates;

/// <summary>
/// What stands in a composed body in place of a link or a secret until the mail is sent. Made of characters that
/// neither HTML nor attribute encoding changes.
/// </summary>
public static partial class MailPlaceholder
{
    /// <summary>Stands for <see cref="Outgoing.OutgoingMail.Secret"/>.</summary>
    public const string Secret = "{{secret}}";

    /// <summary>Stands for the address at which the mail itself is read as a page.</summary>
    public const string Page = "{{page}}";

    /// <summary>Stands for the address of an action link.</summary>
    public static string ForLink(Guid link) => $"{{{{link:{link:N}}}}}";

    /// <summary>
    /// Fills in a body. A link placeholder that is not the mail's own stays as it is: text from the public cannot
    /// conjure up somebody's link.
    /// </summary>
    /// <param name="body">The composed body.</param>
    /// <param name="links">Addresses by link id.</param>
    /// <param name="secret">The secret, already encoded for the body's format; null leaves the placeholder.</param>
    /// <param name="page">The address at which the mail is read; null leaves the placeholder.</param>
    public static string Fill(
        string body, IReadOnlyDictionary<Guid, string> links, string? secret, string? page = null) =>
        Any().Replace(body, match => match.Groups["id"] is { Success: true } id
            ? links.GetValueOrDefault(Guid.ParseExact(id.ValueSpan, "N"), match.Value)
            : (match.ValueSpan.SequenceEqual(Page) ? page : secret) ?? match.Value);

    [GeneratedRegex(@"\{\{(?:secret|page|link:(?<id>[0-9a-f]{32}))\}\}")]
    private static partial Regex Any();
}
