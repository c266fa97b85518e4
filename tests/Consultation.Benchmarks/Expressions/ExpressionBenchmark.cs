using System.Diagnostics;
using System.Globalization;
using Consultation.Engine.Expressions;

namespace Consultation.Benchmarks.Expressions;

/// <summary>What an expression costs: compiling with the first evaluation, and each evaluation after that.</summary>
public static class ExpressionBenchmark
{
    private static readonly int Warmup = Effort.Of(2_000, 1);
    private static readonly int Rounds = Effort.Of(20_000, 10);

    private static readonly (string Name, string Source)[] Scripts =
    [
        ("condition", "variables.visits > 3 && getVisitorName() !== ''"),
        ("template text", "`${variables.visitorName}: ${variables.visits + 1}`"),
        ("object", "({ name: getVisitorName(), votes: variables.votes.length, ok: true })"),
        ("list of 50", "variables.votes.filter(v => v.yes).map(v => v.weight).reduce((a, b) => a + b, 0)"),
        ("loop of 1000", "let s = 0; for (let i = 0; i < 1000; i++) { s += i % 7 } s"),
        ("date", "new Date(2026, 2, 1).toLocaleDateString('zh-CN')"),
        ("regular expression", "/^1[3-9]\\d{9}$/.test('13812345678')"),
    ];

    /// <summary>Runs everything and writes one line each.</summary>
    public static void Run()
    {
        var scope = new FixedScope();
        Console.WriteLine("expression               first us    then ns      bytes");
        foreach (var (name, source) in Scripts)
        {
            Measure(name, () => JavaScriptExpression.Compile(source), scope);
        }

        const string Mail =
            "{% for v in Variables.votes limit: 10 %}{{ forloop.index }}. {{ v.weight | plus: 1 }}\n{% endfor %}{{ "
                + "Variables.visitorName }}您好";
        Measure("liquid mail", () => LiquidTemplate.Compile(Mail), scope);
        var schedule = CronSchedule.Parse("0 0 9 ? * MON-FRI");
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
        var (nanoseconds, bytes) = Repeat(() => schedule.Next(scope.Now, zone));
        Write("cron next", 0, nanoseconds, bytes);
    }

    private static void Measure(string name, Func<CompiledExpression> compile, FixedScope scope)
    {
        var start = Stopwatch.GetTimestamp();
        var compiled = compile();
        compiled.Evaluate(scope);
        var first = Stopwatch.GetElapsedTime(start);
        var (nanoseconds, bytes) = Repeat(() => compiled.Evaluate(scope));
        Write(name, first.TotalMicroseconds, nanoseconds, bytes);
    }

    private static (double Nanoseconds, double Bytes) Repeat(Func<object?> run)
    {
        for (var i = 0; i < Warmup; i++) run();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Rounds; i++) run();
        var elapsed = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return (elapsed.TotalNanoseconds / Rounds, (double)bytes / Rounds);
    }

    private static void Write(string name, double first, double nanoseconds, double bytes) => Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{name,-22} {first,10:F0} {nanoseconds,10:F0} {bytes,10:F0}"));

    private sealed class FixedScope : IExpressionScope
    {
        private readonly Dictionary<string, object?> _variables = new()
        {
            ["visitorName"] = "李明",
            ["visits"] = 4L,
            ["votes"] = Enumerable.Range(0, 50)
                .Select(i => (object?)new Dictionary<string, object?> { ["yes"] = i % 2 == 0, ["weight"] = (long)i })
                .ToList(),
        };

        public IEnumerable<string> VariableNames => _variables.Keys;

        public IEnumerable<string> InputNames => [];

        public string WorkflowInstanceId => "run";

        public string WorkflowDefinitionId => "definition";

        public string WorkflowDefinitionVersionId => "version";

        public int WorkflowDefinitionVersion => 1;

        public string? CorrelationId { get; set; }

        public string? WorkflowInstanceName { get; set; }

        public DateTimeOffset Now => DateTimeOffset.UnixEpoch;

        public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

        public bool TryGetVariable(string name, out object? value) => _variables.TryGetValue(name, out value);

        public bool TrySetVariable(string name, object? value) => _variables.ContainsKey(name);

        public bool TryGetInput(string name, out object? value)
        {
            value = null;
            return false;
        }

        public object? GetOutputFrom(string activityIdOrName, string? outputName) => null;

        public object? GetLastResult() => null;

        public string NewId() => "00000000-0000-0000-0000-000000000001";

        public double NextRandom() => 0.5;

        public bool TryGetHostValue(string name, out object? value)
        {
            value = null;
            return false;
        }
    }
}
