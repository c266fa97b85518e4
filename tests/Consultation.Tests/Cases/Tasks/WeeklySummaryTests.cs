using System.IO.Compression;
using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Tests.Cases.Tasks;

/// <summary>The weekly summary of the leading group (O7).</summary>
public sealed class WeeklySummaryTests
{
    private readonly District _district = new();

    [Theory]
    [InlineData("2026-03-09T08:59:00+08:00", null)]
    [InlineData("2026-03-09T09:00:00+08:00", "2026-03-09")]
    [InlineData("2026-03-15T23:00:00+08:00", "2026-03-09")]
    public void It_is_due_on_the_morning_of_the_first_working_day(string now, string? monday) =>
        WeeklySummary.DueOn(_district.Calendar, At(now)).Should().Be(monday is null ? null : DateOnly.Parse(
            monday, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Each_task_has_a_line_with_its_item_its_people_and_its_days()
    {
        var one = Task(restricted: false);

        WeeklySummary.Line(one, _district.Directory, _district.Calendar, District.Now.AddDays(19)).Zh.Should()
            .Be("协〔2026〕1号 2026-4 加装路灯：确定议题，住建委，逾期 10 个工作日");
    }

    [Fact]
    public void A_matter_that_has_no_number_yet_leaves_no_gap()
    {
        var one = Task(restricted: false);
        one.Case.Number = null;

        WeeklySummary.Line(one, _district.Directory, _district.Calendar, District.Now.AddDays(19)).Zh.Should()
            .StartWith("2026-4 加装路灯");
        Text(WeeklySummary.Document(
            [one], _district.Directory, _district.Calendar, "协汇〔2026〕3号", District.Now.AddDays(19)))
            .Should().Contain("停车难").And.NotContain("（）");
    }

    [Fact]
    public void Of_a_restricted_case_only_the_number_of_the_task_is_said()
    {
        var one = Task(restricted: true);

        WeeklySummary.Line(one, _district.Directory, _district.Calendar, District.Now.AddDays(19)).Zh.Should()
            .Be("任务 R2026-00001，逾期 10 个工作日");
        Text(WeeklySummary.Document(
            [one], _district.Directory, _district.Calendar, "协汇〔2026〕3号", District.Now.AddDays(19)))
            .Should().Contain("R2026-00001").And.NotContain("加装路灯").And.NotContain("停车难");
    }

    [Fact]
    public void The_document_lists_them_all() =>
        Text(WeeklySummary.Document(
            [Task(restricted: false)], _district.Directory, _district.Calendar, "协汇〔2026〕3号", District.Now.AddDays(19)))
            .Should().Contain("每周督办汇总").And.Contain("协汇〔2026〕3号").And.Contain("加装路灯").And.Contain("2026年3月31日");

    private SummarisedTask Task(bool restricted)
    {
        var task = _district.Task(GateMode.All, District.Seat(_district.Ma));
        return new(task, new Case
        {
            OrganisationId = _district.Id,
            Id = task.CaseId,
            Kind = CaseKind.SixStep,
            Title = "停车难",
            Number = "协〔2026〕1号",
            OpenedAt = District.Now,
            Restricted = restricted,
        }, new TrackedItem
        {
            OrganisationId = _district.Id,
            Id = TrackedItemId.New(),
            CaseId = task.CaseId,
            Number = 4,
            Year = 2026,
            Topic = "t",
            Advice = "加装路灯",
            OpenedAt = District.Now,
            UndertakingUnitId = _district.Department.Id,
            DueOn = new(2026, 3, 31),
        });
    }

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(byte[] document)
    {
        using var archive = new ZipArchive(new MemoryStream(document));
        using var reader = new StreamReader(archive.GetEntry("word/document.xml")!.Open());
        return reader.ReadToEnd();
    }
}
