using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Cases.History;
using Consultation.Storage.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Attachments;

/// <summary>
/// What people do with files at the desk: hang them on a case, a matter or a meeting, say something else of them, take
/// them away. Who may is asked before; each is one transaction with its line of history.
/// </summary>
public sealed class AttachmentActs
{
    private const int Attempts = 5;
    private readonly Database _database;
    private readonly DirectoryCache _directories;
    private readonly ContentKeeper _contents;
    private readonly TimeProvider _clock;

    internal AttachmentActs(
        Database database, DirectoryCache directories, ContentKeeper contents, TimeProvider clock) =>
        (_database, _directories, _contents, _clock) = (database, directories, contents, clock);

    /// <summary>Hangs files that were handed in on their place; answers how many. Twice is once.</summary>
    public Task<int> AttachAsync(
        OrganisationId organisation, IReadOnlyList<UploadTicket> tickets, AttachmentPlace place,
        AttachmentNotes notes, CancellationToken cancellationToken) =>
        AgainAsync(async () =>
        {
            await using var db = _database.ForOrganisation(organisation);
            if (await NowAsync(db, organisation, cancellationToken) is not { } now) return 0;
            var files = await UploadStore.LooseAsync(db, organisation, tickets, cancellationToken);
            var told = await AttachmentWorker.CaseToTellAsync(db, place, cancellationToken);
            foreach (var file in files)
            {
                file.Describe(notes);
                db.Add(file.AttachTo(place, now, told));
            }

            await db.SaveChangesAsync(cancellationToken);
            return files.Count;
        });

    /// <summary>Says something else of a file.</summary>
    public Task<bool> ChangeAsync(
        OrganisationId organisation, AttachmentId id, AttachmentNotes notes, PersonId actor,
        CancellationToken cancellationToken) =>
        EditAsync(organisation, id, (file, now, told) => file.Change(notes, actor, now, told), cancellationToken);

    /// <summary>Takes a file away.</summary>
    public Task<bool> RemoveAsync(
        OrganisationId organisation, AttachmentId id, string why, PersonId actor,
        CancellationToken cancellationToken) =>
        EditAsync(organisation, id, (file, now, told) => file.Remove(actor, why, now.At, told), cancellationToken);

    private Task<bool> EditAsync(
        OrganisationId organisation, AttachmentId id,
        Func<Attachment, OrganisationInstant, CaseId?, HistoryEntry> edit, CancellationToken cancellationToken) =>
        AgainAsync(async () =>
        {
            await using var db = _database.ForOrganisation(organisation);
            var file = await db.Set<Attachment>().FirstOrDefaultAsync(
                row => row.OrganisationId == organisation && row.Id == id && row.AttachedAt != null
                    && row.State != AttachmentState.Removed, cancellationToken);
            if (file is null || await NowAsync(db, organisation, cancellationToken) is not { } now) return false;
            var held = new[] { file.ContentId, file.ThumbnailId, file.PreviewId };
            db.Add(edit(file, now, await AttachmentWorker.CaseToTellAsync(db, file, cancellationToken)));
            await db.SaveChangesAsync(cancellationToken);
            if (!file.Stands) await _contents.LetGoAsync(db, organisation, held, cancellationToken);
            return true;
        });

    /// <summary>The worker may be at the same file: whoever comes second looks again.</summary>
    private static async Task<T> AgainAsync<T>(Func<Task<T>> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await act();
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
            }
        }
    }

    private async Task<OrganisationInstant?> NowAsync(
        ConsultationDb db, OrganisationId organisation, CancellationToken cancellationToken) =>
        await _directories.FindAsync(db, organisation, cancellationToken) is { } known
            ? new(_clock.GetUtcNow(), known.Calendar, known.Policies.Rules)
            : null;
}
