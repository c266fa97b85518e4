using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Workflows;

namespace Consultation.Tests.Cases.Matters;

/// <summary>What happens when a matter is handed in (P17, P19, Q80).</summary>
public sealed class MatterRegisterTests
{
    private readonly District _district = new();
    private readonly MemoryIntake _intake;

    public MatterRegisterTests()
    {
        _district.Platform.GuidedById = _district.Committee.Id;
        _intake = new MemoryIntake(_district);
    }

    [Fact]
    public async Task A_matter_for_a_platform_opens_a_case_with_the_product_s_procedure()
    {
        var registered = (await RegisterAsync(Entry())).Should().BeOfType<RegisterResult.Registered>().Which;

        var matter = _intake.Written.OfType<Matter>().Single();
        var file = _intake.Started.Single().File;
        (registered.Number, registered.MatterId).Should().Be(("SX2026-000001", matter.Id));
        (matter.State, matter.CaseId).Should().Be((MatterState.InCase, file.Id));
        (file.DefinitionId, file.CommitteeId, file.Title).Should()
            .Be((WorkflowKeys.OfMatters, _district.Committee.Id, "路灯不亮"));
        MatterRules.Opens(matter, registered.FollowSecret).Should().BeTrue();
        _intake.Written.OfType<HistoryEntry>().Single().Text.Zh.Should().Be("登记协商事项 SX2026-000001“路灯不亮”");
    }

    [Fact]
    public async Task A_platform_with_a_procedure_of_its_own_starts_that()
    {
        _district.Platform.Procedure = "own-procedure";

        await RegisterAsync(Entry());

        _intake.Started.Single().File.DefinitionId.Should().Be("own-procedure");
    }

    [Theory]
    [InlineData(MatterSource.Hotline)]
    [InlineData(MatterSource.PublicForm)]
    public async Task What_comes_from_the_hotline_or_names_no_platform_waits_in_the_pool(MatterSource source)
    {
        var platform = source == MatterSource.Hotline ? _district.Platform.Id : (UnitId?)null;

        await RegisterAsync(Entry() with { Source = source, PlatformId = platform });

        _intake.Written.OfType<Matter>().Single().State.Should().Be(MatterState.Pooled);
        _intake.Started.Should().BeEmpty();
    }

    [Fact]
    public async Task A_form_posted_twice_registers_once_and_shows_the_same()
    {
        var first = await RegisterAsync(Entry());
        var second = await RegisterAsync(Entry());

        second.Should().Be(first);
        _intake.Matters.Should().ContainSingle();
    }

    [Fact]
    public async Task Whoever_leaves_an_address_gets_a_receipt_and_nobody_else_does()
    {
        await RegisterAsync(Entry() with { OperationId = "0123456789abcdef-other" });
        _intake.Written.OfType<RecordedMail.Letter>().Should().BeEmpty();

        await RegisterAsync(Entry() with { ProposerEmail = "li@example.org" });
        _intake.Written.OfType<RecordedMail.Letter>().Should().ContainSingle();
    }

    [Fact]
    public async Task An_address_that_nobody_can_write_to_is_refused_at_its_field_and_nothing_is_written()
    {
        var refused = (await RegisterAsync(Entry() with { ProposerEmail = "li@example.invalid" }))
            .Should().BeOfType<RegisterResult.Refused>().Which;

        refused.Errors.Should().ContainSingle(error => error.Field == "proposer-email");
        _intake.Written.Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_is_registered_with_an_organisation_that_does_not_exist() =>
        (await RegisterAsync(Entry() with { OrganisationId = OrganisationId.New() }))
            .Should().BeOfType<RegisterResult.Refused>();

    [Fact]
    public async Task Merged_matters_go_into_the_case_of_the_leading_one_and_say_so()
    {
        var (leading, other) = (_intake.Pooled(), _intake.Pooled("晚上停车难"));
        (leading.State, leading.CaseId) = (MatterState.InCase, CaseId.New());
        other.ProposerEmail = "li@example.org";

        (await MergeAsync(leading, other, other)).Should().BeTrue("naming a matter twice is no mistake");

        (other.State, other.MergedIntoId, other.CaseId).Should().Be((MatterState.Merged, leading.Id, leading.CaseId));
        _intake.Guarded.Should().Equal(leading);
        _intake.Written.OfType<HistoryEntry>().Single().Text.Zh.Should()
            .Be("SX2026-000002“晚上停车难”并入SX2026-000001“小区停车难”");
        _intake.Written.OfType<RecordedMail.Letter>().Should().ContainSingle()
            .Which.Purpose.Should().Be("merged into SX2026-000001", "its proposer hears of it");
    }

    [Fact]
    public async Task What_the_rules_of_merging_forbid_changes_nothing()
    {
        var (leading, taken) = (_intake.Pooled(), _intake.Pooled());
        taken.State = MatterState.InCase;

        (await MergeAsync(leading, taken)).Should().BeFalse();
        (await MergeAsync(leading, leading)).Should().BeFalse();
        (await _intake.Register.MergeAsync(_district.Id, leading.Id, [MatterId.New()], _district.Secretary.Id, default))
            .Should().BeFalse();
        _intake.Written.Should().BeEmpty();
    }

    private Task<bool> MergeAsync(Matter into, params Matter[] merged) =>
        _intake.Register.MergeAsync(
            _district.Id, into.Id, [.. merged.Select(one => one.Id)], _district.Secretary.Id, CancellationToken.None);

    private Task<RegisterResult> RegisterAsync(MatterEntry entry) =>
        _intake.Register.RegisterAsync(entry, CancellationToken.None);

    private MatterEntry Entry() => new()
    {
        OrganisationId = _district.Id,
        Source = MatterSource.PublicForm,
        Title = " 路灯不亮 ",
        Text = "河畔路的路灯坏了一个月",
        PlatformId = _district.Platform.Id,
        OperationId = "0123456789abcdef",
    };
}
