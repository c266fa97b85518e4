using System.Net;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// What scanners and people who mean ill do with decision links, on the whole host; each says how often it tried (mail
/// rules 1 to 4).
/// </summary>
public sealed class HostileLinkTests(GateDesk desk, ITestOutputHelper output) : IClassFixture<GateDesk>
{
    private readonly CaseMoves _moves = new(desk.Services);

    [Fact]
    public async Task A_scanner_that_follows_every_link_of_the_page_decides_nothing()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        var (seen, next) = (new HashSet<string>(), new Queue<string>(["/t/" + token, "/link/" + token]));
        while (next.TryDequeue(out var address) && seen.Count < 200)
        {
            if (!seen.Add(address) || address.StartsWith("/sign-in", StringComparison.Ordinal)) continue;
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options })
            {
                using var request = new HttpRequestMessage(method, address);
                using var answer = await browser.Client.SendAsync(request);
                ((int)answer.StatusCode).Should().BeLessThan(500, $"{method} {address}");
            }

            using var page = await browser.Client.GetAsync(address);
            if (page.Content.Headers.ContentType?.MediaType != "text/html") continue;
            await browser.GetAsync(address);
            foreach (var link in browser.Page.QuerySelectorAll("a[href^='/t/'], form[action^='/']"))
            {
                next.Enqueue(link.GetAttribute("href") ?? link.GetAttribute("action")!);
            }
        }

        output.WriteLine($"addresses followed: {seen.Count}, requests: {seen.Count * 4}");
        var after = await _moves.TaskAtAsync(gate.CaseId, "Gate");
        (after.Revision, after.Assignees.Single().Outcome, after.Questions.Count).Should().Be((gate.Revision, null, 0));
        await browser.GetAsync("/t/" + token);
        browser.Page.QuerySelectorAll("button[name=outcome]").Should().NotBeEmpty("the link is not burnt");
    }

    [Fact]
    public async Task A_scanner_that_posts_every_form_as_it_stands_decides_nothing_that_is_not_taken_back()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);
        var shown = browser.Page;
        var forms = shown.QuerySelectorAll("form input[name=_handler]")
            .Select(one => one.GetAttribute("value")!).ToList();
        foreach (var form in forms)
        {
            browser.GoBackTo(shown);
            await browser.PostAsync(form, []);
        }

        output.WriteLine($"forms posted as they stand: {forms.Count}: {string.Join(", ", forms)}");
        var after = await _moves.TaskAtAsync(gate.CaseId, "Gate");
        after.Assignees.Single().Outcome.Should().BeNull("without a pressed button no outcome is chosen");
        after.Questions.Should().BeEmpty("what is asked has to be typed");

        // Even a scanner that presses the first button decides nothing that its person cannot take back.
        browser.GoBackTo(shown);
        await browser.PostAsync("answer", new() { ["outcome"] = "Confirm" });
        await browser.GetAsync("/t/" + token);
        await browser.PostAsync("take-back", []);
        (await _moves.TaskAtAsync(gate.CaseId, "Gate")).Assignees.Single().Outcome.Should().BeNull();
    }

    [Fact]
    public async Task Guessed_and_forged_tokens_all_get_the_same_answer_that_tells_nothing()
    {
        var (_, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        var tries = new List<string> { "", "a", new('A', 43), new('A', 44), new('-', 43), token[..42], token + "A",
            token.ToUpperInvariant(), "..%2f..%2fetc%2fpasswd", "%01", "%F0%9F%98%80", new('x', 4000) };
        for (var at = 0; at < 43; at++)
        {
            // One character of a genuine token changed.
            var other = token[at] == 'A' ? 'B' : 'A';
            tries.Add($"{token[..at]}{other}{token[(at + 1)..]}");
        }

        for (var turn = 0; turn < 200; turn++)
        {
            tries.Add(Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32))
                .TrimEnd('=').Replace('+', '-').Replace('/', '_'));
        }

        foreach (var forged in tries.Distinct().Where(one => one != token))
        {
            await browser.GetAsync("/t/" + forged);
            browser.Answer.StatusCode.Should().BeOneOf(
                [HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.RequestUriTooLong], forged);
            browser.Text.Should().NotContain("审定调研报告").And.NotContain("河边步道");
        }

        output.WriteLine($"forged tokens: {tries.Count}");
    }

    [Fact]
    public async Task What_a_mail_program_left_of_an_address_opens_the_task_or_says_how_to_get_a_new_link()
    {
        var (_, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        string[] whole = [token + "。", token + ">", token + "&gt;", token + ")", token + "%20", token + "%E3%80%82请办理"];
        string[] broken = ["", token[..20], token[..42], $"%3C{token}%3E", "%3C", "。", "=" + token, "3D" + token];
        foreach (var end in whole)
        {
            await browser.GetAsync("/t/" + end);
            var isEntity = end.Contains('&');
            if (isEntity && browser.Answer.StatusCode == HttpStatusCode.NotFound) continue;
            browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK, end);
            browser.Text.Should().Contain("审定调研报告", end);
        }

        foreach (var address in broken.SelectMany(end => new[] { "/t/" + end, "/link/" + end, "/n/" + end })
            .Concat(["/t", "/link", "/n", "/digest/leave", "/digest/leave/", "/digest/leave/" + token]))
        {
            await browser.GetAsync(address);
            browser.Answer.Headers.Location.Should().BeNull($"{address} leads to no sign-in");
            browser.Page.QuerySelector("input[type=password]").Should().BeNull(address);
            browser.Text.Should().ContainAny(["重新发送", "请告诉工作人员"], address);
        }
    }

    [Fact]
    public async Task Who_holds_one_person_s_link_answers_for_nobody_else()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        var others = new[] { await desk.PersonAsync("member"), await desk.PersonAsync("secretary") };
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);
        var shown = browser.Page;
        foreach (var other in others)
        {
            browser.GoBackTo(shown);
            await browser.PostAsync(
                "answer", new() { ["outcome"] = "Confirm", ["for"] = other.Id.Value.ToString("N") });
        }

        var seats = (await _moves.TaskAtAsync(gate.CaseId, "Gate")).Assignees;
        seats.Should().OnlyContain(seat => seat.Outcome == null || seat.AnsweredById == null);
        seats.Select(seat => seat.PersonId).Should().NotContain(others.Select(other => other.Id));
    }

    [Fact]
    public async Task Somebody_else_who_is_signed_in_and_opens_a_forwarded_link_acts_as_its_person_and_nothing_more()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        using var browser = await desk.AsAsync("secretary");

        await browser.GetAsync("/t/" + token);

        await using var db = desk.Open();
        var owner = await db.People.SingleAsync(one => one.Id == gate.Assignees[0].PersonId);
        browser.Page.QuerySelector(".page-head")!.TextContent.Should().Contain($"发给 {owner.Name}");
        (await _moves.TaskAtAsync(gate.CaseId, "Gate")).Revision.Should().Be(gate.Revision);
    }

    [Fact]
    public async Task Posts_at_forged_links_are_limited_by_the_address_they_come_from()
    {
        const int Most = 10; // One a minute, ten times as many where whole offices come.
        await using var host = new DeskHost([new("Host:PublicPostsPerMinute", "1")]);
        using var client = host.CreateClient();
        var answers = new List<HttpStatusCode>();
        for (var turn = 0; turn <= Most + 2; turn++)
        {
            using var content = new FormUrlEncodedContent([new("_handler", "answer"), new("outcome", "Confirm")]);
            answers.Add((await client.PostAsync("/t/" + new string('A', 43), content)).StatusCode);
        }

        answers.Should().NotContain(code => (int)code >= 500);
        answers.Take(Most).Should().NotContain(HttpStatusCode.TooManyRequests, "an office is behind one address");
        answers.TakeLast(2).Should().OnlyContain(code => code == HttpStatusCode.TooManyRequests);
        output.WriteLine($"posts at a forged link: {answers.Count}, refused for their number: "
            + $"{answers.Count(code => code == HttpStatusCode.TooManyRequests)}");
    }

    [Fact]
    public async Task A_form_of_one_task_posted_at_the_link_of_another_decides_neither()
    {
        var (one, token) = await _moves.JudgedReportAsync();
        var (two, other) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);
        var shown = browser.Page;
        await browser.GetAsync("/t/" + other);
        browser.GoBackTo(shown);

        // Its revision, operation and person are those of the first task; the address is that of the second.
        await browser.PostAsync("answer", new() { ["outcome"] = "Delete", ["for"] = Guid.NewGuid().ToString() });

        (await _moves.TaskAtAsync(one.CaseId, "Gate")).Assignees.Single().Outcome.Should().BeNull();
        (await _moves.TaskAtAsync(two.CaseId, "Gate")).Assignees.Single().Outcome.Should().BeNull();
    }

    [Fact]
    public async Task Of_two_nodes_that_get_different_answers_by_one_link_at_once_one_stands_and_the_other_hears_it()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        using var one = desk.Browser();
        using var two = desk.Browser();
        await one.GetAsync("/t/" + token);
        await two.GetAsync("/t/" + token);

        await Task.WhenAll(
            one.PostAsync("answer", new() { ["outcome"] = "Confirm" }),
            two.PostAsync("answer", new() { ["outcome"] = "Return", ["f.comment"] = "再查", ["reason"] = "再查" }));

        var outcome = (await _moves.TaskAtAsync(gate.CaseId, "Gate")).Assignees.Single().Outcome;
        outcome.Should().BeOneOf("Confirm", "Return");
        new[] { one, two }.Count(browser => browser.Answer.StatusCode == HttpStatusCode.Redirect)
            .Should().BeLessThanOrEqualTo(1, "only one of them counted");
    }

    [Fact]
    public async Task A_used_link_replayed_changes_nothing_and_who_was_replaced_decides_nothing()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);
        var shown = browser.Page;
        var (director, member) = (await desk.PersonAsync("director"), await desk.PersonAsync("member"));

        (await desk.Services.GetRequiredService<ITaskAnswers>().ReassignAsync(
            desk.Organisation, gate.Id, director.Id, gate.Assignees[0].PersonId, member.Id, "reassign", default))
            .Should().BeOfType<AnswerResult.Accepted>();
        browser.GoBackTo(shown);
        for (var turn = 0; turn < 5; turn++)
        {
            browser.GoBackTo(shown);
            await browser.PostAsync("answer", new() { ["outcome"] = "Confirm" });
        }

        var seats = (await _moves.TaskAtAsync(gate.CaseId, "Gate")).Assignees;
        seats.Should().OnlyContain(seat => seat.Outcome == null);
        browser.Text.Should().Contain("这个链接已收回");

        var taker = "/t/" + await _moves.TokenAsync(gate, member.Id);
        await browser.GetAsync(taker);
        var form = browser.Page;
        await browser.PostAsync("answer", new() { ["outcome"] = "Confirm" });
        var at = (await _moves.TaskAtAsync(gate.CaseId, "Gate")).Assignees.Single(seat => seat.Active).AnsweredAt;
        for (var turn = 0; turn < 5; turn++)
        {
            browser.GoBackTo(form);
            await browser.PostAsync("answer", new() { ["outcome"] = "Return", ["reason"] = "再查" });
        }

        var seat = (await _moves.TaskAtAsync(gate.CaseId, "Gate")).Assignees.Single(one => one.Active);
        (seat.Outcome, seat.AnsweredAt).Should().Be(("Confirm", at));
    }

    [Fact]
    public async Task A_row_planted_or_changed_in_the_database_opens_nothing_without_the_key()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        var forged = new string('B', 43);
        await using var db = desk.Open();
        await db.ActionLinks.Where(link => link.TaskId == gate.Id.Value).ExecuteUpdateAsync(
            set => set.SetProperty(link => link.TokenHash, ActionLinkMint.HashOf(forged)));
        using var browser = desk.Browser();

        await browser.GetAsync("/t/" + forged);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        await browser.GetAsync("/t/" + token);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }
}
