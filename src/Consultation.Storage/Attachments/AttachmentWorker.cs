using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Storage.Cases;
using Consultation.Storage.Tracking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Consultation.Storage.Attachments;

/// <summary>
/// Looks through files that have arrived, one at a time: virus scan, picture made anew, PDF of a document. As many
/// processes as wanted may run it on one database; a file whose worker died is taken again when its lease is over.
/// Files that nobody attached within a day are removed.
/// </summary>
public sealed class AttachmentWorker : QueueWorker
{
    /// <summary>Tries with a PDF of a document; tries at all, about six hours.</summary>
    private const int MostPreviews = 5, MostAttempts = 12;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(15), ScanAgainIn = TimeSpan.FromMinutes(1),
        LongestPause = TimeSpan.FromHours(1), SweepEvery = TimeSpan.FromMinutes(10);

    private readonly Database _database;
    private readonly ContentKeeper _contents;
    private readonly IFileScan _scan;
    private readonly IPreviewMaker _previews;
    private readonly AttachmentSignal _signal;
    private readonly IUseCaseMail _mail;
    private readonly DirectoryCache _directories;
    private readonly ILogger<AttachmentWorker> _log;
    private DateTimeOffset _sweepAt;

    internal AttachmentWorker(
        Database database, DirectoryCache directories, ContentKeeper contents, IFileScan scan, IPreviewMaker previews,
        AttachmentSignal signal, IUseCaseMail mail, TimeProvider clock, ILogger<AttachmentWorker> log)
        : base(TimeSpan.FromSeconds(15), clock) =>
        (_database, _directories, _contents, _scan, _previews, _signal, _mail, _log) =
            (database, directories, contents, scan, previews, signal, mail, log);

