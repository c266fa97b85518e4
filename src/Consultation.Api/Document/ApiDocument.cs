using System.Globalization;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Consultation.Api.Document;

/// <summary>
/// The API described as OpenAPI, and a page that shows it. The viewer's script comes from this host like everything
/// else; it needs inline styles, as the designer does, and no inline script.
/// </summary>
internal static class ApiDocument
{
    private const string Name = "elsa";
    private const string Prefix = "elsa/api/";

    private const string ContentSecurityPolicy =
        "default-src 'none'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'; script-src 'self'; "
        + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "worker-src 'self' blob:";

    public static void Add(IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = one => one.RelativePath?.StartsWith(Prefix, StringComparison.Ordinal) is true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "协商议事 · Elsa API",
                Version = "3.8",
                Description = "The REST interface of Elsa Workflows 3.8 as this host answers it. Sign in with a key of "
                    + "the desk (Authorization: ApiKey …) or with the accessToken of identity/login "
                    + "(Authorization: Bearer …).",
            };
            document.Servers = [];
            // By resource; the framework names the classes that answer.
            document.Tags = document.Paths.Keys.Select(path => path.Split('/')[3]).Distinct()
                .Select(name => new OpenApiTag { Name = name }).ToHashSet();
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
                ["key"] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Header,
                    Name = "Authorization",
                    Description = "ApiKey csk.…",
                },
            };
            document.Security =
            [
                new() { [new OpenApiSecuritySchemeReference("bearer", document)] = [] },
                new() { [new OpenApiSecuritySchemeReference("key", document)] = [] },
            ];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var path = context.Description.RelativePath![Prefix.Length..];
            operation.Tags = new HashSet<OpenApiTagReference> { new(path.Split('/')[0], context.Document) };
            var permissions = ElsaPermissions.Needs(context.Description.ActionDescriptor.EndpointMetadata).ToList();
            operation.Description =
                permissions.Count == 0 ? "Open." : $"Permission: {string.Join(", ", permissions)}.";
            operation.Responses ??= [];
            Add(operation.Responses, StatusCodes.Status400BadRequest, "What cannot be read or taken: `errors`.");
            Add(operation.Responses, StatusCodes.Status401Unauthorized, "Not signed in: application/problem+json.");
            Add(operation.Responses, StatusCodes.Status403Forbidden, "Not allowed.");
            return Task.CompletedTask;
        });
    });

    public static void Map(RouteGroupBuilder api)
    {
        api.MapOpenApi("/openapi/{documentName}.json");
        api.MapGet("/docs", Page).ExcludeFromDescription();
        api.MapGet("/docs/scalar.js", Viewer).ExcludeFromDescription();
        api.MapGet("/docs/docs.js", () => Results.Stream(
            typeof(ApiDocument).Assembly.GetManifestResourceStream($"{typeof(ApiDocument).Namespace}.docs.js")!,
            "text/javascript; charset=utf-8")).ExcludeFromDescription();
    }

    private static void Add(OpenApiResponses responses, int status, string description) =>
        responses.TryAdd(
            status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse { Description = description });

    private static IResult Page(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        var root = $"{http.Request.PathBase}/elsa/api";
        return Results.Content($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>协商议事 · Elsa API</title>
            <meta name="viewport" content="width=device-width, initial-scale=1"></head>
            <body><noscript><a href="{root}/openapi/{Name}.json">OpenAPI</a></noscript>
            <div id="api-docs" data-document="{root}/openapi/{Name}.json"></div>
            <script src="{root}/docs/scalar.js"></script><script src="{root}/docs/docs.js"></script></body></html>
            """, "text/html; charset=utf-8");
    }

    /// <summary>The script as it lies in its package, packed; unpacked for who cannot.</summary>
    private static IResult Viewer(HttpContext http)
    {
        var packed = typeof(Scalar.AspNetCore.ScalarOptions).Assembly
            .GetManifestResourceStream("ScalarStaticAssets.scalar.js")!;
        http.Response.Headers.CacheControl = "private, max-age=86400";
        http.Response.Headers.Vary = "Accept-Encoding";
        if (!http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return Results.Stream(new GZipStream(packed, CompressionMode.Decompress), "text/javascript; charset=utf-8");
        }

        http.Response.Headers.ContentEncoding = "gzip";
        return Results.Stream(packed, "text/javascript; charset=utf-8");
    }
}
