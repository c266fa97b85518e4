using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Storage;
using Consultation.Storage.Cases;
using Consultation.Storage.Reading.Tasks;

namespace Consultation.Web.Links;

/// <summary>The organisation that a link names; the link's token is the only key to it.</summary>
public sealed class LinkDirectory(Database database, DirectoryCache cache)
{
    /// <summary>The organisation as of now, or null when it does not exist any more.</summary>
    public async Task<OrganisationDirectory?> FindAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return (await cache.FindAsync(db, organisation, cancellationToken))?.Directory;
    }

    /// <summary>
    /// Whether whoever comes by a usable link is shown what the task is about: not of a restricted case, whose content
    /// no mail leads to (O15, mail rule 11), and not when the person has left or acts for nobody in it any more.
    /// </summary>
    internal static bool MayLook(ActionLink link, TaskFile found, OrganisationDirectory? people, DateTimeOffset now) =>
        !found.Case.Restricted && people?.With(found.Task).Find(new PersonId(link.PersonId)) is { Active: true }
        && IsTheirs(link, found.Task, people, now);

    /// <summary>
    /// Whether whoever comes by the link is a guest: not among the organisation's people, or noted there without an
    /// account and without a role. Guests do not read what the house notes for itself.
    /// </summary>
    internal static bool IsGuest(ActionLink link, OrganisationDirectory? people)
    {
        var me = new PersonId(link.PersonId);
        return people?.People.FirstOrDefault(one => one.Id == me) is not { } person
            || (person.UserName is null && people.Grants.All(grant => grant.PersonId != me)
                && people.Units.All(unit => unit.HeadId != me));
    }

    /// <summary>
    /// Whether the task is still the person's to answer or to have answered: a delegation that is over, early or not,
    /// leaves its links behind (mail rule 7).
    /// </summary>
    internal static bool IsTheirs(
        ActionLink link, WorkTask task, OrganisationDirectory people, DateTimeOffset now)
    {
        var me = new PersonId(link.PersonId);
        // Who is only to answer a question sits in nothing.
        if (link.Outcomes.Count == 0) return task.Questions.Exists(one => one.ToIds.Contains(me));
        return task.Assignees.Exists(seat => seat.PersonId == me || seat.AnsweredById == me)
            || Gate.Free(task).Any(seat => Vacancies.StandsIn(seat, me, people.With(task), now));
    }
}
