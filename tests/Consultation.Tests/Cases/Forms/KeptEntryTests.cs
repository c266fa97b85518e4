using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;

namespace Consultation.Tests.Cases.Forms;

/// <summary>Times, days, numbers and contacts are kept in one way of writing, however they were typed.</summary>
public sealed class KeptEntryTests
{
    [Theory]
    [InlineData("14：30", "14:30")]
    [InlineData("１４：３０", "14:30")]
    [InlineData(" 9:05 ", "09:05")]
    [InlineData("下午2:30", "14:30")]
    [InlineData("23:30", "23:30")]
    [InlineData("9：00至11：30", "09:00-11:30")]
    [InlineData("25:99", null)]
    [InlineData("下午", null)]
    public void An_hour_has_one_way_of_writing(string typed, string? kept) =>
        MeetingTime.Normal(typed).Should().Be(kept);

    [Fact]
    public void The_plan_of_a_meeting_is_kept_as_it_is_read()
    {
        var form = FormCatalogue.Find(FormKeys.MeetingPlan)!;

        var kept = form.Kept(new Dictionary<string, string>
        {
            ["on"] = "２０２６年３月２０日",
            ["from"] = "１４：３０",
            ["to"] = "16：30",
            ["place"] = "三楼（东）会议室",
            ["others"] = FormValues.Write([new Dictionary<string, string>
            {
                ["name"] = "钱大妈",
                ["contact"] = "qian＠example.org，１３９００００１２３４",
            }]),
        });

        (kept["on"], kept["from"], kept["to"]).Should().Be(("2026-03-20", "14:30", "16:30"));
        kept["place"].Should().Be("三楼（东）会议室", "prose stays as it was written");
        kept.RowsOf("others").Should().ContainSingle().Which["contact"].Should().Be("qian@example.org,13900001234");
    }

    [Fact]
    public void What_cannot_be_read_stays_for_the_check_to_refuse()
    {
        var form = FormCatalogue.Find(FormKeys.MeetingPlan)!;

        var kept = form.Kept(new Dictionary<string, string> { ["from"] = "25:99", ["on"] = "下周" });

        (kept["from"], kept["on"]).Should().Be(("25:99", "下周"));
        FormValues.Kept(form.Find("people")!, "not rows").Should().Be("not rows");
    }

    [Fact]
    public void Numbers_of_documents_are_plain_and_counts_too()
    {
        FormValues.Kept(FormCatalogue.Find("submission-receipt")!.Find("number")!, "区府收〔２０２６〕８８号")
            .Should().Be("区府收〔2026〕88号");
        FormValues.Kept(FormCatalogue.Find(FormKeys.CountSheet)!.Find("present")!, "１８").Should().Be("18");
    }
}
