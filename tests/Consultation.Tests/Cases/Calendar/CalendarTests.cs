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

    [Fact]
    public void Several_calendars_in_one_file_a_length_instead_of_an_end_and_a_mark_of_encoding_are_understood()
    {
        var ics = string.Join('\n',
            "\uFEFFBEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART:20260501", "DURATION:P1W", "SUMMARY:劳动节\\, 五天\\n(休)",
            "END:VEVENT", "END:VCALENDAR", "BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20260509",
            "DTEND;VALUE=DATE:20260509", "SUMMARY:补班", "END:VEVENT", "END:VCALENDAR");

        var read = IcsCalendar.Read(ics).Should().BeOfType<CalendarReading.Read>().Which;

        read.Days.Should().HaveCount(8);
        read.Days[0].Should().Be(new CalendarDayEntry(new(2026, 5, 1), CalendarDayKind.Holiday, "劳动节, 五天"));
        read.Days[^1].Should().Be(new CalendarDayEntry(new(2026, 5, 9), CalendarDayKind.MakeUpWorkday, "补班"));
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
    [InlineData(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260105\nEND:VEVENT\n",
        "无法识别的内容：Unclosed component VCALENDAR")]
    [InlineData(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260105\nRRULE:FREQ=NONSENSE\nEND:VEVENT\nEND:VCALENDAR",
        "NONSENSE")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260105\n休息\nEND:VEVENT\nEND:VCALENDAR", "休息")]
    [InlineData(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260105\nDTEND;VALUE=DATE:soon\nEND:VEVENT\nEND:VCALENDAR",
        "第 4 行：DTEND 的日期“soon”")]
    [InlineData(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260105\nDURATION:P99999D\nEND:VEVENT\nEND:VCALENDAR",
        "起止日期不合理")]
    [InlineData("", "BEGIN:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR", "没有全天事件")]
    public void A_calendar_that_cannot_be_used_is_refused_with_its_line(string ics, string message) =>
        IcsCalendar.Read(ics).Should().BeOfType<CalendarReading.Refused>().Which.Errors.Should()
            .Contain(error => error.Message.Zh.Contains(message));

    [Theory]
    [InlineData("BEGIN:VEVENT\n", 60_000)]
    [InlineData("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260105\nEND:VEVENT\n", 20_000)]
    [InlineData(";A=B", 200_000)]
    [InlineData("\n folded", 100_000)]
    [InlineData("x", 1_100_000)]
    public void A_file_that_would_keep_the_reader_busy_is_refused_at_once(string piece, int times) =>
        IcsCalendar.Read("BEGIN:VCALENDAR\nX" + string.Concat(Enumerable.Repeat(piece, times)) + ":1\nEND:VCALENDAR")
            .Should().BeOfType<CalendarReading.Refused>()
            .Which.Errors.Should().ContainSingle().Which.Message.Zh.Should().Contain("文件太大");

    [Fact]
    public void Whatever_is_changed_in_a_calendar_it_is_read_or_refused_in_words()
    {
        var ics = string.Join("\r\n",
            "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "BEGIN:STANDARD",
            "DTSTART:19700101T000000", "RRULE:FREQ=YEARLY", "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "END:STANDARD",
            "END:VTIMEZONE", "BEGIN:VEVENT", "UID:1", "DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20260104",
            "SUMMARY:元旦(休)", "BEGIN:VALARM", "TRIGGER:-P1D", "END:VALARM", "END:VEVENT", "BEGIN:VEVENT",
            "DTSTART;TZID=Asia/Shanghai:20260105T090000", "DURATION:PT1H", "END:VEVENT", "END:VCALENDAR", "");
        const string signs = ":;=\r\n\"-,PT9Z\0";
        var random = new Random(20260101);
        var (read, refused) = (0, 0);
        for (var round = 0; round < 2_000; round++)
        {
            var text = new System.Text.StringBuilder(ics);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(text.Length);
                if (random.Next(3) == 0) text.Remove(at, Math.Min(random.Next(1, 40), text.Length - at));
                else if (random.Next(2) == 0) text[at] = signs[random.Next(signs.Length)];
                else text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 60), text.Length - at)));
            }

            switch (IcsCalendar.Read(text.ToString()))
            {
                case CalendarReading.Read days:
                    read += days.Days.Count > 0 ? 1 : 0;
                    break;
                case CalendarReading.Refused refusal:
                    refusal.Errors.Should().NotBeEmpty()
                        .And.OnlyContain(error => error.Message.Zh.Length > 0 && error.Message.En!.Length > 0);
                    refused++;
                    break;
            }
        }

        (read > 100 && refused > 100).Should().BeTrue($"{read} were read, {refused} refused");
    }

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
