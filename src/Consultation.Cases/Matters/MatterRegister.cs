using System.Security.Cryptography;
using System.Text;
using Consultation.Cases.Attachments;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.People;

namespace Consultation.Cases.Matters;

/// <summary>
/// Takes matters in: the number, the matter, its receipt, and its case with the workflow's start (for form and desk
/// entries that name a platform) are written in one transaction.
/// </summary>
public sealed class MatterRegister(IIntakeStore store, IUseCaseMail mail, TimeProvider clock)
{
    private const string EmailField = "proposer-email";

    /// <summary>Registers one matter.</summary>
    public async Task<RegisterResult> RegisterAsync(MatterEntry entry, CancellationToken cancellationToken)
    {
        entry = entry.Cleaned();
        var secret = MatterRules.FollowSecretFor(entry.OperationId);
        // Only a hash of the operation id is kept: whoever reads the table must not be able to derive the secret.
        var operation = "matter:" + Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{entry.OrganisationId.Value:N}:{entry.OperationId}")));
        var taken = await store.RunAsync(
            entry.OrganisationId, operation, session =>
                RegisterAsync(session, entry, secret, cancellationToken), cancellationToken);
        return taken switch
        {
            null => new RegisterResult.Refused([new FieldError("", new("受理单位不存在。", "There is no such organisation."))]),
            Intake<RegisteredMatter>.Refused(var errors) => new RegisterResult.Refused(errors),
            Intake<RegisteredMatter>.Done({ } known) =>
                new RegisterResult.Registered(new MatterId(known.Matter), known.Number, secret),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Keeps a talk and registers each point of it as a matter of the pool, all of it or nothing.</summary>
    public async Task<TalkResult> RegisterAsync(TalkEntry entry, CancellationToken cancellationToken)
    {
        var done = await store.RunAsync<KeptTalk>(
            entry.OrganisationId, $"talk:{entry.RecordedById.Value:N}:{entry.OperationId}", async session =>
            {
                var (organisation, now) = (session.Organisation, clock.GetUtcNow());
                var today = organisation.Calendar.DayOf(now);
                if (TalkRules.Check(entry, organisation.Directory, today) is { Count: > 0 } errors)
                {
                    return new Intake<KeptTalk>.Refused(errors);
                }

                var talk = session.Add(new Talk
                {
                    OrganisationId = entry.OrganisationId,
                    Id = TalkId.New(),
                    Kind = entry.Kind,
                    On = entry.On!.Value,
                    Place = TypedText.Line(entry.Place),
                    With = TypedText.Line(entry.With),
                    Advice = TypedText.Prose(entry.Advice) is { Length: > 0 } advice ? advice : null,
                    PlatformId = entry.PlatformId,
                    RecordedById = entry.RecordedById,
                    RecordedAt = now,
                });
                var numbers = new List<string>();
                foreach (var point in entry.Points.Select(TypedText.Prose).Where(point => point.Length > 0))
                {
                    var matter = await AddAsync(session, OfPoint(entry, talk, point, session), null, talk.Id, now,
                        cancellationToken);
                    numbers.Add(matter.Number);
                }

                return new Intake<KeptTalk>.Done(new(talk.Id.Value, numbers));
            }, cancellationToken);
        return done switch
        {
            null => new TalkResult.Refused([new FieldError("", new("受理单位不存在。", "There is no such organisation."))]),
            Intake<KeptTalk>.Refused(var errors) => new TalkResult.Refused(errors),
            Intake<KeptTalk>.Done({ } kept) => new TalkResult.Kept(new TalkId(kept.Talk), kept.Numbers),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>
    /// Merges matters of the pool into one (P19). False, and nothing is changed, when the rules forbid it.
    /// </summary>
    public async Task<bool> MergeAsync(
        OrganisationId organisation, MatterId into, IReadOnlyList<MatterId> merged, PersonId actor,
        CancellationToken cancellationToken) =>
        await store.RunAsync(
            organisation, null, session =>
                MergeAsync(session, into, [.. merged.Distinct()], actor, cancellationToken), cancellationToken)
            is Intake<Nothing>.Done;

    private async Task<Intake<RegisteredMatter>> RegisterAsync(
        IIntakeSession session, MatterEntry entry, string secret, CancellationToken cancellationToken)
    {
        var (organisation, now) = (session.Organisation, clock.GetUtcNow());
        if (Check(entry, organisation.Directory, now) is { Count: > 0 } errors)
        {
            return new Intake<RegisteredMatter>.Refused(errors);
        }

        var matter = await AddAsync(session, entry, secret, null, now, cancellationToken);
        foreach (var receipt in mail.Receipt(matter, secret, organisation, now)) session.Add(receipt);
        return new Intake<RegisteredMatter>.Done(new(matter.Id.Value, matter.Number));
    }

    /// <summary>The matter with its number and its line of history; its case, where it opens one at once.</summary>
    private static async Task<Matter> AddAsync(
        IIntakeSession session, MatterEntry entry, string? secret, TalkId? talk, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var organisation = session.Organisation;
        var year = organisation.Calendar.DayOf(now).Year;
        var series = await session.SeriesAsync(MatterRules.NumberSeries, year, cancellationToken);
        var matter = session.Add(Make(entry, MatterRules.Number(year, series.Take()), secret, talk, now));
        if (entry.Source is MatterSource.PublicForm or MatterSource.Desk
            && organisation.Directory.Find(entry.PlatformId) is { } platform)
        {
            CaseOpening.Open(session, CaseOpening.OfMatter(matter, platform), [matter], now);
        }

        session.Add(Line(
            matter.OrganisationId, matter.CaseId, entry.EnteredById, now, HistoryVerbs.MatterRegistered, ["P17", "Q80"],
            new($"登记协商事项 {matter.Number}“{matter.Title}”", $"registered the matter {matter.Number} “{matter.Title}”")));
        await AttachAsync(session, entry, matter, now, cancellationToken);
        return matter;
    }

    private static async Task AttachAsync(
        IIntakeSession session, MatterEntry entry, Matter matter, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var instant = new OrganisationInstant(
            now, session.Organisation.Calendar, session.Organisation.Policies.Rules);
        foreach (var file in await session.FilesAsync(entry.Files, cancellationToken))
        {
            file.Describe(entry.FileNotes);
            session.Add(file.AttachTo(new(MatterId: matter.Id), instant, matter.CaseId));
        }
    }

    /// <summary>A point of a talk as the matter that it becomes.</summary>
    private static MatterEntry OfPoint(TalkEntry entry, Talk talk, string point, IIntakeSession session) => new()
    {
        OrganisationId = entry.OrganisationId,
        Source = entry.Kind == TalkKind.Visit ? MatterSource.Visit : MatterSource.Talk,
        Title = TalkRules.TitleOf(point),
        Text = point,
        Place = talk.Place,
        ProposerGroup = talk.With.Length <= MatterRules.LongestName ? talk.With : null,
        PlatformId = entry.PlatformId,
        RaisedAt = session.Organisation.Calendar.At(talk.On, TimeOnly.MinValue),
        EnteredById = entry.RecordedById,
        OperationId = "",
    };

    private async Task<Intake<Nothing>> MergeAsync(
        IIntakeSession session, MatterId into, List<MatterId> merged, PersonId actor,
        CancellationToken cancellationToken)
    {
        var leading = await session.MattersAsync([into], cancellationToken) is [var found] ? found : null;
        var others = await session.MattersAsync(merged, cancellationToken);
        if (leading is null || others.Count != merged.Count || MatterRules.CheckMerge(leading, others) is not null)
        {
            return new Intake<Nothing>.Refused([]);
        }

        session.Guard(leading);
        var now = clock.GetUtcNow();
        foreach (var other in others)
        {
            // It goes with the leading one into its case, so that its proposer is told the result too.
            (other.State, other.MergedIntoId, other.CaseId) = (MatterState.Merged, into, leading.CaseId);
            session.Add(Line(
                other.OrganisationId, leading.CaseId, actor, now, HistoryVerbs.MatterMerged, ["P19"],
                new($"{other.Number}“{other.Title}”并入{leading.Number}“{leading.Title}”",
                    $"{other.Number} was merged into {leading.Number}")));
            var told = mail.Merged(other, leading, session.Organisation, now);
            foreach (var one in told) session.Add(one);
            session.Add(new MatterTurn
            {
                OrganisationId = other.OrganisationId,
                Id = OrderedGuid.New(now),
                MatterId = other.Id,
                Kind = MatterTurnKind.Merged,
                ActorId = actor,
                At = now,
                Words = leading.Number,
                Told = told.Count > 0,
            });
        }

        return new Intake<Nothing>.Done(default);
    }

    /// <summary>
    /// The rules of matters, and that a mail can be written to the address given: whoever leaves one expects an answer
    /// there.
    /// </summary>
    private IReadOnlyList<FieldError> Check(MatterEntry entry, OrganisationDirectory directory, DateTimeOffset now)
    {
        var errors = MatterRules.Check(entry, directory, now);
        return ContactRules.Email(EmailField, entry.ProposerEmail, mail) is { } wrong ? [.. errors, wrong] : errors;
    }

    private static Matter Make(
        MatterEntry entry, string number, string? secret, TalkId? talk, DateTimeOffset now) => new()
        {
            OrganisationId = entry.OrganisationId,
            Id = MatterId.New(),
            Number = number,
            Source = entry.Source,
            Title = entry.Title,
            Text = entry.Text,
            Place = entry.Place,
            ProposerGroup = entry.ProposerGroup,
            ProposerName = entry.ProposerName,
            ProposerEmail = entry.ProposerEmail,
            ProposerPhone = entry.ProposerPhone,
            Language = entry.Language,
            Tags = [.. entry.Tags.Distinct()],
            PlatformId = entry.PlatformId,
            FollowSecretHash = secret is null ? null : MatterRules.HashFollowSecret(secret),
            TalkId = talk,
            EnteredById = entry.EnteredById,
            RaisedAt = entry.RaisedAt ?? now,
            ReceivedAt = now,
        };

    private static HistoryEntry Line(
        OrganisationId organisation, CaseId? caseId, PersonId? actor, DateTimeOffset now, string verb,
        List<string> rows, LocalText text) => new()
        {
            OrganisationId = organisation,
            Id = OrderedGuid.New(),
            CaseId = caseId,
            At = now,
            ActorId = actor,
            Verb = verb,
            Rows = rows,
            Text = text,
        };

    /// <summary>What a repeated form gets again; never the secret.</summary>
    private sealed record RegisteredMatter(Guid Matter, string Number);

    /// <summary>What a repeated talk gets again.</summary>
    private sealed record KeptTalk(Guid Talk, IReadOnlyList<string> Numbers);

    private readonly record struct Nothing;
}
