using System.Globalization;
using System.Text.RegularExpressions;

namespace Consultation.Cases.Meetings;

/// <summary>An item of the agenda with its planned time.</summary>
public sealed record AgendaItem(TimeOnly From, TimeOnly To, string Text)
{
    /// <summary>The item of the run sheet that it is, by its key; null for another.</summary>
    public string? Key { get; init; }
}

/// <summary>
/// The agenda with times. Times that the organiser wrote stay ("14:30—14:40 开场致辞"); otherwise the meeting's time is
/// divided among the items, discussion and vote getting the longer parts, in steps of five minutes. Pure.
/// </summary>
public static partial class AgendaTimes
{
    private const int Step = 5;

    private static readonly Dictionary<string, int> Weights = new()
    {
        ["opening"] = 1,
        ["presentation"] = 3,
        ["discussion"] = 8,
        ["comment"] = 3,
        ["summing-up"] = 2,
        ["vote"] = 4,
        ["closing"] = 2,
    };

    /// <summary>The items in order; those of the run sheet where the agenda names fewer than two.</summary>
    public static IReadOnlyList<AgendaItem> Of(Meeting meeting)
    {
        var texts = Parts().Split(meeting.Agenda).Select(part => Mark().Replace(part.Trim(), ""))
            .Where(part => part.Length > 0).ToList();
        if (texts.Count < 2) texts = [.. meeting.RunSheet.Select(item => item.Name.Zh)];
        var written = texts.Select(Written).ToList();
        if (written.TrueForAll(item => item is not null)) return [.. written.OfType<AgendaItem>()];
        return Divided(meeting, texts);
    }

    private static List<AgendaItem> Divided(Meeting meeting, List<string> texts)
    {
        var keys = texts.ConvertAll(KeyOf);
        var weights = keys.ConvertAll(key => key is null ? 3 : Weights.GetValueOrDefault(key, 3));
        var total = (int)(meeting.To - meeting.From).TotalMinutes;
        var (sum, begun, from) = (weights.Sum(), 0, meeting.From);
        var items = new List<AgendaItem>();
        for (var index = 0; index < texts.Count; index++)
        {
            begun += weights[index];
            var minutes = index == texts.Count - 1 ? total : total * begun / sum / Step * Step;
            var to = meeting.From.AddMinutes(minutes);
            items.Add(new(from, to, texts[index]) { Key = keys[index] });
            from = to;
        }

        return items;
    }

    private static AgendaItem? Written(string text) =>
        Times().Match(text) is { Success: true } found
            && Clock(found.Groups["from"].Value) is { } from && Clock(found.Groups["to"].Value) is { } to
            && found.Groups["text"].Value.Trim() is { Length: > 0 } what
            ? new(from, to, what) { Key = KeyOf(what) }
            : null;

    private static TimeOnly? Clock(string text) =>
        TimeOnly.TryParse(TypedText.Code(text), CultureInfo.InvariantCulture, out var time) ? time : null;

    /// <summary>The item of the run sheet that a text means: one whose first or last two characters it has.</summary>
    private static string? KeyOf(string text) => RunSheetItem.Usual.FirstOrDefault(item =>
        text.Contains(item.Name.Zh, StringComparison.Ordinal))?.Key
        ?? RunSheetItem.Usual.FirstOrDefault(item => text.Contains(item.Name.Zh[..2], StringComparison.Ordinal)
            || text.Contains(item.Name.Zh[2..], StringComparison.Ordinal))?.Key;

    /// <summary>Lines, or what stands between marks in one line; a mark within a line of many stays.</summary>
    [GeneratedRegex(@"[\r\n；;。、]+")]
    private static partial Regex Parts();

    /// <summary>1. or （一） or 一、 before an item.</summary>
    [GeneratedRegex(@"^(\d{1,2}[.．)）]|[（(][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十]{1,2}[、.])\s*")]
    private static partial Regex Mark();

    [GeneratedRegex(@"^(?<from>\d{1,2}[:：]\d{2})\s*[—–\-~～至]+\s*(?<to>\d{1,2}[:：]\d{2})[\s：:，,]*(?<text>.+)$")]
    private static partial Regex Times();
}
