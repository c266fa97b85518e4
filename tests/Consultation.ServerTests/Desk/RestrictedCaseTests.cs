using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// A restricted case (O15) on the whole host: who sees it is written down, and administrators do not see it.
/// </summary>
public sealed class RestrictedCaseTests(GateDesk desk) : IClassFixture<GateDesk>
{
    [Fact]
    public async Task Every_look_is_noted_and_the_secretary_reads_the_log()
    {
        var @case = await desk.OpenCaseAsync("敏感事项一", restricted: true);
        var task = await desk.TaskAsync(@case);
        using var director = await desk.AsAsync("director");
        await director.GetAsync($"/tasks/{task.Id.Value}");
        director.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        using var administrator = await desk.AsAsync("sample-admin");
        await administrator.GetAsync($"/cases/{@case}");
        using var secretary = await desk.AsAsync("secretary");

        await secretary.GetAsync($"/cases/{@case}?tab=access");

        var rows = secretary.Page.QuerySelectorAll("table tbody tr").Select(row => row.TextContent).ToList();
        rows.Should().Contain(row => row.Contains("陈明") && row.Contains(task.Number) && row.Contains("已显示"));
        rows.Should().Contain(row => row.Contains("已拒绝"), "the administrator was kept out, and that is noted");
        rows.Should().Contain(row => row.Contains("孙静"));
    }

    [Theory]
    [InlineData("/tasks/TASK/slip", "secretary", "任务单")]
    [InlineData("/tasks/TASK/result", "director", "办理结果")]
    public async Task Slips_and_results_are_noted_too_and_refusals_as_well(string address, string reader, string what)
    {
        var @case = await desk.OpenCaseAsync("敏感事项四", restricted: true);
        var task = await desk.TaskAsync(@case);
        var place = address.Replace("TASK", task.Id.Value.ToString(), StringComparison.Ordinal);
        using var looking = await desk.AsAsync(reader);
        await looking.GetAsync(place);
        looking.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        using var administrator = await desk.AsAsync("sample-admin");
        await administrator.GetAsync(place);
        administrator.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);

        await using var db = desk.Open();
        var log = await db.Set<Cases.History.AccessEntry>().Where(entry => entry.CaseId == @case).ToListAsync();
        log.Where(entry => entry.What.Zh.Contains(what)).Select(entry => entry.Granted).Should()
            .BeEquivalentTo([true, false]);
    }

    [Fact]
    public async Task A_document_that_somebody_may_not_have_by_a_task_is_noted_as_refused()
    {
        var @case = await desk.OpenCaseAsync("敏感事项五", restricted: true);
        var task = await desk.TaskAsync(@case);
        using var administrator = await desk.AsAsync("sample-admin");

        using var answer = await administrator.Client.GetAsync($"/tasks/{task.Id.Value}/documents/{Guid.NewGuid()}");

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        await using var db = desk.Open();
        (await db.Set<Cases.History.AccessEntry>().SingleAsync(entry => entry.CaseId == @case)).Granted
            .Should().BeFalse();
    }

    [Theory]
    [InlineData("/cases/CASE")]
    [InlineData("/cases/CASE?tab=history")]
    [InlineData("/cases/CASE/print")]
    [InlineData("/tasks/TASK")]
    [InlineData("/tasks/TASK/slip")]
    [InlineData("/tasks/TASK/assign")]
    [InlineData("/cases/CASE/cancel")]
    public async Task An_administrator_without_clearance_does_not_see_it(string address)
    {
        var @case = await desk.OpenCaseAsync("敏感事项二", restricted: true);
        var task = await desk.TaskAsync(@case);
        using var administrator = await desk.AsAsync("sample-admin");

        await administrator.GetAsync(
            address.Replace("CASE", @case.ToString(), StringComparison.Ordinal)
                .Replace("TASK", task.Id.Value.ToString(), StringComparison.Ordinal));

        administrator.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        administrator.Text.Should().NotContain("敏感事项二");
    }

    [Theory]
    [InlineData("/cases")]
    [InlineData("/tasks?view=all")]
    [InlineData("/cases/export?format=csv")]
    [InlineData("/tasks/export?view=all&format=csv")]
    [InlineData("/")]
    public async Task Lists_of_an_administrator_do_not_name_it(string address)
    {
        await desk.OpenCaseAsync("敏感事项三", restricted: true);
        using var administrator = await desk.AsAsync("sample-admin");

        (await administrator.Client.GetStringAsync(address)).Should().NotContain("敏感事项三");
    }

    [Fact]
    public async Task A_case_that_is_not_restricted_leaves_no_log()
    {
        var @case = await desk.OpenCaseAsync("普通事项");
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/cases/{@case}");
        secretary.Text.Should().Contain("普通事项").And.NotContain("查阅记录");

        await using var db = desk.Open();
        (await db.Set<Cases.History.AccessEntry>().CountAsync(entry => entry.CaseId == @case)).Should().Be(0);
    }
}
