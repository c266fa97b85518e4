using Consultation.Cases.Tasks;
using Consultation.Mail.Incoming;
using Consultation.Mail.Outgoing;
using Consultation.Testing.Mail;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Consultation.ServerTests.Mail.Incoming;

/// <summary>
/// From the step to somebody's mailbox and back: sent through a real exim4, which also says who replied, and read from
/// a real dovecot.
/// </summary>
public sealed class RoundTripTests
{
    [SkippableFact]
    public async Task A_task_is_mailed_answered_from_a_mail_program_and_decided_and_a_dead_mailbox_comes_back()
    {
        Skip.If(EximServer.Missing is not null, EximServer.Missing);
        Skip.If(DovecotServer.Missing is not null, DovecotServer.Missing);
        await using var exim = await EximServer.StartAsync();
        await using var dovecot = await DovecotServer.StartAsync(exim.Replies);
        await using var desk = new ReplyDesk(
        [
            new("Mail:Transport", "Smtp"), new("Mail:Smtp:Host", "127.0.0.1"), new("Mail:Smtp:Port", $"{exim.Port}"),
            new("Mail:Smtp:Security", "None"), new("Mail:Incoming:Source", "Imap"),
            new("Mail:Incoming:PollEvery", "00:00:01"), new("Mail:Incoming:Imap:Host", "127.0.0.1"),
            new("Mail:Incoming:Imap:Port", $"{dovecot.Port}"), new("Mail:Incoming:Imap:Security", "None"),
            new("Mail:Incoming:Imap:User", DovecotServer.User),
            new("Mail:Incoming:Imap:PasswordFile", dovecot.PasswordFile), new("Mail:Incoming:AuthServId", "localhost"),
        ]);
        await desk.InitializeAsync();
        var (task, sent, _) = await desk.AskedAsync();
        using var read = (await exim.MailsAsync(1)).Select(ReadMime.Of)
            .Single(mail => $"<{mail.MessageId}>" == sent.MessageId);

        await ReplyAsync(exim, read, "secretary@sample.example.org", "同意");
        await ReplyAsync(exim, read, sent.RecipientAddress, "我再看看");
        await UntilKeptAsync(desk, task, 2);
        await dovecot.StopAsync();
        await ReplyAsync(exim, read, sent.RecipientAddress, "同意");
        await dovecot.AgainAsync();
        await UntilKeptAsync(desk, task, 3);

        var kept = await desk.KeptAsync(task);
        kept.Select(row => (row.FromAddress, row.State, row.Reason, row.IsAuthenticated)).Should().BeEquivalentTo(
        [
            ("secretary@sample.example.org", IncomingState.Waiting, IncomingReason.OtherSender, true),
            (sent.RecipientAddress, IncomingState.Waiting, IncomingReason.NoWord, true),
            (sent.RecipientAddress, IncomingState.Decided, IncomingReason.None, true),
        ]);
        (await desk.NowAsync(task)).Assignees.Single().Channel.Should().Be(AnswerChannel.Mail);

        await MoveAsync(desk, "bouncing@sample.example.org");
        var (second, lost, _) = await desk.AskedAsync();
        await UntilKeptAsync(desk, second, 1);
        (await desk.KeptAsync(second)).Single().Should().BeEquivalentTo(new
        {
            Kind = IncomingKind.Bounce,
            Reason = IncomingReason.Undelivered,
            FailedAddress = "bouncing@sample.example.org",
        });
        (await desk.NowAsync(second)).Flag.Should().Contain("邮件无法送达");
        await using var db = desk.Open();
        (await db.Mails.AsNoTracking().SingleAsync(one => one.Id == lost.Id)).State.Should().Be(MailState.Failed);
    }

    /// <summary>Somebody replies as mail programs do, logged in to the relay with the own address.</summary>
    private static async Task ReplyAsync(EximServer exim, MimeMessage to, string from, string text)
    {
        using var reply = new MimeMessage
        {
            Subject = "回复：" + to.Subject,
            InReplyTo = to.MessageId,
            Body = new TextPart("plain") { Text = $"{text}\r\n\r\n> {to.Subject}\r\n" },
        };
        reply.From.Add(new MailboxAddress("", from));
        reply.To.AddRange(to.ReplyTo);
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", exim.Port, SecureSocketOptions.None);
        await client.AuthenticateAsync(from, EximServer.Password);
        await client.SendAsync(reply);
        await client.DisconnectAsync(true);
    }

    private static Task UntilKeptAsync(ReplyDesk desk, WorkTask task, int count) => desk.UntilAsync(
        async rows => await rows.IncomingMails.CountAsync(row => row.TaskId == task.Id.Value
            && row.State != IncomingState.Taken) >= count,
        $"{count} mails about {task.Number} are read");

    private static async Task MoveAsync(ReplyDesk desk, string address)
    {
        await using var db = desk.Open();
        await db.People.Where(one => one.UserName == "director")
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Email, address));
        await db.Organisations.Where(one => one.Id == desk.Organisation)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.DirectoryVersion, one => one.DirectoryVersion + 1));
    }
}
