namespace Consultation.Cases.Numbers;

/// <summary>
/// A gap-free yearly series of an organisation (O32). The next number is taken in the transaction that uses it.
/// </summary>
public sealed class NumberSeries
{
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>Key of the series, e.g. "case", "matter", "task", "annex-row", "topic".</summary>
    public required string Key { get; init; }
    public required int Year { get; init; }

    /// <summary>The number given last; 0 when none was. Guarded as a concurrency token.</summary>
    public int Last { get; set; }

    /// <summary>Takes the next number.</summary>
    public int Take() => ++Last;
}
