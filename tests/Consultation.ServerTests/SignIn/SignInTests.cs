using System.Net;
using System.Text.RegularExpressions;
using Consultation.Server.FirstStart;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.SignIn;

/// <summary>Who gets in, who does not, and what happens to what was typed.</summary>
public sealed class SignInTests(DeskHost host) : IClassFixture<DeskHost>
{
    [Fact]
    public async Task A_page_asks_for_a_sign_in_and_comes_back_to_itself()
    {
        using var browser = host.Browser();

        await browser.GetAsync("/people?role=Secretary");

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        browser.Answer.Headers.Location!.ToString().Should().EndWith("/sign-in?to=%2Fpeople%3Frole%3DSecretary");
    }

    [Fact]
    public async Task Unknown_names_and_wrong_passwords_get_the_same_answer()
    {
        using var browser = host.Browser();

        await browser.SignInAsync("nobody-of-that-name", "whatever-it-is");
        var unknown = browser.Page.QuerySelector(".error-summary")!.TextContent;
        await browser.SignInAsync("somebody-else", "whatever-it-is");

        browser.Page.QuerySelector(".error-summary")!.TextContent.Should().Be(unknown).And.Contain("登录名或密码不对");
        browser.Page.QuerySelector("input[name=user]")!.GetAttribute("value").Should()
            .Be("somebody-else", "what was typed stays");
        browser.Page.QuerySelector("input[name=password]")!.GetAttribute("value").Should().BeNullOrEmpty();
    }

    [Fact]
    public async Task Whoever_got_the_password_from_somebody_else_sees_only_the_page_that_changes_it()
    {
        using var fresh = new DeskHost();
        using var browser = fresh.Browser();
        (await browser.SignInAsync(DeskHost.Administrator, DeskHost.FirstPassword)).Should().BeTrue();

        await browser.GetAsync("/people");

        browser.Answer.Headers.Location!.ToString().Should().Be("/account/password");
        await browser.FollowAsync();
        await browser.PostAsync(
            "password", new()
            {
                ["present-password"] = DeskHost.FirstPassword,
                ["new-password"] = "short",
                ["repeat-password"] = "short",
            });
        browser.Text.Should().Contain("至少要有 10 个字符");
        await browser.PostAsync("password", new()
        {
            ["present-password"] = DeskHost.FirstPassword,
            ["new-password"] = DeskHost.Password,
            ["repeat-password"] = DeskHost.Password,
        });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await browser.GetAsync("/people");
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(DeskHost.Administrator)]
    [InlineData("nobody-of-that-name")]
    public async Task After_five_wrong_passwords_the_next_has_to_wait_whether_or_not_the_name_is_known(string name)
    {
        using var fresh = new DeskHost();
        using var browser = fresh.Browser();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            (await browser.SignInAsync(name, "wrong-password")).Should().BeFalse();
            browser.Text.Should().Contain("登录名或密码不对");
        }

