using System.Globalization;
using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;

namespace Consultation.Cases.Forms;

/// <summary>
/// What somebody writes into forms, field by field: for samples and rehearsals, in which nobody is asked.
/// </summary>
public sealed record FormHand
{
    /// <summary>Words for a field; they are cut to what the field takes.</summary>
    public required Func<FormField, string> Words { get; init; }

    /// <summary>A number; it is brought within the field's limits.</summary>
    public required Func<FormField, int> Number { get; init; }
    public required Func<FormField, DateOnly> Day { get; init; }
    public required Func<FormField, bool> Says { get; init; }

    /// <summary>The person for a field; null where there is none.</summary>
    public required Func<FormField, PersonId?> Person { get; init; }
    public required Func<FormField, IEnumerable<PersonId>> Persons { get; init; }

    /// <summary>The unit for a field; null where there is none.</summary>
    public required Func<FormField, UnitId?> Unit { get; init; }

    /// <summary>One of the organisation's fields (界别、领域); "" for none.</summary>
    public required string Field { get; init; }
}

/// <summary>
/// Fills forms in as somebody would who enters just what is asked: what is required, and the opinion. Fields are known
/// by their kind, so that a form that is changed is still filled in.
/// </summary>
public sealed class FormFiller(FormHand hand)
{
    /// <summary>Entries for the fields that are asked.</summary>
    public Dictionary<string, string> Fill(IEnumerable<FormField> fields) => fields
        .Where(field => !field.IsMade && (field.Required || field.IsOpinion || field.RequiredWhen is not null
            || field.Kind == FieldKind.Fields))
        .ToDictionary(field => field.Key, Value);

    /// <summary>The same, with what was drafted for the task in place of what would be written.</summary>
    public Dictionary<string, string> Drafted(WorkTask task)
    {
        var entries = Fill(task.Form?.Fields ?? []);
        foreach (var field in task.Form?.Fields ?? [])
        {
            if (task.Prefill.GetValueOrDefault(field.Key) is { Length: > 0 } text) entries[field.Key] = text;
        }

        return entries;
    }

    /// <summary>The entry for a field.</summary>
    public string Value(FormField field) => field.Kind switch
    {
        FieldKind.YesNo => hand.Says(field) ? FormValues.Yes : FormValues.No,
        FieldKind.Number => Math.Clamp(hand.Number(field), field.Min ?? 0, field.Max ?? int.MaxValue)
            .ToString(CultureInfo.InvariantCulture),
        FieldKind.Score => "4",
        FieldKind.Date => IsoDay.Iso(hand.Day(field)),
        FieldKind.Choice or FieldKind.Choices => field.Choices![0].Key,
        FieldKind.Person => Id(hand.Person(field)?.Value),
        FieldKind.Persons => FormValues.List(hand.Persons(field).Select(person => Id(person.Value))),
        FieldKind.Fields => hand.Field,
        FieldKind.Unit or FieldKind.Units => Id(hand.Unit(field)?.Value),
        FieldKind.Rows => FormValues.Write([Fill(field.Columns!.Where(column => column.Required))]),
        _ => Fit(hand.Words(field), field.Max),
    };

    private static string Id(Guid? id) => id?.ToString("N") ?? "";

    private static string Fit(string text, int? most) => most is { } length ? PlainText.Cut(text, length) : text;
}
