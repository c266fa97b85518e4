using System.Net;
using System.Text;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Consultation.Mail.Incoming;
using Consultation.ServerTests.Desk;
using Consultation.Testing.Mail;
using Consultation.Testing.Runs;
using Ical.Net;
using Microsoft.EntityFrameworkCore;
using static Consultation.ServerTests.Mail.Incoming.ReplyDesk;

namespace Consultation.ServerTests.Mail.Incoming;

/// <summary>Answers of calendar programs, and replies, to the notice of a meeting are read into its roster.</summary>
public sealed class CalendarReplyTests(ReplyDesk desk) : IClassFixture<ReplyDesk>
{
    /// <summary>Each meeting is on a Monday of its own: nobody is at two at once.</summary>
    private static int _week;
    private readonly CaseMoves _moves = new(desk.Services);

    [Fact]
    public async Task Accepting_and_declining_in_a_calendar_are_replies_and_the_later_one_counts()
    {
        var (meeting, call) = await CalledAsync();
        var member = await desk.AddressAsync("member");
        var early = Answer(meeting, member, "ACCEPTED", desk.Now.AddMinutes(-3));

        await desk.PostAsync(early);
        (await SeatAsync(meeting, "member")).Reply.Should().Be(SeatReply.Comes);
        await desk.PostAsync(Answer(meeting, member, "DECLINED", desk.Now.AddMinutes(-1)));
        (await SeatAsync(meeting, "member")).Reply.Should().Be(SeatReply.Declines);
        await desk.PostAsync(early with { MessageId = "replayed@sample.example.org" });

        var seat = await SeatAsync(meeting, "member");
        (seat.Reply, seat.Reason).Should().Be((SeatReply.Declines, "日历回复：不能参加"));
        (await desk.KeptAsync(call)).Select(row => (row.State, row.Reason)).Should().Equal(
            (IncomingState.Decided, IncomingReason.None), (IncomingState.Decided, IncomingReason.None),
            (IncomingState.Noted, IncomingReason.Replayed));
    }

    [Fact]
    public async Task A_guest_answers_by_the_calendar_too_and_the_file_asks_for_the_answer_where_it_is_read()
    {
        var (meeting, call) = await CalledAsync();
        await using (var db = desk.Open())
        {
            var mail = await db.Mails.AsNoTracking().FirstAsync(one => one.TaskId == call.Id.Value
                && one.RecipientAddress == "liu@mail.example.com");
            Calendar.Load(Encoding.UTF8.GetString(mail.Attachments[0].Content))!.Events.Single().Organizer!.Value
                .Should().Be(new Uri("mailto:xieshang@tongzhou.example.gov.cn"));
        }

        await desk.PostAsync(Answer(meeting, "liu@mail.example.com", "ACCEPTED"));

        await using var after = desk.Open();
        (await after.Meetings.AsNoTracking().SingleAsync(one => one.Id == meeting.Id)).Seats
            .Single(seat => seat.GuestName == "刘阿姨").Reply.Should().Be(SeatReply.Comes);
    }

    [Fact]
    public async Task Tentative_is_noted_on_the_roster_and_leaves_the_answer_owed()
    {
        var (meeting, call) = await CalledAsync();

        await desk.PostAsync(Answer(meeting, await desk.AddressAsync("member"), "TENTATIVE"));

        var seat = await SeatAsync(meeting, "member");
        seat.Reply.Should().Be(SeatReply.None);
        seat.TentativeAt.Should().NotBeNull();
        (await desk.NowAsync(call)).Assignees.Should().OnlyContain(one => one.Outcome == null);
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/meetings/{meeting.Id.Value}");
        secretary.Text.Should().Contain("日历回复：暂定");
    }

    [Fact]
    public async Task An_answer_to_the_notice_before_a_move_is_noted_and_not_applied()
    {
        var (meeting, call) = await CalledAsync();
        await using (var db = desk.Open())
        {
            (await db.Meetings.SingleAsync(one => one.Id == meeting.Id)).Sequence = 1;
            await db.SaveChangesAsync();
        }

        await desk.PostAsync(Answer(meeting, await desk.AddressAsync("member"), "ACCEPTED"));

        (await SeatAsync(meeting, "member")).Reply.Should().Be(SeatReply.None);
        (await desk.KeptAsync(call)).Single().Reason.Should().Be(IncomingReason.Moved);
    }

