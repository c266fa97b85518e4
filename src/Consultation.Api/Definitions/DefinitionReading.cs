using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Consultation.Runtime.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Definitions;

/// <summary>
/// Lists, single definitions, exports and what refers to what (contract rows D1–D3, D10, D12, D13, D20, D23, D24, D27).
/// </summary>
internal static class DefinitionReading
{
    public static void Map(RouteGroupBuilder api)
    {
        var definitions = api.MapGroup("/workflow-definitions");
        definitions.MapGet("", ListAsync);
        definitions.MapGet("/by-definition-id/{definitionId}", ByDefinitionIdAsync);
        definitions.MapGet("/{definitionId}", ByDefinitionIdAsync);
        definitions.MapGet("/by-id/{versionId}", ByIdAsync);
        definitions.MapGet("/many-by-id", ManyByIdAsync);
        definitions.MapGet("/query/count", CountAsync);
        definitions.MapGet("/validation/is-name-unique", IsNameUniqueAsync);
        definitions.MapGet("/{definitionId}/versions", VersionsAsync);
        definitions.MapGet("/{definitionId}/consumers", ConsumersAsync);
        definitions.MapGet("/{definitionId}/export", ExportAsync);
        definitions.MapPost("/{definitionId}/export", ExportAsync);
        api.MapPost("/bulk-actions/export/workflow-definitions", BulkExportAsync);
        api.MapGet("/bulk-actions/export/workflow-definitions", BulkExportByGetAsync);
    }

    /// <summary>Query of contract row D1; names are matched without regard to case, empty means absent.</summary>
    private sealed record ListQuery(
        string? VersionOptions,
        int? Page,
        int? PageSize,
        string? SearchTerm,
        bool? IsSystem,
        string? OrderBy,
        string? OrderDirection,
        string[]? DefinitionIds,
        string[]? Ids);

    private static async Task<IResult> ListAsync(
        HttpContext http, [AsParameters] ListQuery query, IDefinitionStore store, ElsaAccess access,
        CancellationToken cancellationToken)
    {
        if (!Answers.VersionChoice(http, query.VersionOptions, VersionOptions.All, out var versions, out var refusal))
        {
            return refusal!;
        }

        var size = query.PageSize is > 0 ? query.PageSize : null;
        var filter = new DefinitionFilter
        {
            Versions = versions,
            DefinitionIds = query.DefinitionIds ?? [],
            Ids = query.Ids ?? [],
            Search = string.IsNullOrWhiteSpace(query.SearchTerm) ? null : query.SearchTerm.Trim(),
            IsSystem = query.IsSystem,
            OrderBy = query.OrderBy,
            Descending = !string.Equals(query.OrderDirection, "Ascending", StringComparison.OrdinalIgnoreCase),
            Skip = size is { } rows ? Math.Max(0, query.Page ?? 0) * rows : 0,
            Take = size,
        };
        var (items, total) = await store.ListAsync(filter, cancellationToken);
        return Answers.Ok(DefinitionJson.List(items, total, MayEdit(http, access)));
    }

    private static async Task<IResult> ByDefinitionIdAsync(
        HttpContext http, string definitionId, string? versionOptions, IDefinitionStore store, ElsaAccess access,
        CancellationToken cancellationToken)
    {
        if (!Answers.VersionChoice(http, versionOptions, VersionOptions.Latest, out var versions, out var refusal))
        {
            return refusal!;
        }

        return await store.FindAsync(definitionId, versions, cancellationToken) is { } stored
            ? One(http, stored, access)
            : Unknown(http);
    }

    private static async Task<IResult> ByIdAsync(
        HttpContext http, string versionId, IDefinitionStore store, ElsaAccess access,
        CancellationToken cancellationToken) =>
        await store.FindVersionAsync(versionId, cancellationToken) is { } stored
            ? One(http, stored, access)
            : Unknown(http);

    private static async Task<IResult> ManyByIdAsync(
        HttpContext http, [FromQuery(Name = "ids")] string[]? ids, IDefinitionStore store, ElsaAccess access,
        CancellationToken cancellationToken)
    {
        var found = await store.FindVersionsAsync(ids ?? [], cancellationToken);
        var items = found.Select(stored => (JsonNode)DefinitionJson.Full(stored, MayEdit(http, access))).ToArray();
        return Answers.Ok(new JsonObject { ["items"] = new JsonArray(items), ["count"] = items.Length });
    }

    private static async Task<IResult> CountAsync(IDefinitionStore store, CancellationToken cancellationToken)
    {
        var (_, total) = await store.ListAsync(
            new DefinitionFilter { Versions = VersionOptions.Latest, Take = 0 }, cancellationToken);
        return Answers.Ok(new { count = total });
    }

    private static async Task<IResult> IsNameUniqueAsync(
        string? name, string? definitionId, IDefinitionStore store, CancellationToken cancellationToken)
    {
        var (items, _) = await store.ListAsync(
            new DefinitionFilter { Versions = VersionOptions.Latest, Search = name?.Trim() }, cancellationToken);
        var isUnique = !items.Any(item =>
            string.Equals(item.Name, name?.Trim(), StringComparison.OrdinalIgnoreCase)
                && item.DefinitionId != definitionId);
        return Answers.Ok(new { isUnique });
    }

