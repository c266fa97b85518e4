using System.Text.Json.Nodes;

namespace Consultation.Engine.Definitions;

/// <summary>
/// The version of another workflow that a published version starts: that which was published when it was published
/// itself. It stands in the definition's custom properties, so that whatever keeps or exports the definition keeps it.
/// </summary>
/// <param name="DefinitionId">The workflow that is started.</param>
/// <param name="VersionId">Id of the version.</param>
/// <param name="Version">Its number.</param>
public sealed record BoundVersion(string DefinitionId, string VersionId, int Version)
{
    /// <summary>Name of the custom property.</summary>
    public const string Property = "Consultation:BoundVersions";

    /// <summary>Reads them; what is no such entry is left out.</summary>
    internal static IReadOnlyDictionary<string, BoundVersion> Read(JsonObject? customProperties)
    {
        var bound = new Dictionary<string, BoundVersion>(StringComparer.Ordinal);
        if (customProperties?[Property] is not JsonObject map) return bound;
        foreach (var (definitionId, value) in map)
        {
            if (value is JsonObject entry && entry.Text("versionId") is { Length: > 0 } id
                && entry.Whole("version") is { } number)
            {
                bound[definitionId] = new(definitionId, id, (int)number);
            }
        }

        return bound;
    }

    /// <summary>Writes them into a definition's JSON in place of those that stand there; none takes them out.</summary>
    internal static void Write(JsonObject definition, IEnumerable<BoundVersion> bound)
    {
        var map = new JsonObject();
        foreach (var one in bound.OrderBy(one => one.DefinitionId, StringComparer.Ordinal))
        {
            map[one.DefinitionId] = new JsonObject { ["versionId"] = one.VersionId, ["version"] = one.Version };
        }

        if (map.Count == 0) (definition["customProperties"] as JsonObject)?.Remove(Property);
        else if (definition["customProperties"] is JsonObject properties) properties[Property] = map;
        else definition["customProperties"] = new JsonObject { [Property] = map };
    }
}
