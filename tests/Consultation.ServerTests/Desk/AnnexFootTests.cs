using System.IO.Compression;
using System.Net;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// The foot of the annex (Q114, Q115): edited with a reason, on the page and in both files, one sheet apart from the
/// other.
/// </summary>
public sealed class AnnexFootTests(GateDesk desk) : IClassFixture<GateDesk>
{
    [Fact]
    public async Task Department_and_date_are_edited_with_a_reason_and_printed()
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync("/tracking/annex?year=2026");
        await secretary.PostAsync("foot", new()
        {
            ["department"] = "区政协提案委",
            ["date"] = "2026-03-01",
            ["reason"] = "按办公室要求统一口径",
        });

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await secretary.FollowAsync();
        secretary.Page.QuerySelector(".annex footer")!.TextContent.Should()
            .Contain("填报部门:区政协提案委").And.Contain("2026 年 3 月 1 日");
        secretary.Text.Should().Contain("孙静").And.Contain("按办公室要求统一口径", "the change is on record");
        foreach (var format in new[] { "docx", "xlsx" })
        {
            (await XmlAsync(secretary, $"/tracking/annex/file?year=2026&format={format}")).Should()
                .Contain("区政协提案委").And.Contain("2026 年 3 月 1 日");
        }

        await secretary.GetAsync("/tracking/annex?year=2025");
        secretary.Page.QuerySelector(".annex footer")!.TextContent.Should()
            .NotContain("提案委", "every sheet has its own foot");
    }

    [Theory]
    [InlineData("", "2026-03-01", "因故", "#field-department")]
    [InlineData("区政协", "2099-01-01", "因故", "#field-date")]
    [InlineData("区政协", "三月一日", "因故", "#field-date")]
    [InlineData("区政协", "2026-03-01", "", "#field-reason")]
    public async Task A_wrong_entry_is_said_at_its_field(string department, string date, string reason, string field)
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync("/tracking/annex?year=2024");

        await secretary.PostAsync("foot", new() { ["department"] = department, ["date"] = date, ["reason"] = reason });

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        secretary.Page.QuerySelector($"{field} .invalid-feedback").Should().NotBeNull(secretary.Text);
    }

    [Fact]
    public async Task Who_does_not_steer_gets_no_form()
    {
        using var officer = await desk.AsAsync("officer");

        await officer.GetAsync("/tracking/annex");

        officer.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        officer.Page.QuerySelector("#in-department").Should().BeNull();
    }

    private static async Task<string> XmlAsync(DeskBrowser browser, string address)
    {
        using var archive = new ZipArchive(await browser.Client.GetStreamAsync(address));
        var parts = archive.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal))
            .Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        });
        return string.Concat(parts);
    }
}
