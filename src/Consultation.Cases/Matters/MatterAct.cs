using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.Matters;

/// <summary>What somebody does with matters, one or many of them in the same words.</summary>
public abstract record MatterAct
{
    private MatterAct() { }

    /// <summary>不予受理 with the reason, which the proposers read.</summary>
    public sealed record Decline(string Reason) : MatterAct;

    /// <summary>直接答复: what can be answered at once.</summary>
    public sealed record Answer(string Said) : MatterAct;

    /// <summary>转交 to another hall, which takes the matter over or gives it back.</summary>
    public sealed record PassOn(UnitId To, string Reason) : MatterAct;

    /// <summary>接收 what was passed on.</summary>
    public sealed record TakeOver : MatterAct;

    /// <summary>退回 what was passed on, with the reason.</summary>
    public sealed record SendBack(string Reason) : MatterAct;

    /// <summary>请提出人补充: a question to the proposers.</summary>
    public sealed record Ask(string Question) : MatterAct;

    /// <summary>The answer to that question, which came by telephone or at the counter.</summary>
    public sealed record Reply(string Said) : MatterAct;

    /// <summary>撤销并入.</summary>
    public sealed record Unmerge(string Reason) : MatterAct;

    /// <summary>重新受理 what was declined or answered.</summary>
    public sealed record Reopen(string Reason) : MatterAct;

    /// <summary>按三项标准评分 (P21).</summary>
    public sealed record Score(MatterScores Scores) : MatterAct;

    /// <summary>定办理时限 (O21).</summary>
    public sealed record Time(HotlineClass Class) : MatterAct;

    /// <summary>The turn of the history that it is.</summary>
    public MatterTurnKind Kind => this switch
    {
        Decline => MatterTurnKind.Declined,
        Answer => MatterTurnKind.Answered,
        PassOn => MatterTurnKind.PassedOn,
        TakeOver => MatterTurnKind.TakenOver,
        SendBack => MatterTurnKind.SentBack,
        Ask => MatterTurnKind.Asked,
        Reply => MatterTurnKind.Replied,
        Unmerge => MatterTurnKind.Unmerged,
        Reopen => MatterTurnKind.Reopened,
        Score => MatterTurnKind.Scored,
        Time => MatterTurnKind.Timed,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What was typed with it.</summary>
    internal string Words => this switch
    {
        Decline one => TypedText.Prose(one.Reason),
        Answer one => TypedText.Prose(one.Said),
        PassOn one => TypedText.Prose(one.Reason),
        SendBack one => TypedText.Prose(one.Reason),
        Ask one => TypedText.Prose(one.Question),
        Reply one => TypedText.Prose(one.Said),
        Unmerge one => TypedText.Prose(one.Reason),
        Reopen one => TypedText.Prose(one.Reason),
        Score one => TypedText.Prose(one.Scores.Reason),
        _ => "",
    };
}

/// <summary>Which act fits which matter, and who is told of it. Pure.</summary>
public static class MatterActRules
{
    /// <summary>Most matters of one act, and most characters of a reason, a question or an answer.</summary>
    public const int Most = 200, LongestWords = 2000;

    /// <summary>Name of the form field of what is typed.</summary>
    public const string WordsField = "words";

    /// <summary>
    /// Whether the proposer is told of it (received, merged, declined, passed on and what came of it, reopened, asked,
    /// answered): the inner sorting of the house is nobody's mail.
    /// </summary>
    public static bool Tells(MatterTurnKind kind) => kind is MatterTurnKind.Declined or MatterTurnKind.PassedOn
        or MatterTurnKind.TakenOver or MatterTurnKind.SentBack or MatterTurnKind.Asked or MatterTurnKind.Answered
        or MatterTurnKind.Unmerged or MatterTurnKind.Reopened or MatterTurnKind.Routed;

    /// <summary>
    /// Whether the proposer reads the words too: why one hall passes a matter on or gives it back is their affair.
    /// </summary>
    public static bool TellsWords(MatterTurnKind kind) =>
        Tells(kind) && kind is not (MatterTurnKind.PassedOn or MatterTurnKind.TakenOver or MatterTurnKind.SentBack);

    /// <summary>Whether the act needs something in words.</summary>
    public static bool NeedsWords(MatterTurnKind kind) =>
        kind is not (MatterTurnKind.TakenOver or MatterTurnKind.Timed or MatterTurnKind.Scored);

