using Consultation.Cases.People;

namespace Consultation.Cases.Tasks;

/// <summary>Somebody who is written to about a free seat.</summary>
/// <param name="Seat">The seat.</param>
/// <param name="Person">Who is written to: the seat's own person, or who acts for that person.</param>
/// <param name="Why">Why it is somebody else: "受主任李敏委托"; null for the seat's own person.</param>
public sealed record SeatContact(TaskAssignee Seat, Person Person, LocalText? Why);

/// <summary>
/// Who is written to about a task: those who still owe an answer, or whoever acts for them (mail rule 7). While a
/// delegation is in force the delegate takes the person's place; while a holder of a role is away the others who hold
/// it do. Whoever is written to may answer: <see cref="GateEntitlement"/> has the same rule. Pure.
/// </summary>
public static class SeatContacts
{
    /// <summary>Everybody who is written to at an instant, each once.</summary>
    public static IReadOnlyList<SeatContact> Of(WorkTask task, OrganisationDirectory directory, DateTimeOffset now)
    {
        directory = directory.With(task);
        return [.. Gate.Owing(task).SelectMany(seat => Of(task, seat, directory, now))
            .DistinctBy(contact => contact.Person.Id)];
    }

    /// <summary>Who is written to about one seat: its person, or who acts for that person.</summary>
    public static IReadOnlyList<SeatContact> Of(
        WorkTask task, TaskAssignee seat, OrganisationDirectory directory, DateTimeOffset now)
    {
        var person = directory.Find(seat.PersonId);
        if (person is null) return [];
        if (task.IsPersonal) return person.Active ? [new SeatContact(seat, person, null)] : [];
        var delegates = directory.Delegations
            .Where(one => one.Covers(seat) && one.InForce(now))
            .Select(one => directory.Find(one.ToId)).OfType<Person>()
            .Where(one => one.IsPresent(now) && MayAct(one)).ToList();
        if (delegates.Count > 0)
        {
            var why = new LocalText($"受{person.Name}委托", $"delegated by {person.Name}");
            return [.. delegates.Select(one => new SeatContact(seat, one, why))];
        }

        if (person.IsPresent(now)) return [new SeatContact(seat, person, null)];
        List<Person> others = seat.Role is { } role
            ? [.. directory.Holders(role, seat.UnitId, now).Where(one => one.IsPresent(now) && MayAct(one))]
            : [];
        if (others.Count > 0)
        {
            var why = person.Active
                ? new LocalText($"{person.Name}不在岗，由同一职务的人代为办理", $"{person.Name} is away; others in the same role act")
                : new LocalText($"{person.Name}已离任，由同一职务的人办理", $"{person.Name} has left; others in the same role act");
            return [.. others.Select(one => new SeatContact(seat, one, why))];
        }

        // Nobody acts for them: better an absent person than nobody.
        return person.Active ? [new SeatContact(seat, person, null)] : [];

        bool MayAct(Person one) => one.Id != person.Id && !task.Barred.Contains(one.Id.Value)
            && Vacancies.StandsIn(seat, one.Id, directory, now);
    }

    /// <summary>
    /// Those who will be written to later and are not yet: from the instant at which a delegation or an absence begins
    /// that is known now.
    /// </summary>
    public static IReadOnlyList<(DateTimeOffset From, SeatContact Contact)> Later(
        WorkTask task, OrganisationDirectory directory, DateTimeOffset now)
    {
        directory = directory.With(task);
        var later = new List<(DateTimeOffset From, SeatContact Contact)>();
        foreach (var seat in Gate.Owing(task))
        {
            var known = Of(task, seat, directory, now).Select(contact => contact.Person.Id).ToHashSet();
            var beginnings = directory.Delegations.Where(one => one.Covers(seat))
                .Select(one => (DateTimeOffset?)one.StartsAt)
                .Append(directory.Find(seat.PersonId)?.AbsentFrom)
                .OfType<DateTimeOffset>().Where(at => at > now && (task.DueAt is not { } due || at <= due))
                .Distinct().Order();
            foreach (var at in beginnings)
            {
                later.AddRange(Of(task, seat, directory, at)
                    .Where(contact => contact.Why is not null && known.Add(contact.Person.Id))
                    .Select(contact => (at, contact)));
            }
        }

        return later;
    }
}
