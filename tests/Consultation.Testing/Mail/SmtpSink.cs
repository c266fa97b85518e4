using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Consultation.Testing.Mail;

/// <summary>A mail as the sink took it.</summary>
/// <param name="From">Envelope sender.</param>
/// <param name="To">Envelope recipients.</param>
/// <param name="Data">The message, lines ended by CRLF, dots unstuffed.</param>
/// <param name="Tls">It came over TLS.</param>
/// <param name="User">Who logged in, or null.</param>
public sealed record SunkMail(string From, IReadOnlyList<string> To, string Data, bool Tls, string? User);

/// <summary>
/// A small SMTP server in the test's own process, on a free loopback port, which keeps to a script: STARTTLS when it
/// has a certificate, AUTH LOGIN when it has users, AUTH XOAUTH2 when it has tokens, and whatever refusals, silences
/// and broken connections a test asks for.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public SmtpSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Mails taken over.</summary>
    public List<SunkMail> Mails { get; } = [];

    /// <summary>Offers STARTTLS with it.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Password by user; asks for a log-in when there are any.</summary>
    public Dictionary<string, string> Users { get; init; } = [];

    /// <summary>Access token by user; asks for a log-in when there are any.</summary>
    public Dictionary<string, string> Tokens { get; init; } = [];

    /// <summary>First words to a client.</summary>
    public string Greeting { get; init; } = "220 sink";

    /// <summary>Answer to MAIL FROM.</summary>
    public string Sender { get; set; } = "250 ok";

    /// <summary>Answer to RCPT TO by address, e.g. "550 5.1.1 no such user".</summary>
    public Dictionary<string, string> Recipients { get; init; } = [];

    /// <summary>Answer after DATA; empty: takes the mail, and hangs up without a word.</summary>
    public string AfterData { get; set; } = "250 2.0.0 taken";

    /// <summary>Hangs up after so many mails on one connection; 0: never.</summary>
    public int MailsPerConnection { get; set; }

    /// <summary>Says 421 to the mail that is one too many, instead of just hanging up.</summary>
    public bool SaysGoodbye { get; init; }

    /// <summary>Connections so far.</summary>
    public int Connections { get; private set; }

    /// <summary>Commands heard, in order.</summary>
    public List<string> Heard { get; } = [];

    private bool AsksForLogIn => Users.Count > 0 || Tokens.Count > 0;

    /// <summary>Says nothing at all after the connection: a server that hangs.</summary>
    public bool Mute { get; init; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
            {
                conversations.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        Connections++;
        try
        {
            using (client)
            {
                await new Conversation(this, client.GetStream()).RunAsync(_stop.Token);
            }
        }
        catch (Exception exception)
            when (exception is IOException or OperationCanceledException or AuthenticationException)
        {
            // The client went away, or would not trust the certificate.
        }
    }

    private sealed class Conversation(SmtpSink sink, Stream stream)
    {
        private Stream _stream = stream;
        private bool _tls;
        private string? _user;
        private string _from = "";
        private int _mails;
        private readonly List<string> _to = [];

        public async Task RunAsync(CancellationToken stop)
        {
            if (sink.Mute)
            {
                await ReadLineAsync(stop);
                return;
            }

            await SayAsync(sink.Greeting, stop);
            while (!HangsUp && await ReadLineAsync(stop) is { } line)
            {
                var verb = line.Split(' ')[0].ToUpperInvariant();
                sink.Heard.Add(verb);
                if (verb == "QUIT") return;
                if (verb == "MAIL" && IsOneTooMany)
                {
                    await SayAsync("421 4.7.0 too many mails", stop);
                    return;
                }

                await AnswerAsync(line, stop);
            }
        }

        private bool IsOneTooMany => sink.MailsPerConnection > 0 && _mails >= sink.MailsPerConnection;

        private bool HangsUp => IsOneTooMany && !sink.SaysGoodbye;

        private async Task AnswerAsync(string line, CancellationToken stop)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO" or "HELO":
                    List<string> offers = ["sink"];
                    if (!_tls && sink.Certificate is not null) offers.Add("STARTTLS");
                    if (sink.Users.Count > 0) offers.Add("AUTH LOGIN");
                    if (sink.Tokens.Count > 0) offers.Add("AUTH XOAUTH2");
                    await SayAsync(
                        string.Join("\r\n",
                            offers.Select((offer, at) => $"250{(at == offers.Count - 1 ? ' ' : '-')}{offer}")), stop);
                    break;
                case "STARTTLS" when sink.Certificate is not null:
                    await SayAsync("220 go on", stop);
                    var tls = new SslStream(_stream);
                    await tls.AuthenticateAsServerAsync(
                        new SslServerAuthenticationOptions { ServerCertificate = sink.Certificate }, stop);
                    (_stream, _tls) = (tls, true);
                    break;
                case "AUTH" when line.StartsWith("AUTH XOAUTH2 ", StringComparison.OrdinalIgnoreCase):
                    await LogInByTokenAsync(line, stop);
                    break;
                case "AUTH":
                    await LogInAsync(line, stop);
                    break;
                case "MAIL" when sink.AsksForLogIn && _user is null:
                    await SayAsync("530 5.7.0 log in first", stop);
                    break;
                case "MAIL":
                    _from = Address(line);
                    _to.Clear();
                    await SayAsync(sink.Sender, stop);
                    break;
                case "RCPT":
                    var answer = sink.Recipients.GetValueOrDefault(Address(line), "250 ok");
                    if (answer.StartsWith('2'))
                    {
                        _to.Add(Address(line));
                    }

                    await SayAsync(answer, stop);
                    break;
                case "DATA":
                    await SayAsync("354 go on", stop);
                    await TakeAsync(stop);
                    break;
                default:
                    await SayAsync(verb is "RSET" or "NOOP" ? "250 ok" : "502 not here", stop);
                    break;
            }
        }

        private async Task LogInAsync(string line, CancellationToken stop)
        {
            var words = line.Split(' ');
            var user = words.Length > 2 ? words[2] : await AskAsync("334 VXNlcm5hbWU6", stop);
            var password = await AskAsync("334 UGFzc3dvcmQ6", stop);
            var name = Encoding.UTF8.GetString(Convert.FromBase64String(user));
            var right =
                sink.Users.GetValueOrDefault(name) == Encoding.UTF8.GetString(Convert.FromBase64String(password));
            _user = right ? name : null;
            await SayAsync(right ? "235 welcome" : "535 5.7.8 wrong user or password", stop);
        }

        /// <summary>
        /// "user=" name, ^A, "auth=Bearer " token, ^A^A; a wrong one is first told why, then refused.
        /// </summary>
        private async Task LogInByTokenAsync(string line, CancellationToken stop)
        {
            var said = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).Split('\u0001');
            var (name, token) = (said[0]["user=".Length..], said[1]["auth=Bearer ".Length..]);
            _user = sink.Tokens.GetValueOrDefault(name) == token ? name : null;
            if (_user is null) await AskAsync("334 eyJzdGF0dXMiOiI0MDEifQ==", stop);
            await SayAsync(_user is null ? "535 5.7.8 token expired" : "235 welcome", stop);
        }

        private async Task TakeAsync(CancellationToken stop)
        {
            var data = new StringBuilder();
            while (await ReadLineAsync(stop) is { } line && line != ".")
            {
                data.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }

            _mails++;
            if (sink.AfterData is "" or ['2', ..])
            {
                lock (sink.Mails)
                {
                    sink.Mails.Add(new(_from, [.. _to], data.ToString(), _tls, _user));
                }
            }

            if (sink.AfterData.Length == 0) throw new IOException("Hung up.");
            await SayAsync(sink.AfterData, stop);
        }

        private async Task<string> AskAsync(string question, CancellationToken stop)
        {
            await SayAsync(question, stop);
            return await ReadLineAsync(stop) ?? "";
        }

        private static string Address(string line) =>
            line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

        private async Task SayAsync(string line, CancellationToken stop) =>
            await _stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), stop);

        private async Task<string?> ReadLineAsync(CancellationToken stop)
        {
            // Byte by byte: nothing that belongs to the TLS handshake may be read ahead.
            var line = new List<byte>();
            var one = new byte[1];
            while (await _stream.ReadAsync(one, stop) == 1)
            {
                if (one[0] == '\n')
                {
                    return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                }

                line.Add(one[0]);
            }

            return line.Count > 0 ? Encoding.UTF8.GetString([.. line]) : null;
        }
    }
}
