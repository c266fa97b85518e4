using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Consultation.Mail;
using Consultation.Mail.Incoming;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Smtp;
using Consultation.ServerTests.Mail.Incoming;
using Consultation.Storage;
using Consultation.Testing;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Consultation.ServerTests.Mail;

/// <summary>
/// Mails from the host's own queue through a real exim4 into a mailbox that a real dovecot serves and the host reads,
/// while both servers are killed and started again. As many as CONSULTATION_KILLED_MAILS says, by default few.
/// </summary>
public sealed partial class KilledServersTests(ITestOutputHelper output)
{
    private const int Usual = 60, Kills = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    [SkippableFact]
    public async Task No_mail_is_lost_and_only_what_the_ledger_marks_comes_twice_though_both_servers_are_killed()
    {
        Skip.If(EximServer.Missing is not null, EximServer.Missing);
        Skip.If(DovecotServer.Missing is not null, DovecotServer.Missing);
        var count = Environment.GetEnvironmentVariable("CONSULTATION_KILLED_MAILS") is { Length: > 0 } asked
            ? int.Parse(asked, CultureInfo.InvariantCulture)
            : Usual;
        await using var exim = await EximServer.StartAsync(new() { MailsPerConnection = 100 });
        await using var dovecot = await DovecotServer.StartAsync(exim.Replies);
        await using var host = Host(exim, dovecot);
        var database = host.Services.GetRequiredService<Database>();
        var written = await QueueAsync(database, count);
        using var limit = new CancellationTokenSource(Patience);
        var watch = Stopwatch.StartNew();
        var reader = host.Services.GetRequiredService<MailReader>();
        await reader.StartAsync(limit.Token);

        var sending = SendAllAsync(host, database, limit.Token);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var reached = count * kill / (Kills + 1);
            await UntilAsync(() => Task.FromResult(Arrived(exim).Count() >= reached), limit.Token);
            await exim.StopAsync();
            if (kill % 2 == 0) await dovecot.StopAsync();
            await exim.AgainAsync();
            if (kill % 2 == 0) await dovecot.AgainAsync();
        }

        await sending;
        var sent = watch.Elapsed;
        await UntilAsync(async () => await KeptAsync(database) >= count, limit.Token);
        await reader.StopAsync(default);

        var arrived = Arrived(exim).Select(Read).ToList();
        var twice = arrived.GroupBy(mail => mail.MessageId)
            .Where(copies => copies.Select(mail => mail.EximId).Distinct().Count() > 1)
            .Select(copies => copies.Key).ToList();
        await using var db = database.Open();
        var ledger = await db.Mails.AsNoTracking().ToListAsync(limit.Token);
        var marked = ledger.Where(mail => mail.DeliveryNote == DeliveryNotes.MaybeTwice).ToList();
        var lost = written.Except(arrived.Select(mail => mail.MessageId)).Count();
        output.WriteLine(
            $"{count} mails, both servers killed ({Kills} times exim4, {Kills / 2} times dovecot): sent in "
                + $"{sent.TotalSeconds:F0} s, read in {watch.Elapsed.TotalSeconds:F0} s; lost "
                + $"{lost}, handed over twice {twice.Count}, marked "
                + $"{marked.Count}, delivered twice by exim4 itself {arrived.Count - arrived.Distinct().Count()}");
        ledger.Should().OnlyContain(mail => mail.State == MailState.Sent);
        arrived.Select(mail => mail.MessageId).Distinct().Should().BeEquivalentTo(written, "none is lost");
        twice.Should().BeSubsetOf(marked.Select(mail => mail.MessageId), "the ledger says which may have come twice");
        (await db.IncomingMails.AsNoTracking().Select(mail => mail.MessageId).ToListAsync(limit.Token))
            .Select(id => $"<{id}>").Should().BeEquivalentTo(written, "each is kept once, however often it came");
    }

    private static DeskHost Host(EximServer exim, DovecotServer dovecot) => new(
    [
        new("Mail:Transport", "Smtp"), new("Mail:Smtp:Host", "127.0.0.1"), new("Mail:Smtp:Port", $"{exim.Port}"),
        new("Mail:Smtp:Security", "None"), new("Mail:MostPerMinute", "100000"),
        new("Mail:MostPerMinuteToOneDomain", "100000"), new("Mail:Incoming:Source", "Imap"),
        new("Mail:Incoming:PollEvery", "00:00:01"), new("Mail:Incoming:Imap:Host", "127.0.0.1"),
        new("Mail:Incoming:Imap:Port", $"{dovecot.Port}"), new("Mail:Incoming:Imap:Security", "None"),
        new("Mail:Incoming:Imap:User", DovecotServer.User),
        new("Mail:Incoming:Imap:PasswordFile", dovecot.PasswordFile),
    ]);

    private static async Task<List<string>> QueueAsync(Database database, int count)
    {
        var composer = MailMaking.Composer();
        var now = TimeProvider.System.GetUtcNow();
        await using var db = database.Open();
        var written = new List<string>(count);
        for (var at = 0; at < count; at++)
        {
            var mail = composer.Compose(
                MailMaking.Draft() with { Recipient = new("xieshang@tongzhou.example.gov.cn", "李敏") }, now);
            written.Add(mail.MessageId);
            db.Add(mail);
        }

        await db.SaveChangesAsync();
        return written;
    }

    /// <summary>
    /// The host's sender on a clock of its own: what was refused while a server was away is tried again at once.
    /// </summary>
    private static async Task SendAllAsync(DeskHost host, Database database, CancellationToken stop)
    {
        await Task.Yield();
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        using var transport = new SmtpTransport(
            host.Services.GetRequiredService<MailOptions>(), TimeProvider.System);
        using var sender = ActivatorUtilities.CreateInstance<MailSender>(
            host.Services, (IMailTransport)transport, (TimeProvider)clock);
        while (true)
        {
            if ((await sender.SendDueAsync(stop)).Count > 0) continue;
            await using var db = database.Open();
            if (!await db.Mails.AnyAsync(mail => mail.State == MailState.Pending, stop)) return;
            clock.Advance(TimeSpan.FromMinutes(6));
        }
    }

    private static async Task<int> KeptAsync(Database database)
    {
        await using var db = database.Open();
        return await db.IncomingMails.CountAsync();
    }

    private static IEnumerable<string> Arrived(EximServer exim) => new[] { "new", "cur" }
        .Select(part => Path.Combine(exim.Replies, part)).Where(Directory.Exists).SelectMany(Directory.EnumerateFiles);

    private static (string MessageId, string EximId) Read(string file)
    {
        var text = File.ReadAllText(file);
        return (MessageIdIn().Match(text).Groups[1].Value, EximIdIn().Match(text).Groups[1].Value);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, CancellationToken stop)
    {
        while (!await holds()) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, stop);
    }

    [GeneratedRegex(@"^Message-Id:\s+(<.+>)\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex MessageIdIn();

    [GeneratedRegex(@"\bid (\S+)")]
    private static partial Regex EximIdIn();
}
