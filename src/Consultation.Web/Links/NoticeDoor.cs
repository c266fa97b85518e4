using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Storage.Mail;

namespace Consultation.Web.Links;

/// <summary>What whoever comes by the address of a mail sees.</summary>
public abstract record NoticeLook
{
    private NoticeLook() { }

    /// <summary>The mail.</summary>
    public sealed record Open(SentNotice Notice, OrganisationDirectory People) : NoticeLook;

    /// <summary>Too late, or its recipient has left.</summary>
    public sealed record Over : NoticeLook;

    /// <summary>A forged address, or a mail that is gone. Says nothing about anything.</summary>
    public sealed record Nothing : NoticeLook;
}

/// <summary>Opens a mail as a page by its sealed address (<see cref="NoticeLink"/>).</summary>
public sealed class NoticeDoor(
    NoticeLink links, NoticeReader notices, LinkDirectory directories, TimeProvider clock)
{
    /// <summary>What the token opens; looking changes nothing (mail rule 1).</summary>
    public async Task<NoticeLook> LookAsync(string token, CancellationToken cancellationToken)
    {
        if (links.Read(token) is not var (organisationId, mailId)) return new NoticeLook.Nothing();
        var organisation = new OrganisationId(organisationId);
        if (await notices.FindAsync(organisation, new MailId(mailId), cancellationToken) is not { } notice
            || await directories.FindAsync(organisation, cancellationToken) is not { } people)
        {
            return new NoticeLook.Nothing();
        }

        if (notice.Task is { } task) people = people.With(task);
        var hasLeft = notice.Mail.PersonId is { } id && people.Find(new PersonId(id)) is { Active: false };
        return hasLeft || notice.Mail.CreatedAt + NoticeLink.Life <= clock.GetUtcNow()
            ? new NoticeLook.Over()
            : new NoticeLook.Open(notice, people);
    }
}
