using Consultation.Cases.Meetings;
using Consultation.Mail.ActionLinks;
using Consultation.ServerTests.Desk;
using Consultation.Storage;
using Consultation.Testing.Runs;
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
        await HoldAsync(held);
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
    private async Task HoldAsync(Meeting meeting)
    {
        using var secretary = chromium.Host.Browser();
        (await secretary.SignInAsync("secretary", chromium.SamplePassword)).Should().BeTrue();
        var seats = meeting.Current.ToList();
        foreach (var seat in seats.Take(9)) await PostAsync("sign-in", ("in", Id(seat)));
        await PostAsync("item", ("begin", "opening"));
        await PostAsync("item", ("begin", "discussion"));
        foreach (var seat in seats.Take(3)) await PostAsync("queue", ("ask", Id(seat)));
        await PostAsync("queue", ("pass", Id(seats[3])));
        await secretary.GetAsync($"/meetings/{meeting.Id.Value}/day");
        var turn = secretary.Page.QuerySelector("#queue button[name=begin]")!.GetAttribute("value")!;
        await PostAsync("speak", ("begin", turn));
        await PostAsync("question", ("question", "末段什么时候装灯？"), ("asked-by", "刘阿姨"), ("answer", "三月底前。"),
            ("answered-by", "区水务局"));
        await PostAsync("question", ("question", "电费由谁承担？"), ("asked-by", "王大爷"),
            ("owner", seats.First(seat => !seat.IsGuest).PersonId.Value.ToString("N")),
            ("due", $"{DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(30):yyyy-MM-dd}"));
        await PostAsync("option", ("kind", nameof(OptionKind.Advice)), ("text", "先在没有路灯的末段安装太阳能灯"), ("by", "刘阿姨"));
        await PostAsync("option", ("kind", nameof(OptionKind.Expert)), ("text", "灯杆间距宜在二十五米左右"), ("by", "孙老师"));
        await PostAsync("note", ("text", "主持人介绍协商议题和议事规则。"));

        async Task PostAsync(string form, params (string Name, string Value)[] fields)
        {
            await secretary.GetAsync($"/meetings/{meeting.Id.Value}/day");
            await secretary.PostAsync(form, fields.ToDictionary(field => field.Name, field => field.Value));
        }

        static string Id(MeetingSeat seat) => seat.Id.ToString("N");
    }
}
