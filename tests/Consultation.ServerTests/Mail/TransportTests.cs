using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Consultation.Mail;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Pickup;
using Consultation.Mail.Smtp;
using Consultation.Mail.Templates;
using Consultation.Testing.Mail;

namespace Consultation.ServerTests.Mail;

/// <summary>What goes over the wire, against a server in this process and a folder of its own.</summary>
public sealed class TransportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-mail").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_mail_arrives_with_all_its_headers_and_both_parts()
    {
        await using var sink = new SmtpSink();
        var mail = MailMaking.Mail();

        var result = await new SmtpTransport(For(sink)).SendAsync(Ready(mail), CancellationToken.None);

        result.Should().Be(new TransportResult.Delivered());
        var sunk = sink.Mails.Should().ContainSingle().Subject;
        sunk.To.Should().Equal("li.min@tongzhou.example.gov.cn");
        var read = ReadMime.Of(sunk.Data);
        read.Headers.Should().Contain(new Dictionary<string, string>
        {
            ["subject"] = "[协商] XS2026-00012 请您审批：确定协商议题（事项2026-3）",
            ["message-id"] = mail.MessageId,
            ["in-reply-to"] = mail.InReplyTo!,
            ["references"] = mail.References!,
            ["auto-submitted"] = "auto-generated",
            ["x-auto-response-suppress"] = "All",
            ["list-id"] = "<xieshang.tongzhou.example.gov.cn>",
        });
        read.Headers["from"].Should().Contain("通州区政协协商议事平台").And.Contain("<xieshang@tongzhou.example.gov.cn>");
        read.Headers["to"].Should().Contain("李敏");
        read.Headers.Should().NotContainKeys("list-unsubscribe", "list-unsubscribe-post", "bcc", "sender");
        read.Text.ReplaceLineEndings("\n").Should().Be(mail.TextBody);
        read.Html.ReplaceLineEndings("\n").Should().Be(mail.HtmlBody);
        sunk.Data.Split("\r\n").Should().AllSatisfy(line => line.Length.Should().BeLessThanOrEqualTo(998));
        Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(sunk.Data)).Should()
            .Be(sunk.Data, "only seven-bit characters travel everywhere");
    }

    [Fact]
    public async Task Only_a_digest_can_be_left_with_one_click()
    {
        await using var sink = new SmtpSink();

        await new SmtpTransport(For(sink))
            .SendAsync(Ready(MailMaking.Mail(MailTemplateCatalogue.Digest))
                with
            { Unsubscribe = "https://x.cn/digest/leave/t" }, CancellationToken.None);

        ReadMime.Of(sink.Mails.Single().Data).Headers.Should()
            .Contain("list-unsubscribe", "<https://x.cn/digest/leave/t>")
            .And.Contain("list-unsubscribe-post", "List-Unsubscribe=One-Click");
    }

    [Fact]
    public async Task A_calendar_file_travels_with_its_Chinese_name()
    {
        await using var sink = new SmtpSink();
        var draft = MailMaking.Draft(MailTemplateCatalogue.MeetingNotice) with
        {
            Attachments = [new()
            {
                Id = Guid.NewGuid(),
                Name = "会议通知.ics",
                ContentType = "text/calendar; charset=utf-8; method=REQUEST",
                Content = "BEGIN:VCALENDAR"u8.ToArray(),
            }],
        };

        await new SmtpTransport(For(sink))
            .SendAsync(Ready(MailMaking.Composer().Compose(draft, MailMaking.Noon)), CancellationToken.None);

        var part = ReadMime.Of(sink.Mails.Single().Data).Parts[^1];
        part.Type.Should().Contain("text/calendar").And.Contain("method=REQUEST").And.Contain("会议通知.ics");
        part.Text.Should().Be("BEGIN:VCALENDAR");
    }

    [Theory]
    [InlineData("550 5.1.1 no such user", typeof(TransportResult.Permanent))]
    [InlineData("553 5.1.3 bad address", typeof(TransportResult.Permanent))]
    [InlineData("451 4.7.1 greylisted, try later", typeof(TransportResult.Transient))]
    [InlineData("450 4.2.1 mailbox busy", typeof(TransportResult.Transient))]
    public async Task The_server_s_answer_to_the_address_decides(string answer, Type expected)
    {
        await using var sink = new SmtpSink { Recipients = { ["li.min@tongzhou.example.gov.cn"] = answer } };

        var result = await new SmtpTransport(For(sink)).SendAsync(Ready(MailMaking.Mail()), CancellationToken.None);

        result.Should().BeOfType(expected);
        sink.Mails.Should().BeEmpty();
    }

    [Fact]
    public async Task A_mail_refused_after_its_text_is_refused_for_good()
    {
        await using var sink = new SmtpSink { AfterData = "554 5.7.1 content refused" };

        (await new SmtpTransport(For(sink)).SendAsync(Ready(MailMaking.Mail()), CancellationToken.None))
            .Should().BeOfType<TransportResult.Permanent>();
    }

    [Fact]
    public async Task A_wrong_password_fails_no_mail_for_good()
    {
        await using var sink = new SmtpSink { Users = { ["mailer"] = "right" } };

        var result = await new SmtpTransport(For(sink, "wrong"))
            .SendAsync(Ready(MailMaking.Mail()), CancellationToken.None);

        result.Should().BeOfType<TransportResult.Transient>();
    }

    [Fact]
    public async Task The_password_comes_from_its_file()
    {
        await using var sink = new SmtpSink { Users = { ["mailer"] = "right" } };

        await new SmtpTransport(For(sink, "right")).SendAsync(Ready(MailMaking.Mail()), CancellationToken.None);

        sink.Mails.Single().User.Should().Be("mailer");
    }

    [Fact]
    public async Task A_server_without_the_TLS_that_was_asked_for_gets_nothing()
    {
        await using var sink = new SmtpSink();
        var options = For(sink);
        options.Smtp.StartTls = true;

        var result = await new SmtpTransport(options).SendAsync(Ready(MailMaking.Mail()), CancellationToken.None);

        result.Should().BeOfType<TransportResult.Transient>();
        sink.Mails.Should().BeEmpty();
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_nothing()
    {
        using var key = RSA.Create(2048);
        using var certificate =
            new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(MailMaking.Noon.AddYears(-2), MailMaking.Noon.AddYears(20));
        await using var sink = new SmtpSink { Certificate = certificate };
        var options = For(sink);
        options.Smtp.StartTls = true;

        var result = await new SmtpTransport(options).SendAsync(Ready(MailMaking.Mail()), CancellationToken.None);

        result.Should().BeOfType<TransportResult.Transient>();
        sink.Mails.Should().BeEmpty();
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up_in_time()
    {
        await using var sink = new SmtpSink { Mute = true };
        var options = For(sink);
        options.Smtp.SendTimeout = TimeSpan.FromMilliseconds(200);

        (await new SmtpTransport(options).SendAsync(Ready(MailMaking.Mail()), CancellationToken.None))
            .Should().BeOfType<TransportResult.Transient>();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_reason_to_try_again()
    {
        var options = MailMaking.Options();
        options.Smtp = new() { Host = "127.0.0.1", Port = 1, StartTls = false };

        (await new SmtpTransport(options).SendAsync(Ready(MailMaking.Mail()), CancellationToken.None))
            .Should().BeOfType<TransportResult.Transient>();
    }

    [Fact]
    public async Task The_pickup_folder_holds_one_whole_file_per_mail_however_often_it_is_sent()
    {
        var options = MailMaking.Options();
        options.PickupFolder = Path.Combine(_folder, "outbox");
        var mail = MailMaking.Mail();
        var transport = new PickupFolderTransport(options);

        await transport.SendAsync(Ready(mail), CancellationToken.None);
        await transport.SendAsync(Ready(mail), CancellationToken.None);

        var file = Directory.EnumerateFileSystemEntries(options.PickupFolder).Should().ContainSingle().Subject;
        Path.GetFileName(file).Should()
            .StartWith("20260305-040000-li.min_tongzhou.example.gov.cn-approval-request-").And.EndWith(".eml");
        var read = ReadMime.Of(await File.ReadAllTextAsync(file));
        read.Headers["message-id"].Should().Be(mail.MessageId);
        read.Text.ReplaceLineEndings("\n").Should().Be(mail.TextBody);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_reason_to_try_again()
    {
        var options = MailMaking.Options();
        options.PickupFolder = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(options.PickupFolder, "in the way");

        (await new PickupFolderTransport(options).SendAsync(Ready(MailMaking.Mail()), CancellationToken.None))
            .Should().BeOfType<TransportResult.Transient>();
    }

    private static ReadyMail Ready(OutgoingMail mail) => new(mail, mail.TextBody, mail.HtmlBody);

    private MailOptions For(SmtpSink sink, string? password = null)
    {
        var options = MailMaking.Options();
        options.Transport = MailTransportKind.Smtp;
        options.Smtp = new() { Host = "127.0.0.1", Port = sink.Port, StartTls = false };
        if (password is not null)
        {
            (options.Smtp.User, options.Smtp.PasswordFile) = ("mailer", Path.Combine(_folder, "password"));
            File.WriteAllText(options.Smtp.PasswordFile, password + "\n");
        }

        return options;
    }
}
