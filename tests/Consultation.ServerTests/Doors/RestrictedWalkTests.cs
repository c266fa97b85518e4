using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Consultation.ServerTests.Desk;
using Consultation.ServerTests.Elsa;

namespace Consultation.ServerTests.Doors;

/// <summary>
/// A restricted case (O15) and everybody of the sample in turn at every address that the host has, with the ids of the
/// case in hand: whoever is not cleared is answered without a word of it. An address that is added is walked as well.
/// </summary>
public sealed partial class RestrictedWalkTests(GateDesk desk) : IClassFixture<GateDesk>
{
    private static readonly string[] Tabs =
        ["tasks", "history", "matters", "topic", "records", "items", "documents", "files", "mails", "access", "flow"];

    /// <summary>Where the walk must find the word when the secretary walks, or it looks at nothing.</summary>
    private static readonly string[] Known =
    [
        "/cases", "/cases/{Id:guid}", "/cases/{Id:guid}/print", "/cases/export",
        "/cases/{id:guid}/archive",
        "/cases/{id:guid}/documents/{document:guid}", "/tasks", "/tasks/{Id:guid}/slip", "/tasks/export", "/matters",
        "/matters/{Id:guid}", "/matters/export", "/tracking", "/tracking/{Id:guid}", "/tracking/export",
        "/tracking/annex", "/tracking/annex/file",
    ];

    private static RestrictedCase? _made;

    [Theory]
    [InlineData("officer")]
    [InlineData("head")]
    [InlineData("contact")]
    [InlineData("supervisor")]
    [InlineData("member")]
    [InlineData("lead")]
    [InlineData("viewer")]
    [InlineData("designer")]
    [InlineData("publisher")]
    [InlineData("sample-admin")]
    [InlineData("")]
    public async Task Nobody_who_is_not_cleared_reads_a_word_of_a_restricted_case(string user)
    {
        var kept = await MadeAsync();
        using var browser = user.Length == 0 ? desk.Browser() : await desk.AsAsync(user);

        string.Join('\n', await WalkAsync(browser, kept)).Should().BeEmpty();
    }

    [Fact]
    public async Task The_walk_finds_what_cleared_people_read()
    {
        var kept = await MadeAsync();
        using var secretary = await desk.AsAsync("secretary");
        using var director = await desk.AsAsync("director");

        var seen = (await WalkAsync(secretary, kept)).Select(one => one.Split(' ')[0]).ToHashSet();

        seen.Should().Contain(Known);
        (await WalkAsync(director, kept)).Should().NotBeEmpty("the director of its committee is cleared");
    }

    [Theory]
    [InlineData("viewer", false)]
    [InlineData("officer", false)]
    [InlineData("contact", false)]
    [InlineData("sample-admin", false)]
    [InlineData("secretary", true)]
    [InlineData("director", true)]
    public async Task The_search_finds_nothing_of_it_for_whoever_is_not_cleared(string user, bool cleared)
    {
        var kept = await MadeAsync();
        using var browser = await desk.AsAsync(user);

        // A part of the word, because the page says what was looked for.
        await browser.GetAsync($"/search?q={Uri.EscapeDataString(RestrictedCase.Word[..3])}");

        browser.Page.QuerySelectorAll(".search-hits li").Length.Should().BeGreaterThanOrEqualTo(cleared ? 1 : 0);
        kept.Secrets.Any(browser.Page.Body!.TextContent.Contains).Should().Be(cleared);
    }

    [Fact]
    public async Task The_preview_of_a_calendar_edit_counts_what_moves_and_names_nothing_of_the_case()
    {
        var kept = await MadeAsync();
        using var browser = await desk.AsAsync("sample-admin");
        await browser.GetAsync("/calendar/2026-12-31");

        await browser.PostAsync("day", new() { ["kind"] = "Holiday", ["name"] = "放假", ["act"] = "preview" });

        browser.Page.QuerySelector("#moved")!.TextContent.Should().Contain("受限的协商事项");
        kept.Secrets.Should().OnlyContain(secret => !browser.Text.Contains(secret));
    }

    [Theory]
    [InlineData("designer")]
    [InlineData("sample-admin")]
    public async Task No_workflow_is_run_for_a_case_that_is_kept_from_whoever_runs_it(string user)
    {
        var kept = await MadeAsync();
        using var browser = await desk.AsAsync(user);
        var client = await ElsaClient.EnterAsync(browser.Client);

        using var answer = await client.SendAsync("POST", "/workflow-definitions/kept/execute", new
        {
            correlationId = Guid.Parse(kept.Ids["cases"]).ToString("N"),
        });

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("不能以它运行流程");
    }

    private async Task<RestrictedCase> MadeAsync() => _made ??= await RestrictedCase.OpenAsync(desk);

