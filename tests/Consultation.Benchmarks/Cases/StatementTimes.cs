using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Consultation.Benchmarks.Cases;

/// <summary>Listens to every database command of this process and says which statements took the most time.</summary>
internal sealed class StatementTimes : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private readonly ConcurrentDictionary<string, (int Count, TimeSpan Time)> _statements = new(StringComparer.Ordinal);
    private int _conflicts;

    public static StatementTimes Listen()
    {
        var times = new StatementTimes();
        DiagnosticListener.AllListeners.Subscribe(times);
        return times;
    }

    public void Clear() => _statements.Clear();

    /// <summary>
    /// The dearest statements; <paramref name="rounds"/> is how many steps or pages asked for all of them.
    /// </summary>
    public void Print(int most, int rounds)
    {
        Console.WriteLine(
            $"    {_statements.Values.Sum(one => one.Count) / (double)rounds:F1} statements each, {_conflicts:N0} "
                + "lost races; the dearest:");
        foreach (var (text, (count, time)) in _statements.OrderByDescending(one => one.Value.Time).Take(most))
            Console.WriteLine(
                $"      {time.TotalMilliseconds,8:F0} ms {count,8:N0} times {time.TotalMicroseconds / count,7:F0} µs: "
                    + $"{string.Join(' ', text.Split())}");
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandExecutedEventData done)
        {
            _statements.AddOrUpdate(
                done.Command.CommandText, _ => (1, done.Duration), (_, sum) =>
                    (sum.Count + 1, sum.Time + done.Duration));
        }
        else if (value.Value is ConcurrencyExceptionEventData)
        {
            Interlocked.Increment(ref _conflicts);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
