using Consultation.Cases;
using Consultation.Engine.Describing;

namespace Consultation.Storage;

/// <summary>What the engine says, as cases keep it.</summary>
public static class BilingualTexts
{
    /// <summary>The text with its English.</summary>
    public static LocalText Local(this BilingualText text) => new(text.Zh, text.En);
}
