using System.Text;
using Consultation.Engine.Expressions;

namespace Consultation.Runtime.Outside;

/// <summary>
/// Reads an answer as plain data: <c>{ statusCode, headers, content }</c>; the content as a file when that is wanted,
/// else JSON as what it says and anything else as text.
/// </summary>
internal static class HttpContentReader
{
    /// <exception cref="HttpRefusedException">The content is larger than allowed; no more than that is
    /// read.</exception>
    public static async Task<Dictionary<string, object?>> ReadAsync(
        HttpResponseMessage answer, Uri url, bool asFile, int mostBytes, CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(answer, mostBytes, cancellationToken);
        return new Dictionary<string, object?>
        {
            ["statusCode"] = (long)answer.StatusCode,
            ["headers"] = answer.Headers.Concat(answer.Content.Headers)
                .ToDictionary(header => header.Key, object? (header) => string.Join(", ", header.Value)),
            ["content"] = bytes.Length == 0 ? null : asFile ? File(answer, url, bytes) : Content(answer, bytes),
        };
    }

    private static object? Content(HttpResponseMessage answer, byte[] bytes)
    {
        var text = Decode(answer, bytes);
        if (answer.Content.Headers.ContentType?.MediaType?.EndsWith(
            "json", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return text;
        }
        try
        {
            return PlainData.FromJson(text);
        }
        catch (FormatException)
        {
            // It only says that it is JSON: the text is kept.
            return text;
        }
    }

    /// <summary>
    /// With the names of Elsa's file; its own name from the answer, else from the end of the address.
    /// </summary>
    private static Dictionary<string, object?> File(HttpResponseMessage answer, Uri url, byte[] bytes)
    {
        var said = answer.Content.Headers.ContentDisposition;
        var name = said?.FileNameStar ?? said?.FileName?.Trim('"')
            ?? Uri.UnescapeDataString(url.Segments[^1].Trim('/'));
        return new Dictionary<string, object?>
        {
            ["Filename"] = name.Length == 0 ? "file.dat" : name,
            ["ContentType"] = answer.Content.Headers.ContentType?.MediaType ?? "application/octet-stream",
            ["ETag"] = answer.Headers.ETag?.Tag,
            ["Length"] = (long)bytes.Length,
            ["Content"] = Convert.ToBase64String(bytes),
        };
    }

    private static async Task<byte[]> BytesAsync(
        HttpResponseMessage answer, int mostBytes, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentLength > mostBytes) throw TooLarge(mostBytes);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (bytes.Length + read > mostBytes) throw TooLarge(mostBytes);
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    /// <summary>By the declared character set (GBK and GB 18030 are still in use), else UTF-8.</summary>
    private static string Decode(HttpResponseMessage answer, byte[] bytes)
    {
        var encoding = answer.Content.Headers.ContentType?.CharSet?.Trim('"') is { Length: > 0 } name
            ? EncodingOf(name)
            : Encoding.UTF8;
        using var reader = new StreamReader(new MemoryStream(bytes), encoding, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static Encoding EncodingOf(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }

    private static HttpRefusedException TooLarge(int mostBytes) => new(
        $"应答超过 {mostBytes} 字节，未接收；管理员可调高 Runtime:HttpMostBytes 后重试 / The answer is larger than {mostBytes} bytes and "
            + "was not taken; "
        + "retry when an administrator has raised Runtime:HttpMostBytes.");
}
