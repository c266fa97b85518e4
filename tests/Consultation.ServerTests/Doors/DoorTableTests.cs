using System.Net;
using Consultation.ServerTests.Desk;
using Consultation.Web.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Doors;

/// <summary>Who may open what: one table, compared with every address that the host really has.</summary>
public sealed class DoorTableTests(SampleDesk desk) : IClassFixture<SampleDesk>
{
    [Fact]
    public void Every_address_stands_in_the_table_with_its_rule_and_the_table_names_no_other()
    {
        var real = Endpoints(desk.Services)
            .Where(endpoint => !Pattern(endpoint).StartsWith(DoorTable.DesignersApi, StringComparison.Ordinal))
            .Select(endpoint => $"{Pattern(endpoint)} {RuleOf(endpoint)}").Distinct()
            .Order(StringComparer.Ordinal).ToList();

        string.Join('\n', real).Should()
            .Be(string.Join('\n', DoorTable.Rows.Order(StringComparer.Ordinal)),
                "a new address needs a rule in DoorTable");
    }

    [Fact]
    public void Nothing_of_the_designers_api_is_open_but_signing_in()
    {
        var open = Endpoints(desk.Services)
            .Where(endpoint => Pattern(endpoint).StartsWith(DoorTable.DesignersApi, StringComparison.Ordinal)
            && RuleOf(endpoint) is DoorTable.Anyone or DoorTable.SignedIn).Select(Pattern).Distinct();

        open.Should().BeEquivalentTo(
            ["/elsa/api/identity/login", "/elsa/api/identity/refresh-token"], "signing in itself is open");
    }

    [Fact]
    public async Task Nobody_gets_through_a_door_without_signing_in()
    {
        using var browser = desk.Browser();
        foreach (var endpoint in Endpoints(desk.Services)
            .Where(endpoint => RuleOf(endpoint) != DoorTable.Anyone && TakesGet(endpoint)))
        {
            using var answer = await browser.Client.GetAsync(Filled(endpoint));
            var address = answer.Headers.Location?.ToString() ?? "";
            (answer.StatusCode == HttpStatusCode.Unauthorized
                || (answer.StatusCode == HttpStatusCode.Redirect && address.Contains("/sign-in")))
                .Should().BeTrue($"{Pattern(endpoint)} answered {answer.StatusCode} {address}");
        }
    }

    [Theory]
    [InlineData("secretary")]
    [InlineData("officer")]
    [InlineData("director")]
    [InlineData("head")]
    [InlineData("contact")]
    [InlineData("supervisor")]
    [InlineData("member")]
    [InlineData("leader")]
    [InlineData("lead")]
    [InlineData("viewer")]
    [InlineData("designer")]
    [InlineData("publisher")]
    [InlineData("sample-admin")]
    [InlineData(SampleDesk.Nobody)]
    public async Task People_enter_the_pages_of_their_roles_and_no_others(string user)
    {
        using var browser = await desk.AsAsync(user);
        var roles = await RolesOf(user);
        foreach (var endpoint in Endpoints(desk.Services)
            .Where(endpoint => TakesGet(endpoint) && !Pattern(endpoint).Contains('{')))
        {
            var rule = RuleOf(endpoint);
            if (rule is DoorTable.Anyone or DoorTable.SignedIn || !DoorTable.Policies.Contains(rule)) continue;
            using var answer = await browser.Client.GetAsync(Pattern(endpoint));
            var mayEnter = Policies.RolesOf(rule).Select(role => role.ToString()).Intersect(roles).Any();
            (answer.StatusCode == HttpStatusCode.Forbidden
                || answer.Headers.Location?.ToString().Contains("/errors/403") == true)
                .Should().Be(!mayEnter,
                    $"{user} at {Pattern(endpoint)} ({rule}) got {answer.StatusCode} {answer.Headers.Location}");
        }
    }

    internal static IEnumerable<RouteEndpoint> Endpoints(IServiceProvider services) =>
        services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .DistinctBy(endpoint => (Pattern(endpoint), string.Join(',', Methods(endpoint))));

    internal static string Pattern(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    internal static bool TakesGet(RouteEndpoint endpoint) =>
        Methods(endpoint) is { Count: 0 } or [.., "GET"] or ["GET", ..];

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    private static string RuleOf(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null) return DoorTable.Anyone;
        var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(rule => rule.Policy)
            .Concat(endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>().Select(_ => "own"))
            .OfType<string>().Distinct().ToList();
        return policies.Count == 0 ? DoorTable.SignedIn : string.Join('+', policies);
    }

    private static string Filled(RouteEndpoint endpoint) => System.Text.RegularExpressions.Regex.Replace(
        Pattern(endpoint), @"\{[^}]*\}", match => match.Value.Contains(":int") ? "1" : Guid.Empty.ToString());

    private async Task<List<string>> RolesOf(string user)
    {
        await using var db = desk.Services.GetRequiredService<Storage.Database>().Open();
        var person = db.People.Single(one => one.UserName == user);
        return [.. db.RoleGrants.Where(grant => grant.PersonId == person.Id).AsEnumerable()
            .Select(grant => grant.Role.ToString())];
    }
}
