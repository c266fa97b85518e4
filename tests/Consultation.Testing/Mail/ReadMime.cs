using System.Text;
using System.Text.RegularExpressions;

namespace Consultation.Testing.Mail;

/// <summary>Reads a message far enough to check it: headers unfolded and decoded, leaf parts decoded.</summary>
public sealed partial class ReadMime
{
    private ReadMime(Dictionary<string, string> headers, List<(string Type, string Text)> parts)
    {
        Headers = headers;
        Parts = parts;
    }

    /// <summary>Headers of the message itself, decoded; names in lower case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>Leaf parts in order: their Content-Type and their text.</summary>
    public IReadOnlyList<(string Type, string Text)> Parts { get; }

    public string Text => Parts.First(part => part.Type.StartsWith("text/plain", StringComparison.Ordinal)).Text;

    public string Html => Parts.First(part => part.Type.StartsWith("text/html", StringComparison.Ordinal)).Text;

    public static ReadMime Of(string message)
    {
        var parts = new List<(string, string)>();
        var headers = Read(message.ReplaceLineEndings("\n"), parts);
        return new(headers, parts);
    }

    private static Dictionary<string, string> Read(string message, List<(string, string)> parts)
    {
        var split = message.IndexOf("\n\n", StringComparison.Ordinal);
        var headers = Folded().Replace(message[..split], " ").Split('\n')
            .Select(line => line.Split(':', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0].ToLowerInvariant())
            .ToDictionary(group => group.Key, group => Decode(group.Last()[1].Trim()));
        var body = message[(split + 2)..];
        var type = headers.GetValueOrDefault("content-type", "text/plain");
        if (Boundary().Match(type) is { Success: true } boundary)
        {
            foreach (var part in body.Split("--" + boundary.Groups["b"].Value).Skip(1).SkipLast(1))
            {
                Read(part.TrimStart('\n'), parts);
            }
        }
        else
        {
            parts.Add((type, headers.GetValueOrDefault("content-transfer-encoding") == "base64"
                ? Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\n", "", StringComparison.Ordinal)))
                : body));
        }

        return headers;
    }

    private static string Decode(string header) =>
        Word().Replace(Between().Replace(header, "?==?"), match => match.Groups["how"].Value is "B" or "b"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups["text"].Value))
            : Encoding.UTF8.GetString(Quoted(match.Groups["text"].Value)));

    private static byte[] Quoted(string text) =>
        [.. Hex().Matches(text.Replace('_', ' '))
            .Select(match => match.Value.Length == 3 ? Convert.ToByte(match.Value[1..], 16) : (byte)match.Value[0])];

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex("boundary=\"?(?<b>[^\";]+)")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"=\?utf-8\?(?<how>[BQbq])\?(?<text>[^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex Between();

    [GeneratedRegex(@"=[0-9A-Fa-f]{2}|.", RegexOptions.Singleline)]
    private static partial Regex Hex();
}
