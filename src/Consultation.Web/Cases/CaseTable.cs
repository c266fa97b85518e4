using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Storage.Reading.Cases;
using Consultation.Web.Layout;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace Consultation.Web.Cases;

/// <summary>Columns and filters of the list of cases; the page and its export use the same.</summary>
internal static class CaseTable
{
    /// <summary>The filter that an address asks for, without the cut.</summary>
    public static CaseFilter Filter(TableQuery table) => new()
    {
        Words = table.Words,
        State = Enum.TryParse<CaseState>(table["state"], out var state) ? state : null,
        Kind = Enum.TryParse<CaseKind>(table["kind"], out var kind) ? kind : null,
        Step = table["step"] is { Length: > 0 } step ? step : null,
        PlatformId = Guid.TryParse(table["platform"], out var platform) ? new UnitId(platform) : null,
        CommitteeId = Guid.TryParse(table["committee"], out var committee) ? new UnitId(committee) : null,
        LateOnly = table["late"] == "1",
        Sort = table.Sort,
        Descending = table.Descending,
    };

    /// <summary>The columns; templates only for the page.</summary>
    public static IReadOnlyList<Column<CaseRow>> Columns(
        DeskTexts texts,
        DeskTime when,
        OrganisationDirectory directory,
        RenderFragment<CaseRow>? title = null,
        RenderFragment<CaseRow>? due = null,
        RenderFragment<CaseRow>? state = null) =>
    [
        new("title", texts["cases.name"], row => row.Title) { IsTitle = true, Template = title },
        new("number", texts["cases.number"], row => row.Number ?? "") { Compact = true },
        new("kind", texts["cases.kind"], row => texts.Name(row.Kind)) { Sortable = false, Compact = true,
            Minor = true },
        new("state", texts["cases.state"], row => texts.Name(row.State)) { Sortable = false, Template = state,
            Compact = true },
        new("step", texts["cases.step"], row => StepText(texts, row)) { Compact = true },
        new("unit", texts["cases.unit"],
            row => texts.Of(directory.Find(row.PlatformId ?? row.WorkGroupId)?.Name)) { Sortable = false },
        new("committee", texts["cases.committee"], row => texts.Of(directory.Find(row.CommitteeId)?.Name)) { Sortable =
            false, Minor = true },
        new("due", texts["cases.next-due"], row => when.Exact(row.DueAt)) { Template = due, Compact = true },
        new("opened", texts["cases.opened"], row => when.Local(row.OpenedAt)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) { Compact = true, Minor = true },
    ];

    private static string StepText(DeskTexts texts, CaseRow row) =>
        row.StepNumber == 0 ? texts["cases.not-begun"] : $"{row.StepNumber}. {texts.Of(row.StepName)}";
}
