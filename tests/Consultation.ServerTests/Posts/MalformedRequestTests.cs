using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Consultation.ServerTests.Doors;
using Xunit.Abstractions;

namespace Consultation.ServerTests.Posts;

/// <summary>
/// Requests that no page of ours sends, made up at random from a seed and written to the socket as they are: none of
/// them is answered with a number from 500 on, and what the desk refuses it refuses in words. As many as
/// CONSULTATION_MALFORMED says, by default few.
/// </summary>
public sealed class MalformedRequestTests(LoopbackDesk desk, ITestOutputHelper output) : IClassFixture<LoopbackDesk>
{
    private const int Usual = 2000, AtOnce = 8;

    [Fact]
    public async Task No_malformed_request_is_answered_with_an_error_of_ours()
    {
        var count = Environment.GetEnvironmentVariable("CONSULTATION_MALFORMED") is { Length: > 0 } asked
            ? int.Parse(asked, CultureInfo.InvariantCulture)
            : Usual;
        var visitors = await VisitorsAsync();
        var addresses = DoorTableTests.Endpoints(desk.Services).Select(DoorTableTests.Pattern).Distinct().ToList();
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();

        await Parallel.ForEachAsync(
            Enumerable.Range(1, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (seed, stopping) =>
            {
                var request = new MalformedRequest(seed, addresses, visitors);
                var answer = await AskAsync(request, stopping);
                lock (wrong)
                {
                    var kind = answer.Length == 0 ? "closed" : answer.Split(' ')[1];
                    seen[kind] = seen.GetValueOrDefault(kind) + 1;
                    if (IsWrong(request, answer))
                    {
                        wrong.Add($"seed {seed}: {request}\n-> {answer[..Math.Min(answer.Length, 400)]}");
                    }
                }
            });

        output.WriteLine(string.Join(", ", seen.Select(one => $"{one.Key}: {one.Value}")));
        string.Join("\n\n", wrong.Take(10)).Should().BeEmpty($"all of {count} are refused in words, or answered");
    }

    /// <summary>
    /// A number from 500 on; or a refusal of the desk without words. What the server refuses before it is a request at
    /// all has no page.
    /// </summary>
    private static bool IsWrong(MalformedRequest request, string answer)
    {
        if (answer.Length == 0) return false;
        var code = int.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture);
        return code >= 500 || (code >= 400 && request.IsOfPeople && !answer.Contains("<h1", StringComparison.Ordinal)
            && answer.Contains("X-Content-Type-Options", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Nobody, and two who are signed in: their cookies and a token that fits them.</summary>
    private async Task<List<(string Cookies, string Token)>> VisitorsAsync()
    {
        var visitors = new List<(string, string)> { ("", "none") };
        foreach (var user in new[] { "secretary", "designer" })
        {
            var cookies = new CookieContainer();
            using var browser = new DeskBrowser(new HttpClient(
                new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false })
            { BaseAddress = desk.ClientOptions.BaseAddress });
            (await browser.SignInAsync(user, desk.CommonPassword)).Should().BeTrue(user);
            await browser.GetAsync("/delegations");
            visitors.Add((cookies.GetCookieHeader(desk.ClientOptions.BaseAddress),
                browser.Page.QuerySelector("input[name=_token]")!.GetAttribute("value")!));
        }

        return visitors;
    }

    /// <summary>What came back: the head and the beginning of the body; "" when the connection was closed.</summary>
    private async Task<string> AskAsync(MalformedRequest request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, desk.ClientOptions.BaseAddress.Port, cancellationToken);
        await using var stream = client.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request.Bytes, cancellationToken);
            // The server would wait for the rest; whoever sent all of it waits for the answer.
            if (request.PromisesMore) client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(answer, cancellationToken);
        }
        catch (IOException)
        {
            // Refused before all of it was read: what was answered until then counts.
        }

        var text = Encoding.UTF8.GetString(answer.ToArray());
        return text.StartsWith("HTTP/", StringComparison.Ordinal) ? text : "";
    }
}

