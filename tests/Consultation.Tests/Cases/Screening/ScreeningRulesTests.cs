using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Screening;
using Consultation.Testing.Scenarios;
using Consultation.Tests.Cases.Documents;

namespace Consultation.Tests.Cases.Screening;

public sealed class ScreeningRulesTests
{
    private readonly District _district = new();

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(2, true, true)]
    [InlineData(3, false, false)]
    [InlineData(4, false, false)]
    [InlineData(5, true, true)]
    [InlineData(6, true, true)]
    [InlineData(7, false, false)]
    [InlineData(8, true, false)]
    public void A_second_person_is_needed_for_2_5_6_8_and_words_are_withheld_for_2_5_6(
        int code, bool second, bool restricted)
    {
        var record = Record(code);

        record.Excluded.Should().BeTrue();
        record.Class.Should().BeNull();
        ScreeningRules.NeedsSecondPerson(record).Should().Be(second);
        ScreeningRules.IsRestricted(record.Answers).Should().Be(restricted);
        (record.FactSheet == ScreeningRules.Withheld.Zh).Should().Be(restricted);
        (record.Answers.Single(answer => answer.Applies).Reason == "已有答复").Should().Be(!restricted);
    }

    [Fact]
    public void An_eligible_matter_keeps_class_concern_and_facts()
    {
        var fields = Enumerable.Range(1, 8).ToDictionary(code => $"excl-{code}", _ => "no");
        (fields["class"], fields["concern"], fields["facts"]) = ("PublicHardship", "affairs,interest", "经核实，涉及 900 户。");

        var record = ScreeningRules.Record(_district.Id, CaseId.New(), fields, _district.Ma.Id, District.Now);

        (record.Excluded, record.Class, record.FactSheet).Should()
            .Be((false, EligibleClass.PublicHardship, "经核实，涉及 900 户。"));
        record.PublicConcern.Should().Equal("affairs", "interest");
    }

    [Fact]
    public void The_screener_cannot_be_the_second_person()
    {
        var record = Record(8);

        ScreeningRules.Second(record, _district.Ma.Id, District.Now)!.Message.Zh.Should().Contain("不能是筛查人本人");
        record.SecondedById.Should().BeNull();
        ScreeningRules.Second(record, _district.Na.Id, District.Now).Should().BeNull();
        (record.SecondedById, record.SecondedAt).Should().Be((_district.Na.Id, District.Now));
    }

    [Fact]
    public void Restricting_takes_the_words_out_of_the_case()
    {
        var file = Paper.File(_district);
        file.Case.IsPublic = true;

        Restriction.Impose(file, new PaperSeal(), District.Now);

        (file.Case.Restricted, file.Case.IsPublic, file.Case.Title, file.Matters[0].Text).Should()
            .Be((true, false, "限制查看事项", ""));
        file.Matters[0].Title.Should().NotContain("停车");
    }

    [Fact]
    public void The_notice_of_a_restricted_ground_says_nothing_about_it()
    {
        var notice = ScreeningRules.Notice("SX2026-000012", "举报某单位", Record(5).Answers, Offered);

        notice.Zh.Should().Contain("SX2026-000012").And.NotContain("举报").And.Contain("申请复核一次");
        notice.En.Should().NotContain("report");
    }

    [Fact]
    public void Asked_again_at_a_gate_the_hits_are_named()
    {
        var answers = ScreeningRules.Answers(
            new Dictionary<string, string>
            {
                ["excl-3"] = "yes",
                ["excl-3-reason"] = "已立案",
                ["excl-4"] = "no",
                ["excl-6"] = "no",
            });

        ScreeningRules.Hits(answers).Should().Equal(3);
        Exclusions.AskedAgain.Order().Should().Equal(3, 4, 6);
    }

    [Fact]
    public void None_of_the_above_answers_what_was_left_open_and_contradicts_a_yes()
    {
        var form = FormCatalogue.Find(FormKeys.ExclusionRecheck)!;
        var none = new Dictionary<string, string> { [ScreeningRules.NoneField] = "none" };

        form.Validate(none, _district.Directory, new(2026, 3, 2)).Should().BeEmpty();
        ScreeningRules.Hits(ScreeningRules.Answers(none)).Should().BeEmpty();
        ScreeningRules.Answers(none).Should().HaveCount(8);
        none["excl-3"] = "yes";
        none["excl-3-reason"] = "已起诉";
        none[ScreeningRules.ConfirmField] = "yes";
        form.Validate(none, _district.Directory, new(2026, 3, 2)).Should().ContainSingle()
            .Which.Message.Zh.Should().Contain("以上均无");
    }

    [Theory]
    [InlineData(FormKeys.ExclusionRecheck, "立即暂停办理")]
    [InlineData(FormKeys.Screening, "不予纳入协商")]
    public void One_slip_excludes_nothing_what_it_brings_about_is_said_and_wants_a_second_tick(string key, string said)
    {
        var form = FormCatalogue.Find(key)!;
        var fields = Enumerable.Range(1, 8).ToDictionary(code => $"excl-{code}", code => code == 3 ? "yes" : "no");
        (fields["excl-3-reason"], fields["facts"]) = ("已起诉", "经核实，当事人已向法院起诉。");

        form.Validate(fields, _district.Directory, new(2026, 3, 2)).Should().ContainSingle()
            .Which.Field.Should().Be(ScreeningRules.ConfirmField);
        var confirm = form.Find(ScreeningRules.ConfirmField)!;
        confirm.AskedWhenSaid!.Zh.Should().Contain(said, "a page without script says it beside the tick");
        confirm.Choices![0].Label.Zh.Should().Contain(said);
        fields[ScreeningRules.ConfirmField] = "yes";
        form.Validate(fields, _district.Directory, new(2026, 3, 2)).Should().BeEmpty();
    }

    private static ExclusionReview Offered { get; } =
        new() { Until = new(2026, 3, 16), InstanceId = "run", BookmarkId = "bookmark" };

    private ScreeningRecord Record(int code) =>
        ScreeningRules.Record(_district.Id, CaseId.New(), Paper.Screened(code), _district.Ma.Id, District.Now);
}
