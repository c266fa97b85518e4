using System.Diagnostics;
using Consultation.ServerTests.Desk;
using Consultation.Testing.Mail;

namespace Consultation.ServerTests.Mail;

/// <summary>A mail that this process writes is sent at once, though the sender looks only every few minutes.</summary>
public sealed class WakeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_receipt_is_on_its_way_when_the_matter_is_stored()
    {
        await using var server = new SmtpSink();
        await using var desk = new SampleDesk(
        [
            new("Mail:Transport", "Smtp"), new("Mail:Smtp:Host", "127.0.0.1"), new("Mail:Smtp:Port", $"{server.Port}"),
            new("Mail:Smtp:Security", "None"), new("Mail:PollEvery", "00:05:00"),
            new("Mail:MostPerMinute", "1000"), new("Mail:MostPerMinuteToOneDomain", "1000"),
        ]);
        await desk.InitializeAsync();
        using var visitor = desk.Browser();
        for (var matter = 1; matter <= 3; matter++)
        {
            var address = $"zhang{matter}@example.org";
            await visitor.GetAsync("/p/sample/new");
            await visitor.PostAsync("hand-in", new()
            {
                ["title"] = $"晚上没有路灯{matter}",
                ["text"] = "小区东门外的路灯坏了一个月，晚上出行不安全。",
                ["proposer-name"] = "张三",
                ["proposer-email"] = address,
                ["consent"] = "true",
            });

            for (var watch = Stopwatch.StartNew(); !HasCome(address) && watch.Elapsed < Patience;)
            {
                await Looking.AgainAsync();
            }

            HasCome(address).Should().BeTrue($"the sender is woken for {address}: {visitor.Text}");
        }

        bool HasCome(string address)
        {
            lock (server.Mails) return server.Mails.Exists(mail => mail.To.Contains(address));
        }
    }
}
