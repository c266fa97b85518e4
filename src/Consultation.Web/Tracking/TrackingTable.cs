using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.TrackedItems;
using Consultation.Storage.Reading.Tracking;
using Consultation.Web.Cases;
using Consultation.Web.Layout;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace Consultation.Web.Tracking;

/// <summary>Columns and filters of the tracking board; the page, its export and the annex use the same.</summary>
internal static class TrackingTable
{
    /// <summary>Names of the filters in the address.</summary>
    public static readonly string[] Names =
        ["late", "office", "unit", "supervisor", "state", "stall", "rung", "platform", "year"];

    /// <summary>The filter that an address asks for, without the cut.</summary>
    public static TrackingFilter Filter(TableQuery table) => new()
    {
        Words = table.Words,
        State = Enum.TryParse<TrackedItemState>(table["state"], out var state) ? state : null,
        Lateness = Enum.TryParse<ItemLateness>(table["late"], out var late) ? late : null,
        Stall = Enum.TryParse<StallReason>(table["stall"], out var stall) ? stall : null,
        OfficeId = Unit(table["office"]),
        UnitId = Unit(table["unit"]),
        PlatformId = Unit(table["platform"]),
        SupervisorId = Guid.TryParse(table["supervisor"], out var person) ? new PersonId(person) : null,
        Rung = int.TryParse(table["rung"], CultureInfo.InvariantCulture, out var rung) ? rung : null,
        Year = int.TryParse(table["year"], CultureInfo.InvariantCulture, out var year) ? year : null,
        Sort = table.Sort,
        Descending = table.Descending,
    };

    /// <summary>The columns; templates only for the page.</summary>
    public static IReadOnlyList<Column<TrackingRow>> Columns(
        DeskTexts texts,
        DeskTime when,
        OrganisationDirectory directory,
        RenderFragment<TrackingRow>? title = null,
        RenderFragment<TrackingRow>? state = null,
        RenderFragment<TrackingRow>? percent = null) =>
    [
        new("advice", texts["tracking.advice"], row => row.Item.Advice) { IsTitle = true, Template = title,
            Sortable = false },
        new("number", texts["tracking.number"], row => $"{row.Item.Year}-{row.Item.Number}") { Compact = true },
        new("state", texts["tracking.state"], row => StateOf(texts, row, when.Today)) { Template = state,
            Compact = true, Sortable = false },
        new("percent", texts["tracking.percent"], row => $"{row.Item.Percent}%") { Template = percent, Compact = true },
        new("due", texts["tracking.due"], row => when.Day(row.Item.DueOn)) { Compact = true },
        new("unit", texts["tracking.unit"],
            row => texts.Of(directory.Find(row.Item.UndertakingUnitId)?.Name)) { Sortable = false },
        new("office", texts["tracking.office"],
            row => texts.Of(directory.Find(row.Item.ResponsibleOfficeId)?.Name)) { Sortable = false, Minor = true },
        new("supervisor", texts["tracking.supervisor"],
            row => PeopleNames.Of(directory, row.Item.SupervisorId)) { Sortable = false, Compact = true, Minor = true },
        new("rung", texts["tracking.rung"], row => row.Item.Rung == 0
            ? ""
            : texts["tracking.rung-n", row.Item.Rung]) { Compact = true, Minor = true },
        new("entry", texts["tracking.last-entry"],
            row => when.Day(row.Item.LastEntryAt is { } at
                ? DateOnly.FromDateTime(when.Local(at).DateTime)
                : null)) { Compact = true, Minor = true },
    ];

    private static string StateOf(DeskTexts texts, TrackingRow row, DateOnly today) =>
        row.LatenessOn(today) == ItemLateness.Suspended
        ? texts["tracking.state-suspended", texts.Name(row.Item.State)]
        : texts.Name(row.Item.State);

    private static UnitId? Unit(string text) => Guid.TryParse(text, out var id) ? new UnitId(id) : null;
}
