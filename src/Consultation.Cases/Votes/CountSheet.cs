using System.Globalization;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;

namespace Consultation.Cases.Votes;

/// <summary>The sheet on which tellers and recorders enter a count, as fields of a form (P49).</summary>
public static class CountSheet
{
    /// <summary>The numbers on the sheet, in its order.</summary>
    public static readonly IReadOnlyList<string> Numbers =
        ["participants", "present", "for", "against", "abstained", "invalid"];

    /// <summary>The count on a sheet of sums; what is left out counts as none.</summary>
    public static VoteCount Read(IReadOnlyDictionary<string, string> fields) => new(
        fields.Number("participants") ?? 0, Recusals(fields).Count, fields.Number("present") ?? 0,
        fields.Number("for") ?? 0, fields.Number("against") ?? 0, fields.Number("abstained") ?? 0,
        fields.Number("invalid") ?? 0);

    /// <summary>Who is recused, as a sheet of sums or a roll call says.</summary>
    public static IReadOnlyList<Recusal> Recusals(IReadOnlyDictionary<string, string> fields) =>
    [
        .. fields.RowsOf("recused").Select(row => new Recusal(row.Text("name"), row.Text("reason"))),
        .. fields.RowsOf("votes").Where(row => row.Text("choice") == "recused")
            .Select(row => new Recusal(row.Text("name"), row.Text("reason"))),
    ];

    /// <summary>The votes of a roll call.</summary>
    public static IReadOnlyList<NamedVote> RollCall(IReadOnlyDictionary<string, string> fields) =>
    [
        .. fields.RowsOf("votes").Select(row => new NamedVote(
            row.Text("name"), VoteWords.ChoiceOf(row.Text("choice")) ?? BallotChoice.Absent)),
    ];

    /// <summary>What votes by name come to.</summary>
    public static VoteCount Of(IReadOnlyCollection<NamedVote> votes)
    {
        int Number(BallotChoice choice) => votes.Count(vote => vote.Choice == choice);
        var (recused, absent) = (Number(BallotChoice.Recused), Number(BallotChoice.Absent));
        return new(
            votes.Count, recused, votes.Count - recused - absent, Number(BallotChoice.For),
            Number(BallotChoice.Against), Number(BallotChoice.Abstain));
    }

    /// <summary>
    /// Where two tellers' sheets differ, number by number: both have to say the same before the count stands.
    /// </summary>
    public static IReadOnlyList<FieldError> Compare(
        IReadOnlyDictionary<string, string> mine, IReadOnlyDictionary<string, string> theirs, string other)
    {
        List<FieldError> errors =
        [
            .. from number in Numbers
               let own = mine.Number(number) ?? 0
               let said = theirs.Number(number) ?? 0
               where own != said
               select new FieldError(number, new(
                   $"您填写的是 {own}，{other}填写的是 {said}。请共同核对；{other}填错的，由其撤回后重填。",
                   $"You entered {own}, {other} entered {said}. Count together; if {other} was wrong, they take their "
                       + "sheet back and fill it in again.")),
        ];
        var (recused, othersRecused) = (NamesOf(mine), NamesOf(theirs));
        if (!recused.Select(Arrival.NameOf).Order().SequenceEqual(othersRecused.Select(Arrival.NameOf).Order()))
        {
            errors.Add(new("recused", new(
                $"您写的回避人员：{Zh(recused)}；{other}写的：{Zh(othersRecused)}。请共同核对。",
                $"You named as recused: {En(recused)}; {other}: {En(othersRecused)}. Check together.")));
        }

        return errors;

        static List<string> NamesOf(IReadOnlyDictionary<string, string> sheet) =>
            [.. Recusals(sheet).Select(one => one.Name)];
        static string Zh(List<string> names) => names.Count == 0 ? "无" : string.Join('、', names);
        static string En(List<string> names) => names.Count == 0 ? "nobody" : string.Join(", ", names);
    }

