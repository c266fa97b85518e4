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
}
