using Consultation.Engine.Describing;
using Consultation.Runtime;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Storage.Reading.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Instances;

/// <summary>
/// Cancelling, retrying and deleting instances, their variables, and stimuli from outside (contract rows I7–I10, I15).
/// Instances of a case are steered at the desk as well; both doors end in the same stimulus.
/// </summary>
internal static class InstanceActing
{
    public static void Map(RouteGroupBuilder api)
    {
        var acts = api.MapGroup("").AddEndpointFilter<OperatorsOnly>();
        acts.MapPost("/cancel/workflow-instances/{id}", CancelAsync);
        acts.MapPost("/retry/workflow-instances/{id}", RetryAsync);
        acts.MapPost("/alterations/workflows/retry", RetryManyAsync);
        acts.MapGet("/alterations/workflows/retry", RetryByQueryAsync).WithMetadata(ChangesByGet.Here);
        acts.MapPost("/workflow-instances/{id}/variables", SetVariablesAsync);
        acts.MapPost("/bulk-actions/cancel/workflow-instances", BulkCancelAsync);
        acts.MapPost("/alterations/submit", CancelMatchingAsync);
        acts.MapDelete("/workflow-instances/{id}", DeleteAsync);
        acts.MapPost("/bulk-actions/delete/workflow-instances", BulkDeleteAsync);
        acts.MapPost("/bulk-actions/delete/workflow-instances/by-id", BulkDeleteAsync);
        acts.MapPost("/events/{name}/trigger", TriggerAsync);
        acts.MapPost("/tasks/{taskId}/complete", CompleteTaskAsync);
    }

    private static async Task<IResult> CancelAsync(
        HttpContext http, string id, RunReader runs, StimulusSender sender, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(ElsaAccess.ViewerOf(http.User), id, cancellationToken) is null)
        {
            return Unknown(http);
        }

