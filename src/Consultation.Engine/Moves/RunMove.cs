using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;
using Consultation.Engine.Flowcharts;
using Consultation.Engine.Running;

namespace Consultation.Engine.Moves;

/// <summary>Where a run stands, and where it would stand.</summary>
/// <param name="From">The node of its version.</param>
/// <param name="Pair">Its counterpart.</param>
/// <param name="Waits">True when it waits there itself, not only in something inside.</param>
public sealed record MovedPlace(ActivityNode From, NodePair Pair, bool Waits);

/// <summary>
/// What moving one run to another version of its workflow would do. Making one changes nothing; <see cref="Carry"/>
/// does it. Finished work stays finished: what was passed is not asked again unless a way leads there anew.
/// </summary>
public sealed class RunMove
{
    private readonly Dictionary<ActivityExecution, int[]?> _counters = [];
    private readonly List<BilingualText> _blocks = [], _lost = [], _gained = [], _again = [], _passed = [];
    private readonly List<MovedPlace> _places = [];
    private readonly RunState _state;
    private readonly NodeMap _map;
    private readonly object? _host;
    private readonly DateTimeOffset _now;

    private RunMove(RunState state, NodeMap map, object? host, DateTimeOffset now) =>
        (_state, _map, _host, _now) = (state, map, host, now);

    /// <summary>Where the run stands, outermost first.</summary>
    public IReadOnlyList<MovedPlace> Places => _places;

    /// <summary>Why it cannot move; empty when it can.</summary>
    public IReadOnlyList<BilingualText> Blocks => _blocks;

    /// <summary>What the run has and the new version has no place for. Documents and answers are never lost.</summary>
    public IReadOnlyList<BilingualText> Lost => _lost;

    /// <summary>Variables that the new version brings, with their default.</summary>
    public IReadOnlyList<BilingualText> Gained => _gained;

    /// <summary>What was done and would be asked once more.</summary>
    public IReadOnlyList<BilingualText> AskedAgain => _again;

    /// <summary>New steps that lie before where the run stands: they are not asked of it.</summary>
    public IReadOnlyList<BilingualText> PassedOver => _passed;

    /// <summary>Looks at what a move would do.</summary>
    /// <param name="state">The run; it is bound to its own version.</param>
    /// <param name="map">From its version to the other.</param>
    /// <param name="host">What the host floors give to a step, or null.</param>
    /// <param name="now">The time of the step.</param>
    public static RunMove Of(RunState state, NodeMap map, object? host, DateTimeOffset now)
    {
        state.Bind(map.From);
        var move = new RunMove(state, map, host, now);
        move._blocks.AddRange(map.Faults);
        move.LookAtRun();
        foreach (var execution in state.ActivityExecutions) move.LookAt(execution);
        foreach (var item in state.Scheduled)
        {
            if (item.Node is { } node && map.Find(node) is null) move._blocks.Add(Gone(node));
        }

        move.LookAtOutputs();
        if (move._blocks.Count > 0) return move;
        foreach (var execution in state.ActivityExecutions) move.LookAtCounters(execution);
        move.AskActivities(isPreview: true);
        return move;
    }

    /// <summary>Moves the run, and writes a line into its journal.</summary>
    /// <exception cref="InvalidOperationException">It cannot move.</exception>
    public StepResult Carry(StepEnvironment environment)
    {
        if (_blocks.Count > 0) throw new InvalidOperationException("A run that cannot move was moved.");
        var from = _state.Version;
        AskActivities(isPreview: false);
        _state.MoveTo(_map, _counters);
        return Stepper.Run(_map.To, _state, Told(from, _state.Version), environment);
    }

    /// <summary>
    /// Puts a moved run back to what it was; its journal goes on. The host's part is put back by its activities.
    /// </summary>
    /// <param name="state">The run as it stands on the new version, no step further.</param>
    /// <param name="before">What <see cref="RunState.Serialize"/> gave before the move.</param>
    /// <param name="back">From the new version to the old one.</param>
    /// <param name="environment">All the step may know of the world.</param>
    public static StepResult Undo(RunState state, byte[] before, NodeMap back, StepEnvironment environment)
    {
        state.Bind(back.From);
        var move = new RunMove(state, back, environment.Host, environment.Now);
        move.AskActivities(isPreview: false);
        var restored = RunState.Deserialize(before);
        restored.GoOnFrom(state);
        return Stepper.Run(back.To, restored, Told(state.Version, restored.Version), environment);
    }

    internal static BilingualText NameOf(ActivityNode node) =>
        new(node.DisplayText, node.DisplayTextEn ?? node.DisplayText);

    private static Stimulus.Moved Told(int from, int to) => new(from, to);

