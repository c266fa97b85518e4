using System.Security.Cryptography;
using Consultation.Cases;
using Consultation.Cases.Attachments;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Attachments;

/// <summary>
/// Keeps contents once, whoever handed them in how often, and lets go of those that nothing names any more.
/// </summary>
internal sealed class ContentKeeper(ContentStores stores, TimeProvider clock)
{
    /// <summary>
    /// Keeps bytes and answers the id of their content: that of the same bytes where they are kept already. What is in
    /// parts of <paramref name="staged"/> stays there; everything else is written. Parts that are needless now are for
    /// the caller to drop, once it has written who names the content: until then they are the only copy.
    /// </summary>
    public async Task<Guid> KeepAsync(
        ConsultationDb db, OrganisationId organisation, Stream bytes, string mediaType, Guid? staged,
        CancellationToken cancellationToken)
    {
        bytes.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellationToken));
        if (await FindAsync(db, organisation, hash, cancellationToken) is { } known) return known.Id;

        var content = new AttachmentContent
        {
            OrganisationId = organisation,
            Id = staged ?? Guid.CreateVersion7(clock.GetUtcNow()),
            Sha256 = hash,
            Length = bytes.Length,
            MediaType = mediaType,
            Place = stores.Newest?.Place ?? ContentPlace.Database,
            At = clock.GetUtcNow(),
        };
        bytes.Position = 0;
        if (stores.Newest is { } store)
        {
            await store.PutAsync(content, bytes, cancellationToken);
        }
        else if (staged is null)
        {
            await WriteAsync(db, content, bytes, cancellationToken);
        }

        db.Add(content);
        return content.Id;
    }

    /// <summary>True when a content that is kept from now on leaves no parts in the database.</summary>
    public bool KeepsOutside => stores.Newest is not null;

    /// <summary>
    /// Drops parts that neither a content nor a file on its way names: what a process left that ended between two
    /// writes. Answers of how many contents.
    /// </summary>
    public static async Task<int> SweepAsync(ConsultationDb db, CancellationToken cancellationToken)
    {
        var orphans = await db.Set<AttachmentPart>()
            .Where(part => part.Number == 0
                && !db.Set<AttachmentContent>().Any(content => content.OrganisationId == part.OrganisationId
                    && content.Id == part.ContentId && content.Place == ContentPlace.Database)
                && !db.Set<Attachment>().Any(file => file.OrganisationId == part.OrganisationId
                    && file.ContentId == part.ContentId
                    && (file.State == AttachmentState.Arriving || file.State == AttachmentState.Checking)))
            .Select(part => new { part.OrganisationId, part.ContentId }).Take(100).ToListAsync(cancellationToken);
        foreach (var one in orphans)
        {
            await DropPartsAsync(db, one.OrganisationId, one.ContentId, cancellationToken);
        }

        return orphans.Count;
    }

    /// <summary>
    /// Takes away contents that no file names any more: of a file that was removed in a transaction of somebody else,
    /// or whose remover ended before its bytes were let go. What was written after <paramref name="before"/> may be on
    /// its way to its file. Answers how many were looked at.
    /// </summary>
    public async Task<int> SweepContentsAsync(
        Database database, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var all = database.Open();
        var orphans = await all.Set<AttachmentContent>().AsNoTracking()
            .Where(content => content.At < before
                && !all.Set<Attachment>().Any(file => file.OrganisationId == content.OrganisationId
                    && (file.State == AttachmentState.Checking || file.State == AttachmentState.Kept)
                    && (file.ContentId == content.Id || file.ThumbnailId == content.Id
                        || file.PreviewId == content.Id)))
            .OrderBy(content => content.At).Select(content => new { content.OrganisationId, content.Id }).Take(100)
            .ToListAsync(cancellationToken);
        foreach (var one in orphans)
        {
            await using var db = database.ForOrganisation(one.OrganisationId);
            await LetGoAsync(db, one.OrganisationId, [one.Id], cancellationToken);
        }

        return orphans.Count;
    }

    /// <summary>The bytes of a content; null when it is not there.</summary>
    public async Task<Stream?> OpenAsync(
        Database database, OrganisationId organisation, Guid id, CancellationToken cancellationToken)
    {
        var db = database.ForOrganisation(organisation);
        var content = await db.Set<AttachmentContent>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.OrganisationId == organisation && row.Id == id, cancellationToken);
        if (content is not null && stores.Of(content.Place) is null)
        {
            return new ContentStream(db, organisation, content.Id, content.Length, ownsContext: true);
        }

        await db.DisposeAsync();
        return content is null ? null : await stores.Of(content.Place)!.OpenAsync(content, cancellationToken);
    }

    /// <summary>
    /// Takes away contents that no file names: call it when the rows that named them are written.
    /// </summary>
    public async Task LetGoAsync(
        ConsultationDb db, OrganisationId organisation, IEnumerable<Guid?> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids.OfType<Guid>().Distinct())
        {
            if (await db.Set<Attachment>().AnyAsync(
                row => row.OrganisationId == organisation
                    && (row.State == AttachmentState.Checking || row.State == AttachmentState.Kept)
                    && (row.ContentId == id || row.ThumbnailId == id || row.PreviewId == id), cancellationToken))
            {
                continue;
            }

            await DropPartsAsync(db, organisation, id, cancellationToken);
            var content = await db.Set<AttachmentContent>()
                .FirstOrDefaultAsync(row => row.OrganisationId == organisation && row.Id == id, cancellationToken);
            if (content is null) continue;
            if (stores.Of(content.Place) is { } store) await store.DeleteAsync(content, cancellationToken);
            db.Remove(content);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    public static Task DropPartsAsync(
        ConsultationDb db, OrganisationId organisation, Guid content, CancellationToken cancellationToken) =>
        db.Set<AttachmentPart>().Where(row => row.OrganisationId == organisation && row.ContentId == content)
            .ExecuteDeleteAsync(cancellationToken);

    private static async Task<AttachmentContent?> FindAsync(
        ConsultationDb db, OrganisationId organisation, string hash, CancellationToken cancellationToken) =>
        db.ChangeTracker.Entries<AttachmentContent>().Select(entry => entry.Entity)
            .FirstOrDefault(row => row.OrganisationId == organisation && row.Sha256 == hash)
        ?? await db.Set<AttachmentContent>().AsNoTracking().FirstOrDefaultAsync(
            row => row.OrganisationId == organisation && row.Sha256 == hash, cancellationToken);

    private static async Task WriteAsync(
        ConsultationDb db, AttachmentContent content, Stream bytes, CancellationToken cancellationToken)
    {
        for (var number = 0; bytes.Position < bytes.Length; number++)
        {
            var buffer = new byte[Math.Min(AttachmentPart.Size, bytes.Length - bytes.Position)];
            await bytes.ReadExactlyAsync(buffer, cancellationToken);
            db.Add(new AttachmentPart
            {
                OrganisationId = content.OrganisationId,
                ContentId = content.Id,
                Number = number,
                Bytes = buffer,
            });
        }
    }
}
