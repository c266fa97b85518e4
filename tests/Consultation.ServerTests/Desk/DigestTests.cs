using System.Net;
using Consultation.Mail.ActionLinks;
using Consultation.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>The daily digest can be left by the link that every digest carries (mail rules 5 and 8).</summary>
public sealed class DigestTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    [Fact]
    public async Task The_digest_is_left_by_the_post_alone_and_without_signing_in()
    {
        var address = await WantDigestAsync("officer");
        using var browser = desk.Browser();

        await browser.GetAsync(address);
        browser.Text.Should().Contain("每日摘要");
        (await WantsAsync("officer")).Should().BeTrue("GET changes nothing");
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        var answer = await browser.Client.PostAsync(address, oneClick);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await WantsAsync("officer")).Should().BeFalse();
    }

    [Fact]
    public async Task A_forged_link_leaves_nothing()
    {
        var address = await WantDigestAsync("director");
        using var browser = desk.Browser();
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);

        var answer = await browser.Client.PostAsync(address[..^6] + "AAAAAA", oneClick);

        (await answer.Content.ReadAsStringAsync()).Should().Contain("链接无效");
        (await WantsAsync("director")).Should().BeTrue();
    }

    private async Task<string> WantDigestAsync(string user)
    {
        await using var db = Open();
        var person = await db.People.SingleAsync(row => row.UserName == user);
        person.WantsDigest = true;
        (await db.Organisations.SingleAsync(row => row.Id == person.OrganisationId)).DirectoryVersion++;
        await db.SaveChangesAsync();
        return desk.Services.GetRequiredService<UnsubscribeLink>().Address(
            new("http://localhost/"), person.OrganisationId.Value, person.Id.Value)["http://localhost".Length..];
    }

    private async Task<bool> WantsAsync(string user)
    {
        await using var db = Open();
        return (await db.People.SingleAsync(row => row.UserName == user)).WantsDigest;
    }

    private ConsultationDb Open() => desk.Services.GetRequiredService<Database>().ForOrganisation(desk.Organisation);
}
