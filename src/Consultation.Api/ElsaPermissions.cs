using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api;

/// <summary>
/// Which of Elsa's permissions an address needs. People have what their roles give; a key has, of what the roles of its
/// maker give, only the permissions that it was made with.
/// </summary>
internal static class ElsaPermissions
{
    /// <summary>Type of the claims that name a key's permissions; who has none of them is not limited.</summary>
    private const string Claim = "permissions";

    /// <summary>By method and address below <c>/elsa/api</c>; other addresses of GET need the right to read.</summary>
    private static readonly Dictionary<string, string> Of = new(StringComparer.Ordinal)
    {
        ["DELETE /workflow-definition-versions/{versionId}"] = "delete:workflow-definitions",
        ["DELETE /workflow-definitions/{definitionId}"] = "delete:workflow-definitions",
        ["DELETE /workflow-definitions/{definitionId}/version/{version:int}"] = "delete:workflow-definitions",
        ["DELETE /workflow-instances/{id}"] = "delete:workflow-instances",
        ["GET /alterations/workflows/retry"] = "run:alterations",
        ["GET /workflow-definitions/{definitionId}/execute"] = "exec:workflow-definitions",
        ["POST /actions/workflow-definitions/refresh"] = "actions:workflow-definitions:refresh",
        ["POST /actions/workflow-definitions/reload"] = "actions:workflow-definitions:reload",
        ["POST /activity-executions/report"] = "read:activity-execution",
        ["POST /alterations/submit"] = "run:alterations",
        ["POST /alterations/workflows/retry"] = "run:alterations",
        ["POST /bulk-actions/cancel/workflow-instances"] = "cancel:workflow-instances",
        ["POST /bulk-actions/delete/workflow-definitions/by-definition-id"] = "delete:workflow-definitions",
        ["POST /bulk-actions/delete/workflow-definitions/by-id"] = "delete:workflow-definitions",
        ["POST /bulk-actions/delete/workflow-instances"] = "delete:workflow-instances",
        ["POST /bulk-actions/delete/workflow-instances/by-id"] = "delete:workflow-instances",
        ["POST /bulk-actions/export/workflow-definitions"] = "read:workflow-definitions",
        ["POST /bulk-actions/export/workflow-instances"] = "read:workflow-instances",
        ["POST /bulk-actions/import/workflow-instances"] = "write:workflow-instances",
        ["POST /bulk-actions/publish/workflow-definitions/by-definition-ids"] = "publish:workflow-definitions",
        ["POST /bulk-actions/retract/workflow-definitions/by-definition-ids"] = "retract:workflow-definitions",
        ["POST /cancel/workflow-instances/{id}"] = "cancel:workflow-instances",
        ["POST /descriptors/activities/{typeName}/options/{propertyName}"] = "read:activity-descriptors-options",
        ["POST /events/{name}/trigger"] = "trigger:event",
        ["POST /retry/workflow-instances/{id}"] = "run:alterations",
        ["POST /scripting/javascript/type-definitions/{definitionId}"] = "read:javascript-type-definitions",
        ["POST /tasks/{taskId}/complete"] = "tasks:complete",
        ["POST /tests/activities"] = "exec:tests",
        ["POST /workflow-definitions"] = "write:workflow-definitions",
        ["POST /workflow-definitions/import"] = "write:workflow-definitions",
        ["POST /workflow-definitions/import-files"] = "write:workflow-definitions",
        ["POST /workflow-definitions/{definitionId}/bulk-dispatch"] = "exec:workflow-definitions",
        ["POST /workflow-definitions/{definitionId}/dispatch"] = "exec:workflow-definitions",
        ["POST /workflow-definitions/{definitionId}/execute"] = "exec:workflow-definitions",
        ["POST /workflow-definitions/{definitionId}/export"] = "read:workflow-definitions",
        ["POST /workflow-definitions/{definitionId}/import"] = "write:workflow-definitions",
        ["POST /workflow-definitions/{definitionId}/publish"] = "publish:workflow-definitions",
        ["POST /workflow-definitions/{definitionId}/retract"] = "retract:workflow-definitions",
        ["POST /workflow-definitions/{definitionId}/revert/{version:int}"] = "publish:workflow-definitions",
        ["POST /workflow-definitions/{definitionId}/update-references"] = "publish:workflow-definitions",
        ["POST /workflow-instances"] = "read:workflow-instances",
        ["POST /workflow-instances/{id}/export"] = "read:workflow-instances",
        ["POST /workflow-instances/{id}/journal"] = "read:workflow-instances",
        ["POST /workflow-instances/{id}/variables"] = "write:workflow-instances",
    };

    /// <summary>What stands at an endpoint.</summary>
    private sealed record Needed(string Permission);

    /// <summary>
    /// Every address of the group gets its permission; the host does not start with one that has none.
    /// </summary>
    public static void GuardByPermission(this RouteGroupBuilder api, string root)
    {
        ((IEndpointConventionBuilder)api).Finally(endpoint =>
        {
            var path = ((RouteEndpointBuilder)endpoint).RoutePattern.RawText![root.Length..].TrimEnd('/');
            var methods = endpoint.Metadata.OfType<IHttpMethodMetadata>().Last().HttpMethods;
            foreach (var permission in methods.Select(method => PermissionOf(method, path)).Distinct())
            {
                endpoint.Metadata.Add(new Needed(permission));
            }
        });
        api.AddEndpointFilter(CheckAsync);
    }

    private static string PermissionOf(string method, string path)
    {
        if (Of.TryGetValue($"{method} {path}", out var permission)) return permission;
        // Elsa takes both for a file that is brought in.
        if (HttpMethods.IsPut(method)) return Of[$"POST {path}"];
        if (!HttpMethods.IsGet(method))
        {
            throw new InvalidOperationException($"{method} {path} needs its permission in ElsaPermissions.");
        }

        return path.Split('/')[1] switch
        {
            "workflow-definitions" => "read:workflow-definitions",
            "workflow-instances" => "read:workflow-instances",
            "bulk-actions" => $"read:{path[(path.LastIndexOf('/') + 1)..]}",
            "activity-executions" or "activity-execution-summaries" => "read:activity-execution",
            "resilience" => "read:resilience",
            "features" => "read:installed-features",
            "descriptors" => $"read:{path.Split('/')[2]}",
            _ => "read:api",
        };
    }

    private static ValueTask<object?> CheckAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var needed = http.GetEndpoint()!.Metadata.GetOrderedMetadata<Needed>();
        return needed.All(one => Has(http.User, one.Permission))
            ? next(context)
            : ValueTask.FromResult<object?>(Answers.Forbidden(http,
                $"此密钥没有权限“{needed[0].Permission}”。", $"This key lacks the permission “{needed[0].Permission}”."));
    }

    /// <summary>The permissions that stand at an endpoint.</summary>
    internal static IEnumerable<string> Needs(IEnumerable<object> metadata) =>
        metadata.OfType<Needed>().Select(one => one.Permission);

    /// <summary>True for people, and for keys that were made with the permission or with all of its kind.</summary>
    internal static bool Has(ClaimsPrincipal user, string permission)
    {
        var own = user.FindAll(Claim).Select(claim => claim.Value).ToList();
        return own.Count == 0 || own.Contains("*") || own.Contains(permission)
            || (permission.StartsWith("read:", StringComparison.Ordinal) && own.Contains("read:*"));
    }
}
