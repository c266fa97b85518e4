using System.ComponentModel.DataAnnotations;
using System.Net;
using Consultation.Cases.People;
using Consultation.Storage;
using Consultation.Web.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.SignIn;

/// <summary>
/// Signing in by OpenID Connect against a real provider: who gets in as whom, who does not and why, and how one gets
/// out.
/// </summary>
public sealed class OpenIdTests : IAsyncLifetime, IDisposable
{
    private static readonly Uri Desk = new("http://localhost");
    private readonly HttpClient _elsewhere =
        new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
    private IdentityProvider _provider = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _provider = await IdentityProvider.StartAsync();
        await _provider.TrustAsync(Desk);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await _provider.DisposeAsync();

    /// <inheritdoc/>
    public void Dispose() => _elsewhere.Dispose();

    [Fact]
    public async Task The_button_leads_to_the_provider_and_back_to_the_page_that_was_wanted()
    {
        await using var host = new DeskHost(
            [.. _provider.Settings, new("OpenId:LabelZh", "区统一认证"), new("OpenId:LabelEn", "District account")]);
        using var browser = host.Browser();
        await browser.GetAsync("/people?role=Secretary");
        await browser.FollowAsync();
        browser.Text.Should().Contain("区统一认证").And.Contain("密码", "passwords stay");
        var button = browser.Page.QuerySelector("a[href^='/sign-in/openid']")!.GetAttribute("href")!;

        await SignInAsync(browser, button);

        browser.Answer.Headers.Location!.ToString().Should().Be("/people?role=Secretary");
        await browser.FollowAsync();
        browser.Answer.StatusCode.Should()
            .Be(HttpStatusCode.OK, "the administrator's given password need not be changed first");
        browser.Page.QuerySelector(".head-menu summary")!.TextContent.Should().Contain("系统管理员");
        using var english = host.Browser();
        await english.GetAsync("/sign-in?lang=en");
        english.Text.Should().Contain("District account");
    }

