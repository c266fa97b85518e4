using Consultation.Mail.Outgoing;
using Consultation.Runtime.Loops;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Consultation.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Consultation.ServerTests.Mail;

/// <summary>
/// Reminders of somebody who wants them once a day, on the whole host through days of a clock that is turned by hand
/// (mail rules 5 and 8).
/// </summary>
public sealed class DailyDigestTests
{
    private const string Officer = "officer@sample.example.org";

    [Fact]
    public async Task A_reminder_comes_with_the_morning_s_digest_which_can_be_left_with_one_click()
    {
        await using var desk = new TurnedDesk();
        await desk.InitializeAsync();
        await WantDigestAsync(desk);
        await desk.WorkUntilNowAsync();
        var before = Mails(desk).Count(mail => mail.To.Mailboxes.Any(to => to.Address == Officer));
        before.Should().BePositive("the task itself was mailed at once");

        List<MimeMessage> since = [];
        for (var hour = 0; hour < 24 * 14 && since.Count == 0; hour++)
        {
            desk.Clock.Advance(TimeSpan.FromHours(1));
            await desk.WorkUntilNowAsync();
            since = [.. Mails(desk).Where(mail => mail.To.Mailboxes.Any(to => to.Address == Officer)).Skip(before)];
        }

        var digest = since.Should().ContainSingle("reminders do not come one by one").Which;
        TimeZoneInfo.ConvertTime(
            desk.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).Hour.Should().Be(8);
        digest.Subject.Should().StartWith("[协商]");
        digest.Headers["list-unsubscribe"].Should().Contain("/digest/leave/");
        digest.Headers["list-unsubscribe-post"].Should().Be("List-Unsubscribe=One-Click");
        await using var db = desk.Services.GetRequiredService<Database>().ForOrganisation(desk.Organisation);
        var task = await db.Tasks.OrderBy(row => row.OpenedAt).FirstAsync();
        digest.TextBody.Should().Contain(task.Number);
    }

    private static List<MimeMessage> Mails(DeskHost desk) =>
    [
        .. new DirectoryInfo(Path.Combine(desk.Folder, "outbox")).EnumerateFiles("*.eml", SearchOption.AllDirectories)
            .OrderBy(file => file.CreationTimeUtc).Select(file => MimeMessage.Load(file.FullName)),
    ];

    private static async Task WantDigestAsync(SampleDesk desk)
    {
        await using var db = desk.Services.GetRequiredService<Database>().ForOrganisation(desk.Organisation);
        (await db.People.SingleAsync(row => row.UserName == "officer")).WantsDigest = true;
        (await db.Organisations.SingleAsync(row => row.Id == desk.Organisation)).DirectoryVersion++;
        await db.SaveChangesAsync();
    }

    /// <summary>The whole host by a clock that stands still, its loops turned by hand.</summary>
    private sealed class TurnedDesk() : SampleDesk([new("Host:RunsWork", "false")])
    {
        public FakeClock Clock { get; } = new(new(2027, 3, 1, 2, 0, 0, TimeSpan.Zero));

        public async Task WorkUntilNowAsync()
        {
            await WorkAsync();
            while ((await Services.GetRequiredService<MailSender>().SendDueAsync(default)).Count > 0)
            {
            }
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            // The clock passes the checkpoints of days, each with a connection that need not be opened anew.
            builder.UseSetting("Storage:ConnectionString", $"Data Source={Path.Combine(Folder, "desk.db")}");
            builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
        }

        private protected override Task WorkAsync() => Services.GetRequiredService<WorkLoop>().DrainAsync(default);
    }
}
