using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Workflows;
using Consultation.Tests.Cases.Matters;

namespace Consultation.Tests.Cases;

/// <summary>Opening a case is one use case, whoever asks.</summary>
public sealed class CaseOpeningTests
{
    private readonly District _district = new();
    private readonly MemoryIntake _intake;

    public CaseOpeningTests()
    {
        _district.Platform.GuidedById = _district.Committee.Id;
        _intake = new MemoryIntake(_district);
    }

    [Fact]
    public async Task A_case_takes_its_matters_up_with_what_is_merged_into_them_and_starts_once()
    {
        var (leading, merged) = (_intake.Pooled(), _intake.Pooled());
        (merged.State, merged.MergedIntoId) = (MatterState.Merged, leading.Id);

        var first = await OpenAsync(Request(leading));
        var second = await OpenAsync(Request(leading));

        var opened = first.Should().BeOfType<OpenCaseResult.Opened>().Which.CaseId;
        second.Should().Be(first, "a form posted twice opens one case");
        (leading.State, leading.CaseId).Should().Be((MatterState.InCase, opened));
        (merged.State, merged.CaseId).Should().Be((MatterState.Merged, opened));
        var (file, inputs) = _intake.Started.Should().ContainSingle().Subject;
        (file.Id, file.InstanceId, file.CommitteeId, file.DefinitionId)
            .Should().Be((opened, "run", _district.Committee.Id, WorkflowKeys.SixSteps));
        inputs.Should().BeEmpty();
    }

    [Fact]
    public async Task A_plan_tells_its_workflow_when_it_starts_and_in_which_setting()
    {
        var group = _district.Unit("工作小组", UnitKind.WorkGroup);
        var request = Request() with
        {
            Kind = CaseKind.TenWeekPlan,
            DefinitionId = WorkflowKeys.TenWeekPlan,
            PlatformId = null,
            WorkGroupId = group.Id,
            StartDate = new DateOnly(2026, 3, 9),
            Setting = "community",
        };

        (await OpenAsync(request)).Should().BeOfType<OpenCaseResult.Opened>();

        _intake.Started.Single().Inputs.Should().BeEquivalentTo(
            new Dictionary<string, object?> { ["StartDate"] = "2026-03-09", ["Setting"] = "community" });
    }

    [Fact]
    public async Task A_matter_that_left_the_pool_keeps_the_whole_case_out()
    {
        var (free, taken) = (_intake.Pooled(), _intake.Pooled());
        taken.State = MatterState.InCase;

        var refused = (await OpenAsync(Request(free, taken))).Should().BeOfType<OpenCaseResult.Refused>().Which;

        refused.Errors.Should().ContainSingle(error => error.Field == "matters");
        free.State.Should().Be(MatterState.Pooled);
        _intake.Started.Should().BeEmpty();
    }

    [Theory]
    [InlineData("title", CaseKind.SixStep)]
    [InlineData("platform", CaseKind.SixStep)]
    [InlineData("committee", CaseKind.SixStep)]
    [InlineData("start-date", CaseKind.TenWeekPlan)]
    [InlineData("group", CaseKind.TenWeekPlan)]
    public void What_is_missing_is_named_by_its_field(string field, CaseKind kind)
    {
        var request = Request() with { Kind = kind, Title = " ", PlatformId = null };

        CaseOpening.Check(request, _district.Directory, []).Select(error => error.Field).Should().Contain(field);
    }

    [Fact]
    public void Only_procedures_that_begin_with_matters_are_offered_for_them() =>
        new[] { WorkflowKeys.SixSteps, "own-procedure", WorkflowKeys.TenWeekPlan, "tracked-item", "topic-gate" }
            .Where(WorkflowKeys.TakesMatters).Should().Equal(WorkflowKeys.SixSteps, "own-procedure");

    [Fact]
    public void A_cancelled_case_says_why_and_is_not_cancelled_again()
    {
        var file = new Case
        {
            OrganisationId = _district.Id,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "停车",
            OpenedAt = District.Now,
        };

        var line = file.Cancel(_district.Secretary.Id, "重复立案", District.Now)!;

        (file.State, file.ClosedAt, file.Outcome).Should()
            .Be((CaseState.Cancelled, District.Now, new LocalText("撤销：重复立案", "Cancelled: 重复立案")));
        (line.Verb, line.CaseId, line.ActorId, line.Text.Zh).Should()
            .Be(("case.cancelled", file.Id, _district.Secretary.Id, "协商事项已撤销：重复立案"));
        file.Cancel(_district.Secretary.Id, "再来一次", District.Now.AddDays(1)).Should().BeNull();
        file.Outcome!.Zh.Should().Be("撤销：重复立案");
    }

    private Task<OpenCaseResult> OpenAsync(OpenCase request) =>
        _intake.Opening.OpenAsync(request, "run", CancellationToken.None);

    private OpenCase Request(params Matter[] matters) => new()
    {
        OrganisationId = _district.Id,
        DefinitionId = WorkflowKeys.SixSteps,
        Kind = CaseKind.SixStep,
        Title = "小区停车难",
        Matters = [.. matters.Select(matter => matter.Id)],
        PlatformId = _district.Platform.Id,
        OperationId = "once",
    };
}
