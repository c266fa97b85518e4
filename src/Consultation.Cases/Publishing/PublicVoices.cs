using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.Rules;

namespace Consultation.Cases.Publishing;

/// <summary>What became of an opinion that was sent, or of somebody who signed up.</summary>
public abstract record VoiceResult
{
    private VoiceResult() { }

    /// <summary>Kept under this number; the code tells what became of it.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="Code">Its code.</param>
    /// <param name="Waits">A moderator looks at the opinion first; whoever signed up waits for a place.</param>
    public sealed record Taken(string Number, string Code, bool Waits) : VoiceResult;

    /// <summary>Not kept, with what to mend.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : VoiceResult;
}

/// <summary>
/// Opinions on topics that are consulted on online (Q55): written, agreed with, looked at by a moderator. Each in one
/// transaction.
/// </summary>
public sealed class PublicVoices(IIntakeStore store, TimeProvider clock)
{
    private static readonly LocalText Over = new(
        "这个议题的网上征求意见已经结束。", "The online consultation on this topic is over.");

    /// <summary>Takes an opinion; nobody sees it before a moderator did.</summary>
    /// <param name="organisation">Whose topic it is.</param>
    /// <param name="publication">The topic.</param>
    /// <param name="text">The opinion.</param>
    /// <param name="visitor">The visitor's cookie.</param>
    /// <param name="operationId">The form's random id; the code is derived from it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<VoiceResult> WriteAsync(
        OrganisationId organisation, PublicationId publication, string text, string visitor, string operationId,
        CancellationToken cancellationToken)
    {
        text = TypedText.Prose(text);
        var code = MatterRules.FollowSecretFor(operationId);
        var taken = await store.RunAsync(
            organisation, Operations.Hashed("opinion", organisation, operationId),
            session => WriteAsync(session, publication, text, visitor, code, cancellationToken), cancellationToken);
        return Operations.ResultOf(taken, code);
    }

    /// <summary>
    /// Counts a visitor's agreement with an opinion, once. False when there is no such opinion to agree with now.
    /// </summary>
    public async Task<bool> AgreeAsync(
        OrganisationId organisation, OpinionId opinion, string visitor, CancellationToken cancellationToken) =>
        await store.RunAsync<bool>(organisation, null, async session =>
        {
            var (now, id) = (clock.GetUtcNow(), OpinionRules.AgreementOf(visitor, opinion));
            if (await session.RowsAsync<Opinion>(one => one.Id == opinion, cancellationToken)
                    is not [{ State: OpinionState.Shown } found]
                || await session.RowsAsync<Publication>(one => one.Id == found.PublicationId, cancellationToken)
                    is not [var topic]
                || !topic.TakesOpinions(session.Organisation.Calendar.DayOf(now)))
            {
                return new Intake<bool>.Refused([]);
            }

            if (await session.RowsAsync<Agreement>(one => one.Id == id, cancellationToken) is { Count: > 0 })
            {
                return new Intake<bool>.Done(true);
            }

            session.Add(new Agreement { OrganisationId = organisation, Id = id, OpinionId = opinion, At = now });
            found.Agreements++;
            found.Revision++;
            return new Intake<bool>.Done(true);
        }, cancellationToken) is Intake<bool>.Done;

    /// <summary>
    /// A moderator shows opinions or refuses them with a reason; those that were decided meanwhile stay as they are.
    /// Answers how many were decided now, or what to mend.
    /// </summary>
    public async Task<Intake<int>?> DecideAsync(
        OrganisationId organisation, IReadOnlyList<OpinionId> opinions, bool show, string? reason, PersonId by,
        string operationId, CancellationToken cancellationToken) =>
        await store.RunAsync<int>(organisation, $"opinions:{organisation.Value:N}:{operationId}", async session =>
        {
            if (!show && OpinionRules.Reasons.All(one => one.Key != reason))
            {
                return new Intake<int>.Refused([new("reason", new(
                    "请选择不公开的理由，发表人会看到。", "Choose why they are not shown; their writers read it."))]);
            }

            if (opinions.Count == 0)
            {
                return new Intake<int>.Refused([new("opinions", new("请选择意见。", "Choose opinions."))]);
            }

            var found = await session.RowsAsync<Opinion>(one => opinions.Contains(one.Id), cancellationToken);
            var (count, now) = (0, clock.GetUtcNow());
            var wanted = show ? OpinionState.Shown : OpinionState.Refused;
            foreach (var one in found.Where(one => one.State != wanted && one.State != OpinionState.Folded))
            {
                (one.State, one.RefusedWhy) = (wanted, show ? null : reason);
                (one.DecidedById, one.DecidedAt) = (by, now);
                one.Revision++;
                count++;
            }

            foreach (var id in found.Select(one => one.PublicationId).Distinct().ToList())
            {
                foreach (var topic in await session.RowsAsync<Publication>(one => one.Id == id, cancellationToken))
                {
                    topic.Touch(now);
                }
            }

            return new Intake<int>.Done(count);
        }, cancellationToken);

    private async Task<Intake<KeptVoice>> WriteAsync(
        IIntakeSession session, PublicationId publication, string text, string visitor, string code,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await session.RowsAsync<Publication>(one => one.Id == publication, cancellationToken) is not [var topic]
            || !topic.TakesOpinions(session.Organisation.Calendar.DayOf(now)))
        {
            return new Intake<KeptVoice>.Refused([new("", Over)]);
        }

        if (OpinionRules.Check(text) is { Count: > 0 } errors) return new Intake<KeptVoice>.Refused(errors);
        var (mine, mark) = (OpinionRules.VisitorIn(visitor, publication), OpinionRules.Fingerprint(text));
        var own = await session.RowsAsync<Opinion>(
            one => one.PublicationId == publication && one.Visitor == mine, cancellationToken);
        var most = int.Parse(session.Organisation.Policies.Rules[RuleKeys.OpinionsEach],
            System.Globalization.CultureInfo.InvariantCulture);
        if (own.Count >= most)
        {
            return new Intake<KeptVoice>.Refused([new("text", new(
                $"您对这个议题已经发表了{own.Count}条意见，达到上限。您可以赞同别人的意见。",
                $"You gave {own.Count} opinions on this topic, which is the limit. You can agree with others."))]);
        }

        if (await session.CountAsync<Opinion>(
            one => one.PublicationId == publication && one.State == OpinionState.Waiting, cancellationToken)
            >= OpinionRules.MostWaiting)
        {
            return new Intake<KeptVoice>.Refused([new("text", new(
                "待审核的意见很多，请过一段时间再提交；您填写的内容还在。",
                "Many opinions wait to be looked at. Send yours a little later; what you typed is still there."))]);
        }

        var same = (await session.RowsAsync<Opinion>(
            one => one.PublicationId == publication && one.Fingerprint == mark
                && (one.State == OpinionState.Waiting || one.State == OpinionState.Shown), cancellationToken))
            .MinBy(one => one.WrittenAt);
        var year = session.Organisation.Calendar.DayOf(now).Year;
        var series = await session.SeriesAsync(OpinionRules.NumberSeries, year, cancellationToken);
        var opinion = session.Add(new Opinion
        {
            OrganisationId = topic.OrganisationId,
            Id = new OpinionId(OrderedGuid.New(now)),
            PublicationId = publication,
            CaseId = topic.CaseId,
            Number = OpinionRules.Number(year, series.Take()),
            Text = text,
            Fingerprint = mark,
            State = same is null ? OpinionState.Waiting : OpinionState.Folded,
            FoldedIntoId = same?.Id,
            Visitor = mine,
            FollowSecretHash = MatterRules.HashFollowSecret(code),
            WrittenAt = now,
        });
        if (same is not null)
        {
            // Somebody who sends the same once more is heard once.
            if (same.Visitor != mine) same.Same++;
            same.Revision++;
        }

        return new Intake<KeptVoice>.Done(new(opinion.Number, same is null));
    }
}

/// <summary>What an operation answers when it is asked again.</summary>
internal sealed record KeptVoice(string Number, bool Waits);

/// <summary>Ids and answers that the public's use cases share.</summary>
internal static class Operations
{
    /// <summary>Only a hash is kept: whoever reads the table must not be able to derive the code.</summary>
    public static string Hashed(string kind, OrganisationId organisation, string operationId) =>
        $"{kind}:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes($"{organisation.Value:N}:{operationId}")));

    /// <summary>What whoever sent it reads.</summary>
    public static VoiceResult ResultOf(Intake<KeptVoice>? taken, string code) => taken switch
    {
        Intake<KeptVoice>.Done(var kept) => new VoiceResult.Taken(kept.Number, code, kept.Waits),
        Intake<KeptVoice>.Refused(var errors) => new VoiceResult.Refused(errors),
        _ => new VoiceResult.Refused([new("", new("受理单位不存在。", "There is no such organisation."))]),
    };
}
