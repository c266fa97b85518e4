using Consultation.Engine.Describing;
using Consultation.Runtime.Definitions;
using Consultation.Storage.Reading.Definitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Definitions;

/// <summary>
/// Deleting definitions and versions of them, one and many (contract rows D7, D8, D16, D17, D27). By whatever route,
/// only who may publish deletes, and nothing that runs or that something else uses.
/// </summary>
internal static class DefinitionDeleting
{
    public static void Map(RouteGroupBuilder api)
    {
        var deleting = api.MapGroup("").AddEndpointFilter<DesignersOnly>().AddEndpointFilter(PublishersOnly);
        deleting.MapDelete("/workflow-definitions/{definitionId}", (
            HttpContext http, string definitionId, DefinitionDeletion deletion, CancellationToken cancellationToken) =>
            OneAsync(http, deletion, new DefinitionFilter { DefinitionIds = [definitionId] }, cancellationToken));
        deleting.MapDelete("/workflow-definitions/{definitionId}/version/{version:int}", (
            HttpContext http, string definitionId, int version, DefinitionDeletion deletion,
            CancellationToken cancellationToken) =>
            OneAsync(http, deletion, new DefinitionFilter
            {
                DefinitionIds = [definitionId],
                Versions = new VersionOptions(VersionChoice.Number, version),
            }, cancellationToken));
        deleting.MapDelete("/workflow-definition-versions/{versionId}", (
            HttpContext http, string versionId, DefinitionDeletion deletion, CancellationToken cancellationToken) =>
            OneAsync(http, deletion, new DefinitionFilter { Ids = [versionId] }, cancellationToken));
        deleting.MapPost("/bulk-actions/delete/workflow-definitions/by-definition-id", (
            HttpContext http, DefinitionIds body, DefinitionDeletion deletion, CancellationToken cancellationToken) =>
            ManyAsync(http, deletion, body, new DefinitionFilter { DefinitionIds = body.All }, cancellationToken));
        deleting.MapPost("/bulk-actions/delete/workflow-definitions/by-id", (
            HttpContext http, DefinitionIds body, DefinitionDeletion deletion, CancellationToken cancellationToken) =>
            ManyAsync(http, deletion, body, new DefinitionFilter { Ids = body.All }, cancellationToken));
    }

    private static ValueTask<object?> PublishersOnly(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var access = (ElsaAccess)http.RequestServices.GetService(typeof(ElsaAccess))!;
        // A 403 is a crash to the designer; what is refused with 400 it shows.
        return ElsaAccess.IsIn(http.User, access.Publishers)
            ? next(context)
            : ValueTask.FromResult<object?>(Answers.Invalid(http, new BilingualText(
                "您没有发布权限，不能删除流程：请交发布人删除。",
                "You may not publish, so you may not delete workflows: ask a publisher.")));
    }

    /// <summary>What is gone already is deleted.</summary>
    private static async Task<IResult> OneAsync(
        HttpContext http, DefinitionDeletion deletion, DefinitionFilter which, CancellationToken cancellationToken) =>
        await deletion.DeleteAsync(which, ElsaAccess.NameOf(http.User), cancellationToken) is
        { Refused: { Count: > 0 } refused }
            ? Answers.Invalid(http, [.. refused])
            : Results.NoContent();

    private static async Task<IResult> ManyAsync(
        HttpContext http, DefinitionDeletion deletion, DefinitionIds body, DefinitionFilter which,
        CancellationToken cancellationToken)
    {
        // No condition would mean all there are.
        if (body.All.Length == 0) return Answers.Ok(new { deleted = 0 });
        return await deletion.DeleteAsync(which, ElsaAccess.NameOf(http.User), cancellationToken) switch
        {
            { Refused: { Count: > 0 } refused } => Answers.Invalid(http, [.. refused]),
            var done => Answers.Ok(new { deleted = done.Deleted }),
        };
    }
}

/// <summary>What came of a deletion: how many versions are gone, or why none is.</summary>
public sealed record DeletionResult(int Deleted, IReadOnlyList<BilingualText> Refused);

/// <summary>
/// The one rule of what may be deleted. A version stays on which instances run; so does a version that another workflow
/// names, and the last or the published version of a definition that another workflow, or a platform for what is handed
/// in, starts. Either everything that was asked for is deleted or nothing.
/// </summary>
public sealed class DefinitionDeletion(
    IDefinitionStore store, DefinitionReferences references, DefinitionUseReader uses, TimeProvider clock)
{
    /// <summary>Deletes the versions that the filter means; they lie in the bin.</summary>
    public async Task<DeletionResult> DeleteAsync(
        DefinitionFilter which, string by, CancellationToken cancellationToken)
    {
        var (doomed, _) = await store.ListAsync(which, cancellationToken);
        if (doomed.Count == 0) return new(0, []);
        var ids = doomed.Select(version => version.Id).ToHashSet();
        var running = await uses.RunningAsync(cancellationToken);
        var refused = doomed.Where(version => running.ContainsKey(version.Id))
            .Select(version => Runs(version, running[version.Id])).ToList();
        var users = await references.UsersAsync(running.Keys, cancellationToken);
        var procedures = await uses.ProceduresAsync(cancellationToken);
        foreach (var definition in doomed.GroupBy(version => version.DefinitionId))
        {
            var (all, _) = await store.ListAsync(
                new DefinitionFilter { DefinitionIds = [definition.Key] }, cancellationToken);
            var isLeftWithout = definition.Any(version => version.IsPublished)
                || all.All(version => ids.Contains(version.Id));
            var others = users.Where(user => user.DefinitionId != definition.Key && !ids.Contains(user.VersionId)
                && ((isLeftWithout && user.Definitions.Contains(definition.Key))
                    || user.Versions.Overlaps(definition.Select(version => version.Id))))
                .Select(user => user.DefinitionId).Distinct().Order(StringComparer.Ordinal).ToList();
            if (others.Count > 0) refused.Add(InUse(definition.Key, others));
            if (isLeftWithout && procedures.TryGetValue(definition.Key, out var platform))
            {
                refused.Add(OfPlatform(definition.Key, platform.Zh, platform.For("en")));
            }
        }

        return refused.Count > 0
            ? new(0, refused)
            : new(await store.DeleteAsync(ids, by, clock.GetUtcNow(), cancellationToken), []);
    }

    private static BilingualText Runs(DefinitionSummary version, int count) => new(
        $"“{version.DefinitionId}”第 {version.Version} 版上还有 {count} 个流程实例在运行，不能删除：请等它们结束，或先取消它们。",
        $"{count} instance(s) run on version {version.Version} of “{version.DefinitionId}”, so it cannot be deleted: "
            + "wait until they end, or cancel them first.");

    private static BilingualText InUse(string definitionId, List<string> consumers) => new(
        $"“{definitionId}”被这些流程使用，不能删除：{string.Join("、", consumers)}。请先改掉引用。",
        $"“{definitionId}” is used by {string.Join(", ", consumers)} and cannot be deleted; change those first.");

    private static BilingualText OfPlatform(string definitionId, string zh, string en) => new(
        $"“{definitionId}”是“{zh}”受理事项的流程，不能删除：请先在单位页面另选流程。",
        $"“{definitionId}” is the procedure of “{en}” and cannot be deleted: choose another one on the unit's page "
            + "first.");
}
