using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Elsa;

/// <summary>Who may call what. The endpoints are read from the host, so that a new one without a rule here fails.</summary>
public sealed partial class AccessTests(ElsaHost host) : IClassFixture<ElsaHost>
{
    private static readonly string[] Outsiders = ["secretary", "director", "officer", "head", "contact", "supervisor", "member", "leader", "lead"];

    private static string RoutesFile([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "Recorded", "routes.txt");

    [Fact]
    public void The_routes_are_those_that_were_agreed()
    {
        var routes = Routes().Select(route => $"{route.Method} {route.Pattern}").Order(StringComparer.Ordinal).ToList();
        if (Environment.GetEnvironmentVariable("CONSULTATION_WRITE_ROUTES") == "1")
        {
            File.WriteAllLines(RoutesFile(), routes);
        }

        routes.Should().Equal(File.ReadAllLines(RoutesFile()), "a changed route is a changed contract: rewrite the file with CONSULTATION_WRITE_ROUTES=1");
    }

    [Fact]
    public async Task Nobody_gets_anywhere_without_a_sign_in()
    {
        using var nobody = host.Nobody();
        foreach (var (method, pattern) in Routes())
        {
            using var answer = await nobody.SendAsync(new HttpRequestMessage(new HttpMethod(method), Filled(pattern)));

            var expected = pattern.StartsWith("/elsa", StringComparison.Ordinal) ? HttpStatusCode.Unauthorized : HttpStatusCode.Redirect;
            answer.StatusCode.Should().Be(expected, "{0} {1}", method, pattern);
        }
    }

    [Fact]
    public async Task People_who_do_not_design_are_refused_everywhere()
    {
        foreach (var user in Outsiders)
        {
            var client = await host.ClientAsync(user);
            client.MayEnter.Should().BeFalse("{0} does not see the designer's page", user);
            foreach (var (method, pattern) in Routes().Where(route => route.Pattern.StartsWith("/elsa", StringComparison.Ordinal)))
            {
                using var answer = await client.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), Filled(pattern)));

                answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, "{0} {1} by {2}", method, pattern, user);
            }
        }
    }

    [Theory]
    [InlineData("designer")]
    [InlineData("publisher")]
    public async Task Only_administrators_cancel_retry_and_delete_instances(string user)
    {
        var client = await host.ClientAsync(user);

        foreach (var (method, path) in new[]
        {
            ("POST", "/cancel/workflow-instances/x"), ("POST", "/retry/workflow-instances/x"), ("POST", "/bulk-actions/cancel/workflow-instances"),
            ("DELETE", "/workflow-instances/x"), ("POST", "/bulk-actions/delete/workflow-instances/by-id"), ("POST", "/alterations/submit"),
        })
        {
            using var answer = await client.SendAsync(method, path, new { });
            answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, "{0} {1}", method, path);
        }
    }

    [Fact]
    public async Task A_designer_saves_but_does_not_publish_and_is_told_so()
    {
        var designer = await host.ClientAsync("designer");
        var saved = await designer.SaveAsync("设计员的流程", [ElsaClient.Activity("End1", "Elsa.End")]);

        using var answer = await designer.SendAsync("POST", $"/workflow-definitions/{saved["definitionId"]}/publish", new { });

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("没有发布权限");
    }

    [Fact]
    public async Task A_change_without_the_pages_token_is_refused()
    {
        var client = await host.AdministratorAsync();

        using var answer = await client.Http.PostAsync("/elsa/api/workflow-definitions/topic-gate/retract", null);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("页面已过期");
    }

    [Fact]
    public async Task Organisations_never_see_each_others_instances()
    {
        var ours = await host.AdministratorAsync();
        var theirs = await host.StrangerAsync();
        var listed = await ours.JsonAsync("POST", "/workflow-instances", new { });
        var seen = (await theirs.JsonAsync("POST", "/workflow-instances", new { }))["items"]!.AsArray().Select(one => one!["id"]!.ToString()).ToHashSet();

        foreach (var run in listed["items"]!.AsArray().Where(run => !string.IsNullOrEmpty(run!["correlationId"]?.ToString())))
        {
            var id = run!["id"]!.ToString();
            seen.Should().NotContain(id);
            foreach (var path in new[] { "", "/execution-state", "/variables", "/journal", "/export" })
            {
                using var answer = await theirs.SendAsync("GET", $"/workflow-instances/{id}{path}");
                answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
            }
        }
    }

    private IEnumerable<(string Method, string Pattern)> Routes() =>
        host.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } text
                && (text.StartsWith("/elsa", StringComparison.Ordinal) || text.Contains("studio", StringComparison.Ordinal)))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                .Select(method => (method, endpoint.RoutePattern.RawText!)))
            .Distinct();

    private static string Filled(string pattern) => Parameter().Replace(pattern, match => match.Value.Contains(":int", StringComparison.Ordinal) ? "1" : "x");

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
