using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Documents;
using Consultation.Cases.Tasks;
using Consultation.Storage.Reading.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Tracking;

/// <summary>Reads the weekly summaries (O7); whoever does not see all cases of the organisation sees none.</summary>
public sealed class WeeklyReader(Database database)
{
    /// <summary>The summaries, newest first, without their content.</summary>
    public async Task<IReadOnlyList<DocumentRow>> ListAsync(
        CaseScope scope, int atMost, CancellationToken cancellationToken)
    {
        if (!scope.SeesAll) return [];
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return await In(db, scope).OrderByDescending(document => document.At).Take(atMost)
            .Select(document => new DocumentRow(
                document.Id, document.Kind, document.Title, document.Number, document.FileName, document.ById,
                document.At))
            .ToListAsync(cancellationToken);
    }

    /// <summary>One with its content; null when there is none for the person.</summary>
    public async Task<CaseDocument?> FindAsync(CaseScope scope, DocumentId id, CancellationToken cancellationToken)
    {
        if (!scope.SeesAll) return null;
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return await In(db, scope).FirstOrDefaultAsync(document => document.Id == id, cancellationToken);
    }

    private static IQueryable<CaseDocument> In(ConsultationDb db, CaseScope scope) =>
        db.Documents.AsNoTracking().Where(document => document.OrganisationId == scope.OrganisationId
            && document.CaseId == null && document.Kind == WeeklySummary.Kind);
}
