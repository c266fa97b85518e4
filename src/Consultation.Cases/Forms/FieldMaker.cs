namespace Consultation.Cases.Forms;

/// <summary>
/// Short ways to write down the fields of the catalogue: key, Chinese and English label, rows cited, then what differs.
/// </summary>
internal static class FieldMaker
{
    internal static Form Form(
        string key, string zh, string en, string introZh, string introEn, params FormField[] fields) =>
        new(key, new(zh, en), fields, new(introZh, introEn));

    internal static FormField Line(string key, string zh, string en, string rows = "", int? max = null) =>
        new(key, new(zh, en), FieldKind.Line, Max: max, RowsCited: rows);

    internal static FormField Text(
        string key, string zh, string en, string rows = "", int? min = null, int max = 4000) =>
        new(key, new(zh, en), FieldKind.Text, Min: min, Max: max, RowsCited: rows);

    internal static FormField Number(string key, string zh, string en, int min, int max, string rows = "") =>
        new(key, new(zh, en), FieldKind.Number, Min: min, Max: max, RowsCited: rows);

    internal static FormField Score(string key, string zh, string en, string rows) =>
        new(key, new(zh, en), FieldKind.Score, true, new("1 分最低，5 分最高。", "1 is the lowest, 5 the highest."), Min: 1,
            Max: 5, RowsCited: rows);

    internal static FormField Date(string key, string zh, string en, string rows = "") =>
        new(key, new(zh, en), FieldKind.Date, RowsCited: rows);

    internal static FormField Time(string key, string zh, string en, string rows = "") =>
        new(key, new(zh, en), FieldKind.Time, RowsCited: rows);

    internal static FormField YesNo(string key, string zh, string en, string rows = "") =>
        new(key, new(zh, en), FieldKind.YesNo, RowsCited: rows);

    internal static FormField Person(string key, string zh, string en, string rows = "") =>
        new(key, new(zh, en), FieldKind.Person, RowsCited: rows);

    internal static FormField Persons(string key, string zh, string en, string rows = "") =>
        new(key, new(zh, en), FieldKind.Persons, RowsCited: rows);

    internal static FormField Unit(string key, string zh, string en, string rows = "") =>
        new(key, new(zh, en), FieldKind.Unit, RowsCited: rows);

    internal static FormField Units(string key, string zh, string en, string rows = "") =>
        new(key, new(zh, en), FieldKind.Units, RowsCited: rows);

    internal static FormField Fields(string key, string zh, string en, string rows = "") =>
        new(key, new(zh, en), FieldKind.Fields, RowsCited: rows);

    internal static FormField PlanPart(string key, string zh, string en, string rows = "") =>
        new(key, new(zh, en), FieldKind.PlanPart, RowsCited: rows);

    internal static FormField Meeting(string key, string zh, string en, string rows = "") =>
        new(key, new(zh, en), FieldKind.Meeting, RowsCited: rows);

    internal static FormField Choice(string key, string zh, string en, string rows, params FieldChoice[] choices) =>
        new(key, new(zh, en), FieldKind.Choice, Choices: choices, RowsCited: rows);

    internal static FormField Choices(string key, string zh, string en, string rows, params FieldChoice[] choices) =>
        new(key, new(zh, en), FieldKind.Choices, Choices: choices, RowsCited: rows);

    internal static FormField Files(string key, string zh, string en, string rows = "") =>
        new(key, new(zh, en), FieldKind.Files, RowsCited: rows);

    internal static FormField Rows(string key, string zh, string en, string rows, params FormField[] columns) =>
        new(key, new(zh, en), FieldKind.Rows, Columns: columns, RowsCited: rows);

    internal static FieldChoice Option(string key, string zh, string en) => new(key, new(zh, en));

    /// <summary>Must be filled.</summary>
    internal static FormField Must(this FormField field) => field with { Required = true };

    /// <summary>Must be filled under a condition.</summary>
    internal static FormField MustWhen(this FormField field, FieldCondition condition) =>
        field with { RequiredWhen = condition };

    /// <summary>Asked only under a condition, which the two sentences say in words.</summary>
    internal static FormField AskedWhen(this FormField field, FieldCondition condition, string zh, string en) =>
        field with { AskedWhen = condition, AskedWhenSaid = new(zh, en) };

    /// <summary>Cannot be filled under a condition; the two sentences say how to mend it.</summary>
    internal static FormField Bars(this FormField field, FieldCondition condition, string zh, string en) =>
        field with { BarredWhen = condition, BarredWhenSaid = new(zh, en) };

    /// <summary>Begins a part of the form with a heading.</summary>
    internal static FormField Begins(this FormField field, string zh, string en) =>
        field with { Section = new(zh, en) };

    /// <summary>
    /// Should not be of the unit in that column of the row; the two sentences say what to do about it.
    /// </summary>
    internal static FormField OtherThan(this FormField field, string unitColumn, string zh, string en) =>
        field with { OtherThan = unitColumn, OtherThanSaid = new(zh, en) };

    /// <summary>At least so many choices or rows.</summary>
    internal static FormField AtLeast(this FormField field, int count) => field with { Min = count };

    /// <summary>A day that has come.</summary>
    internal static FormField Past(this FormField field) => field with { NotFuture = true };

    /// <summary>Filled in by the product.</summary>
    internal static FormField Made(this FormField field) => field with { IsMade = true };

    /// <summary>The opinion, which is the reason of the answer too.</summary>
    internal static FormField IsReason(this FormField field) => field with { IsOpinion = true };

    /// <summary>A number, a telephone or an address: letters, digits and signs are kept plain.</summary>
    internal static FormField Code(this FormField field) => field with { IsCode = true };

    /// <summary>A unit that has a hall.</summary>
    internal static FormField Hall(this FormField field) => field with { IsHall = true };

    /// <summary>A sentence of help.</summary>
    internal static FormField Help(this FormField field, string zh, string en) => field with { Help = new(zh, en) };
}
