using System.Globalization;
using Consultation.Cases.Calendar;
using Consultation.Cases.People;

namespace Consultation.Cases.Forms;

/// <summary>Checks entries against the fields of a form.</summary>
internal static class FormCheck
{
    /// <summary>Most characters of a one-line and of a long text, where the field sets no limit of its own.</summary>
    internal const int LongestLine = 200, LongestText = 10_000;

    /// <summary>What entries are checked against.</summary>
    internal sealed record Circumstances(OrganisationDirectory Directory, DateOnly Today, bool Complete);

    internal static List<FieldError> Run(
        IReadOnlyList<FormField> definition, IReadOnlyDictionary<string, string> fields, Circumstances now,
        string prefix)
    {
        var errors = new List<FieldError>();
        foreach (var field in definition)
        {
            var value = FormValues.Kept(field, fields.GetValueOrDefault(field.Key));
            if (value.Length > 0)
            {
                errors.AddRange(Filled(field, value, now, prefix + field.Key));
                if (field.BarredWhen?.Holds(fields) == true) errors.Add(new(prefix + field.Key, field.BarredWhenSaid!));
            }
            else if (now.Complete && field.AskedWhen?.Holds(fields) != false
                && (field.Required || field.RequiredWhen?.Holds(fields) == true))
            {
                errors.Add(new(prefix + field.Key, Missing(field)));
            }
        }

        return errors;
    }

    private static LocalText Missing(FormField field) => field.Kind switch
    {
        FieldKind.Choice or FieldKind.Choices or FieldKind.YesNo or FieldKind.Score or FieldKind.Person
            or FieldKind.Persons or FieldKind.Unit or FieldKind.Units or FieldKind.Fields
            or FieldKind.PlanPart or FieldKind.Meeting =>
            new($"请选择“{field.Label.Zh}”。", $"Choose “{field.Label.For("en")}”."),
        FieldKind.Rows => new($"“{field.Label.Zh}”至少填写一行。", $"“{field.Label.For("en")}” needs at least one row."),
        _ => new($"请填写“{field.Label.Zh}”。", $"Fill in “{field.Label.For("en")}”."),
    };

    private static IEnumerable<FieldError> Filled(FormField field, string value, Circumstances now, string key) =>
        field.Kind switch
        {
            FieldKind.Line => Length(field, value, key, LongestLine),
            FieldKind.Text => Length(field, value, key, LongestText),
            FieldKind.Number => Number(field, value, key, field.Min ?? int.MinValue, field.Max ?? int.MaxValue),
            FieldKind.Score => Number(field, value, key, field.Min ?? 1, field.Max ?? 5),
            FieldKind.Date when FormValues.Day(value) is { } day => One(field.NotFuture && day > now.Today, key,
                $"“{field.Label.Zh}”不能晚于今天（{now.Today:yyyy-MM-dd}），请核对日期。",
                $"“{field.Label.For("en")}” cannot be later than today ({now.Today:yyyy-MM-dd}); please check the "
                    + "day."),
            FieldKind.Date => One(true, key,
                $"“{field.Label.Zh}”不是有效的日期，请按 2026-03-01 的样子填写。",
                $"“{field.Label.For("en")}” is not a date; write it as 2026-03-01."),
            FieldKind.Time => One(MeetingTime.Normal(value) is null, key,
                $"“{field.Label.Zh}”填写的“{value}”不是有效的时间，请写 14:30。",
                $"“{value}” in “{field.Label.For("en")}” is no time; write 14:30."),
            FieldKind.YesNo => One(!FormValues.IsYesOrNo(value), key,
                $"“{field.Label.Zh}”请选择是或否。", $"Answer “{field.Label.For("en")}” with yes or no."),
            FieldKind.Choice => One(!IsChoice(field, value), key,
                $"“{field.Label.Zh}”的选项无效，请重新选择。",
                $"The choice for “{field.Label.For("en")}” is not offered; choose again."),
            FieldKind.Choices => ChoicesOf(field, value, key),
            FieldKind.Person => One(!IsPerson(value, now.Directory), key,
                $"“{field.Label.Zh}”所选人员不存在或已离任，请重新选择。",
                $"The person chosen for “{field.Label.For("en")}” does not exist or has left; choose again."),
            FieldKind.Persons => One(!FormValues.List(value).All(one => IsPerson(one, now.Directory)), key,
                $"“{field.Label.Zh}”中有人不存在或已离任，请重新选择。",
                $"Somebody chosen for “{field.Label.For("en")}” does not exist or has left; choose again."),
            FieldKind.Unit when field.IsHall => One(!IsHall(value, now.Directory), key,
                $"“{field.Label.Zh}”请从设有议事厅的平台中选择。", $"Choose “{field.Label.For("en")}” among those that stand."),
            FieldKind.Unit => One(!IsUnit(value, now.Directory), key,
                $"“{field.Label.Zh}”所选单位不存在或已停用，请重新选择。",
                $"The unit chosen for “{field.Label.For("en")}” does not exist or is closed; choose again."),
            FieldKind.Meeting => One(!Guid.TryParse(value, out _), key,
                $"“{field.Label.Zh}”所选会议不存在，请重新选择。",
                $"The meeting chosen for “{field.Label.For("en")}” does not exist; choose again."),
            FieldKind.Units => One(!FormValues.List(value).All(one => IsUnit(one, now.Directory)), key,
                $"“{field.Label.Zh}”中有的单位不存在或已停用，请重新选择。",
                $"A unit chosen for “{field.Label.For("en")}” does not exist or is closed; choose again."),
            FieldKind.Fields => FieldsOf(field, value, now.Directory, key),
            FieldKind.Files => One(!FormValues.List(value).All(one => Guid.TryParse(one, out _)), key,
                $"“{field.Label.Zh}”的文件无法读取，请重新选择。",
                $"The files of “{field.Label.For("en")}” cannot be read; choose them again."),
            FieldKind.Rows => RowsOf(field, value, now, key),
            _ => [],
        };

