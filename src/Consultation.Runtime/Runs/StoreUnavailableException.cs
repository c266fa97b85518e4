using Consultation.Engine.Describing;

namespace Consultation.Runtime.Runs;

/// <summary>
/// The database cannot be used now: away, full, locked, or of a newer version than the program. Nothing was stored.
/// </summary>
public sealed class StoreUnavailableException(BilingualText text, Exception? cause = null)
    : Exception(text.ToString(), cause)
{
    /// <summary>The database is busy; what was asked for may be asked for again.</summary>
    public static readonly BilingualText Busy = new("数据库繁忙，请稍后再试", "The database is busy; try again in a moment");

    /// <summary>What is wrong and how to mend it.</summary>
    public BilingualText Text => text;
}
