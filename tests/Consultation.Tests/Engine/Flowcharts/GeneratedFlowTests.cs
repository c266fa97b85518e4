using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Tests.Engine.Running;
using CsCheck;

namespace Consultation.Tests.Engine.Flowcharts;

/// <summary>
/// Flowcharts that nobody drew: splits, joins, loops and waits at random, run by the engine and by
/// <see cref="FlowModel"/>, which has to see the same events in the same order; and what is written of them is read
/// again whole.
/// </summary>
public sealed class GeneratedFlowTests
{
    private const int Wanted = 200;
    private const string Letters = "aZ\"\\中\n<{\u2028";

    private static readonly string?[] Merges = [null, null, "Stream", "Merge", "Converge", "Cascade", "Race"];

    private static readonly Gen<string[]> AnyOutcomes =
        Gen.OneOf<string[]>(
            Gen.Const<string[]>([]), Gen.Const<string[]>(["A"]), Gen.Const<string[]>(["B"]),
            Gen.Const<string[]>(["A", "B"]));

    private static readonly Gen<DrawnNode> AnyNode =
        from kind in Gen.Int[0, 9]
        from merge in Gen.Int[0, 6].Select(one => Merges[one])
        from waits in Gen.Int[0, 2]
        from script in AnyOutcomes.List[1, 3]
        select new DrawnNode(
            kind switch { 0 => "WaitAny", 1 => "WaitAll", 2 => "WaitAllActive", _ => null },
            merge, waits == 0, script);

