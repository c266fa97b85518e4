using System.Runtime.CompilerServices;
using Jint;
using Jint.Constraints;
using Jint.Runtime;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// What one evaluation may still use up. The evaluator asks before each statement and on the way through long work of
/// its own; a budget that is used up stays so, whatever a script does with the error.
/// </summary>
internal sealed class Budget : Constraint
{
    /// <summary>
    /// Steps after which the short time counts. A script of everyday size is never stopped because the machine is busy
    /// with other work, or because it is the first that the process evaluates.
    /// </summary>
    private const int EverydaySteps = 500;

    /// <summary>The same for the evaluator's own long work, of which it tells every 10,000 elements.</summary>
    private const int EverydayWork = 60;

    private static readonly TimeSpan ShortTime = TimeSpan.FromMilliseconds(150);

    private readonly ExpressionLimits _limits;
    private readonly OperationDeadlineConstraint _shortTime = new();
    private readonly OperationDeadlineConstraint _longTime = new();
    private readonly long _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
    private readonly int _mostStack;
    private readonly nint _stackBefore = StackPlace();
    private int _steps;
    private int _work;

    /// <param name="limits">What was agreed.</param>
    /// <param name="mostStack">Bytes of the stack; what lies above is for unwinding, which takes many times as
    /// much.</param>
    public Budget(ExpressionLimits limits, int mostStack)
    {
        _limits = limits;
        _mostStack = mostStack;
        _shortTime.Begin(ShortTime < limits.MaxTime ? ShortTime : limits.MaxTime);
        _longTime.Begin(limits.MaxTime);
        OfWork = new WorkConstraint(this);
    }

    /// <summary>Told of the evaluator's own work, and else only every 64 statements.</summary>
    public Constraint OfWork { get; }

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
            Stop($"The expression takes more than {_limits.MaxSteps} steps. Look for a loop that does not end, or "
                + "split the work.");
        }

        if (GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore > _limits.MaxMemoryBytes) StopForMemory();
        try
        {
            if (_steps > EverydaySteps || _work > EverydayWork) _shortTime.Check();
            _longTime.Check();
        }
        catch (TimeoutException)
        {
            Stop("The expression takes more than the time allowed. Look for a loop that does not end, or split the "
                + "work.");
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

    /// <summary>Refuses a text or list before it is made.</summary>
    public void Reserve(double bytes)
    {
        if (bytes > _limits.MaxMemoryBytes) StopForMemory();
    }

    /// <summary>How far the stack of this thread has grown, as an address.</summary>
    private static nint StackPlace()
    {
        byte here = 0;
        return Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref here);
    }

    /// <summary>Ends the evaluation by an exception that no script can catch.</summary>
    public void Stop(string problem)
    {
        Spent = problem;
        throw new StatementsCountOverflowException();
    }

    private void StopForMemory() =>
        Stop($"The expression uses more than {_limits.MaxMemoryBytes / 1024} KiB for texts and lists.");

    private sealed class WorkConstraint(Budget budget) : Constraint
    {
        public override bool IsAmortizable => true;

        public override void Check() => budget._work++;

        public override void Reset()
        {
        }
    }
}
