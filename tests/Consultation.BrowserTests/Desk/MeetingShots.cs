using Consultation.Cases.Calendar;
using Consultation.Cases.Meetings;
using Consultation.Mail.ActionLinks;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Consultation.Testing.Runs;
using Consultation.Web.Links;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.BrowserTests.Desk;

/// <summary>
/// Pages of a meeting as people see them: on a phone, a tablet and a desk, in Chinese and English. Nothing sticks out
/// on the right; what was typed is there again.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class MeetingShots(Chromium chromium)
{
    private static readonly string[] Guests =
        ["刘阿姨", "王大爷", "孙老师", "周经理", "吴师傅", "郑医生", "何工", "许社工", "沈律师", "韩大姐"];

    private static Dictionary<string, string>? _addresses;

    [SkippableTheory]
    [InlineData(390, "zh")]
    [InlineData(820, "zh")]
    [InlineData(1280, "zh")]
    [InlineData(390, "en")]
    [InlineData(820, "en")]
    [InlineData(1280, "en")]
    public async Task Pages_of_a_meeting_fit_the_screen(int width, string language)
    {
        chromium.SkipWithoutChromium();
        await chromium.LoadSampleAsync();
        var addresses = _addresses ??= await PrepareAsync();
        var page = await chromium.SignedInAsync("secretary", chromium.SamplePassword, phone: width < 500);
        var visitor = await chromium.VisitorAsync(phone: width < 500);
        foreach (var (name, address) in addresses)
        {
            var on = address.StartsWith("/meetings", StringComparison.Ordinal) ? page : visitor;
            await on.SetViewportSizeAsync(width, width < 500 ? 844 : 1180);
            await on.GotoAsync($"{address}{(address.Contains('?') ? '&' : '?')}lang={language}");

            await Chromium.ShootAsync(on, $"{width}-{language}-{name}");
            (await Chromium.FitsAsync(on)).Should().BeTrue($"{address} must not scroll sideways at {width}");
        }

        await visitor.Context.CloseAsync();
        await page.Context.CloseAsync();
    }

    [SkippableFact]
    public async Task What_was_typed_and_not_sent_is_there_again_and_short_texts_are_pointed_out()
    {
        chromium.SkipWithoutChromium();
        await chromium.LoadSampleAsync();
        var meeting = await new PlannedMeetings(chromium.Services).PlanAsync("shots-draft", 21);
        var page = await chromium.SignedInAsync("secretary", chromium.SamplePassword);
        await using var db = chromium.Services.GetRequiredService<Database>().Open();
        await TodayAsync(db, meeting);
        await page.GotoAsync($"/meetings/{meeting.Id.Value}/day");
        await page.Locator("#record [name=text]").FillAsync("主持人介绍议题");

        await page.GotoAsync($"/meetings/{meeting.Id.Value}");
        await page.GotoAsync($"/meetings/{meeting.Id.Value}/day");

        (await page.Locator("#record [name=text]").InputValueAsync()).Should().Be("主持人介绍议题");
        (await page.Locator("#record .draft-said").InnerTextAsync()).Should().Contain("未提交的内容");
        await page.Locator("#record button[type=submit]").ClickAsync();
        await page.Locator("#record .record-lines").GetByText("主持人介绍议题").WaitForAsync();
        (await page.Locator("#record [name=text]").InputValueAsync()).Should().BeEmpty("it was sent");
        await page.Context.CloseAsync();
    }

    /// <summary>A meeting that is noticed, one on its day, one with an online vote.</summary>
    private async Task<Dictionary<string, string>> PrepareAsync()
    {
        var (planned, moves) = (new PlannedMeetings(chromium.Services), new CaseMoves(chromium.Services));
        await using var db = chromium.Services.GetRequiredService<Database>().Open();
        var member = await db.People.SingleAsync(one => one.UserName == "member");
        var noticed = await planned.PlanAsync("shots-notice", 9, guests: Guests);
        var call = await moves.TaskAtAsync(noticed.Topics[0].CaseId, "Call");
        var vote = await planned.PlanAsync(
            "shots-vote", 12, step: Flows.Activity("Vote", "Consultation.TakeVote",
                ("tellers", "String", "role:Secretary"), ("voters", "String", "meeting.voters"),
                ("method", "String", "online-secret"), ("title", "String", "表决"),
                ("question", "String", "是否同意先在步道末段装灯"), ("due", "String", "1wd")));
        var ballot = await moves.TaskAtAsync(vote.Topics[0].CaseId, "Vote");
        var held = await planned.PlanAsync("shots-day", 15, held: true, guests: Guests);
        await TodayAsync(db, held);
        await HoldAsync(db, held);
        var door = chromium.Services.GetRequiredService<DoorLink>().Address(
            new Uri("http://door"), held.OrganisationId.Value, held.Id.Value);
        return new()
        {
            ["meetings"] = $"/meetings?week={noticed.On:yyyy-MM-dd}",
            ["meeting"] = $"/meetings/{noticed.Id.Value}",
            ["day"] = $"/meetings/{held.Id.Value}/day",
            ["code"] = $"/meetings/{held.Id.Value}/code",
            ["reply"] = $"/t/{await moves.TokenAsync(call, member.Id)}",
            ["ballot"] = $"/t/{await moves.TokenAsync(ballot, member.Id)}",
            ["door"] = new Uri(door).PathAndQuery,
        };
    }

    /// <summary>The meeting is today, and begins in an hour, or began an hour ago when it is late.</summary>
    private static async Task TodayAsync(ConsultationDb db, Meeting meeting)
    {
        var now = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8));
        var from = new TimeOnly(Math.Clamp(now.Hour + (now.Hour < 21 ? 1 : -1), 0, 20), 30);
        await db.Meetings.Where(one => one.Id == meeting.Id).ExecuteUpdateAsync(set => set
            .SetProperty(one => one.On, DateOnly.FromDateTime(now.DateTime))
            .SetProperty(one => one.From, from).SetProperty(one => one.To, from.AddHours(3)));
    }

    /// <summary>Most are there, some have spoken, some things were said and asked.</summary>
    private async Task HoldAsync(ConsultationDb db, Meeting planned)
    {
        var meeting = await db.Meetings.SingleAsync(one => one.Id == planned.Id);
        await db.Entry(meeting).ReloadAsync();
        var people = (await chromium.Services.GetRequiredService<LinkDirectory>()
            .FindAsync(meeting.OrganisationId, default))!;
        var calendar = new WorkingCalendar([], TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        var (by, seats) = (meeting.OrganiserId, meeting.Current.ToList());
        var now = meeting.Begins(calendar).AddMinutes(-10);
        var lines = new List<MeetingLine>();
        foreach (var seat in seats.Take(9))
        {
            now = now.AddMinutes(2);
            lines.Add(meeting.SignIn(seat, "", people, calendar, by, now));
        }

        lines.AddRange(meeting.Begin("opening", by, now));
        lines.AddRange(meeting.Begin("discussion", by, now.AddMinutes(6)));
        foreach (var seat in seats.Take(3)) meeting.Queue(seat, now);
        lines.Add(meeting.Pass(seats[3], seats[3].NameIn(people), by, now));
        lines.AddRange(meeting.Speak(meeting.Turns[0].Id, Name, by, now));
        lines.AddRange(meeting.Ends(meeting.Turns[0].Id, "先装末段", Name, by, now.AddMinutes(4)));
        lines.AddRange(meeting.Speak(meeting.Turns[1].Id, Name, by, now.AddMinutes(5)));
        lines.Add(meeting.Note(new MeetingQuestion(
            Guid.NewGuid(), "末段什么时候装灯？", "刘阿姨", "三月底前。", "区水务局"), "", by, now));
        lines.Add(meeting.Note(new MeetingQuestion(
            Guid.NewGuid(), "电费由谁承担？", "王大爷", OwnerId: by, DueOn: meeting.On.AddDays(20)), "秘书", by, now));
        lines.Add(meeting.Note(new MeetingOption(
            Guid.NewGuid(), OptionKind.Advice, "先在没有路灯的末段安装太阳能灯", "刘阿姨"), by, now));
        lines.Add(meeting.Note(new MeetingOption(
            Guid.NewGuid(), OptionKind.Expert, "灯杆间距宜在二十五米左右", "孙老师"), by, now));
        lines.Add(meeting.Note("主持人介绍协商议题和议事规则。", null, by, now));
        db.AddRange(lines);
        await db.SaveChangesAsync();

        string Name(MeetingSeat seat) => seat.NameIn(people);
    }
}
