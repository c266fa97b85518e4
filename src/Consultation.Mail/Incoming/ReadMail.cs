namespace Consultation.Mail.Incoming;

/// <summary>A mail as it was read, before anybody has looked what it is about. Everything in it is bounded.</summary>
public sealed record ReadMail
{
    public required string Key { get; init; }

    /// <summary>Without brackets; empty when it has none.</summary>
    public string MessageId { get; init; } = "";
    public required IncomingKind Kind { get; init; }

    /// <summary>Why it decides nothing whatever it says; null when that is still open.</summary>
    public IncomingReason? Closed { get; init; }

    /// <summary>The one address of From; empty when there is none, or more than one.</summary>
    public string FromAddress { get; init; } = "";
    public string FromName { get; init; } = "";
    public string Subject { get; init; } = "";
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Our own relay vouches for the sender.</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>Tokens of addresses that it went to.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>Message-IDs, with brackets, of what it answers.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>The text as people read it; of HTML its words.</summary>
    public string Text { get; init; } = "";
    public OwnWords Words { get; init; } = new("", "");

    /// <summary>There is no plain text, only HTML.</summary>
    public bool IsHtmlOnly { get; init; }

    /// <summary>Names of the files that came along.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>A calendar file with a method; null without.</summary>
    public string? Calendar { get; init; }
    public DeliveryReport? Report { get; init; }
}

/// <summary>What a mail server says about a mail of ours (RFC 3464).</summary>
/// <param name="MessageIds">Message-IDs, with brackets, that may be its.</param>
/// <param name="Address">The recipient; empty when it is not said.</param>
/// <param name="Words">The server's words.</param>
public sealed record DeliveryReport(IReadOnlyList<string> MessageIds, string Address, string Words);
