using System.Diagnostics;
using System.Net;
using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Consultation.Storage.Reading.Meetings;
using Consultation.Web.Links;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// The pages of a meeting, on a real database: list and halls, the organiser's page, the day on a tablet (P34–P54,
/// Q79).
/// </summary>
public sealed class MeetingPageTests(GateDesk desk) : IClassFixture<GateDesk>
{
    /// <summary>Days ahead that a meeting of these tests has: nobody is at two at once.</summary>
    private static int _taken = 6;
    private readonly PlannedMeetings _planned = new(desk.Services);

    [Fact]
    public async Task The_organiser_moves_a_meeting_and_what_counts_from_it_moves_along()
    {
        var meeting = await PlannedAsync("moved");
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/meetings?week={meeting.On:yyyy-MM-dd}");
        secretary.Text.Should().Contain("河边步道照明").And.Contain("三楼会议室");
        await secretary.GetAsync($"/meetings?week={meeting.On.AddDays(-14):yyyy-MM-dd}");
        secretary.Page.QuerySelectorAll(".table-card a").Select(link => link.GetAttribute("href")).Should()
            .Contain($"/meetings/{meeting.Id.Value}", "an empty week says what comes next");
        var before = await CallAsync(meeting);

        await secretary.GetAsync($"/meetings/{meeting.Id.Value}");
        secretary.Text.Should().Contain("参会名单（第 1 版）").And.Contain("未回复：").And.Contain("没有电子邮箱");
        await secretary.GetAsync($"/meetings/{meeting.Id.Value}?lang=en");
        secretary.Text.Should().Contain("No reply from: ")
            .And.NotContain("、", "an English page names people with commas");
        await secretary.GetAsync($"/meetings/{meeting.Id.Value}?lang=zh");
        var later = meeting.On.AddDays(7);
        await secretary.PostAsync("move", new()
        {
            ["on"] = $"{later:yyyy-MM-dd}",
            ["rest-day"] = "居民平时上班",
            ["from"] = "09:00",
            ["to"] = "11:00",
            ["place"] = "五楼会议室",
            ["reason"] = "台风",
        });

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await using var db = desk.Open();
        var moved = await db.Meetings.AsNoTracking().SingleAsync(one => one.Id == meeting.Id);
        (moved.On, moved.Sequence, moved.Place).Should().Be((later, 1, "五楼会议室"));
        var after = await CallAsync(meeting);
        after.DueAt.Should().BeAfter(before.DueAt!.Value);
        after.DueBasis!.From.Should().Be(later);
        (await db.Bookmarks.AsNoTracking().Where(row => row.InstanceId == after.InstanceId && row.DueAt != null)
            .Select(row => row.DueAt).ToListAsync()).Should().Contain(after.DueAt);
        (await db.Mails.AsNoTracking().CountAsync(mail => mail.Purpose == "meeting-moved"
            && mail.CaseId == meeting.Topics[0].CaseId.Value)).Should().Be(2, "one of three has no address");
        await secretary.GetAsync($"/meetings/{meeting.Id.Value}");
        await secretary.PostAsync("move", new() { ["on"] = "2020-01-01", ["from"] = "09:00", ["reason"] = "x" });
        secretary.Text.Should().Contain("已经过去");
    }

    [Fact]
    public async Task Whoever_has_replied_finds_the_reply_and_may_change_it()
    {
        var meeting = await PlannedAsync("replied");
        var call = await CallAsync(meeting);
        using var member = await desk.AsAsync("member");
        await member.GetAsync($"/tasks/{call.Id.Value}");
        member.Text.Should().NotContain("您已在").And.Contain($"{meeting.From:HH\\:mm}–{meeting.To:HH\\:mm}")
            .And.Contain(meeting.Place, "when and where stand on the page of the question");
        await member.PostAsync("answer", new()
        {
            ["f.reply"] = "no",
            ["f.reason"] = "在外地出差",
            ["outcome"] = "Submit",
        });
        member.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, member.Text);

        await member.GetAsync($"/tasks/{call.Id.Value}");

