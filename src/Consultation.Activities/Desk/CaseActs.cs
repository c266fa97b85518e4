using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Engine.Running;
using Consultation.Runtime;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;

namespace Consultation.Activities.Desk;

/// <summary>Opens cases and steers running ones.</summary>
internal sealed class CaseActs(StimulusSender sender, ICaseStore store, CaseOpening opening) : ICaseActs
{
    public async Task<OpenCaseResult> OpenAsync(OpenCase request, CancellationToken cancellationToken)
    {
        // The same operation makes the same instance, so that a form posted twice opens one case.
        var instance = InstanceId.For($"open {request.OrganisationId.Value:N} {request.OperationId}");
        if (await store.FindByInstanceAsync(request.OrganisationId, instance.Value, cancellationToken) is { } known)
        {
            return new OpenCaseResult.Opened(known);
        }

        var result = await opening.OpenAsync(request, instance.Value, cancellationToken);
        if (result is not OpenCaseResult.Opened opened) return result;

        // The worker would start it a moment later; whoever opened the case sees its first step now.
        var started = await sender.SendAsync(new StimulusMessage.StartRun(request.DefinitionId)
        {
            InstanceId = instance,
            Input = CaseOpening.InputsOf(request),
            CorrelationId = opened.CaseId.ToString(),
            Name = TypedText.Line(request.Title),
        }, cancellationToken);
        return started is StimulusResult.UnknownDefinition unknown
            ? new OpenCaseResult.Refused([new FieldError("", new(unknown.Message))])
            : result;
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
        if (!await store.EndAsync(
            organisation, caseId, (file, now) => file.Cancel(actor, reason, now), reason, cancellationToken))
        {
            return false;
        }
        foreach (var instance in await store.RunningAsync(caseId, cancellationToken))
        {
            await sender.SendAsync(new StimulusMessage.Cancel(new InstanceId(instance), reason), cancellationToken);
        }

        return true;
    }
}
