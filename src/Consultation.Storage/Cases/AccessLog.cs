using Consultation.Cases;
using Consultation.Cases.History;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Cases;

/// <summary>Keeps who opened restricted cases (O15).</summary>
internal sealed class AccessLog(Database database, TimeProvider clock) : IAccessLog
{
    public async Task NoteAsync(Case file, PersonId person, LocalText what, CancellationToken cancellationToken)
    {
        if (!file.Restricted) return;
        await using var db = database.ForOrganisation(file.OrganisationId);
        await WriteAsync(db, file.OrganisationId, file.Id, person, what, true, cancellationToken);
    }

    public async Task NoteRefusalAsync(
        OrganisationId organisation, CaseId caseId, PersonId person, LocalText what,
        CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        if (!await db.Cases.AnyAsync(
            row => row.OrganisationId == organisation && row.Id == caseId && row.Restricted, cancellationToken))
        {
            return;
        }
        await WriteAsync(db, organisation, caseId, person, what, false, cancellationToken);
    }

    private async Task WriteAsync(
        ConsultationDb db, OrganisationId organisation, CaseId caseId, PersonId person, LocalText what, bool granted,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        db.Add(new AccessEntry
        {
            OrganisationId = organisation,
            Id = Guid.CreateVersion7(now),
            CaseId = caseId,
            PersonId = person,
            At = now,
            What = what,
            Granted = granted,
        });
        await db.SaveChangesAsync(cancellationToken);
    }
}