    private void LookAtRun()
    {
        if (_state.IsOver || _state.Root is null)
        {
            _blocks.Add(new("已经结束，不再移动。", "It has ended and is not moved any more."));
        }
        else if (_state.Incidents.Count > 0 || _state.SubStatus == RunSubStatus.Faulted)
        {
            _blocks.Add(new(
                "有未处理的故障：请先处理并重试，再移动。", "It has an open incident: mend that and retry first."));
        }
    }

    private void LookAt(ActivityExecution execution)
    {
        var pair = _map.PairOf(execution.Node);
        var from = pair.From;
        if (execution.Parent is not null) _places.Add(new(from, pair, execution.FirstChild is null));
        if (pair.To is not { } to)
        {
            // What is inside something that is gone is gone with it; said once, for the outermost.
            if (execution.Parent is { } parent && _map.Find(parent.Node) is null) return;
            _blocks.Add(execution.FirstChild is null ? Gone(from) : Hollow(from));
            return;
        }

        LookAtVariables(execution, from, to);
    }

    private void LookAtVariables(ActivityExecution execution, ActivityNode from, ActivityNode to)
    {
        if (execution.Slots is not { } slots) return;
        for (var i = 0; i < slots.Length; i++)
        {
            var variable = from.Variables[i];
            if (slots[i] is null || VariableMoves.CounterpartOf(variable, to) is not null) continue;
            _lost.Add(new($"变量“{variable.Name}”及其值", $"the variable {variable.Name} with its value"));
        }

        foreach (var variable in to.Variables)
        {
            var source = VariableMoves.SourceOf(variable, from);
            if (source < 0)
            {
                _gained.Add(new($"变量“{variable.Name}”取默认值", $"the variable {variable.Name} gets its default"));
            }
            else if (VariableMoves.IsDefault(slots, from, source)
                && !PlainData.DeepEquals(variable.InitialValue, from.Variables[source].InitialValue))
            {
                _gained.Add(new(
                    $"变量“{variable.Name}”没有改过，取新的默认值",
                    $"the variable {variable.Name} was never changed and gets its new default"));
            }
        }
    }

    /// <summary>Values that scripts read of a step that is gone; they are kept, but no name leads to them.</summary>
    private void LookAtOutputs()
    {
        foreach (var nodeId in _state.ActivityOutputs.Keys)
        {
            if (_map.From.FindNode(nodeId) is not { } node || _map.Find(node) is not null) continue;
            var name = NameOf(node);
            _lost.Add(new($"“{name.Zh}”的输出", $"the outputs of {name.En}"));
        }
    }

    private void LookAtCounters(ActivityExecution execution)
    {
        switch (execution.Node.Activity)
        {
            case Flowchart flowchart:
                var moved = flowchart.Move(execution, (Flowchart)_map.Find(execution.Node)!.Activity, _map);
                _counters[execution] = moved.Counters;
                _again.AddRange(moved.AskedAgain.Select(NameOf));
                _passed.AddRange(moved.PassedOver.Select(NameOf));
                _blocks.AddRange(moved.Stranded.Select(Stranded));
                break;
            case Sequence:
                _counters[execution] = Sequence.MoveCounters(execution, _map);
                _passed.AddRange(Sequence.PassedOver(execution, _map).Select(NameOf));
                _again.AddRange(Sequence.AskedAgain(execution, _map).Select(NameOf));
                break;
        }
    }

    private void AskActivities(bool isPreview)
    {
        foreach (var execution in _state.ActivityExecutions.ToList())
        {
            if (_map.Find(execution.Node) is not { } to) continue;
            var asked = new ActivityMove(execution, execution.Node, to, _host, _now, isPreview);
            to.Activity.OnMoving(asked);
            if (!isPreview) continue;
            _blocks.AddRange(asked.Refusals);
            _again.AddRange(asked.Again);
        }
    }

    private static BilingualText Gone(ActivityNode node)
    {
        var name = NameOf(node);
        return new(
            $"停在“{name.Zh}”，新版本里没有对应的步骤；可以手工指定对应的步骤。",
            $"It waits at {name.En}, which has no counterpart in the new version; name one by hand.");
    }

    private static BilingualText Hollow(ActivityNode node)
    {
        var name = NameOf(node);
        return new(
            $"停在“{name.Zh}”里面，新版本里没有这个容器。",
            $"It stands inside {name.En}, a container that the new version does not have.");
    }

    private static BilingualText Stranded(ActivityNode node)
    {
        var name = NameOf(node);
        return new(
            $"在新版本里，“{name.Zh}”之前的步骤都已走完，却没有什么会再走到它，流程会停住。",
            $"In the new version everything before {name.En} is done and nothing would ever lead to it: the run would "
                + "stand still.");
    }
}
