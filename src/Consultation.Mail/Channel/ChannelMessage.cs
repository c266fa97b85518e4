using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;

namespace Consultation.Mail.Channel;

/// <summary>
/// What a gateway gets, as JSON in UTF-8 (docs/guide/channel.md). Members are added without a new version; whoever
/// reads leaves out what it does not know.
/// </summary>
internal sealed record ChannelMessage
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The reader is a program: Chinese stands as it is.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public int Version { get; init; } = 1;

    /// <summary>The same at every attempt: who has had it takes it as done.</summary>
    public required string Id { get; init; }
    public required string To { get; init; }
    public required ChannelPerson Person { get; init; }

    /// <summary>What to send, the link included.</summary>
    public required string Words { get; init; }
    public string? Link { get; init; }

    /// <summary>What it is for, as templates are called, e.g. "approval-request".</summary>
    public required string Purpose { get; init; }

    /// <summary>"task", "reminder", "meeting" or "news".</summary>
    public required string Kind { get; init; }
    public string? Task { get; init; }

    [JsonPropertyName("case")]
    public string? CaseNumber { get; init; }
    public DateTimeOffset? Due { get; init; }
    public required string Organisation { get; init; }
    public required string Language { get; init; }
    public required DateTimeOffset Written { get; init; }
    public required int Attempt { get; init; }

    /// <summary>The message of a row.</summary>
    public static ChannelMessage Of(ReadyMail ready)
    {
        var mail = ready.Mail;
        return new()
        {
            Id = IdOf(mail),
            To = mail.RecipientAddress,
            Person = new(mail.PersonId?.ToString("N"), mail.RecipientName),
            Words = ready.Words ?? "",
            Link = ready.Link,
            Purpose = mail.Purpose,
            Kind = MailTemplateCatalogue.KindOf(mail.Purpose),
            Task = mail.TaskNumber,
            CaseNumber = mail.CaseNumber,
            Due = mail.DueAt?.ToUniversalTime(),
            Organisation = mail.OrganisationName,
            Language = mail.Language,
            Written = mail.CreatedAt.ToUniversalTime(),
            Attempt = mail.Attempts,
        };
    }

    /// <summary>
    /// Names the message: the row, and how often somebody had it sent again after it had failed, which is a message
    /// anew.
    /// </summary>
    public static string IdOf(OutgoingMail mail) => mail.Round == 0
        ? mail.Id.Value.ToString("N")
        : string.Create(CultureInfo.InvariantCulture, $"{mail.Id.Value:N}.{mail.Round}");

    /// <summary>The row and round that an id names; null when it is none of ours.</summary>
    public static (MailId Mail, int Round)? ReadId(string? id)
    {
        if (id is not { Length: >= 32 and <= 40 } || !Guid.TryParseExact(id[..32], "N", out var row)) return null;
        if (id.Length == 32) return (new(row), 0);
        return id[32] == '.' && int.TryParse(id[33..], NumberStyles.None, CultureInfo.InvariantCulture, out var round)
            ? (new(row), round)
            : null;
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Format);
}

/// <summary>Whom a message is for.</summary>
internal sealed record ChannelPerson(string? Id, string Name);
