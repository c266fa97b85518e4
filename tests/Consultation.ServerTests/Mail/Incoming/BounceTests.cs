using System.Net;
using Consultation.Mail.Incoming;
using Consultation.Mail.Outgoing;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;

namespace Consultation.ServerTests.Mail.Incoming;

/// <summary>Mail servers' reports on mails that they had taken (mail rule 10), on the whole host.</summary>
public sealed class BounceTests(ReplyDesk desk) : IClassFixture<ReplyDesk>
{
    [Fact]
    public async Task A_bounce_flags_task_and_person_and_the_second_one_asks_for_another_way()
    {
        var (task, mail, _) = await desk.AskedAsync();
        var bounce = Report(mail, "failed");

        (await desk.PostAsync(bounce)).Should().Be(HttpStatusCode.OK);
        (await desk.PostAsync(bounce)).Should().Be(HttpStatusCode.OK, "a report that comes twice is one");

        await using (var db = desk.Open())
        {
            var failed = await db.Mails.AsNoTracking().SingleAsync(one => one.Id == mail.Id);
            failed.State.Should().Be(MailState.Failed);
            failed.LastError.Should().Contain("no such user");
            (await desk.NowAsync(task)).Flag.Should().Contain("邮件无法送达");
            (await db.Mails.CountAsync(one => one.Purpose == "undeliverable")).Should().Be(1);
            (await db.Mails.CountAsync(one => one.Purpose == "address-dead")).Should().Be(0);
        }

        (await desk.KeptAsync(task)).Should().ContainSingle().Which.Reason.Should().Be(IncomingReason.Undelivered);
        var (second, again, _) = await desk.AskedAsync();
        await desk.PostAsync(Report(again, "failed"));

        (await desk.KeptAsync(second)).Single().Reason.Should().Be(IncomingReason.DeadAddress);
        await using (var db = desk.Open())
        {
            var asked = await db.Mails.AsNoTracking().Where(one => one.Purpose == "address-dead").ToListAsync();
            asked.Should().ContainSingle().Which.RecipientAddress.Should().Be(await desk.AddressAsync("secretary"));
            asked[0].TextBody.Should().Contain(mail.RecipientAddress).And.Contain("更换邮箱");
        }

        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync("/mail/incoming");
        secretary.Text.Should().Contain("这个邮箱已两次退信");
        await secretary.GetAsync($"/people/{(await desk.PersonAsync("director")).Id.Value}");
        secretary.Text.Should().Contain("被退回过 2 次");
        await secretary.GetAsync($"/tasks/{task.Id.Value}");
        secretary.Text.Should().Contain("邮件无法送达");
    }

    [Fact]
    public async Task A_delay_is_only_noted_and_so_is_a_report_on_no_mail_of_ours()
    {
        var (task, mail, _) = await desk.AskedAsync();
        await desk.PostAsync(Report(mail, "delayed"));
        await desk.PostAsync(new Letter
        {
            From = "mailer-daemon@elsewhere.example",
            MessageId = "foreign-report@elsewhere.example",
            Results = null,
            Body = Letter.Report("<not.ours@elsewhere.example>", "x@elsewhere.example"),
        });

        (await desk.NowAsync(task)).Flag.Should().BeNull();
        var kept = (await desk.KeptAsync(task)).Single();
        (kept.State, kept.Kind).Should().Be((IncomingState.Noted, IncomingKind.Delay));
        await using var db = desk.Open();
        var sent = await db.Mails.AsNoTracking().SingleAsync(one => one.Id == mail.Id);
        sent.State.Should().Be(MailState.Sent);
        sent.DeliveryNote.Should().Contain("仍在重试");
        (await db.IncomingMails.AsNoTracking().SingleAsync(row => row.MessageId == "foreign-report@elsewhere.example"))
            .Reason.Should().Be(IncomingReason.NotOurs);
    }

    private static Letter Report(OutgoingMail mail, string action) => new()
    {
        From = "MAILER-DAEMON@mail.tonghe.example",
        MessageId = $"{Guid.NewGuid():N}@mail.tonghe.example",
        Results = null,
        More = ["Auto-Submitted: auto-replied"],
        Body = Letter.Report(mail.MessageId, mail.RecipientAddress, action),
    };
}
