using System.Text.Json.Nodes;
using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.TrackedItems;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;

namespace Consultation.Activities;

/// <summary>A step that works on the case of its run: finds the case file, cites its rows, writes history.</summary>
internal abstract class CaseActivity : Activity
{
    protected CaseActivity(ActivityNode node)
    {
        Node = node;
        Rows = node.CustomProperties["rows"] is JsonArray rows
            ? [.. rows.Select(row => row?.ToString()).OfType<string>()]
            : [];
    }

    protected ActivityNode Node { get; }

    /// <summary>Rows of the source documents that the node names, e.g. "Q85".</summary>
    protected IReadOnlyList<string> Rows { get; }

    /// <summary>The case of the run. A run without a case cannot do these steps.</summary>
    protected static CaseFile FileOf(ActivityContext context) =>
        context.Host as CaseFile ?? throw new ActivityFaultException(
        "这个步骤只能在案件中运行，请从工作台登记案件 / This step works on a case; start the workflow from the desk so that it has one.",
        code: "no-case");

    /// <summary>The tracked item that this run follows, or null.</summary>
    protected static TrackedItem? ItemOf(ActivityContext context, CaseFile file) =>
        file.Items.Find(item => item.InstanceId == context.InstanceId);

    /// <summary>
    /// Working days by which changes of the plan moved this step, if it counts from the plan's start (P70).
    /// </summary>
    protected int PlanShift(ActivityContext context, CaseFile file) =>
        file.Case.PlanShiftOf(context.InstanceId == file.Case.InstanceId ? Node.ActivityId : null, file.Case.Step);

    /// <summary>Writes a line of history.</summary>
    protected void Tell(
        ActivityContext context, CaseFile file, string verb, LocalText text, TaskId? task = null,
        PersonId? actor = null, PersonId? onBehalfOf = null,
        DateMove? moved = null, TrackedItemId? item = null) =>
        file.Add(new HistoryEntry
        {
            OrganisationId = file.Case.OrganisationId,
            Id = Guid.CreateVersion7(context.Now),
            CaseId = file.Case.Id,
            TrackedItemId = item ?? ItemOf(context, file)?.Id,
            TaskId = task,
            At = context.Now,
            ActorId = actor,
            OnBehalfOfId = onBehalfOf,
            Verb = verb,
            Text = text,
            Rows = [.. Rows],
            Moved = moved,
        });
}
