using Consultation.Cases.Deletions;
using Consultation.Storage.Tracking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Consultation.Storage.Deletions;

/// <summary>Empties the bin of what has lain there for its thirty days.</summary>
public sealed class BinWorker(Database database, TimeProvider clock, ILogger<BinWorker> log)
    : TurnWorker(TimeSpan.FromHours(1), clock)
{
    /// <summary>Removes for good what is due; returns how much.</summary>
    public override async Task<int> TurnAsync(CancellationToken cancellationToken)
    {
        var before = Clock.GetUtcNow() - BinEntry.KeptFor;
        await using var db = database.Open();
        return await db.Set<BinRow>().Where(row => row.At < before).ExecuteDeleteAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Failed(Exception failure) => log.BinFailed(failure);
}
