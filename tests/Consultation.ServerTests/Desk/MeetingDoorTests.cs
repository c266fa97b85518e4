using System.Net;
using System.Text.RegularExpressions;
using Consultation.Cases.Meetings;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// The code at the door of a meeting: whoever comes signs in with a phone, without a log-in, on the day only; the
/// recorder puts right what is wrong.
/// </summary>
public sealed partial class MeetingDoorTests(GateDesk desk) : IClassFixture<GateDesk>
{
    private static int _taken = 3;
    private readonly PlannedMeetings _planned = new(desk.Services);

    [Fact]
    public async Task Whoever_comes_signs_in_by_name_and_last_digits_without_a_log_in()
    {
        var meeting = await PlannedAsync("door");
        var door = await DoorOfAsync(meeting);
        Reach(meeting);
        using var phone = desk.Browser();

        await phone.GetAsync(door);
        (phone.Answer.StatusCode, phone.Text.Contains("张师傅", StringComparison.Ordinal)).Should()
            .Be((HttpStatusCode.OK, false), "nobody sees who is on the roster");
        (await SeatAsync(meeting, "张师傅")).SignedInAt.Should().BeNull("looking changes nothing");
        await phone.PostAsync("arrive", new() { ["name"] = "张师傅", ["digits"] = "1111" });
        phone.Text.Should().Contain("与参会名单不符");
        await phone.PostAsync("arrive", new() { ["name"] = "张师傅", ["digits"] = "0000" });
        phone.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, phone.Text);
        await phone.GetAsync(phone.Answer.Headers.Location!.ToString());

        phone.Text.Should().Contain("张师傅，签到成功");
        (await SeatAsync(meeting, "张师傅")).SignedInAt.Should().NotBeNull();
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/meetings/{meeting.Id.Value}/day");
        secretary.Text.Should().Contain("张师傅 扫码签到").And.Contain("已签到 1 人");
    }

    [Fact]
    public async Task Whoever_is_signed_in_at_the_desk_presses_one_button()
    {
        var meeting = await PlannedAsync("door-own");
        var door = await DoorOfAsync(meeting);
        Reach(meeting);
        using var member = await desk.AsAsync("member");

        await member.GetAsync(door);
        await member.PostAsync("own", []);
        await member.GetAsync(door);

        member.Text.Should().Contain("签到成功");
        var person = await desk.PersonAsync("member");
        await using var db = desk.Open();
        (await db.Meetings.AsNoTracking().SingleAsync(one => one.Id == meeting.Id)).SeatOf(person.Id)!.SignedInById
            .Should().Be(person.Id);
    }

    [Fact]
    public async Task The_door_is_closed_before_the_day_and_a_forged_code_is_none()
    {
        var meeting = await PlannedAsync("door-early");
        var door = await DoorOfAsync(meeting);
        using var phone = desk.Browser();

        await phone.GetAsync(door);
        phone.Text.Should().Contain("开始前两小时起可以签到");
        phone.Page.QuerySelector("form[method=post]").Should().BeNull();
        await phone.GetAsync(door[..^2] + "AA");
        phone.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        phone.Text.Should().Contain("签到码无效");
    }

    [Fact]
    public async Task Wrong_digits_at_one_name_are_slowed_down()
    {
        var meeting = await PlannedAsync("door-guess");
        var door = await DoorOfAsync(meeting);
        Reach(meeting);
        using var phone = desk.Browser();
        await phone.GetAsync(door);

        for (var guess = 0; guess < 6; guess++)
        {
            await phone.PostAsync("arrive", new() { ["name"] = "张师傅", ["digits"] = $"111{guess}" });
        }

        phone.Answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        await phone.PostAsync("arrive", new() { ["name"] = "张师傅", ["digits"] = "0000" });
        (await SeatAsync(meeting, "张师傅")).SignedInAt.Should().BeNull("guessing on does not help");
    }

    [Fact]
    public async Task The_code_stands_on_its_page_and_on_the_printed_list_and_only_who_runs_the_meeting_sees_it()
    {
        var meeting = await PlannedAsync("door-code");
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/meetings/{meeting.Id.Value}/code");
        secretary.Page.QuerySelector("svg.qr-code path").Should().NotBeNull();

        var list = await secretary.Client.GetByteArrayAsync($"/meetings/{meeting.Id.Value}/documents/sign-in-list");
        using var document = WordprocessingDocument.Open(new MemoryStream(list), false);
        document.MainDocumentPart!.ImageParts.Should().ContainSingle();
        document.MainDocumentPart.Document!.Body!.InnerText.Should().Contain("手机号后四位");

        using var member = await desk.AsAsync("member");
        await member.GetAsync($"/meetings/{meeting.Id.Value}/code");
        member.Answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_recorder_enters_substitutes_strangers_and_corrections_with_the_reason()
    {
        var meeting = await PlannedAsync("door-list");
        Reach(meeting);
        var here = $"/meetings/{meeting.Id.Value}/day";
        var seat = meeting.Current.First(one => one.GuestName is null);
        using var secretary = await desk.AsAsync("secretary");

        await secretary.GetAsync(here);
        await secretary.PostAsync("put-right", new()
        {
            ["seat"] = seat.Id.ToString("N"),
            ["what"] = "substitute",
            ["substitute"] = "钱进",
        });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);
        await secretary.GetAsync(here);
        await secretary.PostAsync("put-right", new() { ["seat"] = seat.Id.ToString("N"), ["what"] = "out" });
        secretary.Text.Should().Contain("请写明撤销的原因");
        await secretary.GetAsync(here);
        await secretary.PostAsync("walk-in", new()
        {
            ["name"] = "周记者",
            ["unit"] = "区融媒体中心",
            ["class"] = "other",
            ["why"] = "采访",
        });
        secretary.Answer.StatusCode.Should().Be(HttpStatusCode.Redirect, secretary.Text);

        await secretary.GetAsync(here);
        secretary.Text.Should().Contain("钱进（代").And.Contain("周记者 签到");
        await using var db = desk.Open();
        (await db.Mails.AsNoTracking().CountAsync(mail => mail.CaseId == meeting.Topics[0].CaseId.Value
            && mail.RecipientName == "周记者")).Should().Be(0, "who is there needs no notice");
    }

    private Task<Meeting> PlannedAsync(string definition) =>
        _planned.PlanAsync(definition, Interlocked.Increment(ref _taken), held: true);

    /// <summary>An hour before the meeting begins; the clock does not go back.</summary>
    private void Reach(Meeting meeting)
    {
        var begins = new DateTimeOffset(meeting.On.ToDateTime(meeting.From), TimeSpan.FromHours(8));
        var ahead = begins.AddHours(-1) - desk.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (ahead > TimeSpan.Zero) desk.Pass(ahead);
    }

    private async Task<string> DoorOfAsync(Meeting meeting)
    {
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/meetings/{meeting.Id.Value}/code");
        return Door().Match(secretary.Text).Value;
    }

    private async Task<MeetingSeat> SeatAsync(Meeting meeting, string guest)
    {
        await using var db = desk.Open();
        return (await db.Meetings.AsNoTracking().SingleAsync(one => one.Id == meeting.Id)).Seats
            .Single(seat => seat.GuestName == guest);
    }

    [GeneratedRegex("/m/[A-Za-z0-9_-]+")]
    private static partial Regex Door();
}
