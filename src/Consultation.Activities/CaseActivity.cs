using System.Text.Json.Nodes;
using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.TrackedItems;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;

namespace Consultation.Activities;

/// <summary>
/// A step that works on the case of its run: finds the case file, cites its rows, writes history. What it changes in
/// the file is written with the run in one transaction, or not at all; so it reads no clock and touches nothing else.
/// </summary>
public abstract class CaseActivity : Activity
{
    /// <summary>Binds the node; a derived class binds its inputs and outputs in its constructor too.</summary>
    protected CaseActivity(ActivityNode node)
    {
        Node = node;
        Rows = node.CustomProperties["rows"] is JsonArray rows
            ? [.. rows.Select(row => row?.ToString()).OfType<string>()]
            : [];
    }

    /// <summary>The node that this object carries out.</summary>
    protected ActivityNode Node { get; }

    /// <summary>Rows of the source documents that the node names, e.g. "Q85".</summary>
    protected IReadOnlyList<string> Rows { get; }

    /// <summary>The case of the run. A run without a case cannot do these steps.</summary>
    protected static CaseFile FileOf(ActivityContext context) =>
        context.Host as CaseFile ?? throw new ActivityFaultException(
        "这个步骤只能在协商事项中运行，请从工作台登记协商事项 / This step works on a case; start the workflow from the desk so that it has one.",
        code: "no-case");

    /// <summary>The tracked item that this run follows, or null.</summary>
    protected static TrackedItem? ItemOf(ActivityContext context, CaseFile file) =>
        file.Items.Find(item => item.InstanceId == context.InstanceId);

    /// <summary>
    /// Working days by which changes of the plan moved this step, if it counts from the plan's start (P70).
    /// </summary>
    private protected int PlanShift(ActivityContext context, CaseFile file) =>
        file.Case.PlanShiftOf(context.InstanceId == file.Case.InstanceId ? Node.ActivityId : null, file.Case.Step);

    /// <summary>Writes a line of the case's history, which people read on its page.</summary>
    /// <param name="context">The step.</param>
    /// <param name="file">The case.</param>
    /// <param name="verb">What happened, as a key, e.g. <c>number.given</c>.</param>
    /// <param name="text">What happened, in words.</param>
    /// <param name="task">The task that it is about.</param>
    /// <param name="actor">Who did it; null when the workflow did.</param>
    /// <param name="onBehalfOf">For whom that person acted.</param>
    /// <param name="moved">The day that another one took the place of.</param>
    /// <param name="item">The tracked item that it is about; by default the one that this run follows.</param>
    protected void Tell(
        ActivityContext context, CaseFile file, string verb, LocalText text, TaskId? task = null,
        PersonId? actor = null,
        PersonId? onBehalfOf = null, DateMove? moved = null, TrackedItemId? item = null) =>
        file.Add(new HistoryEntry
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(context.Now),
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