    private static async Task<IResult> VersionsAsync(
        HttpContext http, string definitionId, IDefinitionStore store, ElsaAccess access,
        CancellationToken cancellationToken)
    {
        var (items, total) = await store.ListAsync(
            new DefinitionFilter { DefinitionIds = [definitionId], OrderBy = "Version" }, cancellationToken);
        return Answers.Ok(DefinitionJson.List(items, total, MayEdit(http, access)));
    }

    private static async Task<IResult> ConsumersAsync(
        string definitionId, DefinitionReferences references, CancellationToken cancellationToken) =>
        Answers.Ok(new
        {
            consumingWorkflowDefinitionIds = await references.ConsumersOfAsync(definitionId, cancellationToken),
        });

    private static async Task<IResult> ExportAsync(
        HttpContext http,
        string definitionId,
        string? versionOptions,
        bool? includeConsumingWorkflows,
        IDefinitionStore store,
        DefinitionReferences references,
        CancellationToken cancellationToken)
    {
        if (!Answers.VersionChoice(http, versionOptions, VersionOptions.Latest, out var versions, out var refusal))
        {
            return refusal!;
        }

        if (await store.FindAsync(definitionId, versions, cancellationToken) is not { } stored)
        {
            return Unknown(http);
        }

        if (includeConsumingWorkflows is not true)
        {
            return Answers.File(
                http, Encoding.UTF8.GetBytes(stored.Definition.ToFile()), "application/json", FileName(stored));
        }

        return await ZipAsync([stored], store, references, cancellationToken);
    }

    /// <summary>Body of contract row D13.</summary>
    private sealed record BulkExport(string[]? Ids, bool IncludeConsumingWorkflows);

    private static Task<IResult> BulkExportByGetAsync(
        string[]? ids, bool? includeConsumingWorkflows, IDefinitionStore store, DefinitionReferences references,
        CancellationToken cancellationToken) =>
        BulkExportAsync(
            new BulkExport(ids, includeConsumingWorkflows is true), store, references, cancellationToken);

    private static async Task<IResult> BulkExportAsync(
        BulkExport body, IDefinitionStore store, DefinitionReferences references, CancellationToken cancellationToken)
    {
        var chosen = await store.FindVersionsAsync(body.Ids ?? [], cancellationToken);
        return body.IncludeConsumingWorkflows
            ? await ZipAsync(chosen, store, references, cancellationToken)
            : Zip(chosen);
    }

    private static async Task<IResult> ZipAsync(
        IReadOnlyList<StoredDefinition> chosen, IDefinitionStore store, DefinitionReferences references,
        CancellationToken cancellationToken)
    {
        var all = chosen.ToDictionary(stored => stored.Definition.Id);
        foreach (var one in chosen)
        {
            foreach (var consumer in await references.ConsumersOfAsync(one.Definition.DefinitionId, cancellationToken))
            {
                if (await store.FindAsync(consumer, VersionOptions.Latest, cancellationToken) is { } stored)
                {
                    all.TryAdd(stored.Definition.Id, stored);
                }
            }
        }

        return Zip([.. all.Values]);
    }

    private static IResult Zip(IReadOnlyList<StoredDefinition> definitions)
    {
        var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var stored in definitions)
            {
                using var entry = archive.CreateEntry(FileName(stored), CompressionLevel.Optimal).Open();
                entry.Write(Encoding.UTF8.GetBytes(stored.Definition.ToFile()));
            }
        }

        buffer.Position = 0;
        return Results.File(buffer, "application/zip", "workflow-definitions.zip");
    }

    /// <summary>Elsa's own pattern; letters of any script stay, everything else becomes a dash.</summary>
    private static string FileName(StoredDefinition stored)
    {
        var name = new string(
            [.. (stored.Definition.Name ?? "workflow").ToLowerInvariant()
                .Select(one => char.IsLetterOrDigit(one) ? one : '-')]);
        return $"workflow-definition-{name.Trim('-')}-{stored.Definition.DefinitionId}-{stored.Definition.Id}.json";
    }

    private static IResult One(HttpContext http, StoredDefinition stored, ElsaAccess access)
    {
        // The tag names what a save would be based on; older versions are never saved over.
        if (stored.Definition.IsLatest)
        {
            http.Response.Headers.ETag = $"\"{stored.Tag}\"";
        }

        return Answers.Ok(DefinitionJson.Full(stored, MayEdit(http, access)));
    }

    private static bool MayEdit(HttpContext http, ElsaAccess access) =>
        ElsaAccess.IsIn(http.User, access.Designers) || ElsaAccess.IsIn(http.User, access.Publishers);

    private static IResult Unknown(HttpContext http) =>
        Answers.NotFound(http, "没有这个流程定义。", "There is no such workflow definition.");
}
