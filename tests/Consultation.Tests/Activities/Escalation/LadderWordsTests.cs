using Consultation.Activities.Escalation;
using Consultation.Cases;
using Consultation.Cases.Tasks;

namespace Consultation.Tests.Activities.Escalation;

public sealed class LadderWordsTests
{
    private static readonly EscalationLadder Standard = PolicyDefaults.Ladders(default)[0];

    [Fact]
    public void Every_rung_is_told_with_its_delay() => LadderWords.Describe(Standard, null).Zh.Should().Be(
        "逾期后1个工作日发催办通知书，5个工作日抄送政协责任委室，10个工作日报专委会主任，20个工作日报政协党组。");

    [Fact]
    public void Without_a_ladder_reminders_follow_if_there_are_any()
    {
        LadderWords.Describe(null, PolicyDefaults.Reminders(default)[0]).For("en").Should().Be("Reminders follow.");
        LadderWords.Describe(null, PolicyDefaults.Reminders(default).Single(policy => policy.Key == "none")).For("en")
            .Should().Be("It is recorded as overdue.");
    }

    [Fact]
    public void An_emptied_ladder_is_none() =>
        LadderWords.Describe(Ladder(), null).Zh.Should().Be("逾期将记录在案。");

    [Theory]
    [InlineData("1d", "Told when overdue by 1 day")]
    [InlineData("3d", "Told when overdue by 3 days")]
    [InlineData("1wd", "Told when overdue by 1 working day")]
    [InlineData("at once", "Told when overdue by at once")]
    public void The_next_rung_is_told_as_it_is_written(string after, string said) =>
        LadderWords.Next(Ladder(after), 0).For("en").Should().Be(said);

    [Fact]
    public void After_the_last_rung_comes_nothing() => LadderWords.Next(Standard, 4).Should().Be(LocalText.Empty);

    private static EscalationLadder Ladder(params string[] after) => new()
    {
        OrganisationId = default,
        Key = "own",
        Name = new("自定"),
        Rungs = [.. after.Select(
            one => new EscalationRung(one, "role:LeadingGroup", new("报告", "Told"), "notice"))],
    };
}
