using Consultation.Mail.Mime;
using Consultation.Mail.Outgoing;

namespace Consultation.Mail.Smtp;

/// <summary>How a mail server of the settings has done since the host started.</summary>
/// <param name="Name">Host and port.</param>
/// <param name="Trouble">Its last complaint, in both languages; null while it works.</param>
/// <param name="RestsUntil">Mails go to the other servers until then; null while it works.</param>
public sealed record MailServerState(string Name, string? Trouble, DateTimeOffset? RestsUntil);

/// <summary>
/// Hands mails to the first server of the settings that takes them. A server in trouble of its own (away, full, log-in
/// refused) rests for a while, and the mail goes to the next one at once; what a server says of the mail or of its
/// recipient is the answer. A mail that a broken connection may have delivered goes to no other server, lest it arrive
/// twice.
/// </summary>
public sealed class SmtpTransport : IMailTransport, IDisposable
{
    /// <summary>How long a server in trouble is left alone while another one works.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly Server[] _servers;
    private readonly MailMime _mime;
    private readonly TimeProvider _time;

    /// <summary>Connects when the first mail comes.</summary>
    public SmtpTransport(MailOptions options, TimeProvider time)
    {
        (_mime, _time) = (new(options, time), time);
        _servers = [.. options.Servers.Select(server => new Server(new(server.Settings, server.Section, time)))];
    }

    /// <inheritdoc/>
    public string Name => "smtp";

    /// <inheritdoc/>
    public IReadOnlyList<MailServerState> Servers => [.. _servers.Select(server => server.State)];

    /// <inheritdoc/>
    public async Task<TransportResult> SendAsync(ReadyMail mail, CancellationToken cancellationToken)
    {
        using var message = _mime.Build(mail);
        TransportResult? result = null;
        foreach (var server in InOrder(_time.GetUtcNow()))
        {
            var answer = await server.Connection.SendAsync(message, cancellationToken);
            if (answer is not TransportResult.Transient { OfServer: true } trouble)
            {
                server.State = server.State with { Trouble = null, RestsUntil = null };
                return answer;
            }

            server.State = server.State with { Trouble = trouble.Reason, RestsUntil = _time.GetUtcNow() + Rest };
            result ??= trouble;
        }

        return result!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var server in _servers) server.Connection.Dispose();
    }

    /// <summary>Those that work, as the settings order them; all of them, when every one rests.</summary>
    private IEnumerable<Server> InOrder(DateTimeOffset now)
    {
        var awake = _servers.Where(server => server.State.RestsUntil is not { } until || until <= now).ToList();
        return awake.Count > 0 ? awake : _servers;
    }

    private sealed class Server(SmtpServer connection)
    {
        public SmtpServer Connection => connection;

        public MailServerState State { get; set; } = new(connection.Name, null, null);
    }
}
