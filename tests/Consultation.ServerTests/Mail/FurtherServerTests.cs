using System.Text;
using Consultation.Mail;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Smtp;
using Consultation.Testing.Mail;

namespace Consultation.ServerTests.Mail;

/// <summary>A mail server in trouble does not hold mail up: the next one takes it, once.</summary>
public sealed class FurtherServerTests : IDisposable
{
    private const string Recipient = "li.min@tongzhou.example.gov.cn";
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-relays").FullName;
    private readonly MailClock _clock = new(MailMaking.Noon);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("away")]
    [InlineData("says no")]
    [InlineData("shuts down")]
    [InlineData("refuses the sender")]
    [InlineData("refuses the log-in")]
    [InlineData("has no TLS")]
    [InlineData("hangs")]
    public async Task The_next_server_takes_what_the_first_cannot(string trouble)
    {
        await using var first = Troubled(trouble);
        await using var second = new SmtpSink();
        var options = Options(first, second);
        Configure(options.Smtp, trouble);
        using var transport = new SmtpTransport(options, trouble == "hangs" ? TimeProvider.System : _clock);

        var result = await SendAsync(transport);

        result.Should().Be(new TransportResult.Delivered());
        second.Mails.Should().ContainSingle();
        first?.Mails.Should().BeEmpty();
        transport.Servers[0].Trouble.Should().NotBeNullOrEmpty();
        transport.Servers[0].RestsUntil.Should().NotBeNull();
        transport.Servers[1].Trouble.Should().BeNull();
        transport.Servers[1].RestsUntil.Should().BeNull();
    }

    [Theory]
    [InlineData("550 5.1.1 no such user", typeof(TransportResult.Permanent))]
    [InlineData("451 4.7.1 greylisted, try later", typeof(TransportResult.Transient))]
    public async Task What_a_server_says_of_the_recipient_is_the_answer(string answer, Type expected)
    {
        await using var first = new SmtpSink { Recipients = { [Recipient] = answer } };
        await using var second = new SmtpSink();
        using var transport = new SmtpTransport(Options(first, second), _clock);

        (await SendAsync(transport)).Should().BeOfType(expected);
        second.Connections.Should().Be(0);
        transport.Servers[0].Trouble.Should().BeNull();
    }

    [Fact]
    public async Task A_mail_that_may_have_been_taken_goes_to_no_other_server()
    {
        await using var first = new SmtpSink { AfterData = "" };
        await using var second = new SmtpSink();
        using var transport = new SmtpTransport(Options(first, second), _clock);

        (await SendAsync(transport)).Should().BeOfType<TransportResult.Transient>()
            .Which.MaybeTaken.Should().BeTrue();
        second.Mails.Should().BeEmpty();
    }

    [Fact]
    public async Task A_server_in_trouble_rests_a_minute_and_is_tried_again()
    {
        await using var first = new SmtpSink { Sender = "451 4.3.0 full" };
        await using var second = new SmtpSink();
        using var transport = new SmtpTransport(Options(first, second), _clock);
        await SendAsync(transport);
        first.Sender = "250 ok";

        await SendAsync(transport);
        (first.Mails.Count, second.Mails.Count).Should().Be((0, 2));
        _clock.Now += SmtpTransport.Rest;
        await SendAsync(transport);

        (first.Mails.Count, second.Mails.Count).Should().Be((1, 2));
        transport.Servers[0].Trouble.Should().BeNull();
    }

    [Fact]
    public async Task When_none_works_all_are_tried_and_the_first_one_s_words_are_told()
    {
        await using var first = new SmtpSink { Greeting = "554 5.3.2 not today" };
        await using var second = new SmtpSink { Greeting = "554 5.3.2 nor here" };
        using var transport = new SmtpTransport(Options(first, second), _clock);

        for (var time = 1; time <= 2; time++)
        {
            (await SendAsync(transport)).Should().BeOfType<TransportResult.Transient>()
                .Which.Reason.Should().Contain("not today");
            (first.Connections, second.Connections).Should().Be((time, time));
        }
    }

    [Fact]
    public void A_lease_covers_all_servers_in_turn()
    {
        var options = MailMaking.Options();
        options.FurtherServers = [new() { Host = "b", SendTimeout = TimeSpan.FromMinutes(5) }];
        options.Validate(new(options)).Should().BeEmpty("a lease that nobody set follows the servers");

        options.Lease = TimeSpan.FromMinutes(5);

        options.Validate(new(options)).Should().ContainSingle().Which.ErrorMessage.Should()
            .Contain("Mail:Lease").And.Contain("Mail:Smtp:SendTimeout")
            .And.Contain("Mail:FurtherServers:0:SendTimeout");
    }

    [Fact]
    public void A_server_without_a_name_is_refused_by_its_own_key()
    {
        var options = MailMaking.Options();
        (options.Transport, options.Smtp.Host, options.FurtherServers) =
            (MailTransportKind.Smtp, "mail.example.org", [new() { User = "u" }]);

        options.Validate(new(options)).Select(problem => problem.ErrorMessage).Should().SatisfyRespectively(
            host => host.Should().StartWith("Mail:FurtherServers:0:Host"),
            password => password.Should().StartWith("Mail:FurtherServers:0:PasswordFile"));
    }

    private static SmtpSink? Troubled(string trouble) => trouble switch
    {
        "away" => null,
        "says no" => new() { Greeting = "554 5.3.2 not today" },
        "shuts down" => new() { Recipients = { [Recipient] = "421 4.3.2 shutting down" } },
        "refuses the sender" => new() { Sender = "550 5.7.60 not allowed" },
        "refuses the log-in" => new() { Users = { ["mailer"] = "right" } },
        "hangs" => new() { Mute = true },
        _ => new(),
    };

    private void Configure(SmtpSettings settings, string trouble)
    {
        if (trouble == "has no TLS") settings.Security = SmtpSecurity.StartTls;
        if (trouble == "hangs") settings.SendTimeout = TimeSpan.FromMilliseconds(200);
        if (trouble != "refuses the log-in") return;
        (settings.User, settings.PasswordFile) = ("mailer", Path.Combine(_folder, "password"));
        File.WriteAllText(settings.PasswordFile, "wrong\n", Encoding.ASCII);
    }

    private static MailOptions Options(SmtpSink? first, SmtpSink second)
    {
        var options = MailMaking.Options();
        (options.Transport, options.Smtp, options.FurtherServers) =
            (MailTransportKind.Smtp, Server(first?.Port ?? 1), [Server(second.Port)]);
        return options;
    }

    private static SmtpSettings Server(int port) =>
        new() { Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None };

    private static Task<TransportResult> SendAsync(SmtpTransport transport)
    {
        var mail = MailMaking.Mail();
        return transport.SendAsync(new ReadyMail(mail, mail.TextBody, mail.HtmlBody), CancellationToken.None);
    }
}
