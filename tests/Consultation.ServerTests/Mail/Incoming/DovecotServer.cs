using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Consultation.ServerTests.Mail.Incoming;

/// <summary>
/// Debian's dovecot as an ordinary user on a free loopback port, with a configuration of its own and one Maildir; it
/// can be stopped and started again on the same port.
/// </summary>
public sealed class DovecotServer : IAsyncDisposable
{
    public const string User = "xieshang", Password = "a-password-of-this-test";
    private const string Program = "/usr/sbin/dovecot";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private Process? _process;

    private DovecotServer(string folder, string maildir, int port) => (Folder, Maildir, Port) = (folder, maildir, port);

    public int Port { get; }

    /// <summary>Holds the Maildir "mail", the password and the server's own files.</summary>
    public string Folder { get; }

    public string Maildir { get; }
    public string PasswordFile => Path.Combine(Folder, "password");

    private static bool AsRoot => Environment.UserName == "root";
    private static string Runner => AsRoot ? "nobody" : Environment.UserName;

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? Missing =>
        File.Exists(Program) ? null : "dovecot is not installed (apt-get install dovecot-imapd)";

    /// <summary>Starts it on a Maildir of its own, or on one into which somebody else delivers.</summary>
    /// <param name="maildir">The Maildir; null makes one.</param>
    /// <param name="tokens">
    /// Address that says whose token it is that is written behind it; null: nobody logs in by a token.
    /// </param>
    public static async Task<DovecotServer> StartAsync(string? maildir = null, Uri? tokens = null)
    {
        var folder = Directory.CreateTempSubdirectory("consultation-dovecot").FullName;
        var server = new DovecotServer(folder, maildir ?? Path.Combine(folder, "mail"), FreePort());
        foreach (var part in new[] { "mail/new", "mail/cur", "mail/tmp", "run", "state", "home" })
        {
            Directory.CreateDirectory(Path.Combine(folder, part));
        }

        await File.WriteAllTextAsync(server.PasswordFile, Password);
        await File.WriteAllTextAsync(Path.Combine(folder, "users"), $"{User}:{{PLAIN}}{Password}\n");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "dovecot.conf"),
            Configuration(folder, server.Maildir, server.Port, tokens is not null));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "tokens.conf"), $"tokeninfo_url = {tokens}\nusername_attribute = user\n");
        if (AsRoot) await RunAsync("chown", "-R", "nobody:nogroup", folder);
        await server.AgainAsync();
        return server;
    }

    /// <summary>Starts it (again) and waits until it answers.</summary>
    public async Task AgainAsync()
    {
        string[] dovecot = [Program, "-F", "-c", Path.Combine(Folder, "dovecot.conf")];
        string[] whole = AsRoot
            ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", .. dovecot] : dovecot;
        _process = Process.Start(new ProcessStartInfo(whole[0], whole[1..]) { WorkingDirectory = Folder })!;
        using var limit = new CancellationTokenSource(Patience);
        while (!await AnswersAsync())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Ends it as a machine that fails does, with whoever it talks to.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } running) return;
        running.Kill(entireProcessTree: true);
        await running.WaitForExitAsync();
        running.Dispose();
        _process = null;
    }

    /// <summary>Delivers a mail as a mail server does: whole, and then into "new".</summary>
    public async Task DeliverAsync(byte[] raw)
    {
        var name = $"{Guid.CreateVersion7():N}.test";
        var draft = Path.Combine(Maildir, "tmp", name);
        await File.WriteAllBytesAsync(draft, raw);
        if (AsRoot) await RunAsync("chown", "nobody:nogroup", draft);
        File.Move(draft, Path.Combine(Maildir, "new", name));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
    }

    private static string Configuration(string folder, string maildir, int port, bool takesTokens) =>
        $$"""
        protocols = imap
        listen = 127.0.0.1
        base_dir = {{folder}}/run
        state_dir = {{folder}}/state
        log_path = {{folder}}/dovecot.log
        ssl = no
        disable_plaintext_auth = no
        mail_location = maildir:{{maildir}}
        default_internal_user = {{Runner}}
        default_login_user = {{Runner}}
        default_internal_group = {{(AsRoot ? "nogroup" : Environment.UserName)}}
        first_valid_uid = 1
        mail_uid = {{Runner}}
        mail_gid = {{(AsRoot ? "nogroup" : Environment.UserName)}}
        service anvil {
          chroot =
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = {{port}}
          }
          inet_listener imaps {
            port = 0
          }
        }
        service stats {
          chroot =
        }
        auth_mechanisms = plain login{{(takesTokens ? " xoauth2" : "")}}
        {{(takesTokens ? Tokens.Replace("FOLDER", folder, StringComparison.Ordinal) : "")}}
        passdb {
          driver = passwd-file
          args = {{folder}}/users
        }
        userdb {
          driver = static
          args = home={{folder}}/home
        }

        """;

    private const string Tokens = """
        passdb {
          driver = oauth2
          mechanisms = xoauth2
          args = FOLDER/tokens.conf
        }
        """;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>It greets, so that whoever comes next is served.</summary>
    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            using var reader = new StreamReader(client.GetStream());
            return (await reader.ReadLineAsync())?.StartsWith("* OK", StringComparison.Ordinal) == true;
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return _process!.HasExited
                ? throw new InvalidOperationException(await File.ReadAllTextAsync(Path.Combine(Folder, "dovecot.log")))
                : false;
        }
    }
}
