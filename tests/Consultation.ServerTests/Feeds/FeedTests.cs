using System.Net;
using System.Net.Http.Headers;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Ical.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Feeds;

/// <summary>A private calendar address, from making it at the page to a calendar program that looks at it.</summary>
public sealed class FeedTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    [Fact]
    public async Task An_address_is_made_read_renewed_and_revoked_at_the_own_page()
    {
        using var officer = await desk.AsAsync("officer");
        await officer.GetAsync("/account");
        officer.Page.QuerySelector("a[href='/account/calendar']").Should().NotBeNull();
        await officer.GetAsync("/account/calendar");
        officer.Text.Should().Contain("还没有订阅地址");
        await ActAsync(officer, "renew");
        var address = AddressOn(officer);
        officer.Page.QuerySelector("svg.qr-code").Should().NotBeNull();
        officer.Text.Should().Contain("怎样订阅").And.Contain("Outlook");

        using var program = desk.CreateClient();
        var first = await program.GetAsync(address);
        first.StatusCode.Should().Be(HttpStatusCode.OK);
        first.Content.Headers.ContentType!.ToString().Should().Be("text/calendar; charset=utf-8");
        first.Content.Headers.LastModified.Should().NotBeNull();
        var text = await first.Content.ReadAsStringAsync();
        Calendar.Load(text)!.Events.Should().Contain(
            one => one.Uid!.StartsWith("task-"), "the screening is to be done");
        text.Should().NotContainAny("/link/", "/t/");

        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));
        (await program.SendAsync(again)).StatusCode.Should().Be(HttpStatusCode.NotModified);
        using var head = new HttpRequestMessage(HttpMethod.Head, address);
        (await program.SendAsync(head)).StatusCode.Should().Be(HttpStatusCode.OK);
        await using (var db = desk.Services.GetRequiredService<Database>().Open())
        {
            var row = await db.People.AsNoTracking().SingleAsync(person => person.UserName == "officer");
            row.FeedHash.Should().HaveLength(64);
            address.Should().NotContain(row.FeedHash!, "the row holds no token");
        }

        await ActAsync(officer, "renew");
        AddressOn(officer).Should().NotBe(address);
        (await program.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        address = AddressOn(officer);
        (await program.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.OK);
        await ActAsync(officer, "revoke");
        officer.Text.Should().Contain("还没有订阅地址");
        (await program.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Forged_addresses_say_nothing_and_only_the_office_makes_one_for_others()
    {
        using var program = desk.CreateClient();
        foreach (var forged in new[] { new string('A', 43), "x", new string('a', 2000) })
        {
            var answer = await program.GetAsync($"/feed/{forged}.ics");
            answer.IsSuccessStatusCode.Should().BeFalse(forged);
            (await answer.Content.ReadAsStringAsync()).Should().BeEmpty(forged);
        }

        using var member = await desk.AsAsync("member");
        var id = await IdOfAsync("director");
        await member.GetAsync($"/people/{id:N}/calendar");
        member.Answer.StatusCode.Should().NotBe(HttpStatusCode.OK);
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/people/{id:N}/calendar");
        await secretary.PostAsync("feed", new() { ["act"] = "renew" });
        await secretary.FollowAsync();
        var address = AddressOn(secretary);
        (await program.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_address_of_somebody_who_leaves_ends()
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync("/people/new");
        await secretary.PostAsync("person", new() { ["name"] = "将离任", ["language"] = "zh" });
        await secretary.FollowAsync();
        var page = secretary.Page.QuerySelector("a[href$='/calendar'][href^='/people/']")!.GetAttribute("href")!;
        await secretary.GetAsync(page);
        await secretary.PostAsync("feed", new() { ["act"] = "renew" });
        await secretary.FollowAsync();
        var address = AddressOn(secretary);
        using var program = desk.CreateClient();
        (await program.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.OK);

        await secretary.GetAsync(page[..^"/calendar".Length]);
        var fields = secretary.FieldsOf("person", []).Where(field => field.Key != "active");
        using var content = new FormUrlEncodedContent(fields);
        await secretary.Client.PostAsync(page[..^"/calendar".Length], content);

        (await program.GetAsync(address)).StatusCode.Should().Be(HttpStatusCode.NotFound);
        await secretary.GetAsync(page);
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Whoever_looks_too_often_is_asked_to_wait()
    {
        await using var host = new DeskHost([new("Host:PublicPostsPerMinute", "1")]);
        using var program = host.CreateClient();
        var last = HttpStatusCode.OK;
        for (var look = 0; look < 12 && last != HttpStatusCode.TooManyRequests; look++)
        {
            last = (await program.GetAsync($"/feed/{new string('A', 43)}.ics")).StatusCode;
        }

        last.Should().Be(HttpStatusCode.TooManyRequests);
    }

    private static async Task ActAsync(DeskBrowser browser, string act)
    {
        await browser.PostAsync("feed", new() { ["act"] = act });
        await browser.FollowAsync();
    }

    private static string AddressOn(DeskBrowser browser) =>
        new Uri(browser.Page.QuerySelector("#feed-address")!.GetAttribute("value")!).AbsolutePath;

    private async Task<Guid> IdOfAsync(string user)
    {
        await using var db = desk.Services.GetRequiredService<Database>().Open();
        return await db.People.Where(person => person.UserName == user).Select(person => person.Id.Value).SingleAsync();
    }
}
