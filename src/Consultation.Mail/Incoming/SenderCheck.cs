using MimeKit;
using MimeKit.Cryptography;

namespace Consultation.Mail.Incoming;

/// <summary>
/// Whether the operator's own relay vouches for a sender: an Authentication-Results of its name (RFC 8601), put on by
/// the operator's own servers, says that DMARC passed for the sender's domain, or that DKIM or SPF passed for just that
/// domain, or that the sender logged in to the relay with just that address. What the mail says of itself counts for
/// nothing.
/// </summary>
internal static class SenderCheck
{
    private const int MostHeaders = 20;

    /// <summary>True when the relay vouches for the address.</summary>
    public static bool Vouches(HeaderList headers, string address, string authServId, int ownReceived)
    {
        var at = address.LastIndexOf('@');
        if (at < 1 || authServId.Length == 0) return false;
        var domain = address[(at + 1)..];
        var results = Results(headers, authServId, ownReceived);
        // A failed DMARC is the domain's own word that the mail is not its.
        return !results.Any(one => Is(one.Method, "dmarc") && Is(one.Result, "fail"))
            && results.Any(one => Is(one.Result, "pass") && IsAligned(one, address, domain));
    }

    /// <summary>
    /// Headers that stand above the relay's own Received line: whatever a sender wrote into his mail stands below it.
    /// </summary>
    private static List<AuthenticationMethodResult> Results(HeaderList headers, string authServId, int ownReceived)
    {
        var (found, received, read) = (new List<AuthenticationMethodResult>(), 0, 0);
        foreach (var header in headers)
        {
            if (header.Id == HeaderId.Received && ++received >= ownReceived) break;
            if (header.Id != HeaderId.AuthenticationResults || ++read > MostHeaders) continue;
            if (AuthenticationResults.TryParse(header.RawValue, out var results)
                && Is(results.AuthenticationServiceIdentifier, authServId))
            {
                found.AddRange(results.Results);
            }
        }

        return received < ownReceived ? [] : found;
    }

    private static bool IsAligned(AuthenticationMethodResult result, string address, string domain) =>
        result.Method?.ToLowerInvariant() switch
        {
            "dmarc" => DomainOf(Value(result, "header", "from")) is { } from && Is(from, domain),
            "dkim" => Is(Value(result, "header", "d"), domain),
            "spf" => DomainOf(Value(result, "smtp", "mailfrom")) is { } from && Is(from, domain),
            "auth" => Is(Value(result, "smtp", "auth"), address),
            _ => false,
        };

    private static string? Value(AuthenticationMethodResult result, string type, string name) =>
        result.Properties.FirstOrDefault(one => Is(one.PropertyType, type) && Is(one.Property, name))?.Value;

    private static string? DomainOf(string? value) =>
        value is null ? null : value[(value.LastIndexOf('@') + 1)..].TrimEnd('>');

    private static bool Is(string? one, string? other) =>
        one is { Length: > 0 } && string.Equals(one.Trim(), other, StringComparison.OrdinalIgnoreCase);
}
