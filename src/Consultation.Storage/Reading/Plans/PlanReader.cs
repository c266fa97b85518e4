using Consultation.Cases;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using Consultation.Storage.Cases;
using Consultation.Storage.Reading.Cases;
using Consultation.Storage.Reading.Flowcharts;

namespace Consultation.Storage.Reading.Plans;

/// <summary>Reads a plan as it stands, for those who ask to change it (P70).</summary>
public sealed class PlanReader(Database database, DirectoryCache directories, CaseReader cases, RunPartReader runs)
{
    /// <summary>
    /// What an open task's form may move: the parts of the case's plan; none when the task asks for no change of a
    /// plan.
    /// </summary>
    public async Task<IReadOnlyList<PlanPart>> PartsAsync(WorkTask task, Case file, CancellationToken cancellationToken)
    {
        if (task is not { State: TaskState.Open, FormKey: PlanChange.Form }) return [];
        await using var db = database.ForOrganisation(file.OrganisationId);
        return await directories.FindAsync(db, file.OrganisationId, cancellationToken) is not { Calendar: var calendar }
            ? []
            : PlanSchedule.Of(
            file, calendar, await runs.OutlineAsync(file.InstanceId, cancellationToken),
            await cases.PhasesAsync(file, cancellationToken),
            await cases.TasksAsync(file, cancellationToken), await cases.ItemsAsync(file, cancellationToken));
    }
}
