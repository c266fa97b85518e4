using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Consultation.ServerTests.Mail;

/// <summary>How an exim4 is set up.</summary>
internal sealed record EximSetUp
{
    /// <summary>STARTTLS with a certificate for localhost, and no mail without a log-in.</summary>
    public TestAuthority? Authority { get; init; }

    /// <summary>It says 421 to more mails on one connection.</summary>
    public int MailsPerConnection { get; init; } = EximServer.MailsPerConnection;
}

/// <summary>
/// Debian's exim4 as an ordinary user on a free loopback port, with a configuration of its own; every address is
/// delivered to one Maildir, except no.such.user@…, which is refused, bouncing@…, which is taken and comes back, and
/// xieshang…@…, whose Maildir is another. It says of senders what it knows, as a relay does. It can be killed and
/// started again on the same port with the same spool.
/// </summary>
public sealed class EximServer : IAsyncDisposable
{
    /// <summary>It says 421 to more mails on one connection.</summary>
    public const int MailsPerConnection = 8;

    /// <summary>Password of everybody who logs in with a mail address, and the token of everybody.</summary>
    public const string Password = "right";

    private const string Program = "/usr/sbin/exim4";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private Process? _process;

    private EximServer(string folder, int port) => (_folder, Port) = (folder, port);

    public int Port { get; }

    /// <summary>Where mail to xieshang…@… is delivered.</summary>
    public string Replies => Path.Combine(_folder, "replies");

    /// <summary>Where all other mail is delivered.</summary>
    public string Maildir => Path.Combine(_folder, "maildir");

    private static bool AsRoot => Environment.UserName == "root";

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? Missing =>
        File.Exists(Program) ? null : "exim4 is not installed (apt-get install exim4-daemon-light)";

    public static Task<EximServer> StartAsync() => StartAsync(new());

    internal static async Task<EximServer> StartAsync(EximSetUp setUp)
    {
        var folder = Directory.CreateTempSubdirectory("consultation-exim").FullName;
        var server = new EximServer(folder, FreePort());
        await File.WriteAllTextAsync(Path.Combine(folder, "exim.conf"), Configuration(folder, server.Port, setUp));
        foreach (var part in new[] { "spool", "log", "maildir" })
        {
            Directory.CreateDirectory(Path.Combine(folder, part));
        }

        if (setUp.Authority is { } authority)
        {
            using var certificate = authority.Issue("localhost");
            using var key = certificate.GetRSAPrivateKey()!;
            await File.WriteAllTextAsync(
                Path.Combine(folder, "certificate.pem"), certificate.ExportCertificatePem());
            await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        }

        if (AsRoot)
        {
            // A mail server started by root would be a different one: give the folder to nobody and become nobody.
            using var chown = Process.Start("chown", ["-R", "nobody", folder]);
            await chown.WaitForExitAsync();
        }

        await server.AgainAsync();
        return server;
    }

    /// <summary>Starts it (again) and waits until it answers.</summary>
    public async Task AgainAsync()
    {
        _process = Process.Start(StartInfo(_folder))!;
        await WaitAsync(AnswersAsync);
    }

    /// <summary>Ends it as a machine that fails does, with whoever it talks to and what it is delivering.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } running) return;
        running.Kill(entireProcessTree: true);
        await running.WaitForExitAsync();
        running.Dispose();
        _process = null;
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
        await StopAsync();
        for (var attempt = 0; Directory.Exists(_folder) && attempt < 10; attempt++)
        {
            try
            {
                Directory.Delete(_folder, recursive: true);
            }
            catch (IOException)
            {
                // A delivery that outlived its parent is writing its last line.
                await Task.Yield();
            }
        }
    }

    private static ProcessStartInfo StartInfo(string folder)
    {
        // What was left behind in the spool is looked at every second.
        string[] exim = [Program, "-C", Path.Combine(folder, "exim.conf"), "-bdf", "-q1s"];
        string[] arguments = AsRoot
            ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", .. exim] : exim;
        return new ProcessStartInfo(arguments[0], arguments[1..]) { WorkingDirectory = folder };
    }

    private static string Configuration(string folder, int port, EximSetUp setUp) =>
        $$"""
        exim_user = {{(AsRoot ? "nobody" : Environment.UserName)}}
        exim_group = {{(AsRoot ? "nogroup" : Environment.UserName)}}
        primary_hostname = localhost
        spool_directory = {{folder}}/spool
        log_file_path = {{folder}}/log/%slog
        pid_file_path = {{folder}}/exim.pid
        local_interfaces = 127.0.0.1
        daemon_smtp_ports = {{port}}
        {{Encryption(folder, setUp)}}
        smtp_accept_max_per_connection = {{setUp.MailsPerConnection}}
        smtp_accept_queue_per_connection = 0
        keep_environment =
        deliver_drop_privilege = true
        acl_smtp_rcpt = address
        acl_smtp_data = text
        begin acl
        address:
          deny local_parts = no.such.user
               message = 5.1.1 no such user here
          {{(setUp.Authority is null ? "accept" : "accept authenticated = *")}}
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
        login:
          driver = plaintext
          public_name = LOGIN
          server_prompts = Username:: : Password::
          server_condition = ${if eq {$auth2} {{{Password}}} }
          server_set_id = $auth1
        token:
          driver = plaintext
          public_name = XOAUTH2
          server_prompts = :
          server_condition = ${if match {$auth1} {\N^user=[^\x01]+\x01auth=Bearer {{Password}}\x01\x01$\N} }
          server_set_id = ${sg {$auth1} {\N^user=([^\x01]*)(?s:.*)$\N} {\$1} }
        begin retry
        * * F,1h,1s

        """;

    private static string Encryption(string folder, EximSetUp setUp) => setUp.Authority is null
        ? "tls_advertise_hosts =\nauth_advertise_hosts = *"
        : $$"""
        tls_advertise_hosts = *
        tls_certificate = {{folder}}/certificate.pem
        tls_privatekey = {{folder}}/key.pem
        auth_advertise_hosts = ${if eq {$tls_in_cipher} {} {} {*} }
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
        catch (SocketException) when (!_process!.HasExited)
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
