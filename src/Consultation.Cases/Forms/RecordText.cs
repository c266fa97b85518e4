using Consultation.Cases.People;

namespace Consultation.Cases.Forms;

/// <summary>A record as plain text, for a mail: each entry with its label.</summary>
public static class RecordText
{
    /// <summary>The entries in the order of the form; "" for a record whose form is not known any more.</summary>
    public static string Of(CaseRecord record, OrganisationDirectory directory, string language) =>
        FormCatalogue.Find(record.Kind) is not { } form ? "" : string.Join('\n', form.Fields
            .Where(field => record.Fields.Text(field.Key).Length > 0)
            .Select(field => field.Kind == FieldKind.Rows
                ? $"{Label(field, language)}\n{Rows(field, record, directory, language)}"
                : Label(field, language) + FormValues.Show(field, record.Fields.Text(field.Key), directory, language)));

    private static string Rows(
        FormField field, CaseRecord record, OrganisationDirectory directory, string language) =>
        string.Join('\n', record.Fields.RowsOf(field.Key).Select((row, index) => $"{index + 1}. " + string.Join(
            language == "en" ? "; " : "；",
            field.Columns!.Where(column => row.Text(column.Key).Length > 0)
                .Select(column => FormValues.Show(column, row.Text(column.Key), directory, language)))));

    private static string Label(FormField field, string language) =>
        field.Label.For(language) + (language == "en" ? ": " : "：");
}
