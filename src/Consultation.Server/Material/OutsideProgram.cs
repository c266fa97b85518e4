using System.Diagnostics;

namespace Consultation.Server.Material;

/// <summary>Runs a program of the machine for a file that was handed in.</summary>
internal static class OutsideProgram
{
    /// <summary>
    /// Its exit code, once it has ended. What it says is read away; when the time is over, it is ended with all that it
    /// started.
    /// </summary>
    /// <param name="start">Program and arguments.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It is not there or cannot be started.</exception>
    public static async Task<int> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        try
        {
            var said = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var wrong = process.StandardError.ReadToEndAsync(cancellationToken);
            await Task.WhenAll(said, wrong, process.WaitForExitAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode;
    }
}
