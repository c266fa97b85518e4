using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Plans;

namespace Consultation.Tests.Cases.Plans;

/// <summary>A plan that reaches into a year without entered holidays is told (O4).</summary>
public sealed class PlanReachTests
{
    private static readonly PlanOutline TenWeeks = new([new PlannedPhase("weeks-9-10", 4, new("评估"), 9, 10)], []);

    [Fact]
    public void A_year_is_known_when_holidays_beyond_new_year_are_entered()
    {
        var calendar = Calendar(new(2026, 10, 1), new(2027, 1, 1), new(2027, 1, 3));

        calendar.UnknownYears(new(2026, 1, 1), new(2028, 2, 1)).Should().Equal(2027, 2028);
        calendar.UnknownYears(new(2026, 12, 31), new(2026, 12, 31)).Should().BeEmpty();
        calendar.UnknownYears(new(2027, 2, 1), new(2027, 1, 1)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("2026-10-19", false)]
    [InlineData("2026-12-14", true)]
    public void A_plan_of_ten_weeks_reaches_as_far_as_its_last_phase(string start, bool into2027)
    {
        var calendar = Calendar(new DateOnly(2026, 10, 1));
        var first = FormDay(start);

        var last = PlanReach.OfNew(TenWeeks, first, calendar);

        (last.Year == 2027).Should().Be(into2027);
        calendar.UnknownYears(first, last).Should().Equal(into2027 ? [2027] : []);
    }

    [Fact]
    public void An_open_plan_tells_the_years_that_its_phases_reach_and_a_closed_one_none()
    {
        var calendar = Calendar(new DateOnly(2026, 10, 1));
        var plan = new Case
        {
            OrganisationId = OrganisationId.New(),
            Id = CaseId.New(),
            Kind = CaseKind.TenWeekPlan,
            Title = "跨年计划",
            StartDate = new(2026, 12, 14),
            OpenedAt = default,
        };

        PlanReach.UnknownYears(plan, calendar, new(2026, 12, 14), TenWeeks, [], [], []).Should().Equal(2027);
        plan.ClosedAt = DateTimeOffset.UnixEpoch;
        PlanReach.UnknownYears(plan, calendar, new(2026, 12, 14), TenWeeks, [], [], []).Should().BeEmpty();
    }

    private static DateOnly FormDay(string text) => Consultation.Cases.Forms.FormValues.Day(text)!.Value;

    private static WorkingCalendar Calendar(params DateOnly[] daysOff) => new(
        daysOff.Select(day => new CalendarDay
        {
            OrganisationId = default,
            Date = day,
            Kind = CalendarDayKind.Holiday,
            Name = "休",
            Source = "test",
        }),
        TimeZoneInfo.Utc);
}