    /// <summary>
    /// Where a sheet says something else than the roster and the list of those who signed in: nobody types how many
    /// have a vote, nobody votes who was not there, and whoever stands aside has a vote to leave unused and is not
    /// counted as present. Two people of one name are two.
    /// </summary>
    /// <param name="sheet">As entered.</param>
    /// <param name="recused">Who is recused, by name.</param>
    /// <param name="voters">Who has a vote, by name.</param>
    /// <param name="signedIn">Who of them signed in, by name.</param>
    public static IReadOnlyList<FieldError> CheckAgainst(
        VoteCount sheet, IReadOnlyCollection<string> recused, IReadOnlyCollection<string> voters,
        IReadOnlyCollection<string> signedIn)
    {
        var errors = new List<FieldError>();
        if (sheet.Participants != voters.Count)
        {
            errors.Add(new("participants", new(
                $"参会名单上有表决权的是 {voters.Count} 人，您填写的是 {sheet.Participants} 人；名单有误的，先在会议页更正。",
                $"The roster has {voters.Count} with a vote, you entered {sheet.Participants}; if the roster is wrong, "
                    + "mend it on the meeting's page first.")));
        }

        if (Beyond(recused, voters) is { Count: > 0 } strangers)
        {
            errors.Add(new("recused", new(
                $"{string.Join('、', strangers)}在参会名单上没有表决权，或者写了两次，不能列为回避，请核对姓名。",
                $"{string.Join(", ", strangers)}: without a vote on the roster, or named twice, so not to be recused; "
                    + "check the name.")));
            return errors;
        }

        var (aside, left) = (recused.Count, signedIn.Count - (recused.Count - Beyond(recused, signedIn).Count));
        if (sheet.Present > left)
        {
            var (zh, en) = aside == 0 ? ("", "") : ("（回避的除外）", ", those recused aside,");
            errors.Add(new("present", new(
                $"签到的有表决权的人员{zh}是 {left} 人，实到不能是 {sheet.Present} 人；漏签的，先请记录人补签。",
                $"{left} with a vote{en} signed in, so {sheet.Present} cannot be present; whoever was missed is "
                    + "signed in by the recorder first.")));
        }

        return errors;
    }

    /// <summary>
    /// Where a roll call says something else: somebody without a vote, or entered twice, somebody left out, somebody
    /// who voted without having signed in. Two people of one name are two rows.
    /// </summary>
    public static IReadOnlyList<FieldError> CheckAgainst(
        IReadOnlyCollection<NamedVote> votes, IReadOnlyCollection<string> voters, IReadOnlyCollection<string> signedIn)
    {
        var named = votes.Select(vote => vote.Name).ToList();
        var cast = votes.Where(vote => vote.Choice is not (BallotChoice.Absent or BallotChoice.Recused))
            .Select(vote => vote.Name).ToList();
        var (unknown, twice) = (Beyond(named.Distinct(), voters), Beyond(named, voters));
        var errors = new List<FieldError>();
        Add(unknown, "参会名单上没有表决权，请删去", "no vote on the roster; leave them out");
        Add(twice.Except(unknown), "登记的次数比参会名单上的人多，请删去多出的", "entered more often than on the roster");
        Add(Beyond(voters, named), "有表决权，没有登记；未到的选“缺席”", "have a vote and are missing; enter them, absent or not");
        Add(Beyond(cast, signedIn).Except(unknown).Except(twice),
            "没有签到，不能登记表决；漏签的，先请记录人补签", "did not sign in; the recorder signs them in first");
        return errors;

        void Add(IEnumerable<string> names, string zh, string en)
        {
            if (names.Distinct().ToList() is not { Count: > 0 } some) return;
            errors.Add(new("votes", new($"{string.Join('、', some)}{zh}。", $"{string.Join(", ", some)}: {en}.")));
        }
    }

    /// <summary>
    /// The names that are more often among the first than among the second, as often as they are more.
    /// </summary>
    private static List<string> Beyond(IEnumerable<string> names, IEnumerable<string> known)
    {
        var left = known.CountBy(Arrival.NameOf).ToDictionary();
        return [.. names.Where(name =>
        {
            var key = Arrival.NameOf(name);
            var there = left.GetValueOrDefault(key);
            left[key] = there - 1;
            return there <= 0;
        })];
    }

    /// <summary>What the record of a closed vote holds, by field, so that pages and documents can show it.</summary>
    public static Dictionary<string, string> Write(Vote vote)
    {
        var count = vote.Count;
        string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        var fields = new Dictionary<string, string>
        {
            ["question"] = vote.Question.Zh,
            ["round"] = Text(vote.Round),
            ["method"] = VoteWords.KeyOf(vote.Method, vote.Secret),
            ["rules"] = vote.Rules.Describe().Zh,
            ["participants"] = Text(count.Participants),
            ["eligible"] = Text(count.Eligible),
            ["present"] = Text(count.Present),
            ["for"] = Text(count.For),
            ["against"] = Text(count.Against),
            ["abstained"] = Text(count.Abstained),
            ["invalid"] = Text(count.Invalid),
            ["not-cast"] = Text(Math.Max(0, count.NotCast)),
            ["result"] = vote.Result switch
            {
                VoteResult.Passed => "passed",
                VoteResult.Failed => "failed",
                _ => "no-quorum",
            },
            ["explained"] = count.Explain(vote.Rules).Zh,
            ["tellers"] = string.Join('、', vote.Tellers),
        };
        if (vote.Recusals.Count > 0)
        {
            fields["recused"] = FormValues.Write([.. vote.Recusals.Select(one => new Dictionary<string, string>
            {
                ["name"] = one.Name,
                ["reason"] = one.Reason,
            })]);
        }

        return fields;
    }
}
