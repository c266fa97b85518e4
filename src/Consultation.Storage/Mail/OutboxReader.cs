using System.Net;
using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Mail;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Storage.Mapping;
using Consultation.Storage.Reading.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Mail;

/// <summary>Which mails the outbox page shows.</summary>
public sealed record OutboxFilter
{
    /// <summary>Only this state; null for all.</summary>
    public MailState? State { get; init; }
    public CaseId? CaseId { get; init; }
    public TaskId? TaskId { get; init; }

    /// <summary>Words in subject, recipient's name or address, or case number; null for all.</summary>
    public string? Text { get; init; }

    /// <summary>Part of the case's number; null for all.</summary>
    public string? CaseNumber { get; init; }

    /// <summary>Only this way; null for all.</summary>
    public MessageWay? Way { get; init; }

    /// <summary>Part of the recipient's name or address; null for all.</summary>
    public string? Recipient { get; init; }

    /// <summary>"subject", "to", "case", "created", "state", "sent"; anything else is the newest first.</summary>
    public string Sort { get; init; } = "";
    public bool Descending { get; init; }
    public int Skip { get; init; }

    /// <summary>Most rows, 1–10000. Default 25.</summary>
    public int Take { get; init; } = 25;
}

/// <summary>A line of the outbox.</summary>
public sealed record OutboxItem(
    MailId Id,
    string RecipientName,
    string RecipientAddress,
    string Purpose,
    string Subject,
    MailState State,
    Guid? CaseId,
    string? CaseNumber,
    Guid? TaskId,
    DateTimeOffset CreatedAt,
    DateTimeOffset NotBefore,
    DateTimeOffset? SentAt,
    int Attempts,
    DateTimeOffset? NextAttemptAt,
    string? LastError,
    string? DeliveryNote,
    MessageWay Way);

/// <summary>A page of the outbox.</summary>
/// <param name="Items">In the order asked for.</param>
/// <param name="Total">How many the filter matches in all.</param>
public sealed record OutboxPage(IReadOnlyList<OutboxItem> Items, int Total);

/// <summary>One mail as its recipient reads it.</summary>
/// <param name="Mail">The row.</param>
/// <param name="Text">Text part.</param>
/// <param name="Html">HTML part; show it in a sandboxed frame.</param>
/// <param name="LinksWork">Real links stand in the parts; otherwise they lead nowhere.</param>
/// <param name="Words">What goes out by the second channel; null for a mail.</param>
public sealed record OutboxMail(OutgoingMail Mail, string Text, string Html, bool LinksWork, string? Words = null);

/// <summary>
/// Reads one organisation's outgoing mail for the desk, without the mails of restricted cases that are kept from the
/// viewer: those written before the restriction name what they are about.
/// </summary>
public sealed class OutboxReader(Database database, ActionLinkMint mint, NoticeLink notices, MailOptions options)
{
    /// <summary>What stands in place of a secret or of a link that only its recipient may open.</summary>
    private const string Hidden = "••••••";

    /// <summary>A page of mails.</summary>
    public async Task<OutboxPage> ListAsync(
        CaseScope scope, OutboxFilter filter, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var mails = Matching(await SeenAsync(db, scope, cancellationToken), filter);
        var items = await Sorted(mails, filter)
            .Skip(filter.Skip)
            .Take(Math.Clamp(filter.Take, 1, 10_000))
            .Select(mail => new OutboxItem(
                mail.Id, mail.RecipientName, mail.RecipientAddress, mail.Purpose, mail.Subject, mail.State, mail.CaseId,
                mail.CaseNumber,
                mail.TaskId, mail.CreatedAt, mail.NotBefore, mail.SentAt, mail.Attempts, mail.NextAttemptAt,
                mail.LastError, mail.DeliveryNote, mail.Way))
            .ToListAsync(cancellationToken);
        return new(items, await mails.CountAsync(cancellationToken));
    }

    /// <summary>How many mails a filter matches.</summary>
    public async Task<int> CountAsync(CaseScope scope, OutboxFilter filter, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return await Matching(await SeenAsync(db, scope, cancellationToken), filter).CountAsync(cancellationToken);
    }

