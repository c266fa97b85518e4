using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Activities.Plans;

public sealed class WaitTests
{
    [Fact]
    public void Nothing_to_wait_for_goes_on_at_once()
    {
        var world = new StepWorld("Wait").Run();

        world.Outcomes.Should().Equal("Done");
        world.Scenario.NextTimer.Should().BeNull();
    }

    [Theory]
    [InlineData("2wd", "2026-03-04")]
    [InlineData("5wd", "2026-03-09")]
    [InlineData("3d", "2026-03-05")]
    public void It_goes_on_in_the_morning_of_the_day(string duration, string day)
    {
        var world = new StepWorld("Wait", ("For", duration)).Run();
        var morning = DateTimeOffset.Parse($"{day}T09:00:00+08:00", System.Globalization.CultureInfo.InvariantCulture);

        world.Scenario.PassUntil(morning.AddMinutes(-1));
        var before = world.Outcomes.ToList();
        world.Scenario.PassUntil(morning);

        before.Should().BeEmpty();
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void The_timer_says_what_its_day_was_computed_from()
    {
        var world = new StepWorld("Wait", ("For", "2wd")).Run();

        world.Scenario.Timers.Should().ContainSingle().Which.Basis.Should()
            .Be(new TimerBasis.WorkingDay(Counted.Working(2), new(2026, 3, 2)));
    }

    [Fact]
    public void It_may_count_from_the_first_day_of_the_plan()
    {
        var world = new StepWorld("Wait", ("For", "0wd"), ("From", "startDate"));
        world.Case.StartDate = new DateOnly(2026, 3, 9);

        world.Run().Scenario.PassUntil(StepWorld.Monday.AddDays(7));

        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void A_plan_that_has_begun_is_not_waited_for()
    {
        var world = new StepWorld("Wait", ("For", "0wd"), ("From", "startDate"));
        world.Case.StartDate = new DateOnly(2026, 2, 16);

        world.Run();

        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void A_suspended_case_looks_again_on_the_next_working_day_and_waits_the_days_of_rest_in_addition()
    {
        var world = new StepWorld("Wait", ("For", "1wd")).Run();
        Suspension.Begin(world.Case, StepWorld.Monday);

        world.Scenario.PassUntil(StepWorld.Monday.AddDays(2));
        var whileSuspended = (world.Outcomes.Count, world.Scenario.Timers.Single().Basis);
        (world.Case.State, world.Case.SuspendedAt, world.Case.RestedDays) = (CaseState.Open, null, 3);
        world.Scenario.PassUntil(StepWorld.Monday.AddDays(3));
        var tooEarly = world.Outcomes.Count;
        world.Scenario.PassUntil(StepWorld.Monday.AddDays(4));

        whileSuspended.Should().Be((0, new TimerBasis.LookAgain(LookAgainReason.Suspended)));
        tooEarly.Should().Be(0, "one day was planned and three were rested: Friday");
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void A_duration_that_cannot_be_read_stops_the_case_with_the_way_to_write_one()
    {
        var world = new StepWorld("Wait", ("For", Script.Text("soon"))).Run();

        world.Incidents.Should().ContainSingle().Which.Message.Should().Contain("“soon”不是有效的期限")
            .And.Contain("write 5wd");
        world.Outcomes.Should().BeEmpty();
    }
}
