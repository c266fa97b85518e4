using Consultation.Mail.Outgoing;
using Consultation.Testing.Mail;

namespace Consultation.Tests.Mail;

public sealed class MailPolicyTests
{
    private static readonly QuietHours Office =
        new(8, 20, WorkingDaysOnly: true, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(3, 15)]
    [InlineData(4, 60)]
    [InlineData(6, 240)]
    [InlineData(9, 240)]
    public void The_wait_before_another_attempt_grows(int attempts, int minutes) =>
        RetryPolicy.After(attempts, MailMaking.Noon, TimeSpan.FromDays(3), MailMaking.Noon)
            .Should().Be(new RetryDecision.Again(MailMaking.Noon.AddMinutes(minutes)));

    [Fact]
    public void After_three_days_of_trying_a_mail_has_failed() =>
        RetryPolicy.After(20, MailMaking.Noon, TimeSpan.FromDays(3), MailMaking.Noon.AddDays(3)).Should()
            .Be(new RetryDecision.GiveUp());

    [Theory]
    [InlineData("2026-03-05T12:00+08:00", "2026-03-05T12:00+08:00")] // Thursday noon: at once
    [InlineData("2026-03-05T07:59+08:00", "2026-03-05T08:00+08:00")] // before hours
    [InlineData("2026-03-05T20:00+08:00", "2026-03-06T08:00+08:00")] // the last hour has ended
    [InlineData("2026-03-06T21:00+08:00", "2026-03-09T08:00+08:00")] // Friday night: Monday
    [InlineData("2026-03-07T12:00+08:00", "2026-03-09T08:00+08:00")] // Saturday
    [InlineData("2026-03-04T23:30+00:00", "2026-03-05T08:00+08:00")] // the organisation's clock counts
    public void Reminders_wait_for_office_hours_on_working_days(string wanted, string leaves) =>
        Office.Next(
            DateTimeOffset.Parse(wanted, null), day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .Should().Be(DateTimeOffset.Parse(leaves, null));

    [Fact]
    public void A_calendar_without_working_days_holds_nothing_back_for_ever() =>
        Office.Next(MailMaking.Noon, _ => false).Should().Be(MailMaking.Noon);
}
