using System.Text.Json;
using System.Text.Json.Nodes;
using Consultation.Engine.BuiltIns;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;

namespace Consultation.Engine.Definitions;

/// <summary>One compilation: reads the tree of activities, makes their objects, checks the whole.</summary>
internal sealed class WorkflowBuilder(
    WorkflowDefinition definition, ActivityCatalog catalog, Func<string, int?, WorkflowDefinition?>? resolve,
    Func<string, string?>? resolveType = null)
{
    private readonly List<ActivityNode> _nodes = [];
    private readonly List<DefinitionFinding> _findings = [];
    private readonly HashSet<string> _nodeIds = new(StringComparer.Ordinal);
    private readonly List<string> _definitionsOpen = [];

    public CompileResult Build()
    {
        if (definition.Root is not { } rootJson || !ActivityChildren.IsActivity(Identified(rootJson)))
        {
            Report("no-root", "流程没有根活动", "The workflow has no root activity", "请添加流程图或顺序作为根活动",
                "Add a flowchart or a sequence as its root");
            return new CompileResult(null, Sorted());
        }

        var json = new JsonObject
        {
            ["id"] = ActivityNode.WorkflowNodeId,
            ["name"] = definition.Name,
            ["customProperties"] = definition.CustomProperties.DeepClone(),
        };
        var workflow =
            new ActivityNode(0, json, WorkflowRoot.TypeName, 1, null, "", definition, ActivityNode.WorkflowNodeId)
            {
                Variables = definition.Variables,
            };
        _nodes.Add(workflow);
        _definitionsOpen.Add(definition.DefinitionId);
        if (AddChild(workflow, "Root", rootJson) is { } root) workflow.Children = [root];

        foreach (var node in _nodes) CreateActivity(node);
        foreach (var node in _nodes)
        {
            _findings.AddRange(node.Findings);
            DefinitionChecks.Check(node, _findings);
        }

        var triggers = FindTriggers();
        return new CompileResult(new CompiledWorkflow(definition, _nodes, triggers), Sorted());
    }

    /// <summary>A root without an id is given one, as Elsa does.</summary>
    private static JsonObject Identified(JsonObject json)
    {
        if (json.Text("id") is { Length: > 0 }) return json;
        var copy = (JsonObject)json.DeepClone();
        copy["id"] = copy.Text("name") ?? "Root";
        if (copy["version"] is null) copy["version"] = 1;
        return copy;
    }

    private ActivityNode? AddChild(
        ActivityNode parent, string port, JsonObject json, WorkflowDefinition? ofDefinition = null)
    {
        json = Revived(Identified(json));
        if (_nodes.Count >= WorkflowCompiler.MaxNodes || parent.Depth >= WorkflowCompiler.MaxDepth)
        {
            if (!_findings.Exists(f => f.Code == "too-large"))
            {
                Report(
                    "too-large",
                    $"流程过大：最多 {WorkflowCompiler.MaxNodes} 个活动、{WorkflowCompiler.MaxDepth} 层嵌套",
                    $"The workflow is too large: at most {WorkflowCompiler.MaxNodes} activities and "
                        + $"{WorkflowCompiler.MaxDepth} levels",
                    "请拆分为几个流程",
                    "Split it into several workflows");
            }

            return null;
        }

        var type = json.Text("type") ?? "";
        var version = (int)(json.Whole("version") ?? 1);
        var id = json.Text("id")!;
        var nodeId = $"{parent.NodeId}:{id}";
        for (var n = 2; !_nodeIds.Add(nodeId); n++)
        {
            _findings.Add(new DefinitionFinding(
                FindingSeverity.Error,
                "duplicate-id",
                id,
                nodeId,
                new BilingualText($"活动编号“{id}”重复", $"The activity id {id} is used twice"),
                new BilingualText("请为每个活动使用不同的编号", "Give every activity an id of its own")));
            nodeId = $"{parent.NodeId}:{id}#{n}";
        }

        var node = new ActivityNode(
            _nodes.Count, json, type, version, parent, port, ofDefinition ?? parent.Definition, nodeId);
        _nodes.Add(node);
        node.ActivityType = catalog.Find(type, version);
        if (UsedDefinitionId(node) is { } used) AddUsedDefinition(node, used);
        else AddChildren(node);
        return node;
    }

    /// <summary>
    /// Where another host put <c>Elsa.NotFoundActivity</c> in the place of an activity that it did not know, the
    /// activity itself, under the id by which the others know it.
    /// </summary>
    private static JsonObject Revived(JsonObject json)
    {
        if (json.Text("type") != "Elsa.NotFoundActivity" || json.Text("originalActivityJson") is not { } text)
        {
            return json;
        }

        try
        {
            if (JsonNode.Parse(text) is not JsonObject original || original.Text("type") is null or "") return json;
            original["id"] = json.Text("id");
            return original;
        }
        catch (JsonException)
        {
            return json;
        }
    }

    /// <summary>
    /// The definition that a node uses as its activity, or null. The catalogue may list such definitions too, for the
    /// toolbox. As in Elsa a version that the node names counts first, then the name of the type, then the id.
    /// </summary>
    private string? UsedDefinitionId(ActivityNode node)
    {
        if (node.ActivityType is { } type && !type.Descriptor.CustomProperties.ContainsKey("RootType")) return null;
        var named = node.Json.Find("workflowDefinitionId") is JsonValue id && id.TryGetValue<string>(out var text)
            && text.Length > 0
                ? text
                : null;
        return named is not null && node.Json.Find("workflowDefinitionVersionId") is JsonValue
            ? named
            : resolveType?.Invoke(node.Type) ?? named;
    }

    private void AddChildren(ActivityNode node)
    {
        node.Variables = node.Type is "Elsa.Flowchart" or "Elsa.Sequence" or "Elsa.Parallel"
            ? DefinitionReader.Variables(node.Json["variables"])
            : [];
        var children = new List<ActivityNode>();
        foreach (var (port, json) in ActivityChildren.Of(node.Json))
        {
            if (AddChild(node, port, json) is { } child) children.Add(child);
        }

        node.Children = children;
        if (node.Json["connections"] is { } connections)
            node.Connections = ConnectionReader.Read(node, connections, _findings);
    }

    private void AddUsedDefinition(ActivityNode node, string definitionId)
    {
        var version = node.Json.Find("workflowDefinitionVersionId") is JsonValue
            ? node.Version
            : node.Definition.Bound.GetValueOrDefault(definitionId)?.Version;
        var used = resolve?.Invoke(definitionId, version)
            ?? (version is null ? null : resolve?.Invoke(definitionId, null));
        if (used?.Root is not { } root)
        {
            _findings.Add(node.Finding(
                FindingSeverity.Error,
                "unknown-definition",
                new BilingualText(
                    $"找不到作为活动使用的流程“{node.Type}”",
                    $"The workflow {node.Type}, used as an activity, does not exist"),
                new BilingualText("请先导入并发布该流程", "Import and publish that workflow first")));
            return;
        }

        if (_definitionsOpen.Contains(definitionId))
        {
            _findings.Add(node.Finding(
                FindingSeverity.Error,
                "definition-cycle",
                new BilingualText($"流程“{used.Name}”最终使用了自身", $"The workflow {used.Name} ends up using itself"),
                new BilingualText("请去掉其中一个引用，或改用“执行流程”", "Remove one of the references, or use Execute Workflow")));
            return;
        }

        _definitionsOpen.Add(definitionId);
        node.ActivityType = UsedDefinition.TypeFor(used, node.Type, node.Version);
        node.IsUsedDefinition = true;
        node.Variables = used.Variables;
        if (AddChild(node, "Root", root, used) is { } child) node.Children = [child];
        _definitionsOpen.RemoveAt(_definitionsOpen.Count - 1);
    }

    private void CreateActivity(ActivityNode node)
    {
        if (node.Parent is null)
        {
            node.Activity = new WorkflowRoot(node);
            return;
        }

        if (node.ActivityType is not { } type)
        {
            node.Activity = new NotFoundActivity(node);
            if (!_findings.Exists(f => f.NodeId == node.NodeId)) _findings.Add(NotFoundActivity.Finding(node));
            return;
        }

        try
        {
            node.Activity = type.Create(node);
        }
        catch (Exception unfit) when (unfit is ArgumentException or FormatException or InvalidOperationException)
        {
            node.Activity = new NotFoundActivity(node);
            node.Report(node.Finding(
                FindingSeverity.Error,
                "bad-activity",
                new BilingualText(
                    $"活动的设置有误：{Problems.Of(Problems.Halves(unfit.Message).Zh).Zh}",
                    $"The activity's settings are not valid: {Problems.Halves(unfit.Message).En}"),
                new BilingualText("请更正该活动的设置", "Correct the activity's settings")));
        }

        if (type.Validate is { } validate) _findings.AddRange(validate(node));
    }

    private List<WorkflowTrigger> FindTriggers()
    {
        var triggers = new List<WorkflowTrigger>();
        var context = new TriggerContext(new TriggerScope(definition));
        foreach (var node in _nodes)
        {
            if (!node.CanStartWorkflow || !ReferenceEquals(node.Definition, definition)) continue;
            try
            {
                foreach (var description in node.Activity.DescribeTriggers(context))
                    triggers.Add(new WorkflowTrigger(node, description));
            }
            catch (Running.ActivityFaultException unfit)
            {
                _findings.Add(node.Finding(
                    FindingSeverity.Error,
                    "bad-trigger",
                    new BilingualText(
                        $"触发条件无法计算：{Problems.Halves(unfit.Message).Zh}",
                        $"The trigger cannot be worked out: {Problems.Halves(unfit.Message).En}"),
                    new BilingualText("触发活动的输入不能依赖运行中的数据", "A trigger's inputs must not depend on data of a run")));
            }
        }

        return triggers;
    }

    private void Report(string code, string zh, string en, string mendZh, string mendEn) =>
        _findings.Add(new DefinitionFinding(
        FindingSeverity.Error, code, null, null, new BilingualText(zh, en), new BilingualText(mendZh, mendEn)));

    private List<DefinitionFinding> Sorted() => [.. _findings.OrderBy(f => f.Severity)];
}
