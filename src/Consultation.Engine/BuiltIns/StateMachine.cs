using System.Globalization;
using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Moves;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// States and the transitions between them. Entering a state runs its entry activity and then waits for the triggers of
/// all transitions that lead out of it; the first whose condition holds wins: the others are cancelled, its action and
/// the state's exit activity run, and the next state is entered. It completes in a state that no transition leads out
/// of.
/// </summary>
internal sealed class StateMachine : Activity
{
    private const string CurrentState = "CurrentState";
    private const string Entering = "entry";
    private const string Triggering = "trigger";
    private const string Acting = "action";
    private const string Leaving = "exit";

    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);
    private readonly List<Transition> _transitions = [];
    private readonly string? _initialState;

    private StateMachine(ActivityNode node)
    {
        _initialState = node.Json.Find("currentState")?.ToString() is { Length: > 0 } current
            ? current
            : node.Json.Find("initialState")?.ToString();
        foreach (var json in Objects(node.Json.Find("states")))
        {
            if (json.Find("name")?.ToString() is { Length: > 0 } name)
            {
                _states.TryAdd(name, new State(ChildOf(node, json, Entering), ChildOf(node, json, Leaving)));
            }
        }

        foreach (var json in Objects(node.Json.Find("transitions")))
        {
            var name = json.Find("name")?.ToString() is { Length: > 0 } given
                ? given
                : $"{json.Find("from")} → {json.Find("to")}";
            _transitions.Add(new Transition(
                json.Find("from")?.ToString() ?? "",
                json.Find("to")?.ToString() ?? "",
                ChildOf(node, json, Triggering),
                json.Find("condition") is JsonObject condition
                    ? node.Expression<bool>($"Condition[{name}]", condition.Find("expression"))
                    : null,
                ChildOf(node, json, Acting)));
        }
    }

    private sealed record State(ActivityNode? Entry, ActivityNode? Exit);

    private sealed record Transition(
        string From, string To, ActivityNode? Trigger, InputBinding<bool>? Condition, ActivityNode? Action);

    public static ActivityType Type { get; } = new(
        ActivityDescriptorBuilder.Activity("Elsa.StateMachine", "状态机", "State Machine")
            .Flow()
            .Description("按状态和触发条件依次转换", "Executes a state machine made of named states and trigger-driven transitions")
            .Build(),
        node => new StateMachine(node));

    public override void Execute(ActivityContext context) =>
        Enter(context, CurrentOf(context) is { Length: > 0 } current ? current : _initialState);

    public override void OnChildCompleted(ActivityContext context, ActivityExecution child)
    {
        var (phase, transition) = Read(child.Tag as string);
        if (phase == Entering)
        {
            AwaitTriggers(context);
            return;
        }

        if (transition is null || transition.From != CurrentOf(context)) return;
        switch (phase)
        {
            case Triggering when transition.Condition?.Get(context) is false:
                context.Schedule(transition.Trigger!, child.Tag);
                break;
            case Triggering:
                context.CancelChildren();
                if (transition.Action is { } action) context.Schedule(action, Tag(Acting, transition));
                else Leave(context, transition);
                break;
            case Acting:
                Leave(context, transition);
                break;
            case Leaving:
                Enter(context, transition.To);
                break;
        }
    }

    /// <summary>It marks what is under way by the position of a transition, so those must be the same.</summary>
    public override void OnMoving(ActivityMove move)
    {
        if (JsonNode.DeepEquals(move.From.Json.Find("transitions"), move.To.Json.Find("transitions"))
            && move.Execution.Properties?.GetValueOrDefault(CurrentState) is string state
            && _states.ContainsKey(state))
        {
            return;
        }

        move.Refuse(new(
            $"状态机“{move.From.DisplayText}”的状态或转移已改，正在其中的实例不能移动。",
            $"States or transitions of the state machine {move.From.DisplayText} have changed; what is inside it "
                + "cannot move."));
    }

    private void Enter(ActivityContext context, string? name)
    {
        if (name is null || !_states.TryGetValue(name, out var state))
        {
            context.Complete();
            return;
        }

        context.SetProperty(CurrentState, name);
        if (state.Entry is { } entry) context.Schedule(entry, Entering);
        else AwaitTriggers(context);
    }

    private void AwaitTriggers(ActivityContext context)
    {
        var current = CurrentOf(context);
        var leadsOn = false;
        foreach (var transition in _transitions)
        {
            if (transition.From != current || transition.Trigger is not { } trigger
                || !_states.ContainsKey(transition.To))
            {
                continue;
            }
            context.Schedule(trigger, Tag(Triggering, transition));
            leadsOn = true;
        }

        if (!leadsOn) context.Complete();
    }

    private void Leave(ActivityContext context, Transition transition)
    {
        if (_states.GetValueOrDefault(transition.From)?.Exit is { } exit)
        {
            context.Schedule(exit, Tag(Leaving, transition));
        }
        else Enter(context, transition.To);
    }

    private static string? CurrentOf(ActivityContext context) => context.GetProperty(CurrentState) as string;

    private string Tag(string phase, Transition transition) =>
        string.Create(CultureInfo.InvariantCulture, $"{phase}:{_transitions.IndexOf(transition)}");

    private (string Phase, Transition? Transition) Read(string? tag)
    {
        if (tag?.Split(':') is not [var phase, var number]) return (tag ?? "", null);
        var position = int.Parse(number, CultureInfo.InvariantCulture);
        return (phase, position >= 0 && position < _transitions.Count ? _transitions[position] : null);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray)?.OfType<JsonObject>() ?? [];

    private static ActivityNode? ChildOf(ActivityNode node, JsonObject holder, string property) =>
        holder.Find(property) is JsonObject json
            ? node.Children.FirstOrDefault(child => ReferenceEquals(child.Json, json))
            : null;
}
