using System.Globalization;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Workflows;

namespace Consultation.Cases;

/// <summary>
/// Opens cases, whoever asks: the desk with a form, or a matter that was handed in to a platform. The case, what
/// becomes of its matters and the start of its workflow are written in one transaction.
/// </summary>
public sealed class CaseOpening(IIntakeStore store, TimeProvider clock)
{
    /// <summary>
    /// Opens a case as the desk asks for it. An instance id names the run of the operation, so that a form posted twice
    /// opens one case.
    /// </summary>
    public async Task<OpenCaseResult> OpenAsync(
        OpenCase request, string instanceId, CancellationToken cancellationToken)
    {
        var done = await store.RunAsync(request.OrganisationId, $"open:{instanceId}", OpenAsync, cancellationToken);
        return done switch
        {
            null => new OpenCaseResult.Refused([new FieldError("", new("没有这个机构。", "There is no such organisation."))]),
            Intake<Guid>.Refused(var errors) => new OpenCaseResult.Refused(errors),
            Intake<Guid>.Done(var opened) => new OpenCaseResult.Opened(new CaseId(opened)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

        async Task<Intake<Guid>> OpenAsync(IIntakeSession session)
        {
            var matters = await session.MattersAsync(request.Matters, cancellationToken);
            if (Check(request, session.Organisation.Directory, matters) is { Count: > 0 } errors)
            {
                return new Intake<Guid>.Refused(errors);
            }
            var @case = Make(request, session.Organisation.Directory, clock.GetUtcNow());
            @case.InstanceId = instanceId;
            return new Intake<Guid>.Done(Open(session, @case, InputsOf(request), matters).Id.Value);
        }
    }

    /// <summary>What is wrong with a request, field by field.</summary>
    public static IReadOnlyList<FieldError> Check(
        OpenCase request, OrganisationDirectory directory, IReadOnlyList<Matter> matters)
    {
        var errors = new List<FieldError>();
        if (TypedText.Line(request.Title).Length is 0 or > 200)
        {
            errors.Add(new("title", new("请填写协商事项名称，不超过 200 字。", "Enter a title of at most 200 characters.")));
        }

        if (matters.Count < request.Matters.Count || matters.Any(matter => matter.State != MatterState.Pooled))
        {
            errors.Add(new("matters",
                new("所选事项已启动协商、已并入或不存在，请重新选择。", "A chosen matter is in a case already, merged or gone; choose anew.")));
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
            errors.Add(new("group", new("请选择工作小组。", "Choose the work group.")));
        }

        return errors;
    }

    /// <summary>
    /// What a matter that was handed in to a platform asks for: the platform's procedure, or the product's.
    /// </summary>
    internal static OpenCase OfMatter(Matter matter, Unit platform) => new()
    {
        OrganisationId = matter.OrganisationId,
        DefinitionId = platform.Procedure ?? WorkflowKeys.OfMatters,
        Kind = CaseKind.SixStep,
        Title = matter.Title,
        Matters = [matter.Id],
        PlatformId = platform.Id,
        ActorId = matter.EnteredById,
        OperationId = "",
    };

    /// <summary>Opens a case for matters within an intake: no rule forbids it, because nobody chose anything.</summary>
    internal static Case Open(
        IIntakeSession session, OpenCase request, IReadOnlyList<Matter> matters, DateTimeOffset now) =>
        Open(session, Make(request, session.Organisation.Directory, now), InputsOf(request), matters);

    internal static Case Open(
        IIntakeSession session, Case @case, IReadOnlyDictionary<string, object?> inputs, IReadOnlyList<Matter> matters)
    {
        foreach (var matter in matters) (matter.CaseId, matter.State) = (@case.Id, MatterState.InCase);
        // What was merged into them goes along: its proposers are told too.
        session.TakeMergedAlong([.. matters.Select(matter => matter.Id)], @case.Id);
        session.Add(@case);
        session.Start(@case, inputs);
        return @case;
    }

    /// <summary>What the workflow of a case is given at its start.</summary>
    public static IReadOnlyDictionary<string, object?> InputsOf(OpenCase request)
    {
        var inputs = new Dictionary<string, object?>(request.Inputs);
        if (request.StartDate is { } start)
        {
            inputs["StartDate"] = start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }
        if (request.Setting is { } setting) inputs["Setting"] = setting;
        return inputs;
    }

    private static UnitId? CommitteeOf(OpenCase request, OrganisationDirectory directory) =>
        request.CommitteeId ?? directory.Find(request.PlatformId)?.GuidedById;

    private static Case Make(OpenCase request, OrganisationDirectory directory, DateTimeOffset now) => new()
    {
        OrganisationId = request.OrganisationId,
        Id = CaseId.New(),
        Kind = request.Kind,
        Title = TypedText.Line(request.Title),
        PlatformId = request.PlatformId,
        CommitteeId = CommitteeOf(request, directory),
        WorkGroupId = request.WorkGroupId,
        Setting = request.Setting,
        StartDate = request.StartDate,
        DefinitionId = request.DefinitionId,
        OpenedById = request.ActorId,
        OpenedAt = now,
    };
}
