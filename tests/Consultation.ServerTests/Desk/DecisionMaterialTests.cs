using System.Net;
using Consultation.Cases;
using Consultation.Cases.Documents;
using Microsoft.EntityFrameworkCore;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// What an approver sees before the answer, by the link of the mail and at the desk: the thing under judgement with its
/// documents (mail rule 1).
/// </summary>
public sealed class DecisionMaterialTests(GateDesk desk) : IClassFixture<GateDesk>
{
    private readonly CaseMoves _moves = new(desk.Services);

    [Fact]
    public async Task A_link_shows_what_is_judged_and_opens_its_document_and_changes_nothing()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();

        await browser.GetAsync("/t/" + token);
        var shown = browser.Page.QuerySelector(".material")!;
        shown.TextContent.Should().Contain("调研报告").And.Contain("末段没有路灯").And.Contain("照明不足，夜间出行不便。");
        shown.QuerySelector("details.exhibit")!.HasAttribute("open").Should().BeTrue("what is judged stands open");
        shown.QuerySelector("details.long-text summary")!.TextContent.Should().Contain("看全文");
        var address = shown.QuerySelector("a[download]")!.GetAttribute("href")!;
        address.Should().StartWith($"/t/{token}/documents/");
        using var file = await browser.Client.GetAsync(address);
        using var head = await browser.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));

        file.StatusCode.Should().Be(HttpStatusCode.OK);
        file.Content.Headers.ContentType!.MediaType.Should().Be(CaseDocuments.Word);
        file.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        file.Headers.GetValues("Referrer-Policy").Should().Equal("no-referrer");
        var named = file.Content.Headers.ContentDisposition!;
        (named.DispositionType, named.FileNameStar).Should().Be(("attachment", "调研报告-河边步道夜间照明.docx"));
        named.FileName.Should().MatchRegex("^research-report-[0-9]{8}\\.docx$");
        head.StatusCode.Should().Be(HttpStatusCode.OK);
        head.Content.Headers.ContentDisposition!.FileName.Should().Be(named.FileName);
        (await _moves.TaskAtAsync(gate.CaseId, "Gate")).Revision.Should().Be(gate.Revision);
        await browser.GetAsync("/t/" + token);
        browser.Page.QuerySelector("button[name=outcome][value=Return]")!.TextContent.Should()
            .Be("退回修改", "the link stays usable, and the gate has no words of its own");
    }

    [Fact]
    public async Task A_mail_names_what_its_link_shows()
    {
        var (gate, _) = await _moves.JudgedReportAsync();
        await using var db = desk.Open();

        var mail = await db.Mails.AsNoTracking().SingleAsync(one => one.TaskId == gate.Id.Value);

        mail.TextBody.Should().Contain("【材料】调研报告");
    }

    [Fact]
    public async Task A_closing_check_shows_the_item_with_the_history_of_its_entries()
    {
        var (_, token) = await _moves.ReportedItemAsync();
        using var browser = desk.Browser();

        await browser.GetAsync("/t/" + token);

        var item = browser.Page.QuerySelector(".material details.exhibit[open]")!;
        item.QuerySelector("summary")!.TextContent.Should().Contain("沿步道加装路灯");
        item.QuerySelectorAll(".timeline-title").Select(entry => entry.TextContent).Should().HaveCount(2)
            .And.Contain(entry => entry.Contains("六十盏路灯全部点亮")).And.Contain(entry => entry.Contains("完成勘察"));
        item.TextContent.Should().Contain("供电要增容。");
        browser.Page.QuerySelector("button[value=Return]")!.TextContent.Should()
            .Be("退回继续办理", "this return leads to the undertaking unit");
        browser.Page.QuerySelector(".answer-buttons")!.TextContent.Should().NotContain("拟稿人");
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(6, false)]
    public async Task A_second_person_sees_the_screeners_answers_and_reasons_but_no_words_of_a_sensitive_matter(
        int code, bool worded)
    {
        var (_, token) = await _moves.ExcludedAsync(code);
        using var browser = desk.Browser();

        await browser.GetAsync("/t/" + token);

        browser.Page.QuerySelector("h1")!.TextContent.Should().Be("不纳入情形复核");
        var screening = browser.Page.QuerySelector(".material details.exhibit[open]")!.TextContent;
        screening.Should().Contain($"情形 {code}");
        screening.Contains("属于行政机关内部事务", StringComparison.Ordinal).Should().Be(worded);
        browser.Text.Contains("步道由街道内部调整", StringComparison.Ordinal).Should().Be(worded);
        browser.Page.QuerySelectorAll(".material details.exhibit summary")
            .Should().NotContain(other => other.TextContent.Contains("基本情况"), "they stand in the screening");
        browser.Page.QuerySelectorAll("textarea[name='f.remark']").Should().ContainSingle();
        browser.Page.QuerySelector("#answer [name=reason]").Should().BeNull("the remark is the reason");
    }

    [Fact]
    public async Task The_desk_shows_the_same()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        using var link = desk.Browser();
        await link.GetAsync("/t/" + token);
        using var director = await desk.AsAsync("director");

        await director.GetAsync($"/tasks/{gate.Id.Value}");

        var shown = director.Page.QuerySelector(".material")!;
        shown.TextContent.Should().Be(link.Page.QuerySelector(".material")!.TextContent);
        using var file = await director.Client.GetAsync(shown.QuerySelector("a[download]")!.GetAttribute("href"));
        file.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_document_that_the_task_is_not_about_is_opened_neither_by_the_link_nor_by_the_task()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        var other = await OtherDocumentAsync(gate.CaseId);
        using var browser = desk.Browser();
        using var director = await desk.AsAsync("director");

        (await browser.Client.GetAsync($"/t/{token}/documents/{other}")).StatusCode.Should()
            .Be(HttpStatusCode.NotFound);
        (await browser.Client.GetAsync($"/t/{new string('A', 43)}/documents/{other}")).StatusCode
            .Should().Be(HttpStatusCode.NotFound, "a forged link tells nothing");
        (await director.Client.GetAsync($"/tasks/{gate.Id.Value}/documents/{other}")).StatusCode.Should()
            .Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("expired", "这个链接已过期")]
    [InlineData("revoked", "这个链接已收回")]
    [InlineData("used", "您已经通过这个链接答复过了")]
    public async Task A_link_that_opens_nothing_opens_no_document(string how, string words)
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);
        var address = browser.Page.QuerySelector(".material a[download]")!.GetAttribute("href")!;
        await using var db = desk.Open();
        var links = db.ActionLinks.Where(one => one.TaskId == gate.Id.Value);
        switch (how)
        {
            case "expired":
                await links.ExecuteUpdateAsync(set => set.SetProperty(one => one.ExpiresAt, DateTimeOffset.UnixEpoch));
                break;
            case "revoked":
                await links.ExecuteUpdateAsync(set => set.SetProperty(one => one.RevokedAt, DateTimeOffset.UnixEpoch));
                break;
            default:
                await browser.PostAsync("answer", new() { ["outcome"] = "Confirm" });
                break;
        }

        await browser.GetAsync(address);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await browser.FollowAsync();

        browser.Text.Should().Contain(words);
        browser.Page.QuerySelector(".material").Should().BeNull();
    }

    [Fact]
    public async Task Nothing_of_a_restricted_case_is_shown_by_a_link_and_the_try_is_noted()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);
        var address = browser.Page.QuerySelector(".material a[download]")!.GetAttribute("href")!;
        await using var db = desk.Open();
        await db.Cases.Where(one => one.Id == gate.CaseId)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Restricted, true));

        await browser.GetAsync("/t/" + token);
        browser.Page.QuerySelector(".material").Should().BeNull();
        await browser.GetAsync(address);

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/cases/{gate.CaseId}?tab=access");
        secretary.Text.Should().Contain("文件（邮件链接）").And.Contain("已拒绝");
    }

    [Fact]
    public async Task Who_has_left_sees_nothing_by_an_old_link()
    {
        var (gate, token) = await _moves.JudgedReportAsync();
        var director = await desk.PersonAsync("director");
        using var browser = desk.Browser();
        await ActiveAsync(director.Id, false);

        await browser.GetAsync("/t/" + token);

        browser.Page.QuerySelector(".material").Should().BeNull();
        await ActiveAsync(director.Id, true);
        await browser.GetAsync("/t/" + token);
        browser.Page.QuerySelector(".material").Should().NotBeNull($"{gate.Number} is still theirs");
    }

    [Fact]
    public async Task The_opinion_is_asked_once_and_needed_only_for_sending_back()
    {
        var (_, token) = await _moves.JudgedReportAsync();
        using var browser = desk.Browser();
        await browser.GetAsync("/t/" + token);
        browser.Page.QuerySelector("#answer [name=reason]").Should().BeNull("the opinion is the reason");
        browser.Page.QuerySelector("#field-opinion .form-hint")!.TextContent.Should().Contain("退回修改");
        browser.Text.Should().Contain("由这一位决定。").And.NotContain("先到为准").And.NotContain("最后决定");

        await browser.PostAsync("answer", new() { ["outcome"] = "Return" });
        browser.Page.QuerySelector("#field-opinion .invalid-feedback")!.TextContent.Should().Contain("请写明理由");
        await browser.PostAsync("answer", new() { ["outcome"] = "Confirm" });

        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
    }

    private async Task<Guid> OtherDocumentAsync(CaseId caseId)
    {
        await using var db = desk.Open();
        var other = new CaseDocument
        {
            OrganisationId = desk.Organisation,
            Id = DocumentId.New(),
            CaseId = caseId,
            Kind = "archive-index",
            Title = new("归档目录"),
            FileName = "归档目录.docx",
            ContentType = CaseDocuments.Word,
            Content = [1],
            Sha256 = "",
            At = DateTimeOffset.UnixEpoch,
        };
        db.Add(other);
        await db.SaveChangesAsync();
        return other.Id.Value;
    }

    private async Task ActiveAsync(PersonId person, bool active)
    {
        await using var db = desk.Open();
        await db.People.Where(one => one.Id == person)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Active, active));
        await db.Organisations.Where(one => one.Id == desk.Organisation)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.DirectoryVersion, one => one.DirectoryVersion + 1));
    }
}
