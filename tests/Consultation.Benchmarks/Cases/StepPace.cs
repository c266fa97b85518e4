using System.Diagnostics;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Benchmarks.Cases;

/// <summary>
/// Steps a second and processor time per step, from one look to the next: early looks hold the warm-up, later ones show
/// whether steps grow dearer.
/// </summary>
internal sealed class StepPace(Database database)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _processor = Environment.CpuUsage.TotalTime;
    private int _steps;

    public async Task<string> NextAsync()
    {
        await using var db = database.Open();
        var (steps, processor) = (await db.Journal.CountAsync(), Environment.CpuUsage.TotalTime);
        var (done, used, took) = (steps - _steps, processor - _processor, _watch.Elapsed);
        (_steps, _processor) = (steps, processor);
        _watch.Restart();
        return done == 0
            ? "no steps"
            : $"{done / took.TotalSeconds:F0} steps/s, {used.TotalMilliseconds / done:F1} ms of processor time each";
    }
}
