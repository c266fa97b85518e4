using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Consultation.Testing.Databases;

/// <summary>
/// A real PostgreSQL server that the tests start themselves: one per test process, in a temporary folder, on a free
/// loopback port, as an unprivileged user, stopped when the process ends.
/// </summary>
public sealed class PostgreSqlCluster
{
    private static readonly Lazy<(PostgreSqlCluster? Cluster, string? WhyNot)> Shared = new(Start);
    private readonly string _folder;
    private readonly string _binaries;
    private readonly int _port;

    private PostgreSqlCluster(string binaries, string folder, int port)
    {
        _binaries = binaries;
        _folder = folder;
        _port = port;
    }

    /// <summary>
    /// True for measuring: commits wait for the disk, as in production. A test ends processes, never the machine, and
    /// what the system was given outlives them; so its commits need not wait.
    /// </summary>
    public static bool Flushes { get; set; }

    /// <summary>The running server, or null with the reason.</summary>
    public static PostgreSqlCluster? TryGet(out string? whyNot)
    {
        whyNot = Shared.Value.WhyNot;
        return Shared.Value.Cluster;
    }

    /// <summary>Connection string of a database on this server; the schema is made by the first migration.</summary>
    public string ConnectionTo(string database) =>
        $"Host=127.0.0.1;Port={_port};Username=tester;Database={database};Maximum Pool Size=40;Include Error "
            + "Detail=true";

    /// <summary>
    /// A server of one test's own, which may stop it; null with the reason when PostgreSQL is not installed.
    /// </summary>
    public static PostgreSqlCluster? TryStart(out string? whyNot)
    {
        (var cluster, whyNot) = Start();
        return cluster;
    }

    /// <summary>Stops the server as a crash of its machine would: without waiting for anybody.</summary>
    public void Stop() =>
        Run(Path.Combine(_binaries, "pg_ctl"), "-D", $"{_folder}/data", "-m", "immediate", "-w", "-t", "60", "stop");

    /// <summary>Starts the server, again on the same port when it was stopped.</summary>
    public void StartAgain()
    {
        var settings =
            $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c max_connections=600 "
            + "-c shared_buffers=128MB -c wal_compression=on"
            + (Flushes ? "" : " -c fsync=off -c full_page_writes=off");
        Run(Path.Combine(_binaries, "pg_ctl"), "-D", $"{_folder}/data", "-o", settings, "-l", $"{_folder}/log", "-w",
            "-t", "60", "start");
    }

    private static (PostgreSqlCluster? Cluster, string? WhyNot) Start()
    {
        var binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
                .Where(folder => File.Exists(Path.Combine(folder, "initdb"))).OrderDescending(StringComparer.Ordinal)
                .FirstOrDefault()
            : null;
        if (binaries is null) return (null, "PostgreSQL is not installed (Debian package postgresql).");

        var folder = Run("mktemp", "-d", "/tmp/consultation-pg-XXXXXX").Trim();
        var cluster = new PostgreSqlCluster(binaries, folder, FreePort());
        Run(Path.Combine(binaries, "initdb"), "-D", $"{folder}/data", "-U", "tester", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "-N");
        cluster.StartAgain();
        cluster.StopWithThisProcess();
        return (cluster, null);
    }

    /// <summary>
    /// A small guard outlives the test process, which a runner may end without warning, and then stops the server and
    /// removes its folder.
    /// </summary>
    private void StopWithThisProcess()
    {
        var guard = $"while [ -d /proc/{Environment.ProcessId} ]; do sleep 1; done; "
            + $"{_binaries}/pg_ctl -D {_folder}/data -m immediate -w -t 20 stop; rm -rf {_folder}";
        Run("sh", "-c", $"({guard}) </dev/null >/dev/null 2>&1 &");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Runs a command; as the user postgres when the tests run as root, whom PostgreSQL refuses.</summary>
    private static string Run(string command, params string[] arguments)
    {
        var start = Environment.UserName == "root"
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", command, .. arguments])
            : new ProcessStartInfo(command, arguments);
        start.WorkingDirectory = "/tmp";
        // Not redirected when a server is started: it would keep the pipe open for ever.
        start.RedirectStandardOutput = !arguments.Contains("start");
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start.");
        var output = start.RedirectStandardOutput ? process.StandardOutput.ReadToEnd() : "";
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{command} ended with {process.ExitCode}: {output}");
    }
}
