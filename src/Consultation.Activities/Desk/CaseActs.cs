using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Routing;
using Consultation.Cases.Screening;
using Consultation.Engine.Running;
using Consultation.Runtime;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;

namespace Consultation.Activities.Desk;

/// <summary>Opens cases and steers running ones.</summary>
internal sealed class CaseActs(
    StimulusSender sender, ICaseStore store, CaseOpening opening, StepTools tools, TimeProvider clock) : ICaseActs
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
            ? new OpenCaseResult.Refused([new FieldError("", new(unknown.Message.Zh, unknown.Message.En))])
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

    public Task<IReadOnlyList<FieldError>> SuspendAsync(RestRequest request, CancellationToken cancellationToken) =>
        EditAsync(request.OrganisationId, request.CaseId, request.OperationId,
            file => CaseRests.Suspend(file, request, tools, clock.GetUtcNow()), cancellationToken);

    public Task<IReadOnlyList<FieldError>> ResumeAsync(RestRequest request, CancellationToken cancellationToken) =>
        EditAsync(request.OrganisationId, request.CaseId, request.OperationId,
            file => CaseRests.Resume(file, request, tools, clock.GetUtcNow()), cancellationToken);

    public async Task<bool> EndRestAsync(
        OrganisationId organisation, CaseId caseId, DateOnly until, CancellationToken cancellationToken)
    {
        var operation = string.Create(CultureInfo.InvariantCulture, $"rest-end:{caseId.Value:N}:{until:yyyy-MM-dd}");
        await EditAsync(organisation, caseId, operation,
            file => CaseRests.End(file, until, operation, tools, clock.GetUtcNow()), cancellationToken);
        return await store.FindCaseAsync(organisation, caseId, cancellationToken) is { State: CaseState.Open };
    }

    public async Task<IReadOnlyList<FieldError>> AskReviewAsync(
        ReviewRequest request, CancellationToken cancellationToken)
    {
        // One operation for each offer of a review: of two who ask at once one finds that the other was quicker.
        if (await store.FindCaseAsync(request.OrganisationId, request.CaseId, cancellationToken)
            is not { Review: { } offered })
        {
            return [new("", ReviewRules.WhyNot(NoCase, default)!)];
        }

        var errors = await EditAsync(
            request.OrganisationId, request.CaseId, $"review:{request.CaseId.Value:N}:{offered.BookmarkId}",
            file => CaseRests.AskReview(file, request, clock.GetUtcNow()), cancellationToken);
        if (errors.Count > 0) return errors;
        var now = await store.FindCaseAsync(request.OrganisationId, request.CaseId, cancellationToken);
        return now?.Review?.OperationId == request.OperationId
            ? []
            : [new("", ReviewRules.WhyNot(now ?? NoCase, offered.Until)!)];
    }

    public Task<IReadOnlyList<FieldError>> RateAsync(Rating rating, CancellationToken cancellationToken) =>
        EditAsync(rating.OrganisationId, rating.CaseId, $"rating:{rating.MatterId.Value:N}:{rating.OperationId}",
            file => Ratings.Take(file, rating, clock.GetUtcNow()), cancellationToken);

    /// <summary>Stands in for a case that is gone.</summary>
    private static readonly Case NoCase = new()
    {
        OrganisationId = default,
        Id = default,
        Kind = CaseKind.SixStep,
        Title = "",
        OpenedAt = default,
    };

    private async Task<IReadOnlyList<FieldError>> EditAsync(
        OrganisationId organisation, CaseId caseId, string operationId, Func<CaseFile, FileEdit> edit,
        CancellationToken cancellationToken)
    {
        if (await store.FindCaseAsync(organisation, caseId, cancellationToken) is null)
        {
            return [new("", new("没有这个协商事项。", "There is no such case."))];
        }

        var done = await store.EditAsync(organisation, caseId, operationId, edit, cancellationToken);
        // The inbox would tell the waiting step a moment later; whoever pressed the button sees the case go on now.
        foreach (var message in done.Messages)
        {
            await sender.SendAsync(
                new StimulusMessage.Resume(new InstanceId(message.InstanceId), message.BookmarkId, message.Payload)
                {
                    OperationId = message.OperationId,
                },
                cancellationToken);
        }

        return done.Errors;
    }
}
