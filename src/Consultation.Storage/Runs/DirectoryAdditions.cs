using Consultation.Cases;
using Consultation.Cases.People;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Runs;

/// <summary>
/// Notes what a step added to the organisation, the work group that it appointed: the directory's version grows with
/// it, so that nobody goes on with the people as they were before.
/// </summary>
internal static class DirectoryAdditions
{
    public static async Task NoteAsync(
        ConsultationDb db, CaseFile file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (file.Added.OfType<Unit>().FirstOrDefault() is not { } unit) return;
        var id = file.Case.OrganisationId;
        var organisation = await db.Organisations.SingleAsync(row => row.Id == id, cancellationToken);
        organisation.DirectoryVersion++;
        db.Add(WorkGroupAppointment.Note(unit, organisation.DirectoryVersion, now));
    }
}
