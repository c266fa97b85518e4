using System.Runtime.ExceptionServices;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// A thread of its own for a script that may call itself. An exception that goes up through many nested calls takes far
/// more stack than the calls did: some 30 KiB for each that has something to close, more than a thread of the pool has.
/// </summary>
internal static class DeepStack
{
    /// <summary>Bytes that the calls themselves may use.</summary>
    public const int ForScripts = 1024 * 1024;

    /// <summary>Bytes reserved; only what is used is taken.</summary>
    private const int Bytes = 32 * 1024 * 1024;

    public static object? Run(Func<object?> evaluation)
    {
        object? result = null;
        ExceptionDispatchInfo? failure = null;
#pragma warning disable RS0030 // The caller waits for it: a deeper stack for the same step, nothing beside it.
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = evaluation();
                }
                catch (Exception failed)
                {
                    // Whatever it is, it belongs to the caller's thread.
                    failure = ExceptionDispatchInfo.Capture(failed);
                }
            },
            Bytes);
        thread.Start();
        thread.Join();
#pragma warning restore RS0030
        failure?.Throw();
        return result;
    }
}
