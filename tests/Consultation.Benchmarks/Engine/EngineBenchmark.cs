using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;

namespace Consultation.Benchmarks.Engine;

/// <summary>
/// The engine alone, in memory, on one thread: activities per second and bytes per activity of a looping flowchart of
/// twenty nodes, with the journal and without; cost of storing, reading and compiling.
/// </summary>
public static class EngineBenchmark
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
    private static int _ids;

    public static void Run()
    {
        var catalog = new ActivityCatalog(BuiltInActivities.Types);
        var plain = Compile(Ring(20, script: false), catalog);
        var scripted = Compile(Ring(20, script: true), catalog);
        Measure("flowchart loop, constants, no journal", plain, JournalDetail.FaultsOnly, 2_000_000);
        Measure("flowchart loop, constants, journal lines", plain, JournalDetail.Lines, 400_000);
        Measure("flowchart loop, constants, full journal", plain, JournalDetail.Full, 400_000);
        Measure("flowchart loop, one script per node, no journal", scripted, JournalDetail.FaultsOnly, 400_000);
        MeasureStorage(catalog);
        MeasureCompiling(catalog);
    }

    private static void Measure(string name, CompiledWorkflow workflow, JournalDetail journal, int activities)
    {
        const int PerStep = 20_000;
        activities = Effort.Of(activities, PerStep);
        var environment = new StepEnvironment
        {
            Now = Now,
            NewId = NewId,
            MaxActivities = PerStep,
            MaxActivitiesPerRun = long.MaxValue,
            Journal = journal,
        };
        var run = RunState.New("run", workflow.Definition, Now);
        Stepper.Run(workflow, run, new Stimulus.Start(), environment);
        for (var i = 0; i < Effort.Of(20, 1); i++) Stepper.Run(workflow, run, new Stimulus.Continue(), environment);

        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var done = 0;
        while (done < activities)
        {
            done += Stepper.Run(workflow, run, new Stimulus.Continue(), environment).ActivityCount;
        }
        var seconds = clock.Elapsed.TotalSeconds;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        if (run.Incidents.Count > 0) throw new InvalidOperationException(run.Incidents[0].Message);
        Print(name, $"{done / seconds:N0} activities/s, {bytes / (double)done:N0} bytes each");
    }

    private static void MeasureStorage(ActivityCatalog catalog)
    {
        var workflow = Compile(Waiting(20), catalog);
        var environment = new StepEnvironment { Now = Now, NewId = NewId };
        var run = RunState.New("run", workflow.Definition, Now);
        Stepper.Run(workflow, run, new Stimulus.Start(), environment);
        var stored = run.Serialize();
        const int Times = 20_000;
        var write = Time(Times, () => run.Serialize());
        var read = Time(Times, () => RunState.Deserialize(stored));
        var cycle = Time(Times, () =>
        {
            var state = RunState.Deserialize(stored);
            Stepper.Run(workflow, state, new Stimulus.Resume(state.Bookmarks[0].Id), environment);
            state.Serialize();
        });
        Print("stored run with 20 bookmarks",
            $"{stored.Length:N0} bytes; write {write}; read {read}; read-resume-write {cycle}");
    }

    private static void MeasureCompiling(ActivityCatalog catalog)
    {
        var text = Ring(100, script: true).ToJsonString();
        Print("compile 100 nodes with scripts",
            Time(300, () => WorkflowCompiler.Compile(WorkflowDefinition.Parse(text), catalog)));
    }

    private static string Time(int times, Action action)
    {
        times = Effort.Of(times, 10);
        for (var i = 0; i < times / 10; i++) action();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < times; i++) action();
        var each = clock.Elapsed.TotalMicroseconds / times;
        return $"{each:N1} µs, {(GC.GetAllocatedBytesForCurrentThread() - bytes) / times:N0} bytes";
    }

    private static void Print(string name, string figures) => Console.WriteLine($"engine | {name} | {figures}");

    private static string NewId() => (++_ids).ToString("x16", CultureInfo.InvariantCulture);

    private static CompiledWorkflow Compile(JsonObject definition, ActivityCatalog catalog)
    {
        var result = WorkflowCompiler.Compile(WorkflowDefinition.FromJson(definition), catalog);
        if (result.HasErrors) throw new InvalidOperationException(result.Findings[0].Message.En);
        return result.Workflow!;
    }

    /// <summary>A flowchart that goes round for ever: SetVariable nodes, a decision, a connection back.</summary>
    private static JsonObject Ring(int size, bool script)
    {
        var activities = new JsonArray();
        var connections = new JsonArray();
        for (var i = 0; i < size; i++)
        {
            var last = i == size - 1;
            activities.Add((JsonNode)(last
                ? Activity("Elsa.FlowDecision", i, ("condition", Input("Literal", true)))
                : Activity(
                    "Elsa.SetVariable",
                    i,
                    ("variable", new JsonObject { ["id"] = "N" }),
                    ("value", script ? Input("JavaScript", "getN() + 1") : Input("Literal", 7)))));
            connections.Add((JsonNode)Connection(i, last ? "True" : "Done", last ? 0 : i + 1));
        }

        return Definition(activities, connections);
    }

    /// <summary>A flowchart that waits for as many events at once.</summary>
    private static JsonObject Waiting(int size)
    {
        var activities = new JsonArray { (JsonNode)Activity("Elsa.Start", 0) };
        var connections = new JsonArray();
        for (var i = 1; i <= size; i++)
        {
            activities.Add((JsonNode)Activity("Elsa.Event", i, ("eventName", Input("Literal", $"event {i}"))));
            connections.Add((JsonNode)Connection(0, "Done", i));
        }

        return Definition(activities, connections);
    }

    private static JsonObject Definition(JsonArray activities, JsonArray connections) => new()
    {
        ["id"] = "bench-v1",
        ["definitionId"] = "bench",
        ["version"] = 1,
        ["variables"] =
            new JsonArray(new JsonObject { ["id"] = "N", ["name"] = "N", ["typeName"] = "Int64", ["value"] = "0" }),
        ["root"] = new JsonObject
        {
            ["id"] = "F",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["activities"] = activities,
            ["connections"] = connections,
        },
    };

    private static JsonObject Activity(string type, int id, params (string Name, JsonNode Value)[] inputs)
    {
        var json = new JsonObject { ["id"] = $"A{id}", ["name"] = $"A{id}", ["type"] = type, ["version"] = 1 };
        foreach (var (name, value) in inputs) json[name] = value;
        return json;
    }

    private static JsonObject Input(string type, JsonNode value) =>
        new() { ["typeName"] = "Object", ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };

    private static JsonObject Connection(int from, string port, int to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = $"A{from}", ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = $"A{to}", ["port"] = "In" },
    };
}