    private static FieldError[] Length(FormField field, string value, string key, int longest)
    {
        var (min, max) = (field.Min ?? 1, field.Max ?? longest);
        return value.Length > max
            ? One(true, key, $"“{field.Label.Zh}”不能超过 {max} 字，现有 {value.Length} 字。",
                $"“{field.Label.For("en")}” has at most {max} characters; it has {value.Length}.")
            : One(value.Length < min, key, $"“{field.Label.Zh}”至少 {min} 字，请写得具体一些。",
                $"“{field.Label.For("en")}” needs at least {min} characters; please say more.");
    }

    private static FieldError[] Number(FormField field, string value, string key, int min, int max)
    {
        var wrong = !int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || number < min || number > max;
        return (min, max) switch
        {
            (int.MinValue, int.MaxValue) =>
                One(wrong, key, $"“{field.Label.Zh}”请填写整数。", $"“{field.Label.For("en")}” takes a whole number."),
            (_, int.MaxValue) =>
                One(wrong, key, $"“{field.Label.Zh}”请填写不小于 {min} 的整数。",
                    $"“{field.Label.For("en")}” takes a whole number from {min}."),
            _ => One(wrong, key, $"“{field.Label.Zh}”请填写 {min} 到 {max} 之间的整数。",
                $"“{field.Label.For("en")}” takes a whole number from {min} to {max}."),
        };
    }

    private static FieldError[] ChoicesOf(FormField field, string value, string key)
    {
        var picked = FormValues.List(value);
        return picked.All(one => IsChoice(field, one))
            ? One(picked.Count < (field.Min ?? 0), key, $"“{field.Label.Zh}”至少选择 {field.Min} 项。",
                $"Choose at least {field.Min} of “{field.Label.For("en")}”.")
            : One(true, key, $"“{field.Label.Zh}”的选项无效，请重新选择。",
                $"A choice for “{field.Label.For("en")}” is not offered; choose again.");
    }

    private static FieldError[] FieldsOf(
        FormField field, string value, OrganisationDirectory directory, string key)
    {
        var unknown = FormValues.List(value).Except(directory.Fields, StringComparer.Ordinal).ToList();
        return One(unknown.Count > 0, key,
            $"“{field.Label.Zh}”中的“{string.Join('、', unknown)}”没有人填写过，请从列表中选择，或先在“人员”中登记。",
            $"Nobody has “{string.Join(", ", unknown)}” as a field; choose from the list, or enter it under “People”.");
    }

    private static IEnumerable<FieldError> RowsOf(FormField field, string value, Circumstances now, string key)
    {
        if (FormValues.Rows(value) is not { } rows)
        {
            return One(true, key, $"“{field.Label.Zh}”的内容无法读取，请重新填写。",
                $"“{field.Label.For("en")}” cannot be read; please fill it in again.");
        }

        var errors = new List<FieldError>();
        if (now.Complete && rows.Count < (field.Min ?? (field.Required ? 1 : 0)))
        {
            errors.Add(new(
                key, new($"“{field.Label.Zh}”至少填写 {field.Min ?? 1} 行。",
                    $"“{field.Label.For("en")}” needs at least {field.Min ?? 1} rows.")));
        }

        if (rows.Count > (field.Max ?? 500))
        {
            errors.Add(new(
                key, new($"“{field.Label.Zh}”最多 {field.Max ?? 500} 行。",
                    $"“{field.Label.For("en")}” has at most {field.Max ?? 500} rows.")));
        }

        for (var i = 0; i < rows.Count; i++)
        {
            errors.AddRange(Run(field.Columns ?? [], rows[i], now, $"{key}[{i}].")
                .Select(error => error
                    with
                { Message = new($"第 {i + 1} 行：{error.Message.Zh}", $"Row {i + 1}: {error.Message.En}") }));
        }

        return errors;
    }

    private static bool IsChoice(FormField field, string value) =>
        field.Choices?.Any(choice => choice.Key == value) == true;

    private static bool IsPerson(string value, OrganisationDirectory directory) =>
        Guid.TryParse(value, out var id) && directory.Find(new PersonId(id)) is { Active: true };

    private static bool IsUnit(string value, OrganisationDirectory directory) =>
        Guid.TryParse(value, out var id) && directory.Find(new UnitId(id)) is { Active: true };

    private static bool IsHall(string value, OrganisationDirectory directory) =>
        Guid.TryParse(value, out var id) && directory.Find(new UnitId(id)) is { Active: true, HallName: not null };

    private static FieldError[] One(bool wrong, string key, string zh, string en) =>
        wrong ? [new(key, new(zh, en))] : [];
}
