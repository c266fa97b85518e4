using System.Diagnostics;
using System.Text;
using Consultation.Benchmarks.Desk;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.ServerTests.Mail;
using Consultation.Storage;
using Consultation.Testing.Mail;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Consultation.Benchmarks.Sending;

/// <summary>
/// Task mails with their links from the queue to a local exim4, beside the same mails handed over by the bare library;
/// and how long after a step's commit its mail is at the server while nothing else happens.
/// </summary>
internal sealed class MailBenchmark(int port, bool works) : BenchmarkHost
{
    private static readonly int AtRest = Effort.Of(50, 2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        foreach (var (key, value) in new Dictionary<string, string>
        {
            ["Host:RunsWork"] = works ? "true" : "false",
            ["Mail:Transport"] = "Smtp",
            ["Mail:Smtp:Host"] = "127.0.0.1",
            ["Mail:Smtp:Port"] = $"{port}",
            ["Mail:Smtp:Security"] = "None",
            ["Mail:MostPerMinute"] = "100000",
            ["Mail:MostPerMinuteToOneDomain"] = "100000",
        })
        {
            builder.UseSetting(key, value);
        }
    }

    /// <summary>Measures with so many mails; true when all of them arrived.</summary>
    public static async Task<bool> RunAsync(int count)
    {
        var good = true;
        if (EximServer.Missing is { } missing) Console.WriteLine($"  not measured: {missing}");
        else
        {
            await using var exim = await EximServer.StartAsync(new() { MailsPerConnection = 1000 });
            await using var host = new MailBenchmark(exim.Port, works: false);
            good = await host.MeasureQueueAsync(exim, count);
        }

        await using var sink = new SmtpSink();
        await using var resting = new MailBenchmark(sink.Port, works: true);
        return good & await resting.MeasureRestAsync(sink);
    }

