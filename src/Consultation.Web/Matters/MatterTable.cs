using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Storage.Reading.Matters;
using Consultation.Web.Layout;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace Consultation.Web.Matters;

/// <summary>Columns and filters of the pool; the page and its export use the same.</summary>
internal static class MatterTable
{
    /// <summary>The filter that an address asks for, without the cut.</summary>
    public static MatterFilter Filter(TableQuery table, DateTimeOffset now) =>
        WaitingFor(table["wait"], Chosen(table), now);

    /// <summary>What somebody has to look at: passed on, answered by its proposer, over its time.</summary>
    public static readonly IReadOnlyList<string> Waiting = ["passed", "replied", "late"];

    /// <summary>The acts that the list offers for what is ticked.</summary>
    public static readonly IReadOnlyList<string> Acts =
        ["route", "answer", "ask", "pass", "decline", "score", "time", "unmerge", "reopen"];

    /// <summary>Whether something can be done with a matter in the list.</summary>
    public static bool MayTick(MatterState state) => state != MatterState.InCase;

    /// <summary>The filter with what waits.</summary>
    public static MatterFilter WaitingFor(string wait, MatterFilter filter, DateTimeOffset now) => wait switch
    {
        "passed" => filter with { Passed = true },
        "replied" => filter with { Replied = true },
        "late" => filter with { DueBy = now },
        _ => filter,
    };

    private static MatterFilter Chosen(TableQuery table) => new()
    {
        Words = table.Words,
        State = Enum.TryParse<MatterState>(table["state"], out var state) ? state : null,
        Source = Enum.TryParse<MatterSource>(table["source"], out var source) ? source : null,
        PlatformId = Guid.TryParse(table["platform"], out var platform) ? new UnitId(platform) : null,
        Category = table["category"],
        Place = table["place"],
        Sort = table.Sort,
        Descending = table.Descending,
    };

    /// <summary>Columns that the page shows under the title instead.</summary>
    public static readonly IReadOnlyList<string> UnderTitle = ["category", "place", "order", "score", "due"];

    /// <summary>The columns; templates only for the page.</summary>
    public static IReadOnlyList<Column<MatterRow>> Columns(
        DeskTexts texts, DeskTime when, OrganisationDirectory directory, RenderFragment<MatterRow>? title = null,
        RenderFragment<MatterRow>? state = null) =>
    [
        new("title", texts["matters.title"], row => row.Title) { IsTitle = true, Template = title },
        new("number", texts["matters.number"], row => row.Number) { Compact = true },
        new("source", texts["matters.source"], row => texts.Name(row.Source)) { Sortable = false, Compact = true },
        new("state", texts["cases.state"], row => texts.Name(row.State)) { Sortable = false, Template = state,
            Compact = true },
        new("category", texts["matters.category"], row => row.Category ?? "") { Sortable = false },
        new("place", texts["matters.place"], row => row.Place ?? "") { Sortable = false },
        new("order", texts["matters.order"], row => row.OrderNumber ?? "") { Sortable = false },
        new("platform", texts["cases.platform"], row => texts.Of(directory.Find(row.PlatformId)?.Name)) { Sortable =
            false, Minor = true },
        new("raised", texts["matters.raised"], row => when.Exact(row.RaisedAt)) { Compact = true },
        new("score", texts["matters.score"], row => row.Score?.ToString(CultureInfo.InvariantCulture) ?? "")
        {
            Numeric = true, Compact = true, Minor = true,
        },
        new("due", texts["matters.due"], row => row.DueAt is { } due ? when.Exact(due) : "") { Compact = true,
            Minor = true },
    ];
}
