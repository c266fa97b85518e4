using System.Security.Cryptography;
using Consultation.Cases.Forms;

namespace Consultation.Cases.Matters;

/// <summary>What became of an act.</summary>
public abstract record SortingResult
{
    private SortingResult() { }

    /// <summary>Done: to how many matters, and how many proposers are written to.</summary>
    public sealed record Done(int Matters, int Told) : SortingResult;

    /// <summary>Not done, with what to mend; nothing was written.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : SortingResult;
}

/// <summary>
/// Sorts the pool (P19): edits, declines, passes on, asks back, answers, takes back a merge, scores; one matter or
/// many, each in one transaction with its history and the mails to the proposers. The same operation is done once.
/// </summary>
public sealed class MatterSorting(IIntakeStore store, IUseCaseMail mail, TimeProvider clock)
{
    /// <summary>Does an act to all of the matters, or to none.</summary>
    public Task<SortingResult> ActAsync(
        OrganisationId organisation, IReadOnlyList<MatterId> matters, MatterAct act, PersonId actor,
        string operation, CancellationToken cancellationToken) =>
        RunAsync(organisation, $"sort:{operation}", async session =>
        {
            var found = await session.MattersAsync([.. matters.Distinct()], cancellationToken);
            if (MatterActRules.Check(act, found, session.Organisation.Directory) is { Count: > 0 } errors)
            {
                return new Intake<Sorted>.Refused(errors);
            }

            if (found.FirstOrDefault(matter => !MatterActRules.MayReceive(
                act.Kind, matter, actor, session.Organisation.Directory)) is { } other)
            {
                return new Intake<Sorted>.Refused([new("", new(
                    $"{other.Number} 转交给了别的平台，由接收的平台或秘书接收、退回。",
                    $"{other.Number} was passed to another hall; that hall or the secretary takes it over or gives "
                        + "it back."))]);
            }

            var told = found.Count(matter => Act(session, matter, act, actor));
            return new Intake<Sorted>.Done(new(found.Count, told));
        }, cancellationToken);

    /// <summary>
    /// Mends the words of a matter. The number stays; what was changed stands in the history, contact data only as
    /// changed.
    /// </summary>
    public Task<SortingResult> EditAsync(
        OrganisationId organisation, MatterId id, MatterEdit edit, PersonId actor, string operation,
        CancellationToken cancellationToken) =>
        RunAsync(organisation, $"edit:{operation}", async session =>
        {
            var found = await session.MattersAsync([id], cancellationToken);
            if (found is not [var matter] || !MatterActRules.Fits(MatterTurnKind.Edited, matter))
            {
                return new Intake<Sorted>.Refused([new("", new(
                    "事项已并入或已办结，不能再更正。", "The matter is merged or closed; it cannot be mended any more."))]);
            }

            edit = edit.Cleaned();
            if (edit.Check(matter, session.Organisation.Directory, mail, clock.GetUtcNow()) is { Count: > 0 } errors)
            {
                return new Intake<Sorted>.Refused(errors);
            }

            if (edit.Apply(matter) is { Count: > 0 } changes)
            {
                Write(session, matter, MatterTurnKind.Edited, actor, edit.Reason ?? "", null, false, changes);
                session.Guard(matter);
            }

            return new Intake<Sorted>.Done(new(1, 0));
        }, cancellationToken);

    /// <summary>
    /// The proposer answers what was asked, with the number and the code, or by the link of the mail that asked.
    /// Answers what to mend; a key that opens nothing is told apart from nothing.
    /// </summary>
    public Task<SortingResult> ReplyAsync(
        OrganisationId organisation, MatterId id, string key, string words, string operation,
        CancellationToken cancellationToken) =>
        RunAsync(organisation, $"reply:{operation}", async session =>
        {
            var found = await session.MattersAsync([id], cancellationToken);
            if (found is not [var matter] || !MatterRules.OpensReply(matter, key)
                || !MatterActRules.Fits(MatterTurnKind.Replied, matter))
            {
                return new Intake<Sorted>.Refused([new("", new(
                    "这个问题已经答复过，或者不再需要补充。", "This was answered already, or nothing more is needed."))]);
            }

            var act = new MatterAct.Reply(words);
            if (MatterActRules.Check(act, found, session.Organisation.Directory) is { Count: > 0 } errors)
            {
                return new Intake<Sorted>.Refused(errors);
            }

            Act(session, matter, act, null);
            return new Intake<Sorted>.Done(new(1, 0));
        }, cancellationToken);

