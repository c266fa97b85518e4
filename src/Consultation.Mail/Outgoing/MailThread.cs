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
    public static MailThread Of(MailDraft draft, MailOptions options)
    {
        var domain = MailAddressRule.DomainOf(options.From);
        var subject = draft.Concerning ?? draft.TaskId ?? draft.CaseId;
        // Without a task or case nothing tells two mails of one purpose apart but the mail itself.
        var about = subject is { } id ? id.ToString("N") : Guid.CreateVersion7().ToString("N");
        var identity =
            $"{draft.OrganisationId:N}|{about}|{draft.Recipient.Address.ToLowerInvariant()}|{draft.Template}"
                + $"|{draft.Ordinal}";
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..32];
        var root = draft.TaskId is { } task ? $"<task.{task:N}@{domain}>" : draft.CaseId is { } @case
            ? $"<case.{@case:N}@{domain}>"
            : null;
        return new($"<{draft.Template}.{digest}@{domain}>", root);
    }
}