    /// <summary>Whether a matter is in a state in which the act fits it.</summary>
    public static bool Fits(MatterTurnKind kind, Matter matter) => (kind, matter) switch
    {
        (MatterTurnKind.TakenOver or MatterTurnKind.SentBack, _) =>
            matter is { State: MatterState.Pooled, PassedToId: not null },
        (MatterTurnKind.PassedOn or MatterTurnKind.Declined or MatterTurnKind.Answered or MatterTurnKind.Routed, _) =>
            matter is { State: MatterState.Pooled, PassedToId: null },
        (MatterTurnKind.Asked or MatterTurnKind.Scored, _) => matter.State == MatterState.Pooled,
        (MatterTurnKind.Replied, _) => matter is { State: MatterState.Pooled, Question: not null, RepliedAt: null },
        (MatterTurnKind.Unmerged, _) => matter.State == MatterState.Merged,
        (MatterTurnKind.Reopened, _) =>
            matter is { State: MatterState.Excluded or MatterState.Closed, CaseId: null },
        (MatterTurnKind.Timed, _) => matter is { OrderNumber: not null, State: not MatterState.Closed },
        (MatterTurnKind.Edited, _) => matter.State is MatterState.Pooled or MatterState.InCase,
        _ => false,
    };

    /// <summary>
    /// What was passed on is taken over or given back by those of the hall it was passed to, or by a secretary; the
    /// hall that passed it on cannot do it for them. Other acts ask for no more than that the matter is seen.
    /// </summary>
    public static bool MayReceive(
        MatterTurnKind kind, Matter matter, PersonId actor, OrganisationDirectory directory) =>
        kind is not (MatterTurnKind.TakenOver or MatterTurnKind.SentBack)
        || directory.Grants.Any(grant => grant.PersonId == actor
            && (grant.Role is Role.Secretary or Role.Administrator
                || (grant.Role is Role.PlatformOfficer or Role.PlatformHead
                    && grant.UnitId == directory.Kept(matter.PassedToId))));

    /// <summary>What is wrong with an act on these matters; nothing when it can be done to all of them.</summary>
    public static IReadOnlyList<FieldError> Check(
        MatterAct act, IReadOnlyList<Matter> matters, OrganisationDirectory directory)
    {
        List<FieldError?> errors =
        [
            .. CheckChoice(act.Kind, matters),
            NeedsWords(act.Kind)
                ? ContactRules.Length(WordsField, WordsName(act.Kind), act.Words, LeastOf(act.Kind), LongestWords)
                : ContactRules.Length(WordsField, WordsName(act.Kind), act.Words, 0, LongestWords),
        ];
        if (act is MatterAct.PassOn { To: var to })
        {
            errors.Add(directory.Find(to) is not { Active: true, IsPlatform: true }
                ? new("to", new("请选择转交给哪个协商议事平台。", "Choose the platform to pass it to."))
                : matters.Any(matter => matter.PlatformId == to)
                    ? new("to", new("有的事项已经在这个平台，请选择别的平台。", "Some are with this platform already; choose another."))
                    : null);
        }

        if (act is MatterAct.Score { Scores: var scores }
            && new[] { scores.Representative, scores.Widespread, scores.Urgent }
                .Any(one => one is < MatterScores.Least or > MatterScores.Most))
        {
            errors.Add(new("representative", new(
                $"三项都要评分，每项 {MatterScores.Least} 到 {MatterScores.Most} 分。",
                $"Score all three, {MatterScores.Least} to {MatterScores.Most} each.")));
        }

        return [.. errors.OfType<FieldError>()];
    }

    /// <summary>What is wrong with the choice of matters, whatever is typed.</summary>
    public static IReadOnlyList<FieldError> CheckChoice(MatterTurnKind kind, IReadOnlyList<Matter> matters)
    {
        if (matters.Count == 0)
        {
            return [new("", new("没有选择事项，请回到列表勾选。", "No matter is chosen; tick some in the list."))];
        }

        if (matters.Count > Most)
        {
            return [new("", new($"一次最多 {Most} 件，请分次办理。", $"At most {Most} at once; do it in parts."))];
        }

        var unfit = matters.Where(matter => !Fits(kind, matter)).Select(matter => matter.Number).ToList();
        return unfit.Count == 0 ? [] : [new("", new(
            $"{string.Join('、', unfit.Take(5))}{(unfit.Count > 5 ? $"等 {unfit.Count} 件" : "")}现在不能这样办理："
                + "可能已启动协商、已并入、已办结或已转交，请去掉后再试。",
            $"{string.Join(", ", unfit.Take(5))}{(unfit.Count > 5 ? $" and others, {unfit.Count} in all," : "")} "
                + "cannot be dealt with like this now: in a case, merged, closed or passed on; leave them out."))];
    }

    /// <summary>What the words of an act are called on its form.</summary>
    public static LocalText WordsName(MatterTurnKind kind) => kind switch
    {
        MatterTurnKind.Answered => new("答复内容", "Answer"),
        MatterTurnKind.Asked => new("需要补充什么", "Question"),
        MatterTurnKind.Replied => new("提出人的补充", "What the proposer says"),
        MatterTurnKind.Scored => new("评分理由", "Reason for the scores"),
        _ => new("理由", "Reason"),
    };

    /// <summary>A reason that the proposer reads says more than a word.</summary>
    private static int LeastOf(MatterTurnKind kind) => kind is MatterTurnKind.Declined or MatterTurnKind.Answered
        or MatterTurnKind.Asked ? 5 : 2;
}