    private async Task<bool> MeasureQueueAsync(EximServer exim, int count)
    {
        var database = Services.GetRequiredService<Database>();
        var watch = Stopwatch.StartNew();
        var sample = await QueueAsync(database, count);
        var queued = watch.Elapsed;
        var some = Math.Max(1, count / 5);
        var bare = await HandOverBareAsync(exim, sample, some);
        await ArrivedAsync(exim, some);

        var transport = new Timed(Services.GetRequiredService<IMailTransport>());
        using var sender = ActivatorUtilities.CreateInstance<MailSender>(Services, (IMailTransport)transport);
        var (processor, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        watch.Restart();
        var sent = 0;
        for (var looked = -1; sent < count && looked != sent;)
        {
            looked = sent;
            sent += (await sender.SendDueAsync(default)).Count(one => one.Result is TransportResult.Delivered);
        }

        var took = watch.Elapsed;
        var cpu = Environment.CpuUsage.TotalTime - processor;
        var bytes = (GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / count;
        Console.WriteLine(
            $"  {sent:N0} of {count:N0} task mails with links, written in {queued.TotalSeconds:F1} s, to exim4 in "
                + $"{took.TotalSeconds:F1} s: {sent / took.TotalSeconds:F0}/s; the bare library hands the same over at "
                + $"{some / bare.TotalSeconds:F0}/s (ratio {sent / took.TotalSeconds * bare.TotalSeconds / some:F2})");
        Console.WriteLine(
            $"    of the time {transport.Share(took):P0} at the mail server with what writes the message, "
                + $"{1 - transport.Share(took):P0} claiming and noting; in our code beyond the bare library "
                + $"{1 - (bare / some * sent / took):P0}; processor {cpu.TotalMilliseconds / count:F2} ms and "
                + $"{bytes:F0} KB a mail");
        return sent == count && await ArrivedAsync(exim, some + count);
    }

    /// <summary>Writes the mails; one of them is the answer.</summary>
    private async Task<OutgoingMail> QueueAsync(Database database, int count)
    {
        var (composer, mint) =
            (Services.GetRequiredService<MailComposer>(), Services.GetRequiredService<ActionLinkMint>());
        var now = TimeProvider.System.GetUtcNow();
        Guid organisation;
        await using (var db = database.Open()) organisation = (await db.Organisations.FirstAsync()).Id.Value;
        OutgoingMail? last = null;
        for (var first = 0; first < count; first += 500)
        {
            await using var db = database.Open();
            for (var at = first; at < Math.Min(count, first + 500); at++)
            {
                var (task, person) = (Guid.NewGuid(), Guid.NewGuid());
                var link = mint.Issue(organisation, task, person, ["Confirm", "Return"], 1, now.AddDays(14), now);
                db.Add(link);
                last = composer.Compose(
                    MailMaking.Draft(task: task) with
                    {
                        OrganisationId = organisation,
                        Recipient = new($"p{at % 97}@tongzhou.example.gov.cn", "李敏", "zh", person),
                        Link = link,
                    }, now);
                db.Add(last);
            }

            await db.SaveChangesAsync();
        }

        return last!;
    }

    /// <summary>A loop that does nothing else, on one connection.</summary>
    private static async Task<TimeSpan> HandOverBareAsync(EximServer exim, OutgoingMail mail, int count)
    {
        var messages = Enumerable.Range(0, count).Select(_ =>
        {
            var message = new MimeMessage
            {
                Subject = mail.Subject,
                Body = new MultipartAlternative { Part("plain", mail.TextBody), Part("html", mail.HtmlBody) },
            };
            message.From.Add(new MailboxAddress("", "xieshang@tongzhou.example.gov.cn"));
            message.To.Add(new MailboxAddress(Encoding.UTF8, mail.RecipientName, mail.RecipientAddress));
            return message;
        }).ToList();
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", exim.Port, SecureSocketOptions.None);
        var watch = Stopwatch.StartNew();
        for (var at = 0; at < count; at++)
        {
            if (at > 0 && at % 1000 == 0)
            {
                await client.DisconnectAsync(true);
                await client.ConnectAsync("127.0.0.1", exim.Port, SecureSocketOptions.None);
            }

            await client.SendAsync(messages[at]);
        }

        return watch.Elapsed;

        static TextPart Part(string format, string body)
        {
            var part = new TextPart(format) { ContentTransferEncoding = ContentEncoding.Base64 };
            part.SetText(Encoding.UTF8, body);
            return part;
        }
    }

    private static async Task<bool> ArrivedAsync(EximServer exim, int count)
    {
        var folder = Path.Combine(exim.Maildir, "new");
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience + TimeSpan.FromMilliseconds(50 * count);)
        {
            if (Directory.Exists(folder) && Directory.EnumerateFiles(folder).Count() >= count) return true;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        Console.WriteLine($"    WRONG: not all of {count} mails arrived");
        return false;
    }

    private async Task<bool> MeasureRestAsync(SmtpSink sink)
    {
        var desk = await GateCases.AddAsync(Services);
        var (own, others) = (new List<double>(AtRest), new List<double>(AtRest));
        var other = new OtherProcess(Services);
        for (var turn = -1; turn < AtRest; turn++)
        {
            await desk.OpenAsync($"河边步道夜间照明 {turn}");
            if (await UntilAsync(sink, GateCases.Asked) is not { } first) return Lost("step");
            var address = await other.WriteAsync();
            if (await UntilAsync(sink, address) is not { } second) return Lost("other process");

            if (turn < 0) continue;
            own.Add(first);
            others.Add(second);
        }

        Console.WriteLine($"  at rest, a case is opened to its mail at the server: {Describe(own)} ({AtRest} cases)");
        Console.WriteLine($"  at rest, a mail that another process has committed: {Describe(others)}");
        return true;

        static bool Lost(string what)
        {
            Console.WriteLine($"    WRONG: no mail of a {what} came");
            return false;
        }
    }

    /// <summary>Milliseconds until a mail to this address, or whose subject says so, is at the server.</summary>
    private static async Task<double?> UntilAsync(SmtpSink sink, string says)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience;)
        {
            lock (sink.Mails)
            {
                var found = sink.Mails.Exists(mail => mail.To.Contains(says)
                    || ReadMime.Of(mail.Data).Subject!.Contains(says, StringComparison.Ordinal));
                sink.Mails.Clear();
                if (found) return watch.Elapsed.TotalMilliseconds;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        return null;
    }

    /// <summary>Writes mails past this process's own database, so that nothing wakes the sender.</summary>
    private sealed class OtherProcess(IServiceProvider services)
    {
        private readonly Database _database = new(new StorageOptions
        {
            ConnectionString = services.GetRequiredService<IConfiguration>()["Storage:ConnectionString"]!,
        });

        private int _count;

        public async Task<string> WriteAsync()
        {
            var address = $"other{++_count}@tongzhou.example.gov.cn";
            await using var db = _database.Open();
            db.Add(services.GetRequiredService<MailComposer>().Compose(
                MailMaking.Draft() with { Recipient = new(address, "李敏") }, TimeProvider.System.GetUtcNow()));
            await db.SaveChangesAsync();
            return address;
        }
    }

    private sealed class Timed(IMailTransport transport) : IMailTransport
    {
        private TimeSpan _inside;

        public string Name => transport.Name;

        public double Share(TimeSpan of) => _inside / of;

        public async Task<TransportResult> SendAsync(ReadyMail mail, CancellationToken cancellationToken)
        {
            var started = Stopwatch.GetTimestamp();
            var result = await transport.SendAsync(mail, cancellationToken);
            _inside += Stopwatch.GetElapsedTime(started);
            return result;
        }
    }
}
