using Consultation.Mail;
using Consultation.Mail.Incoming;
using Consultation.Mail.Smtp;
using Consultation.Testing.Mail;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consultation.ServerTests.Mail.Incoming;

/// <summary>
/// Mail is read from a real IMAP server and from folders: each once, told at once, none lost when the server, the desk
/// or a process stops.
/// </summary>
public sealed class MailboxTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public async Task New_mail_is_told_by_the_server_and_read_at_once()
    {
        Skip.If(DovecotServer.Missing is not null, DovecotServer.Missing);
        await using var server = await DovecotServer.StartAsync();
        var desk = new RememberingDesk();
        // Looked for only every ten minutes: what comes sooner was told.
        using var reader = Reader(Imap(server, TimeSpan.FromMinutes(10)), desk);
        await server.DeliverAsync(Mail("before the start"));
        await reader.StartAsync(default);
        await desk.UntilAsync(1);

        await server.DeliverAsync(Mail("told"));
        await desk.UntilAsync(2);
        await server.DeliverAsync(Mail("told again"));
        await desk.UntilAsync(3);
        await reader.StopAsync(default);

        desk.Subjects.Should().Equal("before the start", "told", "told again");
    }

    [SkippableFact]
    public async Task A_mail_that_was_read_is_not_read_again_by_the_next_process_though_people_look_too()
    {
        Skip.If(DovecotServer.Missing is not null, DovecotServer.Missing);
        await using var server = await DovecotServer.StartAsync();
        var (first, second) = (new RememberingDesk(), new RememberingDesk());
        await server.DeliverAsync(Mail("one"));
        using (var reader = Reader(Imap(server), first)) await reader.LookAsync(default);
        // Somebody opens the mailbox with a mail program: seen is not read by us.
        await server.DeliverAsync(Mail("two"));
        await MarkSeenAsync(server);

        using (var reader = Reader(Imap(server), second)) await reader.LookAsync(default);

        first.Subjects.Should().Equal("one");
        second.Subjects.Should().Equal("two");
    }

    [SkippableFact]
    public async Task The_server_is_killed_again_and_again_and_no_mail_is_lost()
    {
        Skip.If(DovecotServer.Missing is not null, DovecotServer.Missing);
        await using var server = await DovecotServer.StartAsync();
        var desk = new RememberingDesk();
        using var reader = Reader(Imap(server, TimeSpan.FromSeconds(1)), desk);
        await reader.StartAsync(default);
        const int Rounds = 4, Each = 25;

        for (var round = 0; round < Rounds; round++)
        {
            for (var mail = 0; mail < Each; mail++) await server.DeliverAsync(Mail($"{round}/{mail}"));
            if (round < Rounds - 1)
            {
                await server.StopAsync();
                await server.AgainAsync();
            }
        }

        await desk.UntilAsync(Rounds * Each, distinct: true);
        await reader.StopAsync(default);
        desk.Keys.Distinct().Should().HaveCount(Rounds * Each);
    }

    [SkippableFact]
    public async Task What_the_desk_cannot_take_now_is_offered_again_and_holds_up_nothing()
    {
        Skip.If(DovecotServer.Missing is not null, DovecotServer.Missing);
        await using var server = await DovecotServer.StartAsync();
        var desk = new RememberingDesk { Fails = "hard" };
        foreach (var subject in new[] { "easy", "hard", "later" }) await server.DeliverAsync(Mail(subject));
        using var reader = Reader(Imap(server), desk);

        (await reader.LookAsync(default)).Should().Be(2);
        desk.Fails = null;
        (await reader.LookAsync(default)).Should().Be(1);

        desk.Subjects.Should().Equal("easy", "later", "hard");
    }

    [SkippableFact]
    public async Task A_mail_larger_than_allowed_is_known_by_its_head_alone()
    {
        Skip.If(DovecotServer.Missing is not null, DovecotServer.Missing);
        await using var server = await DovecotServer.StartAsync();
        var options = Imap(server);
        options.Incoming.MostBytes = 65_536;
        var desk = new RememberingDesk();
        await server.DeliverAsync((new Letter { Subject = "big", Text = new string('x', 300_000) }).Bytes(Now));
        using var reader = Reader(options, desk);

        await reader.LookAsync(default);

        var mail = desk.Mails.Single();
        (mail.Subject, mail.Closed).Should().Be(("big", IncomingReason.TooBig));
    }

    [SkippableFact]
    public async Task A_wrong_password_takes_nothing_and_the_right_one_counts_as_soon_as_it_is_there()
    {
        Skip.If(DovecotServer.Missing is not null, DovecotServer.Missing);
        await using var server = await DovecotServer.StartAsync();
        var desk = new RememberingDesk();
        await server.DeliverAsync(Mail("one"));
        await File.WriteAllTextAsync(server.PasswordFile, "wrong");
        using var reader = Reader(Imap(server, TimeSpan.FromSeconds(1)), desk);
        await reader.StartAsync(default);

        await File.WriteAllTextAsync(server.PasswordFile, DovecotServer.Password);
        await desk.UntilAsync(1);

        await reader.StopAsync(default);
        desk.Subjects.Should().Equal("one");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_folder_is_read_once_and_what_was_read_moves_on(bool maildir)
    {
        var folder = Directory.CreateTempSubdirectory("consultation-folder").FullName;
        var (into, name, read) = maildir ? ("new", "1.a", "cur/1.a:2,S") : ("", "1.eml", "read/1.eml");
        Directory.CreateDirectory(Path.Combine(folder, into));
        await File.WriteAllBytesAsync(Path.Combine(folder, into, name), Mail("one"));
        await File.WriteAllBytesAsync(Path.Combine(folder, into, ".draft.eml"), Mail("half written"));
        var options = Replies();
        (options.Incoming.Source, options.Incoming.Folder) = (IncomingSource.Folder, folder);
        var desk = new RememberingDesk { Fails = "one" };
        using var reader = Reader(options, desk);

        (await reader.LookAsync(default)).Should().Be(0);
        desk.Fails = null;
        (await reader.LookAsync(default)).Should().Be(1);
        (await reader.LookAsync(default)).Should().Be(0);

        desk.Subjects.Should().Equal("one");
        File.Exists(Path.Combine(folder, read)).Should().BeTrue();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Of_two_processes_one_reads_and_the_other_takes_over_when_it_stops()
    {
        var folder = Directory.CreateTempSubdirectory("consultation-folder").FullName;
        var options = Replies();
        (options.Incoming.Source, options.Incoming.Folder) = (IncomingSource.Folder, folder);
        var (lease, one, two) = (new MemoryLease(), new RememberingDesk(), new RememberingDesk());
        using var first = Reader(options, one, lease);
        using var second = Reader(options, two, lease);
        await first.LookAsync(default);
        await File.WriteAllBytesAsync(Path.Combine(folder, "1.eml"), Mail("one"));

        (await second.LookAsync(default)).Should().Be(0, "the first holds the lease");
        await first.StopAsync(default);
        (await second.LookAsync(default)).Should().Be(1);

        two.Subjects.Should().Equal("one");
        Directory.Delete(folder, recursive: true);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static byte[] Mail(string subject) =>
        new Letter { Subject = subject, Text = subject + "\n" }.Bytes(Now);

    private static MailOptions Replies()
    {
        var options = MailMaking.Options();
        options.Incoming = new() { ReplyAddress = Letter.Template, AuthServId = Letter.Relay };
        return options;
    }

    private static MailOptions Imap(DovecotServer server, TimeSpan? every = null)
    {
        var options = Replies();
        options.Incoming.Source = IncomingSource.Imap;
        options.Incoming.PollEvery = every ?? TimeSpan.FromSeconds(1);
        options.Incoming.Imap = new()
        {
            Host = "127.0.0.1",
            Port = server.Port,
            Security = SmtpSecurity.None,
            User = DovecotServer.User,
            PasswordFile = server.PasswordFile,
        };
        return options;
    }

    private static MailReader Reader(MailOptions options, IIncomingDesk desk, IReaderLease? lease = null) => new(
        desk, lease ?? new MemoryLease(), new MessageReader(options, TimeProvider.System), options, TimeProvider.System,
        NullLogger<MailReader>.Instance);

    private static async Task MarkSeenAsync(DovecotServer server)
    {
        using var client = new MailKit.Net.Imap.ImapClient();
        await client.ConnectAsync("127.0.0.1", server.Port, MailKit.Security.SecureSocketOptions.None);
        await client.AuthenticateAsync(DovecotServer.User, DovecotServer.Password);
        await client.Inbox!.OpenAsync(MailKit.FolderAccess.ReadWrite);
        var all = await client.Inbox.SearchAsync(MailKit.Search.SearchQuery.All);
        await client.Inbox.StoreAsync(
            all, new MailKit.StoreFlagsRequest(MailKit.StoreAction.Add, MailKit.MessageFlags.Seen) { Silent = true });
        await client.DisconnectAsync(true);
    }

    /// <summary>A desk that remembers what it took.</summary>
    private sealed class RememberingDesk : IIncomingDesk
    {
        private readonly List<ReadMail> _mails = [];

        /// <summary>Subject of a mail that it cannot take now.</summary>
        public string? Fails { get; set; }

        public IReadOnlyList<ReadMail> Mails
        {
            get
            {
                lock (_mails) return [.. _mails];
            }
        }

        public IEnumerable<string> Subjects => Mails.Select(mail => mail.Subject);
        public IEnumerable<string> Keys => Mails.Select(mail => mail.Key);

        public Task TakeAsync(ReadMail mail, CancellationToken cancellationToken)
        {
            if (mail.Subject == Fails) throw new IOException("Not now.");
            lock (_mails) _mails.Add(mail);
            return Task.CompletedTask;
        }

        public Task ResumeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task UntilAsync(int count, bool distinct = false)
        {
            using var limit = new CancellationTokenSource(Patience);
            while ((distinct ? Keys.Distinct().Count() : Mails.Count) < count)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
            }
        }
    }

    private sealed class MemoryLease : IReaderLease
    {
        private string? _holder;

        public Task<bool> TakeAsync(string holder, TimeSpan length, CancellationToken cancellationToken)
        {
            _holder ??= holder;
            return Task.FromResult(_holder == holder);
        }

        public Task GiveBackAsync(string holder, CancellationToken cancellationToken)
        {
            if (_holder == holder) _holder = null;
            return Task.CompletedTask;
        }
    }
}
