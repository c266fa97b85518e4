using System.Collections.Concurrent;
using Consultation.Cases;

namespace Consultation.Storage.Runs;

/// <summary>
/// Steps of one organisation's cases take turns in this process. Its yearly series without gaps make them write the
/// same row, so side by side only one of them would be saved and the others taken again. Other processes are met at the
/// commit, as ever. Thread-safe.
/// </summary>
internal sealed class StepTurns
{
    private readonly ConcurrentDictionary<OrganisationId, SemaphoreSlim> _turns = new();

    public SemaphoreSlim Of(OrganisationId organisation) => _turns.GetOrAdd(organisation, _ => new SemaphoreSlim(1));
}
