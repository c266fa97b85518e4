using System.Linq.Expressions;
using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Storage.Mapping;
using Consultation.Storage.Reading.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Search;

/// <summary>
/// Looks for words in everything that one person may see: each kind begins with the rule of access, as its list does.
/// </summary>
public sealed class SearchReader(Database database)
{
    /// <summary>More hits of one kind are not counted: somebody who gets so many types another word.</summary>
    public const int MostCounted = 200;

    /// <summary>
    /// When the index names more rows than these, rows are walked newest first and the walk ends early.
    /// </summary>
    private const int ManyRows = 2_000;

    /// <summary>
    /// What was found, kind by kind; kinds without a hit are left out.
    /// </summary>
    /// <param name="scope">Who looks.</param>
    /// <param name="search">What was typed; every word has to occur. Without a word nothing is found.</param>
    /// <param name="kinds">Kinds that the person may look through.</param>
    /// <param name="skip">Hits of each kind to leave out, 0–<see cref="MostCounted"/>.</param>
    /// <param name="take">Most hits of each kind, 1–100.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyList<SearchGroup>> FindAsync(
        CaseScope scope, string search, IReadOnlyCollection<SearchKind> kinds, int skip, int take,
        CancellationToken cancellationToken)
    {
        if (TypedText.Words(search).Count == 0) return [];
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var visible = scope.CasesIn(db.Tables()).Select(one => one.Id);
        var found = new List<SearchGroup>();
        foreach (var kind in kinds)
        {
            var group = await (kind switch
            {
                SearchKind.Matter => Matters(),
                SearchKind.Case => Cases(),
                SearchKind.Task => Tasks(),
                SearchKind.TrackedItem => Items(),
                SearchKind.Record => Records(),
                SearchKind.Document => Documents(),
                _ => People(),
            });
            if (group.Count > 0) found.Add(group);
        }

        return found;

        Task<SearchGroup> Matters() => GroupAsync(
            SearchKind.Matter, scope.MattersIn(db.Tables()), rows => rows.OrderByDescending(one => one.ReceivedAt),
            one => new SearchHit
            {
                Kind = SearchKind.Matter,
                Id = one.Id.Value,
                CaseId = one.CaseId,
                Number = one.Number,
                Title = new LocalText(one.Title, ""),
                Texts = new[] { one.Text, one.Place, one.ProposerName, one.OrderNumber, one.ProposerPhone },
                At = one.ReceivedAt,
            });
        Task<SearchGroup> Cases() => GroupAsync(
            SearchKind.Case, scope.CasesIn(db.Tables()), rows => rows.OrderByDescending(one => one.OpenedAt),
            one => new SearchHit
            {
                Kind = SearchKind.Case,
                Id = one.Id.Value,
                CaseId = one.Id,
                Number = one.Number,
                Title = new LocalText(one.Title, ""),
                At = one.OpenedAt,
            });
        Task<SearchGroup> Tasks() => GroupAsync(
            SearchKind.Task, scope.TasksIn(db.Tables()), rows => rows.OrderByDescending(one => one.OpenedAt),
            one => new SearchHit
            {
                Kind = SearchKind.Task,
                Id = one.Id.Value,
                CaseId = one.CaseId,
                Number = one.Number,
                Title = one.Title,
                Texts = new[] { one.Question.Zh, one.Question.En },
                At = one.OpenedAt,
            });
        Task<SearchGroup> Items() => GroupAsync(
            SearchKind.TrackedItem, scope.ItemsIn(db.Tables()),
            rows => rows.OrderByDescending(one => one.Year).ThenByDescending(one => one.Number),
            one => new SearchHit
            {
                Kind = SearchKind.TrackedItem,
                Id = one.Id.Value,
                CaseId = one.CaseId,
                Title = new LocalText(one.Topic, ""),
                Texts = new[] { one.Advice, one.Progress, one.Problems, one.Solution },
            });
        Task<SearchGroup> Records() => GroupAsync(
            SearchKind.Record, db.Records.AsNoTracking().Where(
                one => one.OrganisationId == scope.OrganisationId && visible.Contains(one.CaseId)),
            rows => rows.OrderByDescending(one => one.At),
            one => new SearchHit
            {
                Kind = SearchKind.Record,
                Id = one.Id,
                CaseId = one.CaseId,
                Title = one.Title,
                Texts = one.Fields.Values.ToArray(),
                At = one.At,
            });
        Task<SearchGroup> Documents() => GroupAsync(
            SearchKind.Document, db.Documents.AsNoTracking().Where(
                one => one.OrganisationId == scope.OrganisationId && one.CaseId != null
                    && visible.Contains(one.CaseId.Value)),
            rows => rows.OrderByDescending(one => one.At),
            one => new SearchHit
            {
                Kind = SearchKind.Document,
                Id = one.Id.Value,
                CaseId = one.CaseId,
                Number = one.Number,
                Title = one.Title,
                Texts = new[] { one.FileName },
                At = one.At,
            });
        Task<SearchGroup> People() => GroupAsync(
            SearchKind.Person, db.People.AsNoTracking().Where(one => one.OrganisationId == scope.OrganisationId),
            rows => rows.OrderByDescending(one => one.Active).ThenBy(one => one.Name),
            one => new SearchHit
            {
                Kind = SearchKind.Person,
                Id = one.Id.Value,
                Title = new LocalText(one.Name, ""),
                Texts = new[] { one.Title, one.Phone, one.Email },
            });

        async Task<SearchGroup> GroupAsync<T>(
            SearchKind kind, IQueryable<T> rows, Func<IQueryable<T>, IQueryable<T>> sorted,
            Expression<Func<T, SearchHit>> hit)
            where T : class
        {
            var found = await rows.FindingFewAsync(db, search, ManyRows, cancellationToken) ?? rows.Finding(search);
            var count = await found.Take(MostCounted + 1).CountAsync(cancellationToken);
            return new(kind, count, count <= skip ? []
                : await sorted(found).Skip(skip).Take(take).Select(hit).ToListAsync(cancellationToken));
        }
    }
}
