using Consultation.Api.Resilience;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Descriptors;

/// <summary>
/// What Studio asks before it shows an editor: the lists behind its drop-downs (contract rows T1–T13).
/// </summary>
internal static class DescriptorEndpoints
{
    /// <summary>
    /// Features that this host advertises; Alterations and Secrets lead to pages that Studio's package does not have.
    /// </summary>
    private static readonly string[] Features = ["Elsa.RealTimeWorkflowUpdates", ResilienceEndpoints.Feature];

    public static void Map(RouteGroupBuilder api)
    {
        var lists = api.MapGroup("/descriptors");
        lists.MapGet(
            "/activities", async (HttpContext http, DescriptorCache cache, CancellationToken cancellationToken) =>
            Results.Bytes(
                await cache.WriteAsync(Answers.Culture(http), cancellationToken), "application/json; charset=utf-8"));
        lists.MapGet("/activities/{typeName}", OneAsync);
        lists.MapGet("/expression-descriptors", (HttpContext http) => List(StaticLists.Expressions.Select(one => new
        {
            type = one.Type,
            displayName = one.Name.In(Answers.Culture(http)),
            isSerializable = true,
            isBrowsable = one.Browsable,
            properties = one.Monaco is null ? [] : new Dictionary<string, string> { ["MonacoLanguage"] = one.Monaco },
        })));
        lists.MapGet("/workflow-activation-strategies", (HttpContext http) => Strategies(http, StaticLists.Activation));
        lists.MapGet("/incident-strategies", (HttpContext http) => Strategies(http, StaticLists.Incidents));
        lists.MapGet("/log-persistence-strategies", (HttpContext http) => Strategies(http, StaticLists.LogPersistence));

        // Every step is one transaction here, so there is no strategy to choose; an empty list hides the choice.
        lists.MapGet("/commit-strategies/workflows", () => List<object>([]));
        lists.MapGet("/commit-strategies/activities", () => List<object>([]));
        lists.MapGet("/storage-drivers", (HttpContext http) => List(StaticLists.Storage.Select(one => new
        {
            typeName = one.TypeName,
            displayName = one.Name.In(Answers.Culture(http)),
            priority = one.Priority,
            deprecated = one.Deprecated,
        })));
        lists.MapGet("/variables", (HttpContext http) => List(StaticLists.VariableTypes.Select(one => new
        {
            typeName = one.Alias,
            displayName = one.Name.In(Answers.Culture(http)),
            category = one.Category.In(Answers.Culture(http)),
            description = "",
        })));
        lists.MapGet("/output-converters", () => List<object>([]));
        lists.MapPost("/activities/{typeName}/options/{propertyName}", LiveOptions.ListAsync);

        api.MapGet("/features/installed", () => List(Features.Select(Feature)));
        api.MapGet("/features/installed/{fullName}", (HttpContext http, string fullName) =>
            Features.Contains(fullName)
                ? Answers.Ok(Feature(fullName))
                : Answers.NotFound(http, "这里没有这项功能。", "There is no such feature here."));
        api.MapGet("/package/version", () => Answers.Ok(new { packageVersion = "3.8.2" }));
    }

    private static async Task<IResult> OneAsync(
        HttpContext http, string typeName, int? version, DescriptorCache cache, CancellationToken cancellationToken) =>
        await cache.FindAsync(typeName, version, Answers.Culture(http), cancellationToken) is { } descriptor
            ? Results.Text(descriptor, "application/json; charset=utf-8")
            : Answers.NotFound(http, "没有这个活动类型，或没有这个版本。",
                "There is no such activity type, or no such version.");

    private static object Feature(string name) => new
    {
        name = name[(name.LastIndexOf('.') + 1)..],
        @namespace = name[..name.LastIndexOf('.')],
        fullName = name,
        displayName = name,
        description = "",
    };

    private static IResult Strategies(HttpContext http, StaticLists.Strategy[] strategies) =>
        List(strategies.Select(one => new
        {
            typeName = one.TypeName,
            displayName = one.DisplayName.In(Answers.Culture(http)),
            description = one.Description.In(Answers.Culture(http)),
        }));

    private static IResult List<T>(IEnumerable<T> items)
    {
        T[] all = [.. items];
        return Answers.Ok(new { items = all, count = all.Length });
    }
}
