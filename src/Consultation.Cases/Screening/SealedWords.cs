namespace Consultation.Cases.Screening;

/// <summary>
/// The words that a restriction took out of a case (O15), sealed: nothing lists, searches or exports them. They come
/// back when the restriction is lifted, and are forgotten when the case ends excluded.
/// </summary>
public sealed class SealedWords
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required CaseId CaseId { get; init; }

    /// <summary>The sealed text; empty once it was given back or forgotten.</summary>
    public required string Words { get; set; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// Closes words up so that the database does not show them, and opens them again. An interface because that needs the
/// keys of the host: Storage, which keeps them, implements it.
/// </summary>
public interface IWordSeal
{
    /// <summary>The words, unreadable.</summary>
    string Close(string words);

    /// <summary>The words again; null when the key is gone.</summary>
    string? Open(string closed);
}
