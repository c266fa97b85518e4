using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Consultation.BrowserTests.Studio;

/// <summary>
/// The shape of every request that the genuine designer sends: method, route of ours that answers it, names in the
/// query, properties of the body. What the journeys send must stand in <c>Recorded/requests.txt</c>; with
/// CONSULTATION_WRITE_TRAFFIC=1 they write it.
/// </summary>
public sealed class StudioTraffic(Func<IServiceProvider> services)
{
    /// <summary>Properties whose content is the user's own and has no fixed shape.</summary>
    private static readonly HashSet<string> Free =
        ["root", "customProperties", "variables", "inputs", "outputs", "options", "context", "input", "outcomes",
            "timestampFilters"];

    private readonly SortedSet<string> _unknownRoutes = new(StringComparer.Ordinal);
    private List<(string Method, TemplateMatcher Matcher, string Pattern)>? _routes;

    /// <summary>The shapes seen so far.</summary>
    public SortedSet<string> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>Notes a request that went to the API or the hub.</summary>
    public void Note(IRequest request)
    {
        var address = new Uri(request.Url);
        if (request.ResourceType == "xhr" || !address.AbsolutePath.StartsWith("/elsa/", StringComparison.Ordinal))
        {
            return;
        }

        if (RouteOf(request.Method, address.AbsolutePath) is not { } route)
        {
            _unknownRoutes.Add($"{request.Method} {address.AbsolutePath}");
            return;
        }

        var names = System.Web.HttpUtility.ParseQueryString(address.Query).AllKeys.OfType<string>()
            .Order(StringComparer.Ordinal).ToList();
        var query = names.Count == 0 ? "" : $" ?{string.Join('&', names)}";
        Seen.Add($"{request.Method} {route}{query}{BodyOf(request)}");
    }

    /// <summary>Compares with what was recorded, or records it.</summary>
    public void Check()
    {
        _unknownRoutes.Should().BeEmpty("the designer asks for these");
        var recorded = File.Exists(RecordedFile()) ? File.ReadAllLines(RecordedFile()) : [];
        if (Environment.GetEnvironmentVariable("CONSULTATION_WRITE_TRAFFIC") == "1")
        {
            File.WriteAllLines(RecordedFile(), recorded.Union(Seen).Order(StringComparer.Ordinal));
            return;
        }

        Seen.Except(recorded).Should()
            .BeEmpty("a new request of the designer is recorded with CONSULTATION_WRITE_TRAFFIC=1, then looked at");
    }

    private string? RouteOf(string method, string path)
    {
        _routes ??=
        [
            .. services().GetRequiredService<IEnumerable<EndpointDataSource>>()
                .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Where(endpoint =>
                    endpoint.RoutePattern.RawText?.StartsWith("/elsa/", StringComparison.Ordinal) is true)
                .OrderBy(endpoint => endpoint.RoutePattern.Parameters.Count)
                .SelectMany(
                    endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
                        .Select(one => (
                    one, new TemplateMatcher(TemplateParser.Parse(endpoint.RoutePattern.RawText![1..]), []),
                    endpoint.RoutePattern.RawText!))),
        ];
        return _routes.FirstOrDefault(route => route.Method == method && route.Matcher.TryMatch(path, [])).Pattern;
    }

    private static string BodyOf(IRequest request)
    {
        if (request.Headers.TryGetValue("content-type", out var type)
            && type.StartsWith("multipart/", StringComparison.Ordinal))
        {
            return " (files)";
        }

        if (request.PostData is not { Length: > 0 } text)
        {
            return "";
        }

        using var body = JsonDocument.Parse(text);
        return " " + Shape(body.RootElement);
    }

    private static string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(
            ", ", value.EnumerateObject().OrderBy(one => one.Name, StringComparer.Ordinal).Select(Member)) + "}",
        JsonValueKind.Array => "[]",
        _ => "",
    };

    private static string Member(JsonProperty property) =>
        Free.Contains(property.Name) ? property.Name : property.Name + Shape(property.Value);

    private static string RecordedFile([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "Recorded", "requests.txt");
}
