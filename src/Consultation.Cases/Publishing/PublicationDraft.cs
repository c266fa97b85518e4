using System.Globalization;
using Consultation.Cases.Forms;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.Publishing;

/// <summary>
/// What the form of a publication begins with: the words of the case without what tells of persons, and beside each
/// field the original, so that whoever publishes sees what he changes.
/// </summary>
public static class PublicationDraft
{
    /// <summary>Begins the key under which a field's original is kept beside what the form shows first.</summary>
    public const string Original = "original:";

    /// <summary>Values of the form by field key, originals included.</summary>
    public static Dictionary<string, string> Of(CaseFile file, PublicationKind kind, DateTimeOffset now)
    {
        var names = PublicationRules.NamesOf(file);
        var known = PublicationRules.Find(file, kind);
        var values = new Dictionary<string, string>();
        foreach (var (key, original, level) in Originals(file, kind))
        {
            if (original.Trim().Length > 0) values[Original + key] = original.Trim();
            var written = key == "title" ? known?.Title : known?.TextOf(key, FieldLevel.Organisers);
            values[key] = written is { Length: > 0 } ? written : PersonalWords.Mask(original.Trim(), names);
            if (key == "title") continue;
            values[key + PublicationRules.LevelSuffix] =
                NameOf(known?.Texts.Find(one => one.Key == key)?.Level ?? level);
        }

        if (kind == PublicationKind.Topic)
        {
            values["consult"] = known?.Question is null ? FormValues.No : FormValues.Yes;
            values["question"] = known?.Question ?? $"您对{ChineseQuote.Of(values["title"])}有什么意见和建议？";
            values["consult-until"] = Day(known?.ConsultUntil ?? file.Calendar.DayOf(
                file.Calendar.DueAfter(now, file.Policies.Rules.Duration(Rules.RuleKeys.ConsultationTime))));
        }

        if (kind == PublicationKind.Meeting)
        {
            values["sign-up"] = known?.Places > 0 ? FormValues.Yes : FormValues.No;
            values["places"] = $"{(known?.Places is > 0 and var places ? places : UsualPlaces)}";
            if ((known?.SignUpUntil ?? file.Meeting?.On.AddDays(-1)) is { } until) values["sign-up-until"] = Day(until);
        }

        if (kind == PublicationKind.Result && file.Items.Count > 0)
        {
            values["promises"] = FormValues.Write(file.Items.OrderBy(item => item.Number).Select(item =>
                new Dictionary<string, string>
                {
                    ["number"] = $"{item.Number}",
                    ["text"] = known?.Promises.Find(one => one.Item == item.Id.Value)?.Text
                        ?? PersonalWords.Mask(item.Advice, names),
                }));
        }

        return values;
    }

    private const int UsualPlaces = 10;

    /// <summary>Each field with the words of the case that it comes from, and who reads it unless somebody says
    /// otherwise.</summary>
    private static IEnumerable<(string Key, string Original, FieldLevel Level)> Originals(
        CaseFile file, PublicationKind kind)
    {
        var topic = file.Topic;
        return kind switch
        {
            PublicationKind.Topic =>
            [
                ("title", topic?.Title ?? file.Case.Title, FieldLevel.Public),
                ("summary", topic?.Problem is { Length: > 0 } problem ? problem : MattersOf(file), FieldLevel.Public),
                ("background", topic?.Background ?? "", FieldLevel.Public),
                ("current", topic?.CurrentState ?? "", FieldLevel.Participants),
            ],
            PublicationKind.Meeting =>
            [
                ("title", file.Meeting?.Title ?? file.Case.Title, FieldLevel.Public),
                ("place", file.Meeting?.Place ?? "", FieldLevel.Public),
                ("agenda", file.Meeting?.Agenda ?? "", FieldLevel.Public),
                ("remark", file.Meeting?.Remark ?? "", FieldLevel.Participants),
            ],
            _ =>
            [
                ("title", topic?.Title ?? file.Case.Title, FieldLevel.Public),
                ("asked", topic?.Problem is { Length: > 0 } problem ? problem : MattersOf(file), FieldLevel.Public),
                ("advised", AdviceOf(file), FieldLevel.Public),
                ("done", DoneOf(file), FieldLevel.Public),
            ],
        };
    }

    private static string MattersOf(CaseFile file) =>
        string.Join("\n\n", file.Matters.Where(matter => matter.Text.Length > 0).Select(matter => matter.Text).Take(5));

    /// <summary>The opinion of the consultation, else the advice of its tracked items.</summary>
    private static string AdviceOf(CaseFile file) =>
        file.Records.Find(record => record.Kind == FormKeys.PreliminaryOpinion) is { } opinion
            ? string.Join("\n", FormCatalogue.Of(opinion)!.Fields.Where(field => field.Kind == FieldKind.Text)
                .Select(field => opinion.Fields.Text(field.Key)).Where(text => text.Length > 0))
            : string.Join("\n", file.Items.Select(item => item.Advice));

    private static string DoneOf(CaseFile file) => string.Join("\n", file.Items.OrderBy(item => item.Number)
        .Where(item => item.State == TrackedItemState.Done)
        .Select(item => item.ClosingNote is { Length: > 0 } note ? note : item.Progress)
        .Where(text => text.Length > 0));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string NameOf(FieldLevel level) => level switch
    {
        FieldLevel.Public => "public",
        FieldLevel.Participants => "participants",
        _ => "organisers",
    };
}
