using System.Security.Cryptography;
using System.Text;
using Consultation.Mail;
using Consultation.Mail.Incoming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Consultation.Web.Incoming;

/// <summary>
/// Where a mail server posts mail, whole as it came (RFC 822). Whoever posts proves to know the secret: by
/// "Authorization: Bearer …", or by the HMAC-SHA256 of the body in X-Consultation-Signature ("sha256=" and
/// hexadecimal). 200 means that the mail was taken and need not be kept; anything else that it should be tried again
/// later, but for 401, 404 and 413.
/// </summary>
internal static class IncomingEndpoints
{
    public const string Address = "/mail/post";
    private const string Signature = "X-Consultation-Signature", Bearer = "Bearer ", Sha256 = "sha256=";

    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(Address, TakeAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> TakeAsync(
        HttpContext http, MailOptions options, MessageReader reader, IIncomingDesk desk,
        CancellationToken cancellationToken)
    {
        if (options.Incoming.Source != IncomingSource.Post) return Results.NotFound();
        var secret = await SecretAsync(options.Incoming.PostSecretFile, cancellationToken);
        if (secret is null) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        var (bearer, signature) = (http.Request.Headers.Authorization, http.Request.Headers[Signature]);
        // Who says nothing at all about himself is not listened to.
        if (!Knows(bearer, Bearer, Encoding.UTF8.GetBytes(secret)) && StringValues.IsNullOrEmpty(signature))
        {
            return Results.Unauthorized();
        }

        var most = options.Incoming.MostBytes;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most;
        }

        if (http.Request.ContentLength > most || await ReadAsync(http, most, cancellationToken) is not { } raw)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        if (!Knows(bearer, Bearer, Encoding.UTF8.GetBytes(secret)) && !Knows(signature, Sha256,
            Encoding.UTF8.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), raw)))))
        {
            return Results.Unauthorized();
        }

        await desk.TakeAsync(reader.Read(raw), cancellationToken);
        return Results.Ok();
    }

    /// <summary>Compares without telling by the time how much was right.</summary>
    private static bool Knows(StringValues header, string before, byte[] expected) =>
        header is [{ } value] && value.StartsWith(before, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(value[before.Length..].Trim()), expected);

    private static async Task<byte[]?> ReadAsync(HttpContext http, int most, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var block = new byte[64 * 1024];
        while (await http.Request.Body.ReadAsync(block, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > most) return null;
            body.Write(block, 0, read);
        }

        return body.ToArray();
    }

    /// <summary>
    /// Read anew each time, so that a changed secret counts at once; null when it is gone or too short.
    /// </summary>
    private static async Task<string?> SecretAsync(string? file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) return null;
        using var reader = new StreamReader(file);
        return await reader.ReadLineAsync(cancellationToken) is { Length: >= 32 } secret ? secret : null;
    }
}
