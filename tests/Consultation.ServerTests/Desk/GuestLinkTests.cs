using System.Net;
using System.Text;
using Consultation.Cases;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;
using Consultation.Cases.Topics;
using Consultation.Testing.Runs;
using Ical.Net;
using Microsoft.EntityFrameworkCore;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// A meeting notice reaches everybody on the roster who has an address, and each replies by the own link (Q89–Q92,
/// P24–P26, mail rule 12).
/// </summary>
public sealed class GuestLinkTests(GateDesk desk) : IClassFixture<GateDesk>
{
    private readonly CaseMoves _moves = new(desk.Services);

    [Fact]
    public async Task A_guest_without_an_account_replies_by_the_link_and_the_pages_know_the_name()
    {
        var (notice, guest) = await InvitedAsync("2030-03-21");
        using var browser = desk.Browser();

        await browser.GetAsync("/t/" + await _moves.TokenAsync(notice, guest.PersonId));
        browser.Text.Should().Contain("刘阿姨").And.Contain("三楼会议室", "the notice is what the reply is about");
        browser.Text.Should().NotContain("张师傅", "who else is asked, and their numbers, nobody outside reads");
        await browser.PostAsync("answer", new() { ["outcome"] = "Submit", ["f.reply"] = "yes" });
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);

        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/tasks/{notice.Id.Value}");
        secretary.Page.QuerySelector(".seat-answered")!.TextContent.Should().Contain("刘阿姨").And.Contain("来宾");
        await secretary.GetAsync($"/cases/{notice.CaseId}?tab=records");
        secretary.Text.Should().Contain("刘阿姨");
        (await TaskAsync(notice)).Assignees.Single(seat => seat.GuestName == "刘阿姨").Channel.Should().Be("link");
    }

    [Fact]
    public async Task A_guest_reads_the_notice_and_the_topic_but_nothing_that_the_house_notes_for_itself()
    {
        var (notice, guest) = await InvitedAsync("2030-03-25");
        var member = await desk.PersonAsync("member");
        await using var db = desk.Open();
        db.Add(new Topic
        {
            OrganisationId = notice.OrganisationId,
            Id = Guid.NewGuid(),
            CaseId = notice.CaseId,
            Title = "河边步道夜间照明",
            Problem = "步道末段没有路灯。",
            Scores = { ["urgency"] = 4 },
            ScoreReason = "居民反映集中。",
            DraftedById = member.Id,
            DraftedAt = notice.OpenedAt,
        });
        foreach (var kind in new[] { DocumentKeys.TopicSheet, DocumentKeys.Roster, DocumentKeys.Agenda })
        {
            db.Add(new CaseDocument
            {
                OrganisationId = notice.OrganisationId,
                Id = DocumentId.New(),
                CaseId = notice.CaseId,
                Kind = kind,
                Title = new($"文书 {kind}"),
                FileName = $"{kind}.docx",
                ContentType = CaseDocuments.Word,
                Content = [1, 2, 3],
                Sha256 = new string('0', 64),
                At = notice.OpenedAt.AddMinutes(1),
            });
        }

        await db.SaveChangesAsync();
        var documents = await db.Documents.AsNoTracking().Where(one => one.CaseId == notice.CaseId).ToListAsync();
        using var browser = desk.Browser();

        var token = await _moves.TokenAsync(notice, guest.PersonId);
        await browser.GetAsync("/t/" + token);
        browser.Text.Should().Contain("三楼会议室").And.Contain("步道末段没有路灯").And.Contain("文书 agenda")
            .And.NotContain("与城管部门有关").And.NotContain("居民平时上班").And.NotContain("居民反映集中")
            .And.NotContain("文书 topic-sheet").And.NotContain("文书 roster");
        foreach (var document in documents)
        {
            await browser.GetAsync($"/t/{token}/documents/{document.Id.Value}");
            browser.Answer.StatusCode.Should().Be(
                document.Kind == DocumentKeys.Agenda ? HttpStatusCode.OK : HttpStatusCode.NotFound, document.Kind);
        }

        await browser.GetAsync("/t/" + await _moves.TokenAsync(notice, member.Id));
        browser.Text.Should().Contain("与城管部门有关").And.Contain("居民反映集中").And.Contain("文书 topic-sheet");
    }

    [Fact]
    public async Task The_notice_goes_to_everybody_with_an_address_and_the_secretary_is_told_who_has_none()
    {
        var (notice, _) = await InvitedAsync();
        await using var db = desk.Open();

        var mails = await db.Mails.AsNoTracking().Where(mail => mail.TaskId == notice.Id.Value).ToListAsync();

        mails.Select(mail => mail.RecipientName).Should()
            .BeEquivalentTo(["刘阿姨", .. await NamesAsync("member", "head")]);
        mails.Should().OnlyContain(mail => mail.LinkIds.Count == 1 && mail.TextBody.Contains("三楼会议室"));
        foreach (var mail in mails)
        {
            var file = mail.Attachments.Should().ContainSingle("the mail speaks of such a file").Subject;
            (file.Name, file.ContentType).Should().Be(("会议通知.ics", "text/calendar; charset=utf-8; method=REQUEST"));
            var meeting = Calendar.Load(Encoding.UTF8.GetString(file.Content))!.Events.Single();
            meeting.DtStart!.AsUtc.Should().Be(new DateTime(2030, 3, 20, 6, 30, 0, DateTimeKind.Utc));
            (meeting.Summary, meeting.Location, meeting.Sequence).Should().Be(("河边步道夜间照明", "三楼会议室", 0));
            meeting.Attendees.Single().Value
                .Should().Be(new Uri($"mailto:{mail.RecipientAddress}"), "nobody learns the addresses of the others");
            meeting.Organizer!.Value.Should().Be(new Uri($"mailto:{(await desk.PersonAsync("secretary")).Email}"));
        }

        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/tasks/{notice.Id.Value}");
        secretary.Text.Should().Contain("没有可用的电子邮箱，未收到邮件：张师傅").And.Contain("（已答复 0/4）").And.NotContain("须全体同意");
        await secretary.GetAsync($"/tasks/{notice.Id.Value}/slip");
        secretary.Text.Should().Contain("致：张师傅");
        await secretary.GetAsync("/tasks?view=all&size=200");
        RowOf(secretary, notice).Should()
            .Contain("刘阿姨（来宾）").And.Contain("张师傅（来宾）").And.Contain((await desk.PersonAsync("member")).Name);
        await secretary.GetAsync($"/cases/{notice.CaseId}");
        secretary.Page.QuerySelector(".task-list")!.TextContent.Should().Contain("张师傅（来宾）");
        secretary.Page.QuerySelector(".waiting-now")!.TextContent.Should().Contain("（来宾）");
        await secretary.GetAsync($"/cases/{notice.CaseId}?tab=history");
        secretary.Text.Should().Contain("张师傅没有电子邮箱");
    }

    [Fact]
    public async Task The_secretary_enters_what_a_guest_without_mail_said()
    {
        var (notice, _) = await InvitedAsync("2030-03-22");
        var guest = notice.Assignees.Single(seat => seat.GuestName == "张师傅");
        using var secretary = await desk.AsAsync("secretary");

        await secretary.GetAsync($"/tasks/{notice.Id.Value}?behalf=1");
        await secretary.PostAsync("answer", new()
        {
            ["for"] = guest.PersonId.Value.ToString(),
            ["outcome"] = "Submit",
            ["f.reply"] = "yes",
        });

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        (await TaskAsync(notice)).Assignees.Single(seat => seat.Id == guest.Id).Channel.Should().Be("on-behalf");
    }

    /// <summary>
    /// The notice of a meeting to which a member, the platform's head and two guests are invited; one guest has an
    /// address. Each on a day of its own: nobody is at two meetings at once.
    /// </summary>
    private async Task<(WorkTask Notice, TaskAssignee Guest)> InvitedAsync(string on = "2030-03-20")
    {
        var call = Flows.Activity("Notice", "Consultation.CallMeeting", ("title", "String", "会议通知与回执"));
        call["shows"] = Flows.Input("Object", "Object", """["meeting-plan", "topic"]""");
        var caseId = await _moves.OpenAsync(
            "invited",
            Flows.Activity(
                "Plan", "Consultation.PlanMeeting",
                ("assignees", "String", "role:PlatformOfficer@case.platform|role:Secretary"),
                ("title", "String", "安排会议")),
            call);
        var plan = await _moves.TaskAtAsync(caseId, "Plan");
        var (member, head) = (await desk.PersonAsync("member"), await desk.PersonAsync("head"));
        await _moves.AnswerAsync(plan, "Done", new()
        {
            ["on"] = on,
            ["rest-day"] = "居民平时上班",
            ["from"] = "14:30",
            ["place"] = "三楼会议室",
            ["topic"] = "河边步道夜间照明",
            ["agenda"] = "陈述、讨论、表决。",
            ["host"] = head.Id.Value.ToString(),
            ["recorder"] = head.Id.Value.ToString(),
            ["people"] = FormValues.Write([Row(member, "member"), Row(head, "platform")]),
            ["others"] = FormValues.Write(
            [
                Guest("刘阿姨", "13800000000，liu@mail.example.com"), Guest("张师傅", "13900000000"),
            ]),
            ["invited-why"] = "与城管部门有关。",
        });
        var notice = await _moves.TaskAtAsync(caseId, "Notice");
        return (notice, notice.Assignees.Single(seat => seat.GuestName == "刘阿姨"));

        static Dictionary<string, string> Row(Consultation.Cases.People.Person person, string kind) =>
            new() { ["person"] = person.Id.Value.ToString(), ["class"] = kind, ["vote"] = "yes" };

        static Dictionary<string, string> Guest(string name, string contact) =>
            new() { ["name"] = name, ["class"] = "resident", ["contact"] = contact, ["vote"] = "no" };
    }

    private static string RowOf(DeskBrowser browser, WorkTask task) =>
        browser.Page.QuerySelectorAll("tbody tr")
            .Single(row => row.QuerySelector($"a[href='/tasks/{task.Id.Value}']") is not null).TextContent;

    private async Task<WorkTask> TaskAsync(WorkTask task)
    {
        await using var db = desk.Open();
        return await db.Tasks.AsNoTracking().SingleAsync(one => one.Id == task.Id);
    }

    private async Task<IEnumerable<string>> NamesAsync(params string[] users)
    {
        var names = new List<string>();
        foreach (var user in users) names.Add((await desk.PersonAsync(user)).Name);
        return names;
    }
}
