using System.Text.Json;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Web.Texts;

namespace Consultation.Web.Cases;

/// <summary>Reads stored form values back as people say them: choices by label, persons and units by name. Pure.</summary>
internal static class FieldText
{
    /// <summary>The value of a field in words; "" when it was left blank.</summary>
    public static string Of(FormField field, string value, OrganisationDirectory directory, DeskTexts texts)
    {
        if (value.Length == 0)
        {
            return "";
        }

        var separator = DeskTexts.IsEnglish ? ", " : "、";
        return field.Kind switch
        {
            FieldKind.YesNo => texts[value == "true" ? "layout.yes" : "layout.no"],
            FieldKind.Choice or FieldKind.Choices => string.Join(separator, Parts(value).Select(part => Choice(field, part, texts))),
            FieldKind.Person or FieldKind.Persons => string.Join(separator, Parts(value).Select(part => Person(part, directory))),
            FieldKind.Unit => Guid.TryParse(value, out var unit) ? texts.Of(directory.Find((UnitId?)new UnitId(unit))?.Name) : value,
            _ => value,
        };
    }

    /// <summary>The rows of a field of rows; none when the value cannot be read.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string value)
    {
        try
        {
            return value.Length == 0 ? [] : JsonSerializer.Deserialize<List<Dictionary<string, string>>>(value) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string[] Parts(string value) => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Choice(FormField field, string key, DeskTexts texts) =>
        field.Choices?.FirstOrDefault(choice => choice.Key == key) is { } found ? texts.Of(found.Label) : key;

    private static string Person(string id, OrganisationDirectory directory) =>
        Guid.TryParse(id, out var person) ? PeopleNames.Of(directory, new PersonId(person)) : id;
}
