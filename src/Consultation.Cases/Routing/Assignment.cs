using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.Routing;

/// <summary>Which units deal with a routed matter: 主办 one, 协办 several.</summary>
/// <param name="Lead">The unit in charge; it answers for all.</param>
/// <param name="Helping">Those that help.</param>
public sealed record Assignment(UnitId? Lead, IReadOnlyList<UnitId> Helping)
{
    /// <summary>Nobody yet.</summary>
    public static readonly Assignment None = new(null, []);

    /// <summary>The assignment that stands: the newest record of it.</summary>
    public static Assignment Of(CaseFile file) =>
        file.Records.Find(record => record.Kind == FormKeys.RoutingAssignment) is { } record
            ? Read(record.Fields).Followed(file.Directory) : None;

    /// <summary>The units as they go on after a merge, each once.</summary>
    private Assignment Followed(OrganisationDirectory directory)
    {
        var lead = directory.Kept(Lead);
        return new(lead, [.. Helping.Select(unit => directory.Kept(unit)).OfType<UnitId>()
            .Where(unit => unit != lead).Distinct()]);
    }

    /// <summary>The fields of the form as units.</summary>
    public static Assignment Read(IReadOnlyDictionary<string, string> fields)
    {
        var lead = fields.Unit("lead-unit");
        return new(lead, [.. FormValues.List(fields.Text("helping-units"))
            .Select(id => Guid.TryParse(id, out var unit) ? new UnitId(unit) : (UnitId?)null).OfType<UnitId>()
            .Where(unit => unit != lead).Distinct()]);
    }
}
