using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Storage.Reading.Tasks;
using Consultation.Web.Layout;

namespace Consultation.Web.Tasks;

/// <summary>
/// What one person can do with a task now. Pure; the rules that count are checked again when an answer commits.
/// </summary>
/// <param name="MayAnswer">The person has, or stands in for, a seat that is still free.</param>
/// <param name="Seats">Free seats for which the person may answer; the own one first.</param>
/// <param name="OnBehalf">Free seats for which the person may only enter an answer on behalf (O17).</param>
/// <param name="MayTakeBack">The person answered, and the task still waits for others or its decision is held.</param>
public sealed record TaskView(
    bool MayAnswer, IReadOnlyList<PersonId> Seats, IReadOnlyList<PersonId> OnBehalf, bool MayTakeBack)
{
    /// <summary>The view of a person at an instant. A held decision takes no further answers.</summary>
    public static TaskView Of(TaskFile file, OrganisationDirectory directory, CaseScope scope, DateTimeOffset now) =>
        Of(file.Task, directory, scope, now) is var view && file.HeldUntil is null
            ? view
            : new(false, [], [], view.MayTakeBack);

    /// <summary>The view of a person at an instant.</summary>
    public static TaskView Of(WorkTask task, OrganisationDirectory directory, CaseScope scope, DateTimeOffset now)
    {
        var me = scope.PersonId;
        if (task.State != TaskState.Open || task.Barred.Contains(me.Value))
        {
            return new(false, [], [], false);
        }

        var free = Gate.Free(task).Where(seat => !task.Barred.Contains(seat.PersonId.Value)).ToList();
        var seats = free.Where(seat => seat.PersonId == me || Vacancies.StandsIn(seat, me, directory, now))
            .OrderBy(seat => seat.PersonId == me ? 0 : 1).Select(seat => seat.PersonId).ToList();
        var behalf = scope.MaySteer ? free.Select(seat => seat.PersonId).Except(seats).ToList() : [];
        var answered = !task.Changeable && task.Assignees.Exists(
            seat => seat.Active && seat.Outcome is not null && (seat.AnsweredById ?? seat.PersonId) == me
            && task.Outcomes.Find(outcome => outcome.Key == seat.Outcome)?.MayBeTakenBack() != false);
        return new(seats.Count > 0, seats, behalf, answered);
    }

    /// <summary>Why a person who decides last cannot yet, and whose turn it is; null for everybody else.</summary>
    public static LocalText? NotYet(
        WorkTask task, OrganisationDirectory directory, PersonId person, DateTimeOffset now) =>
        task.State != TaskState.Open ? null
            : task.Assignees.Where(seat => seat is { Active: true, Outcome: null }
                && (seat.PersonId == person || Vacancies.StandsIn(seat, person, directory, now)))
                .Select(seat => GateTurns.NotYet(task, seat, directory)).FirstOrDefault(why => why is not null);
}

/// <summary>Reads a posted answer. The operation id is that of the shown form: two clicks are one answer.</summary>
internal static class AnswerReading
{
    /// <summary>The answer as posted.</summary>
    public static TaskAnswer Read(
        WorkTask task, PostedForm posted, PersonId actor, string channel, string operationId) => new()
        {
            OrganisationId = task.OrganisationId,
            TaskId = task.Id,
            ActorId = actor,
            OnBehalfOfId = posted.Id("for") is { } other && other != actor.Value ? new PersonId(other) : null,
            Outcome = posted["outcome"],
            Reason = posted.OrNull("reason"),
            Fields = task.Form is { } form ? FormReader.Read(form, posted) : new Dictionary<string, string>(),
            Revision =
                int.TryParse(posted["revision"], System.Globalization.CultureInfo.InvariantCulture, out var revision)
                    ? revision
                    : 0,
            OperationId = operationId,
            Channel = channel,
        };
}
