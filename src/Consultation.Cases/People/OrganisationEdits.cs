using System.Diagnostics;
using System.Globalization;
using Consultation.Cases.Forms;

namespace Consultation.Cases.People;

/// <summary>
/// Edits an organisation: units, people, roles, delegations, calendar, policies. Every call is one transaction that
/// checks for a form posted twice and for somebody who was quicker, applies the edit, raises
/// <see cref="Organisation.DirectoryVersion"/> and notes the change.
/// </summary>
public sealed partial class OrganisationEdits(IOrganisationStore store, IUseCaseMail mail, TimeProvider clock)
{
    /// <param name="edit">Who edits.</param>
    /// <param name="subject">What is edited, when it exists already; null for something new.</param>
    /// <param name="change">The edit itself.</param>
    /// <param name="cancellationToken">Stops the edit; nothing is stored then.</param>
    private async Task<EditResult> RunAsync(
        OrganisationEdit edit,
        string? subject,
        Func<IOrganisationSession, DateTimeOffset, Task<EditOutcome>> change,
        CancellationToken cancellationToken)
    {
        return await store.RunAsync(edit.OrganisationId, edit.OperationId, Checked, cancellationToken)
            ?? new EditResult.Refused([new FieldError("", new("单位不存在。", "There is no such organisation."))]);

        async Task<EditResult> Checked(IOrganisationSession session)
        {
            if (subject is not null && edit.SeenVersion is { } seen
                && await session.ChangeSinceAsync(subject, seen, cancellationToken) is { } quicker)
            {
                return Overtaken(quicker, session.File.Before);
            }

            var now = clock.GetUtcNow();
            return await change(session, now) switch
            {
                EditOutcome.Wrong(var errors) => new EditResult.Refused(errors),
                EditOutcome.AsItWas(var id) => new EditResult.Saved(id, session.File.Before.Version),
                EditOutcome.Changed changed => Note(session.File, edit, changed, now),
                _ => throw new UnreachableException(),
            };
        }
    }

    /// <summary>The first steps are not shown at home any more.</summary>
    public Task<EditResult> PutTourAwayAsync(OrganisationEdit edit, CancellationToken cancellationToken) =>
        RunAsync(edit, null, (session, now) =>
        {
            var row = session.File.Directory.Organisation;
            if (row.TourPutAwayAt is not null) return new EditOutcome.AsItWas(row.Id.Value);
            row.TourPutAwayAt = now;
            return new EditOutcome.Changed(row.Id.Value, "tour", new("收起开始使用的步骤", "put the first steps away"));
        }, cancellationToken);

    /// <summary>The same for an edit that looks up nothing more.</summary>
    private Task<EditResult> RunAsync(
        OrganisationEdit edit, string? subject, Func<IOrganisationSession, DateTimeOffset, EditOutcome> change,
        CancellationToken cancellationToken) =>
        RunAsync(edit, subject, (session, now) => Task.FromResult(change(session, now)), cancellationToken);

    private static EditResult.Saved Note(
        OrganisationFile file, OrganisationEdit edit, EditOutcome.Changed changed, DateTimeOffset now)
    {
        var organisation = file.Directory.Organisation;
        // Counted from what the edit was checked against: an edit that came in between makes this one start again.
        organisation.DirectoryVersion = file.Before.Version + 1;
        NoteRow(file, edit, changed, now);
        return new(changed.Id, organisation.DirectoryVersion);
    }

    private static EditResult.Conflict Overtaken(DirectoryChange quicker, OrganisationSnapshot present)
    {
        var name = present.Directory.Find(quicker.ActorId)?.Name;
        var time = TimeZoneInfo.ConvertTime(quicker.At, present.Calendar.Zone)
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new(
            new($"{name ?? "系统"}已于 {time} 修改过（{quicker.Text.Zh}）。您填写的内容没有保存，请核对最新内容后再保存。",
                $"{name ?? "The system"} changed this at {time} ({quicker.Text.For("en")}). "
                    + "Your entries were not stored; look at the present state and save again."),
            present.Version);
    }

    /// <summary>What an edit did.</summary>
    private abstract record EditOutcome
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
}
