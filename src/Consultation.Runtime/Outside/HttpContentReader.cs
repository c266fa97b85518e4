using System.Text;
using Consultation.Engine.Expressions;

namespace Consultation.Runtime.Outside;

/// <summary>Reads an answer as plain data: <c>{ statusCode, headers, content }</c>, JSON as what it says, anything else as text.</summary>
internal static class HttpContentReader
{
    /// <exception cref="HttpRefusedException">The content is larger than allowed; no more than that is read.</exception>
    public static async Task<Dictionary<string, object?>> ReadAsync(HttpResponseMessage answer, int mostBytes, CancellationToken cancellationToken)
    {
        var text = Decode(answer, await BytesAsync(answer, mostBytes, cancellationToken));
        object? content = text.Length == 0 ? null : text;
        if (answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true)
        {
            try
            {
                content = text.Length == 0 ? null : PlainData.FromJson(text);
            }
            catch (FormatException)
            {
                // It only says that it is JSON: the text is kept.
            }
        }

        return new Dictionary<string, object?>
        {
            ["statusCode"] = (long)answer.StatusCode,
            ["headers"] = answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, object? (header) => string.Join(", ", header.Value)),
            ["content"] = content,
        };
    }

    private static async Task<byte[]> BytesAsync(HttpResponseMessage answer, int mostBytes, CancellationToken cancellationToken)
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
        var encoding = answer.Content.Headers.ContentType?.CharSet?.Trim('"') is { Length: > 0 } name ? EncodingOf(name) : Encoding.UTF8;
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
        $"应答超过 {mostBytes} 字节，未接收；管理员可调高 Runtime:HttpMostBytes 后重试 / The answer is larger than {mostBytes} bytes and was not taken; "
        + "retry when an administrator has raised Runtime:HttpMostBytes.");
}
