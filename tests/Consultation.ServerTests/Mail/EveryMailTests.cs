using System.Text;
using Consultation.Cases.Calendar;
using Consultation.Mail;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Smtp;
using Consultation.Mail.Templates;
using Consultation.ServerTests.Mail.Incoming;
using Consultation.Testing.Mail;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;

namespace Consultation.ServerTests.Mail;

/// <summary>
/// Every kind of mail in both languages goes out through a real exim4, encrypted and logged in by each way in turn, and
/// is read back from a real dovecot, which tells of it: nothing of it has changed on the way.
/// </summary>
public sealed class EveryMailTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly DateTimeOffset Now = MailMaking.Noon;

    /// <summary>Longer than a line of base64 holds, with what neither encoding nor address likes.</summary>
    private const string LongName = "关于老旧小区加装电梯（第一批）协商会议的通知；附：名单, “座次” & 议程=草案.pdf";

    private readonly List<ActionLink> _links = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("consultation-every").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task Every_kind_of_mail_arrives_as_it_was_written()
    {
        Skip.If(EximServer.Missing is not null, EximServer.Missing);
        Skip.If(DovecotServer.Missing is not null, DovecotServer.Missing);
        using var authority = new TestAuthority();
        await using var exim = await EximServer.StartAsync(new() { Authority = authority });
        await using var dovecot = await DovecotServer.StartAsync(exim.Maildir);
        using var reader = await OpenAsync(dovecot);
        var mails = new List<OutgoingMail>();
        foreach (var logIn in new[] { SmtpLogIn.Plain, SmtpLogIn.Login, SmtpLogIn.OAuth2, SmtpLogIn.Password })
        {
            var store = Store(logIn);
            using var transport = Transport(exim, authority, logIn);
            using var sender = MailMaking.Sender(store, transport, Options(), new MailClock(Now));
            while ((await sender.SendDueAsync(default)).Count > 0)
            {
            }

            store.Mails.Should().OnlyContain(mail => mail.State == MailState.Sent && mail.Attempts == 1, $"{logIn}");
            mails.AddRange(store.Mails);
            _links.AddRange(store.Links);
        }

        mails.Should().HaveCount(2 * MailTemplateCatalogue.Kinds.Count);
        var read = await ReadAsync(reader, mails.Count);
        read.Select(one => one.Message.Headers[HeaderId.MessageId]).Should()
            .BeEquivalentTo(mails.Select(mail => mail.MessageId), "each came, and came once");
        foreach (var (message, raw) in read)
        {
            Check(mails.Single(mail => mail.MessageId == message.Headers[HeaderId.MessageId]), message, raw);
            message.Dispose();
        }

        mails.Where(mail => mail.TaskId is not null).GroupBy(mail => mail.TaskId).Should()
            .OnlyContain(thread => thread.Select(mail => mail.References!.Split(' ')[0]).Distinct().Count() == 1);
    }

    /// <summary>A quarter of all kinds, in both languages; the two of one kind are about one task.</summary>
    private static MemoryMailStore Store(SmtpLogIn logIn)
    {
        var store = new MemoryMailStore();
        var share = Array.IndexOf([SmtpLogIn.Plain, SmtpLogIn.Login, SmtpLogIn.OAuth2, SmtpLogIn.Password], logIn);
        foreach (var kind in MailTemplateCatalogue.Kinds.Where((_, at) => at % 4 == share))
        {
            var task = Guid.NewGuid();
            foreach (var language in new[] { "zh", "en" })
            {
                var link = kind.Values.Contains("link") ? MailMaking.Link(task) : null;
                if (link is not null) store.Links.Add(link);
                store.Mails.Add(MailMaking.Composer().Compose(
                    MailMaking.Draft(kind.Key, language, task) with
                    {
                        Recipient = new($"{kind.Key}.{language}@tongzhou.example.gov.cn", "李敏, “主任”<x@y.cn>", language,
                            Guid.NewGuid()),
                        Link = link,
                        Attachments = Files(kind.Key, language),
                    }, Now));
            }
        }

        return store;
    }

    /// <summary>Meetings come with their calendar file, everything else with a document.</summary>
    private static List<MailAttachment> Files(string kind, string language)
    {
        var bytes = new byte[40_000];
        new Random(kind.Length).NextBytes(bytes);
        return kind.StartsWith("meeting-", StringComparison.Ordinal)
            ? [new()
            {
                Id = Guid.NewGuid(),
                Name = language == "en" ? "meeting.ics" : "会议通知.ics",
                ContentType = $"text/calendar; charset=utf-8; method={Invitation(kind).Method}",
                Content = Encoding.UTF8.GetBytes(Invitation(kind).Write()),
            }]
            : [new() { Id = Guid.NewGuid(), Name = LongName, ContentType = "application/pdf", Content = bytes }];
    }

    private static MeetingInvitation Invitation(string kind) => new()
    {
        Uid = new Guid("0199a000-0000-7000-8000-0000000000aa"),
        Sequence = kind switch
        {
            MailTemplateCatalogue.MeetingNotice => 0,
            MailTemplateCatalogue.MeetingMoved => 1,
            _ => 2,
        },
        Written = Now,
        On = new DateOnly(2026, 3, 20),
        Hours = (Now.AddDays(15), Now.AddDays(15).AddHours(2)),
        Title = "老旧小区加装电梯协商会议，请各位委员准时参加并携带调研材料",
        Place = "柳林社区 二楼, 会议室; 东侧",
        IsCancelled = kind == MailTemplateCatalogue.MeetingCancelled,
        Organiser = new("王芳", "xieshang@tongzhou.example.gov.cn"),
        Attendee = new("李敏", "li.min@tongzhou.example.gov.cn"),
    };

    private void Check(OutgoingMail mail, MimeMessage read, byte[] raw)
    {
        var links = _links.Where(link => mail.LinkIds.Contains(link.Id)).ToDictionary(
            link => link.Id, link => ActionLinkMint.Address(
                Options().PublicBaseUrl, new ActionLinkMint(MailMaking.Ring).TokenOf(link)!));
        var page = new NoticeLink(MailMaking.Ring).Address(Options().PublicBaseUrl, mail.OrganisationId, mail.Id.Value);
        read.Subject.Should().Be(mail.Subject);
        read.Date.Should().Be(Now).And.HaveOffset(TimeSpan.FromHours(8));
        read.From.Mailboxes.Select(one => (one.Name, one.Address)).Should()
            .Equal(("通州区政协协商议事平台", "xieshang@tongzhou.example.gov.cn"));
        read.To.Mailboxes.Select(one => (one.Name, one.Address)).Should()
            .Equal((mail.RecipientName, mail.RecipientAddress));
        read.Headers["in-reply-to"].Should().Be(mail.InReplyTo);
        read.Headers["references"].Should().Be(mail.References);
        read.Headers["auto-submitted"].Should().Be("auto-generated");
        read.Headers["x-auto-response-suppress"].Should().Be("All");
        read.Headers["list-id"].Should().Be("<xieshang.tongzhou.example.gov.cn>");
        read.Headers["received"].Should().Contain("with esmtpsa", "encrypted and logged in");
        read.Headers["authentication-results"].Should().Contain("auth=pass").And.Contain("smtp.auth=mailer");
        read.Headers.Contains("bcc").Should().BeFalse();
        read.Headers.Contains("list-unsubscribe").Should().Be(mail.IsDigest);
        Plain(read.TextBody!).Should().Be(Plain(MailPlaceholder.Fill(mail.TextBody, links, mail.Secret, page)));
        Plain(read.HtmlBody!).Should().Be(Plain(MailPlaceholder.Fill(mail.HtmlBody, links, mail.Secret, page)));
        // A copy may carry its task's link without showing it; what is shown has to arrive in both parts.
        foreach (var (id, address) in links)
        {
            mail.HtmlBody.Contains(MailPlaceholder.ForLink(id)).Should()
                .Be(mail.TextBody.Contains(MailPlaceholder.ForLink(id)));
            if (!mail.TextBody.Contains(MailPlaceholder.ForLink(id))) continue;
            read.TextBody.Should().Contain(address);
            read.HtmlBody.Should().Contain(address);
        }

        read.BodyParts.Select(part => part.ContentType.MimeType).Take(2).Should().Equal("text/plain", "text/html");
        ((Multipart)read.Body!)[0].Headers["content-language"].Should()
            .StartWith(mail.Language == "en" ? "en" : "zh-CN");
        CheckFile(mail.Attachments.Single(), (MimePart)read.Attachments.Single());
        raw.Any(sign => sign > 127).Should().BeFalse("only seven-bit characters travel everywhere");
        Encoding.ASCII.GetString(raw).Split('\n').Max(line => line.Length).Should().BeLessThanOrEqualTo(998);
    }

    private static void CheckFile(MailAttachment written, MimePart read)
    {
        using var bytes = new MemoryStream();
        read.Content!.DecodeTo(bytes);
        bytes.ToArray().AsSpan().SequenceEqual(written.Content).Should().BeTrue(written.Name);
        read.FileName.Should().Be(written.Name);
        if (written.ContentType == "application/pdf")
        {
            read.ContentType.MimeType.Should().Be("application/pdf");
            return;
        }

        var calendar = Ical.Net.Calendar.Load(Encoding.UTF8.GetString(bytes.ToArray()))!;
        read.ContentType.MimeType.Should().Be("text/calendar");
        read.ContentType.Parameters["method"].Should().Be(calendar.Method);
        read.ContentType.Charset.Should().Be("utf-8");
        var meeting = calendar.Events.Single();
        (calendar.Method, meeting.Sequence, meeting.Status).Should().BeOneOf(
            ("REQUEST", 0, "CONFIRMED"), ("REQUEST", 1, "CONFIRMED"), ("CANCEL", 2, "CANCELLED"));
        meeting.Uid.Should().Be("0199a000-0000-7000-8000-0000000000aa");
        meeting.Location.Should().Be("柳林社区 二楼, 会议室; 东侧");
        meeting.Attendees.Single().Value!.ToString().Should().Be("mailto:li.min@tongzhou.example.gov.cn");
    }

    private static string Plain(string text) => text.ReplaceLineEndings("\n").TrimEnd();

    private static MailOptions Options()
    {
        var options = MailMaking.Options();
        (options.MostPerMinute, options.MostPerMinuteToOneDomain) = (10_000, 10_000);
        return options;
    }

    private SmtpTransport Transport(EximServer exim, TestAuthority authority, SmtpLogIn logIn)
    {
        var (secret, trusted) = (Path.Combine(_folder, "secret"), Path.Combine(_folder, "authority.pem"));
        File.WriteAllText(secret, EximServer.Password);
        File.WriteAllText(trusted, authority.Pem);
        var options = Options();
        options.Smtp = new()
        {
            Host = "localhost",
            Port = exim.Port,
            Security = SmtpSecurity.StartTls,
            AuthorityFile = trusted,
            User = "mailer@tongzhou.example.gov.cn",
            LogIn = logIn,
            PasswordFile = secret,
            OAuth = new() { TokenFile = secret },
        };
        return new(options, new MailClock(Now));
    }

    private static async Task<ImapClient> OpenAsync(DovecotServer server)
    {
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", server.Port, SecureSocketOptions.None);
        await client.AuthenticateAsync(DovecotServer.User, DovecotServer.Password);
        await client.Inbox!.OpenAsync(FolderAccess.ReadOnly);
        return client;
    }

    /// <summary>Waits as mail programs do: the server tells of new mail.</summary>
    private static async Task<List<(MimeMessage Message, byte[] Raw)>> ReadAsync(ImapClient client, int count)
    {
        client.Capabilities.Should().HaveFlag(ImapCapabilities.Idle);
        using var limit = new CancellationTokenSource(Patience);
        while (client.Inbox!.Count < count)
        {
            using var told = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
            EventHandler<EventArgs> tell = (_, _) => told.Cancel();
            client.Inbox.CountChanged += tell;
            if (client.Inbox.Count < count) await client.IdleAsync(told.Token, limit.Token);
            client.Inbox.CountChanged -= tell;
        }

        var read = new List<(MimeMessage, byte[])>();
        for (var at = 0; at < client.Inbox.Count; at++)
        {
            await using var stream = await client.Inbox.GetStreamAsync(at, limit.Token);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, limit.Token);
            bytes.Position = 0;
            read.Add((await MimeMessage.LoadAsync(bytes, limit.Token), bytes.ToArray()));
        }

        return read;
    }
}
