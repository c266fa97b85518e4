using Consultation.Mail.ActionLinks;
using Consultation.Server.Staging;

namespace Consultation.Server.Sample;

/// <summary>
/// Lets the sample organisation live through the months up to now, day by day: matters come in, people answer their
/// tasks by the product's own use cases, timers fire, mails go out. What comes of it depends on the day alone.
/// </summary>
internal sealed class SampleLife(
    IConfiguration configuration, LinkKeyRing keys, TimeProvider time, ILogger<SampleLife> log)
{
    private static readonly TimeOnly Morning = new(10, 0), Evening = new(18, 30);

    /// <summary>Answers that the product did not take; none.</summary>
    public IReadOnlyList<string> Refused { get; private set; } = [];

    /// <summary>
    /// Lives. False, and nothing is done, when the sample is not alone in its database: the clock that is moved would
    /// move the work of others too.
    /// </summary>
    public async Task<bool> LiveAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var stage = Stage.OfSample(configuration, keys, new StageClock(now));
        if (await stage.Rows.AloneAsync(cancellationToken) is not { } organisation) return false;
        var snapshot = await stage.OrganisationAsync(organisation, cancellationToken);
        var (actors, surveys) = (new SampleActors(stage, snapshot, now), new SampleSurveys(stage, snapshot));
        var refused = new List<string>();
        var today = snapshot.Calendar.DayOf(now);
        var first = snapshot.Calendar.Move(today, -SampleStory.Cases.Max(one => one.Began));
        stage.Clock.Now = snapshot.Calendar.At(first, TimeOnly.MinValue);
        for (var day = first; day <= today; day = snapshot.Calendar.Move(day, 1))
        {
            var (morning, evening) = (snapshot.Calendar.At(day, Morning), snapshot.Calendar.At(day, Evening));
            if (morning > now) break;
            await stage.MoveToAsync(morning, cancellationToken);
            await actors.WorkAsync(day, cancellationToken);
            refused.AddRange(await surveys.AnswerAsync(day, cancellationToken));
            await stage.MoveToAsync(evening < now ? evening : now, cancellationToken);
            await stage.SendMailsAsync(cancellationToken);
        }

        await stage.MoveToAsync(now, cancellationToken);
        var visitors = await new SampleVisitors(stage, snapshot).ComeAsync(cancellationToken);
        await stage.SendMailsAsync(cancellationToken);
        Refused = [.. actors.Refused, .. refused, .. visitors];
        foreach (var refusal in Refused) log.SampleAnswerRefused(refusal);
        return true;
    }
}
