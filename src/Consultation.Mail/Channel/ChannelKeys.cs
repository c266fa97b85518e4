using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Consultation.Mail.Smtp;

namespace Consultation.Mail.Channel;

/// <summary>No usable key; the message says which setting, in both languages.</summary>
internal sealed class ChannelKeyException(string message) : Exception(message);

/// <summary>
/// The signature of the webhook, both ways (Standard Webhooks 1.0): HMAC-SHA256 over "id.timestamp.body", base64, after
/// "v1,"; several signatures stand side by side, of which one has to be right. So gateways can check it with the
/// libraries that there are.
/// </summary>
internal sealed class ChannelKeys(ChannelSettings settings)
{
    public const string
        IdHeader = "webhook-id", TimeHeader = "webhook-timestamp", SignatureHeader = "webhook-signature";

    private const string Version = "v1,", Prefix = "whsec_";
    private const int ShortestKey = 24, ShortestLine = 32, MostSignatures = 8;

    /// <summary>A report that is older or newer than this is not taken: it may be a recording.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The value of the signature's header: one signature for each key.</summary>
    /// <exception cref="ChannelKeyException">There is no usable key.</exception>
    public async Task<string> SignAsync(
        string id, DateTimeOffset at, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var keys = await ReadAsync(cancellationToken);
        return string.Join(
            ' ', keys.Select(key => Version + Convert.ToBase64String(Mac(key, id, TimeOf(at), body.Span))));
    }

    /// <summary>Whether a message was signed with one of the keys a short time ago.</summary>
    /// <exception cref="ChannelKeyException">There is no usable key.</exception>
    public async Task<bool> IsGenuineAsync(
        string? id, string? timestamp, string? signatures, ReadOnlyMemory<byte> body, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (id is not { Length: > 0 and <= 200 } || signatures is not { Length: > 0 and <= 2000 }
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - (double)seconds) > Tolerance.TotalSeconds)
        {
            return false;
        }

        var expected = (await ReadAsync(cancellationToken)).ConvertAll(key => Mac(key, id, timestamp, body.Span));
        var genuine = false;
        foreach (var one in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostSignatures))
        {
            if (!one.StartsWith(Version, StringComparison.Ordinal)) continue;
            var given = new byte[one.Length];
            if (!Convert.TryFromBase64String(one[Version.Length..], given, out var length)) continue;
            foreach (var mac in expected)
            {
                genuine |= CryptographicOperations.FixedTimeEquals(given.AsSpan(0, length), mac);
            }
        }

        return genuine;
    }

    /// <summary>A timestamp as it stands in the header.</summary>
    public static string TimeOf(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static byte[] Mac(byte[] key, string id, string timestamp, ReadOnlySpan<byte> body) =>
        HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]);

    /// <summary>The keys, the present one first; read anew, so that a changed key counts at once.</summary>
    private async Task<List<byte[]>> ReadAsync(CancellationToken cancellationToken)
    {
        var keys = new List<byte[]>
        {
            await ReadAsync(settings.KeyFile, "Mail:Channel:KeyFile", cancellationToken),
        };
        if (settings.OldKeyFile is { Length: > 0 } old)
        {
            keys.Add(await ReadAsync(old, "Mail:Channel:OldKeyFile", cancellationToken));
        }

        return keys;
    }

    private static async Task<byte[]> ReadAsync(string? file, string setting, CancellationToken cancellationToken)
    {
        try
        {
            var line = (await SecretFile.ReadAsync(file ?? "", cancellationToken)).Trim();
            var key = line.StartsWith(Prefix, StringComparison.Ordinal)
                ? Convert.FromBase64String(line[Prefix.Length..])
                : line.Length < ShortestLine ? [] : Encoding.UTF8.GetBytes(line);
            if (key.Length >= ShortestKey) return key;
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            // Told below.
        }

        throw new ChannelKeyException(
            $"{setting}: 文件读不到，或密钥太短（至少 32 个字符） / the file cannot be read, or its key is too short (at least "
                + "32 characters)");
    }
}
