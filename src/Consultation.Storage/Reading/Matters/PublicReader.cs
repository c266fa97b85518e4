using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Publishing;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Matters;

/// <summary>What everybody may know of an organisation.</summary>
public sealed record PublicHall(
    OrganisationId Id, string Slug, LocalText Name, string TimeZone, bool IsSample, IReadOnlyList<Unit> Platforms)
{
    /// <summary>Halls that go on as another one: what is printed of them leads there.</summary>
    public IReadOnlyList<Unit> Former { get; init; } = [];

    /// <summary>The hall of a code; null when there is none.</summary>
    public Unit? OfCode(string code)
    {
        var found = HallCode.Find(Platforms.Concat(Former), code);
        while (found?.MergedIntoId is { } next) found = Platforms.Concat(Former).FirstOrDefault(one => one.Id == next);
        return found;
    }
}

/// <summary>What the proposer of a matter sees: no names, no inner workings.</summary>
public sealed record FollowedMatter(
    string Number, string Title, MatterState State, DateTimeOffset ReceivedAt, bool IsOpen, CaseState? CaseState,
    string? InstanceId, int StepNumber, LocalText? StepName,
    DateTimeOffset? StepEnteredAt, LocalText? Outcome, MatterId Id, Case? Case)
{
    /// <summary>When the next thing is to happen; null when nothing is due.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>What the proposer was answered or refused with; null before.</summary>
    public string? Answer { get; init; }

    /// <summary>Something is asked of the proposer: to add something, or what he thinks of the reply.</summary>
    public bool Asks { get; init; }

    /// <summary>The topic was confirmed: the matter cannot be changed by its proposer any more.</summary>
    public bool TopicConfirmed { get; init; }

    /// <summary>What was handed in, for its proposer to correct; empty where the case is restricted.</summary>
    public string Text { get; init; } = "";

    /// <summary>Where it is.</summary>
    public string? Place { get; init; }

    /// <summary>True while a name, a phone number or a mail address is kept.</summary>
    public bool HasContact { get; init; }

    /// <summary>How many files are kept that were handed in with it.</summary>
    public int Files { get; init; }

    /// <summary>What everybody may read of its case.</summary>
    public IReadOnlyList<Publication> Public { get; init; } = [];
}

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
            .Where(unit => unit.OrganisationId == one.Id && (unit.Active || unit.MergedIntoId != null)
                && (unit.Kind == UnitKind.MemberStation || unit.Kind == UnitKind.AreaGroup
                    || unit.Kind == UnitKind.SectorGroup))
            .ToListAsync(cancellationToken);
        return new(one.Id, one.Slug, one.Name, one.TimeZone, one.IsSample,
            [.. platforms.Where(unit => unit.Active).OrderBy(unit => unit.Name.Zh, StringComparer.Ordinal)])
        {
            Former = platforms.FindAll(unit => !unit.Active),
        };
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
            // A hotline order has its class of time from the first day; other matters have none before there is a case.
            NextAt = file is null ? leading.State == MatterState.Pooled ? leading.DueAt : null
                : file is { Restricted: true } or { ClosedAt: not null } ? null
                : await db.Tasks.Where(task => task.OrganisationId == organisation && task.CaseId == file.Id
                    && task.State == TaskState.Open && task.DueAt != null)
                    .OrderBy(task => task.DueAt).Select(task => task.DueAt).FirstOrDefaultAsync(cancellationToken),
            TopicConfirmed = file is not null && await db.Topics.AnyAsync(
                topic => topic.OrganisationId == organisation && topic.CaseId == file.Id
                    && topic.State == TopicState.Confirmed, cancellationToken),
            Text = matter.Text,
            Place = matter.Place,
            HasContact = matter.ProposerName is not null || matter.ProposerPhone is not null
                || matter.ProposerEmail is not null,
            Files = await db.Set<Attachment>().CountAsync(
                one => one.OrganisationId == organisation && one.MatterId == matter.Id
                    && one.Door == AttachmentDoor.Public
                    && (one.State == AttachmentState.Checking || one.State == AttachmentState.Kept),
                cancellationToken),
            Public = file is null or { Restricted: true } ? [] : await db.Publications.AsNoTracking()
                .Where(one => one.OrganisationId == organisation && one.CaseId == file.Id
                    && one.State == PublicationState.Published).OrderBy(one => one.FirstAt)
                .ToListAsync(cancellationToken),
            Answer = file is { Restricted: true } ? null : matter.Answer,
            Asks = MatterActRules.Fits(MatterTurnKind.Replied, matter)
                || (file is { Rating: { EndedAt: null } asked, ClosedAt: null } && matter.RatedRound < asked.Round),
        };
    }

    /// <summary>
    /// The halls of this host by their names: organisations that run a platform; where none does, all of them.
    /// </summary>
    public async Task<IReadOnlyList<(string Slug, LocalText Name)>> HallsAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var all = await db.Set<Organisation>().AsNoTracking().Select(one => new
        {
            one.Slug,
            one.Name,
            Runs = db.Set<Unit>().Any(unit => unit.OrganisationId == one.Id && unit.Active
                && (unit.Kind == UnitKind.MemberStation || unit.Kind == UnitKind.AreaGroup
                    || unit.Kind == UnitKind.SectorGroup)),
        }).ToListAsync(cancellationToken);
        return
        [
            .. all.Where(one => one.Runs || all.TrueForAll(other => !other.Runs))
                .OrderBy(one => one.Name.Zh, StringComparer.Ordinal).Select(one => (one.Slug, one.Name)),
        ];
    }

    /// <summary>Stands in for a matter that does not exist, so that the comparison is made all the same.</summary>
    internal static readonly Matter Nobody = new()
    {
        OrganisationId = default,
        Id = default,
        Number = "",
        Source = MatterSource.PublicForm,
        Title = "",
        Text = "",
        FollowSecretHash = new string('-', 64),
        ReplyKeyHash = new string('-', 64),
        RaisedAt = default,
        ReceivedAt = default,
    };
}
