using System.Globalization;
using Consultation.Engine.Expressions;

namespace Consultation.Tests.Engine.Expressions;

public sealed class CronScheduleTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("* * * * *", "2026-03-01T09:30:15+08:00", "2026-03-01T09:31:00+08:00")]
    [InlineData("*/10 * * * * *", "2026-03-01T09:30:15+08:00", "2026-03-01T09:30:20+08:00")]
    [InlineData("0 0 9 * * *", "2026-03-01T09:00:00+08:00", "2026-03-02T09:00:00+08:00")]
    [InlineData("0 9 * * MON-FRI", "2026-02-28T10:00:00+08:00", "2026-03-02T09:00:00+08:00")]
    [InlineData("30 8,17 * * *", "2026-03-01T09:30:15+08:00", "2026-03-01T17:30:00+08:00")]
    [InlineData("0 0 1 */3 *", "2026-03-01T09:30:15+08:00", "2026-04-01T00:00:00+08:00")]
    [InlineData("0 0 29 2 *", "2026-03-01T09:30:15+08:00", "2028-02-29T00:00:00+08:00")]
    [InlineData("0 0 L * *", "2026-02-01T00:00:00+08:00", "2026-02-28T00:00:00+08:00")]
    [InlineData("0 0 L-2 * *", "2026-02-01T00:00:00+08:00", "2026-02-26T00:00:00+08:00")]
    [InlineData("0 0 LW * *", "2026-02-01T00:00:00+08:00", "2026-02-27T00:00:00+08:00")]
    [InlineData("0 0 15W * *", "2026-03-01T00:00:00+08:00", "2026-03-16T00:00:00+08:00")]
    [InlineData("0 0 1W * *", "2026-07-31T12:00:00+08:00", "2026-08-03T00:00:00+08:00")]
    [InlineData("0 0 * * 5L", "2026-03-01T00:00:00+08:00", "2026-03-27T00:00:00+08:00")]
    [InlineData("0 0 * * MON#2", "2026-03-01T00:00:00+08:00", "2026-03-09T00:00:00+08:00")]
    [InlineData("0 0 ? * SUN", "2026-03-01T00:00:00+08:00", "2026-03-08T00:00:00+08:00")]
    [InlineData("0 0 * * 7", "2026-03-01T00:00:00+08:00", "2026-03-08T00:00:00+08:00")]
    [InlineData("0 0 13 * FRI", "2026-03-14T00:00:00+08:00", "2026-11-13T00:00:00+08:00")]
    [InlineData("0 22-2 * * *", "2026-03-01T23:30:00+08:00", "2026-03-02T00:00:00+08:00")]
    [InlineData("5/20 * * * *", "2026-03-01T09:26:00+08:00", "2026-03-01T09:45:00+08:00")]
    [InlineData("0 0 1 JAN,jul *", "2026-03-01T00:00:00+08:00", "2026-07-01T00:00:00+08:00")]
    [InlineData("@daily", "2026-03-01T09:30:15+08:00", "2026-03-02T00:00:00+08:00")]
    [InlineData("@hourly", "2026-12-31T23:30:15+08:00", "2027-01-01T00:00:00+08:00")]
    [InlineData("@yearly", "2026-03-01T09:30:15+08:00", "2027-01-01T00:00:00+08:00")]
    [InlineData("@weekly", "2026-03-02T09:30:15+08:00", "2026-03-08T00:00:00+08:00")]
    [InlineData("0 9 * * *", "2026-03-01T00:59:59Z", "2026-03-01T09:00:00+08:00")]
    public void The_next_time_is_found(string expression, string after, string expected)
    {
        var next = CronSchedule.Parse(expression).Next(At(after), Shanghai);

        next.Should().Be(At(expected));
        next!.Value.Offset.Should().Be(TimeSpan.FromHours(8));
    }

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4,6,9,11 *")]
    [InlineData("0 0 L-30 2 *")]
    public void An_impossible_date_gives_nothing(string expression)
    {
        CronSchedule.Parse(expression).Next(At("2026-03-01T00:00:00+08:00"), Shanghai).Should().BeNull();
    }

    [Theory]
    // Clocks go from 02:00 to 03:00 on 29 March 2026.
    [InlineData("30 2 * * *", "2026-03-28T12:00:00+01:00", "2026-03-29T03:00:00+02:00")]
    [InlineData("*/30 * * * *", "2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00")]
    // Clocks go from 03:00 to 02:00 on 25 October 2026: a fixed time happens once, an interval keeps its rhythm.
    [InlineData("30 2 * * *", "2026-10-24T12:00:00+02:00", "2026-10-25T02:30:00+02:00")]
    [InlineData("30 2 * * *", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00")]
    [InlineData("*/30 * * * *", "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00")]
    [InlineData("*/30 * * * *", "2026-10-25T02:00:00+01:00", "2026-10-25T02:30:00+01:00")]
    [InlineData("*/30 * * * *", "2026-10-25T02:30:00+01:00", "2026-10-25T03:00:00+01:00")]
    [InlineData("0 12 * * *", "2026-10-24T12:00:00+02:00", "2026-10-25T12:00:00+01:00")]
    public void Clock_changes_neither_lose_nor_double_a_time(string expression, string after, string expected)
    {
        CronSchedule.Parse(expression).Next(At(after), Berlin).Should().Be(At(expected));
    }

    [Fact]
    public void Times_always_move_forward_through_a_year_with_clock_changes()
    {
        foreach (var expression in new[] { "*/17 * * * *", "0 */2 * * *", "15 2 * * *", "@hourly", "0 30 1-3 * * *" })
        {
            var schedule = CronSchedule.Parse(expression);
            var at = At("2026-03-20T00:00:00+01:00");
            for (var i = 0; i < 1500; i++)
            {
                var next = schedule.Next(at, Berlin)!.Value;
                next.Should().BeAfter(at, expression);
                at = next;
            }
        }
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("* * * *", 1)]
    [InlineData("* * * * * * *", 1)]
    [InlineData("60 * * * *", 1)]
    [InlineData("* 24 * * *", 3)]
    [InlineData("* * 0 * *", 5)]
    [InlineData("* * * 13 *", 7)]
    [InlineData("* * * * 8", 9)]
    [InlineData("* * * * MON#6", 9)]
    [InlineData("*/0 * * * *", 1)]
    [InlineData("a * * * *", 1)]
    [InlineData("1- * * * *", 1)]
    [InlineData("? * * * *", 1)]
    [InlineData("@never", 1)]
    [InlineData("* * LX * *", 5)]
    public void A_mistake_is_refused_with_its_place(string expression, int column)
    {
        var parse = () => CronSchedule.Parse(expression);

        parse.Should().Throw<ExpressionException>().Which.Column.Should().Be(column);
    }

    [Theory]
    [InlineData("H * * * *", 1, "minutes")]
    [InlineData("* * * * 5/20", 9, "The step after / in \"5/20\" (day of the week)")]
    [InlineData("* * 10,L,15 * *", 5, "cannot stand in a list")]
    [InlineData("0 0 1,32 * *", 7, "\"32\" is not allowed for day of the month; use 1 to 31")]
    [InlineData("  0 25 * * *", 5, "hours")]
    [InlineData("0 0 * * MON#2,TUE", 9, "cannot stand in a list")]
    public void A_mistake_is_named(string expression, int column, string words)
    {
        var parse = () => CronSchedule.Parse(expression);

        var wrong = parse.Should().Throw<ExpressionException>().Which;
        wrong.Column.Should().Be(column);
        wrong.Problem.Should().Contain(words);
        Problems.Of(wrong).Zh.Should().NotContain("allowed").And.NotContain("step").And.NotContain("list");
    }

    [Fact]
    public void Whatever_is_written_is_read_or_refused()
    {
        const string Letters = "0123456789*/-,?LWH#@SUNJA \t\n\0١中";
        var fields = "* ? L LW L-3 15W 1-5 */5 59 MON#2 5L 22-2 1,2 5/20 0-7 31W - ,".Split(' ');
        var random = new Random(7);
        for (var round = 0; round < 5000; round++)
        {
            var text = round % 2 == 0
                ? new string(random.GetItems<char>(Letters, random.Next(30)))
                : string.Join(' ', random.GetItems(fields, random.Next(4, 8)));
            try
            {
                var schedule = CronSchedule.Parse(text);
                var after = At("2026-03-01T00:00:00+08:00").AddMinutes(random.Next(1_000_000));
                (schedule.Next(after, Berlin) ?? DateTimeOffset.MaxValue).Should().BeAfter(after, text);
            }
            catch (ExpressionException refused)
            {
                refused.Column.Should().BeInRange(1, Math.Max(1, text.Length), text);
            }
        }
    }

    [Theory]
    [InlineData(501)]
    [InlineData(10_000_000)]
    public void A_long_text_is_refused(int length)
    {
        var parse = () => CronSchedule.Parse(new string('*', length));

        parse.Should().Throw<ExpressionException>().WithMessage("The schedule is too long.*");
    }

    [Fact]
    public void The_calendar_ends_without_a_crash()
    {
        var schedule = CronSchedule.Parse("* * * * *");

        schedule.Next(DateTimeOffset.MaxValue, Berlin).Should().BeNull();
        schedule.Next(DateTimeOffset.MinValue, Berlin).Should().NotBeNull();
        CronSchedule.Parse("0 0 29 2 MON#5").Next(At("9990-01-01T00:00:00Z"), Berlin).Should().BeNull();
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
