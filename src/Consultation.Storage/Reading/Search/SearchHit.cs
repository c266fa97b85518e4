using Consultation.Cases;

namespace Consultation.Storage.Reading.Search;

/// <summary>What a search looks through.</summary>
public enum SearchKind
{
    /// <summary>What was handed in.</summary>
    Matter,
    /// <summary>A consultation.</summary>
    Case,
    /// <summary>A task.</summary>
    Task,
    /// <summary>What is followed up.</summary>
    TrackedItem,
    /// <summary>A result recorded in a case.</summary>
    Record,
    /// <summary>A document of a case.</summary>
    Document,
    /// <summary>A person of the organisation.</summary>
    Person,
}

/// <summary>One thing that a search found.</summary>
public sealed record SearchHit
{
    public required SearchKind Kind { get; init; }

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The case that it belongs to.</summary>
    public CaseId? CaseId { get; init; }

    /// <summary>Number as printed, or null.</summary>
    public string? Number { get; init; }
    public required LocalText Title { get; init; }

    /// <summary>Texts in which the words may stand besides number and title.</summary>
    public IReadOnlyList<string?> Texts { get; init; } = [];

    /// <summary>When it came up; null for people.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>What a search found of one kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How many there are, counted up to <see cref="SearchReader.MostCounted"/> and one.</param>
/// <param name="Hits">The newest, or the page that was asked for.</param>
public sealed record SearchGroup(SearchKind Kind, int Count, IReadOnlyList<SearchHit> Hits);
