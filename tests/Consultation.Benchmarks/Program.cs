using System.Globalization;
using Consultation.Benchmarks.Cases;
using Consultation.Benchmarks.Desk;
using Consultation.Benchmarks.Engine;
using Consultation.Benchmarks.Expressions;
using Consultation.Benchmarks.Runs;
using Consultation.Benchmarks.Sending;
using Consultation.Benchmarks.Start;
using Consultation.Testing.Databases;

namespace Consultation.Benchmarks;

/// <summary>
/// One verb per question; each prints its method and its figures. A verb that meets wrong behaviour ends with 1.
/// </summary>
internal static class Program
{
    private const string Usage = """
        dotnet run -c Release --project tests/Consultation.Benchmarks -- <verb> [argument]

          engine                the engine in memory: activities per second, bytes each, reading, writing, compiling
          expressions           what evaluating an expression costs
          durable [seconds]     start, wait, resume, finish on PostgreSQL and SQLite, beside the database's own
                                commits (default 10)
          timers [seconds]      timers that fire per second (default 10)
          cases [count]         six-step cases to their end through virtual months on SQLite (default 10000)
          pages [count]         time of the desk's pages at the server with so many cases, and of one approval
                                (default 10000)
                                cases, pages, meeting, search, links with a last word "statements" print the dearest
                                statements too
          meeting [voters]      time of the pages of a meeting of sixty, and of a vote by so many online ballots
                                (default 500)
          search [matters]      time of the search over everything with so many matters (default 100000)
          public [results]      time of the public pages and feeds with so many published results (default 1000)
          likeness [count]      how long it takes to propose what a matter is like among so many of the pool
                                (default 50000)
          upload [megabytes]    memory of taking in one file of that size and of checking it (default 20)
          rehearse [plays]      a rehearsal of ten weeks with forty people: the first play, and each of so many more
                                (default 5)
          mails [count]         task mails from the queue to a local exim4, beside the bare library; from a
                                commit to the mail at the server, at rest (default 10000)
          links [count]         opening and deciding by a decision link with so many open tasks (default 100000)
          start [server.dll]    process start to ready, five starts; without a file the server is published first
          all                   all of them with their defaults
          smoke                 all of them once in the smallest size: they still run, the figures say nothing
        """;

    private static readonly (string Verb, Func<double?, string?, Task<bool>> Run)[] Verbs =
    [
        ("engine", (_, _) => Now(EngineBenchmark.Run)),
        ("expressions", (_, _) => Now(ExpressionBenchmark.Run)),
        ("durable", (number, _) => Done(DurableBenchmark.RunAsync(TimeSpan.FromSeconds(number ?? 10)))),
        ("timers", (number, _) => Done(TimerBenchmark.RunAsync(TimeSpan.FromSeconds(number ?? 10)))),
        ("cases", (number, more) => CaseBenchmark.RunAsync((int)(number ?? 10_000), more == "statements")),
        ("pages", (number, more) => PageBenchmark.RunAsync((int)(number ?? 10_000), more == "statements")),
        ("meeting", (number, more) => MeetingBenchmark.RunAsync((int)(number ?? 500), more == "statements")),
        ("search", (number, more) => SearchBenchmark.RunAsync((int)(number ?? 100_000), more == "statements")),
        ("public", (number, _) => PublicBenchmark.RunAsync((int)(number ?? 1000))),
        ("likeness", (number, _) => LikenessBenchmark.RunAsync((int)(number ?? 50_000))),
        ("upload", (number, _) => UploadBenchmark.RunAsync((int)(number ?? 20))),
        ("rehearse", (number, _) => RehearsalBenchmark.RunAsync((int)(number ?? 5))),
        ("mails", (number, _) => MailBenchmark.RunAsync((int)(number ?? 10_000))),
        ("links", (number, more) => LinkBenchmark.RunAsync((int)(number ?? 100_000), more == "statements")),
        ("start", (_, server) => StartBenchmark.RunAsync(server)),
    ];

    /// <summary>Seconds or counts of the smallest size; for the start, the server beside this program.</summary>
    private static readonly Dictionary<string, (double? Number, string? Text)> Smallest = new()
    {
        ["durable"] = (0.3, null),
        ["cases"] = (1, null),
        ["pages"] = (12, null),
        ["meeting"] = (6, null),
        ["search"] = (50, null),
        ["public"] = (6, null),
        ["likeness"] = (50, null),
        ["upload"] = (1, null),
        ["rehearse"] = (1, null),
        ["mails"] = (5, null),
        ["links"] = (20, null),
        ["start"] = (null, Path.Combine(AppContext.BaseDirectory, "Consultation.Server.dll")),
    };

    public static async Task<int> Main(string[] args)
    {
        Effort.Small = args is ["smoke"];
        PostgreSqlCluster.Flushes = !Effort.Small;
        var chosen = Verbs
            .Where(verb => args is ["all" or "smoke"] || (args is [var name, ..] && name == verb.Verb)).ToList();
        if (chosen.Count == 0)
        {
            Console.WriteLine(Usage);
            return 2;
        }

        var text = args.Skip(1).LastOrDefault();
        double? number = double.TryParse(
            args.ElementAtOrDefault(1), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
            ? parsed
            : null;
        var good = true;
        foreach (var (verb, run) in chosen)
        {
            Console.WriteLine(
                $"== {verb}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} "
                    + $"cores, .NET {Environment.Version}");
            if (Effort.Small) (number, text) = Smallest.GetValueOrDefault(verb);
            good &= await run(number, text);
        }

        return good ? 0 : 1;
    }

    private static Task<bool> Now(Action run)
    {
        run();
        return Task.FromResult(true);
    }

    private static async Task<bool> Done(Task run)
    {
        await run;
        return true;
    }
}
