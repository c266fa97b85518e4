using System.Net;
using Consultation.Mail;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Smtp;
using Consultation.Testing;
using Consultation.Testing.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Consultation.ServerTests.Mail;

/// <summary>Log-in by an access token (XOAUTH2), from a file and from a sign-in service.</summary>
public sealed class OAuthTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-oauth").FullName;
    private readonly FakeClock _clock = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_token_from_a_file_logs_in_and_a_renewed_one_counts_from_the_next_log_in()
    {
        var file = Write("token", "token-0");
        await using var sink = Sink();
        using var transport = Transport(sink, new() { TokenFile = file });

        var refused = await SendAsync(transport);
        Write("token", "token-1");
        var taken = await SendAsync(transport);

        refused.Should().BeOfType<TransportResult.Transient>()
            .Which.Reason.Should().Contain("535").And.Contain("token expired");
        taken.Should().BeOfType<TransportResult.Delivered>();
        sink.Mails.Single().User.Should().Be("mailer@tongzhou.example.gov.cn");
    }

    [Fact]
    public async Task A_token_file_that_went_away_is_a_reason_to_try_again()
    {
        await using var sink = Sink();
        using var transport = Transport(sink, new() { TokenFile = Path.Combine(_folder, "gone") });

        (await SendAsync(transport))
            .Should().BeOfType<TransportResult.Transient>().Which.Reason.Should().Contain("gone");
    }

    [Fact]
    public async Task A_token_is_asked_for_kept_while_it_holds_and_asked_for_anew_when_it_is_refused()
    {
        var asked = new List<Dictionary<string, string>>();
        await using var service = await ServiceAsync(form =>
        {
            asked.Add(form);
            return Results.Json(new { access_token = $"token-{asked.Count}", expires_in = 3600 });
        });
        await using var sink = Sink();
        using var transport = Transport(sink, Credentials(service));

        var first = await SendAsync(transport);
        _clock.Advance(TimeSpan.FromMinutes(5));
        var second = await SendAsync(transport);
        asked.Should().ContainSingle("the token still holds").Which.Should().Equal(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "desk",
            ["client_secret"] = "secret & 密",
            ["scope"] = "mail/.default",
        });
        sink.Tokens["mailer@tongzhou.example.gov.cn"] = "token-2";
        _clock.Advance(TimeSpan.FromMinutes(5));
        var renewed = await SendAsync(transport);

        new[] { first, second, renewed }.Should().AllBeOfType<TransportResult.Delivered>();
        asked.Should().HaveCount(2, "a kept token that is refused is renewed at once");
        sink.Tokens["mailer@tongzhou.example.gov.cn"] = "token-3";
        _clock.Advance(TimeSpan.FromHours(1));
        (await SendAsync(transport)).Should().BeOfType<TransportResult.Delivered>("an expired token is not tried");
        asked.Should().HaveCount(3);
        sink.Tokens["mailer@tongzhou.example.gov.cn"] = "nobody's";
        _clock.Advance(TimeSpan.FromHours(1));
        (await SendAsync(transport)).Should().BeOfType<TransportResult.Transient>();
        asked.Should().HaveCount(4, "a fresh token that is refused is not asked for again at once");
    }

    [Fact]
    public async Task A_refresh_token_gives_tokens_in_the_account_s_name_and_the_newest_is_kept_in_its_file()
    {
        var asked = new List<Dictionary<string, string>>();
        await using var service = await ServiceAsync(form =>
        {
            asked.Add(form);
            return Results.Json(new { access_token = "token-1", expires_in = 3600, refresh_token = "refresh-2" });
        });
        await using var sink = Sink();
        var settings = Credentials(service);
        (settings.ClientSecretFile, settings.RefreshTokenFile) = (null, Write("refresh", "refresh-1\n"));
        using var transport = Transport(sink, settings);

        (await SendAsync(transport)).Should().BeOfType<TransportResult.Delivered>();
        _clock.Advance(TimeSpan.FromHours(2));
        (await SendAsync(transport)).Should().BeOfType<TransportResult.Delivered>();

        asked.Select(form => (form["grant_type"], form["refresh_token"], form.ContainsKey("client_secret"))).Should()
            .Equal(("refresh_token", "refresh-1", false), ("refresh_token", "refresh-2", false));
        (await File.ReadAllTextAsync(settings.RefreshTokenFile!)).Should().Be("refresh-2\n");
        Directory.EnumerateFiles(_folder, "*.new").Should().BeEmpty();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(settings.RefreshTokenFile!).Should().Be(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, "nobody else reads it");
        }
    }

    [Fact]
    public async Task The_old_refresh_token_stays_whole_where_the_new_one_cannot_be_written()
    {
        await using var service = await ServiceAsync(form => Results.Json(new
        {
            access_token = "token-1",
            expires_in = 3600,
            refresh_token = "refresh-2",
        }));
        await using var sink = Sink();
        var settings = Credentials(service);
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "mounted")).FullName;
        var file = Path.Combine(folder, "refresh");
        await File.WriteAllTextAsync(file, "refresh-1\n");
        (settings.ClientSecretFile, settings.RefreshTokenFile) = (null, file);
        using var transport = Transport(sink, settings);
        // A place where nothing can be put beside the file: its name is as long as names may be.
        var longest = Path.Combine(folder, new string('r', 250));
        File.Move(file, longest);
        settings.RefreshTokenFile = longest;

        (await SendAsync(transport)).Should().BeOfType<TransportResult.Delivered>();

        (await File.ReadAllTextAsync(longest)).Should().Be("refresh-1\n");
        Directory.EnumerateFiles(folder).Should().ContainSingle();
    }

    [Theory]
    [InlineData(401, """{"error":"invalid_client","error_description":"secret has expired"}""", "secret has expired")]
    [InlineData(200, """{"token_type":"Bearer"}""", "200")]
    [InlineData(200, "<html>", "200")]
    [InlineData(302, "", "302")]
    public async Task A_sign_in_service_that_gives_no_token_is_told_in_its_words_and_fails_no_mail(
        int status, string body, string words)
    {
        await using var service = await ServiceAsync(_ => Results.Text(body, "application/json", statusCode: status));
        await using var sink = Sink();
        using var transport = Transport(sink, Credentials(service));

        var result = await SendAsync(transport);

        result.Should().BeOfType<TransportResult.Transient>()
            .Which.Reason.Should().Contain("Mail:Smtp:OAuth").And.Contain(words);
        sink.Mails.Should().BeEmpty();
    }

    [Theory]
    [InlineData("http://login.example.org/token", false)]
    [InlineData("https://login.example.org/token", true)]
    [InlineData("http://127.0.0.1:9/token", true)]
    public void A_secret_goes_over_https_only(string endpoint, bool fits)
    {
        var options = MailMaking.Options();
        options.Transport = MailTransportKind.Smtp;
        options.Smtp = new()
        {
            Host = "smtp.example.org",
            User = "mailer",
            LogIn = SmtpLogIn.OAuth2,
            OAuth = new() { TokenEndpoint = new(endpoint), ClientId = "desk", ClientSecretFile = Write("secret", "x") },
        };

        options.Validate(new(options)).Should().HaveCount(fits ? 0 : 1);
    }

    private static SmtpSink Sink() => new() { Tokens = { ["mailer@tongzhou.example.gov.cn"] = "token-1" } };

    private SmtpTransport Transport(SmtpSink sink, OAuthSettings tokens)
    {
        var options = MailMaking.Options();
        options.Smtp = new()
        {
            Host = "127.0.0.1",
            Port = sink.Port,
            Security = SmtpSecurity.None,
            User = "mailer@tongzhou.example.gov.cn",
            LogIn = SmtpLogIn.OAuth2,
            OAuth = tokens,
        };
        return new(options, _clock);
    }

    private OAuthSettings Credentials(WebApplication service) => new()
    {
        TokenEndpoint = new(service.Urls.Single() + "/token"),
        ClientId = "desk",
        ClientSecretFile = Write("secret", "secret & 密\n"),
        Scope = "mail/.default",
    };

    private static async Task<WebApplication> ServiceAsync(Func<Dictionary<string, string>, IResult> answer)
    {
        var service = WebApplication.CreateSlimBuilder().Build();
        service.Urls.Add($"http://{IPAddress.Loopback}:0");
        service.MapPost("/token", (Func<HttpContext, Task<IResult>>)(async context =>
        {
            var form = await context.Request.ReadFormAsync();
            return answer(form.ToDictionary(field => field.Key, field => field.Value.ToString()));
        }));
        await service.StartAsync();
        return service;
    }

    private static Task<TransportResult> SendAsync(SmtpTransport transport)
    {
        var mail = MailMaking.Mail();
        return transport.SendAsync(new(mail, mail.TextBody, mail.HtmlBody), CancellationToken.None);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(_folder, name), text);
        return Path.Combine(_folder, name);
    }
}
