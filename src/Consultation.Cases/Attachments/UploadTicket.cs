using System.Security.Cryptography;
using System.Text;

namespace Consultation.Cases.Attachments;

/// <summary>
/// Names a file that somebody is handing in, and proves that it is theirs: whoever has the ticket may go on with it,
/// attach it or drop it. Written as "id.secret".
/// </summary>
public sealed record UploadTicket(AttachmentId Id, string Secret)
{
    private const int SecretLength = 32;

    /// <summary>A new one; nobody can guess another one's.</summary>
    public static UploadTicket New() => new(AttachmentId.New(), RandomNumberGenerator.GetHexString(SecretLength, true));

    /// <summary>What is kept of the secret.</summary>
    public string Hash => HashOf(Secret);

    /// <summary>True for the file that this ticket was given for.</summary>
    public bool Opens(Attachment file) => file.Id == Id
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(file.KeyHash), Encoding.ASCII.GetBytes(Hash));

    /// <summary>A posted ticket, or null when it is none.</summary>
    public static UploadTicket? Read(string? text)
    {
        var parts = (text ?? "").Split('.');
        return parts.Length == 2 && Guid.TryParseExact(parts[0], "N", out var id) && parts[1].Length == SecretLength
            && parts[1].All(char.IsAsciiHexDigitLower)
            ? new(new AttachmentId(id), parts[1])
            : null;
    }

    /// <summary>The tickets of a list of posted texts; what is none is left out.</summary>
    public static IReadOnlyList<UploadTicket> ReadAll(IEnumerable<string> texts) =>
        [.. texts.Select(Read).OfType<UploadTicket>().DistinctBy(ticket => ticket.Id)];

    /// <inheritdoc/>
    public override string ToString() => $"{Id.Value:N}.{Secret}";

    private static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
}
