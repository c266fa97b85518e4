using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Lessons;

/// <summary>What a finished case teaches, as its summary report says it (P80–P84).</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="ClosedAt">When it ended.</param>
/// <param name="Fields">The entries of the summary report.</param>
public sealed record Lesson(
    CaseId CaseId, string? Number, string Title, DateTimeOffset ClosedAt, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>What it and the case that it is proposed to both say; empty where it was searched for.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    private static readonly string[] Parts = ["causes", "improvements", "shortfalls", "successes"];

    internal string Text => string.Join('\n', Parts.Select(key => Fields.GetValueOrDefault(key) ?? ""));
}

/// <summary>
/// Finds what earlier cases teach: by words, and by how alike a case is to them. Restricted cases teach nobody.
/// </summary>
public sealed class LessonReader(Database database)
{
    /// <summary>So many of the newest are looked through.</summary>
    private const int Most = 1000;

    /// <summary>Lessons of the cases that the viewer sees, the newest first; every word has to occur.</summary>
    public async Task<IReadOnlyList<Lesson>> SearchAsync(
        CaseScope scope, string? search, string? causeClass, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var cases = scope.CasesIn(new CaseTables(db.Cases, db.Tasks, db.TrackedItems, db.Matters));
        var words = TypedText.Words(search);
        var found = await ReadAsync(db, scope.OrganisationId, cases, cancellationToken);
        return
        [
            .. found.Where(one => (string.IsNullOrEmpty(causeClass)
                    || FormValues.List(one.Fields.GetValueOrDefault("cause-classes") ?? "").Contains(causeClass))
                && words.All(word => TypedText.Fold($"{one.Title} {one.Number} {one.Text}")
                    .Contains(word, StringComparison.Ordinal))),
        ];
    }

    /// <summary>
    /// Lessons of other cases that are about something alike, the most alike first, by the same likeness as matters.
    /// Who may see the case is for the caller to ask.
    /// </summary>
    public async Task<IReadOnlyList<Lesson>> AlikeAsync(
        Case file, string? about, int most, CancellationToken cancellationToken)
    {
        if (file.Restricted) return [];
        await using var db = database.ForOrganisation(file.OrganisationId);
        var id = file.Id;
        var found = await ReadAsync(
            db, file.OrganisationId, db.Cases.Where(one => one.Id != id), cancellationToken);
        var text = $"{file.Title}\n{about}";
        var search = new LikenessSearch<Lesson>(Likeness.Signature(file.Title, null, about ?? ""));
        foreach (var one in found) search.Pass(one, Likeness.Signature(one.Title, null, one.Text));
        return
        [
            .. search.Best(most).Where(one => one.Alike > 0)
                .Select(one => one.Id with { Words = Likeness.SharedWords(text, $"{one.Id.Title}\n{one.Id.Text}") })
                .Where(one => one.Words.Count > 0),
        ];
    }

    private static async Task<List<Lesson>> ReadAsync(
        ConsultationDb db, OrganisationId organisation, IQueryable<Case> cases, CancellationToken cancellationToken)
    {
        var rows = await (
            from record in db.Records.AsNoTracking()
            join file in cases on new { record.OrganisationId, Id = record.CaseId }
                equals new { file.OrganisationId, file.Id }
            where record.OrganisationId == organisation && record.Kind == FormKeys.Summary && file.ClosedAt != null
                && !file.Restricted
            orderby record.At descending
            select new { file.Id, file.Number, file.Title, file.ClosedAt, record.Fields })
            .Take(Most).ToListAsync(cancellationToken);
        return [.. rows.DistinctBy(row => row.Id).Select(row => new Lesson(
            row.Id, row.Number, row.Title, row.ClosedAt!.Value, row.Fields))];
    }
}
