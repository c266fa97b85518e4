using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Consultation.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Elsa;

/// <summary>
/// Who may call what: every address of the designer, read from the host, as everybody in turn. The table
/// <c>Recorded/routes.txt</c> says for each address which rule guards it and what a bare request gets from those who
/// may; an address without a rule fails.
/// </summary>
public sealed partial class AccessTests(ReadOnlyHost host) : IClassFixture<ReadOnlyHost>
{
    private const string Reads = "read";
    private const string Designs = "design";
    private const string Publishes = "publish";
    private const string Operates = "operate";

    /// <summary>Signing in itself.</summary>
    private const string Open = "open";

    private static readonly Dictionary<string, Row> Table = File.ReadAllLines(RoutesFile()).Select(Row.Read)
        .ToDictionary(row => row.Address);

    /// <summary>
    /// What each person of the sample may do with the designer. Elsa:ReadOnlyRoles names Secretary here.
    /// </summary>
    private static readonly Dictionary<string, string[]> May = new()
    {
        ["sample-admin"] = [Reads, Designs, Publishes, Operates],
        ["publisher"] = [Reads, Designs, Publishes],
        ["designer"] = [Reads, Designs],
        ["secretary"] = [Reads],
    };

    private static readonly string[] Outsiders =
        ["director", "officer", "head", "contact", "supervisor", "member", "leader", "lead", "viewer"];

    public static IEnumerable<object[]> People => May.Keys.Concat(Outsiders).Select(user => new object[] { user });

    private static string RoutesFile([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "Recorded", "routes.txt");

    [Fact]
    public void Every_address_has_a_rule_and_the_table_names_no_other()
    {
        var routes = Routes().Order(StringComparer.Ordinal).ToList();
        if (Environment.GetEnvironmentVariable("CONSULTATION_WRITE_ROUTES") == "1")
        {
            // Read first: the file is empty as soon as it is written to.
            var rows = routes.ConvertAll(route => Table.GetValueOrDefault(route)?.ToString() ?? $"{route} ? 0");
            File.WriteAllLines(RoutesFile(), rows);
        }

        routes.Should().Equal(
            Table.Keys.Order(StringComparer.Ordinal),
            "a changed route is a changed contract: rewrite the file with CONSULTATION_WRITE_ROUTES=1, then put the "
                + "rule and the answer for each “?”");
        Table.Values.Where(row => row.Rule is not (Reads or Designs or Publishes or Operates or Open))
            .Select(row => row.Address)
            .Should().BeEmpty("each needs its rule");
    }

    [Fact]
    public async Task Nobody_gets_anywhere_without_a_sign_in()
    {
        using var nobody = host.Nobody();
        foreach (var row in Table.Values.Where(row => row.Rule != Open))
        {
            using var answer = await nobody.SendAsync(new HttpRequestMessage(new HttpMethod(row.Method), row.Filled));

            var expected = row.IsPage ? HttpStatusCode.Redirect : HttpStatusCode.Unauthorized;
            answer.StatusCode.Should().Be(expected, row.Address);
            if (row.IsPage) answer.Headers.Location!.ToString().Should().Contain("/sign-in", row.Address);
            else await ProblemAsync(answer, row.Address);
        }
    }

    [Fact]
    public async Task Whoever_may_not_enter_or_has_a_password_of_somebody_else_is_told_in_json_and_led_to_no_page()
    {
        var outsider = await host.ClientAsync("member");
        using var fresh = await host.FreshAsync();
        foreach (var row in Table.Values.Where(row => row is { IsPage: false, Rule: not Open }))
        {
            foreach (var client in new[] { outsider.Http, fresh })
            {
                using var answer = await client.SendAsync(
                    new HttpRequestMessage(new HttpMethod(row.Method), row.Filled) { Content = row.Body });

                answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, row.Address);
                await ProblemAsync(answer, row.Address);
            }
        }
    }

    /// <summary>The answer is a problem in JSON, with a sentence, and leads nowhere.</summary>
    private static async Task ProblemAsync(HttpResponseMessage answer, string address)
    {
        answer.Headers.Location.Should().BeNull(address);
        answer.Content.Headers.ContentType?.MediaType.Should().Be("application/problem+json", address);
        var problem = (await answer.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonObject>())!;
        problem["status"]!.GetValue<int>().Should().Be((int)answer.StatusCode, address);
        problem["detail"]!.ToString().Should().NotBeEmpty(address);
    }

    [Theory]
    [MemberData(nameof(People))]
    public async Task Everybody_gets_what_the_rules_say_and_no_change_without_the_pages_token(string user)
    {
        var client = await host.ClientAsync(user);
        var may = May.GetValueOrDefault(user, []);
        client.MayEnter.Should().Be(may.Length > 0);
        var wrong = new List<string>();
        foreach (var row in Table.Values.Where(row => row.Rule != Open))
        {
            var expected = Expected(row, may);
            using var answer = await client.SendAsync(row.Method, row.Filled, row.Body);
            Check(row, "", expected, answer);
            if (row.IsPage && answer.Headers.Location?.ToString()
                .Contains("/errors/403", StringComparison.Ordinal) is true == may.Contains(row.Rule))
            {
                wrong.Add($"{row.Address} led to {answer.Headers.Location}");
            }
            if (!row.Changes || !may.Contains(Reads)) continue;
            using var bare = await client.Http.SendAsync(
                new HttpRequestMessage(new HttpMethod(row.Method), row.Filled) { Content = row.Body });
            // Whoever may not do it anyway hears that first or last; in neither case is it done.
            Check(row, " without the token", HttpStatusCode.BadRequest, bare);
            if (!(await bare.Content.ReadAsStringAsync()).Contains("页面已过期", StringComparison.Ordinal))
            {
                wrong.Add($"{row.Address} without the token was not stopped for it");
            }
        }

        wrong.Should().BeEmpty();

        void Check(Row row, string how, HttpStatusCode expected, HttpResponseMessage answer)
        {
            if (answer.StatusCode != expected)
            {
                wrong.Add($"{row.Address}{how}: {(int)answer.StatusCode} instead of {(int)expected}");
            }
        }
    }

