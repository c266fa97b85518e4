using Consultation.Mail;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Smtp;
using Consultation.Testing.Mail;

namespace Consultation.ServerTests.Mail;

/// <summary>Encryption, log-in and refusals as a mail server does them that others wrote.</summary>
public sealed class MailHouseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-house").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(SmtpSecurity.StartTls, SmtpLogIn.Password)]
    [InlineData(SmtpSecurity.StartTls, SmtpLogIn.Plain)]
    [InlineData(SmtpSecurity.StartTls, SmtpLogIn.Login)]
    [InlineData(SmtpSecurity.StartTlsIfOffered, SmtpLogIn.Plain)]
    [InlineData(SmtpSecurity.Tls, SmtpLogIn.Password)]
    [InlineData(SmtpSecurity.Tls, SmtpLogIn.Plain)]
    [InlineData(SmtpSecurity.Tls, SmtpLogIn.Login)]
    public async Task Three_mails_arrive_on_one_encrypted_connection_with_one_log_in(
        SmtpSecurity security, SmtpLogIn logIn)
    {
        await using var house = new MailHouse(security == SmtpSecurity.Tls);
        using var transport = Transport(house, smtp => (smtp.Security, smtp.LogIn) = (security, logIn));

        for (var mail = 0; mail < 3; mail++)
        {
            (await SendAsync(transport)).Should().BeOfType<TransportResult.Delivered>();
        }

        house.Mails.Should().HaveCount(3);
        house.Sessions.Should().ContainSingle();
        house.Mails.First().Subject.Should().Be("[协商] XS2026-00012 请您审批：确定协商议题（事项2026-3）");
    }

    [Theory]
    [InlineData(SmtpLogIn.Password)]
    [InlineData(SmtpLogIn.Plain)]
    [InlineData(SmtpLogIn.Login)]
    public async Task A_wrong_password_fails_no_mail_for_good_and_the_right_one_counts_as_soon_as_it_is_there(
        SmtpLogIn logIn)
    {
        await using var house = new MailHouse();
        using var transport = Transport(house, smtp => smtp.LogIn = logIn, password: "wrong");

        var refused = await SendAsync(transport);
        await File.WriteAllTextAsync(Path.Combine(_folder, "password"), "正确 right\n");
        var taken = await SendAsync(transport);

        refused.Should().BeOfType<TransportResult.Transient>()
            .Which.Reason.Should().Contain("Mail:Smtp:User").And.Contain("535");
        taken.Should().BeOfType<TransportResult.Delivered>();
    }

    [Theory]
    [InlineData(550, "5.1.1 no such user", typeof(TransportResult.Permanent))]
    [InlineData(450, "4.2.1 mailbox busy", typeof(TransportResult.Transient))]
    public async Task A_refused_address_is_told_in_the_server_s_words(int code, string words, Type expected)
    {
        await using var house = new MailHouse { Refuses = (code, words) };
        using var transport = Transport(house);

        var result = await SendAsync(transport);

        result.Should().BeOfType(expected);
        result.ToString().Should().Contain($"{code} {words}");
    }

    [Theory]
    [InlineData(554, "5.7.1 content refused", typeof(TransportResult.Permanent))]
    [InlineData(452, "4.3.1 disk full", typeof(TransportResult.Transient))]
    public async Task A_refused_text_is_told_in_the_server_s_words(int code, string words, Type expected)
    {
        await using var house = new MailHouse { RefusesText = (code, words) };
        using var transport = Transport(house);

        var result = await SendAsync(transport);

        result.Should().BeOfType(expected);
        result.ToString().Should().Contain($"{code} {words}");
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.StartTlsIfOffered)]
    [InlineData(SmtpSecurity.Tls)]
    public async Task A_certificate_whose_issuer_nobody_trusts_gets_nothing_and_the_words_say_what_to_do(
        SmtpSecurity security)
    {
        await using var house = new MailHouse(security == SmtpSecurity.Tls);
        using var transport = Transport(house, smtp => (smtp.Security, smtp.AuthorityFile) = (security, null));

        (await SendAsync(transport)).Should().BeOfType<TransportResult.Transient>().Which.Reason
            .Should().Contain("证书不可信").And.Contain("not trusted").And.Contain("Mail:Smtp:AuthorityFile");
        house.Mails.Should().BeEmpty();
        house.Sessions.Should().BeEmpty("no password was sent");
    }

    [Theory]
    [InlineData("mail.example.gov.cn", 2046, "name mismatch")]
    [InlineData("localhost", 2026, "NotTimeValid")]
    public async Task A_certificate_of_a_trusted_issuer_must_fit_name_and_day(string name, int until, string problem)
    {
        await using var house = new MailHouse(certifiedName: name, certifiedUntil: until);
        using var transport = Transport(house);

        (await SendAsync(transport))
            .Should().BeOfType<TransportResult.Transient>().Which.Reason.Should().Contain(problem);
        house.Mails.Should().BeEmpty();
    }

    [Fact]
    public async Task A_port_that_does_not_begin_with_TLS_is_told_apart_from_a_bad_certificate()
    {
        await using var house = new MailHouse();
        using var transport = Transport(house, smtp => smtp.Security = SmtpSecurity.Tls);

        (await SendAsync(transport))
            .Should().BeOfType<TransportResult.Transient>().Which.Reason.Should().Contain("587");
    }

    [Fact]
    public void Wrong_settings_are_all_told_at_once()
    {
        var options = MailMaking.Options();
        options.Transport = MailTransportKind.Smtp;
        options.Smtp = new()
        {
            Port = 0,
            AuthorityFile = Path.Combine(_folder, "gone.pem"),
            User = "mailer",
            SendTimeout = TimeSpan.Zero,
            KeepOpen = TimeSpan.FromHours(1),
        };

        options.Validate(new(options)).SelectMany(problem => problem.MemberNames)
            .Should().Equal("Host", "Port", "AuthorityFile", "PasswordFile", "SendTimeout", "KeepOpen");
    }

    private SmtpTransport Transport(
        MailHouse house, Action<SmtpSettings>? configure = null, string password = "正确 right")
    {
        var options = MailMaking.Options();
        options.Smtp = new()
        {
            Host = "localhost",
            Port = house.Port,
            User = "mailer",
            PasswordFile = Path.Combine(_folder, "password"),
            AuthorityFile = Path.Combine(_folder, "authority.pem"),
        };
        File.WriteAllText(options.Smtp.PasswordFile, password + "\n");
        File.WriteAllText(options.Smtp.AuthorityFile, house.AuthorityPem);
        configure?.Invoke(options.Smtp);
        return new(options, TimeProvider.System);
    }

    private static Task<TransportResult> SendAsync(SmtpTransport transport)
    {
        var mail = MailMaking.Mail();
        return transport.SendAsync(new(mail, mail.TextBody, mail.HtmlBody), CancellationToken.None);
    }
}
