using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Engine.Running;
using Consultation.Runtime;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;

namespace Consultation.Activities.Desk;

/// <summary>Opens cases and steers running ones.</summary>
internal sealed class CaseDesk(StimulusSender sender, IDeskStore store, TimeProvider clock) : ICaseDesk
{
    public async Task<OpenCaseResult> OpenAsync(OpenCase request, CancellationToken cancellationToken)
    {
        // The same operation makes the same instance, so that a form posted twice opens one case.
        var instance = InstanceId.For($"open {request.OrganisationId.Value:N} {request.OperationId}");
        if (await store.FindByInstanceAsync(request.OrganisationId, instance.Value, cancellationToken) is { } known)
        {
            return new OpenCaseResult.Opened(known);
        }

        var directory = await store.FindDirectoryAsync(request.OrganisationId, cancellationToken);
        var matters = await store.FindMattersAsync(request.OrganisationId, request.Matters, cancellationToken);
        var errors = Check(request, directory, matters);
        if (errors.Count > 0) return new OpenCaseResult.Refused(errors);

        var @case = Make(request, directory!, instance, clock.GetUtcNow());
        var inputs = new Dictionary<string, object?>(request.Inputs);
        if (@case.StartDate is { } start)
        {
            inputs["StartDate"] = start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
        if (@case.Setting is { } setting) inputs["Setting"] = setting;
        if (!await store.OpenAsync(@case, request.Matters, inputs, cancellationToken))
        {
            return new OpenCaseResult.Refused([new FieldError("matters", new(
                "所选事项刚刚被另一个案件采用，请刷新后重新选择。",
                "A chosen matter was just taken up by another case; look again and choose anew."))]);
        }

        // The inbox would start it a moment later; whoever opened the case sees its first step now.
        var started = await sender.SendAsync(new StimulusMessage.StartRun(request.DefinitionId)
        {
            InstanceId = instance,
            Input = inputs,
            CorrelationId = @case.Id.ToString(),
            Name = @case.Title,
        }, cancellationToken);
        return started is StimulusResult.UnknownDefinition unknown
            ? new OpenCaseResult.Refused([new FieldError("", new(unknown.Message))])
            : new OpenCaseResult.Opened(@case.Id);
    }

    public async Task<bool> RetryAsync(
        OrganisationId organisation, CaseId caseId, string incidentId, PersonId actor,
        CancellationToken cancellationToken)
    {
        if (await store.FindCaseAsync(organisation, caseId, cancellationToken) is null) return false;
        return await store.FindIncidentAsync(caseId, incidentId, cancellationToken) is { } instance
            && await sender.SendAsync(
                new StimulusMessage.Retry(new InstanceId(instance), incidentId), cancellationToken)
                is StimulusResult.Applied { SubStatus: not RunSubStatus.Faulted };
    }

    public async Task<bool> CancelAsync(
        OrganisationId organisation, CaseId caseId, PersonId actor, string reason, CancellationToken cancellationToken)
    {
        if (!await store.CancelAsync(organisation, caseId, actor, reason, cancellationToken)) return false;
        foreach (var instance in await store.RunningAsync(caseId, cancellationToken))
        {
            await sender.SendAsync(new StimulusMessage.Cancel(new InstanceId(instance), reason), cancellationToken);
        }

        return true;
    }

    private static List<FieldError> Check(
        OpenCase request, OrganisationDirectory? directory, IReadOnlyList<Matter> matters)
    {
        var errors = new List<FieldError>();
        if (directory is null)
        {
            errors.Add(new("", new("没有这个机构。", "There is no such organisation.")));
            return errors;
        }

        if (string.IsNullOrWhiteSpace(request.Title) || request.Title.Length > 200)
        {
            errors.Add(new("title", new("请填写案件名称，不超过 200 字。", "Enter a title of at most 200 characters.")));
        }

        if (matters.Count < request.Matters.Count || matters.Any(matter => matter.State != MatterState.Pooled))
        {
            errors.Add(new("matters",
                new("所选事项已立案、已并入或不存在，请重新选择。", "A chosen matter is in a case already, merged or gone; choose anew.")));
        }

        if (request.Kind == CaseKind.SixStep
            && directory.Find(request.PlatformId) is not { IsPlatform: true, Active: true })
        {
            errors.Add(new("platform", new("请选择承办的协商议事平台。", "Choose the platform that carries the case.")));
        }

        if (request.Kind == CaseKind.SixStep && CommitteeOf(request, directory) is null)
        {
            errors.Add(new("committee",
                new("请选择负责的专委会，或为该平台指定对口专委会。", "Choose the committee, or name the one that guides this platform.")));
        }

        if (request.Kind == CaseKind.TenWeekPlan && request.StartDate is null)
        {
            errors.Add(new("start-date", new("请填写计划的开始日期。", "Enter the plan's start date.")));
        }

        if (request.Kind == CaseKind.TenWeekPlan && directory.Find(request.WorkGroupId) is null)
        {
            errors.Add(new("work-group", new("请选择工作小组。", "Choose the work group.")));
        }

        return errors;
    }

    private static UnitId? CommitteeOf(OpenCase request, OrganisationDirectory directory) =>
        request.CommitteeId ?? directory.Find(request.PlatformId)?.GuidedById;

    private static Case Make(
        OpenCase request, OrganisationDirectory directory, InstanceId instance, DateTimeOffset now) => new()
    {
        OrganisationId = request.OrganisationId,
        Id = CaseId.New(),
        Kind = request.Kind,
        Title = request.Title.Trim(),
        PlatformId = request.PlatformId,
        CommitteeId = CommitteeOf(request, directory),
        WorkGroupId = request.WorkGroupId,
        Setting = request.Setting,
        StartDate = request.StartDate,
        InstanceId = instance.Value,
        DefinitionId = request.DefinitionId,
        OpenedById = request.ActorId,
        OpenedAt = now,
    };
}