    /// <summary>Carries one act out; true when the proposer is written to.</summary>
    private bool Act(IIntakeSession session, Matter matter, MatterAct act, PersonId? actor)
    {
        var now = clock.GetUtcNow();
        UnitId? unit = null;
        string? secret = null;
        switch (act)
        {
            case MatterAct.Decline:
                (matter.State, matter.Answer, matter.SettledAt) = (MatterState.Excluded, act.Words, now);
                break;
            case MatterAct.Answer:
                (matter.State, matter.Answer, matter.SettledAt) = (MatterState.Closed, act.Words, now);
                break;
            case MatterAct.PassOn passed:
                matter.PassedToId = unit = passed.To;
                break;
            case MatterAct.TakeOver:
                (matter.PlatformId, matter.PassedToId, unit) = (matter.PassedToId, null, matter.PassedToId);
                break;
            case MatterAct.SendBack:
                (unit, matter.PassedToId) = (matter.PassedToId, null);
                break;
            case MatterAct.Ask:
                secret = MatterRules.NewKey();
                (matter.Question, matter.AskedAt, matter.RepliedAt) = (act.Words, now, null);
                matter.ReplyKeyHash = MatterRules.HashFollowSecret(secret);
                break;
            case MatterAct.Reply:
                matter.RepliedAt = now;
                matter.ReplyKeyHash = null;
                break;
            case MatterAct.Unmerge:
                (matter.State, matter.MergedIntoId, matter.CaseId) = (MatterState.Pooled, null, null);
                break;
            case MatterAct.Reopen:
                (matter.State, matter.Answer, matter.SettledAt) = (MatterState.Pooled, null, null);
                break;
            case MatterAct.Score { Scores: var scores }:
                matter.Scores = scores with { Reason = act.Words };
                matter.Score = scores.Total;
                break;
            case MatterAct.Time { Class: var @class }:
                matter.HotlineClass = @class;
                matter.DueAt = HotlineTimes.DueOf(
                    @class, matter.RaisedAt, session.Organisation.Policies.Rules, session.Organisation.Calendar);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        // Of two who act at once the second looks again, although the state may be the same.
        session.Guard(matter);
        return Write(session, matter, act.Kind, actor, act.Words, unit, MatterActRules.Tells(act.Kind), [], secret);
    }

    private bool Write(
        IIntakeSession session, Matter matter, MatterTurnKind kind, PersonId? actor, string words, UnitId? unit,
        bool tells, List<MatterChange> changes, string? secret = null)
    {
        var now = clock.GetUtcNow();
        var id = OrderedGuid.New(now);
        var letters = tells
            ? mail.Turned(matter, new(id, kind, words, unit, secret), session.Organisation, now)
            : [];
        foreach (var letter in letters) session.Add(letter);
        session.Add(new MatterTurn
        {
            OrganisationId = matter.OrganisationId,
            Id = id,
            MatterId = matter.Id,
            Kind = kind,
            ActorId = actor,
            At = now,
            Words = words,
            Changes = changes,
            UnitId = unit,
            Told = letters.Count > 0,
        });
        return letters.Count > 0;
    }

    private async Task<SortingResult> RunAsync(
        OrganisationId organisation, string operation, Func<IIntakeSession, Task<Intake<Sorted>>> act,
        CancellationToken cancellationToken) =>
        await store.RunAsync<Sorted>(organisation, Key(organisation, operation), act, cancellationToken) switch
        {
            null => new SortingResult.Refused([new("", new("受理单位不存在。", "There is no such organisation."))]),
            Intake<Sorted>.Refused(var errors) => new SortingResult.Refused(errors),
            Intake<Sorted>.Done({ } done) => new SortingResult.Done(done.Matters, done.Told),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Only a hash is kept: the operation of a reply comes from a page that anybody can open.</summary>
    private static string Key(OrganisationId organisation, string operation) => "matters:" + Convert.ToHexStringLower(
        SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{organisation.Value:N}:{operation}")));

    private sealed record Sorted(int Matters, int Told);
}

/// <summary>What a mail to a proposer says of a turn.</summary>
/// <param name="Id">The turn; one turn, one mail.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Words">Reason, question or answer.</param>
/// <param name="UnitId">The hall or unit that it is about.</param>
/// <param name="Secret">Opens the page that answers a question; null where nothing is asked.</param>
public sealed record MatterNews(Guid Id, MatterTurnKind Kind, string Words, UnitId? UnitId, string? Secret);
