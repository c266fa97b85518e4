using Consultation.Cases.Access;
using Consultation.Cases.Documents;
using Consultation.Cases.People;
using Consultation.Storage.Reading.Tracking;
using Consultation.Web.Cases;
using Consultation.Web.Layout;

namespace Consultation.Web.Tracking;

/// <summary>Fills the annex in from the items that the board's filter shows.</summary>
internal static class AnnexReading
{
    /// <summary>The sheet for the filter of the address; the hall is that of the filtered platform.</summary>
    public static async Task<AnnexSheet> SheetAsync(
        TrackingReader reader, CaseScope scope, OrganisationSnapshot organisation, TableQuery table, DateOnly today,
        CancellationToken cancellationToken)
    {
        var directory = organisation.Directory;
        var filter =
            TrackingTable.Filter(table) with { Sort = "number", Descending = false, Take = CaseEndpoints.MostRows };
        var found = await reader.ListAsync(scope, filter, today, cancellationToken);
        var platform = directory.Find(filter.PlatformId);
        var (foot, _) = await reader.FootAsync(scope.OrganisationId, KeyOf(table), cancellationToken);
        return AnnexSheet.From(
            found.Select(row => row.Item), directory, platform,
            foot?.FilledBy ?? platform?.Name.Zh ?? directory.Organisation.Name.Zh, foot?.FilledOn ?? today,
            AnnexSheet.UnitOf(organisation.Policies.Rules));
    }

    /// <summary>The sheet that the address asks for: one platform or all, one year or all.</summary>
    public static string KeyOf(TableQuery table)
    {
        var filter = TrackingTable.Filter(table);
        return AnnexFoot.KeyOf(filter.PlatformId, filter.Year);
    }
}
