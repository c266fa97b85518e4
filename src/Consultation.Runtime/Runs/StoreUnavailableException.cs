using Consultation.Engine.Describing;

namespace Consultation.Runtime.Runs;

/// <summary>
/// The database cannot be used now: away, full, locked, or of a newer version than the program. <see
/// cref="Exception.Message"/> says in Chinese and English what is wrong and how to mend it; nothing was stored.
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Takes what is wrong.</summary>
    /// <param name="trouble">What is wrong.</param>
    /// <param name="detail">What the trouble's own description names.</param>
    /// <param name="cause">What the product said.</param>
    public StoreUnavailableException(StoreTrouble trouble, string? detail = null, Exception? cause = null)
        : this(StoreTroubles.Words(trouble, detail), cause)
    {
    }

    private StoreUnavailableException(BilingualText words, Exception? cause)
        : base($"{words.Zh} / {words.En}", cause) => Words = words;

    /// <summary>What is wrong and how to mend it.</summary>
    public BilingualText Words { get; }
}
