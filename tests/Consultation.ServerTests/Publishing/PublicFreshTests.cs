using System.Net;
using Consultation.Cases;
using Consultation.Cases.Meetings;
using Consultation.Cases.Publishing;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;

namespace Consultation.ServerTests.Publishing;

/// <summary>
/// A public page that a browser kept is never older than what it shows: a meeting that moved, a promise that was kept,
/// a case that was restricted, words that were withdrawn.
/// </summary>
public sealed class PublicFreshTests(PublishedDesk desk) : IClassFixture<PublishedDesk>
{
    [Fact]
    public async Task What_moves_or_goes_shows_at_the_next_look()
    {
        await desk.SecondAsync();
        var meeting = await MeetingAsync();
        using var browser = desk.Browser();
        string[] pages =
            ["/p/sample", "/p/sample/list/ahead", "/p/sample/meetings.ics", "/p/sample/feed.atom?kind=meetings"];
        var known = await TagsAsync(browser, pages);
        (await AgainAsync(browser, pages, known)).Should().OnlyContain(status => status == HttpStatusCode.NotModified);

        await ChangeAsync(db => db.Meetings.Where(one => one.Id == meeting).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.From, new TimeOnly(9, 15))));

        (await AgainAsync(browser, pages, known)).Should().OnlyContain(status => status == HttpStatusCode.OK);
        (await browser.Client.GetStringAsync("/p/sample")).Should().Contain("09:15");
        known = await TagsAsync(browser, pages);
        await ChangeAsync(db => db.Cases.Where(one => one.Id == desk.CaseId).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Restricted, true)));
        (await AgainAsync(browser, pages, known)).Should().OnlyContain(status => status == HttpStatusCode.OK);
        (await browser.Client.GetStringAsync("/p/sample")).Should().NotContain("河畔步道夜间照明");
        using var answer = await browser.Client.GetAsync("/p/sample");
        answer.Headers.CacheControl!.NoCache.Should().BeTrue();
        answer.Headers.Vary.Should().Contain("Accept-Language");
    }

    private async Task<MeetingId> MeetingAsync()
    {
        await using var db = desk.Open();
        var now = TimeProvider.System.GetUtcNow();
        var by = (await db.People.FirstAsync(one => one.UserName == "secretary")).Id;
        var meeting = new Meeting
        {
            OrganisationId = desk.Organisation,
            Id = MeetingId.New(),
            Title = "会议",
            Place = "地点",
            On = DateOnly.FromDateTime(now.UtcDateTime.AddDays(5)),
            From = new(14, 0),
            To = new(16, 0),
            OrganiserId = by,
            PlannedAt = now,
        };
        db.Add(meeting);
        db.Add(new Publication
        {
            OrganisationId = desk.Organisation,
            Id = PublicationId.New(),
            CaseId = desk.CaseId,
            Kind = PublicationKind.Meeting,
            MeetingId = meeting.Id,
            Title = "河畔步道夜间照明协商会",
            Texts = [new("place", "文化站", FieldLevel.Public)],
            FirstAt = now,
            PublishedAt = now,
            ChangedAt = now,
            ById = by,
        });
        await db.SaveChangesAsync();
        return meeting.Id;
    }

    private async Task ChangeAsync(Func<ConsultationDb, Task<int>> change)
    {
        await using var db = desk.Open();
        (await change(db)).Should().Be(1);
    }

    private static async Task<List<string>> TagsAsync(DeskBrowser browser, string[] pages)
    {
        var tags = new List<string>();
        foreach (var page in pages)
        {
            using var answer = await browser.Client.GetAsync(page);
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
            tags.Add(answer.Headers.ETag!.ToString());
        }

        return tags;
    }

    private static async Task<List<HttpStatusCode>> AgainAsync(
        DeskBrowser browser, string[] pages, List<string> known)
    {
        var said = new List<HttpStatusCode>();
        foreach (var (page, tag) in pages.Zip(known))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, page);
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            using var answer = await browser.Client.SendAsync(request);
            said.Add(answer.StatusCode);
        }

        return said;
    }
}
