using System.Globalization;
using System.Text;
using Consultation.Cases.Forms;
using Consultation.Cases.Votes;

namespace Consultation.Cases.Meetings;

/// <summary>
/// What is drafted from a meeting, so that nobody types what is known: its record and its minutes. Pure.
/// </summary>
public static class MeetingDraft
{
    /// <summary>Fields of the minutes that are compared from draft to draft.</summary>
    private static readonly string[] Compared = ["text", "actions", "sent-to"];

    /// <summary>The fields of the record, from speeches, questions and what was collected.</summary>
    public static Dictionary<string, string> Record(Meeting meeting, CaseFile file)
    {
        var fields = new Dictionary<string, string>();
        Put("discussion", string.Join('\n', meeting.Turns.Where(turn => turn.Passed || turn.EndedAt is not null)
            .Select(turn => (Turn: turn, Seat: meeting.Seats.Find(seat => seat.Id == turn.SeatId)))
            .Where(one => one.Seat is not null)
            .Select(one => Speech(one.Turn, one.Seat!.NameOfWhoCame(file.Directory)))));
        Put("questions", Rows(meeting.Questions.Select(question => new Dictionary<string, string>
        {
            ["question"] = question.Text,
            ["asked-by"] = question.AskedBy,
            ["answer"] = question.Answer ?? "",
            ["answered-by"] = question.AnsweredBy ?? file.Directory.Find(question.OwnerId)?.Name ?? "",
            ["answer-due"] = question.DueOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        })));
        Put("advice", Rows(Of(OptionKind.Advice).Select(option => new Dictionary<string, string>
        {
            ["text"] = option.Text,
            ["by"] = option.By,
        })));
        Put("consensus", Rows(Of(OptionKind.Consensus).Select(option => new Dictionary<string, string>
        {
            ["text"] = option.Text,
        })));
        Put("expert", Lines(OptionKind.Expert));
        Put("dissent", Lines(OptionKind.Dissent));
        return fields;

        IEnumerable<MeetingOption> Of(OptionKind kind) => meeting.Options.Where(option => option.Kind == kind);
        string Lines(OptionKind kind) => string.Join('\n', Of(kind).Select(option => $"{option.By}：{option.Text}"));
        void Put(string key, string value)
        {
            if (value.Length > 0) fields[key] = value;
        }
    }

    /// <summary>
    /// The first draft of the minutes (P55): when, where, who was there, what was discussed and resolved; from the
    /// meeting, its record and the resolution.
    /// </summary>
    public static Dictionary<string, string> Minutes(Meeting meeting, CaseFile file)
    {
        var record = file.Records.Find(one => one.Kind == FormKeys.MeetingRecord)?.Fields ?? [];
        var resolution = file.Records.Find(one => one.Kind == FormKeys.Resolution)?.Fields ?? [];
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture,
                $"时间：{meeting.On:yyyy年M月d日} {meeting.From:HH\\:mm}—{meeting.To:HH\\:mm}")
            .AppendLine(CultureInfo.InvariantCulture, $"地点：{meeting.Place}")
            .AppendLine(CultureInfo.InvariantCulture, $"主持：{file.Directory.Find(meeting.HostId)?.Name}")
            .AppendLine(CultureInfo.InvariantCulture, $"出席：{Came(meeting.Present.Where(seat => seat.HasVote))}")
            .AppendLine(CultureInfo.InvariantCulture, $"列席：{Came(meeting.Present.Where(seat => !seat.HasVote))}")
            .AppendLine(CultureInfo.InvariantCulture,
                $"缺席：{Names(meeting.Current.Where(seat => seat.SignedInAt is null))}")
            .AppendLine(CultureInfo.InvariantCulture, $"议题：{string.Join('、', meeting.Topics.Select(one => one.Title))}")
            .AppendLine(record.Text("discussion"));
        foreach (var vote in file.Votes.Where(vote => vote.ClosedAt >= meeting.HeldAt))
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"表决：{vote.Question.Zh.TrimEnd('。', '；', ' ')}。{vote.Count.Explain(vote.Rules).Zh}");
        }

        // What the record put to a vote that failed was not agreed; what was resolved in its place is the resolution.
        var failed = file.Votes.Exists(vote => vote.ClosedAt >= meeting.HeldAt && vote.Result == VoteResult.Failed);
        var actions = new[] { resolution.Text("text"), failed ? "" : record.Text("resolutions") }
            .Concat(record.RowsOf("consensus").Select(row => row.Text("text")))
            .Where(line => line.Length > 0).Distinct();
        var open = meeting.Questions.Where(question => question is { Answer: null or "", DueOn: not null })
            .Select(question => $"“{question.Text}”由{file.Directory.Find(question.OwnerId)?.Name}在"
                + $"{question.DueOn:yyyy-MM-dd}前答复");
        return new()
        {
            ["text"] = text.ToString().TrimEnd(),
            ["actions"] = string.Join('\n', actions.Concat(open)),
            ["sent-to"] = Names(meeting.Current),
        };

        string Names(IEnumerable<MeetingSeat> seats) => List(seats.Select(seat => seat.NameIn(file.Directory)));
        string Came(IEnumerable<MeetingSeat> seats) => List(seats.Select(seat => meeting.Came(seat, file)));
        string List(IEnumerable<string> names) => string.Join('、', names) is { Length: > 0 } list ? list : "无";
    }

    /// <summary>The minutes of a meeting that had no quorum: who was there, and that nothing was resolved.</summary>
    public static Dictionary<string, string> MinutesWithoutQuorum(Meeting meeting, CaseFile file)
    {
        var fields = Minutes(meeting, file);
        fields["actions"] = "本次会议未达到法定人数，未作出决议；另行确定日期再次召开，通知另发。";
        return fields;
    }

    /// <summary>
    /// The lines that one draft has and the other has not, in the order of the text: "－" for what went, "＋" for what
    /// came. Empty when nothing differs.
    /// </summary>
    public static string Difference(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        var (old, fresh) = (LinesOf(before), LinesOf(now));
        var longest = new int[old.Count + 1, fresh.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = fresh.Count - 1; j >= 0; j--)
            {
                longest[i, j] = old[i] == fresh[j]
                    ? longest[i + 1, j + 1] + 1
                    : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        var lines = new List<string>();
        var (x, y) = (0, 0);
        while (x < old.Count || y < fresh.Count)
        {
            var goes = y == fresh.Count || (x < old.Count && longest[x + 1, y] >= longest[x, y + 1]);
            if (x < old.Count && y < fresh.Count && old[x] == fresh[y]) (x, y) = (x + 1, y + 1);
            else if (goes) lines.Add($"－ {old[x++]}");
            else lines.Add($"＋ {fresh[y++]}");
        }

        return string.Join('\n', lines);
    }

    private static List<string> LinesOf(IReadOnlyDictionary<string, string> fields) =>
        [.. Compared.SelectMany(key => fields.Text(key).Split('\n'))
            .Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static string Speech(SpeechTurn turn, string name) => turn.Passed
        ? $"{name}：放弃发言"
        : $"{name}（{turn.Minutes}分钟）：{turn.Points}";

    private static string Rows(IEnumerable<Dictionary<string, string>> rows) =>
        rows.ToList() is { Count: > 0 } some ? FormValues.Write(some) : "";
}
