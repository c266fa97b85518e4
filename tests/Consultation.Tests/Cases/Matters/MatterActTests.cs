using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Rules;
using PlayedDistrict = Consultation.Testing.Scenarios.District;

namespace Consultation.Tests.Cases.Matters;

/// <summary>What can be done with a matter of the pool, and what is said when it cannot (P19, P21, O21).</summary>
public sealed class MatterActTests
{
    private readonly PlayedDistrict _district = new();

    [Fact]
    public void Nothing_is_done_to_any_when_it_does_not_fit_one_and_that_one_is_named()
    {
        var (pooled, closed) = (Matter(1), Matter(2, MatterState.Closed));

        Errors(new MatterAct.Decline("不属于协商范围。"), pooled, closed).Should().ContainSingle()
            .Which.Message.Zh.Should().Contain("SX2026-000002").And.NotContain("SX2026-000001");
        Errors(new MatterAct.Decline("不属于协商范围。"), pooled).Should().BeEmpty();
    }

    [Fact]
    public void A_reason_that_the_proposer_reads_is_asked_for()
    {
        Errors(new MatterAct.Decline(" "), Matter(1)).Should().ContainSingle(error => error.Field == "words");
        Errors(new MatterAct.Decline(new string('长', MatterActRules.LongestWords + 1)), Matter(1))
            .Should().ContainSingle(error => error.Field == "words");
        Errors(new MatterAct.Time(HotlineClass.Ordinary), Matter(1, order: "110")).Should().BeEmpty();
    }

    [Fact]
    public void More_than_the_most_at_once_is_refused_in_words() =>
        Errors(new MatterAct.Reopen("有新的情况。"), [.. Enumerable.Range(0, MatterActRules.Most + 1).Select(
            number => Matter(number, MatterState.Excluded))])
            .Should().ContainSingle().Which.Message.Zh.Should().Contain("200");

    [Fact]
    public void A_matter_is_passed_to_another_platform_only()
    {
        var matter = Matter(1);
        matter.PlatformId = _district.Platform.Id;

        Errors(new MatterAct.PassOn(_district.Platform.Id, "属地不同。"), matter)
            .Should().ContainSingle(error => error.Field == "to");
        Errors(new MatterAct.PassOn(_district.Water.Id, "属地不同。"), matter)
            .Should().ContainSingle(error => error.Field == "to");
        var other = _district.Unit(UnitKind.AreaGroup, "城北活动组");
        Errors(new MatterAct.PassOn(other.Id, "属地不同。"), matter).Should().BeEmpty();
        matter.PassedToId = other.Id;
        Errors(new MatterAct.Decline("不属于协商范围。"), matter).Should().ContainSingle("it waits for the other hall");
        Errors(new MatterAct.TakeOver(), matter).Should().BeEmpty();
    }

    [Fact]
    public void Scores_add_up_as_they_say()
    {
        var scores = new MatterScores(4, 5, 3, "多个小区反映。");

        scores.Total.Should().Be(12);
        scores.Sum.Zh.Should().Be("代表性 4 + 普遍性 5 + 紧迫性 3 = 12（满分 15）");
        Errors(new MatterAct.Score(scores with { Urgent = 6 }), Matter(1)).Should().NotBeEmpty();
    }

    [Theory]
    [InlineData(HotlineClass.Emergency, "2026-03-02T04:00")]
    [InlineData(HotlineClass.Utilities, "2026-03-03T02:00")]
    [InlineData(HotlineClass.Ordinary, "2026-03-09T10:00")]
    [InlineData(HotlineClass.Complex, "2026-03-17T10:00")]
    public void Orders_are_due_by_their_class(HotlineClass time, string due)
    {
        var raised = new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

        HotlineTimes.DueOf(time, raised, RuleSet.Defaults, _district.Calendar).UtcDateTime
            .Should().Be(DateTime.Parse(due, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Hours_are_hours_and_days_stay_days()
    {
        HotlineTimes.Hours("24h").Should().Be(24);
        HotlineTimes.Hours("0h").Should().BeNull();
        HotlineTimes.Hours("7d").Should().BeNull();
        RuleCatalogue.Check(RuleCatalogue.Find(RuleKeys.HotlineEmergency)!, "3h").Should().BeNull();
        RuleCatalogue.Check(RuleCatalogue.Find(RuleKeys.HotlineEmergency)!, "soon").Should().NotBeNull();
    }

    [Fact]
    public void A_halls_code_is_short_and_finds_its_hall_however_it_is_typed()
    {
        var halls = new[] { _district.Platform, _district.Unit(UnitKind.AreaGroup, "城北活动组") };
        var code = HallCode.Of(halls[1].Id);

        code.Should().HaveLength(6).And.MatchRegex("^[2-9a-z]+$").And.Be(HallCode.Of(halls[1].Id));
        HallCode.Find(halls, " " + code.ToUpperInvariant()).Should().BeSameAs(halls[1]);
        HallCode.Find(halls, "nothing").Should().BeNull();
        HallCode.Address(new("https://x.cn/"), "tonghe", halls[1].Id).Should().Be($"https://x.cn/p/tonghe/h/{code}");
    }

    [Theory]
    [InlineData("晚上没有车位。消防车进不来。", "晚上没有车位")]
    [InlineData("路灯不亮", "路灯不亮")]
    public void The_first_sentence_of_a_point_names_its_matter(string point, string title) =>
        TalkRules.TitleOf(point).Should().Be(title);

    [Fact]
    public void A_long_first_sentence_is_cut() =>
        TalkRules.TitleOf(new string('长', 100)).Should().HaveLength(TalkRules.LongestTitle).And.EndWith("…");

    [Fact]
    public void Every_turn_has_an_act_or_is_no_act_and_proposers_hear_of_those_that_concern_them()
    {
        Enum.GetValues<MatterTurnKind>().Where(MatterActRules.Tells).Should().BeEquivalentTo(
            [MatterTurnKind.Declined, MatterTurnKind.PassedOn, MatterTurnKind.TakenOver, MatterTurnKind.SentBack,
                MatterTurnKind.Asked, MatterTurnKind.Answered,
                MatterTurnKind.Unmerged, MatterTurnKind.Reopened, MatterTurnKind.Routed]);
    }

    private IReadOnlyList<FieldErrorShape> Errors(MatterAct act, params Matter[] matters) =>
        [.. MatterActRules.Check(act, matters, _district.Directory)
            .Select(error => new FieldErrorShape(error.Field, error.Message))];

    private Matter Matter(int number, MatterState state = MatterState.Pooled, string? order = null) => new()
    {
        OrganisationId = _district.Organisation.Id,
        Id = MatterId.New(),
        Number = MatterRules.Number(2026, number),
        Source = MatterSource.Desk,
        Title = "小区停车难",
        Text = "晚上没有车位。",
        State = state,
        OrderNumber = order,
        RaisedAt = DateTimeOffset.UnixEpoch,
        ReceivedAt = DateTimeOffset.UnixEpoch,
    };

    private sealed record FieldErrorShape(string Field, LocalText Message);
}
