using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Consultation.Cases.People;
using Consultation.Storage;
using Consultation.Storage.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Elsa;

/// <summary>Programs that sign in as Elsa's own client does, and programs with a key.</summary>
public sealed class TokenTests(ReadOnlyHost host) : IClassFixture<ReadOnlyHost>
{
    private const string LogIn = "/elsa/api/identity/login";
    private const string Refresh = "/elsa/api/identity/refresh-token";

    [Fact]
    public async Task Name_and_password_give_tokens_with_which_a_program_does_what_the_person_may()
    {
        await host.AdministratorAsync();
        var pair = await LogInAsync("sample-admin", DeskHost.Password);
        var program = host.Program($"Bearer {pair["accessToken"]}");

        var saved = await program.SaveAsync(
            "令牌", [ElsaClient.Activity("End1", "Elsa.End")], publish: true, definitionId: "token-saved");
        var run = await program.JsonAsync("POST", "/workflow-definitions/token-saved/execute", new { });
        var byGet = await program.JsonAsync("GET", "/workflow-definitions/token-saved/execute");

        pair["isAuthenticated"]!.GetValue<bool>().Should().BeTrue();
        saved["isPublished"]!.GetValue<bool>().Should().BeTrue();
        run["workflowState"]!["status"]!.ToString().Should().Be("Finished");
        byGet["workflowState"]!["status"]!.ToString().Should().Be("Finished");
    }

    [Fact]
    public async Task A_token_opens_no_more_than_the_roles_of_the_person_and_no_page()
    {
        await host.ClientAsync("secretary");
        await host.ClientAsync("member");
        var reader = host.Program($"Bearer {(await LogInAsync("secretary", host.SamplePassword))["accessToken"]}");
        var outsider = host.Program($"Bearer {(await LogInAsync("member", host.SamplePassword))["accessToken"]}");

        using var read = await reader.SendAsync("GET", "/workflow-definitions");
        using var written = await reader.SendAsync("POST", "/workflow-definitions", new { model = new { } });
        using var refused = await outsider.SendAsync("GET", "/workflow-definitions");
        using var page = await reader.Http.GetAsync("/tasks");

        read.StatusCode.Should().Be(HttpStatusCode.OK);
        written.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        page.StatusCode.Should().Be(HttpStatusCode.Redirect, "the desk knows people by their cookie alone");
    }

