using Consultation.Cases.Calendar;
using CsCheck;

namespace Consultation.Tests.Cases.Calendar;

/// <summary>What holds of counting working days, whatever holidays and make-up days a calendar has.</summary>
public sealed class WorkingCalendarPropertyTests
{
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly Gen<DateOnly> Days = Gen.Int[0, 729].Select(First.AddDays);
    private static readonly Gen<int> Counts = Gen.Int[0, 60];

    /// <summary>Up to sixty days that differ from the weekly rhythm, in any place.</summary>
    private static readonly Gen<WorkingCalendar> Calendars =
        Gen.Select(Days, Gen.Bool).Array[0, 60].Select(days => new WorkingCalendar(
            days.DistinctBy(day => day.Item1).Select(day => new CalendarDay
            {
                OrganisationId = default,
                Date = day.Item1,
                Kind = day.Item2 ? CalendarDayKind.Holiday : CalendarDayKind.MakeUpWorkday,
                Name = "试",
                Source = "test",
            }),
            TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")));

    [Fact]
    public void So_many_working_days_later_is_a_working_day_and_so_many_are_counted_in_between() =>
        Gen.Select(Calendars, Days, Counts).Sample((calendar, from, count) =>
        {
            var to = calendar.Add(from, new(count, DayCount.WorkingDays));

            calendar.IsWorkingDay(to).Should().BeTrue();
            calendar.WorkingDaysBetween(from, to).Should().Be(count == 0 && !calendar.IsWorkingDay(from) ? 1 : count);
        });

    [Fact]
    public void There_and_back_again_is_where_one_began() =>
        Gen.Select(Calendars, Days, Counts).Sample((calendar, day, count) =>
        {
            var from = calendar.Move(day, 0);

            calendar.Move(calendar.Move(from, count), -count).Should().Be(from);
        });

    [Fact]
    public void Days_in_between_add_up_over_any_day_and_change_their_sign_with_the_direction() =>
        Gen.Select(Calendars, Days, Days, Days).Sample((calendar, a, b, c) =>
        {
            (calendar.WorkingDaysBetween(a, b) + calendar.WorkingDaysBetween(b, c)).Should()
                .Be(calendar.WorkingDaysBetween(a, c));
            calendar.WorkingDaysBetween(a, b).Should().Be(-calendar.WorkingDaysBetween(b, a));
        });

    [Fact]
    public void A_written_duration_reads_as_itself() =>
        Gen.Select(Gen.Int[0, 3650], Gen.Bool).Sample((days, working) =>
        {
            var duration = new WorkingDuration(days, working ? DayCount.WorkingDays : DayCount.CalendarDays);

            WorkingDuration.TryParse(duration.ToString(), out var read).Should().BeTrue();
            read.Should().Be(duration);
        });
}
