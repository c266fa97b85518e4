using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Mail.Incoming;
using Consultation.Storage.Reading.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Mail;

/// <summary>What the page of incoming mail shows.</summary>
public sealed record IncomingFilter
{
    /// <summary>Only this state; null for all.</summary>
    public IncomingState? State { get; init; }

    /// <summary>Part of subject, sender's name or address, or case number; null for all.</summary>
    public string? Text { get; init; }

    /// <summary>"subject", "from", "kind", "state", "received"; anything else is the newest first.</summary>
    public string Sort { get; init; } = "";
    public bool Descending { get; init; }
    public int Skip { get; init; }

    /// <summary>Most rows, 1–10000. Default 25.</summary>
    public int Take { get; init; } = 25;
}

/// <summary>
/// Reads one organisation's incoming mail for the desk, without what belongs to restricted cases that are kept from the
/// viewer.
/// </summary>
public sealed class IncomingReader(Database database)
{
    /// <summary>A page of mails and how many there are in all.</summary>
    public async Task<(IReadOnlyList<IncomingMail> Items, int Total)> ListAsync(
        CaseScope scope, IncomingFilter filter, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var mails = Matching(await SeenAsync(db, scope, cancellationToken), filter);
        var items = await Sorted(mails, filter).Skip(filter.Skip).Take(Math.Clamp(filter.Take, 1, 10_000))
            .ToListAsync(cancellationToken);
        return (items, await mails.CountAsync(cancellationToken));
    }

    /// <summary>How many mails a filter matches.</summary>
    public async Task<int> CountAsync(CaseScope scope, IncomingFilter filter, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return await Matching(await SeenAsync(db, scope, cancellationToken), filter).CountAsync(cancellationToken);
    }

    /// <summary>One mail; null when there is none of this id that the person sees.</summary>
    public async Task<IncomingMail?> FindAsync(
        CaseScope scope, IncomingMailId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return await (await SeenAsync(db, scope, cancellationToken))
            .SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    /// <summary>The mails of a case that the viewer was shown, the newest first.</summary>
    public async Task<IReadOnlyList<IncomingMail>> OfCaseAsync(
        Case one, int atMost, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(one.OrganisationId);
        var id = one.Id.Value;
        return await db.IncomingMails.AsNoTracking().Where(row => row.CaseId == id)
            .OrderByDescending(row => row.ReceivedAt).Take(atMost).ToListAsync(cancellationToken);
    }

    /// <summary>From how many mails of ours this address came back.</summary>
    public async Task<int> BouncesAsync(
        OrganisationId organisation, string? address, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(address)) return 0;
        var lower = address.ToLowerInvariant();
        await using var db = database.ForOrganisation(organisation);
        return await db.IncomingMails
            .Where(row => row.Kind == IncomingKind.Bounce && row.FailedAddress == lower && row.AboutMailId != null)
            .Select(row => row.AboutMailId).Distinct().CountAsync(cancellationToken);
    }

    private static async Task<IQueryable<IncomingMail>> SeenAsync(
        ConsultationDb db, CaseScope scope, CancellationToken cancellationToken)
    {
        var kept = (await db.KeptAsync(scope, cancellationToken)).Select(id => (Guid?)id.Value).ToList();
        var mails = db.IncomingMails.AsNoTracking();
        return kept.Count == 0 ? mails : mails.Where(row => row.CaseId == null || !kept.Contains(row.CaseId));
    }

    private static IQueryable<IncomingMail> Matching(IQueryable<IncomingMail> mails, IncomingFilter filter)
    {
        if (filter.State is { } state) mails = mails.Where(row => row.State == state);
        if (string.IsNullOrWhiteSpace(filter.Text)) return mails;
        var (text, lower) = (TypedText.Line(filter.Text), TypedText.Fold(filter.Text));
        return mails.Where(row => row.Subject.Contains(text) || row.FromName.Contains(text)
            || row.FromAddress.Contains(lower) || (row.CaseNumber != null && row.CaseNumber.Contains(text)));
    }

    private static IQueryable<IncomingMail> Sorted(IQueryable<IncomingMail> mails, IncomingFilter filter) =>
        ((filter.Sort, filter.Descending) switch
        {
            ("subject", false) => mails.OrderBy(row => row.Subject),
            ("subject", true) => mails.OrderByDescending(row => row.Subject),
            ("from", false) => mails.OrderBy(row => row.FromAddress),
            ("from", true) => mails.OrderByDescending(row => row.FromAddress),
            ("kind", false) => mails.OrderBy(row => row.Kind),
            ("kind", true) => mails.OrderByDescending(row => row.Kind),
            ("state", false) => mails.OrderBy(row => row.State),
            ("state", true) => mails.OrderByDescending(row => row.State),
            ("received", false) => mails.OrderBy(row => row.ReceivedAt),
            _ => mails.OrderByDescending(row => row.ReceivedAt),
        }).ThenByDescending(row => row.ReceivedAt).ThenByDescending(row => row.Id);
}
