using Consultation.Activities.Notices;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Activities.Notices;

public sealed class CaseMailTests
{
    private static readonly DateTimeOffset Due = new(2026, 3, 6, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(3, "1 working day")]
    [InlineData(4, "2 working days")]
    [InlineData(10, "6 working days")]
    public void How_long_something_is_overdue_is_said_in_working_days(int days, string said) =>
        CaseMail.Overdue(Due, new District().Calendar, Due.AddDays(days)).For("en").Should().Be(said);

    [Fact]
    public void On_the_first_evening_one_day_counts() =>
        CaseMail.Overdue(Due, new District().Calendar, Due.AddMinutes(1)).Zh.Should().Be("1 个工作日");

    [Fact]
    public void Occasions_are_told_apart_by_their_names()
    {
        CaseMail.OrdinalOf("weeks-1-2 2026-03-13").Should().Be(CaseMail.OrdinalOf("weeks-1-2 2026-03-13"))
            .And.BeGreaterThanOrEqualTo(0);
        CaseMail.OrdinalOf("weeks-1-2 2026-03-20").Should().NotBe(CaseMail.OrdinalOf("weeks-1-2 2026-03-13"));
    }

    [Fact]
    public void A_mail_names_the_secretary_as_its_organiser()
    {
        var world = new StepWorld("RequestWork", ("Assignees", "role:WorkGroupLead@case.workgroup"), ("Title", "办理"))
            .Run();

        world.Scenario.Mails.Single().OrganiserName.Should().Be("秘书 王芳", "who is told when it cannot be delivered");
    }

    [Fact]
    public void Somebody_above_is_told_of_a_task_without_a_link_to_answer_it()
    {
        var world = new StepWorld(
            "RequestWork", ("Assignees", "role:WorkGroupLead@case.workgroup"), ("Title", "办理"), ("Due", "5wd"),
            ("Ladder", "standard")).Run();

        world.Scenario.PassUntil(StepWorld.Monday.AddDays(40));

        world.Scenario.Links.Select(link => link.PersonId).Distinct().Should().Equal(world.District.GroupLead.Id.Value);
    }

    [Fact]
    public void Nobody_who_has_left_is_written_to()
    {
        var world = new StepWorld("Notify", ("Recipients", $"person:{new string('0', 32)}; role:Secretary"),
            ("Template", "notice"), ("Title", "结果"));

        world.Run();

        world.Mails.Should().Equal("notice to 秘书 王芳");
    }
}
