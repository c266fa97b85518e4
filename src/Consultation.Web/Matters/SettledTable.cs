using Consultation.Cases.Matters.Import;
using Consultation.Cases.People;
using Consultation.Storage.Reading.Matters;
using Consultation.Web.Layout;
using Consultation.Web.Texts;

namespace Consultation.Web.Matters;

/// <summary>
/// The columns in which settled orders go back to the hotline: number first, named as the import names it, so that the
/// same file is recognised there and here.
/// </summary>
internal static class SettledTable
{
    public static IReadOnlyList<Column<SettledOrder>> Columns(
        DeskTexts texts, DeskTime when, OrganisationDirectory directory) =>
    [
        new("order", texts.Of(OrderReader.NameOf(ImportField.OrderNumber)), row => row.OrderNumber),
        new("title", texts.Of(OrderReader.NameOf(ImportField.Title)), row => row.Title),
        new("result", texts["settled.result"], row => texts[$"settled.state.{row.State}"]),
        new("answer", texts["settled.answer"], row => row.Answer ?? texts.Of(row.Outcome)),
        new("at", texts["settled.at"], row => (row.SettledAt ?? row.ClosedAt) is { } at ? when.Exact(at) : ""),
        new("rating", texts["settled.rating"], row => row.Satisfaction is { } opinion ? texts.Name(opinion) : ""),
        new("unit", texts["settled.unit"], row => texts.Of(
            directory.Find(row.PlatformId)?.Name ?? directory.Organisation.Name)),
        new("number", texts["matters.number"], row => row.Number),
        new("case", texts["settled.case"], row => row.CaseNumber ?? ""),
    ];
}