    /// <summary>Every address whose answer holds a secret, with which one.</summary>
    private async Task<List<string>> WalkAsync(DeskBrowser browser, RestrictedCase kept)
    {
        var found = new List<string>();
        foreach (var pattern in DoorTableTests.Endpoints(desk.Services).Where(DoorTableTests.TakesGet)
            .Select(DoorTableTests.Pattern).Where(pattern => pattern != "/sign-out").Distinct())
        {
            foreach (var address in Addresses(pattern, kept))
            {
                using var answer = await browser.Client.GetAsync(address);
                found.AddRange(Secrets(kept, answer, await ReadAsync(answer))
                    // The mail that brings the link gives the number, and nothing else, to whoever it was sent to.
                    .Where(secret =>
                        secret != kept.TaskNumber || !pattern.EndsWith("/{Token}", StringComparison.Ordinal))
                    .Select(secret => $"{pattern} ({address}) says {secret}"));
            }
        }

        var client = await ElsaClient.EnterAsync(browser.Client);
        if (!client.MayEnter) return found;
        foreach (var address in ReadByPost())
        {
            using var answer = await client.SendAsync("POST", Fill(address, kept), new
            {
                ids = new[] { kept.Instance },
                workflowInstanceId = kept.Instance,
            });
            found.AddRange(Secrets(kept, answer, await ReadAsync(answer)).Select(secret => $"{address} says {secret}"));
        }

        return found;
    }

    private static IEnumerable<string> Secrets(RestrictedCase kept, HttpResponseMessage answer, string text)
    {
        var all = $"{text}\n{WebUtility.UrlDecode(answer.Headers.Location?.ToString())}\n"
            + Uri.UnescapeDataString(answer.Content.Headers.ContentDisposition?.ToString() ?? "");
        return kept.Secrets.Where(secret => all.Contains(secret, StringComparison.Ordinal));
    }

    /// <summary>An address with the ids of the case in it, and with the questions that its page knows.</summary>
    private static IEnumerable<string> Addresses(string pattern, RestrictedCase kept)
    {
        var address = Fill(pattern, kept);
        yield return address;
        switch (pattern)
        {
            case "/cases/{Id:guid}" or "/plans/{Id:guid}":
                foreach (var tab in Tabs) yield return $"{address}?tab={tab}";
                break;
            case "/cases" or "/matters" or "/tracking" or "/outbox" or "/plans" or "/mail/incoming":
                // A part of the word: what is searched for stands on the page in any case.
                yield return $"{address}?q=玄字";
                yield return $"{address}?q=积案&view=all&late=1&state=Open";
                break;
            case "/matters/act/{Act}":
                yield return $"{address}?matter={kept.Ids["matters"]}";
                break;
            case "/tasks" or "/tasks/export":
                foreach (var view in new[] { "done", "all" }) yield return $"{address}?view={view}";
                yield return $"{address}?view=all&q=玄字";
                break;
            case "/files/add":
                yield return $"{address}?case={kept.Ids["cases"]}";
                yield return $"{address}?matter={kept.Ids["matters"]}";
                break;
            case "/tasks/{Id:guid}":
                yield return $"{address}?behalf=1";
                break;
            case "/tracking/annex" or "/tracking/annex/file":
                yield return $"{address}?year=2026";
                break;
            case "/elsa/api/activity-executions/list" or "/elsa/api/activity-execution-summaries/list":
                yield return $"{address}?workflowInstanceId={kept.Instance}";
                break;
            case "/elsa/api/activity-executions/count":
                yield return $"{address}?workflowInstanceId={kept.Instance}";
                break;
            case "/elsa/api/activity-executions/by-id":
                yield return $"{address}?id={kept.Ids["execution"]}";
                break;
        }

        if (pattern.EndsWith("/export", StringComparison.Ordinal)) yield return $"{address}?format=xlsx";
        if (pattern.EndsWith("/export", StringComparison.Ordinal)) yield return $"{address}?format=csv";
    }

    private static string Fill(string pattern, RestrictedCase kept) => Placeholder().Replace(pattern, match =>
    {
        var name = match.Groups[1].Value.Split(':')[0].TrimStart('*');
        return name.ToLowerInvariant() switch
        {
            "document" => kept.Ids["document"],
            "token" => kept.Token,
            "slug" => "sample",
            "what" => "content",
            "day" => "2026-12-31",
            "language" => "zh",
            "activityinstanceid" => kept.Ids["execution"],
            "id" when pattern.Contains("activity-executions", StringComparison.Ordinal) => kept.Ids["execution"],
            "id" when pattern.StartsWith("/elsa/", StringComparison.Ordinal)
                || pattern.Contains("instances", StringComparison.Ordinal) => kept.Instance,
            "id" => kept.Ids.GetValueOrDefault(pattern.Split('/')[1], kept.Ids["cases"]),
            "version" or "code" => "1",
            "act" => "ask",
            _ => "kept",
        };
    });

    /// <summary>The addresses of the designer that read by a post, as its table of routes names them.</summary>
    private static IEnumerable<string> ReadByPost([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "..", "Elsa", "Recorded", "routes.txt"))
            .Select(line => line.Split(' ')).Where(row => row is ["POST", _, "read", _]).Select(row => row[1])
            .Where(address => !address.Contains("/hubs/", StringComparison.Ordinal));

    /// <summary>What an answer says: of files in Office's formats, and of packages, all that is in them.</summary>
    private static async Task<string> ReadAsync(HttpResponseMessage answer)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (bytes is not [0x50, 0x4B, 3, 4, ..]) return WebUtility.HtmlDecode(Encoding.UTF8.GetString(bytes));
        var text = new StringBuilder();
        using var archive = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            text.AppendLine(entry.FullName).AppendLine(WebUtility.HtmlDecode(await reader.ReadToEndAsync()));
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Placeholder();
}
