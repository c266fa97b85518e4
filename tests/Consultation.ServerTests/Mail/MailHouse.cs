using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Consultation.ServerTests.Mail;

/// <summary>
/// A mail server that others wrote (the package SmtpServer) in the test's process, with a certificate of an authority
/// of its own, AUTH PLAIN and AUTH LOGIN.
/// </summary>
public sealed class MailHouse : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TestAuthority _authority = new();
    private readonly Task _running;

    /// <summary>One that greets in the open and offers STARTTLS, or one that begins with TLS.</summary>
    public MailHouse(bool tlsFromTheFirstByte = false, string certifiedName = "localhost", int certifiedUntil = 2046)
    {
        Port = FreePort();
        var options = new SmtpServerOptionsBuilder().ServerName("house").Endpoint(endpoint => endpoint
            .Endpoint(new IPEndPoint(IPAddress.Loopback, Port)).IsSecure(tlsFromTheFirstByte)
            .AllowUnsecureAuthentication(false).Certificate(_authority.Issue(certifiedName, certifiedUntil))).Build();
        var parts = new ServiceProvider();
        parts.Add((IMessageStore)new Store(this));
        parts.Add((IMailboxFilter)new Doorman(this));
        parts.Add(new DelegatingUserAuthenticator((context, user, password) =>
        {
            Sessions.TryAdd(context.SessionId, true);
            return (user, password) == ("mailer", "正确 right");
        }));
        _running = new SmtpServer.SmtpServer(options, parts).StartAsync(_stop.Token);
    }

    public int Port { get; }

    /// <summary>The mails that were taken.</summary>
    public ConcurrentQueue<MimeMessage> Mails { get; } = [];

    /// <summary>Ids of the sessions that logged in or tried to.</summary>
    public ConcurrentDictionary<Guid, bool> Sessions { get; } = [];

    /// <summary>Answer to an address instead of 250.</summary>
    public (int Code, string Words)? Refuses { get; set; }

    /// <summary>Answer to a mail's text instead of 250.</summary>
    public (int Code, string Words)? RefusesText { get; set; }

    /// <summary>The certificate of the authority, for a client to trust.</summary>
    public string AuthorityPem => _authority.Pem;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }

        _authority.Dispose();
        _stop.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static SmtpResponse Response((int Code, string Words) answer) =>
        new((SmtpReplyCode)answer.Code, answer.Words);

    private sealed class Store(MailHouse house) : MessageStore
    {
        public override Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken)
        {
            if (house.RefusesText is { } refusal) return Task.FromResult(Response(refusal));
            house.Mails.Enqueue(MimeMessage.Load(new MemoryStream(buffer.ToArray()), cancellationToken));
            return Task.FromResult(SmtpResponse.Ok);
        }
    }

    private sealed class Doorman(MailHouse house) : MailboxFilter
    {
        public override Task<bool> CanDeliverToAsync(
            ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
            house.Refuses is { } refusal ? throw new SmtpResponseException(Response(refusal)) : Task.FromResult(true);
    }
}
