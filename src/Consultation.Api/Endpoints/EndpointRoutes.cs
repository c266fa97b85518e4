using Consultation.Engine.BuiltIns;
using Consultation.Engine.Running;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Api.Endpoints;

/// <summary>Which templates of <c>Elsa.HttpEndpoint</c> a path may mean, and what their parameters are.</summary>
internal static class EndpointRoutes
{
    /// <summary>Most segments of a path; each doubles the templates that are looked for.</summary>
    public const int MostSegments = 8;

    /// <summary>
    /// Hashes of all templates that fit, those with the fewest parameters first; empty when the path is too long.
    /// </summary>
    public static IReadOnlyList<string> Hashes(string path, string method)
    {
        var segments = path.Trim('/').Split('/');
        if (segments.Length > MostSegments || segments.Any(segment => segment.Contains('{', StringComparison.Ordinal)))
        {
            return [];
        }
        var shapes = new List<(int Rank, string Path)>();
        for (var length = 0; length <= segments.Length; length++)
        {
            var isWhole = length == segments.Length;
            for (var parameters = 0; parameters < 1 << length; parameters++)
            {
                var shape = segments.Take(length).Select((segment, at) => (parameters >> at & 1) == 1 ? "{}" : segment);
                var rank = System.Numerics.BitOperations.PopCount((uint)parameters)
                    + (isWhole ? 0 : 100 * (segments.Length - length));
                shapes.Add((rank, string.Join('/', isWhole ? shape : [.. shape, "{*}"])));
            }
        }

        return [.. shapes.OrderBy(shape => shape.Rank)
            .Select(shape => BookmarkHash.Of(HttpEndpoint.StimulusName, HttpEndpoint.StimulusOf(shape.Path, method)))];
    }

    /// <summary>
    /// The values of the template's parameters, or null when the path does not fit it, its constraints included.
    /// </summary>
    public static Dictionary<string, object?>? Match(HttpContext http, string template, string path)
    {
        var parsed = TemplateParser.Parse(template);
        var values = new RouteValueDictionary();
        if (!new TemplateMatcher(parsed, []).TryMatch($"/{path.Trim('/')}", values)) return null;
        var constraints = http.RequestServices.GetRequiredService<IInlineConstraintResolver>();
        foreach (var parameter in parsed.Parameters)
        {
            foreach (var constraint in parameter.InlineConstraints)
            {
                var rule = constraints.ResolveConstraint(constraint.Constraint);
                if (rule?.Match(http, null, parameter.Name!, values, RouteDirection.IncomingRequest) is false)
                {
                    return null;
                }
            }
        }

        return values.ToDictionary(pair => pair.Key, pair => (object?)pair.Value?.ToString());
    }
}
