using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Matters;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Cases;

/// <summary>The tables that the rule of access chooses from: every reader of cases begins here.</summary>
internal static class CaseTablesOf
{
    public static CaseTables Tables(this ConsultationDb db) => new(
        db.Set<Case>().AsNoTracking(), db.Set<WorkTask>().AsNoTracking(), db.Set<TrackedItem>().AsNoTracking(),
        db.Set<Matter>().AsNoTracking());

    /// <summary>
    /// Ids of the restricted cases that are kept from a person. An organisation has few of them, so that what names its
    /// case by another type than an id (a mail, a run) can leave them out as well.
    /// </summary>
    public static async Task<HashSet<CaseId>> KeptAsync(
        this ConsultationDb db, CaseScope scope, CancellationToken cancellationToken) =>
        [.. await scope.KeptFrom(db.Tables()).Select(one => one.Id).ToListAsync(cancellationToken)];
}
