using Consultation.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.People;

/// <summary>One thing of an organisation that a workflow step may name.</summary>
/// <param name="Value">As the step writes it, e.g. <c>unit:…</c>, <c>person:…</c> or a policy's key.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Zh">Name in Chinese.</param>
/// <param name="En">Name in English.</param>
public sealed record Pick(string Value, PickKind Kind, string Zh, string En);

/// <summary>What a workflow step may name.</summary>
public enum PickKind
{
    /// <summary>A unit: whoever answers for it.</summary>
    Unit,
    /// <summary>A person.</summary>
    Person,
    /// <summary>A reminder policy or an escalation ladder.</summary>
    Policy,
}

/// <summary>
/// What the designer's pickers offer from one organisation's own data: its units and people, its reminder policies and
/// ladders.
/// </summary>
public sealed class PickerReader(Database database)
{
    private const int MostPeople = 5000;

    /// <summary>Active units (who answers for the unit), then active people by name, at most 5,000.</summary>
    public async Task<IReadOnlyList<Pick>> AssigneesAsync(Guid organisation, CancellationToken cancellationToken)
    {
        var id = new OrganisationId(organisation);
        await using var db = database.ForOrganisation(id);
        var units = await db.Units.AsNoTracking().Where(unit => unit.OrganisationId == id && unit.Active)
            .ToListAsync(cancellationToken);
        var people = await db.People.AsNoTracking().Where(person => person.OrganisationId == id && person.Active)
            .OrderBy(person => person.Name).Take(MostPeople).Select(person => new { person.Id, person.Name })
            .ToListAsync(cancellationToken);
        return
        [
            .. units.OrderBy(unit => unit.Name.Zh, StringComparer.Ordinal)
                .Select(unit => new Pick($"unit:{unit.Id.Value:N}", PickKind.Unit, unit.Name.Zh, unit.Name.For("en"))),
            .. people.Select(
                person => new Pick($"person:{person.Id.Value:N}", PickKind.Person, person.Name, person.Name)),
        ];
    }

    /// <summary>The organisation's own reminder policies by key.</summary>
    public async Task<IReadOnlyList<Pick>> RemindersAsync(Guid organisation, CancellationToken cancellationToken)
    {
        var id = new OrganisationId(organisation);
        await using var db = database.ForOrganisation(id);
        var rows = await db.ReminderPolicies.AsNoTracking().Where(policy => policy.OrganisationId == id)
            .OrderBy(policy => policy.Key).ToListAsync(cancellationToken);
        return rows.ConvertAll(policy => new Pick(policy.Key, PickKind.Policy, policy.Name.Zh, policy.Name.For("en")));
    }

    /// <summary>The organisation's own escalation ladders by key.</summary>
    public async Task<IReadOnlyList<Pick>> LaddersAsync(Guid organisation, CancellationToken cancellationToken)
    {
        var id = new OrganisationId(organisation);
        await using var db = database.ForOrganisation(id);
        var rows = await db.EscalationLadders.AsNoTracking().Where(ladder => ladder.OrganisationId == id)
            .OrderBy(ladder => ladder.Key).ToListAsync(cancellationToken);
        return rows.ConvertAll(ladder => new Pick(ladder.Key, PickKind.Policy, ladder.Name.Zh, ladder.Name.For("en")));
    }
}
