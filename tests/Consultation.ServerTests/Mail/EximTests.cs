using Consultation.Mail;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Smtp;
using Consultation.Mail.Templates;
using Consultation.Testing.Mail;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consultation.ServerTests.Mail;

/// <summary>A real mail server takes what we send, and delivers what we wrote.</summary>
public sealed class EximTests
{
    [SkippableFact]
    public async Task A_Chinese_mail_with_a_link_goes_through_a_real_server_unharmed()
    {
        Skip.If(EximServer.Missing is not null, EximServer.Missing);
        await using var server = await EximServer.StartAsync();
        var link = MailMaking.Link();
        var store = new MemoryMailStore { Links = { link } };
        var mail = MailMaking.Composer().Compose(
            MailMaking.Draft() with
            {
                Link = link,
                Attachments = [new()
                {
                    Id = Guid.NewGuid(),
                    Name = "会议通知.ics",
                    ContentType = "text/calendar; charset=utf-8",
                    Content = "BEGIN:VCALENDAR"u8.ToArray(),
                }],
            },
            MailMaking.Noon);
        store.Mails.Add(mail);
        using var sender = Sender(store, server);

        await sender.SendDueAsync(CancellationToken.None);

        mail.State.Should().Be(MailState.Sent);
        using var read = ReadMime.Of((await server.MailsAsync(1)).Single());
        read.Subject.Should().Be(mail.Subject);
        read.Headers["message-id"].Should().Be(mail.MessageId);
        read.Headers["references"].Should().Be(mail.References);
        read.Headers["in-reply-to"].Should().Be(mail.InReplyTo);
        read.Headers["auto-submitted"].Should().Be("auto-generated");
        read.Headers["x-auto-response-suppress"].Should().Be("All");
        read.Headers["list-id"].Should().Be("<xieshang.tongzhou.example.gov.cn>");
        read.Headers["return-path"].Should().Be("<xieshang@tongzhou.example.gov.cn>");
        var address = $"https://xieshang.example.gov.cn/link/{new ActionLinkMint(MailMaking.Ring).TokenOf(link)}";
        read.TextBody.Should().Contain(address).And.Contain("请确认“老旧小区加装电梯”是否列为协商议题。");
        read.HtmlBody.Should().Contain($"href=\"{address}\"");
        read.BodyParts.Select(part => part.ContentType.MimeType)
            .Should().Equal("text/plain", "text/html", "text/calendar");
    }

    [SkippableFact]
    public async Task An_address_that_a_real_server_refuses_fails_for_good_and_the_organiser_gets_a_mail()
    {
        Skip.If(EximServer.Missing is not null, EximServer.Missing);
        await using var server = await EximServer.StartAsync();
        var store = new MemoryMailStore();
        store.Mails.Add(
            MailMaking.Composer().Compose(
                MailMaking.Draft() with { Recipient = new("no.such.user@example.gov.cn", "王强") }, MailMaking.Noon));
        using var sender = Sender(store, server);

        await sender.SendDueAsync(CancellationToken.None);
        await sender.SendDueAsync(CancellationToken.None);

        store.Mails[0].Should().BeEquivalentTo(new { State = MailState.Failed });
        store.Mails[0].LastError.Should().StartWith("550").And.Contain("no such user here");
        using var notice = ReadMime.Of((await server.MailsAsync(1)).Single());
        notice.Subject.Should().Be("[协商] XS2026-00012 邮件无法送达：王强");
        notice.To.Mailboxes.Single().Address.Should().Be("wang.fang@tongzhou.example.gov.cn");
    }

    [SkippableFact]
    public async Task A_batch_goes_out_in_one_look_though_the_real_server_takes_only_so_many_mails_on_a_connection()
    {
        Skip.If(EximServer.Missing is not null, EximServer.Missing);
        await using var server = await EximServer.StartAsync();
        var store = new MemoryMailStore();
        for (var mail = 0; mail < (3 * EximServer.MailsPerConnection) + 1; mail++) store.Mails.Add(MailMaking.Mail());
        using var sender = Sender(store, server);

        await sender.SendDueAsync(CancellationToken.None);

        store.Mails.Should().OnlyContain(mail => mail.State == MailState.Sent && mail.Attempts == 1);
        (await server.MailsAsync(store.Mails.Count)).Select(mail => ReadMime.Of(mail).Headers["message-id"])
            .Should().BeEquivalentTo(store.Mails.Select(mail => mail.MessageId), "none is lost and none came twice");
    }

    private static MailSender Sender(MemoryMailStore store, EximServer server)
    {
        var options = MailMaking.Options();
        options.Transport = MailTransportKind.Smtp;
        options.Smtp = new() { Host = "127.0.0.1", Port = server.Port, Security = SmtpSecurity.None };
        var book = new MailTemplateBook();
        var composer = MailMaking.Composer(options, book);
        return new(
            store, new SmtpTransport(options, TimeProvider.System), store, book, MailMaking.Ring,
            new ActionLinkMint(MailMaking.Ring), new UnsubscribeLink(MailMaking.Ring), new NoticeLink(MailMaking.Ring),
            new DigestBuilder(composer, options), new FailureNotice(composer, options), options,
            new MailClock(MailMaking.Noon),
            NullLogger<MailSender>.Instance);
    }
}
