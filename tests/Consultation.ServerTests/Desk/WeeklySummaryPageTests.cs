using System.Net;
using Consultation.Cases.Documents;
using Consultation.Cases.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>每周督办汇总 at the desk: who sees all cases finds the weeks and opens their documents, nobody else.</summary>
public sealed class WeeklySummaryPageTests(GateDesk desk) : IClassFixture<GateDesk>
{
    [Fact]
    public async Task The_weeks_are_listed_with_their_numbers_and_open_for_those_who_see_all_cases()
    {
        var now = desk.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using (var db = desk.Open())
        {
            var directory = (await desk.Services.GetRequiredService<Consultation.Cases.ICaseStore>()
                .FindDirectoryAsync(desk.Organisation, default))!;
            db.Add(WeeklySummary.File([], directory,
                new([], TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")), 7, now));
            await db.SaveChangesAsync();
        }

        await using var read = desk.Open();
        var filed = await read.Documents.AsNoTracking().SingleAsync(row => row.Kind == WeeklySummary.Kind);
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync("/tracking/weeks");
        secretary.Page.QuerySelector($"a[href='/tracking/weeks/{filed.Id.Value}']")!.TextContent.Should()
            .StartWith(filed.Number);
        await secretary.GetAsync($"/tracking/weeks/{filed.Id.Value}");
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        secretary.Answer.Content.Headers.ContentType!.MediaType.Should().Be(CaseDocuments.Word);

        using var member = await desk.AsAsync("member");
        await member.GetAsync("/tracking/weeks");
        member.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        await member.GetAsync($"/tracking/weeks/{filed.Id.Value}");
        member.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        await member.GetAsync("/tracking");
        member.Page.QuerySelector("a[href='/tracking/weeks']").Should().BeNull();
    }
}
