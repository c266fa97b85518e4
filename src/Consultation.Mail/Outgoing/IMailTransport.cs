using Consultation.Mail.Smtp;

namespace Consultation.Mail.Outgoing;

/// <summary>
/// Takes one mail out of the house. An interface because there are two in production: an SMTP server and a pickup
/// folder.
/// </summary>
public interface IMailTransport
{
    /// <summary>"smtp" or "pickup"; shown on the outbox page.</summary>
    string Name { get; }

    /// <summary>How its mail servers do; none where it needs none.</summary>
    IReadOnlyList<MailServerState> Servers => [];

    /// <summary>
    /// Hands over one mail. Never throws for what a server answers or a network does: that is a result.
    /// Safe to repeat: the same mail carries the same Message-ID.
    /// </summary>
    Task<TransportResult> SendAsync(ReadyMail mail, CancellationToken cancellationToken);
}

/// <summary>What became of one attempt. Every case is listed here.</summary>
public abstract record TransportResult
{
    private TransportResult() { }

    /// <summary>Taken over (250).</summary>
    public sealed record Delivered : TransportResult;

    /// <summary>Not now: network, 4xx, log-in refused; try again later.</summary>
    /// <param name="Reason">The server's words.</param>
    /// <param name="MaybeTaken">
    /// The connection broke after the mail's text had begun: nobody knows whether the server took it.
    /// </param>
    /// <param name="OfServer">
    /// It is about this server, not about the mail or its recipient: another server may take the mail at once.
    /// </param>
    public sealed record Transient(string Reason, bool MaybeTaken = false, bool OfServer = false) : TransportResult;

    /// <summary>Never: the server refuses this address or this mail (5xx).</summary>
    /// <param name="Reason">The server's words.</param>
    public sealed record Permanent(string Reason) : TransportResult;
}

/// <summary>A mail with its real links in it, as a transport gets it.</summary>
/// <param name="Mail">The row.</param>
/// <param name="TextBody">Text part with links and secrets filled in.</param>
/// <param name="HtmlBody">HTML part with links and secrets filled in.</param>
/// <param name="ReplyTo">Address that a reply goes to; null when none is read.</param>
/// <param name="Unsubscribe">Address for one-click leaving; digests only, null otherwise (mail rule 5).</param>
/// <param name="Words">What goes out by the second channel, with the link in it; null for a mail.</param>
/// <param name="Link">The address behind the mail's own link; null when it has none.</param>
public sealed record ReadyMail(OutgoingMail Mail, string TextBody, string HtmlBody, string? Unsubscribe = null,
    string? ReplyTo = null, string? Words = null, string? Link = null);
