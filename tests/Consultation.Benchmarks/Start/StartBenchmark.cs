using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Consultation.Benchmarks.Start;

/// <summary>
/// From the start of the process to the first 200 of /health/ready, on a database that is there already.
/// </summary>
internal static class StartBenchmark
{
    private const int Starts = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Measures a published server; publishes one first when none is named.</summary>
    public static async Task<bool> RunAsync(string? server)
    {
        var folder = Directory.CreateTempSubdirectory("consultation-start-").FullName;
        try
        {
            server ??= await PublishAsync(Path.Combine(folder, "server"));
            var first = await StartAsync(server, folder);
            Console.WriteLine($"  first start, makes the database: {first.Ready.TotalSeconds:F2} s");
            if (Effort.Small) return true;
            var starts = new List<(TimeSpan Ready, TimeSpan Processor)>();
            for (var i = 0; i < Starts; i++) starts.Add(await StartAsync(server, folder));
            var sorted = starts.Select(one => one.Ready.TotalSeconds).Order().ToList();
            Console.WriteLine(
                $"  process start to ready, existing database: "
                    + $"{string.Join(" ", starts.Select(one => $"{one.Ready.TotalSeconds:F2}"))} s, median "
                    + $"{sorted[Starts / 2]:F2} s; "
                + $"processor time "
                + $"{starts.Select(one => one.Processor.TotalSeconds).Order().ElementAt(Starts / 2):F2} s");
            return true;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(TimeSpan Ready, TimeSpan Processor)> StartAsync(string server, string folder)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(server);
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add($"http://127.0.0.1:{port}");
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            while (!await IsReadyAsync(client))
            {
                if (process.HasExited || watch.Elapsed > Patience)
                {
                    throw new InvalidOperationException("The server did not become ready.");
                }
                await timer.WaitForNextTickAsync();
            }

            var ready = watch.Elapsed;
            return (ready, process.TotalProcessorTime);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<string> PublishAsync(string target)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Consultation.sln")))
        {
            root = Path.GetDirectoryName(root) ?? throw new DirectoryNotFoundException("Consultation.sln");
        }
        using var process =
            Process.Start(
                "dotnet", ["publish", Path.Combine(root, "src/Consultation.Server"), "-c", "Release", "-r",
                    RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-o", target, "-v", "q",
                    "--nologo"]);
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? Path.Combine(target, "Consultation.Server.dll")
            : throw new InvalidOperationException("The server was not published.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
