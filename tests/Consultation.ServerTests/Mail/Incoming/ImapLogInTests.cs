using System.Net;
using Consultation.Mail;
using Consultation.Mail.Incoming;
using Consultation.Mail.Smtp;
using Consultation.Testing;
using Consultation.Testing.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consultation.ServerTests.Mail.Incoming;

/// <summary>
/// How the reader logs in to a real dovecot: by password in each way, and by an access token that a sign-in service
/// gives and dovecot asks about.
/// </summary>
public sealed class ImapLogInTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-imap").FullName;
    private readonly List<string> _grants = [];
    private readonly HashSet<string> _good = [];
    private readonly FakeClock _clock = new(TimeProvider.System.GetUtcNow());
    private readonly WebApplication _service = WebApplication.CreateSlimBuilder().Build();
    private string _refresh = "refresh-0";

    public async Task InitializeAsync()
    {
        _service.Urls.Add($"http://{IPAddress.Loopback}:0");
        _service.MapPost("/token", (Func<HttpContext, Task<IResult>>)GiveAsync);
        _service.MapGet("/info", (string token) =>
        {
            lock (_grants)
            {
                return _good.Contains(token)
                    ? Results.Json(new { user = DovecotServer.User })
                    : Results.Json(new { error = "gone" }, statusCode: 401);
            }
        });
        await _service.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [SkippableTheory]
    [InlineData(SmtpLogIn.Password)]
    [InlineData(SmtpLogIn.Plain)]
    [InlineData(SmtpLogIn.Login)]
    public async Task By_password_in_each_way(SmtpLogIn logIn)
    {
        Skip.If(DovecotServer.Missing is not null, DovecotServer.Missing);
        await using var server = await DovecotServer.StartAsync();
        await server.DeliverAsync(Mail("one"));
        var options = Options(server, logIn);

        (await LookAsync(options)).Should().Equal("one");
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_is_kept_while_it_holds_and_asked_for_anew_when_it_expires_or_is_refused(bool byRefresh)
    {
        Skip.If(DovecotServer.Missing is not null, DovecotServer.Missing);
        await using var server = await DovecotServer.StartAsync(tokens: new($"{_service.Urls.Single()}/info?token="));
        var options = Options(server, SmtpLogIn.OAuth2);
        options.Incoming.Imap.OAuth = new()
        {
            TokenEndpoint = new(_service.Urls.Single() + "/token"),
            ClientId = "desk",
            ClientSecretFile = Write("secret", "secret"),
            RefreshTokenFile = byRefresh ? Write("refresh", _refresh) : null,
            Scope = "imap",
        };
        var desk = new Desk();
        await using var mailbox = new ImapMailbox(
            options, new MessageReader(options, TimeProvider.System), _clock, NullLogger<MailReader>.Instance);

        await ReadAsync(server, mailbox, desk, "one");
        await server.StopAsync();
        await server.AgainAsync();
        await ReadAsync(server, mailbox, desk, "two");
        _grants.Should().ContainSingle("the token still holds");
        lock (_grants) _good.Clear();
        await server.StopAsync();
        await server.AgainAsync();
        await ReadAsync(server, mailbox, desk, "three");
        _grants.Should().HaveCount(2, "a refused token is renewed at once");
        _clock.Advance(TimeSpan.FromHours(2));
        await server.StopAsync();
        await server.AgainAsync();
        await ReadAsync(server, mailbox, desk, "four");

        desk.Subjects.Should().Equal("one", "two", "three", "four");
        _grants.Should().Equal(byRefresh
            ? ["refresh_token refresh-0", "refresh_token refresh-1", "refresh_token refresh-2"]
            : Enumerable.Repeat("client_credentials ", 3));
        if (byRefresh) (await File.ReadAllTextAsync(Path.Combine(_folder, "refresh"))).Trim().Should().Be("refresh-3");
    }

    [Fact]
    public void Without_secret_or_refresh_token_the_settings_are_refused_and_a_password_is_not_asked_for()
    {
        var options = MailMaking.Options();
        options.Incoming = new()
        {
            Source = IncomingSource.Imap,
            Imap = new() { Host = "imap.example.org", User = "mailer", LogIn = SmtpLogIn.OAuth2 },
        };

        options.Validate(new(options)).Should().HaveCount(2).And
            .OnlyContain(problem => problem.ErrorMessage!.Contains("Mail:Incoming:Imap:OAuth"));
        options.Incoming.Imap.OAuth = new()
        {
            TokenEndpoint = new("https://login.example.org/token"),
            ClientId = "desk",
            RefreshTokenFile = Write("refresh", "x"),
        };
        options.Validate(new(options)).Should().BeEmpty();
        options.Incoming.Imap.OAuth.ClientSecretFile = Path.Combine(_folder, "gone");
        options.Validate(new(options)).Should().ContainSingle().Which.ErrorMessage.Should().Contain("gone");
    }

    private async Task<IResult> GiveAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        lock (_grants)
        {
            _grants.Add($"{form["grant_type"]} {form["refresh_token"]}");
            if (form["client_secret"] != "secret" || form["scope"] != "imap"
                || (form["grant_type"] == "refresh_token" && form["refresh_token"] != _refresh))
            {
                return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
            }

            _refresh = $"refresh-{_grants.Count}";
            _good.Add($"token-{_grants.Count}");
            return Results.Json(
                new { access_token = $"token-{_grants.Count}", expires_in = 3600, refresh_token = _refresh });
        }
    }

    private static async Task ReadAsync(DovecotServer server, ImapMailbox mailbox, Desk desk, string subject)
    {
        await server.DeliverAsync(Mail(subject));
        try
        {
            await mailbox.ReadAsync(desk.TakeAsync, default);
        }
        catch (Exception gone) when (gone is IOException or MailKit.ProtocolException
            or MailKit.ServiceNotConnectedException)
        {
            // The server was away in between, and the connection is noticed to be dead by its use.
            await mailbox.DisposeAsync();
            await mailbox.ReadAsync(desk.TakeAsync, default);
        }
    }

    private static async Task<IEnumerable<string>> LookAsync(MailOptions options)
    {
        var desk = new Desk();
        await using var mailbox = new ImapMailbox(
            options, new MessageReader(options, TimeProvider.System), TimeProvider.System,
            NullLogger<MailReader>.Instance);
        await mailbox.ReadAsync(desk.TakeAsync, default);
        return desk.Subjects;
    }

    private static MailOptions Options(DovecotServer server, SmtpLogIn logIn)
    {
        var options = MailMaking.Options();
        options.Incoming = new()
        {
            Source = IncomingSource.Imap,
            Imap = new()
            {
                Host = "127.0.0.1",
                Port = server.Port,
                Security = SmtpSecurity.None,
                User = DovecotServer.User,
                LogIn = logIn,
                PasswordFile = server.PasswordFile,
            },
        };
        return options;
    }

    private static byte[] Mail(string subject) =>
        new Letter { Subject = subject, Text = subject + "\n" }.Bytes(TimeProvider.System.GetUtcNow());

    private string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(_folder, name), text);
        return Path.Combine(_folder, name);
    }

    private sealed class Desk
    {
        private readonly List<string> _subjects = [];

        public IReadOnlyList<string> Subjects => _subjects;

        public Task TakeAsync(ReadMail mail, CancellationToken cancellationToken)
        {
            _subjects.Add(mail.Subject);
            return Task.CompletedTask;
        }
    }
}
