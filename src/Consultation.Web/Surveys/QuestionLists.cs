using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Surveys;
using Consultation.Web.Layout;

namespace Consultation.Web.Surveys;

/// <summary>
/// Reads back a list of questions that was edited on a page, with what its buttons ask for: one more, up, down, away.
/// Without script each of them posts the form, which comes back changed and not yet saved.
/// </summary>
internal static class QuestionLists
{
    /// <summary>What a list of options is written like: one a line, English behind a bar.</summary>
    private const char Bar = '|';

    /// <summary>The shipped lists, each as the organisation has it, and the organisation's own.</summary>
    public static IReadOnlyList<Questionnaires.Shipped> All(IReadOnlyList<Questionnaire> own) =>
    [
        .. Questionnaires.All.Select(one => one.Name)
            .Concat(own.Where(one => one.Offered).Select(one => one.Name)).Distinct()
            .Select(name => Questionnaires.Find(name, own)!),
    ];

    /// <summary>Whether a list of the organisation's own may be called so: own-1, own-2 and so on.</summary>
    public static bool IsNewName(string name) => name.StartsWith("own-", StringComparison.Ordinal)
        && name.Length is > 4 and <= 8 && name.AsSpan(4).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>The questions as they were posted.</summary>
    public static List<SurveyQuestion> Read(PostedForm posted)
    {
        var count = Math.Min(posted.Number("count") ?? 0, SurveyRules.MostQuestions);
        return [.. Enumerable.Range(0, count).Select(at => Read(posted, at))];
    }

    /// <summary>The list after what a button asked for; false when it asks to save.</summary>
    public static bool Change(List<SurveyQuestion> questions, string asked)
    {
        if (asked == "add")
        {
            if (questions.Count < SurveyRules.MostQuestions) questions.Add(Blank(questions));
            return true;
        }

        if (asked.Split('-') is not [var act, var place]
            || !int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || at >= questions.Count)
        {
            return false;
        }

        var question = questions[at];
        switch (act)
        {
            case "up" or "down" when act == "up" ? at > 0 : at + 1 < questions.Count:
                questions.RemoveAt(at);
                questions.Insert(act == "up" ? at - 1 : at + 1, question);
                return true;
            case "drop":
                questions.RemoveAt(at);
                return true;
            default:
                return act is "up" or "down";
        }
    }

    /// <summary>Options as they are edited.</summary>
    public static string Lines(IReadOnlyList<FieldChoice> options) => string.Join('\n', options.Select(
        option => option.Label.En is { Length: > 0 } en ? $"{option.Label.Zh} {Bar} {en}" : option.Label.Zh));

    private static SurveyQuestion Read(PostedForm posted, int at)
    {
        var kind = Enum.TryParse<QuestionKind>(posted[$"kind{at}"], out var known) && Enum.IsDefined(known)
            ? known : QuestionKind.One;
        var hasOptions = kind is QuestionKind.One or QuestionKind.Several;
        return new()
        {
            Key = TypedText.Code(posted[$"key{at}"]),
            Text = TextOf(posted[$"text{at}"], posted[$"en{at}"]),
            Kind = kind,
            // A key stays with its option as long as the words stay: what the product counts by is not lost.
            Options = hasOptions ? Options(posted[$"options{at}"], posted[$"keys{at}"]) : [],
            Min = kind is QuestionKind.Text or QuestionKind.One ? null : Number(posted[$"min{at}"])
                ?? (kind == QuestionKind.Scale ? 1 : null),
            Max = kind is QuestionKind.Text or QuestionKind.One ? null : Number(posted[$"max{at}"])
                ?? (kind == QuestionKind.Scale ? 5 : null),
            Required = posted.Ticked($"must{at}"),
        };
    }

    /// <summary>A text in Chinese, with English where there is some.</summary>
    public static LocalText TextOf(string zh, string en) =>
        new(TypedText.Prose(zh), TypedText.Prose(en) is { Length: > 0 } other ? other : null);

    private static List<FieldChoice> Options(string lines, string known)
    {
        var keys = known.Split('\n').Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[1]).ToDictionary(pair => pair[1], pair => pair[0]);
        var used = keys.Values.ToHashSet(StringComparer.Ordinal);
        var options = new List<FieldChoice>();
        foreach (var line in lines.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)
            .Take(SurveyRules.MostOptions + 1))
        {
            var parts = line.Split(Bar, 2);
            var label = TextOf(parts[0], parts.Length > 1 ? parts[1] : "");
            if (keys.Remove(label.Zh, out var key))
            {
                options.Add(new(key, label));
                continue;
            }

            var next = 1;
            while (!used.Add($"o{next}")) next++;
            options.Add(new($"o{next}", label));
        }

        return options;
    }

    private static SurveyQuestion Blank(List<SurveyQuestion> questions)
    {
        var next = 1;
        while (questions.Exists(one => one.Key == $"q{next}")) next++;
        return new SurveyQuestion { Key = $"q{next}", Text = LocalText.Empty, Kind = QuestionKind.One };
    }

    private static int? Number(string text) => int.TryParse(
        TypedText.Code(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number : null;
}
