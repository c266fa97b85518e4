using System.Text.Json.Nodes;

namespace Consultation.Engine.Definitions;

/// <summary>
/// Elsa's log persistence settings of one node: which values the journal may keep. What a node does not say it
/// inherits. A setting that this engine does not carry out, such as an expression, keeps nothing: rather a gap in the
/// journal than a value that was meant to stay out of it.
/// </summary>
internal sealed class LogPersistence
{
    private const string Own = "default";
    private static readonly LogPersistence Everything = new(true, true, [], []);

    private readonly Dictionary<string, bool> _inputs;
    private readonly Dictionary<string, bool> _outputs;
    private readonly bool _values;

    private LogPersistence(
        bool values, bool internalState, Dictionary<string, bool> inputs, Dictionary<string, bool> outputs)
    {
        _values = values;
        InternalState = internalState;
        _inputs = inputs;
        _outputs = outputs;
    }

    /// <summary>Whether the activity's private state may be kept.</summary>
    public bool InternalState { get; }

    /// <summary>
    /// Reads a node's custom properties: the newer <c>logPersistenceConfig</c>, else the older
    /// <c>logPersistenceMode</c>.
    /// </summary>
    public static LogPersistence Of(JsonObject customProperties, LogPersistence? above)
    {
        var inherited = above ?? Everything;
        var (settings, read) = customProperties["logPersistenceConfig"] is JsonObject config
            ? (config, Strategy)
            : (customProperties["logPersistenceMode"] as JsonObject, (Func<JsonNode?, bool?>)Mode);
        if (settings is null)
        {
            return inherited._inputs.Count + inherited._outputs.Count == 0 ? inherited : inherited.ForOthers();
        }
        var values = read(settings[Own]) ?? inherited._values;
        return new(values, read(settings["internalState"]) ?? values, Named(settings["inputs"], read),
            Named(settings["outputs"], read));
    }

    /// <summary>Whether the value of that input may be kept.</summary>
    public bool Input(string name) => _inputs.Count > 0 && _inputs.TryGetValue(name, out var kept) ? kept : _values;

    /// <summary>Whether the value of that output may be kept.</summary>
    public bool Output(string name) => _outputs.Count > 0 && _outputs.TryGetValue(name, out var kept) ? kept : _values;

    /// <summary>What children inherit: settings of single inputs and outputs are the node's own.</summary>
    private LogPersistence ForOthers() => new(_values, _values, [], []);

    private static Dictionary<string, bool> Named(JsonNode? settings, Func<JsonNode?, bool?> read)
    {
        var named = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, setting) in settings as JsonObject ?? [])
        {
            if (read(setting) is { } kept) named[name] = kept;
        }

        return named;
    }

    private static bool? Strategy(JsonNode? setting)
    {
        if (setting is not JsonObject config) return null;
        if (config.Text("evaluationMode") is { } mode && mode != "Strategy") return false;
        return config.Text("strategyType")?.Split(',')[0].Split('.')[^1] switch
        {
            "Include" => true,
            "Exclude" => false,
            _ => null,
        };
    }

    private static bool? Mode(JsonNode? setting) => setting?.ToString() switch
    {
        "Include" => true,
        "Exclude" => false,
        _ => null,
    };
}