        (await browser.SignInAsync(name, DeskHost.FirstPassword)).Should().BeFalse();

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        browser.Answer.Headers.RetryAfter!.Delta.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(15));
        browser.Text.Should().Contain("请等 15 秒再试");
        browser.Page.QuerySelector("input[name=user]")!.GetAttribute("value").Should().Be(name);
    }

    [Fact]
    public async Task Forty_guesses_at_the_same_time_get_no_further_than_five()
    {
        using var fresh = new DeskHost();
        using var browser = fresh.Browser();
        await browser.GetAsync("/sign-in");
        var token = browser.Page.QuerySelector("input[name=_token]")!.GetAttribute("value")!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async one =>
        {
            using var content = new FormUrlEncodedContent(
            [
                new("_handler", "sign-in"), new("_token", token), new("user", DeskHost.Administrator),
                new("password", $"wrong-{one}"),
            ]);
            using var answer = await browser.Client.PostAsync("/sign-in", content);
            return answer.StatusCode;
        }));

        answers.Count(status => status == HttpStatusCode.OK).Should().Be(5, "these were checked");
        answers.Count(status => status == HttpStatusCode.TooManyRequests).Should().Be(35);
    }

    [Fact]
    public async Task Whoever_guesses_elsewhere_does_not_shut_the_owner_out_of_a_browser_that_he_used_before()
    {
        using var fresh = new DeskHost();
        using var own = await fresh.SignedInAsync();
        using var stranger = fresh.Browser();
        for (var attempt = 0; attempt < 8; attempt++)
        {
            await stranger.SignInAsync(DeskHost.Administrator, "wrong-password");
        }

        (await stranger.SignInAsync(DeskHost.Administrator, DeskHost.Password)).Should().BeFalse();
        await SignOutAsync(own);
        (await own.SignInAsync(DeskHost.Administrator, DeskHost.Password)).Should().BeTrue(own.Text);
    }

    [Fact]
    public async Task Guessing_the_present_password_at_the_page_that_changes_it_has_to_wait_too()
    {
        using var fresh = new DeskHost();
        using var browser = await fresh.SignedInAsync();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await browser.GetAsync("/account/password");
            await browser.PostAsync("password", new()
            {
                ["present-password"] = $"wrong-{attempt}",
                ["new-password"] = "quite-another-password",
                ["repeat-password"] = "quite-another-password",
            });
        }

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        browser.Text.Should().Contain("秒再试");
    }

    [Fact]
    public async Task A_copy_of_the_cookie_is_of_no_use_after_the_sign_out()
    {
        using var elsewhere = await host.SignedInAsync();
        using var browser = host.Browser();
        await browser.SignInAsync(DeskHost.Administrator, DeskHost.Password);
        var cookie = browser.Answer.Headers.GetValues("Set-Cookie")
            .Single(one => one.StartsWith("consultation=", StringComparison.Ordinal)).Split(';')[0];
        using var thief = host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        (await thief.GetAsync("/people")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await thief.GetAsync("/elsa/api/workflow-definitions")).StatusCode.Should().Be(HttpStatusCode.OK);

        await SignOutAsync(browser);

        var late = await thief.GetAsync("/people");
        late.StatusCode.Should().Be(HttpStatusCode.Redirect);
        late.Headers.Location!.ToString().Should().Contain("/sign-in");
        (await thief.GetAsync("/elsa/api/workflow-definitions")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        await elsewhere.GetAsync("/people");
        elsewhere.Answer.StatusCode.Should().Be(HttpStatusCode.OK, "another sign-in of the same person goes on");
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions_at_once_and_keeps_this_one()
    {
        using var fresh = new DeskHost();
        using var here = await fresh.SignedInAsync();
        using var elsewhere = await fresh.SignedInAsync();

        await here.GetAsync("/account/password");
        await here.PostAsync("password", new()
        {
            ["present-password"] = DeskHost.Password,
            ["new-password"] = "quite-another-password",
            ["repeat-password"] = "quite-another-password",
        });

        await here.GetAsync("/people");
        here.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        await elsewhere.GetAsync("/people");
        elsewhere.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task The_only_administrator_who_lost_the_password_gets_another_at_the_console()
    {
        using var fresh = new DeskHost();
        var lost = fresh.Services.GetRequiredService<LostPassword>();
        using var console = new StringWriter();

        using var held = fresh.Browser();
        for (var attempt = 0; attempt < 7; attempt++) await held.SignInAsync(DeskHost.Administrator, "wrong-password");
        (await lost.RenewAsync("", console, default)).Should().BeFalse();
        console.ToString().Should().Contain("name the log-in after --new-password");
        (await lost.RenewAsync("nobody-of-that-name", console, default)).Should().BeFalse();
        console.ToString().Should().Contain("没有登录名“nobody-of-that-name”");
        (await lost.RenewAsync(DeskHost.Administrator.ToUpperInvariant(), console, default)).Should().BeTrue();

        var password = Regex.Match(console.ToString(), "new password: ([a-z0-9]{16})").Groups[1].Value;
        using var after = fresh.Browser();
        (await after.SignInAsync(DeskHost.Administrator, password)).Should().BeTrue();
        await after.GetAsync("/people");
        after.Answer.Headers.Location!.ToString().Should()
            .Be("/account/password", "whoever stood at the console may have seen it");
    }

    [Fact]
    public async Task A_changed_password_ends_sessions_elsewhere_and_the_old_password_is_of_no_use()
    {
        using var fresh = new DeskHost();
        using var first = await fresh.SignedInAsync();

        using var second = fresh.Browser();

        (await second.SignInAsync(DeskHost.Administrator, DeskHost.FirstPassword)).Should().BeFalse();
        (await second.SignInAsync(DeskHost.Administrator, DeskHost.Password)).Should().BeTrue();
    }

    [Theory]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("/calendar", "/calendar")]
    public async Task A_sign_in_never_leads_to_another_host(string to, string expected)
    {
        using (await host.SignedInAsync())
        {
            using var browser = host.Browser();
            await browser.GetAsync("/sign-in?to=" + Uri.EscapeDataString(to));
            await browser.PostAsync(
                "sign-in", new() { ["user"] = DeskHost.Administrator, ["password"] = DeskHost.Password });

            new Uri(new("http://localhost"), browser.Answer.Headers.Location!).PathAndQuery.Should().Be(expected);
            new Uri(new("http://localhost"), browser.Answer.Headers.Location!).Host.Should().Be("localhost");
        }
    }

    [Fact]
    public async Task Signing_out_takes_a_post()
    {
        using var browser = await host.SignedInAsync();

        await browser.GetAsync("/sign-out");
        browser.Answer.StatusCode.Should().NotBe(HttpStatusCode.Redirect);
        await browser.GetAsync("/");
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK, "a GET signs nobody out");

        await SignOutAsync(browser);
        await browser.GetAsync("/tasks");
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await browser.GetAsync("/");
        browser.Page.QuerySelector("a[href='/sign-in']").Should().NotBeNull("the root is everybody's page");
    }

    [Fact]
    public async Task A_post_whose_page_expired_gives_the_typed_text_back()
    {
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/units/new");

        await browser.PostAsync("unit", new() { ["_token"] = "stale", ["name"] = "一个很难再输一遍的单位名称" });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        browser.Text.Should().Contain("一个很难再输一遍的单位名称").And.Contain("没有保存任何东西");
    }

    private static async Task SignOutAsync(DeskBrowser browser)
    {
        await browser.GetAsync("/");
        var token = browser.Page.QuerySelector("form[action='/sign-out'] input[name=_token]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent([new("_token", token)]);
        using var answer = await browser.Client.PostAsync("/sign-out", content);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }
}
