using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Consultation.ServerTests.Mail;

/// <summary>
/// Debian's exim4 as an ordinary user on a free loopback port, with a configuration of its own; every address is
/// delivered to one Maildir, except no.such.user@…, which is refused, bouncing@…, which is taken and comes back, and
/// xieshang…@…, whose Maildir is another. It says of senders what it knows, as a relay does.
/// </summary>
public sealed class EximServer : IAsyncDisposable
{
    /// <summary>It says 421 to more mails on one connection.</summary>
    public const int MailsPerConnection = 8;
    private const string Program = "/usr/sbin/exim4";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _folder;
    private readonly Process _process;

    private EximServer(string folder, Process process, int port)
    {
        _folder = folder;
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Password of everybody who logs in with a mail address.</summary>
    public const string Password = "right";

    /// <summary>Where mail to xieshang…@… is delivered.</summary>
    public string Replies => Path.Combine(_folder, "replies");

    private static bool AsRoot => Environment.UserName == "root";

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? Missing =>
        File.Exists(Program) ? null : "exim4 is not installed (apt-get install exim4-daemon-light)";

    public static async Task<EximServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("consultation-exim").FullName;
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder, "exim.conf"), Configuration(folder, port));
        foreach (var part in new[] { "spool", "log", "maildir" })
        {
            Directory.CreateDirectory(Path.Combine(folder, part));
        }

        var server = new EximServer(folder, Process.Start(StartInfo(folder))!, port);
        await WaitAsync(server.AnswersAsync);
        return server;
    }

    /// <summary>The next mails in the Maildir, at least this many.</summary>
    public async Task<IReadOnlyList<string>> MailsAsync(int count)
    {
        var arrived = Path.Combine(_folder, "maildir", "new");
        await WaitAsync(
            () => Task.FromResult(Directory.Exists(arrived) && Directory.EnumerateFiles(arrived).Count() >= count));
        return [.. Directory.EnumerateFiles(arrived).Select(File.ReadAllText)];
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static ProcessStartInfo StartInfo(string folder)
    {
        var exim = new[] { Program, "-C", Path.Combine(folder, "exim.conf"), "-bdf" };
        var arguments = exim;
        if (AsRoot)
        {
            // A mail server started by root would be a different one: give the folder to nobody and become nobody.
            using var chown = Process.Start("chown", ["-R", "nobody", folder]);
            chown.WaitForExit();
            arguments = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", .. exim];
        }

        return new ProcessStartInfo(arguments[0], arguments[1..]) { WorkingDirectory = folder };
    }

    private static string Configuration(string folder, int port) =>
        $$"""
        exim_user = {{(AsRoot ? "nobody" : Environment.UserName)}}
        exim_group = {{(AsRoot ? "nogroup" : Environment.UserName)}}
        primary_hostname = localhost
        spool_directory = {{folder}}/spool
        log_file_path = {{folder}}/log/%slog
        pid_file_path = {{folder}}/exim.pid
        local_interfaces = 127.0.0.1
        daemon_smtp_ports = {{port}}
        tls_advertise_hosts =
        auth_advertise_hosts = *
        smtp_accept_max_per_connection = {{MailsPerConnection}}
        keep_environment =
        deliver_drop_privilege = true
        acl_smtp_rcpt = address
        acl_smtp_data = text
        begin acl
        address:
          deny local_parts = no.such.user
               message = 5.1.1 no such user here
          accept
        text:
          deny !verify = header_syntax
          warn add_header = :at_start:${authresults{$primary_hostname} }
          accept
        begin routers
        bouncing:
          driver = redirect
          local_parts = bouncing
          data = :fail: this mailbox is gone
          allow_fail
        replies:
          driver = accept
          local_parts = ^xieshang
          transport = replies
        all:
          driver = accept
          transport = maildir
        begin transports
        maildir:
          driver = appendfile
          directory = {{folder}}/maildir
          maildir_format
          create_directory
          return_path_add
        replies:
          driver = appendfile
          directory = {{folder}}/replies
          maildir_format
          create_directory
          return_path_add
        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_prompts = :
          server_condition = ${if eq {$auth3} {{{Password}}} }
          server_set_id = $auth2
        begin retry
        * * F,1h,1m

        """;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException) when (!_process.HasExited)
        {
            return false;
        }
    }

    private static async Task WaitAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }
}
