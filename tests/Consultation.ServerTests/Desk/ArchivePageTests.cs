using System.Net;
using System.Text.Json;
using Consultation.Cases.Archiving;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>A case's archive at the desk: what is missing is named, and the package is checked by itself.</summary>
public sealed class ArchivePageTests(GateDesk desk) : IClassFixture<GateDesk>
{
    private readonly CaseMoves _moves = new(desk.Services);

    [Fact]
    public async Task The_package_of_a_case_has_all_that_it_holds_and_is_found_whole()
    {
        var (gate, _) = await _moves.JudgedReportAsync();
        using var secretary = await desk.AsAsync("secretary");

        using var answer = await secretary.Client.GetAsync($"/cases/{gate.CaseId}/archive");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition!.FileNameStar.Should().EndWith("归档包.zip");
        var (manifest, faults) = await ArchiveCheck.LookAsync(
            new MemoryStream(await answer.Content.ReadAsByteArrayAsync()), default);

        faults.Should().BeEmpty();
        await using var db = desk.Services.GetRequiredService<Database>().Open();
        var documents = await db.Documents.CountAsync(row => row.CaseId == gate.CaseId);
        manifest!.Parts.Count(part => part.Path.StartsWith("documents/", StringComparison.Ordinal)
                && Path.GetExtension(part.Path) != ".pdf")
            .Should().Be(documents).And.BePositive();
        manifest.Parts.Select(part => part.Path).Should().Contain(
        [
            "data/case.json", "data/records.json", "data/decisions.json", "data/history.json", "data/mails.json",
            "data/meetings.json",
        ]).And.Contain(path => path.StartsWith("workflows/", StringComparison.Ordinal));
        manifest.Head.Gaps.Should().NotBeEmpty("the case has no meeting yet");
        JsonSerializer.Serialize(manifest, ArchiveManifest.Writing)
            .Should().NotContain("@", "no address leaves the house");
    }

    [Fact]
    public async Task The_page_names_what_is_missing_to_those_who_steer_and_nobody_else_gets_the_package()
    {
        var (gate, _) = await _moves.JudgedReportAsync();
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/cases/{gate.CaseId}?tab=documents");

        secretary.Page.QuerySelector(".archive-list")!.TextContent.Should().Contain("会议通知").And.Contain("缺");
        foreach (var name in new[] { "director", "member", "contact" })
        {
            using var other = await desk.AsAsync(name);
            await other.GetAsync($"/cases/{gate.CaseId}/archive");
            other.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound, name);
        }
    }
}
