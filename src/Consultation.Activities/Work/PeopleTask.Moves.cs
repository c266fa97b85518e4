using System.Text.Json.Nodes;
using Consultation.Activities.Designer;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Engine.Moves;

namespace Consultation.Activities.Work;

/// <summary>What a node asks, as far as its file says it.</summary>
/// <param name="Form">The form, or null.</param>
/// <param name="Added">Forms asked after it.</param>
/// <param name="Outcomes">The outcomes that its author chose; null where the step knows them by itself.</param>
internal sealed record AskedByNode(string? Form, IReadOnlyList<string> Added, IReadOnlyList<string>? Outcomes);

/// <content>
/// A task on its way to another version. It keeps people, answers, links, mails, due time and reminders; only what is
/// asked may change, and only while no answer is given that would not fit.
/// </content>
internal abstract partial class PeopleTask
{
    /// <inheritdoc/>
    public override void OnMoving(ActivityMove move)
    {
        if (move.Host is not CaseFile file
            || move.Execution.Properties?.GetValueOrDefault(TaskProperty) is not string id
            || file.Tasks.Find(one => one.Id.Value == Guid.Parse(id)) is not { State: TaskState.Open } task)
        {
            return;
        }

        Reask(move, task);
        if (!move.IsPreview) task.ActivityId = move.To.ActivityId;
    }

    /// <summary>Inputs that decide what is asked; where they are the same, so is the question.</summary>
    protected virtual IReadOnlyList<string> AskingInputs => ["Form"];

    /// <summary>What a node of this kind asks; null where an expression decides it.</summary>
    protected virtual AskedByNode? AskedBy(ActivityNode node) =>
        node.HasInput("Form") && NodeChecks.Literal(node, "Form") is null
            ? null
            : new(NodeChecks.Literal(node, "Form") is { Length: > 0 } form ? form : null, [], null);

    private void Reask(ActivityMove move, WorkTask task)
    {
        if (AskingInputs.All(input => JsonNode.DeepEquals(move.From.Bare(input), move.To.Bare(input)))) return;
        if (AskedBy(move.From) is not { } before || AskedBy(move.To) is not { } after)
        {
            move.Refuse(new(
                $"待办“{task.Title.Zh}”的表单或结果由表达式决定，且已改动；请等它办完再移动。",
                $"An expression decides the form or outcomes of the open task “{task.Title.For("en")}”, and it has "
                    + "changed; wait until it is done."));
            return;
        }

        var kept = Kept(task, before, after);
        var isOtherForm = before.Form != after.Form || !before.Added.SequenceEqual(after.Added);
        var dropped = task.Outcomes.Where(one => !kept.Exists(other => other.Key == one.Key)).ToList();
        var unfit = task.Assignees.Exists(seat => dropped.Exists(one => one.Key == seat.Outcome));
        if (task.HasAnswers && (isOtherForm || unfit))
        {
            move.Refuse(new(
                $"待办“{task.Title.Zh}”已有人答复，而新版本的{(unfit ? "结果" : "表单")}不同，已有的答复对不上；请等它办完再移动。",
                $"Answers are given to the open task “{task.Title.For("en")}”, and the new version has another "
                    + $"{(unfit ? "set of outcomes" : "form")} that they do not fit; wait until it is done."));
            return;
        }

        if (!isOtherForm && kept.Select(one => one.Key).SequenceEqual(task.Outcomes.Select(one => one.Key))) return;
        var form = FormCatalogue.Find(after.Form, after.Added);
        move.AskAgain(new(
            $"待办“{task.Title.Zh}”改按{(form is null ? "无表单" : $"表单“{form.Title.Zh}”")}、结果"
                + $"{string.Join("、", kept.Select(one => one.Label.Zh))}询问",
            $"the open task “{task.Title.For("en")}” asks "
                + $"{(form is null ? "without a form" : $"with the form “{form.Title.For("en")}”")} for "
                + string.Join(", ", kept.Select(one => one.Label.For("en")))));
        if (!move.IsPreview) task.AskAnew(after.Form, after.Added, kept);
    }

    /// <summary>The outcomes that the task shall allow: the node's, and those that the step adds by itself.</summary>
    private static List<TaskOutcome> Kept(WorkTask task, AskedByNode before, AskedByNode after) =>
        after.Outcomes is null
            ? [.. task.Outcomes]
            :
            [
                .. after.Outcomes.Select(key => task.Outcomes.Find(one => one.Key == key) ?? Work.Outcomes.Of(key))
                    .Concat(task.Outcomes.Where(one => before.Outcomes?.Contains(one.Key) != true))
                    .DistinctBy(one => one.Key),
            ];
}
