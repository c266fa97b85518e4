using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Matters;
using Consultation.Storage.Mapping;
using Consultation.Storage.Reading.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Matters;

/// <summary>A matter that may be about the same, with what both say.</summary>
public sealed record AlikeRow(Matter Matter, double Alike, IReadOnlyList<string> Words);

/// <summary>
/// Finds matters that are like one of them (P19). The signatures of all that wait in the pool pass by one after
/// another; no text is read but those that are shown.
/// </summary>
public sealed class LikenessReader(Database database)
{
    /// <summary>Most matters that are proposed.</summary>
    public const int Most = 12;

    /// <summary>
    /// The matters of the pool that the scope sees and that are most like this one, itself left out; those merged into
    /// it already do not count.
    /// </summary>
    public async Task<IReadOnlyList<AlikeRow>> FindAsync(
        CaseScope scope, Matter matter, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var search = new LikenessSearch<MatterId>(
            Likeness.Signature(matter.Title, matter.Place, matter.Text));
        var rows = scope.MattersIn(db.Tables())
            .Where(one => one.OrganisationId == scope.OrganisationId && one.State == MatterState.Pooled)
            .Select(one => new { one.Id, Signature = EF.Property<byte[]>(one, LikenessColumn.Name) });
        await foreach (var one in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (one.Id != matter.Id) search.Pass(one.Id, one.Signature);
        }

        var best = search.Best(Most);
        var ids = best.Select(one => one.Id).ToList();
        var found = await scope.MattersIn(db.Tables()).Where(one => ids.Contains(one.Id))
            .ToDictionaryAsync(one => one.Id, cancellationToken);
        return [.. best.Where(one => found.ContainsKey(one.Id)).Select(one => new AlikeRow(
            found[one.Id], one.Alike,
            Likeness.SharedWords(Said(matter), Said(found[one.Id]), pair => search.WeightOf(Likeness.Hash(pair)))))];
    }

    private static string Said(Matter matter) => $"{matter.Title}\n{matter.Place}\n{matter.Text}";
}