    [Fact]
    public async Task Nobody_answers_for_somebody_else_and_strangers_not_at_all()
    {
        var (meeting, call) = await CalledAsync();
        var (member, head) = (await desk.AddressAsync("member"), await desk.AddressAsync("head"));
        Letter[] hostile =
        [
            Answer(meeting, member, "ACCEPTED") with { Results = null },
            Answer(meeting, member, "ACCEPTED") with { AuthServId = "mx.elsewhere.example" },
            Answer(meeting, member, "ACCEPTED") with { From = head },
            Answer(meeting, "stranger@elsewhere.example", "ACCEPTED"),
            Answer(meeting, member, "ACCEPTED") with { Body = Letter.Calendar(Guid.NewGuid(), 0, member, "ACCEPTED") },
            Answer(meeting, member, "ACCEPTED") with { Date = Letter.At(desk.Now.AddDays(-20)) },
            Answer(meeting, member, "ACCEPTED") with
            {
                Body = Letter.Calendar(meeting.Id.Value, 0, member, "ACCEPTED", "REQUEST"),
            },
        ];

        foreach (var letter in hostile) (await desk.PostAsync(letter)).Should().Be(HttpStatusCode.OK);

        await using var db = desk.Open();
        (await db.Meetings.AsNoTracking().SingleAsync(one => one.Id == meeting.Id)).Seats
            .Should().OnlyContain(seat => seat.Reply == SeatReply.None);
        (await desk.KeptAsync(call)).Should().OnlyContain(row => row.State != IncomingState.Decided);
    }

    [Fact]
    public async Task A_notice_is_answered_by_a_word_too()
    {
        var (meeting, call) = await CalledAsync();
        await using var db = desk.Open();
        var (member, head) = (await desk.AddressAsync("member"), await desk.AddressAsync("head"));
        var mails = await db.Mails.AsNoTracking().Where(one => one.TaskId == call.Id.Value).ToListAsync();
        var (toMember, toHead) = (mails.Find(one => one.RecipientAddress == member)!,
            mails.Find(one => one.RecipientAddress == head)!);
        toMember.TextBody.Should().Contain("第一行只写“参加”、“不参加”中的一个");

        await desk.PostAsync(From(member, await desk.ReplyToAsync(toMember), "参加\n"));
        await desk.PostAsync(From(head, await desk.ReplyToAsync(toHead), "不参加\n当天出差。\n"));

        (await SeatAsync(meeting, "member")).Reply.Should().Be(SeatReply.Comes);
        var absent = await SeatAsync(meeting, "head");
        (absent.Reply, absent.Reason).Should().Be((SeatReply.Declines, "当天出差。"));
    }

    private Letter Answer(Meeting meeting, string attendee, string status, DateTimeOffset? at = null) =>
        From(attendee, "xieshang@tongzhou.example.gov.cn", "") with
        {
            Date = Letter.At(at ?? desk.Now),
            Body = Letter.Calendar(meeting.Id.Value, 0, attendee, status),
        };

    private async Task<MeetingSeat> SeatAsync(Meeting meeting, string user)
    {
        await using var db = desk.Open();
        return (await db.Meetings.AsNoTracking().SingleAsync(one => one.Id == meeting.Id))
            .SeatOf((await desk.PersonAsync(user)).Id)!;
    }

    /// <summary>A meeting of a member, a platform's head and a guest, whose notice is out.</summary>
    private async Task<(Meeting Meeting, WorkTask Call)> CalledAsync()
    {
        var call = Flows.Activity("Notice", "Consultation.CallMeeting", ("title", "String", "会议通知与回执"));
        var caseId = await _moves.OpenAsync(
            "calendar",
            Flows.Activity(
                "Plan", "Consultation.PlanMeeting",
                ("assignees", "String", "role:PlatformOfficer@case.platform|role:Secretary"),
                ("title", "String", "安排会议")),
            call);
        var (member, head) = (await desk.PersonAsync("member"), await desk.PersonAsync("head"));
        await _moves.AnswerAsync(await _moves.TaskAtAsync(caseId, "Plan"), "Done", new()
        {
            ["on"] = $"{new DateOnly(2031, 3, 10).AddDays(7 * _week++):yyyy-MM-dd}",
            ["from"] = "14:30",
            ["place"] = "三楼会议室",
            ["topic"] = "河边步道夜间照明",
            ["agenda"] = "陈述、讨论、表决。",
            ["host"] = head.Id.Value.ToString(),
            ["recorder"] = head.Id.Value.ToString(),
            ["people"] = FormValues.Write(
            [
                Row("person", member.Id.Value.ToString(), "member", "yes"),
                Row("person", head.Id.Value.ToString(), "platform", "yes"),
            ]),
            ["others"] = FormValues.Write(
            [
                Row("name", "刘阿姨", "resident", "no", "liu@mail.example.com"),
            ]),
            ["invited-why"] = "与城管部门有关。",
        });
        var notice = await _moves.TaskAtAsync(caseId, "Notice");
        await using var db = desk.Open();
        return ((await db.Meetings.AsNoTracking().ToListAsync()).Single(one => one.Topics[0].CaseId == caseId), notice);
    }

    private static Dictionary<string, string> Row(
        string field, string who, string kind, string vote, string contact = "") =>
        new() { [field] = who, ["class"] = kind, ["contact"] = contact, ["vote"] = vote };
}
