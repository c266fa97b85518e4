using Consultation.Cases;

namespace Consultation.Web.Health;

/// <summary>The sample organisation after it was loaded.</summary>
/// <param name="Password">The one password of all its log-ins, shown once.</param>
/// <param name="LogIns">Log-in names, and what each shows.</param>
public sealed record SampleLoaded(string Password, IReadOnlyList<(string UserName, LocalText Shows)> LogIns);

/// <summary>
/// Loads the sample organisation with its orders. An interface because loading touches parts that Web may not see:
/// Server implements it.
/// </summary>
public interface ISampleData
{
    /// <summary>Loads it; null when it is there already.</summary>
    Task<SampleLoaded?> LoadAsync(CancellationToken cancellationToken);
}
