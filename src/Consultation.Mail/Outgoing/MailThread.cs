using System.Security.Cryptography;
using System.Text;
using Consultation.Mail.Templates;

namespace Consultation.Mail.Outgoing;

/// <summary>
/// Message ids (mail rule 5). The id is computed from task, recipient, purpose and ordinal, so that a mail sent again
/// is recognised as the same one; all mails of one task answer to one root that no mail bears, so that whoever gets
/// them sees one thread.
/// </summary>
internal sealed record MailThread(string MessageId, string? Root)
{
    private const string OfChannel = "<channel.";

    /// <summary>The id of the mail that takes the place of a message of the second channel.</summary>
    public static string ByMail(string messageId) =>
        messageId.StartsWith(OfChannel, StringComparison.Ordinal) ? $"<{messageId[OfChannel.Length..]}" : messageId;

    /// <summary>The id of a message of the second channel: reports on mails never mean it.</summary>
    public static string ByChannel(string messageId) => OfChannel + messageId[1..];

    public static MailThread Of(MailDraft draft, MailOptions options)
    {
        var domain = MailAddressRule.DomainOf(options.From);
        var subject = draft.Concerning ?? draft.TaskId ?? draft.CaseId;
        // Without a task or case nothing tells two mails of one purpose apart but the mail itself.
        var about = subject is { } id ? id.ToString("N") : Guid.CreateVersion7().ToString("N");
        // Whom only the second channel reaches has no address, and still an identity of one's own.
        var recipient = draft.Recipient is { Address: "", ChannelAddress: { } number } ? number
            : draft.Recipient.Address.ToLowerInvariant();
        var identity = $"{draft.OrganisationId:N}|{about}|{recipient}|{draft.Template}|{draft.Ordinal}";
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..32];
        var root = draft.TaskId is { } task ? $"<task.{task:N}@{domain}>" : draft.CaseId is { } @case
            ? $"<case.{@case:N}@{domain}>"
            : null;
        return new($"<{draft.Template}.{digest}@{domain}>", root);
    }
}
