using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Storage.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Attachments;

/// <summary>
/// Takes files in, part by part, so that no more than a megabyte of one is in memory, and goes on with one whose
/// connection was lost. A complete one is looked into at once and let in or thrown away; it belongs to nobody until
/// somebody attaches it.
/// </summary>
public sealed class UploadStore(
    Database database, DirectoryCache directories, AttachmentSignal signal, TimeProvider clock)
{
    /// <summary>Parts that are written together: a megabyte.</summary>
    private const int PartsAtOnce = 16;

    /// <summary>Announces a file. Refused before a byte of it was sent when it cannot be let in.</summary>
    public async Task<UploadStanding> BeginAsync(UploadEntry entry, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(entry.OrganisationId);
        if (await directories.FindAsync(db, entry.OrganisationId, cancellationToken) is not { } known)
        {
            return new UploadStanding.Unknown();
        }

        var used = await UsedAsync(db, entry.OrganisationId, cancellationToken);
        if (AttachmentRules.WhyNot(known.Policies.Rules, entry, used) is { } why)
        {
            return new UploadStanding.Refused(why);
        }

        var ticket = UploadTicket.New();
        var begun = AttachmentRules.Begin(entry, ticket, clock.GetUtcNow());
        db.Add(begun);
        await db.SaveChangesAsync(cancellationToken);
        // Others may have announced theirs at the same moment: counted again with all of them there, so that two never
        // both fit into the last space. Both may be refused; then both try again.
        used = await UsedAsync(db, entry.OrganisationId, cancellationToken) - entry.Length;
        if (AttachmentRules.WhyNot(known.Policies.Rules, entry, used) is { } late)
        {
            db.Remove(begun);
            await db.SaveChangesAsync(cancellationToken);
            return new UploadStanding.Refused(late);
        }

        return new UploadStanding.Going(ticket, 0, entry.Length);
    }

    /// <summary>How far a file has come.</summary>
    public async Task<UploadStanding> StandingAsync(
        OrganisationId organisation, UploadTicket ticket, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await FindAsync(db, organisation, ticket, cancellationToken) is { } file
            ? StandingOf(file, ticket)
            : new UploadStanding.Unknown();
    }

    /// <summary>
    /// Adds what comes, beginning at the byte that was asked for. What came before a connection broke is kept in whole
    /// parts; a request for another place changes nothing and is told the right one.
    /// </summary>
    public async Task<UploadStanding> AppendAsync(
        OrganisationId organisation, UploadTicket ticket, long offset, Stream bytes,
        CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        if (await FindAsync(db, organisation, ticket, cancellationToken) is not { } file)
        {
            return new UploadStanding.Unknown();
        }

        if (file.State != AttachmentState.Arriving || file.Received != offset) return StandingOf(file, ticket);
        try
        {
            await ReceiveAsync(db, file, bytes, cancellationToken);
        }
        catch (DbUpdateException failure) when (db.Judge(failure).Kind == FailureKind.Conflict)
        {
            // Two sent the same file at once: who came second asks again where it stands.
            return await StandingAsync(organisation, ticket, cancellationToken);
        }

        return file.Received < file.Announced
            ? StandingOf(file, ticket)
            : await LookAsync(db, file, ticket, cancellationToken);
    }

    /// <summary>Takes a whole file at once, as forms without script send it.</summary>
    public async Task<UploadStanding> TakeAsync(
        UploadEntry entry, Stream bytes, CancellationToken cancellationToken)
    {
        var begun = await BeginAsync(entry, cancellationToken);
        if (begun is not UploadStanding.Going { Ticket: var ticket }) return begun;
        var standing = await AppendAsync(entry.OrganisationId, ticket, 0, bytes, cancellationToken);
        // Fewer bytes than announced: it is not going to be finished by anybody.
        if (standing is UploadStanding.Going) await DropAsync(entry.OrganisationId, ticket, cancellationToken);
        return standing is UploadStanding.Going ? new UploadStanding.Unknown() : standing;
    }

    /// <summary>Throws a file away that was not attached yet; true when there was one.</summary>
    public async Task<bool> DropAsync(
        OrganisationId organisation, UploadTicket ticket, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        if (await FindAsync(db, organisation, ticket, cancellationToken) is not { AttachedAt: null } file) return false;
        await ThrowAwayAsync(db, file, cancellationToken);
        return true;
    }

    /// <summary>
    /// Files of these tickets that are complete and belong to nobody yet, in the order of the tickets.
    /// </summary>
    public async Task<IReadOnlyList<Attachment>> LooseAsync(
        OrganisationId organisation, IReadOnlyList<UploadTicket> tickets, CancellationToken cancellationToken)
    {
        if (tickets.Count == 0) return [];
        await using var db = database.ForOrganisation(organisation);
        return await LooseAsync(db, organisation, tickets, cancellationToken);
    }

    internal static async Task<IReadOnlyList<Attachment>> LooseAsync(
        ConsultationDb db, OrganisationId organisation, IReadOnlyList<UploadTicket> tickets,
        CancellationToken cancellationToken)
    {
        var ids = tickets.Select(ticket => ticket.Id).ToList();
        if (ids.Count == 0) return [];
        var found = await db.Set<Attachment>()
            .Where(row => row.OrganisationId == organisation && ids.Contains(row.Id) && row.AttachedAt == null)
            .ToListAsync(cancellationToken);
        return [.. tickets.Select(ticket => found.Find(ticket.Opens)).OfType<Attachment>()
            .Where(file => file.State != AttachmentState.Arriving)];
    }

    /// <summary>Bytes that the organisation's files take, those that arrive included.</summary>
    internal static async Task<long> UsedAsync(
        ConsultationDb db, OrganisationId organisation, CancellationToken cancellationToken) =>
        await db.Set<AttachmentContent>().Where(row => row.OrganisationId == organisation)
            .SumAsync(row => (long?)row.Length, cancellationToken) + await db.Set<Attachment>()
            .Where(row => row.OrganisationId == organisation
                && (row.State == AttachmentState.Arriving || row.State == AttachmentState.Checking))
            .SumAsync(row => (long?)row.Announced, cancellationToken) ?? 0;

    private static async Task ReceiveAsync(
        ConsultationDb db, Attachment file, Stream bytes, CancellationToken cancellationToken)
    {
        var batch = new List<AttachmentPart>(PartsAtOnce);
        var buffers = new byte[PartsAtOnce][];
        var received = file.Received;
        try
        {
            while (received < file.Announced)
            {
                var wanted = (int)Math.Min(AttachmentPart.Size, file.Announced - received);
                var buffer = buffers[batch.Count] is { } used && used.Length == wanted
                    ? used
                    : (buffers[batch.Count] = new byte[wanted]);
                if (await bytes.ReadAtLeastAsync(buffer, wanted, throwOnEndOfStream: false, cancellationToken) < wanted)
                {
                    break;
                }

                batch.Add(new AttachmentPart
                {
                    OrganisationId = file.OrganisationId,
                    ContentId = file.ContentId!.Value,
                    Number = (int)(received / AttachmentPart.Size),
                    Bytes = buffer,
                });
                received += wanted;
                if (batch.Count == PartsAtOnce) await KeepAsync();
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException
            && failure is not DbUpdateException)
        {
            // The connection broke: what came is kept, so that it goes on from there.
            await KeepAsync();
            throw;
        }

        await KeepAsync();

        async Task KeepAsync()
        {
            if (batch.Count == 0) return;
            db.AddRange(batch);
            file.Received = received;
            file.Revision++;
            await db.SaveChangesAsync(CancellationToken.None);
            foreach (var part in batch) db.Entry(part).State = EntityState.Detached;
            batch.Clear();
        }
    }

    private async Task<UploadStanding> LookAsync(
        ConsultationDb db, Attachment file, UploadTicket ticket, CancellationToken cancellationToken)
    {
        var rules = (await directories.FindAsync(db, file.OrganisationId, cancellationToken))!.Policies.Rules;
        await using var content = new ContentStream(
            db, file.OrganisationId, file.ContentId!.Value, file.Received, false);
        var found = ContentInspection.Look(content, file.Name, AttachmentRules.Kinds(rules, file.Door));
        if (found is not { Kind: { } kind })
        {
            await ThrowAwayAsync(db, file, cancellationToken);
            return new UploadStanding.Refused(AttachmentRules.About(file.Name, found.Why!));
        }

        (file.Kind, file.Name) = (kind.Key, FileNames.EndedBy(file.Name, kind));
        (file.Width, file.Height) = found.Size;
        file.State = AttachmentState.Checking;
        file.Revision++;
        await db.SaveChangesAsync(cancellationToken);
        signal.Arrived.Signal();
        return new UploadStanding.Complete(ticket, file);
    }

    private static async Task ThrowAwayAsync(ConsultationDb db, Attachment file, CancellationToken cancellationToken)
    {
        var (organisation, content) = (file.OrganisationId, file.Id.Value);
        await db.Set<AttachmentPart>().Where(row => row.OrganisationId == organisation && row.ContentId == content)
            .ExecuteDeleteAsync(cancellationToken);
        db.Remove(file);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task<Attachment?> FindAsync(
        ConsultationDb db, OrganisationId organisation, UploadTicket ticket, CancellationToken cancellationToken) =>
        await db.Set<Attachment>().FirstOrDefaultAsync(
            row => row.OrganisationId == organisation && row.Id == ticket.Id, cancellationToken) is { } file
        && ticket.Opens(file) ? file : null;

    private static UploadStanding StandingOf(Attachment file, UploadTicket ticket) => file.State switch
    {
        AttachmentState.Arriving => new UploadStanding.Going(ticket, file.Received, file.Announced),
        AttachmentState.Refused => new UploadStanding.Refused(AttachmentRules.About(file.Name, file.Trouble!)),
        _ => new UploadStanding.Complete(ticket, file),
    };
}
