using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Storage.Cases;
using Consultation.Storage.Mapping;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.People;

/// <summary>What an edit did inside its transaction.</summary>
internal abstract record EditOutcome
{
    private EditOutcome() { }

    /// <summary>Changed; the sentence goes into the list of changes.</summary>
    internal sealed record Changed(Guid Id, string Subject, LocalText Text) : EditOutcome;

    /// <summary>There was nothing to change: it is as asked for already.</summary>
    internal sealed record AsItWas(Guid Id) : EditOutcome;

    internal sealed record Wrong(IReadOnlyList<FieldError> Errors) : EditOutcome
    {
        internal Wrong(string field, string zh, string en)
            : this([new FieldError(field, new(zh, en))])
        {
        }
    }
}

/// <summary>
/// The frame of every edit of an organisation: one transaction that checks for a repeated form and for somebody who was
/// quicker, applies the edit, raises the directory's version and notes the change. A lost race starts again with fresh
/// data.
/// </summary>
internal sealed class DirectoryEditing(Database database, TimeProvider clock)
{
    private const int Attempts = 5;

    /// <summary>What is kept of an edit, to answer the same form posted again.</summary>
    /// <param name="Id">What was edited.</param>
    /// <param name="Version">The directory's version since.</param>
    private sealed record SavedEdit(Guid Id, long Version);

    /// <param name="edit">Who edits.</param>
    /// <param name="subject">What is edited, when it exists already; null for something new.</param>
    /// <param name="change">The edit itself, on the context given, against the snapshot given.</param>
    /// <param name="cancellationToken">Stops the edit; nothing is stored then.</param>
    internal async Task<DeskResult> RunAsync(
        DeskEdit edit,
        string? subject,
        Func<ConsultationDb, OrganisationSnapshot, DateTimeOffset, Task<EditOutcome>> change,
        CancellationToken cancellationToken)
    {
        var operationId =
            string.Create(CultureInfo.InvariantCulture, $"desk:{edit.OrganisationId.Value:N}:{edit.OperationId}");
        for (var attempt = 1; ; attempt++)
        {
            await using var db = database.ForOrganisation(edit.OrganisationId);
            if (await db.Operations.FirstOrDefaultAsync(
                row => row.Id == operationId, cancellationToken) is { Answer: { } answer })
            {
                var saved = JsonText.Read<SavedEdit>(answer);
                return new DeskResult.Saved(saved.Id, saved.Version);
            }

            // Read anew, not from the shared cache: the edit is checked against exactly what it changes.
            if (await new DirectoryCache().FindAsync(db, edit.OrganisationId, cancellationToken) is not { } snapshot)
            {
                return new DeskResult.Refused([new FieldError("", new("单位不存在。", "There is no such organisation."))]);
            }

            if (subject is not null
                && await QuickerAsync(db, edit, subject, snapshot, cancellationToken) is { } conflict)
            {
                return conflict;
            }

            var now = clock.GetUtcNow();
            switch (await change(db, snapshot, now))
            {
                case EditOutcome.Wrong(var errors):
                    return new DeskResult.Refused(errors);
                case EditOutcome.AsItWas(var id):
                    return new DeskResult.Saved(id, snapshot.Version);
                case EditOutcome.Changed changed:
                    await NoteAsync(db, edit, operationId, changed, snapshot.Version, now, cancellationToken);
                    try
                    {
                        await db.SaveChangesAsync(cancellationToken);
                        return new DeskResult.Saved(changed.Id, snapshot.Version + 1);
                    }
                    catch (DbUpdateException failure)
                        when (attempt < Attempts && db.Judge(failure).Kind == FailureKind.Conflict)
                    {
                        continue;
                    }

                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
    }

    private static async Task<DeskResult.Conflict?> QuickerAsync(
        ConsultationDb db, DeskEdit edit, string subject, OrganisationSnapshot snapshot,
        CancellationToken cancellationToken)
    {
        if (edit.SeenVersion is not { } seen)
        {
            return null;
        }

        var last = await db.Set<DirectoryChange>()
            .Where(row => row.OrganisationId == edit.OrganisationId && row.Subject == subject && row.Version > seen)
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);
        if (last is null)
        {
            return null;
        }

        var name = snapshot.Directory.Find(last.ActorId)?.Name;
        var time = TimeZoneInfo.ConvertTime(last.At, snapshot.Calendar.Zone)
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new DeskResult.Conflict(
            new($"{name ?? "系统"}已于 {time} 修改过（{last.Text.Zh}）。您填写的内容没有保存，请核对最新内容后再保存。",
                $"{name ?? "The system"} changed this at {time} ({last.Text.For("en")}). Your entries were not "
                    + "stored; look at the present state and save again."),
            snapshot.Version);
    }

    private static async Task NoteAsync(
        ConsultationDb db, DeskEdit edit, string operationId, EditOutcome.Changed changed, long seen,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var organisation = await db.Organisations.SingleAsync(row => row.Id == edit.OrganisationId, cancellationToken);
        // Counted from what the edit was checked against: an edit that came in between makes this one start again.
        db.Entry(organisation).Property(row => row.DirectoryVersion).OriginalValue = seen;
        organisation.DirectoryVersion = seen + 1;
        db.Add(new DirectoryChange
        {
            OrganisationId = edit.OrganisationId,
            Id = Guid.CreateVersion7(),
            Version = organisation.DirectoryVersion,
            Subject = changed.Subject,
            ActorId = edit.ActorId,
            At = now,
            Text = changed.Text,
        });
        db.Operations.Add(new OperationRow
        {
            Id = operationId,
            InstanceId = "",
            SubStatus = "",
            Answer = JsonText.Write(new SavedEdit(changed.Id, organisation.DirectoryVersion)),
            At = now,
        });
    }
}
