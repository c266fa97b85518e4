using System.Diagnostics;
using Consultation.Mail.Outgoing;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Mail;

/// <summary>
/// A mail server refuses an address for good, on the whole host: task and case say so, the secretary is told, and it
/// can be sent again (mail rule 10).
/// </summary>
public sealed class UndeliverableTests
{
    private const string Address = "officer@sample.example.org";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_refused_address_is_flagged_told_and_sent_again_once_it_is_mended()
    {
        await using var server = new SmtpSink { Recipients = { [Address] = "550 5.1.1 no such user" } };
        await using var desk = new SampleDesk(
        [
            new("Mail:Transport", "Smtp"), new("Mail:Smtp:Host", "127.0.0.1"), new("Mail:Smtp:Port", $"{server.Port}"),
            new("Mail:Smtp:Security", "None"), new("Mail:PollEvery", "00:00:00.2"),
        ]);
        await desk.InitializeAsync();
        var failed = await UntilAsync(desk, mail => mail.RecipientAddress == Address && mail.State == MailState.Failed);

        await UntilAsync(desk, mail => mail.Purpose == "undeliverable" && mail.State == MailState.Sent);
        var notice = ReadMime.Of(server.Mails.First(mail => mail.To.Contains("secretary@sample.example.org")
            && ReadMime.Of(mail.Data).Subject!.Contains("无法送达", StringComparison.Ordinal)).Data);
        notice.TextBody.Should().Contain(Address).And.Contain("no such user");
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync(desk.Task);
        secretary.Text.Should().Contain("邮件无法送达").And.Contain(Address);
        await secretary.GetAsync($"{desk.Case}?tab=tasks");
        secretary.Text.Should().Contain("邮件无法送达");
        await secretary.GetAsync("/outbox?state=Failed");
        secretary.Text.Should().Contain("发送失败");

        server.Recipients.Clear();
        await secretary.GetAsync($"/outbox/{failed.Id.Value:N}");
        secretary.Text.Should().Contain("no such user");
        await secretary.PostAsync("send-again", []);
        await UntilAsync(desk, mail => mail.Id == failed.Id && mail.State == MailState.Sent);

        server.Mails.Should().Contain(mail => mail.To.Contains(Address));
        await secretary.GetAsync(desk.Task);
        secretary.Text.Should().NotContain("邮件无法送达");
    }

    private static async Task<OutgoingMail> UntilAsync(SampleDesk desk, Func<OutgoingMail, bool> holds)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience;)
        {
            await using var db = desk.Services.GetRequiredService<Database>().ForOrganisation(desk.Organisation);
            if ((await db.Mails.AsNoTracking().ToListAsync()).FirstOrDefault(holds) is { } found)
            {
                return found;
            }

            await Looking.AgainAsync();
        }

        throw new TimeoutException("The mail did not come to that state.");
    }
}
