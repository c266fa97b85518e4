using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Consultation.Web.Health;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Elsa;

/// <summary>
/// A host with the sample organisation beside the first one, and clients of the designer's API for each kind of person.
/// </summary>
public class ElsaHost : DeskHost
{
    private readonly Dictionary<string, ElsaClient> _clients = [];
    private readonly SemaphoreSlim _one = new(1, 1);
    private string _samplePassword = "";

    /// <summary>A host in which an author may publish what he wrote, as a single administrator does.</summary>
    public ElsaHost()
        : this([new("Elsa:AuthorMayNotPublish", "false")])
    {
    }

    internal ElsaHost(IEnumerable<KeyValuePair<string, string>> settings)
        : base(settings)
    {
    }

    /// <summary>The administrator of the sample organisation.</summary>
    public Task<ElsaClient> AdministratorAsync() => ClientAsync("sample-admin");

    /// <summary>The administrator of the other organisation.</summary>
    public async Task<ElsaClient> StrangerAsync()
    {
        using var browser = await SignedInAsync();
        var other = Browser();
        await other.SignInAsync(Administrator, Password);
        return await ElsaClient.EnterAsync(other.Client);
    }

    /// <summary>Nobody: no sign-in at all.</summary>
    public HttpClient Nobody() => CreateClient(new() { AllowAutoRedirect = false });

    /// <summary>Somebody who has not yet changed the password that somebody else gave.</summary>
    public async Task<HttpClient> FreshAsync()
    {
        var browser = Browser();
        (await browser.SignInAsync(Administrator, FirstPassword)).Should().BeTrue();
        return browser.Client;
    }

    /// <summary>The password of everybody of the sample but its administrator, who has changed it.</summary>
    public string SamplePassword => _samplePassword;

    /// <summary>A program that comes with this in its <c>Authorization</c> header.</summary>
    public ElsaClient Program(string authorization)
    {
        var client = Nobody();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        return new(client, null);
    }

    /// <summary>A person of the sample organisation by log-in name.</summary>
    public async Task<ElsaClient> ClientAsync(string user)
    {
        await _one.WaitAsync();
        try
        {
            if (_clients.TryGetValue(user, out var known))
            {
                return known;
            }

            if (_samplePassword.Length == 0)
            {
                _samplePassword =
                    (await Services.GetRequiredService<ISampleData>().LoadAsync(CancellationToken.None))!.Password;
            }

            var browser = Browser();
            (await browser.SignInAsync(user, _samplePassword)).Should().BeTrue();
            await browser.GetAsync("/");
            if (browser.Answer.Headers.Location?.ToString()
                .Contains("/account/password", StringComparison.Ordinal) is true)
            {
                await browser.GetAsync("/account/password");
                await browser.PostAsync("password", new()
                {
                    ["present-password"] = _samplePassword,
                    ["new-password"] = Password,
                    ["repeat-password"] = Password,
                });
            }

            return _clients[user] = await ElsaClient.EnterAsync(browser.Client);
        }
        finally
        {
            _one.Release();
        }
    }
}

/// <summary>A host whose loops run, for what is taken a moment later.</summary>
public sealed class WorkingHost()
    : ElsaHost([new("Elsa:AuthorMayNotPublish", "false"), new("Host:RunsWork", "true"),
        new("Runtime:PollEvery", "00:00:00.1")]);

/// <summary>A host whose secretaries may look at workflows and runs without changing anything.</summary>
public sealed class ReadOnlyHost()
    : ElsaHost([new("Elsa:AuthorMayNotPublish", "false"), new("Elsa:ReadOnlyRoles:0", "Secretary")]);

/// <summary>A host in which author and publisher must be two people.</summary>
public sealed class StrictHost() : ElsaHost([new("Elsa:AuthorMayNotPublish", "true")]);

/// <summary>
/// Calls the API as the designer's page does: with the cookie, the language and the page's anti-forgery token.
/// </summary>
public sealed partial class ElsaClient(HttpClient client, string? token)
{
    /// <summary>Writes Chinese as it is.</summary>
    public static readonly JsonSerializerOptions Readable =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>False when the designer's page did not open: this person may not enter.</summary>
    public bool MayEnter => token is not null;

    public HttpClient Http => client;

    public static async Task<ElsaClient> EnterAsync(HttpClient client)
    {
        using var page = await client.GetAsync("/studio/definitions");
        var html = await page.Content.ReadAsStringAsync();
        return new(client, TokenIn().Match(html) is { Success: true } match ? match.Groups[1].Value : null);
    }

    public async Task<HttpResponseMessage> SendAsync(
        string method, string path, object? body = null, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), IsOutside(path) ? path : "/elsa/api" + path);
        request.Headers.Add("Accept-Language", "zh-CN");
        if (token is not null)
        {
            request.Headers.Add("X-Antiforgery", token);
        }

        headers?.Invoke(request.Headers);
        request.Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body));
        return await client.SendAsync(request);
    }

    /// <summary>True for whole addresses of the designer; others are below its API.</summary>
    private static bool IsOutside(string path) =>
        path.StartsWith("/elsa/", StringComparison.Ordinal) || path.StartsWith(
        "/studio", StringComparison.Ordinal)
        || path.StartsWith("/workflows/", StringComparison.Ordinal)
        || path.StartsWith("/diagnostics/", StringComparison.Ordinal)
        || path.StartsWith("/alterations/instances/", StringComparison.Ordinal);

    /// <summary>The answer as JSON; fails the test when it is not 200.</summary>
    public async Task<JsonNode> JsonAsync(string method, string path, object? body = null)
    {
        using var answer = await SendAsync(method, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).Should().Be(200, "{0} {1} answered {2}", method, path, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>Saves a definition with the given activities in a flowchart and returns what the host stored.</summary>
    public async Task<JsonObject> SaveAsync(
        string name, JsonArray activities, JsonArray? connections = null, bool publish = false,
        string? definitionId = null)
    {
        var answer = await JsonAsync("POST", "/workflow-definitions",
            new { model = Model(name, activities, connections, definitionId), publish });
        return answer["workflowDefinition"]!.AsObject();
    }

    public static JsonObject Model(
        string name, JsonArray activities, JsonArray? connections = null, string? definitionId = null) => new()
        {
            ["definitionId"] = definitionId,
            ["name"] = name,
            ["root"] = new JsonObject
            {
                ["id"] = "Flow",
                ["type"] = "Elsa.Flowchart",
                ["version"] = 1,
                ["activities"] = activities,
                ["connections"] = connections ?? [],
            },
        };

    public static JsonObject Activity(string id, string type, params (string Input, JsonNode? Expression)[] inputs)
    {
        var activity = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1 };
        foreach (var (input, expression) in inputs)
        {
            activity[input] = new JsonObject { ["typeName"] = "String", ["expression"] = expression };
        }

        return activity;
    }

    public static JsonObject Literal(string value) => new() { ["type"] = "Literal", ["value"] = value };

    public static JsonObject JavaScript(string value) => new() { ["type"] = "JavaScript", ["value"] = value };

    [GeneratedRegex("data-token=\"([^\"]+)\"")]
    private static partial Regex TokenIn();
}
