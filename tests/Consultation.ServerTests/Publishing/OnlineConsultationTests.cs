using System.Net;
using Consultation.Cases.Publishing;
using Consultation.Web.Public;
using Microsoft.EntityFrameworkCore;

namespace Consultation.ServerTests.Publishing;

/// <summary>
/// An online consultation from the published topic to its summary, with residents, trolls and a moderator; then the
/// topic is withdrawn (Q28, Q55, Q80).
/// </summary>
public sealed class OnlineConsultationTests(PublishedDesk desk) : IClassFixture<PublishedDesk>
{
    [Fact]
    public async Task Residents_are_heard_trolls_are_not_and_the_summary_is_public_until_it_is_withdrawn()
    {
        using var visitor = desk.Browser();
        await visitor.GetAsync(desk.TopicPage);
        visitor.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound, "a second person has not looked yet");
        using (var author = await desk.AsAsync("secretary"))
        {
            await author.GetAsync($"/publishing/{desk.Topic.Value:N}");
            author.Page.QuerySelector("form [name=agrees]").Should().BeNull("nobody agrees with the own words");
        }

        await desk.SecondAsync();
        await visitor.GetAsync("/p/sample");
        visitor.Text.Should().Contain("正在征求意见").And.Contain("河畔步道夜间照明");
        await LevelsAreKept(visitor);
        var (number, code) = await ResidentsAndTrolls(visitor);
        await Moderate();
        await Agree(visitor);
        await FollowRefused(visitor, number, code);
        await Summarise(visitor);
        await Withdraw(visitor);
    }

    private async Task LevelsAreKept(DeskBrowser visitor)
    {
        await visitor.GetAsync(desk.TopicPage);
        visitor.Text.Should().Contain("请大家说说怎么装").And.NotContain("只给参与人看").And.NotContain("只给组织方看");
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync(desk.TopicPage);
        secretary.Text.Should().Contain("只给参与人看").And.Contain("只给组织方看");
    }

    private async Task<(string Number, string Code)> ResidentsAndTrolls(DeskBrowser visitor)
    {
        (await SendAsync(visitor, "桥头一段最暗，请先在桥头装灯。")).Should().Contain("意见已收到");
        foreach (var troll in new[]
        {
            "<script>alert(1)</script> 步道", "请看 https://spam.example/x", "打 13800138000 领红包", "啊啊啊啊啊啊啊",
        })
        {
            await SendAsync(visitor, troll);
            visitor.Page.QuerySelectorAll(".error-summary a").Should().NotBeEmpty(troll);
            visitor.Page.QuerySelector("textarea[name=text]")!.TextContent.Trim().Should()
                .Be(troll, "nothing typed is lost");
        }

        using var other = desk.Browser();
        (await SendAsync(other, "桥头一段最暗！请先在桥头装灯！！")).Should().Contain("相同意见合并");
        await SendAsync(other, "我就是来骂人的，你们都不行。");
        var (number, code) = (
            other.Page.QuerySelector(".big-number")!.TextContent.Trim(),
            string.Concat(other.Page.QuerySelectorAll(".big-secret span").Select(part => part.TextContent.Trim())));
        code.Should().HaveLength(8);
        await using var db = desk.Open();
        (await db.Set<Opinion>().Select(one => one.State).ToListAsync()).Should()
            .BeEquivalentTo([OpinionState.Waiting, OpinionState.Folded, OpinionState.Waiting]);
        await visitor.GetAsync(desk.TopicPage);
        visitor.Text.Should().NotContain("桥头一段最暗", "nothing shows before a moderator has looked");
        return (number, code);
    }

    private async Task Moderate()
    {
        using var moderator = await desk.AsAsync("secretary");
        await moderator.GetAsync("/opinions");
        var good = Box(moderator, "桥头一段最暗");
        await moderator.PostAsync("moderate", new() { ["opinion"] = good, ["do"] = "show" });
        await moderator.GetAsync("/opinions");
        var bad = Box(moderator, "骂人");
        await moderator.PostAsync("moderate", new() { ["opinion"] = bad, ["do"] = "refuse" });
        moderator.Page.QuerySelectorAll(".error-summary a").Should().NotBeEmpty("a reason is asked for");
        await moderator.PostAsync(
            "moderate", new() { ["opinion"] = bad, ["do"] = "refuse", ["reason"] = "abusive" });
        moderator.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);

        static string Box(DeskBrowser browser, string words) => browser.Page.QuerySelectorAll(".opinion-list li")
            .Single(line => line.TextContent.Contains(words)).QuerySelector("input")!.GetAttribute("value")!;
    }

    private async Task Agree(DeskBrowser visitor)
    {
        await using var db = desk.Open();
        var opinion = await db.Set<Opinion>().AsNoTracking().SingleAsync(one => one.State == OpinionState.Shown);
        for (var click = 0; click < 3; click++)
        {
            await visitor.GetAsync(desk.TopicPage);
            visitor.Text.Should().Contain("桥头一段最暗").And.NotContain("骂人");
            await visitor.PostAsync($"agree-{opinion.Id.Value:N}", []);
        }

        (await db.Set<Opinion>().AsNoTracking().SingleAsync(one => one.Id == opinion.Id)).Agreements.Should().Be(1);
    }

    private static async Task FollowRefused(DeskBrowser visitor, string number, string code)
    {
        await visitor.GetAsync("/p/sample/follow");
        await visitor.PostAsync("follow", new() { ["n"] = number, ["s"] = code });
        visitor.Text.Should().Contain("没有公开").And.Contain("侮辱");
    }

    private async Task Summarise(DeskBrowser visitor)
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/publishing/{desk.Topic.Value:N}");
        await secretary.PostAsync("summary", new() { ["summary"] = "大家最关心桥头，先在桥头装十盏灯，年底前完成。" });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await visitor.GetAsync(desk.TopicPage);
        visitor.Text.Should().Contain("先在桥头装十盏灯");
        visitor.Page.QuerySelector("textarea[name=text]").Should().BeNull("the consultation is over");
        await using var db = desk.Open();
        var digest = await db.Records.SingleAsync(one => one.Kind == "online-consultation");
        (digest.Fields["shown"], digest.Fields["refused"], digest.Fields["agreements"]).Should().Be(("1", "1", "1"));
        digest.Fields["opinions"].Should().Contain("桥头一段最暗");
    }

    private async Task Withdraw(DeskBrowser visitor)
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/publishing/{desk.Topic.Value:N}");
        await secretary.PostAsync("withdraw", []);
        secretary.Page.QuerySelectorAll(".error-summary a").Should().NotBeEmpty("a reason is asked for");
        await secretary.PostAsync("withdraw", new() { ["reason"] = "文字有误，待更正" });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        foreach (var address in new[] { desk.TopicPage, "/p/sample", "/p/sample/feed.atom", "/" })
        {
            await visitor.GetAsync(address);
            visitor.Page.DocumentElement.TextContent.Should().NotContain("文字有误").And.NotContain("请大家说说怎么装");
        }

        await secretary.GetAsync($"/publishing/{desk.Topic.Value:N}");
        secretary.Text.Should().Contain("文字有误").And.Contain("历史");
    }

    private async Task<string> SendAsync(DeskBrowser browser, string text)
    {
        await browser.GetAsync(desk.TopicPage);
        await browser.PostAsync("opinion", new() { ["text"] = text });
        if (browser.Answer.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            cookies.Where(cookie => cookie.StartsWith(Visitor.Cookie, StringComparison.Ordinal)).Should()
                .OnlyContain(cookie => cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase));
        }

        return browser.Text;
    }
}
