using Microsoft.AspNetCore.Components;

namespace Consultation.Web.Layout;

/// <summary>One column of a <see cref="DataTable{TRow}"/> and of its export.</summary>
/// <param name="Key">Name in the address, e.g. "name".</param>
/// <param name="Header">Shown on top.</param>
/// <param name="Text">The cell in words: shown unless there is a template, searched and exported.</param>
public sealed record Column<T>(string Key, string Header, Func<T, string> Text)
{
    /// <summary>How the cell is shown, if not as plain text.</summary>
    public RenderFragment<T>? Template { get; init; }

    /// <summary>What a search looks into beside the text, such as the initials of a name.</summary>
    public Func<T, string>? Searched { get; init; }

    /// <summary>What the column sorts by, if not its text.</summary>
    public Func<T, object?>? SortBy { get; init; }

    /// <summary>False when sorting by it makes no sense.</summary>
    public bool Sortable { get; init; } = true;

    /// <summary>True for numbers: set on the right.</summary>
    public bool Numeric { get; init; }

    /// <summary>
    /// True for short values that never break: numbers, dates, badges. The other columns share the room that is left.
    /// </summary>
    public bool Compact { get; init; }

    /// <summary>
    /// True for a column that gives way where the room is small: it shows on wide screens, in print and in exports.
    /// </summary>
    public bool Minor { get; init; }

    /// <summary>True for the column that names the row: the card's title on a phone.</summary>
    public bool IsTitle { get; init; }

    /// <summary>False for buttons and pictures.</summary>
    public bool Exported { get; init; } = true;
}
