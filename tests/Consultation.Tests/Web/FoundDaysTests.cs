using Consultation.Cases.Calendar;
using Consultation.Web.Calendar;

namespace Consultation.Tests.Web;

public sealed class FoundDaysTests
{
    [Fact]
    public void Days_come_back_from_the_form_as_they_were_found()
    {
        CalendarDayEntry[] days =
        [
            new(new(2026, 10, 1), CalendarDayKind.Holiday, "国庆节|中秋节\n"),
            new(new(2026, 10, 10), CalendarDayKind.MakeUpWorkday, "国庆节"),
        ];

        FoundDays.Read(FoundDays.Write(days)).Should().Equal(days);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-10-01|Holiday|国庆节")]
    [InlineData("""[{"Date":"soon"}]""")]
    public void What_the_preview_did_not_write_brings_no_days(string posted) =>
        FoundDays.Read(posted).Should().BeEmpty();
}
