using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Consultation.Engine.Describing;
using Consultation.Engine.Expressions;

namespace Consultation.Engine.Definitions;

/// <summary>
/// A workflow definition in Elsa 3's file format. It stands on its JSON and reads from it, so that whatever a file
/// holds, known or not, survives a round trip. Treat <see cref="Json"/> as read-only; changes go through
/// <see cref="With(Action{JsonObject})"/>, which works on a copy.
/// </summary>
public sealed class WorkflowDefinition
{
    /// <summary>The schema that exported files name.</summary>
    public const string Schema = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";

    private static readonly JsonSerializerOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 256,
    };

    private static readonly JsonSerializerOptions WritingIndented =
        new(Writing) { WriteIndented = true, NewLine = "\n" };

    private static readonly JsonDocumentOptions Reading = new()
    {
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 256,
    };

    private WorkflowDefinition(JsonObject json)
    {
        Json = json;
        Id = Text(json, "id") ?? "";
        DefinitionId = Text(json, "definitionId") ?? "";
        Name = Text(json, "name");
        Description = Text(json, "description");
        Version = json.Whole("version") is { } version ? (int)version : 1;
        IsLatest = json.Flag("isLatest");
        IsPublished = json.Flag("isPublished");
        IsReadonly = json.Flag("isReadonly");
        IsSystem = json.Flag("isSystem");
        Variables = DefinitionReader.Variables(json["variables"]);
        Inputs = DefinitionReader.Inputs(json["inputs"]);
        Outputs = DefinitionReader.Outputs(json["outputs"]);
        Outcomes = DefinitionReader.Strings(json["outcomes"]);
        Options = DefinitionReader.Options(json);
        Bound = BoundVersion.Read(json["customProperties"] as JsonObject);
    }

    /// <summary>The whole definition.</summary>
    public JsonObject Json { get; }

    /// <summary>The id of this version.</summary>
    public string Id { get; }

    /// <summary>The id that all versions share.</summary>
    public string DefinitionId { get; }

    public string? Name { get; }

    public string? Description { get; }

    /// <summary>1, 2, ...</summary>
    public int Version { get; }

    public bool IsLatest { get; }

    public bool IsPublished { get; }

    public bool IsReadonly { get; }

    public bool IsSystem { get; }

    public DateTimeOffset? CreatedAt =>
        Text(Json, "createdAt") is { } text && DateTimeOffset.TryParse(
            text, System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    public IReadOnlyList<VariableDefinition> Variables { get; }

    public IReadOnlyList<WorkflowInputDefinition> Inputs { get; }

    public IReadOnlyList<WorkflowOutputDefinition> Outputs { get; }

    /// <summary>The outcomes when used as an activity.</summary>
    public IReadOnlyList<string> Outcomes { get; }

    public WorkflowOptions Options { get; }

    /// <summary>
    /// For a version that was published: the versions of the workflows that it starts, by their definition id.
    /// </summary>
    public IReadOnlyDictionary<string, BoundVersion> Bound { get; }

    /// <summary>Free properties; never null.</summary>
    public JsonObject CustomProperties => Json["customProperties"] as JsonObject ?? [];

    /// <summary>The root activity, or null when the file has none.</summary>
    public JsonObject? Root => Json["root"] as JsonObject;

    /// <summary>Reads a definition from JSON text.</summary>
    /// <exception cref="DefinitionFormatException">Not JSON, or not an object.</exception>
    public static WorkflowDefinition Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>Reads a definition from UTF-8 JSON, with or without a byte order mark.</summary>
    /// <exception cref="DefinitionFormatException">Not JSON, or not an object.</exception>
    public static WorkflowDefinition Parse(ReadOnlyMemory<byte> utf8)
    {
        var content = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(content.Span, null, Reading);
        }
        catch (JsonException broken)
        {
            throw new DefinitionFormatException(
                new BilingualText("文件不是有效的 JSON", $"The file is not valid JSON: {broken.Message}"),
                new BilingualText("请在所示位置检查括号、引号和逗号", "Check brackets, quotes and commas at the place named"),
                (int)(broken.LineNumber ?? -1) + 1,
                (int)(broken.BytePositionInLine ?? -1) + 1,
                broken);
        }

        return FromJson(node as JsonObject ?? throw new DefinitionFormatException(
            new BilingualText("文件不是流程定义", "The file is not a workflow definition"),
            new BilingualText("最外层应为一个 JSON 对象", "The outermost value must be a JSON object")));
    }

    /// <summary>Takes over a parsed object; the caller must not change it afterwards.</summary>
    /// <exception cref="DefinitionFormatException">A property has the wrong kind of value, or a name stands
    /// twice.</exception>
    public static WorkflowDefinition FromJson(JsonObject json)
    {
        try
        {
            return new WorkflowDefinition(json);
        }
        catch (Exception unfit) when (unfit is ArgumentException or InvalidOperationException or FormatException)
        {
            throw new DefinitionFormatException(
                new BilingualText($"流程定义的内容有误：{unfit.Message}", $"The definition cannot be read: {unfit.Message}"),
                new BilingualText("请更正该属性的值", "Correct the value of that property"),
                cause: unfit);
        }
    }

    /// <summary>The definition as JSON text; Chinese stays readable.</summary>
    public string ToJson(bool indented = false) => Json.ToJsonString(indented ? WritingIndented : Writing);

    /// <summary>The exported file: <c>$schema</c> first, indented, UTF-8.</summary>
    public string ToFile()
    {
        var file = new JsonObject { ["$schema"] = Schema };
        foreach (var (name, value) in Json)
        {
            if (name is not ("$schema" or "links" or "materializerName" or "providerName"))
            {
                file[name] = value?.DeepClone();
            }
        }

        return file.ToJsonString(WritingIndented);
    }

    /// <summary>A copy changed by <paramref name="change"/>; everything else stays as it is.</summary>
    public WorkflowDefinition With(Action<JsonObject> change)
    {
        var copy = (JsonObject)Json.DeepClone();
        change(copy);
        return FromJson(copy);
    }

    /// <summary>A copy bound to these versions of other workflows, and to no others.</summary>
    public WorkflowDefinition WithBound(IEnumerable<BoundVersion> bound) =>
        With(json => BoundVersion.Write(json, bound));

    /// <summary>A copy with another identity, version or flags; null leaves a value as it is.</summary>
    public WorkflowDefinition With(
        string? id = null,
        string? definitionId = null,
        string? name = null,
        int? version = null,
        bool? isLatest = null,
        bool? isPublished = null,
        DateTimeOffset? createdAt = null) => With(json =>
        {
            if (id is not null) json["id"] = id;
            if (definitionId is not null) json["definitionId"] = definitionId;
            if (name is not null) json["name"] = name;
            if (version is not null) json["version"] = version;
            if (isLatest is not null) json["isLatest"] = isLatest;
            if (isPublished is not null) json["isPublished"] = isPublished;
            if (createdAt is not null) json["createdAt"] = PlainData.ToText(createdAt);
        });

    /// <summary>
    /// A copy in which every activity has its <c>nodeId</c> (<c>Workflow1:root:child</c>), <c>customProperties</c> and
    /// <c>metadata</c>, every wrapped input its <c>typeName</c>, and no list that Studio iterates is null.
    /// </summary>
    public WorkflowDefinition AssignNodeIds(ActivityCatalog? catalog = null) =>
        With(json => DefinitionCompletion.Complete(json, catalog));

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value ? value.TryGetValue<string>(out var text) ? text : value.ToString() : null;
}
