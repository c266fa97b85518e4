using Consultation.Cases.People;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.Tasks;

/// <summary>Whom a rung tells in fact.</summary>
/// <param name="Rung">The rung, or one above it that is taken in its place.</param>
/// <param name="Index">Its place on the ladder, from 0.</param>
/// <param name="People">Who is told; none when nobody above the assignees is left.</param>
public sealed record TakenRung(EscalationRung Rung, int Index, IReadOnlyList<Person> People);

/// <summary>
/// Whom the rungs of a ladder tell about a task (mail rule 9, O7): nobody who is asked to do it, or acts for one who
/// is; where a rung means only people whom a lower one has told, the next one up is taken. Pure.
/// </summary>
public static class LadderAudience
{
    /// <summary>The people of a rung, now.</summary>
    public static TakenRung Of(
        EscalationLadder ladder, int index, CaseFile file, TrackedItem? item, WorkTask task, DateTimeOffset now)
    {
        var contacts = SeatContacts.Of(task, file.Directory, now).Select(contact => contact.Person).ToList();
        if (ladder.Rungs[index].TellsAssignees) return new(ladder.Rungs[index], index, contacts);

        HashSet<PersonId> asked =
        [
            .. task.Assignees.Where(seat => seat.Active).Select(seat => seat.PersonId),
            .. contacts.Select(one => one.Id),
        ];
        var told = new HashSet<PersonId>();
        TakenRung taken = new(ladder.Rungs[index], index, []);
        for (var below = 0; below <= index; below++)
        {
            if (ladder.Rungs[below].TellsAssignees) continue;
            taken = Take(below, told);
            told.UnionWith(taken.People.Select(person => person.Id));
        }

        return taken;

        TakenRung Take(int from, HashSet<PersonId> before)
        {
            for (var at = from; at < ladder.Rungs.Count; at++)
            {
                List<Person> people = [.. People(ladder.Rungs[at].Who).Where(one => !before.Contains(one.Id))];
                if (people.Count > 0) return new(ladder.Rungs[at], at, people);
            }

            // All of them know: the last rung hears of it again.
            return new(ladder.Rungs[^1], ladder.Rungs.Count - 1, People(ladder.Rungs[^1].Who));
        }

        IReadOnlyList<Person> People(string who) =>
            [.. Assignees.PeopleOf(who, file, item, now, task, asked).Where(one => !asked.Contains(one.Id))];
    }
}
