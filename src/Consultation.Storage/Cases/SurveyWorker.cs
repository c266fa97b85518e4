using Consultation.Cases;
using Consultation.Cases.Surveys;
using Consultation.Storage.Tracking;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Consultation.Storage.Cases;

/// <summary>
/// Writes to those who are asked by surveys, reminds them, counts, and closes what is over (P15, P76). Of two processes
/// that look, one writes.
/// </summary>
public sealed class SurveyWorker(
    Database database, SurveyAnswers surveys, TimeProvider clock, ILogger<SurveyWorker> log)
    : TurnWorker(TimeSpan.FromMinutes(1), clock)
{
    /// <summary>So long after a survey closed it is looked at again: an answer may have come just then.</summary>
    private static readonly TimeSpan After = TimeSpan.FromMinutes(10);

    /// <summary>Looks through all organisations; answers how much was done.</summary>
    public override async Task<int> TurnAsync(CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var (organisation, survey) in await DueAsync(cancellationToken))
        {
            changed += await surveys.KeepUpAsync(organisation, survey, cancellationToken);
        }

        return changed;
    }

    /// <inheritdoc/>
    protected override void Failed(Exception failure) => log.SurveysFailed(failure);

    private async Task<List<(OrganisationId Organisation, SurveyId Survey)>> DueAsync(
        CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var since = Clock.GetUtcNow() - After;
        var found = await db.Surveys.AsNoTracking()
            .Where(one => one.State == SurveyState.Open
                || (one.State == SurveyState.Closed && (!one.Forgotten || one.ClosedAt >= since)))
            .Select(one => new { one.OrganisationId, one.Id }).ToListAsync(cancellationToken);
        return [.. found.Select(one => (one.OrganisationId, one.Id))];
    }
}
