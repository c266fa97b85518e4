using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Topics;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Matters;

/// <summary>What everybody may know of an organisation.</summary>
public sealed record PublicHall(
    OrganisationId Id, string Slug, LocalText Name, string TimeZone, bool IsSample, IReadOnlyList<Unit> Platforms);

/// <summary>What the proposer of a matter sees: no names, no inner workings.</summary>
public sealed record FollowedMatter(
    string Number, string Title, MatterState State, DateTimeOffset ReceivedAt, bool IsOpen, CaseState? CaseState,
    string? InstanceId, int StepNumber, LocalText? StepName,
    DateTimeOffset? StepEnteredAt, LocalText? Outcome, MatterId Id, Case? Case)
{
    /// <summary>What the proposer was answered or refused with; null before.</summary>
    public string? Answer { get; init; }

    /// <summary>Something is asked of the proposer: to add something, or what he thinks of the reply.</summary>
    public bool Asks { get; init; }
}

/// <summary>A case on the public page, redacted: topic, step and outcome, never a person (Q28, O23).</summary>
public sealed record PublicCase(
    CaseId Id, string? Number, string Title, CaseState State, CaseKind Kind, int StepNumber, LocalText StepName,
    LocalText? Outcome, UnitId? PlatformId, DateTimeOffset At);

/// <summary>Reads what the public doors show.</summary>
public sealed class PublicReader(Database database)
{
    /// <summary>The organisation of a public address, or null.</summary>
    public async Task<PublicHall?> FindHallAsync(string slug, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var one = await db.Set<Organisation>().AsNoTracking()
            .FirstOrDefaultAsync(found => found.Slug == slug, cancellationToken);
        if (one is null)
        {
            return null;
        }

        var platforms = await db.Set<Unit>().AsNoTracking()
            .Where(unit => unit.OrganisationId == one.Id && unit.Active
                && (unit.Kind == UnitKind.MemberStation || unit.Kind == UnitKind.AreaGroup
                    || unit.Kind == UnitKind.SectorGroup))
            .ToListAsync(cancellationToken);
        return new(one.Id, one.Slug, one.Name, one.TimeZone, one.IsSample,
            [.. platforms.OrderBy(unit => unit.Name.Zh, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// The matter behind a number and its secret; null when either is wrong, without saying which. Takes the same time
    /// either way.
    /// </summary>
    public async Task<FollowedMatter?> FollowAsync(
        OrganisationId organisation, string number, string secret, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var matter = await db.Set<Matter>().AsNoTracking()
            .FirstOrDefaultAsync(one => one.OrganisationId == organisation && one.Number == number, cancellationToken);
        if (!MatterRules.Opens(matter ?? Nobody, secret) || matter is null)
        {
            return null;
        }

        var leading = matter;
        for (var hops = 0; leading.MergedIntoId is { } into && hops < 5; hops++)
        {
            leading = await db.Set<Matter>().AsNoTracking()
                .FirstOrDefaultAsync(one => one.OrganisationId == organisation && one.Id == into, cancellationToken)
                ?? leading;
        }

        var file = leading.CaseId is not { } id ? null
            : await db.Set<Case>().AsNoTracking()
            .FirstOrDefaultAsync(one => one.OrganisationId == organisation && one.Id == id, cancellationToken);
        var isOpen = matter.State is MatterState.Pooled or MatterState.InCase or MatterState.Merged
            && file is null or { ClosedAt: null, State: not CaseState.Excluded };
        return new(matter.Number, matter.Title, matter.State, matter.ReceivedAt, isOpen, file?.State, file?.InstanceId,
            file?.StepNumber ?? 0, file?.StepName, file?.StepEnteredAt, file?.Outcome, matter.Id, file)
        {
            Answer = file is { Restricted: true } ? null : matter.Answer,
            Asks = MatterActRules.Fits(MatterTurnKind.Replied, matter)
                || (file is { Rating: { EndedAt: null } asked, ClosedAt: null } && matter.RatedRound < asked.Round),
        };
    }

    /// <summary>
    /// Public cases of an organisation, newest first, with the confirmed topic's title where there is one. At most 200.
    /// </summary>
    public async Task<IReadOnlyList<PublicCase>> CasesAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return await db.Set<Case>().AsNoTracking()
            .Where(one => one.OrganisationId == organisation && one.IsPublic && !one.Restricted)
            .OrderByDescending(one => one.OpenedAt).Take(200)
            .Select(one => new PublicCase(
                one.Id, one.Number,
                db.Set<Topic>()
                    .Where(topic => topic.OrganisationId == organisation && topic.CaseId == one.Id
                        && topic.State == TopicState.Confirmed)
                    .Select(topic => topic.Title).FirstOrDefault() ?? one.Title,
                one.State, one.Kind, one.StepNumber, one.StepName, one.Outcome, one.PlatformId,
                one.ClosedAt ?? one.StepEnteredAt ?? one.OpenedAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Stands in for a matter that does not exist, so that the comparison is made all the same.</summary>
    private static readonly Matter Nobody = new()
    {
        OrganisationId = default,
        Id = default,
        Number = "",
        Source = MatterSource.PublicForm,
        Title = "",
        Text = "",
        FollowSecretHash = new string('-', 64),
        RaisedAt = default,
        ReceivedAt = default,
    };
}
