using System.Text;
using Consultation.Mail;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Pickup;
using Consultation.Mail.Smtp;
using Consultation.Mail.Templates;
using Consultation.Testing.Mail;
using MimeKit;

namespace Consultation.ServerTests.Mail;

/// <summary>
/// What goes over the wire, against a server in this process that keeps to a script, and a folder of its own.
/// </summary>
public sealed class TransportTests : IDisposable
{
    private const string Recipient = "li.min@tongzhou.example.gov.cn";
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-mail").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_mail_arrives_with_all_its_headers_and_both_parts()
    {
        await using var sink = new SmtpSink();
        var mail = MailMaking.Mail();

        var result = await SendAsync(sink, Ready(mail));

        result.Should().Be(new TransportResult.Delivered());
        var sunk = sink.Mails.Should().ContainSingle().Subject;
        sunk.From.Should().Be("xieshang@tongzhou.example.gov.cn");
        sunk.To.Should().Equal(Recipient);
        using var read = ReadMime.Of(sunk.Data);
        read.Subject.Should().Be("[协商] XS2026-00012 请您审批：确定协商议题（事项2026-3）");
        read.Date.Should().Be(MailMaking.Noon).And.HaveOffset(TimeSpan.FromHours(8), "the organisation's clock");
        read.Headers["Message-ID"].Should().Be(mail.MessageId);
        read.Headers["In-Reply-To"].Should().Be(mail.InReplyTo);
        read.Headers["References"].Should().Be(mail.References);
        read.Headers["Auto-Submitted"].Should().Be("auto-generated");
        read.Headers["X-Auto-Response-Suppress"].Should().Be("All");
        read.Headers["List-Id"].Should().Be("<xieshang.tongzhou.example.gov.cn>");
        read.Body!.Headers["Content-Language"].Should().Be("zh-CN, en");
        read.From.Mailboxes.Select(from => (from.Name, from.Address))
            .Should().Equal(("通州区政协协商议事平台", "xieshang@tongzhou.example.gov.cn"));
        read.To.Mailboxes.Select(to => (to.Name, to.Address)).Should().Equal(("李敏", Recipient));
        read.Headers.Select(header => header.Id).Should().OnlyHaveUniqueItems()
            .And.NotContain([HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost, HeaderId.Bcc, HeaderId.Sender]);
        read.TextBody!.ReplaceLineEndings("\n").Should().Be(mail.TextBody);
        read.HtmlBody!.ReplaceLineEndings("\n").Should().Be(mail.HtmlBody);
        sunk.Data.Split("\r\n").Should().AllSatisfy(line => line.Length.Should().BeLessThanOrEqualTo(998));
        Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(sunk.Data)).Should()
            .Be(sunk.Data, "only seven-bit characters travel everywhere");
    }

    [Fact]
    public async Task Only_a_digest_can_be_left_with_one_click()
    {
        await using var sink = new SmtpSink();

        var digest = Ready(MailMaking.Mail(MailTemplateCatalogue.Digest));
        await SendAsync(sink, digest with { Unsubscribe = "https://x.cn/digest/leave/t" });

        using var read = ReadMime.Of(sink.Mails.Single().Data);
        read.Headers["List-Unsubscribe"].Should().Be("<https://x.cn/digest/leave/t>");
        read.Headers["List-Unsubscribe-Post"].Should().Be("List-Unsubscribe=One-Click");
    }

    [Theory]
    [InlineData("会议通知.ics", "text/calendar; charset=utf-8; method=REQUEST", "text/calendar", "会议通知.ics")]
    [InlineData("督办落实情况.docx", "no type at all", "application/octet-stream", "督办落实情况.docx")]
    [InlineData(
        "../../etc/名单\r\nBcc: x@y.cn.txt", "text/plain\r\nX-Evil: 1", "application/octet-stream", "名单 Bcc: x@y.cn.txt")]
    public async Task A_file_travels_with_its_Chinese_name_and_nothing_of_it_becomes_a_header(
        string name, string type, string readType, string readName)
    {
        await using var sink = new SmtpSink();
        var draft = MailMaking.Draft(MailTemplateCatalogue.MeetingNotice) with
        {
            Attachments = [new() { Id = Guid.NewGuid(), Name = name, ContentType = type, Content = "内容"u8.ToArray() }],
        };

        await SendAsync(sink, Ready(MailMaking.Composer().Compose(draft, MailMaking.Noon)));

        using var read = ReadMime.Of(sink.Mails.Single().Data);
        read.Headers.Select(header => header.Field).Should().NotContain("Bcc").And.NotContain("X-Evil");
        var part = read.Attachments.OfType<MimePart>().Should().ContainSingle().Subject;
        part.ContentType.MimeType.Should().Be(readType);
        part.FileName.Should().Be(readName);
        part.ContentType.Name.Should().Be(readName, "older programs look there");
        part.ContentType.Parameters["method"].Should().Be(readType == "text/calendar" ? "REQUEST" : null);
        using var content = new MemoryStream();
        await part.Content!.DecodeToAsync(content);
        content.ToArray().Should().Equal("内容"u8.ToArray());
    }

    [Fact]
    public async Task Names_and_subjects_add_no_header_and_no_recipient()
    {
        await using var sink = new SmtpSink();
        const string name = "李敏\r\nBcc: thief@evil.example, <thief@evil.example>";
        var draft = MailMaking.Draft() with { Recipient = new(Recipient, name) };
        var mail = MailMaking.Composer().Compose(draft, MailMaking.Noon);

        await SendAsync(sink, Ready(mail), options => options.FromName = "政协\r\nReply-To: thief@evil.example");

        var sunk = sink.Mails.Single();
        sunk.To.Should().Equal(Recipient);
        using var read = ReadMime.Of(sunk.Data);
        read.To.Mailboxes.Select(to => to.Address).Should().Equal(Recipient);
        read.Bcc.Count.Should().Be(0);
        read.ReplyTo.Count.Should().Be(0);
    }

    [Theory]
    [InlineData("550 5.1.1 no such user", typeof(TransportResult.Permanent))]
    [InlineData("553 5.1.3 bad address", typeof(TransportResult.Permanent))]
    [InlineData("451 4.7.1 greylisted, try later", typeof(TransportResult.Transient))]
    [InlineData("450 4.2.1 mailbox busy", typeof(TransportResult.Transient))]
    [InlineData("421 4.3.2 shutting down", typeof(TransportResult.Transient))]
    [InlineData("530 5.7.0 log in first", typeof(TransportResult.Transient))]
    public async Task The_server_s_answer_to_the_address_decides(string answer, Type expected)
    {
        await using var sink = new SmtpSink { Recipients = { [Recipient] = answer } };

        var result = await SendAsync(sink);

        result.Should().BeOfType(expected);
        Reason(result).Should().Contain(answer[4..], "these are the server's words");
        sink.Mails.Should().BeEmpty();
    }

    [Theory]
    [InlineData("553 5.1.8 sender domain unknown")]
    [InlineData("550 5.7.60 not allowed to send as this sender")]
    [InlineData("451 4.3.0 try later")]
    public async Task A_sender_s_address_that_is_refused_fails_no_mail_for_good(string answer)
    {
        await using var sink = new SmtpSink { Sender = answer };

        var result = await SendAsync(sink);

        result.Should().BeOfType<TransportResult.Transient>().Which.Reason.Should().Contain(answer);
    }

    [Fact]
    public async Task A_mail_refused_after_its_text_is_refused_for_good()
    {
        await using var sink = new SmtpSink { AfterData = "554 5.7.1 content refused" };

        (await SendAsync(sink)).Should().Be(new TransportResult.Permanent("554 5.7.1 content refused"));
    }

    [Fact]
    public async Task A_server_that_will_not_talk_at_all_fails_no_mail_for_good()
    {
        await using var sink = new SmtpSink { Greeting = "554 5.3.2 not today" };

        (await SendAsync(sink)).Should().Be(new TransportResult.Transient("554 5.3.2 not today", OfServer: true));
    }

    [Fact]
    public async Task A_server_without_the_TLS_that_was_asked_for_gets_nothing()
    {
        await using var sink = new SmtpSink();

        var result = await SendAsync(sink, configure: options => options.Smtp.Security = SmtpSecurity.StartTls);

        Reason(result).Should().Contain("STARTTLS").And.Contain("Mail:Smtp:Security");
        result.Should().BeOfType<TransportResult.Transient>();
        sink.Mails.Should().BeEmpty();
    }

    [Fact]
    public async Task A_password_is_not_sent_in_the_open_because_a_server_stopped_offering_TLS()
    {
        await using var sink = new SmtpSink { Users = { ["mailer"] = "right" } };

        var result = await SendAsync(sink, configure: options =>
        {
            Password(options, "right");
            options.Smtp.Security = SmtpSecurity.StartTlsIfOffered;
        });

        result.Should().BeOfType<TransportResult.Transient>().Which.Reason.Should().Contain("没有发送密码");
        sink.Heard.Should().NotContain("AUTH");
    }

    [Fact]
    public async Task A_server_that_wants_a_log_in_says_so_in_words()
    {
        await using var sink = new SmtpSink { Users = { ["mailer"] = "right" } };

        (await SendAsync(sink))
            .Should().BeOfType<TransportResult.Transient>().Which.Reason.Should().Contain("Mail:Smtp:User");
    }

    [Fact]
    public async Task A_server_that_knows_no_log_in_says_so_in_words()
    {
        await using var sink = new SmtpSink();

        (await SendAsync(sink, configure: options => Password(options, "right")))
            .Should().BeOfType<TransportResult.Transient>().Which.Reason.Should().Contain("Mail:Smtp:LogIn");
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up_in_time()
    {
        await using var sink = new SmtpSink { Mute = true };

        var result = await SendAsync(
            sink, configure: options => options.Smtp.SendTimeout = TimeSpan.FromMilliseconds(200));

        result.Should().BeOfType<TransportResult.Transient>().Which.Reason.Should().Contain("0 秒内没有完成");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_reason_to_try_again()
    {
        var options = MailMaking.Options();
        options.Smtp = new() { Host = "127.0.0.1", Port = 1, Security = SmtpSecurity.None };
        using var transport = new SmtpTransport(options, TimeProvider.System);

        (await transport.SendAsync(Ready(MailMaking.Mail()), CancellationToken.None))
            .Should().BeOfType<TransportResult.Transient>().Which.Reason.Should().StartWith("连接不上邮件服务器 127.0.0.1:1");
    }

    [Fact]
    public async Task The_pickup_folder_holds_one_whole_file_per_mail_however_often_it_is_sent()
    {
        var options = MailMaking.Options();
        options.PickupFolder = Path.Combine(_folder, "outbox");
        var mail = MailMaking.Mail();
        var transport = new PickupFolderTransport(options, new MailClock(MailMaking.Noon));

        await transport.SendAsync(Ready(mail), CancellationToken.None);
        await transport.SendAsync(Ready(mail), CancellationToken.None);

        var file = Directory.EnumerateFileSystemEntries(options.PickupFolder).Should().ContainSingle().Subject;
        Path.GetFileName(file).Should()
            .StartWith("20260305-040000-li.min_tongzhou.example.gov.cn-approval-request-").And.EndWith(".eml");
        using var read = await MimeMessage.LoadAsync(file);
        read.Headers["Message-ID"].Should().Be(mail.MessageId);
        read.TextBody!.ReplaceLineEndings("\n").Should().Be(mail.TextBody);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file)
                .Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, "real links stand in it");
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_reason_to_try_again()
    {
        var options = MailMaking.Options();
        options.PickupFolder = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(options.PickupFolder, "in the way");

        var transport = new PickupFolderTransport(options, new MailClock(MailMaking.Noon));

        (await transport.SendAsync(Ready(MailMaking.Mail()), CancellationToken.None))
            .Should().BeOfType<TransportResult.Transient>();
    }

    private static ReadyMail Ready(OutgoingMail mail) => new(mail, mail.TextBody, mail.HtmlBody);

    private static string Reason(TransportResult result) => result switch
    {
        TransportResult.Permanent permanent => permanent.Reason,
        TransportResult.Transient transient => transient.Reason,
        _ => "",
    };

    private static async Task<TransportResult> SendAsync(
        SmtpSink sink, ReadyMail? mail = null, Action<MailOptions>? configure = null)
    {
        var options = MailMaking.Options();
        options.Transport = MailTransportKind.Smtp;
        options.Smtp = new() { Host = "127.0.0.1", Port = sink.Port, Security = SmtpSecurity.None };
        configure?.Invoke(options);
        using var transport = new SmtpTransport(options, new MailClock(MailMaking.Noon));
        return await transport.SendAsync(mail ?? Ready(MailMaking.Mail()), CancellationToken.None);
    }

    private void Password(MailOptions options, string password)
    {
        (options.Smtp.User, options.Smtp.PasswordFile) = ("mailer", Path.Combine(_folder, "password"));
        File.WriteAllText(options.Smtp.PasswordFile, password + "\n");
    }
}
