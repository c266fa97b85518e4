using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Tasks;

namespace Consultation.Tests.Cases.Calendar;

public sealed class CalendarTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly OrganisationId Organisation = OrganisationId.New();

    private const string SpringFestival = """
        {"holidays":{"2026-02-16":"Spring Festival,春节,4","2026-02-17":"Spring Festival,春节,4",
          "2026-02-18":"Spring Festival,春节,4"},
         "workdays":{"2026-02-14":"Spring Festival,春节,4"}}
        """;

    [Fact]
    public void Make_up_days_count_and_holidays_do_not()
    {
        var calendar = Calendar(Days(StateCouncilCalendar.Read(SpringFestival)));

        calendar.IsWorkingDay(new(2026, 2, 14)).Should().BeTrue("a Saturday to make up for the festival");
        calendar.IsWorkingDay(new(2026, 2, 17)).Should().BeFalse();
        calendar.Add(new(2026, 2, 13), Working(2)).Should().Be(new DateOnly(2026, 2, 19));
        calendar.Add(new(2026, 2, 19), Working(2), -1).Should().Be(new DateOnly(2026, 2, 13));
        calendar.WorkingDaysBetween(new(2026, 2, 13), new(2026, 2, 19)).Should().Be(2);
    }

    [Fact]
    public void A_shift_keeps_the_time_of_day_and_lands_on_a_working_day()
    {
        var calendar = Calendar([]);
        var friday = calendar.At(new(2026, 3, 6), new(16, 30));

        calendar.Shift(friday, Working(1)).Should().Be(calendar.At(new(2026, 3, 9), new(16, 30)));
        calendar.Shift(friday, Working(5), -1).Should().Be(calendar.At(new(2026, 2, 27), new(16, 30)));
        calendar.Shift(friday, new(1, DayCount.CalendarDays)).Should().Be(calendar.At(new(2026, 3, 7), new(16, 30)));
    }

    [Fact]
    public void Every_day_count_agrees_with_its_inverse()
    {
        var calendar = Calendar(Days(StateCouncilCalendar.Read(SpringFestival)));
        for (var day = new DateOnly(2026, 1, 1); day < new DateOnly(2026, 4, 1); day = day.AddDays(1))
        {
            for (var count = 1; count < 12; count++)
            {
                calendar.WorkingDaysBetween(day, calendar.Add(day, Working(count))).Should()
                    .Be(count, $"{count} working days from {day}");
            }
        }
    }

    [Theory]
    [InlineData("2026-03-09 09:00", "2026-03-09 09:00")]
    [InlineData("2026-03-09 07:59", "2026-03-09 08:00")]
    [InlineData("2026-03-09 20:00", "2026-03-10 08:00")]
    [InlineData("2026-03-06 21:00", "2026-03-09 08:00")]
    [InlineData("2026-03-07 10:00", "2026-03-09 08:00")]
    public void Mails_wait_for_the_next_allowed_hour(string instant, string allowed)
    {
        var calendar = Calendar([]);
        var policy = PolicyDefaults.Reminders(Organisation)[0];

        ReminderClock.Allowed(policy, At(instant), calendar).Should().Be(At(allowed));
    }

    [Theory]
    [InlineData("2026-03-11", false)]
    [InlineData("2026-03-12", true)]
    [InlineData("2026-03-18", false)]
    public void The_assignees_are_warned_on_the_day_of_their_rung_and_not_on_those_of_others(string day, bool warned)
    {
        var ladder = PolicyDefaults.Ladders(Organisation)[0];

        LadderPosition.WarnsOn(ladder, At("2026-03-11 18:00"),
            DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), Calendar([])).Should().Be(warned);
    }

    [Fact]
    public void Reminders_come_before_the_due_time_then_every_so_often_and_not_for_ever()
    {
        var calendar = Calendar([]);
        var policy = PolicyDefaults.Reminders(Organisation)[0];
        var due = At("2026-03-11 18:00");

        ReminderClock.Next(policy, due, 0, calendar, At("2026-03-09 09:00")).Should().Be(At("2026-03-10 18:00"));
        ReminderClock.Next(policy, due, 1, calendar, At("2026-03-10 18:00")).Should().Be(At("2026-03-13 18:00"));
        ReminderClock.Next(policy, due, 2, calendar, At("2026-03-13 18:00")).Should().Be(At("2026-03-17 18:00"));
        ReminderClock.Next(policy, due, policy.AtMost, calendar, At("2026-03-20 18:00")).Should().BeNull();
    }

    [Fact]
    public void A_ladder_says_which_rung_was_reached_and_when_the_next_comes()
    {
        var calendar = Calendar([]);
        var ladder = PolicyDefaults.Ladders(Organisation)[0];
        var due = At("2026-03-02 18:00");

        LadderPosition.Of(ladder, due, calendar, At("2026-03-03 17:59")).Reached.Should().Be(0);
        var first = LadderPosition.Of(ladder, due, calendar, At("2026-03-03 18:00"));
        (first.Reached, first.Rung!.TemplateKey, first.NextAt).Should()
            .Be((1, "formal-reminder", At("2026-03-09 18:00")));
        LadderPosition.Of(ladder, due, calendar, At("2026-12-01 18:00"))
            .Should().Match<LadderPosition>(position => position.Reached == 4 && position.Next == null);
    }

    [Fact]
    public void A_calendar_edit_shows_what_it_would_move()
    {
        var before = Calendar([]);
        var after = Calendar(Days(StateCouncilCalendar.Read(SpringFestival)));
        var basis = new DueBasis(Working(2), new(2026, 2, 13));
        (string Name, DateTimeOffset? Due, DueBasis? Basis)[] tasks =
        [
            ("moves", basis.Due(before), basis),
            ("set by hand", At("2026-02-20 18:00"), basis),
            ("without basis", At("2026-02-17 18:00"), null),
            ("earlier", At("2026-02-03 18:00"), new DueBasis(Working(1), new(2026, 2, 2))),
        ];

        var shifts = DueShifts.Of(tasks, task => (task.Due, task.Basis), before, after, DateTimeOffset.UnixEpoch);

        shifts.Should()
            .ContainSingle().Which.Should().Match<DueShift<(string Name, DateTimeOffset?, DueBasis?)>>(shift =>
            shift.Subject.Name == "moves" && shift.Before == At("2026-02-17 18:00")
                && shift.After == At("2026-02-19 18:00"));
    }

    [Fact]
    public void An_ics_calendar_is_read_with_folded_lines_exclusive_ends_and_make_up_days()
    {
        const string ics =
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20260104\r\n"
            + "SUMMARY:元\r\n 旦\uFF08休\uFF09\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260104\r\nSUMMARY:元旦(班)\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nDTSTART:20260105T090000Z\r\nSUMMARY:例会\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

        var read = IcsCalendar.Read(ics).Should().BeOfType<CalendarReading.Read>().Which;

        read.Days.Should().Equal(
            new CalendarDayEntry(new(2026, 1, 1), CalendarDayKind.Holiday, "元旦"),
            new CalendarDayEntry(new(2026, 1, 2), CalendarDayKind.Holiday, "元旦"),
            new CalendarDayEntry(new(2026, 1, 3), CalendarDayKind.Holiday, "元旦"),
            new CalendarDayEntry(new(2026, 1, 4), CalendarDayKind.MakeUpWorkday, "元旦"));
        read.Notes.Should().ContainSingle().Which.Zh.Should().Be("第 13 行：事件带有钟点，不是全天事件，已略过。");
    }

    [Theory]
    [InlineData("hello", "BEGIN:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:2026-1-1\nEND:VEVENT\nEND:VCALENDAR", "第 3 行")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR", "第 2 行：事件没有开始日期")]
    [InlineData(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:20260101\nEND:VEVENT\n"
            + "END:VCALENDAR",
        "起止日期不合理")]
    [InlineData(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260105\nRRULE:FREQ=YEARLY\nEND:VEVENT\nEND:VCALENDAR",
        "第 4 行：不支持重复事件")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260105\n", "缺少 END:VEVENT")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR", "没有全天事件")]
    public void A_calendar_that_cannot_be_used_is_refused_with_its_line(string ics, string message) =>
        IcsCalendar.Read(ics).Should().BeOfType<CalendarReading.Refused>().Which.Errors.Should()
            .Contain(error => error.Message.Zh.Contains(message));

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"holidays":{"first of May":"x"}}""")]
    [InlineData("not json")]
    public void Wrong_holiday_data_is_refused_with_words(string json) =>
        StateCouncilCalendar.Read(json).Should().BeOfType<CalendarReading.Refused>();

    private static WorkingDuration Working(int days) => new(days, DayCount.WorkingDays);

    private static WorkingCalendar Calendar(IReadOnlyList<CalendarDayEntry> days) =>
        new(StateCouncilCalendar.For(Organisation, days), Zone);

    private static IReadOnlyList<CalendarDayEntry> Days(CalendarReading reading) =>
        reading.Should().BeOfType<CalendarReading.Read>().Which.Days;

    private static DateTimeOffset At(string local) =>
        new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
