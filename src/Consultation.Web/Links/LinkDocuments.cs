using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Cases.Documents;
using Consultation.Cases.History;
using Consultation.Mail.ActionLinks;
using Consultation.Storage.Reading.Tasks;

namespace Consultation.Web.Links;

/// <summary>What a decision link opens of the documents.</summary>
public abstract record LinkDocument
{
    private LinkDocument() { }

    /// <summary>The document, and what the task of the link is called.</summary>
    public sealed record Open(CaseDocument File, LocalText Task) : LinkDocument;

    /// <summary>What is wrong with the link, its page says.</summary>
    public sealed record AskThePage : LinkDocument;

    /// <summary>A forged link, or a document of anything else.</summary>
    public sealed record NotThere : LinkDocument;
}

/// <summary>
/// A document that the task of a link is about. Looking changes nothing, and the link stays usable (mail rule 1); a try
/// at a restricted case is noted.
/// </summary>
public sealed class LinkDocuments(
    ActionLinkRegister links, LinkDirectory directories, TaskReader tasks, MaterialReader materials, IAccessLog access,
    TimeProvider clock)
{
    /// <summary>What the token opens.</summary>
    public async Task<LinkDocument> FindAsync(string token, DocumentId document, CancellationToken cancellationToken)
    {
        var standing = await links.FindAsync(token, cancellationToken);
        if (standing is LinkStanding.Unknown) return new LinkDocument.NotThere();
        if (await LookAsync(standing, cancellationToken) is not { } found) return new LinkDocument.AskThePage();
        return found.Material.Find(document) is not null
            && await materials.DocumentAsync(found.File.Task, found.File.Case, document, cancellationToken) is { } file
            ? new LinkDocument.Open(file, found.File.Task.Title)
            : new LinkDocument.NotThere();
    }

    /// <summary>A file of what the task of the link is about; null where the token does not open it.</summary>
    public async Task<Attachment?> FindFileAsync(
        string token, AttachmentId file, CancellationToken cancellationToken) =>
        await LookAsync(await links.FindAsync(token, cancellationToken), cancellationToken) is { } found
            ? found.Material.FindFile(file)
            : null;

    /// <summary>
    /// The task that whoever holds the link may look at, and what of its material; null when there is none.
    /// </summary>
    private async Task<(TaskFile File, TaskMaterial Material)?> LookAsync(
        LinkStanding standing, CancellationToken cancellationToken)
    {
        if (standing is not LinkStanding.Usable { Link: var link }) return null;
        var organisation = new OrganisationId(link.OrganisationId);
        if (await tasks.FindAsync(organisation, new TaskId(link.TaskId), cancellationToken) is not { } found)
        {
            return null;
        }

        var people = await directories.FindAsync(organisation, cancellationToken);
        if (!LinkDirectory.MayLook(link, found, people, clock.GetUtcNow()))
        {
            await access.NoteRefusalAsync(organisation, found.Case.Id, new PersonId(link.PersonId),
                new("文件（邮件链接）", "document, by the link of a mail"), cancellationToken);
            return null;
        }

        var material = await materials.ReadAsync(found.Task, found.Case, cancellationToken);
        return (found, LinkDirectory.IsGuest(link, people) ? material.ForGuest() : material);
    }
}