    /// <summary>Numbers of the cases that mails were lately written about, for a list to choose from.</summary>
    public async Task<IReadOnlyList<string>> CaseNumbersAsync(
        CaseScope scope, int atMost, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return await (await SeenAsync(db, scope, cancellationToken))
            .Where(mail => mail.CaseNumber != null && mail.CaseNumber != "")
            .GroupBy(mail => mail.CaseNumber!).OrderByDescending(group => group.Max(mail => mail.CreatedAt))
            .Select(group => group.Key)
            .Take(atMost).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// One mail; null when there is none of this id that the person sees. Whoever tries the product gets working links
    /// while mails go to the pickup folder: an administrator, and everybody who may open the outbox of a sample; with
    /// SMTP nobody but the recipient sees them.
    /// </summary>
    /// <param name="scope">Who looks.</param>
    /// <param name="id">Which mail.</param>
    /// <param name="triesOut">An administrator, or somebody of a sample.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<OutboxMail?> FindAsync(
        CaseScope scope, MailId id, bool triesOut, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var mail = await (await SeenAsync(db, scope, cancellationToken))
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (mail is null) return null;
        // A message of the second channel has really left: its link is the recipient's alone.
        var works = triesOut && options.Transport == MailTransportKind.Pickup && mail.Way == MessageWay.Mail;
        var rows = await db.ActionLinks.AsNoTracking().Where(link => mail.LinkIds.Contains(link.Id))
            .ToListAsync(cancellationToken);
        var links = rows.ToDictionary(
            link => link.Id,
            link => works && mint.TokenOf(link) is { } token
                ? ActionLinkMint.Address(options.PublicBaseUrl, token)
                : Hidden);
        var secret = works && mail.Secret is { } kept ? kept : Hidden;
        var page = works
            ? notices.Address(options.PublicBaseUrl, mail.OrganisationId, mail.Id.Value)
            : Hidden;
        return new(
            mail,
            MailPlaceholder.Fill(mail.TextBody, links, secret, page),
            MailPlaceholder.Fill(mail.HtmlBody, links, WebUtility.HtmlEncode(secret), page),
            works,
            mail.ShortText is { } words ? MailPlaceholder.Fill(words, links, null, page) : null);
    }

    /// <summary>How many messages of the second channel to an address failed since the last one that arrived.</summary>
    public async Task<int> ChannelFailuresAsync(
        OrganisationId organisation, string? address, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(address)) return 0;
        await using var db = database.ForOrganisation(organisation);
        var messages = db.Mails.AsNoTracking().Where(mail => mail.OrganisationId == organisation.Value
            && mail.Way == MessageWay.Channel && mail.RecipientAddress == address);
        var arrived = await messages.Where(mail => mail.ArrivedAt != null).MaxAsync(
            mail => (DateTimeOffset?)mail.CreatedAt, cancellationToken) ?? DateTimeOffset.UnixEpoch;
        return await messages.CountAsync(
            mail => mail.State == MailState.Failed && mail.CreatedAt > arrived, cancellationToken);
    }

    private static async Task<IQueryable<OutgoingMail>> SeenAsync(
        ConsultationDb db, CaseScope scope, CancellationToken cancellationToken)
    {
        var kept = (await db.KeptAsync(scope, cancellationToken)).Select(id => (Guid?)id.Value).ToList();
        var mails = db.Mails.AsNoTracking();
        return kept.Count == 0 ? mails : mails.Where(mail => mail.CaseId == null || !kept.Contains(mail.CaseId));
    }

    private static IQueryable<OutgoingMail> Matching(IQueryable<OutgoingMail> mails, OutboxFilter filter)
    {
        if (filter.Way is { } way) mails = mails.Where(mail => mail.Way == way);
        if (filter.State is { } state) mails = mails.Where(mail => mail.State == state);
        if (filter.CaseId is { Value: var @case }) mails = mails.Where(mail => mail.CaseId == @case);
        if (filter.TaskId is { Value: var task }) mails = mails.Where(mail => mail.TaskId == task);
        if (!string.IsNullOrWhiteSpace(filter.CaseNumber))
        {
            var number = TypedText.Line(filter.CaseNumber);
            mails = mails.Where(mail => mail.CaseNumber != null && mail.CaseNumber.Contains(number));
        }

        if (!string.IsNullOrWhiteSpace(filter.Recipient))
        {
            var (name, address) = (TypedText.Line(filter.Recipient), TypedText.Fold(filter.Recipient));
#pragma warning disable CA1304, CA1311, CA1862 // translated to the database's lower()
            mails = mails.Where(mail => mail.RecipientName.Contains(name)
                || mail.RecipientName.ToLower().Contains(address) || mail.RecipientAddress.ToLower().Contains(address));
#pragma warning restore CA1304, CA1311, CA1862
        }

        return mails.Finding(filter.Text);
    }

    private static IQueryable<OutgoingMail> Sorted(IQueryable<OutgoingMail> mails, OutboxFilter filter) =>
        ((filter.Sort, filter.Descending) switch
        {
            ("subject", false) => mails.OrderBy(mail => mail.Subject),
            ("subject", true) => mails.OrderByDescending(mail => mail.Subject),
            ("to", false) => mails.OrderBy(mail => mail.RecipientName),
            ("to", true) => mails.OrderByDescending(mail => mail.RecipientName),
            ("case", false) => mails.OrderBy(mail => mail.CaseNumber),
            ("case", true) => mails.OrderByDescending(mail => mail.CaseNumber),
            ("created", false) => mails.OrderBy(mail => mail.CreatedAt),
            ("state", false) => mails.OrderBy(mail => mail.State),
            ("state", true) => mails.OrderByDescending(mail => mail.State),
            ("sent", false) => mails.OrderBy(mail => mail.SentAt),
            ("sent", true) => mails.OrderByDescending(mail => mail.SentAt),
            _ => mails.OrderByDescending(mail => mail.CreatedAt),
        }).ThenByDescending(mail => mail.CreatedAt).ThenByDescending(mail => mail.Id);
}