    [Fact]
    public async Task The_challenge_asks_for_a_code_with_proof_and_keeps_its_cookies_on_this_site()
    {
        await using var host = new DeskHost(_provider.Settings);
        using var browser = host.Browser();

        await browser.GetAsync("/sign-in/openid?to=//elsewhere.example");

        var address = browser.Answer.Headers.Location!.ToString();
        address.Should()
            .StartWith(_provider.Authority).And.Contain("response_type=code").And.Contain("code_challenge_method=S256")
            .And.NotContain("response_mode=form_post").And.NotContain("elsewhere.example");
        browser.Answer.Headers.GetValues("Set-Cookie").Should().HaveCount(2)
            .And.OnlyContain(cookie => cookie.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase)
                && cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase)
                && !cookie.Contains("secure", StringComparison.OrdinalIgnoreCase),
                    "the desk of this test is reached over http");
    }

    [Fact]
    public async Task The_same_session_opens_the_designer_and_its_interface()
    {
        await using var host = new DeskHost(_provider.Settings);
        using var browser = host.Browser();
        await SignInAsync(browser);

        (await browser.Client.GetAsync("/studio/definitions")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await browser.Client.GetAsync("/elsa/api/workflow-definitions")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("preferred_username", "nobody-of-that-name", "这里还没有您的账号")]
    [InlineData("sub-only", "x", "没有告诉本系统您的登录名")]
    public async Task Whoever_has_no_account_here_is_refused_with_what_to_do(string claim, string value, string why)
    {
        _provider.Claims.Clear();
        _provider.Claims[claim] = value;
        await using var host = new DeskHost(_provider.Settings);
        using var browser = host.Browser();

        await SignInAsync(browser);
        await browser.FollowAsync();

        browser.Text.Should().Contain(why);
        await browser.GetAsync("/people");
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, "nobody was signed in");
    }

    [Fact]
    public async Task Whoever_has_left_is_refused()
    {
        await using var host = new DeskHost(_provider.Settings);
        await using (var db = Open(host))
        {
            await db.People.ExecuteUpdateAsync(set => set.SetProperty(person => person.Active, false));
        }

        using var browser = host.Browser();
        await SignInAsync(browser);
        await browser.FollowAsync();

        browser.Text.Should().Contain("您的账号已停用");
    }

    [Fact]
    public async Task A_verified_address_finds_its_only_owner_whatever_its_capitals()
    {
        _provider.Claims.Clear();
        _provider.Claims["email"] = "Wang@Example.org";
        _provider.Claims["email_verified"] = "true";
        await using var host = new DeskHost([.. _provider.Settings, new("OpenId:MatchBy", "VerifiedEmail")]);
        await using var db = Open(host);
        await db.People.ExecuteUpdateAsync(set => set.SetProperty(person => person.Email, "wang@example.org"));
        using var browser = host.Browser();

        await SignInAsync(browser);

        browser.Answer.Headers.Location!.ToString().Should().Be("/");
        _provider.Claims["email_verified"] = "false";
        await RefusedAsync(host, "还没有验证过您的邮箱");
        _provider.Claims["email_verified"] = "true";
        var one = await db.People.SingleAsync();
        db.Add(new Person
        {
            OrganisationId = one.OrganisationId,
            Id = Cases.PersonId.New(),
            Name = "同一邮箱的人",
            UserName = "somebody-else",
            Email = "WANG@example.org",
        });
        await db.SaveChangesAsync();
        await RefusedAsync(host, "不止一个账号使用您的邮箱");
    }

    [Fact]
    public async Task Mapped_roles_follow_the_claims_and_all_others_stay()
    {
        _provider.Claims["roles"] = "desk-secretaries,desk-designers,something-else";
        await using var host = new DeskHost(
        [
            .. _provider.Settings, new("OpenId:Roles:0:Value", "desk-secretaries"),
            new("OpenId:Roles:0:Role", "Secretary"),
            new("OpenId:Roles:1:Value", "desk-designers"), new("OpenId:Roles:1:Role", "Designer"),
        ]);
        using (var browser = host.Browser())
        {
            await SignInAsync(browser);
            (await RolesAsync(host)).Should().BeEquivalentTo([Role.Administrator, Role.Secretary, Role.Designer]);
            await browser.GetAsync("/account");
            browser.Text.Should().Contain("秘书").And.Contain("流程设计员");
        }

        _provider.Claims["roles"] = "desk-designers";
        using var later = host.Browser();
        await SignInAsync(later);

        (await RolesAsync(host)).Should().BeEquivalentTo([Role.Administrator, Role.Designer]);
        await using var db = Open(host);
        (await db.Set<DirectoryChange>().AsNoTracking().ToListAsync()).Select(change => change.Text.Zh)
            .Should().Contain(text => text.Contains("授予角色“秘书”")).And.Contain(text => text.Contains("收回角色“秘书”"));
    }

    [Fact]
    public async Task The_last_administrator_stays_one_even_when_the_provider_says_otherwise()
    {
        await using var host = new DeskHost(
            [.. _provider.Settings, new("OpenId:Roles:0:Value", "desk-administrators"),
                new("OpenId:Roles:0:Role", "Administrator")]);
        using var browser = host.Browser();

        await SignInAsync(browser);

        browser.Answer.Headers.Location!.ToString().Should().Be("/");
        (await RolesAsync(host)).Should().Equal(Role.Administrator);
    }

    [Fact]
    public async Task Signing_out_leads_through_the_provider_and_ends_both_sessions()
    {
        await using var host = new DeskHost(_provider.Settings);
        using var browser = host.Browser();
        await SignInAsync(browser);
        await browser.GetAsync("/");
        browser.Answer.Headers.GetValues("Content-Security-Policy").Single()
            .Should().Contain($"form-action 'self' {_provider.Authority};", "browsers count where a form leads on to");

        var there = await PostSignOutAsync(browser);

        there.Should().StartWith($"{_provider.Authority}/connect/logout").And.Contain("id_token_hint=");
        var back = (await _elsewhere.GetAsync(there)).Headers.Location!;
        back.ToString().Should().StartWith("http://localhost/sign-out/openid/callback");
        _provider.SignOuts.Should().Be(1);
        await browser.GetAsync(back.PathAndQuery);
        browser.Answer.Headers.Location!.ToString().Should().Be("/sign-in");
        await browser.GetAsync("/tasks");
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Whoever_came_by_password_signs_out_here_only()
    {
        await using var host = new DeskHost(_provider.Settings);
        using var browser = await host.SignedInAsync();
        await browser.GetAsync("/");

        (await PostSignOutAsync(browser)).Should().Be("/sign-in");
    }

    [Fact]
    public async Task A_provider_that_is_away_is_said_in_words_and_a_sign_out_works_all_the_same()
    {
        await using var host = new DeskHost(_provider.Settings);
        using var signedIn = host.Browser();
        await SignInAsync(signedIn);
        await using var later = new DeskHost(_provider.Settings);
        await _provider.DisposeAsync();

        using var browser = later.Browser();
        await browser.GetAsync("/sign-in/openid");
        await browser.FollowAsync();
        browser.Text.Should().Contain("现在连接不上统一身份认证服务").And.Contain("也可以用密码登录");
        (await browser.SignInAsync(DeskHost.Administrator, DeskHost.FirstPassword)).Should().BeTrue();
        await signedIn.GetAsync("/");
        (await PostSignOutAsync(signedIn)).Should().NotBeEmpty();
        await signedIn.GetAsync("/tasks");
        signedIn.Answer.StatusCode.Should()
            .Be(HttpStatusCode.Redirect, "whatever the provider says, this session has ended");
    }

    [Fact]
    public async Task Whoever_cancels_or_comes_with_a_forged_answer_sees_words_and_no_session()
    {
        await using var host = new DeskHost(_provider.Settings);
        _provider.IsCancelled = true;
        await RefusedAsync(host, "您在统一身份认证页面取消了登录");
        using var browser = host.Browser();

        await browser.GetAsync("/sign-in/openid/callback?code=stolen&state=forged");
        await browser.FollowAsync();

        browser.Text.Should().Contain("统一身份认证没有成功");
        await browser.GetAsync("/sign-in?problem=no-such-problem");
        browser.Page.QuerySelector(".error-summary").Should().BeNull();
    }

    [Fact]
    public async Task Without_a_provider_there_is_no_button_and_no_door()
    {
        await using var host = new DeskHost();
        using var browser = host.Browser();

        await browser.GetAsync("/sign-in");
        browser.Page.QuerySelector("a[href^='/sign-in/openid']").Should().BeNull();
        browser.Answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("form-action 'self';");
        await browser.GetAsync("/sign-in/openid");
        browser.Answer.Headers.Location!.ToString().Should()
            .Contain("/sign-in?to=", "like any address that is not there");
    }

    [Fact]
    public void Wrong_settings_are_named_all_at_once()
    {
        var options = new OpenIdOptions
        {
            Authority = "http://elsewhere.example",
            LogInNameClaim = " ",
            Roles = [new() { Value = "x", Role = Role.CommitteeDirector }, new() { Role = Role.Viewer }],
        };
        var problems = new List<ValidationResult>();

        Validator.TryValidateObject(options, new(options), problems, validateAllProperties: true);

        problems.Select(problem => problem.ErrorMessage!.Split([':', ','])[1]).Should()
            .Equal("Authority", "ClientId", "LogInNameClaim", "Roles", "Roles");
        new OpenIdOptions { Authority = "http://127.0.0.1:8080", ClientId = "x" }.Validate(new(options))
            .Should().BeEmpty();
        new OpenIdOptions().Validate(new(options)).Should().BeEmpty("off is right");
    }

    /// <summary>Presses the button, goes to the provider and comes back; the last answer is that of the desk.</summary>
    private async Task SignInAsync(DeskBrowser browser, string button = "/sign-in/openid")
    {
        await browser.GetAsync(button);
        var there = browser.Answer.Headers.Location!.ToString();
        there.Should().StartWith(_provider.Authority, browser.Text);
        using var answer = await _elsewhere.GetAsync(there);
        answer.Headers.Location.Should().NotBeNull(await answer.Content.ReadAsStringAsync());
        await browser.GetAsync(answer.Headers.Location!.PathAndQuery);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
    }

    private async Task RefusedAsync(DeskHost host, string why)
    {
        using var browser = host.Browser();
        await SignInAsync(browser);
        await browser.FollowAsync();
        browser.Text.Should().Contain(why);
    }

    private static async Task<string> PostSignOutAsync(DeskBrowser browser)
    {
        var token = browser.Page.QuerySelector("form[action='/sign-out'] input[name=_token]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent([new("_token", token)]);
        using var answer = await browser.Client.PostAsync("/sign-out", content);
        return answer.Headers.Location!.ToString();
    }

    private static ConsultationDb Open(DeskHost host) => host.Services.GetRequiredService<Database>().Open();

    private static async Task<IReadOnlyList<Role>> RolesAsync(DeskHost host)
    {
        await using var db = Open(host);
        return await db.RoleGrants.AsNoTracking().Select(grant => grant.Role).ToListAsync();
    }
}
