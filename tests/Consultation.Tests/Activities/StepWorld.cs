using System.Text.Json;
using System.Text.Json.Nodes;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Mail.Outgoing;
using Consultation.Testing.Runs;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Activities;

/// <summary>A value that is computed when the step runs: the checks before publishing cannot look into it.</summary>
/// <param name="Code">JavaScript.</param>
internal sealed record Script(string Code)
{
    /// <summary>A text that only the run sees.</summary>
    public static Script Text(string text) => new($"return '{text}';");
}

/// <summary>
/// One step on a case in memory: every way out of it leads to a line with its name. Engine, case file, mails and timers
/// are real; the database is a few lists. It begins on Monday, 2 March 2026, at nine in Beijing.
/// </summary>
internal sealed class StepWorld
{
    /// <summary>Id of the step in its workflow.</summary>
    public const string Step = "Step";

    /// <summary>Monday, 2 March 2026, nine in Beijing.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private const string Flow = "one-step", ItemInstance = "item-run";

    /// <summary>A case that waits for its step to be started.</summary>
    /// <param name="type">Type of the step, without prefix for those of the product.</param>
    /// <param name="inputs">Its literal inputs: texts, numbers, yes and no, lists.</param>
    public StepWorld(string type, params (string Name, object Value)[] inputs)
        : this(type, type == "RequestApproval" ? ["Confirm", "Return", "Reject"] : [], inputs)
    {
    }

    /// <summary>The same for a gate with other outcomes.</summary>
    public StepWorld(string type, string[] outcomes, params (string Name, object Value)[] inputs)
    {
        var node = Node(type, inputs);
        var descriptor = Known.Find(node["type"]!.ToString(), 1)!.Descriptor;
        string[] ports = [.. descriptor.Ports.Select(port => port.Name), .. outcomes];
        if (ports.Length == 0) ports = ["Done"];
        JsonObject[] lines = [.. ports.Select(port => Flows.WriteLine($"To{port}", port))];
        var definition = Flows.Flowchart(Flow, [node, .. lines], [.. ports.Select(port => (Step, port, $"To{port}"))]);
        Scenario = new Scenario(
            [definition, Flows.Sequence("tracked-item", Flows.Event("Wait", "item-done"))], Monday, more: Samples)
        {
            Detail = JournalDetail.Full,
        };
        Scenario.Prepare(Flow, CaseKind.SixStep, "河边步道照明");
    }

    /// <summary>Activities of the sample assembly, which run beside those of the product.</summary>
    public static IReadOnlyList<ActivityType> Samples { get; } =
        [Tonghe.Activities.CheckOrderNumber.Type, Tonghe.Activities.CountOpenTasks.Type];

    private static ActivityCatalog Known { get; } = new([.. Scenario.AnyCatalog.Types, .. Samples]);

    public Scenario Scenario { get; }

    public District District => Scenario.District;

    public Case Case => Scenario.Case;

    /// <summary>The ways out that were followed, in order.</summary>
    public List<string> Outcomes => Scenario.Lines;

    public IReadOnlyList<Incident> Incidents => Scenario.Incidents;

    public IEnumerable<string> Verbs => Scenario.History.Select(line => line.Verb);

    /// <summary>The step's only open task.</summary>
    public WorkTask Task => Scenario.TaskAt(Step);

    /// <summary>Mails that were not cancelled, as "template to name".</summary>
    public IEnumerable<string> Mails => Scenario.Mails.Where(mail => mail.State != MailState.Cancelled)
        .Select(mail => $"{mail.Purpose} to {mail.RecipientName}");

    /// <summary>The sentence of the newest line of that kind.</summary>
    public LocalText Told(string verb) => Scenario.History.Last(line => line.Verb == verb).Text;

    /// <summary>An output of the step when it last ended.</summary>
    public object? Output(string name) =>
        Scenario.Executions.Last(execution => execution.ActivityId == Step).Outputs?.GetValueOrDefault(name);

    /// <summary>Starts the workflow.</summary>
    public StepWorld Run()
    {
        Scenario.Run();
        return this;
    }

    /// <summary>Starts the workflow as that of a tracked item, which is made for it.</summary>
    public TrackedItem RunForItem(Action<TrackedItem>? prepare = null)
    {
        var item = new TrackedItem
        {
            OrganisationId = Case.OrganisationId,
            Id = TrackedItemId.New(),
            CaseId = Case.Id,
            Number = 4,
            Year = 2026,
            Topic = "步道照明",
            Advice = "加装路灯",
            UndertakingUnitId = District.Water.Id,
            SupervisorId = District.Supervisor.Id,
            ResponsibleOfficeId = District.Committee.Id,
            DueOn = new DateOnly(2026, 6, 30),
            OriginalDueOn = new DateOnly(2026, 6, 30),
            State = TrackedItemState.InProgress,
            OpenedAt = Scenario.Now,
            InstanceId = ItemInstance,
        };
        prepare?.Invoke(item);
        Scenario.Items.Add(item);
        Scenario.Run(ItemInstance);
        return item;
    }

    /// <summary>Puts a record into the case, newest first.</summary>
    public CaseRecord Record(string kind, Person by, params (string Field, string Value)[] fields)
    {
        var record = new CaseRecord
        {
            OrganisationId = Case.OrganisationId,
            Id = Guid.NewGuid(),
            CaseId = Case.Id,
            Kind = kind,
            Title = FormCatalogue.Find(kind)?.Title ?? new(kind),
            Fields = fields.ToDictionary(field => field.Field, field => field.Value),
            ById = by.Id,
            At = Scenario.Now,
        };
        Scenario.Records.Insert(0, record);
        return record;
    }

    /// <summary>Answers the step's open task with a form filled in sensibly, with some entries different.</summary>
    public AnswerResult Answer(
        Person who, string outcome, string? reason = null, params (string Field, string Value)[] entries) =>
        Scenario.Answer(Task, who, outcome, Scenario.Fill(Task, entries), reason);

    /// <summary>What the checks before publishing say about the step in a workflow of its own.</summary>
    /// <param name="type">Type of the step.</param>
    /// <param name="ports">The ways out that lead on.</param>
    /// <param name="inputs">Its literal inputs.</param>
    public static IReadOnlyList<DefinitionFinding> Check(
        string type, string[] ports, params (string Name, object Value)[] inputs)
    {
        JsonObject[] lines = [.. ports.Select(port => Flows.WriteLine($"To{port}", port))];
        var definition = Flows.Flowchart("checked", [Node(type, inputs), .. lines],
            [.. ports.Select(port => (Step, port, $"To{port}"))]);
        return [.. WorkflowCompiler.Compile(definition, Known).Findings.Where(finding => finding.ActivityId == Step)];
    }

    private static JsonObject Node(string type, (string Name, object Value)[] inputs)
    {
        var node = Flows.Activity(Step, type.Contains('.', StringComparison.Ordinal) ? type : $"Consultation.{type}");
        node["customProperties"] = new JsonObject { ["rows"] = new JsonArray("Q85", "P22") };
        foreach (var (name, value) in inputs)
        {
            node[JsonNamingPolicy.CamelCase.ConvertName(name)] = value switch
            {
                bool flag => Flows.Input("Boolean", "Literal", flag),
                int number => Flows.Input("Int32", "Literal", number),
                Script script => Flows.Input("String", "JavaScript", script.Code),
                string[] list => Flows.Input("Object", "Object", JsonSerializer.Serialize(list)),
                _ => Flows.Input("String", "Literal", value),
            };
        }

        return node;
    }
}
