namespace Consultation.Cases;

/// <summary>A text of the organisation's own in Chinese, with English where somebody wrote it (O30).</summary>
/// <param name="Zh">The Chinese text; the one that counts.</param>
/// <param name="En">The English text, or null: then the Chinese one is shown.</param>
public sealed record LocalText(string Zh, string? En = null)
{
    /// <summary>No text.</summary>
    public static readonly LocalText Empty = new("");

    /// <summary>The text for a culture: English for "en…", otherwise Chinese.</summary>
    public string For(string culture) =>
        culture.StartsWith("en", StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(En) ? En : Zh;
}
