using Consultation.Storage.Runs;

namespace Consultation.Storage.Deletions;

/// <summary>An instance that is over, as the bin keeps it.</summary>
internal sealed record KeptRun(RunRow Run, List<JournalRow> Journal, List<IncidentRow> Incidents);
