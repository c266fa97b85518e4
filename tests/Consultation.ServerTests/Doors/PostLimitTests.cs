using System.Net;

namespace Consultation.ServerTests.Doors;

/// <summary>Too many posts from one address: said in words, with what was typed, and only for that kind.</summary>
public sealed class PostLimitTests
{
    private const int PerMinute = 2;

    [Fact]
    public async Task Whoever_hands_in_too_much_gets_the_text_back_and_is_told_when_to_try_again()
    {
        await using var host = Host();
        using var browser = host.Browser();
        for (var matter = 0; matter <= PerMinute; matter++)
        {
            await browser.GetAsync("/p/main/new");
            await browser.PostAsync("hand-in", new() { ["title"] = $"第{matter}件", ["text"] = "写了很久的内容。" });
        }

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        browser.Answer.Headers.RetryAfter!.Delta.Should()
            .BePositive().And.BeLessThanOrEqualTo(TimeSpan.FromMinutes(1));
        browser.Answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("default-src 'none'");
        browser.Text.Should().Contain("操作太频繁").And.Contain("写了很久的内容。").And.NotContain("编号告诉管理员");
        browser.Page.QuerySelector(".error-page form input[name=text]")!.GetAttribute("value").Should()
            .Be("写了很久的内容。", "it is sent again as it is");
    }

    [Fact]
    public async Task One_kind_does_not_hold_up_another_and_an_office_signs_in_behind_one_address()
    {
        await using var host = Host();
        using (await host.SignedInAsync())
        {
        }

        using var browser = host.Browser();
        for (var matter = 0; matter <= PerMinute; matter++)
        {
            await browser.GetAsync("/p/main/new");
            await browser.PostAsync("hand-in", new() { ["title"] = "一件", ["text"] = "内容" });
        }

        await browser.GetAsync("/p/main/follow");
        await browser.PostAsync("follow", new() { ["n"] = "SX2026-000001", ["s"] = "guessed" });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        for (var colleague = 0; colleague < 5 * PerMinute; colleague++)
        {
            using var one = host.Browser();
            (await one.SignInAsync(DeskHost.Administrator, DeskHost.Password)).Should().BeTrue(one.Text);
        }
    }

    [Fact]
    public async Task Whoever_is_signed_in_and_posts_too_much_holds_up_nobody_else_behind_the_same_address()
    {
        await using var host = new Desk.SampleDesk([new("Host:SignedInPostsPerMinute", $"{PerMinute}")]);
        await host.InitializeAsync();
        using var hasty = await host.AsAsync("secretary");
        using var calm = await host.AsAsync("officer");
        for (var matter = 0; matter <= PerMinute; matter++)
        {
            await hasty.GetAsync("/matters/new");
            await hasty.PostAsync("matter", new() { ["title"] = "", ["text"] = "电话里说了很久的内容。" });
        }

        hasty.Answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        hasty.Answer.Headers.RetryAfter!.Delta.Should().BePositive();
        hasty.Text.Should().Contain("操作太频繁").And.Contain("电话里说了很久的内容。");
        await hasty.GetAsync("/calendar");
        hasty.Answer.StatusCode.Should().Be(HttpStatusCode.OK, "looking is free");
        await calm.GetAsync("/matters/new");
        await calm.PostAsync("matter", new() { ["title"] = "", ["text"] = "内容" });
        calm.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_designer_s_door_holds_up_the_account_that_posts_too_much_and_nobody_else()
    {
        await using var host = new Elsa.ElsaHost([new("Host:MachinePostsPerMinute", $"{PerMinute}")]);
        var hasty = await host.ClientAsync("designer");
        var calm = await host.ClientAsync("publisher");
        for (var post = 0; post < PerMinute; post++)
        {
            using var taken = await PostAsync(hasty);
            taken.StatusCode.Should().NotBe(HttpStatusCode.TooManyRequests);
        }

        using var refused = await PostAsync(hasty);
        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().BePositive();
        (await refused.Content.ReadAsStringAsync()).Should().Contain("message");
        using var other = await hasty.SendAsync("GET", "/elsa/api/workflow-definitions", null);
        other.StatusCode.Should().Be(HttpStatusCode.OK, "looking is free");
        using var fine = await PostAsync(calm);
        fine.StatusCode.Should().NotBe(HttpStatusCode.TooManyRequests);

        using var nobody = host.Nobody();
        for (var post = 0; post <= PerMinute; post++)
        {
            using var answer = await nobody.PostAsync("/elsa/api/workflow-definitions", null);
            answer.StatusCode.Should().Be(
                post < PerMinute ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests,
                "an address without a sign-in counts too");
        }

        static Task<HttpResponseMessage> PostAsync(Elsa.ElsaClient client) =>
            client.SendAsync("POST", "/elsa/api/workflow-definitions", new StringContent("{}"));
    }

    private static DeskHost Host() => new([new("Host:PublicPostsPerMinute", $"{PerMinute}")]);
}
