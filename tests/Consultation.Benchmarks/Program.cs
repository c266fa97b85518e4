using Consultation.Benchmarks.Runs;

// One verb per question: dotnet run -c Release --project tests/Consultation.Benchmarks -- <verb> [seconds]
Dictionary<string, Func<TimeSpan, Task>> verbs = new()
{
    ["durable"] = DurableBenchmark.RunAsync,
    ["timers"] = TimerBenchmark.RunAsync,
};

var time = TimeSpan.FromSeconds(args.Length > 1 ? double.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 10);
switch (args)
{
    case ["all", ..]:
        foreach (var (name, run) in verbs)
        {
            Console.WriteLine($"== {name}");
            await run(time);
        }

        return 0;
    case [var verb, ..] when verbs.TryGetValue(verb, out var one):
        await one(time);
        return 0;
    default:
        Console.WriteLine($"Usage: <{string.Join(" | ", verbs.Keys)} | all> [seconds per measurement]");
        return 2;
}
