using System.Text.Json.Nodes;
using Consultation.Runtime.Definitions;

namespace Consultation.Api.Definitions;

/// <summary>
/// Definitions as Studio reads them. Its links are permissions: without "publish" the editor is read-only, without
/// "bulk-publish" the list.
/// </summary>
internal static class DefinitionJson
{
    public static JsonObject Full(StoredDefinition stored, bool mayEdit)
    {
        var json = (JsonObject)stored.Definition.Json.DeepClone();
        json.Remove("$schema");
        json["materializerName"] = "Json";
        json["providerName"] = null;
        json["links"] = Links(stored.Definition.DefinitionId, mayEdit && !stored.Definition.IsReadonly);
        return json;
    }

    public static JsonObject Summary(DefinitionSummary summary, bool mayEdit) => new()
    {
        ["id"] = summary.Id,
        ["definitionId"] = summary.DefinitionId,
        ["name"] = summary.Name,
        ["description"] = summary.Description,
        ["version"] = summary.Version,
        ["toolVersion"] = "3.8.2.0",
        ["isLatest"] = summary.IsLatest,
        ["isPublished"] = summary.IsPublished,
        ["providerName"] = null,
        ["materializerName"] = "Json",
        ["createdAt"] = summary.CreatedAt.ToUniversalTime()
            .ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", System.Globalization.CultureInfo.InvariantCulture),
        ["isReadonly"] = summary.IsReadonly,
        ["isMaterializerAvailable"] = true,
        ["links"] = Links(summary.DefinitionId, mayEdit && !summary.IsReadonly),
    };

    public static JsonObject Summary(StoredDefinition stored, bool mayEdit)
    {
        var one = stored.Definition;
        return Summary(
            new DefinitionSummary(
                one.Id, one.DefinitionId, one.Version, one.Name, one.Description, one.IsLatest, one.IsPublished,
                one.IsReadonly, one.IsSystem,
                one.Options.UsableAsActivity, one.CreatedAt ?? stored.UpdatedAt),
            mayEdit);
    }

    public static JsonObject List(IReadOnlyList<DefinitionSummary> items, int total, bool mayEdit) => new()
    {
        ["items"] = new JsonArray([.. items.Select(item => (JsonNode)Summary(item, mayEdit))]),
        ["totalCount"] = total,
        ["links"] = mayEdit
            ? new JsonArray(
                Link("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST"),
                Link("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract", "POST"),
                Link("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete", "POST"))
            : [],
    };

    private static JsonArray Links(string definitionId, bool mayEdit)
    {
        var path = $"/workflow-definitions/{Uri.EscapeDataString(definitionId)}";
        var links = new JsonArray(Link(path, "self", "GET"));
        if (mayEdit)
        {
            links.Add((JsonNode)Link($"{path}/publish", "publish", "POST"));
            links.Add((JsonNode)Link($"{path}/retract", "retract", "POST"));
            links.Add((JsonNode)Link(path, "delete", "DELETE"));
        }

        return links;
    }

    private static JsonObject Link(string path, string rel, string method) => new()
    {
        ["href"] = $"/elsa/api{path}",
        ["rel"] = rel,
        ["method"] = method,
    };
}