/// <summary>One request made up from a seed.</summary>
internal sealed class MalformedRequest
{
    private static readonly string[] Methods =
        ["POST", "POST", "POST", "POST", "POST", "GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "WURST"];

    private static readonly string[] Types =
    [
        "application/x-www-form-urlencoded", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b",
        "multipart/form-data; boundary=b", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed",
        "multipart/form-data; boundary=\"" + new string('b', 300) + "\"", "application/json", "text/plain", "text/xml",
        "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=gb18030",
        "application/json; charset=utf-7", "application/json; charset=utf-32",
        "multipart/form-data; boundary=b; charset=utf-7",
        "application/x-www-form-urlencoded; charset=\"\"", "x", "/", ";;;", "application/octet-stream", "",
    ];

    private static readonly string[] Junk =
    [
        "\0", "%00", "%", "%zz", "+ADw-script+AD4-", "\ud83d", "\uffff", "\u202e", "'; DROP TABLE Matters; --",
        "{{7*7}}",
        "../../etc/passwd", "${jndi:ldap://x}", "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
        "9".PadLeft(400, '9'),
        "-1", "1e999", "NaN", "null", "[[[[[[", "{\"a\":", "\r\n", "\u0000\u0001\u0002", "true",
        "é漢字", "", " ", "=", "&", ";",
    ];

    private static readonly string[] Names =
    [
        "_token", "_handler", "operation", "title", "text", "f.items.count", "f.items[0].advice", "_addrow", "matter",
        "to",
        "from", "seen", "revision", "outcome", "incident", "user", "password", "_kept", "_label.title", "year",
        "page", "sort",
        "starts", "kind", "raised-at", "platform", "consent", "tags", "for",
    ];

    private static readonly string[] Handlers =
    [
        "hand-in", "sign-in", "matter", "answer", "take-back", "open-case", "open-plan", "person", "unit", "delegate",
        "commit", "upload", "read", "confirm", "foot", "preferences", "nothing", "", "\0",
    ];

    private readonly Random _random;

    public MalformedRequest(
        int seed, IReadOnlyList<string> addresses, IReadOnlyList<(string Cookies, string Token)> visitors)
    {
        _random = new Random(seed);
        var method = Pick(Methods);
        var path = Path(Pick(addresses));
        var visitor = visitors[_random.Next(visitors.Count)];
        IsOfPeople = method != "HEAD"
            && !Regex.IsMatch(
                path, "^/(elsa|endpoints|health|assets|channel|feed|mail/post)", RegexOptions.IgnoreCase);
        var line = $"{method} {path}{Query()} HTTP/1.1";
        var type = Pick(Types);
        var body = method is "GET" or "HEAD" or "TRACE" ? [] : Body(type, visitor.Token);
        var head = new StringBuilder($"{line}\r\nHost: localhost\r\nConnection: close\r\n");
        if (visitor.Cookies.Length > 0) head.Append("Cookie: ").Append(visitor.Cookies).Append("\r\n");
        if (type.Length > 0) head.Append("Content-Type: ").Append(type).Append("\r\n");
        head.Append(Length(body.Length));
        for (var more = _random.Next(3); more > 0; more--) head.Append(Header());
        Bytes = [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    /// <summary>As it goes over the wire.</summary>
    public byte[] Bytes { get; }

    /// <summary>Its head speaks of more than its body holds.</summary>
    public bool PromisesMore { get; private set; }

    /// <summary>It is for an address that answers people in pages.</summary>
    public bool IsOfPeople { get; }

    public override string ToString()
    {
        var text = Regex.Replace(Encoding.UTF8.GetString(Bytes), "Cookie: .*\r\n", "");
        return text[..Math.Min(600, text.Length)];
    }

    private string Pick(IReadOnlyList<string> among) => among[_random.Next(among.Count)];

    private bool Chance(int of) => _random.Next(of) == 0;

    private string Path(string pattern)
    {
        var path = Regex.Replace(pattern, @"\{[^}]*\}", match =>
            Chance(3) ? Uri.EscapeDataString(Safe(Pick(Junk)))
            : match.Value.Contains("uid") ? Guid.Empty.ToString() : Chance(2) ? "sample" : "1");
        return Chance(20) ? path + Uri.EscapeDataString(Safe(Pick(Junk))) : path;
    }

    private string Query() => Chance(3)
        ? "?" + string.Join('&', Enumerable.Range(0, 1 + _random.Next(3))
            .Select(_ => $"{Pick(Names)}={(Chance(2) ? Uri.EscapeDataString(Safe(Pick(Junk))) : Raw(Pick(Junk)))}"))
        : "";

    private string Length(int length)
    {
        var kind = _random.Next(12);
        PromisesMore = kind is 1 or 4;
        return kind switch
        {
            0 => "",
            1 => $"Content-Length: {length + 10}\r\n",
            2 => $"Content-Length: {length / 2}\r\n",
            3 => "Content-Length: -1\r\n",
            4 => "Transfer-Encoding: chunked\r\n",
            _ => $"Content-Length: {length}\r\n",
        };
    }

    private string Header() => Pick(
        ["Accept-Language", "Cookie", "Origin", "Sec-Fetch-Site", "X-Forwarded-For", "Range", "If-None-Match", "Accept",
            "Authorization", "Content-Encoding", "Expect", "X-HTTP-Method-Override", "Referer"])
        + ": " + Raw(Pick(Junk)) + Raw(Pick(Junk)) + "\r\n";

    private byte[] Body(string type, string token)
    {
        var fields = Fields(token);
        var body = type.StartsWith("multipart", StringComparison.Ordinal) ? Multipart(fields)
            : type.StartsWith("application/x-www", StringComparison.Ordinal) ? Form(fields)
            : Encoding.UTF8.GetBytes(Chance(2) ? string.Concat(Enumerable.Repeat("[", 3000)) : Pick(Junk) + Pick(Junk));
        if (Chance(4) && body.Length > 0) body = body[.._random.Next(body.Length)];
        if (Chance(4) && body.Length > 0) body[_random.Next(body.Length)] = (byte)_random.Next(256);
        return body;
    }

    private List<(string Name, string Value)> Fields(string token)
    {
        var fields = new List<(string, string)>();
        if (!Chance(4)) fields.Add(("_token", token));
        if (!Chance(4)) fields.Add(("_handler", Pick(Handlers)));
        for (var more = Chance(50) ? 1100 : _random.Next(6); more > 0; more--) fields.Add((Pick(Names), Pick(Junk)));
        if (Chance(10)) fields.Add((Pick(Junk), Pick(Junk)));
        return fields;
    }

    private byte[] Form(List<(string Name, string Value)> fields) => Encoding.UTF8.GetBytes(string.Join('&',
        fields.Select(field => $"{(Chance(9) ? field.Name : Uri.EscapeDataString(Safe(field.Name)))}="
            + (Chance(4) ? field.Value : Uri.EscapeDataString(Safe(field.Value))))));

    private byte[] Multipart(List<(string Name, string Value)> fields)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            text.Append(Chance(15) ? "--x\r\n" : "--b\r\n").Append(_random.Next(12) switch
            {
                0 => "",
                1 => "Content-Disposition: junk\r\n",
                2 => $"Content-Disposition: form-data; name=\"{name}\"; filename=\"{Pick(Junk)}\"\r\n",
                3 => $"Content-Disposition: form-data; name={name}\r\nContent-Type: text/plain; charset=utf-7\r\n",
                4 => $"Content-Disposition: form-data; name=\"{name}\"\r\nContent-Type: {Pick(Types)}\r\n",
                5 => new string('h', 20_000) + ": x\r\n",
                _ => $"Content-Disposition: form-data; name=\"{name}\"\r\n",
            }).Append("\r\n").Append(value).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append(Chance(4) ? "--b" : "--b--\r\n").ToString());
    }

    /// <summary>Without lone surrogates, which cannot be escaped.</summary>
    private static string Safe(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>As it is, but for line ends and blanks, which would make another request of it.</summary>
    private static string Raw(string text) =>
        text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)
            .Replace(" ", "%20", StringComparison.Ordinal);
}