        member.Text.Should().Contain("您已在");
        member.Page.QuerySelector("[name='f.reason']")!.GetAttribute("value").Should().Be("在外地出差");
        member.Page.QuerySelector("input[name='f.reply'][value='no']")!.HasAttribute("checked").Should().BeTrue();
        await member.PostAsync("answer", new() { ["f.reply"] = "yes", ["outcome"] = "Submit" });
        member.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, member.Text);
    }

    [Fact]
    public async Task A_meeting_of_two_cases_is_moved_and_called_off_for_both_and_everybody_hears_it_once()
    {
        var meeting = await PlannedAsync("shared");
        var other = await _planned.JoinAsync(meeting, "joins");
        CaseId[] cases = [meeting.Topics[0].CaseId, other];
        using var secretary = await desk.AsAsync("secretary");
        var later = meeting.On.AddDays(14);
        await secretary.GetAsync($"/meetings/{meeting.Id.Value}");

        await secretary.PostAsync("move", new()
        {
            ["on"] = $"{later:yyyy-MM-dd}",
            ["rest-day"] = "居民平时上班",
            ["from"] = "09:00",
            ["to"] = "11:00",
            ["place"] = "五楼会议室",
            ["reason"] = "台风",
        });

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await using var db = desk.Open();
        var calls = await db.Tasks.AsNoTracking().Where(task => cases.Contains(task.CaseId)
            && task.ActivityId == "Call").ToListAsync();
        calls.Should().HaveCount(2).And.OnlyContain(task => task.DueBasis!.From == later);
        foreach (var call in calls)
        {
            (await db.Bookmarks.AsNoTracking().Where(row => row.InstanceId == call.InstanceId)
                .Select(row => row.DueAt).ToListAsync()).Should().Contain(call.DueAt);
        }

        var plans = await db.Records.AsNoTracking().Where(record => cases.Contains(record.CaseId)
            && record.Kind == FormKeys.MeetingPlan).OrderByDescending(record => record.At).ToListAsync();
        plans.First(plan => plan.CaseId == cases[0]).Fields["on"].Should().Be($"{later:yyyy-MM-dd}");
        plans.First(plan => plan.CaseId == other).Fields["join"].Should().StartWith($"{later:yyyy-MM-dd}");
        (await TellingsAsync("meeting-moved")).Should().BeEquivalentTo(await Reached());

        await secretary.GetAsync($"/meetings/{meeting.Id.Value}");
        await secretary.PostAsync("call-off", new() { ["reason"] = "场馆停电" });
        (await TellingsAsync("meeting-cancelled")).Should().BeEquivalentTo(await Reached());
        (await db.Tasks.AsNoTracking().Where(task => cases.Contains(task.CaseId) && task.ActivityId == "Call")
            .Select(task => task.State).ToListAsync()).Should().OnlyContain(state => state == TaskState.Cancelled);
        (await db.History.AsNoTracking().Where(line => line.Verb == "meeting.called-off"
            && line.CaseId != null && cases.Contains(line.CaseId.Value)).CountAsync()).Should().Be(2);

        // Where the two cases' mails stand does not matter: all are of this meeting.
        Task<List<string>> TellingsAsync(string purpose) => db.Mails.AsNoTracking()
            .Where(mail => mail.Purpose == purpose && mail.CaseId != null
                && (mail.CaseId == cases[0].Value || mail.CaseId == other.Value))
            .Select(mail => mail.RecipientName).ToListAsync();
        async Task<List<string>> Reached() =>
            [(await desk.PersonAsync("member")).Name, (await desk.PersonAsync("head")).Name, "何老师"];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(57)]
    public async Task The_page_asks_the_database_as_often_however_many_take_part(int guests)
    {
        var meeting = await _planned.PlanAsync(
            $"counted-{guests}", Interlocked.Increment(ref _taken),
            guests: [.. Enumerable.Range(1, guests).Select(number => $"居民{number}")]);
        var reader = desk.Services.GetRequiredService<MeetingReader>();
        var secretary = await desk.PersonAsync("secretary");
        var directory = (await desk.Services.GetRequiredService<LinkDirectory>()
            .FindAsync(meeting.OrganisationId, default))!;
        var scope = CaseScope.Of(secretary.Id, directory);

        using var counted = new CountedStatements();
        // EF Core remembers for a second that nobody listened.
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(1.5);)
        {
            await reader.LinesAsync(meeting, default);
        }

        counted.Clear();
        var found = (await reader.FindAsync(scope, meeting.Id, default))!;
        await reader.LinesAsync(found.Meeting, default);

        found.Meeting.Current.Should().HaveCount(guests + 3);
        counted.Texts.Should().HaveCount(4, "meeting, cases, tasks, record:\n" + string.Join('\n', counted.Texts));
    }

    [Fact]
    public async Task On_the_day_people_sign_in_speak_and_ask_and_the_record_is_drafted_from_it()
    {
        var meeting = await PlannedAsync("day", held: true);
        var here = $"/meetings/{meeting.Id.Value}/day";
        using (var early = await desk.AsAsync("secretary"))
        {
            await early.GetAsync(here);
            early.Text.Should().Contain("当天起才能签到和记录");
        }

        desk.Pass(TimeSpan.FromDays(_taken + 1));
        using var secretary = await desk.AsAsync("secretary");
        var seat = meeting.Current.First(one => one.GuestName is null);
        await secretary.GetAsync(here);
        await secretary.PostAsync("sign-in", new() { ["in"] = seat.Id.ToString("N") });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await PostAsync(secretary, here, "item", new() { ["begin"] = "discussion" });
        await PostAsync(secretary, here, "queue", new() { ["pass"] = seat.Id.ToString("N") });
        await PostAsync(secretary, here, "question", new()
        {
            ["question"] = "何时装灯？",
            ["asked-by"] = "刘阿姨",
            ["answer"] = "三月",
            ["answered-by"] = "区水务局",
        });
        await PostAsync(secretary, here, "question", new()
        {
            ["question"] = "收费吗？",
            ["asked-by"] = "刘阿姨",
            ["owner"] = (await desk.PersonAsync("head")).Id.Value.ToString(),
            ["due"] = $"{meeting.On.AddDays(40):yyyy-MM-dd}",
        });
        await secretary.GetAsync(here);
        var open = secretary.Page.QuerySelectorAll("textarea[name^=answer-]").Single().GetAttribute("name")!;
        await PostAsync(secretary, here, open, new() { [open] = "不收费" });
        await PostAsync(secretary, here, "option", new() { ["kind"] = "Advice", ["text"] = "先装末段", ["by"] = "刘阿姨" });
        await PostAsync(secretary, here, "note", new() { ["text"] = "主持人致辞" });
        await PostAsync(secretary, here, "note", new() { ["text"] = "致辞的是副主任", ["corrects"] = "１" });
        await PostAsync(secretary, here, "hold", []);

        await secretary.GetAsync(here);
        secretary.Text.Should().Contain("放弃发言").And.Contain("先装末段").And.Contain("校验链完整");
        await using var db = desk.Open();
        var held = await db.Meetings.AsNoTracking().SingleAsync(one => one.Id == meeting.Id);
        held.State.Should().Be(MeetingState.Held);
        var lines = await db.MeetingLines.AsNoTracking().Where(line => line.MeetingId == meeting.Id)
            .OrderBy(line => line.Number).ToListAsync();
        RecordChain.FirstBroken(held, lines).Should().BeNull();
        lines.Should().ContainSingle(line => line.Corrects == 1, "a full-width number is a number");
        var record = await db.Tasks.AsNoTracking()
            .SingleAsync(task => task.CaseId == meeting.Topics[0].CaseId && task.FormKey == "meeting-record");
        record.Prefill["questions"].Should().Contain("何时装灯").And.Contain("不收费");
        record.Prefill["advice"].Should().Contain("先装末段");
    }

    [Fact]
    public async Task Who_does_not_see_the_case_sees_no_meeting_and_who_does_not_run_it_enters_nothing()
    {
        var meeting = await PlannedAsync("seen");
        using var member = await desk.AsAsync("member");
        await member.GetAsync($"/meetings/{meeting.Id.Value}");
        member.Text.Should().Contain("河边步道照明").And.NotContain("改期并通知");

        using var contact = await desk.AsAsync("contact");
        await contact.GetAsync($"/meetings/{meeting.Id.Value}");
        contact.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        await contact.GetAsync($"/meetings?week={meeting.On:yyyy-MM-dd}");
        contact.Text.Should().NotContain("河边步道照明");
    }

    [Theory]
    [InlineData("roster")]
    [InlineData("agenda")]
    [InlineData("sign-in-list")]
    [InlineData("host-script")]
    [InlineData("ballot")]
    public async Task Documents_are_made_of_the_meeting_as_it_stands(string kind)
    {
        var meeting = await PlannedAsync("paper-" + kind);
        using var secretary = await desk.AsAsync("secretary");

        await secretary.GetAsync($"/meetings/{meeting.Id.Value}/documents/{kind}");

        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        secretary.Answer.Content.Headers.ContentType!.MediaType.Should().EndWith("wordprocessingml.document");
    }

    private static async Task PostAsync(
        DeskBrowser browser, string page, string form, Dictionary<string, string> fields)
    {
        await browser.GetAsync(page);
        await browser.PostAsync(form, fields);
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, browser.Text);
    }

    private Task<Meeting> PlannedAsync(string definition, bool held = false) =>
        _planned.PlanAsync(definition, Interlocked.Increment(ref _taken), held);

    private async Task<WorkTask> CallAsync(Meeting meeting)
    {
        await using var db = desk.Open();
        var caseId = meeting.Topics[0].CaseId;
        return await db.Tasks.AsNoTracking().SingleAsync(task => task.CaseId == caseId && task.ActivityId == "Call");
    }
}