    /// <summary>Looks through the oldest file that waits; false when there was none.</summary>
    public override async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        if (await ClaimAsync(cancellationToken) is not var (organisation, id)) return false;
        try
        {
            await CheckAsync(organisation, id, cancellationToken);
        }
        catch (DbUpdateException failure) when (IsConflict(failure))
        {
            // Somebody attached or removed it meanwhile: the lease is given back, and it is looked at anew.
            _log.FileCheckFailed(failure, id.Value);
            await GiveBackAsync(organisation, id, _ => TimeSpan.Zero, counts: true, cancellationToken);
        }
#pragma warning disable CA1031 // One file must not hold up the others; it is tried again, a few times.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _log.FileCheckFailed(failure, id.Value);
            await GiveBackAsync(organisation, id, PauseAfter, counts: true, cancellationToken);
        }

        return true;
    }

    /// <summary>
    /// Removes what nobody attached within a day, and bytes that nothing names; answers how many files.
    /// </summary>
    public async Task<int> TidyAsync(CancellationToken cancellationToken)
    {
        var before = Clock.GetUtcNow() - AttachmentRules.KeepLooseFor;
        List<Attachment> loose;
        await using (var all = _database.Open())
        {
            loose = await all.Set<Attachment>().AsNoTracking()
                .Where(row => row.AttachedAt == null && row.StartedAt < before)
                .OrderBy(row => row.StartedAt).Take(100).ToListAsync(cancellationToken);
        }

        if (Clock.GetUtcNow() >= _sweepAt)
        {
            var now = Clock.GetUtcNow();
            _sweepAt = now + SweepEvery;
            await using (var db = _database.Open()) await ContentKeeper.SweepAsync(db, cancellationToken);
            await _contents.SweepContentsAsync(_database, now - Lease, cancellationToken);
        }

        var gone = 0;
        foreach (var file in loose)
        {
            await using var db = _database.ForOrganisation(file.OrganisationId);
            var (organisation, id) = (file.OrganisationId, file.Id);
            // Whoever attaches it at this moment wins.
            if (await db.Set<Attachment>()
                .Where(row => row.OrganisationId == organisation && row.Id == id && row.AttachedAt == null)
                .ExecuteDeleteAsync(cancellationToken) == 0)
            {
                continue;
            }

            gone++;
            await ContentKeeper.DropPartsAsync(db, organisation, file.Id.Value, cancellationToken);
            await _contents.LetGoAsync(
                db, organisation, [file.ContentId, file.ThumbnailId, file.PreviewId], cancellationToken);
        }

        return gone;
    }

    /// <inheritdoc/>
    protected override async Task RestAsync(CancellationToken cancellationToken)
    {
        await TidyAsync(cancellationToken);
        await _signal.Arrived.WaitAsync(PollEvery, Clock, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Failed(Exception failure) => _log.FileLookFailed(failure);

    private async Task<(OrganisationId, AttachmentId)?> ClaimAsync(CancellationToken cancellationToken)
    {
        await using var db = _database.Open();
        var now = Clock.GetUtcNow();
        var next = await db.Set<Attachment>().AsNoTracking()
            .Where(row => row.State == AttachmentState.Checking && (row.LeasedUntil == null || row.LeasedUntil < now))
            .OrderBy(row => row.StartedAt).Select(row => new { row.OrganisationId, row.Id })
            .FirstOrDefaultAsync(cancellationToken);
        if (next is null) return null;
        var until = now + Lease;
        return await db.Set<Attachment>()
            .Where(row => row.OrganisationId == next.OrganisationId && row.Id == next.Id
                && row.State == AttachmentState.Checking && (row.LeasedUntil == null || row.LeasedUntil < now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.LeasedUntil, (DateTimeOffset?)until)
                    .SetProperty(row => row.Attempts, row => row.Attempts + 1), cancellationToken) == 1
            ? (next.OrganisationId, next.Id)
            : null;
    }

    /// <summary>Whether somebody else wrote the same row.</summary>
    private bool IsConflict(DbUpdateException failure)
    {
        using var db = _database.Open();
        return db.Judge(failure).Kind == FailureKind.Conflict;
    }

    /// <summary>A minute, then twice as long each time, at most an hour.</summary>
    private static TimeSpan PauseAfter(int attempts) => attempts > 6
        ? LongestPause
        : ScanAgainIn * Math.Pow(2, attempts - 1);

    /// <summary>Leaves it for a later try; what was no fault of the file is not counted.</summary>
    private async Task GiveBackAsync(
        OrganisationId organisation, AttachmentId id, Func<int, TimeSpan> pause, bool counts,
        CancellationToken cancellationToken)
    {
        await using var db = _database.ForOrganisation(organisation);
        var file = db.Set<Attachment>().Where(row => row.OrganisationId == organisation && row.Id == id);
        var attempts = await file.Select(row => row.Attempts).FirstOrDefaultAsync(cancellationToken);
        var again = (DateTimeOffset?)(Clock.GetUtcNow() + pause(attempts));
        var counted = counts ? attempts : attempts - 1;
        await file.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LeasedUntil, again).SetProperty(row => row.Attempts, counted),
            cancellationToken);
    }

    private async Task CheckAsync(OrganisationId organisation, AttachmentId id, CancellationToken cancellationToken)
    {
        await using var db = _database.ForOrganisation(organisation);
        var file = await db.Set<Attachment>().FirstOrDefaultAsync(
            row => row.OrganisationId == organisation && row.Id == id, cancellationToken);
        if (file is not { State: AttachmentState.Checking, ContentId: { } staged }) return;
        if (file.Attempts > MostAttempts)
        {
            await RefuseAsync(db, file, AttachmentRules.Uncheckable, cancellationToken);
            return;
        }

        await using var bytes = new ContentStream(db, organisation, staged, file.Received, ownsContext: false);
        switch (await _scan.ScanAsync(bytes, cancellationToken))
        {
            case ScanResult.Unavailable:
                await GiveBackAsync(organisation, id, _ => ScanAgainIn, counts: false, cancellationToken);
                return;
            case ScanResult.Infected infected:
                await RefuseAsync(db, file, AttachmentRules.Infected(infected.Found), cancellationToken);
                return;
        }

        var kind = FileKinds.Find(file.Kind)!;
        if (kind.Nature == FileNature.Picture)
        {
            if (Pictures.Make(bytes) is not var (kept, thumbnail))
            {
                await RefuseAsync(db, file, AttachmentRules.Damaged, cancellationToken);
                return;
            }

            file.ContentId = await KeepAsync(kept);
            file.ThumbnailId = await KeepAsync(thumbnail);
            (file.Width, file.Height) = (kept.Width, kept.Height);
        }
        else
        {
            if (kind.Nature == FileNature.Office && _previews.IsOn && file.Attempts < MostPreviews)
            {
                await PreviewAsync(db, file, bytes, kind, cancellationToken);
            }

            file.ContentId = await _contents.KeepAsync(
                db, organisation, bytes, kind.MediaType, staged, cancellationToken);
        }

        (file.State, file.LeasedUntil) = (AttachmentState.Kept, null);
        file.Revision++;
        await db.SaveChangesAsync(cancellationToken);
        if (file.ContentId != staged || _contents.KeepsOutside)
        {
            await ContentKeeper.DropPartsAsync(db, organisation, staged, cancellationToken);
        }

        async Task<Guid> KeepAsync(MadePicture made)
        {
            await using var memory = new MemoryStream(made.Bytes, writable: false);
            return await _contents.KeepAsync(db, organisation, memory, made.MediaType, null, cancellationToken);
        }
    }

    private async Task PreviewAsync(
        ConsultationDb db, Attachment file, Stream bytes, FileKind kind, CancellationToken cancellationToken)
    {
        bytes.Position = 0;
        if (await _previews.MakeAsync(bytes, kind, cancellationToken) is not { } path)
        {
            file.Trouble = AttachmentRules.NoPreview;
            return;
        }

        try
        {
            await using var made = File.OpenRead(path);
            file.PreviewId = await _contents.KeepAsync(
                db, file.OrganisationId, made, FileKinds.Find("pdf")!.MediaType, null, cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task RefuseAsync(
        ConsultationDb db, Attachment file, LocalText why, CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var told = await CaseToTellAsync(db, file, cancellationToken);
        db.Add(file.Refuse(why, now, told));
        // What nobody attached yet is said at its form; a mail would tell of something that was never handed in.
        if (file.AttachedAt is not null
            && await _directories.FindAsync(db, file.OrganisationId, cancellationToken) is { } organisation)
        {
            db.AddRange(_mail.FileRefused(await AboutAsync(db, file, told, cancellationToken), organisation, now));
        }

        // Written first: if somebody attached it meanwhile, the next look needs its bytes again.
        await db.SaveChangesAsync(cancellationToken);
        await ContentKeeper.DropPartsAsync(db, file.OrganisationId, file.Id.Value, cancellationToken);
    }

    private static async Task<RefusedFile> AboutAsync(
        ConsultationDb db, Attachment file, CaseId? told, CancellationToken cancellationToken)
    {
        var (organisation, matterId, meetingId) = (file.OrganisationId, file.MatterId, file.MeetingId);
        var matter = matterId is null ? null : await db.Matters.AsNoTracking().FirstOrDefaultAsync(
            row => row.OrganisationId == organisation && row.Id == matterId, cancellationToken);
        var meeting = meetingId is null ? null : await db.Meetings.AsNoTracking().IgnoreAutoIncludes()
            .FirstOrDefaultAsync(row => row.OrganisationId == organisation && row.Id == meetingId, cancellationToken);
        var restricted = told is not null && await db.Cases.AnyAsync(
            row => row.OrganisationId == organisation && row.Id == told && row.Restricted, cancellationToken);
        return new(file, matter, meeting, restricted);
    }

    /// <summary>The case in whose history it stands, of a file of a matter or a meeting.</summary>
    internal static Task<CaseId?> CaseToTellAsync(
        ConsultationDb db, Attachment file, CancellationToken cancellationToken) =>
        CaseToTellAsync(db, new AttachmentPlace(file.CaseId, file.MatterId, file.MeetingId), cancellationToken);

    /// <summary>The same of a place.</summary>
    internal static async Task<CaseId?> CaseToTellAsync(
        ConsultationDb db, AttachmentPlace place, CancellationToken cancellationToken)
    {
        if (place.MatterId is { } matter)
        {
            return await db.Matters.Where(row => row.Id == matter)
                .Select(row => row.CaseId).FirstOrDefaultAsync(cancellationToken);
        }

        if (place.MeetingId is not { } id) return place.CaseId;
        var meeting = await db.Meetings.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        return meeting?.Topics.OrderBy(topic => topic.Number).Select(topic => (CaseId?)topic.CaseId).FirstOrDefault();
    }
}
