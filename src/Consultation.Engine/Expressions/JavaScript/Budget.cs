using System.Globalization;
using System.Runtime.CompilerServices;
using Jint;
using Jint.Runtime;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// What one evaluation may still use up. The evaluator asks before each statement and on the way through long work of
/// its own; a budget that is used up stays so, whatever a script does with the error.
/// </summary>
internal sealed class Budget : Constraint
{
    /// <summary>
    /// The most that counts of the time between two questions, in ticks: what is longer is the machine busy with other
    /// work, or, in the first steps, the runtime compiling what is used for the first time.
    /// </summary>
    private const long LongestPause = 20 * TimeSpan.TicksPerMillisecond;

    private const long LongestPauseAtFirst = 2 * TimeSpan.TicksPerMillisecond;
    private const int FirstSteps = 500;

    /// <summary>
    /// The evaluator's own clock. It bounds how long a script holds a thread and decides nothing in a workflow.
    /// </summary>
    private static readonly DefaultTimeSystem Clock = new(TimeZoneInfo.Utc, CultureInfo.InvariantCulture);

    private const string TooLong =
        "The expression takes more than the time allowed. Look for an endless loop, or split the work.";

    private readonly ExpressionLimits _limits;
    private readonly CancellationToken _stop;
    private readonly long _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
    private readonly int _mostStack;
    private readonly nint _stackBefore = StackPlace();
    private int _steps;
    private long _worked;
    private readonly long _began = Clock.GetUtcNow().Ticks;
    private long _asked;

    /// <param name="limits">What was agreed.</param>
    /// <param name="mostStack">Bytes of the stack; what is left is for unwinding, which takes many times as
    /// much.</param>
    /// <param name="stop">Cancelled when nobody wants the result any more.</param>
    public Budget(ExpressionLimits limits, int mostStack, CancellationToken stop)
    {
        _limits = limits;
        _mostStack = mostStack;
        _stop = stop;
        _asked = _began;
    }

    /// <summary>What was used up, in words; null as long as nothing was.</summary>
    public string? Spent { get; private set; }

    public override void Check()
    {
        if (_stackBefore - StackPlace() > _mostStack)
        {
            Stop($"Functions call each other more than {_limits.MaxCallDepth} levels deep.");
        }

        if (++_steps > _limits.MaxSteps)
        {
            Stop($"The expression takes more than {_limits.MaxSteps} steps. Look for an endless loop, or split the "
                + "work.");
        }

        if (GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore > _limits.MaxMemoryBytes)
        {
            Stop($"The expression uses more than {_limits.MaxMemoryBytes / 1024} KiB for texts and lists.");
        }

        var now = Clock.GetUtcNow().Ticks;
        _worked += Math.Clamp(now - _asked, 0, _steps < FirstSteps ? LongestPauseAtFirst : LongestPause);
        _asked = now;
        // The pauses that are forgiven above are bounded too: a script that spends them in regular expressions, each
        // within its own limit, holds its thread no longer than this.
        if (_worked > _limits.MaxTime.Ticks || now - _began > _limits.MaxHeld.Ticks || _stop.IsCancellationRequested)
        {
            Stop(TooLong);
        }
    }

    /// <summary>Nothing: one budget serves one evaluation, in however many calls it runs.</summary>
    public override void Reset()
    {
    }

    /// <summary>Counts work on many elements or characters, eight to a step.</summary>
    public void Work(long elements)
    {
        if (elements < 8) return;
        _steps = (int)Math.Min(int.MaxValue - 1, _steps + (elements >> 3));
        Check();
    }

    /// <summary>Ends the evaluation by an exception that no script can catch.</summary>
    public void Stop(string problem)
    {
        Spent = problem;
        throw new StatementsCountOverflowException();
    }

    /// <summary>How far the stack of this thread has grown, as an address.</summary>
    private static nint StackPlace()
    {
        byte here = 0;
        return Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref here);
    }
}