    /// <summary>
    /// Most connections lead on, some lead back; from a join none leads back, so that each loop meets a step whose
    /// script comes to its end.
    /// </summary>
    private static readonly Gen<Drawing> AnyDrawing =
        from nodes in AnyNode.List[2, 9]
        from ends in Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8], Gen.Bool, Gen.Int[0, 5]).List[1, 14]
        select new Drawing(
            [nodes[0] with { Join = null }, .. nodes.Skip(1)],
            [.. ends.Select(one => Edge(nodes, one.Item1 % nodes.Count, one.Item2 % nodes.Count, one.Item3,
                goesBack: one.Item4 == 0)).Concat(Spine(nodes)).OfType<DrawnEdge>().Distinct()]);

    private static readonly Gen<JsonNode?> AnyValue = Gen.OneOf(
        Gen.Double[-1e9, 1e9].Select(one => (JsonNode?)JsonValue.Create(one)),
        Gen.Long.Select(one => (JsonNode?)JsonValue.Create(one)),
        Gen.Bool.Select(one => (JsonNode?)JsonValue.Create(one)),
        Gen.Int[0, Letters.Length - 1].Select(one => Letters[one]).Array[0, 12].Select(one => new string(one))
            .Select(one => (JsonNode?)JsonValue.Create(one)),
        Gen.Const((JsonNode?)null));

    [Theory]
    [InlineData("CounterBased")]
    [InlineData("TokenBased")]
    public void The_engine_does_what_the_plain_model_does_in_the_same_order(string mode)
    {
        var compared = 0;
        Gen.Select(AnyDrawing, Gen.Int[0, 7].Array[40]).Sample((drawing, choices) =>
        {
            if (Played(drawing, mode, choices) is not { } expected) return;
            RunBy(drawing, mode, choices).Should().Equal(expected);
            Interlocked.Increment(ref compared);
        }, iter: 4 * Wanted, threads: 1, print: Print);

        compared.Should().BeGreaterThanOrEqualTo(Wanted, "most drawings have to be valid ones");
    }

    [Fact]
    public void What_is_written_of_a_definition_is_read_again_whole() =>
        Gen.Select(AnyDrawing, AnyValue.Array[12]).Sample((drawing, values) =>
        {
            var json = Json(drawing, "CounterBased");
            var at = 0;
            Litter(json, values, ref at);
            var text = json.ToJsonString();

            var once = WorkflowDefinition.Parse(text);
            var twice = WorkflowDefinition.Parse(once.ToJson(indented: true));
            var file = WorkflowDefinition.Parse(WorkflowDefinition.Parse(once.ToFile()).ToFile());

            JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(once.ToJson())).Should().BeTrue();
            JsonNode.DeepEquals(once.Json, twice.Json).Should().BeTrue();
            Kept(JsonNode.Parse(text)!, file.Json);
        }, iter: Wanted, threads: 1, print: one => Print((one.Item1, [])));

    private static IEnumerable<DrawnEdge?> Spine(List<DrawnNode> nodes) =>
        Enumerable.Range(1, nodes.Count - 1).Select(
            node => Edge(nodes, (node - 1) / 2, node, isB: node % 2 == 0, goesBack: false));

    private static DrawnEdge? Edge(List<DrawnNode> nodes, int a, int b, bool isB, bool goesBack)
    {
        var (low, high) = a < b ? (a, b) : (b, a);
        if (low == high && !goesBack) return null;
        var isJoin = nodes[goesBack ? high : low].Join is not null && (goesBack ? high : low) != 0;
        if (goesBack && isJoin) return null;
        return new DrawnEdge(goesBack ? high : low, isJoin ? "Done" : isB ? "B" : "A", goesBack ? low : high);
    }

    /// <summary>What the model saw, or null for a drawing that no run may follow.</summary>
    private static List<string>? Played(Drawing drawing, string mode, int[] choices)
    {
        var model = new FlowModel(drawing, mode == "TokenBased");
        try
        {
            model.Start();
            foreach (var choice in choices)
            {
                if (model.IsDone || model.Waiting.Count == 0) break;
                model.Resume(choice % model.Waiting.Count);
            }
        }
        catch (NotValidException)
        {
            return null;
        }

        return [.. model.Events, model.IsDone ? "done" : $"waits at {string.Join(' ', model.Waiting)}"];
    }

    private static List<string> RunBy(Drawing drawing, string mode, int[] choices)
    {
        var world = new EngineWorld(ScriptedStep.Type) { FlowchartMode = mode };
        world.Import(Json(drawing, mode).ToJsonString()).Workflow.Should().NotBeNull();
        var run = world.Start("generated");
        foreach (var choice in choices)
        {
            var waiting = Waiting(run);
            if (run.IsOver || waiting.Count == 0) break;
            run = world.Resume(run, waiting[choice % waiting.Count]);
        }

        run.Incidents.Should().BeEmpty();
        var events = world.Journal
            .Where(line => line.ActivityId.StartsWith('n')
                && line.EventName is JournalEvents.Started or JournalEvents.Completed or JournalEvents.Canceled
                && line.ActivityId.StartsWith('n'))
            .Select(line => $"{line.EventName} {line.ActivityId}");
        return
        [
            .. events,
            run.SubStatus == RunSubStatus.Finished
                ? "done"
                : $"waits at {string.Join(' ', Waiting(run).Select(one => one.Node.ActivityId[1..]))}",
        ];
    }

    private static List<Bookmark> Waiting(RunState run) =>
        [.. run.Bookmarks.OrderBy(one => one.Execution.Number)];

    private static JsonObject Json(Drawing drawing, string mode) => new()
    {
        ["id"] = "generated-1",
        ["definitionId"] = "generated",
        ["name"] = "画出来的",
        ["version"] = 1,
        ["isLatest"] = true,
        ["isPublished"] = true,
        ["customProperties"] = new JsonObject { ["Flowchart:ExecutionMode"] = mode },
        ["root"] = new JsonObject
        {
            ["id"] = "Flow",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["start"] = "n0",
            ["activities"] = new JsonArray([.. drawing.Nodes.Select((node, number) => (JsonNode)Node(node, number))]),
            ["connections"] = new JsonArray([.. drawing.Edges.Select(edge => (JsonNode)new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = $"n{edge.From}", ["port"] = edge.Port },
                ["target"] = new JsonObject { ["activity"] = $"n{edge.To}", ["port"] = "In" },
            })]),
        },
    };

    private static JsonObject Node(DrawnNode node, int number)
    {
        var json = new JsonObject
        {
            ["id"] = $"n{number}",
            ["type"] = node.Join is null ? "Test.Scripted" : "Elsa.FlowJoin",
            ["version"] = 1,
            ["customProperties"] = new JsonObject { ["mergeMode"] = node.Join is null ? node.Merge : null },
        };
        if (node.Join is { } join)
        {
            json["mode"] = new JsonObject
            {
                ["typeName"] = "FlowJoinMode",
                ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = join },
            };
            return json;
        }

        json["waits"] = node.Waits;
        json["script"] = new JsonArray([.. node.Script.Select(
            outcomes => (JsonNode)new JsonArray([.. outcomes.Select(one => (JsonNode)one)]))]);
        return json;
    }

    /// <summary>Puts values under names that nobody knows into every object.</summary>
    private static void Litter(JsonNode? node, JsonNode?[] values, ref int at)
    {
        List<JsonNode?> children =
            node is JsonObject map ? [.. map.Select(one => one.Value)] : [.. node as JsonArray ?? []];
        foreach (var child in children)
        {
            if (child is JsonObject or JsonArray) Litter(child, values, ref at);
        }

        if (node is JsonObject known) known[$"acme {at}"] = values[at++ % values.Length]?.DeepClone();
    }

    /// <summary>Everything that stood in the first stands in the second.</summary>
    private static void Kept(JsonNode before, JsonNode after)
    {
        if (before is not JsonObject map)
        {
            JsonNode.DeepEquals(before, after).Should().BeTrue(before.ToJsonString());
            return;
        }

        foreach (var (name, value) in map)
        {
            after.AsObject().Should().ContainKey(name);
            if (value is not null) Kept(value, after[name]!);
        }
    }

    private static string Print((Drawing Drawing, int[] Choices) one) =>
        string.Join('\n', one.Drawing.Nodes.Select((node, number) =>
            $"n{number} {node.Join ?? node.Merge} {(node.Waits ? "waits" : "")} "
                + string.Join(';', node.Script.Select(outcomes => string.Join(',', outcomes)))))
            + "\n" + string.Join('\n', one.Drawing.Edges.Select(edge => $"n{edge.From}:{edge.Port} -> n{edge.To}"))
            + "\n" + string.Join(' ', one.Choices);

    /// <summary>Leaves by the ports that its script says, at each end by the next line of it.</summary>
    private sealed class ScriptedStep(ActivityNode node) : Activity
    {
        private readonly bool _waits = node.Json["waits"]!.GetValue<bool>();
        private readonly List<string[]> _script = [.. node.Json["script"]!.AsArray()
            .Select(line => line!.AsArray().Select(port => port!.GetValue<string>()).ToArray())];
        private int _ends;

        public static ActivityType Type { get; } = new(
            ActivityDescriptorBuilder.Activity("Test.Scripted", "按稿", "Scripted").Build(),
            node => new ScriptedStep(node));

        public override void Execute(ActivityContext context)
        {
            if (_waits) context.CreateBookmark(new BookmarkRequest());
            else End(context);
        }

        public override void Resume(ActivityContext context, Bookmark bookmark, object? payload) => End(context);

        private void End(ActivityContext context)
        {
            context.CompleteWithOutcomes(_ends < _script.Count ? _script[_ends] : []);
            _ends++;
        }
    }
}