    [Fact]
    public async Task Where_no_role_is_named_read_only_a_secretary_does_not_enter()
    {
        await using var usual = new ElsaHost();

        (await usual.ClientAsync("secretary")).MayEnter.Should().BeFalse();
    }

    [Fact]
    public async Task Who_may_only_look_is_told_so_by_the_links_and_by_a_sentence()
    {
        var reader = await host.ClientAsync("secretary");
        var designer = await host.ClientAsync("designer");

        Rels(await reader.JsonAsync("GET", "/workflow-definitions?versionOptions=Latest")).Should()
            .BeEmpty("the list is then read-only");
        Rels(await reader.JsonAsync("GET", "/workflow-definitions/by-definition-id/topic-gate")).Should().Equal("self");
        Rels(await designer.JsonAsync("GET", "/workflow-definitions?versionOptions=Latest")).Should()
            .Contain("bulk-publish");
        Rels(await designer.JsonAsync("GET", "/workflow-definitions/by-definition-id/topic-gate")).Should()
            .Contain("publish");
        using var refused = await reader.SendAsync(
            "POST", "/workflow-definitions", new { model = ElsaClient.Model("不许改", [], null, "topic-gate") });
        (await refused.Content.ReadAsStringAsync()).Should().Contain("您只能查看");

        static IEnumerable<string> Rels(System.Text.Json.Nodes.JsonNode node) =>
            node["links"]!.AsArray().Select(link => link!["rel"]!.ToString());
    }

    [Fact]
    public async Task A_designer_saves_but_does_not_publish_and_is_told_so()
    {
        var designer = await host.ClientAsync("designer");
        var saved = await designer.SaveAsync("设计员的流程", [ElsaClient.Activity("End1", "Elsa.End")]);

        using var answer =
            await designer.SendAsync("POST", $"/workflow-definitions/{saved["definitionId"]}/publish", new { });

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("没有发布权限");
    }

    /// <summary>
    /// Who may enter but not publish is told in words, as 400: to the designer a 403 is a crash there.
    /// </summary>
    private static HttpStatusCode Expected(Row row, string[] may) =>
        may.Contains(row.Rule) ? row.Answer
        : row.IsPage ? HttpStatusCode.Redirect
        : row.Rule == Publishes && may.Contains(Designs) ? HttpStatusCode.BadRequest
        : HttpStatusCode.Forbidden;

    private IEnumerable<string> Routes() =>
        host.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } text
                && (text.StartsWith("/elsa", StringComparison.Ordinal)
                || text.Contains("studio", StringComparison.Ordinal)
                || endpoint.Metadata.OfType<IAuthorizeData>().Any(rule => rule.Policy == ElsaApi.Policy)))
            .SelectMany(
                endpoint =>
                    (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods
                        ?? HubMethods(endpoint.RoutePattern.RawText!))
                .Select(method => $"{method} {endpoint.RoutePattern.RawText!}"))
            .Distinct();

    /// <summary>The addresses of a hub name no methods; these are what its client uses.</summary>
    private static string[] HubMethods(string pattern) =>
        pattern.EndsWith("/negotiate", StringComparison.Ordinal) ? ["POST"] : ["GET"];

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    /// <summary>
    /// One line of the table: method, address, rule, and what a bare request gets from those who may.
    /// </summary>
    private sealed record Row(string Method, string Pattern, string Rule, HttpStatusCode Answer)
    {
        public string Address => $"{Method} {Pattern}";

        public bool IsPage => !Pattern.StartsWith("/elsa", StringComparison.Ordinal);

        /// <summary>
        /// Everything that is not read by GET carries the page's token; the hub's own handshake changes nothing.
        /// </summary>
        public bool Changes => ByGet.Contains(Address)
            || (Method != "GET" && !Pattern.StartsWith("/elsa/hubs/", StringComparison.Ordinal));

        /// <summary>What Elsa's scripts do by GET.</summary>
        private static readonly string[] ByGet =
        [
            "GET /elsa/api/workflow-definitions/{definitionId}/execute", "GET /elsa/api/alterations/workflows/retry",
        ];

        /// <summary>What is sent: no more than its shape.</summary>
        public HttpContent? Body => Method is not ("POST" or "PUT") ? null
            : Pattern.Contains("/import-files", StringComparison.Ordinal)
            || Pattern.Contains("/import/workflow-instances", StringComparison.Ordinal)
                ? new MultipartFormDataContent { { new StringContent(""), "nothing" } }
                : JsonContent.Create(new { });

        public string Filled =>
            Parameter().Replace(Pattern, match => match.Value.Contains(":int", StringComparison.Ordinal) ? "1" : "x");

        public static Row Read(string line) => line.Split(' ') is [var method, var pattern, var rule, var answer]
            ? new(method, pattern, rule,
                (HttpStatusCode)int.Parse(answer, System.Globalization.CultureInfo.InvariantCulture))
            : new(line.Split(' ')[0], line.Split(' ')[1], "?", 0);

        public override string ToString() => $"{Address} {Rule} {(int)Answer}";
    }
}