    [Fact]
    public async Task A_wrong_name_or_password_is_answered_as_elsa_does_and_guessing_has_to_wait()
    {
        await host.ClientAsync("director");

        var wrong = await LogInAsync("director", "not this one");
        var unknown = await LogInAsync("nobody-of-that-name", "x");

        foreach (var answer in new[] { wrong, unknown })
        {
            answer["isAuthenticated"]!.GetValue<bool>().Should().BeFalse();
            answer["accessToken"].Should().BeNull();
            answer["refreshToken"].Should().BeNull();
        }

        wrong["message"]!.ToString().Should().Be(unknown["message"]!.ToString(), "nobody learns which names there are");
        using var nobody = host.Nobody();
        HttpResponseMessage last;
        var tries = 0;
        do
        {
            last = await nobody.PostAsJsonAsync(LogIn, new { username = "director", password = $"guess {tries}" });
        }
        while (last.StatusCode == HttpStatusCode.OK && ++tries < 20);
        last.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        last.Headers.RetryAfter!.Delta.Should().BePositive();
        last.Dispose();
        using var odd = await nobody.PostAsJsonAsync(LogIn, new { username = 7 });
        odd.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_password_that_somebody_else_gave_signs_no_program_in()
    {
        using var fresh = await host.FreshAsync();

        var answer = await LogInAsync(DeskHost.Administrator, DeskHost.FirstPassword);

        answer["isAuthenticated"]!.GetValue<bool>().Should().BeFalse();
        answer["message"]!.ToString().Should().Contain("修改密码");
    }

    [Fact]
    public async Task The_second_token_gives_a_new_pair_and_is_of_no_other_use()
    {
        await host.AdministratorAsync();
        var pair = await LogInAsync("sample-admin", DeskHost.Password);
        using var nobody = host.Nobody();

        var renewed = await RefreshAsync(nobody, pair["refreshToken"]!.ToString());
        using var asAccess =
            await host.Program($"Bearer {pair["refreshToken"]}").SendAsync("GET", "/package/version");
        using var asRefresh = await PostRefreshAsync(nobody, pair["accessToken"]!.ToString());

        renewed["isAuthenticated"]!.GetValue<bool>().Should().BeTrue();
        (await host.Program($"Bearer {renewed["accessToken"]}").JsonAsync("GET", "/package/version"))[
            "packageVersion"].Should().NotBeNull();
        asAccess.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        asRefresh.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Tokens_end_with_their_session_and_a_wrong_one_is_not_helped_by_a_cookie()
    {
        var person = await host.AdministratorAsync();
        await host.ClientAsync("publisher");
        var pair = await LogInAsync("publisher", host.SamplePassword);
        var program = host.Program($"Bearer {pair["accessToken"]}");
        (await program.SendAsync("GET", "/package/version")).StatusCode.Should().Be(HttpStatusCode.OK);
        var account = await AccountAsync("publisher");
        await using (var db = host.Services.GetRequiredService<Database>().Open())
        {
            await db.Sessions.Where(one => one.PersonId == account.PersonId).ExecuteDeleteAsync();
        }

        using var refused = await program.SendAsync("GET", "/package/version");
        using var mixed = await person.SendAsync(
            "GET", "/package/version", headers: headers => headers.Add("Authorization", "Bearer nonsense"));

        refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        refused.Headers.WwwAuthenticate.Select(one => one.Scheme).Should().Equal("Bearer", "ApiKey");
        mixed.StatusCode.Should().Be(HttpStatusCode.Unauthorized, "the header counts alone");
    }

    [Fact]
    public async Task A_key_is_made_at_the_desk_shown_once_used_and_revoked()
    {
        var administrator = await host.AdministratorAsync();
        // The client is everybody's: it is not thrown away with the browser.
        var browser = new DeskBrowser(administrator.Http);
        await browser.GetAsync("/policies/api-keys");
        await browser.PostAsync("key", new() { ["name"] = "平台同步", ["rights"] = "read:*" });
        var key = browser.Page.QuerySelector(".api-key")!.TextContent;

        var program = host.Program($"ApiKey {key}");
        (await program.JsonAsync("GET", "/workflow-definitions"))["items"]!.AsArray().Should().NotBeEmpty();
        using var written = await program.SendAsync(
            "POST", "/workflow-definitions", new { model = ElsaClient.Model("不许", [], null, "key-write") });
        await browser.GetAsync("/policies/api-keys");
        browser.Page.Body!.InnerHtml.Should().NotContain(key, "it is shown once").And.Contain("平台同步");
        browser.Text.Should().NotContain("从未");
        var revoke = browser.Page.QuerySelector("a[href$='/revoke']")!.GetAttribute("href")!;
        await browser.GetAsync(revoke);
        await browser.PostAsync("confirm", []);
        using var refused = await program.SendAsync("GET", "/workflow-definitions");

        written.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await written.Content.ReadAsStringAsync()).Should().Contain("write:workflow-definitions");
        refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        await browser.GetAsync("/policies/api-keys");
        browser.Text.Should().Contain("已作废");
    }

    [Fact]
    public async Task A_key_may_do_what_it_was_made_for_and_nothing_beside_it()
    {
        var program = host.Program($"ApiKey {await MakeAsync("exec:workflow-definitions")}");
        var administrator = await host.AdministratorAsync();
        await administrator.SaveAsync(
            "钥匙", [ElsaClient.Activity("End1", "Elsa.End")], publish: true, definitionId: "key-exec");

        var run = await program.JsonAsync("POST", "/workflow-definitions/key-exec/execute", new { });
        using var read = await program.SendAsync("GET", "/workflow-definitions");
        using var published = await program.SendAsync("POST", "/workflow-definitions/key-exec/publish", new { });

        run["workflowState"]!["status"]!.ToString().Should().Be("Finished");
        read.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        published.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_key_of_one_organisation_opens_nothing_of_another_and_a_wrong_secret_opens_nothing()
    {
        await host.AdministratorAsync();
        var key = await MakeAsync("read:*");
        var parts = key.Split('.');
        var other = (await AccountAsync(DeskHost.Administrator)).OrganisationId.Value.ToString("N");

        foreach (var wrong in new[]
        {
            $"{parts[0]}.{other}.{parts[2]}.{parts[3]}", $"{parts[0]}.{parts[1]}.{parts[2]}.{new string('0', 64)}",
            "csk.x.y.z", "",
        })
        {
            using var refused = await host.Program($"ApiKey {wrong}").SendAsync("GET", "/package/version");
            refused.StatusCode.Should().BeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests);
        }

        (await host.Program($"ApiKey {key}").SendAsync("GET", "/package/version")).StatusCode.Should()
            .Be(HttpStatusCode.OK, "a right key never waits for wrong ones");
    }

    [Fact]
    public async Task Trying_keys_has_to_wait_like_guessing_passwords()
    {
        await host.AdministratorAsync();
        var id = $"csk.{Guid.NewGuid():N}.{Guid.NewGuid():N}.{new string('1', 64)}";
        var program = host.Program($"ApiKey {id}");
        var answers = new List<HttpStatusCode>();
        for (var each = 0; each < 8; each++)
        {
            using var answer = await program.SendAsync("GET", "/package/version");
            answers.Add(answer.StatusCode);
        }

        answers.First().Should().Be(HttpStatusCode.Unauthorized);
        answers.Last().Should().Be(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Only_administrators_see_and_make_keys()
    {
        foreach (var user in new[] { "designer", "secretary" })
        {
            var client = await host.ClientAsync(user);
            using var page = await client.Http.GetAsync("/policies/api-keys");
            page.Headers.Location!.ToString().Should().Contain("/errors/403", user);
        }

        await FluentActions.Invoking(() => MakeAsync("read:*", "designer")).Should()
            .ThrowAsync<InvalidOperationException>();
    }

    private async Task<string> MakeAsync(string right, string user = "sample-admin")
    {
        await host.ClientAsync(user);
        var account = await AccountAsync(user);
        var key = ApiKeyText.New(account.OrganisationId, Consultation.Cases.ApiKeyId.New());
        await using var scope = host.Services.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<OrganisationEdits>().MakeApiKeyAsync(
            new(account.OrganisationId, account.PersonId, null, Guid.NewGuid().ToString()),
            new(key.Id, $"试 {right}", [right],
                host.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(1), key.Hash),
            CancellationToken.None);
        return result is EditResult.Saved ? key.ToString() : throw new InvalidOperationException(result.ToString());
    }

    private async Task<Account> AccountAsync(string user) =>
        (await host.Services.GetRequiredService<AccountStore>().FindByUserNameAsync(user, CancellationToken.None))!;

    private async Task<JsonObject> LogInAsync(string user, string password)
    {
        using var nobody = host.Nobody();
        using var answer = await nobody.PostAsJsonAsync(LogIn, new { username = user, password });
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static async Task<JsonObject> RefreshAsync(HttpClient client, string token)
    {
        using var answer = await PostRefreshAsync(client, token);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static Task<HttpResponseMessage> PostRefreshAsync(HttpClient client, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Refresh);
        request.Headers.Authorization = new("Bearer", token);
        return client.SendAsync(request);
    }
}
