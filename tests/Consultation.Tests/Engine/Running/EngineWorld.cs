using System.Globalization;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;

namespace Consultation.Tests.Engine.Running;

/// <summary>
/// A small runtime around the engine: keeps runs in memory in their stored form, carries out requests, fires timers on
/// a clock of its own. Every run goes through its stored form before and after every step, so that each scenario also
/// tests storage.
/// </summary>
internal sealed class EngineWorld
{
    private readonly Dictionary<string, CompiledWorkflow> _workflows = [];
    private readonly Dictionary<string, WorkflowDefinition> _definitions = [];
    private readonly Dictionary<string, byte[]> _runs = [];
    private readonly Queue<(string Instance, Stimulus Stimulus)> _inbox = new();
    private readonly ActivityCatalog _catalog;
    private int _ids;

    public EngineWorld(params ActivityType[] moreTypes) =>
        _catalog = new ActivityCatalog([.. BuiltInActivities.Types, .. moreTypes]);

    public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));

    public List<string> Lines { get; } = [];

    public List<JournalLine> Journal { get; } = [];

    public Dictionary<string, ActivityExecutionRecord> Records { get; } = [];

    public List<StepRequest> Requests { get; } = [];

    public StepResult? Last { get; private set; }

    public string? FlowchartMode { get; init; }

    public int MaxActivities { get; init; } = 100_000;

    public long MaxActivitiesPerRun { get; init; } = 10_000_000;

    public object? Host { get; init; }

    public CompileResult Import(string json)
    {
        var definition = WorkflowDefinition.Parse(json);
        _definitions[definition.DefinitionId] = definition;
        var result = WorkflowCompiler.Compile(definition, _catalog, (id, _) => _definitions.GetValueOrDefault(id),
            name => _definitions.Values.FirstOrDefault(one => UsedDefinition.NameFor(one) == name)?.DefinitionId);
        if (result.Workflow is { } workflow) _workflows[definition.DefinitionId] = workflow;
        return result;
    }

    public RunState Start(
        string definitionId, Dictionary<string, object?>? input = null, string? trigger = null, object? payload = null)
    {
        var instance = NewId();
        Create(instance, definitionId, null, null, null);
        _inbox.Enqueue((instance, new Stimulus.Start(input, trigger, payload)));
        Work();
        return Run(instance);
    }

    /// <summary>Imports one definition and runs it.</summary>
    public RunState Play(string json, Dictionary<string, object?>? input = null)
    {
        var result = Import(json);
        result.Findings.Where(f => f.Severity == FindingSeverity.Error).Should().BeEmpty();
        return Start(result.Workflow!.Definition.DefinitionId, input);
    }

    public RunState Run(string instance)
    {
        var state = RunState.Deserialize(_runs[instance]);
        state.Bind(_workflows[state.DefinitionId]);
        return state;
    }

    public CompiledWorkflow WorkflowOf(RunState run) => _workflows[run.DefinitionId];

    public RunState Resume(RunState run, Bookmark bookmark, object? payload = null) =>
        Send(run, new Stimulus.Resume(bookmark.Id, payload));

    public RunState Send(RunState run, Stimulus stimulus)
    {
        _inbox.Enqueue((run.InstanceId, stimulus));
        Work();
        return Run(run.InstanceId);
    }

    /// <summary>Moves the clock to each timer that is due until the run waits for none, at most so long.</summary>
    public RunState Wait(RunState run, TimeSpan atMost)
    {
        var end = Now + atMost;
        while (Run(run.InstanceId) is { NextDueAt: { } due } state && due <= end)
        {
            if (due > Now) Now = due;
            var bookmark = state.Bookmarks.Where(b => b.DueAt is not null).MinBy(b => b.DueAt)!;
            Send(state, new Stimulus.TimerDue(bookmark.Id));
        }

        Now = end;
        return Run(run.InstanceId);
    }

    /// <summary>Stores a run that a test changed outside a step.</summary>
    public void Keep(RunState run) => _runs[run.InstanceId] = run.Serialize();

    public string NewId() => (++_ids).ToString("x16", CultureInfo.InvariantCulture);

    private void Create(
        string instance, string definitionId, string? correlationId, string? parent, string? parentBookmark)
    {
        var state = RunState.New(
            instance, _workflows[definitionId].Definition, Now, correlationId, null, parent, parentBookmark);
        if (FlowchartMode is not null) state.Properties["Flowchart:ExecutionMode"] = FlowchartMode;
        _runs[instance] = state.Serialize();
    }

    private void Work()
    {
        while (_inbox.TryDequeue(out var message)) Step(message.Instance, message.Stimulus);
    }

    private void Step(string instance, Stimulus stimulus)
    {
        var state = RunState.Deserialize(_runs[instance]);
        var workflow = _workflows[state.DefinitionId];
        var result = Stepper.Run(workflow, state, stimulus, new StepEnvironment
        {
            Now = Now,
            NewId = NewId,
            Host = Host,
            MaxActivities = MaxActivities,
            MaxActivitiesPerRun = MaxActivitiesPerRun,
        });
        Last = result;
        _runs[instance] = StoredTwice(state, workflow);
        if (!result.Matched) return;
        Journal.AddRange(result.JournalLines);
        foreach (var record in result.ActivityExecutionRecords) Records[record.Id] = record;
        foreach (var request in result.Requests) CarryOut(instance, request);
        if (result.HasMoreWork) _inbox.Enqueue((instance, new Stimulus.Continue()));
    }

    /// <summary>The stored form must survive being read and written again, bound or not.</summary>
    private static byte[] StoredTwice(RunState state, CompiledWorkflow workflow)
    {
        var bytes = state.Serialize();
        var unbound = RunState.Deserialize(bytes);
        unbound.Serialize().Should().Equal(bytes);
        unbound.ToElsaState().ToJsonString().Should().Be(state.ToElsaState().ToJsonString());
        unbound.Bind(workflow);
        unbound.Serialize().Should().Equal(bytes);
        return bytes;
    }

    private void CarryOut(string instance, StepRequest request)
    {
        Requests.Add(request);
        switch (request)
        {
            case StepRequest.WriteLine line:
                Lines.Add(line.Text);
                break;
            case StepRequest.DispatchWorkflow child:
                Create(child.ChildInstanceId, child.DefinitionId, child.CorrelationId, child.ParentInstanceId,
                    child.ParentBookmarkId);
                _inbox.Enqueue((child.ChildInstanceId, new Stimulus.Start(child.Input)));
                break;
            case StepRequest.ResumeRun resume:
                _inbox.Enqueue((resume.InstanceId, new Stimulus.Resume(resume.BookmarkId, resume.Payload)));
                break;
            case StepRequest.CancelRun cancel:
                _inbox.Enqueue((cancel.InstanceId, new Stimulus.Cancel(cancel.Reason)));
                break;
            case StepRequest.PublishEvent published:
                var hash = Event.HashOf(published.Name);
                foreach (var id in _runs.Keys.ToList())
                {
                    if (published.InstanceId is { } only && only != id) continue;
                    foreach (var bookmark in Run(id).Bookmarks.Where(
                        b => b.Name == Event.StimulusName && b.Hash == hash))
                        _inbox.Enqueue((id, new Stimulus.Resume(bookmark.Id, published.Payload)));
                }

                break;
        }
    }
}