        await sender.SendAsync(
            new StimulusMessage.Cancel(new InstanceId(id), $"Cancelled by {ElsaAccess.NameOf(http.User)}"),
            cancellationToken);
        return Results.Ok();
    }

    private static async Task<IResult> RetryAsync(
        HttpContext http, string id, RunReader runs, StimulusSender sender, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(ElsaAccess.ViewerOf(http.User), id, cancellationToken) is null)
        {
            return Unknown(http);
        }

        return await sender.SendAsync(
            new StimulusMessage.Retry(new InstanceId(id)), cancellationToken) is StimulusResult.Applied applied
            ? Answers.Ok(new { subStatus = applied.SubStatus.ToString(), incidents = applied.IncidentIds })
            : Answers.Invalid(http, new BilingualText("该实例没有可重试的故障。", "This instance has no incident to retry."));
    }

    /// <summary>Which instances Elsa's own retry is asked for.</summary>
    private sealed record RetryRequest(string[]? WorkflowInstanceIds);

    private static Task<IResult> RetryManyAsync(
        HttpContext http, RetryRequest body, RunReader runs, StimulusSender sender,
        CancellationToken cancellationToken) =>
        RetryByQueryAsync(http, body.WorkflowInstanceIds, runs, sender, cancellationToken);

    private static async Task<IResult> RetryByQueryAsync(
        HttpContext http, string[]? workflowInstanceIds, RunReader runs, StimulusSender sender,
        CancellationToken cancellationToken)
    {
        if (workflowInstanceIds is not { Length: > 0 } ids)
        {
            return Answers.Invalid(http, new BilingualText(
                "请给出要重试的流程实例编号（workflowInstanceIds）。",
                "Name the workflow instances to retry (workflowInstanceIds)."));
        }

        var (matching, _) = await runs.ListAsync(
            ElsaAccess.ViewerOf(http.User), new RunFilter { Ids = ids }, cancellationToken);
        var results = new List<object>();
        foreach (var id in ids.Distinct())
        {
            var isRetried = matching.Any(run => run.Id == id) && await sender.SendAsync(
                new StimulusMessage.Retry(new InstanceId(id)), cancellationToken) is StimulusResult.Applied;
            results.Add(new { workflowInstanceId = id, isSuccessful = isRetried });
        }

        return Answers.Ok(new { results });
    }

    /// <summary>One value that is put into an instance; the id is that of the variable, or its name.</summary>
    private sealed record NewValue(string? Id, System.Text.Json.JsonElement? Value);

    private sealed record NewValues(NewValue[]? Variables);

    private static async Task<IResult> SetVariablesAsync(
        HttpContext http, string id, NewValues body, RunReader runs, IRunStore store, IDefinitionStore definitions,
        WorkflowCache cache, StimulusSender sender, CancellationToken cancellationToken)
    {
        if (await InstanceReading.FindValuesAsync(
            http, id, runs, store, definitions, cache, cancellationToken) is not { } known)
        {
            return Unknown(http);
        }

        if (body.Variables is not { Length: > 0 } given)
        {
            return Answers.Invalid(http, new BilingualText("请给出变量（variables）。", "Name the variables."));
        }

        var stranger = given.FirstOrDefault(
            one => !known.Any(variable => variable.Id == one.Id || variable.Name == one.Id));
        if (stranger is not null)
        {
            return Answers.Invalid(http, new BilingualText(
                $"流程实例没有变量“{stranger.Id}”。", $"The instance has no variable “{stranger.Id}”."));
        }

        var values = given.GroupBy(one => one.Id!).ToDictionary(
            group => group.Key,
            group => group.Last().Value is { } value ? Engine.Expressions.PlainData.FromElement(value) : null);
        try
        {
            if (await sender.SendAsync(new StimulusMessage.SetVariables(new InstanceId(id), values), cancellationToken)
                is not StimulusResult.Applied)
            {
                return Answers.Invalid(http, new BilingualText(
                    "流程实例已结束，变量不能再改。", "The instance is over; its variables cannot be changed any more."));
            }
        }
        catch (Engine.Running.ActivityFaultException)
        {
            var names = known.Where(one => values.ContainsKey(one.Id) || values.ContainsKey(one.Name))
                .Select(one => one.Name).ToList();
            return Answers.Invalid(http, new BilingualText(
                $"值不符合变量的类型，什么也没有改：{string.Join("、", names)}。",
                $"A value does not fit the type of its variable; nothing was changed: {string.Join(", ", names)}."));
        }

        return InstanceReading.Values((await InstanceReading.FindValuesAsync(
            http, id, runs, store, definitions, cache, cancellationToken))!);
    }

    /// <summary>Body of contract row I8.</summary>
    private sealed record CancelRequest(
        string[]? Ids, string? DefinitionVersionId, string? DefinitionId, string? VersionOptions);

    private static async Task<IResult> BulkCancelAsync(
        HttpContext http, CancelRequest body, RunReader runs, IDefinitionStore definitions, StimulusSender sender,
        CancellationToken cancellationToken)
    {
        if (body is { Ids: null or [], DefinitionId: null or "", DefinitionVersionId: null or "" })
        {
            return Answers.Ok(new { cancelled = 0 });
        }

        if (!Answers.VersionChoice(http, body.VersionOptions, VersionOptions.All, out var versions, out var refusal))
        {
            return refusal!;
        }
        var (matching, _) = await runs.ListAsync(ElsaAccess.ViewerOf(http.User), new RunFilter
        {
            Ids = body.Ids ?? [],
            DefinitionIds = string.IsNullOrEmpty(body.DefinitionId) ? [] : [body.DefinitionId],
            DefinitionVersionId = string.IsNullOrEmpty(body.DefinitionVersionId) ? null : body.DefinitionVersionId,
        }, cancellationToken);
        if (versions != VersionOptions.All)
        {
            var filter = new DefinitionFilter
            {
                Versions = versions,
                DefinitionIds = [.. matching.Select(run => run.DefinitionId).Distinct()],
            };
            var meant = (await definitions.ListAsync(filter, cancellationToken)).Items.Select(version => version.Id)
                .ToHashSet();
            matching = [.. matching.Where(run => meant.Contains(run.DefinitionVersionId))];
        }

        return Answers.Ok(new { cancelled = await CancelAllAsync(http, matching, sender, cancellationToken) });
    }

    /// <summary>
    /// The part of contract row I14 that Studio uses: "cancel all that match". Other alterations are not offered.
    /// </summary>
    private sealed record AlterationRequest(Alteration[]? Alterations, MatchingRuns? Filter);

    private sealed record Alteration(string? Type);

    private sealed record MatchingRuns(
        string[]? WorkflowInstanceIds, string[]? CorrelationIds, string[]? DefinitionIds,
        string[]? DefinitionVersionIds, string? SearchTerm,
        bool? HasIncidents, string[]? Statuses, string[]? SubStatuses, RunTimeBound[]? TimestampFilters);

    private static async Task<IResult> CancelMatchingAsync(
        HttpContext http, AlterationRequest body, RunReader runs, StimulusSender sender,
        CancellationToken cancellationToken)
    {
        if (body.Alterations is not { Length: > 0 } wanted || wanted.Any(one => one.Type != "Cancel")
            || body.Filter is not { } filter)
        {
            return Answers.Invalid(http, new BilingualText("这里只能批量取消。", "Only cancelling is offered here."));
        }

        var (matching, _) = await runs.ListAsync(ElsaAccess.ViewerOf(http.User), new RunFilter
        {
            Ids = filter.WorkflowInstanceIds ?? [],
            DefinitionIds = filter.DefinitionIds ?? [],
            Search = string.IsNullOrWhiteSpace(filter.SearchTerm) ? null : filter.SearchTerm.Trim(),
            HasIncidents = filter.HasIncidents,
            Statuses = filter.Statuses ?? [],
            SubStatuses = filter.SubStatuses ?? [],
            Times = filter.TimestampFilters ?? [],
        }, cancellationToken);
        var chosen = matching.Where(run =>
            (filter.CorrelationIds is not { Length: > 0 } correlations || correlations.Contains(run.CorrelationId))
            && (filter.DefinitionVersionIds is not { Length: > 0 } versions
                || versions.Contains(run.DefinitionVersionId)));
        var cancelled = await CancelAllAsync(http, chosen, sender, cancellationToken);
        return Answers.Ok(new { planId = InstanceId.New().Value, cancelled });
    }

    private static async Task<int> CancelAllAsync(
        HttpContext http, IEnumerable<RunSummary> matching, StimulusSender sender, CancellationToken cancellationToken)
    {
        var cancelled = 0;
        foreach (var run in matching.Where(run => run.SubStatus is not ("Finished" or "Cancelled")))
        {
            var result = await sender.SendAsync(
                new StimulusMessage.Cancel(new InstanceId(run.Id), $"Cancelled by {ElsaAccess.NameOf(http.User)}"),
                cancellationToken);
            cancelled += result is StimulusResult.Applied ? 1 : 0;
        }

        return cancelled;
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext http, string id, RunReader runs, IRunStore store, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(ElsaAccess.ViewerOf(http.User), id, cancellationToken) is not { } run)
        {
            return Results.NoContent();
        }

        return await DeleteIfOverAsync(http, run, store, cancellationToken)
            ? Results.NoContent()
            : Answers.Invalid(http, new BilingualText(
                "运行中的实例和协商事项的实例不能删除；请先取消，协商事项的运行记录随协商事项保存。",
                "A running instance or one that serves a case cannot be deleted; cancel it first. The record of a "
                    + "case stays with the case."));
    }

    /// <summary>Body of contract row I10.</summary>
    private sealed record DeleteRequest(string[]? Ids);

    private static async Task<IResult> BulkDeleteAsync(
        HttpContext http, DeleteRequest body, RunReader runs, IRunStore store, CancellationToken cancellationToken)
    {
        var deleted = 0;
        if (body.Ids is { Length: > 0 } ids)
        {
            var (matching, _) = await runs.ListAsync(
                ElsaAccess.ViewerOf(http.User), new RunFilter { Ids = ids }, cancellationToken);
            foreach (var run in matching)
            {
                deleted += await DeleteIfOverAsync(http, run, store, cancellationToken) ? 1 : 0;
            }
        }

        return Answers.Ok(new { deleted });
    }

    /// <summary>Deletes a run that is over and serves no case: a case's record is part of its archive.</summary>
    private static async Task<bool> DeleteIfOverAsync(
        HttpContext http, RunSummary run, IRunStore store, CancellationToken cancellationToken) =>
        !Guid.TryParse(run.CorrelationId, out _)
        && await store.DeleteAsync(new InstanceId(run.Id), ElsaAccess.NameOf(http.User), cancellationToken);

    /// <summary>Body of an event from outside.</summary>
    private sealed record TriggerRequest(
        string? WorkflowInstanceId, string? CorrelationId, System.Text.Json.JsonElement? Input);

    private static async Task<IResult> TriggerAsync(
        HttpContext http, string name, TriggerRequest? body, RunReader runs, StimulusSender sender,
        CancellationToken cancellationToken)
    {
        var viewer = ElsaAccess.ViewerOf(http.User);
        if (!await runs.MayServeAsync(viewer, body?.CorrelationId, cancellationToken))
        {
            return Answers.Invalid(http, InstanceStarting.NotYourCase);
        }

        if (body?.WorkflowInstanceId is { Length: > 0 } instance
            && await runs.FindAsync(viewer, instance, cancellationToken) is null)
        {
            return Answers.Ok(new { receivers = 0 });
        }

        var result = await sender.SendAsync(new StimulusMessage.Publish("Elsa.Event", name)
        {
            InstanceId = string.IsNullOrEmpty(body?.WorkflowInstanceId)
                ? null
                : new InstanceId(body.WorkflowInstanceId),
            CorrelationId = string.IsNullOrEmpty(body?.CorrelationId) ? null : body.CorrelationId,
            Payload = body?.Input is { } input ? Engine.Expressions.PlainData.FromElement(input) : null,
        }, cancellationToken);
        return Answers.Ok(new { receivers = (result as StimulusResult.Published)?.Receivers ?? 0 });
    }

    /// <summary>Body of a report that an application's task is done.</summary>
    private sealed record TaskResult(System.Text.Json.JsonElement? Result);

    private static async Task<IResult> CompleteTaskAsync(
        HttpContext http, string taskId, TaskResult? body, StimulusSender sender, CancellationToken cancellationToken)
    {
        var result = await sender.SendAsync(new StimulusMessage.Publish("Elsa.RunTask", taskId)
        {
            StartsRuns = false,
            Payload = body?.Result is { } value ? Engine.Expressions.PlainData.FromElement(value) : null,
        }, cancellationToken);
        return result is StimulusResult.Published { Receivers: > 0 }
            ? Results.Ok()
            : Answers.NotFound(http, "没有等待这个任务的流程。", "No workflow waits for this task.");
    }

    private static IResult Unknown(HttpContext http) =>
        Answers.NotFound(http, "没有这个流程实例。", "There is no such workflow instance.");
}
