namespace Consultation.Runtime.Runs;

/// <summary>
/// The database cannot be used now: away, full, locked, or of a newer version than the program. <see
/// cref="Exception.Message"/> says in Chinese and English what is wrong and how to mend it; nothing was stored.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
