using System.Text;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Consultation.Testing.Scenarios;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows;

/// <summary>
/// The meeting of a six-step case, with people who decline, keep silent, send others, object; moved and called off
/// (Q89–Q95, P23–P26, P36–P56).
/// </summary>
public sealed partial class MeetingTests
{
    private readonly Scenario _scenario = Begin();

    private District District => _scenario.District;
    private Meeting Meeting => _scenario.Meetings[0];

    public MeetingTests()
    {
        Screen(_scenario);
        Confirm(_scenario);
    }

    [Theory]
    [InlineData("on", "2025-01-01", "on")]
    [InlineData("from", "25:99", "from")]
    [InlineData("reply-by", "2027-01-01", "reply-by")]
    public void What_is_wrong_with_a_plan_is_refused_at_its_field(string field, string value, string wrong)
    {
        ToPlan();

        _scenario.Answer("Plan", District.Officer, "Done", _scenario.Fill(_scenario.TaskAt("Plan"), (field, value)))
            .Should().BeOfType<AnswerResult.Invalid>().Which.Errors.Should().Contain(error => error.Field == wrong);
        _scenario.Meetings.Should().BeEmpty();
    }

    [Fact]
    public void A_meeting_tomorrow_needs_a_reason_and_a_roster_without_residents_is_refused()
    {
        ToPlan();
        var tomorrow = IsoDay.Iso(District.Calendar.Move(District.Calendar.DayOf(_scenario.Now), 1));
        var nobody = FormValues.Write([new Dictionary<string, string>
        {
            ["person"] = District.Head.Id.Value.ToString("N"),
            ["class"] = "platform",
            ["vote"] = "yes",
        }]);

        var errors = _scenario.Answer("Plan", District.Officer, "Done",
            _scenario.Fill(_scenario.TaskAt("Plan"), ("on", tomorrow), ("people", nobody)))
            .Should().BeOfType<AnswerResult.Invalid>().Subject.Errors;

        errors.Should().Contain(error => error.Field == "short-notice");
        errors.Select(error => error.Message.Zh).Should()
            .Contain("参会名单至少要有1名群众代表或企事业单位代表，现有0名。").And.Contain("参会名单至少要有1名政协委员，现有0名。");
    }

    [Fact]
    public void The_notice_with_its_calendar_file_goes_to_the_roster_and_to_nobody_else()
    {
        ToNotice(_scenario);

        var notices = Mails("meeting-notice");
        notices.Select(mail => mail.RecipientName).Should()
            .BeEquivalentTo(District.Head.Name, District.MemberA.Name, District.Supervisor.Name);
        notices.Should().OnlyContain(mail => Calendar(mail).Contains("METHOD:REQUEST")
            && Calendar(mail).Contains($"UID:{Meeting.Id.Value:D}") && Calendar(mail).Contains("SEQUENCE:0"));
        Meeting.State.Should().Be(MeetingState.Noticed);
        var call = _scenario.TaskAt("Call");
        District.Calendar.DayOf(call.DueAt!.Value).Should().Be(District.Calendar.Move(Meeting.On, -3));
        call.DueBasis!.Meeting.Should().Be(Meeting.Id);
    }

    [Fact]
    public void Who_has_a_duty_without_a_seat_hears_of_it_of_a_move_and_of_a_call_off()
    {
        ToPlan();
        var (photographer, teller) = (District.GroupLead, District.GroupMember);
        _scenario.Answer("Plan", District.Officer, "Done", _scenario.Fill(_scenario.TaskAt("Plan"),
            ("host", Id(District.Head)), ("recorder", Id(District.Officer)), ("photographer", Id(photographer)),
            ("tellers", FormValues.List([Id(teller), Id(photographer)])))).Should().BeOfType<AnswerResult.Accepted>();

        Mails("meeting-notice").Single(mail => mail.RecipientName == photographer.Name).TextBody.Should()
            .Contain("【您的分工】摄影摄像人、计票人").And.NotContain("回复能否参加", "nobody asks them for a reply");
        Mails("meeting-notice").Single(mail => mail.RecipientName == District.Head.Name).TextBody.Should()
            .Contain("【您的分工】主持人").And.Contain("回复能否参加", "the host has a seat");
        _scenario.TaskAt("Call").Assignees.Should().NotContain(seat => seat.PersonId == photographer.Id);
        _scenario.Do(new MeetingAct.Move(
            new(IsoDay.Iso(District.Calendar.Move(Meeting.On, 4)), "09:00", "11:00", null, "五楼"), "台风")
        {
            OrganisationId = Meeting.OrganisationId,
            MeetingId = Meeting.Id,
            CaseId = _scenario.Case.Id,
            ActorId = District.Officer.Id,
            OperationId = "move",
        });
        _scenario.Do(new MeetingAct.CallOff("台风")
        {
            OrganisationId = Meeting.OrganisationId,
            MeetingId = Meeting.Id,
            CaseId = _scenario.Case.Id,
            ActorId = District.Officer.Id,
            OperationId = "off",
        });

        foreach (var purpose in new[] { "meeting-notice", "meeting-moved", "meeting-cancelled" })
        {
            Mails(purpose).Select(mail => mail.RecipientName).Should().OnlyHaveUniqueItems()
                .And.Contain([photographer.Name, teller.Name])
                .And.NotContain(District.Officer.Name, "who settled it knows it");
        }

        Mails("meeting-moved").Where(mail => mail.RecipientName == teller.Name).Should()
            .OnlyContain(mail => Calendar(mail).Contains("SEQUENCE:1"));
    }

    [Fact]
    public void Who_declines_is_replaced_and_only_those_concerned_are_told()
    {
        ToNotice(_scenario);
        var before = _scenario.Mails.Count;

        _scenario.ReplyOf(District.MemberA.Id, "no").Should().BeOfType<AnswerResult.Accepted>();
        var replace = _scenario.TaskAt("Replace");
        replace.Title.Zh.Should().Be("替换参会人员：委员 赵强");
        _scenario.Answer(replace, District.Officer, "Done", Replacement(District.MemberB))
            .Should().BeOfType<AnswerResult.Accepted>();

        _scenario.Incidents.Should().BeEmpty();
        Meeting.RosterVersion.Should().Be(2);
        RosterVersions.Of(Meeting)[1].Came.Should().ContainSingle(seat => seat.PersonId == District.MemberB.Id);
        _scenario.Mails.Skip(before).Select(mail => (mail.Purpose, mail.RecipientName)).Should().BeEquivalentTo(
        [
            ("work-request", District.Officer.Name), ("meeting-cancelled", District.MemberA.Name),
            ("meeting-notice", District.MemberB.Name), ("notice", District.Head.Name),
        ]);
        Calendar(Mails("meeting-cancelled").Single()).Should().Contain("METHOD:CANCEL");
        _scenario.ReplyOf(District.MemberB.Id, "yes").Should().BeOfType<AnswerResult.Accepted>();
        _scenario.ReplyOf(District.MemberA.Id, "yes").Should().BeOfType<AnswerResult.NotEntitled>("the place is taken");
        _scenario.OpenRuns.Should().Be(2, "the case and its notice");
    }

    [Fact]
    public void A_reply_can_be_changed_until_the_meeting_and_whoever_comes_after_all_needs_no_replacement()
    {
        ToNotice(_scenario);
        _scenario.ReplyOf(District.MemberA.Id, "no");
        var replace = _scenario.TaskAt("Replace");

        _scenario.ReplyOf(District.MemberA.Id, "yes").Should().BeOfType<AnswerResult.Accepted>();

        replace.State.Should().Be(TaskState.Cancelled);
        Meeting.SeatOf(District.MemberA.Id)!.Reply.Should().Be(SeatReply.Comes);
        _scenario.PassUntil(Meeting.Begins(District.Calendar));
        _scenario.Open.Should().NotContain(task => task.ActivityId == "Call", "the meeting has begun");
    }

    [Fact]
    public void Silence_at_the_reply_day_gives_the_organiser_a_task_and_stays_silence()
    {
        ToNotice(_scenario);
        _scenario.ReplyOf(District.Head.Id, "yes");
        _scenario.ReplyOf(District.MemberA.Id, "substitute");

        _scenario.PassUntil(_scenario.TaskAt("Call").DueAt!.Value);

        var replace = _scenario.Open.Where(task => task.ActivityId == "Replace").Should().ContainSingle().Subject;
        replace.Question.Zh.Should().Contain("督办 陈涛").And.Contain("到期未回复");
        _scenario.Answer(replace, District.Officer, "Done", new() { ["how"] = "keep", ["why"] = "电话确认参加" });
        Meeting.SeatOf(District.Supervisor.Id)!.Reply.Should().Be(SeatReply.None);
    }

    [Fact]
    public void Only_those_who_accepted_are_asked_again()
    {
        ToNotice(_scenario);
        _scenario.ReplyOf(District.Head.Id, "yes");
        _scenario.ReplyOf(District.MemberA.Id, "substitute");
        _scenario.PassUntil(District.Calendar.At(District.Calendar.Move(Meeting.On, -1), new(10, 0)));

        foreach (var node in new[] { "First", "Second" })
        {
            var asked = _scenario.Tasks.Where(task => task.ActivityId == node).Should().ContainSingle().Subject;
            asked.Assignees.Select(seat => seat.PersonId).Should()
                .BeEquivalentTo([District.Head.Id, District.MemberA.Id]);
        }
    }

    [Fact]
    public void A_substitute_with_an_address_gets_the_notice()
    {
        ToNotice(_scenario);

        _scenario.Answer(_scenario.TaskAt("Call"), District.MemberA, "Submit", _scenario.Fill("attendance-reply",
            ("reply", "substitute"), ("substitute", "钱进"),
            ("substitute-contact", "13800000000，qian@mail.example.com")));

        Mails("meeting-notice").Should().Contain(mail => mail.RecipientAddress == "qian@mail.example.com");
    }

    [Fact]
    public void Nobody_is_asked_for_a_replacement_any_more_once_the_meeting_was_held()
    {
        ToNotice(_scenario);
        _scenario.ReplyOf(District.Head.Id, "yes");
        _scenario.ReplyOf(District.MemberA.Id, "yes");
        _scenario.ReplyOf(District.Supervisor.Id, "no");
        var replace = _scenario.Open.Single(task => task.ActivityId == "Replace");

        _scenario.ReachMeeting();
        SixStepMoves.Do(_scenario, "Meeting", District.Officer);

        replace.State.Should().Be(TaskState.Cancelled);
    }

    [Fact]
    public void No_record_before_the_meeting_nor_while_nobody_has_signed_in()
    {
        ToNotice(_scenario);
        _scenario.ReplyAll();
        var record = _scenario.TaskAt("Meeting");

        Refusal(_scenario.Answer(record, District.Officer, "Done", _scenario.Fill(record))).Should().Contain("开始后才能提交");
        _scenario.PassUntil(Meeting.Begins(District.Calendar));
        Refusal(_scenario.Answer(record, District.Officer, "Done", _scenario.Fill(record))).Should().Contain("还没有人签到");
        _scenario.ReachMeeting();
        _scenario.Answer(record, District.Officer, "Done", _scenario.Fill(record))
            .Should().BeOfType<AnswerResult.Accepted>();

        Meeting.State.Should().Be(MeetingState.Held);
        RecordChain.FirstBroken(Meeting, _scenario.MeetingLines).Should().BeNull();
    }

    [Fact]
    public void A_moved_meeting_moves_what_counts_from_it_and_updates_calendars()
    {
        ToNotice(_scenario);
        var call = _scenario.TaskAt("Call");
        var later = District.Calendar.Move(Meeting.On, 4);

        Do(new MeetingAct.Move(new(IsoDay.Iso(later), "09:00", "11:00", null, "五楼"), "台风")
        {
            OrganisationId = Meeting.OrganisationId,
            MeetingId = Meeting.Id,
            CaseId = _scenario.Case.Id,
            ActorId = District.Officer.Id,
            OperationId = "move",
        }).Should().BeEmpty();

        District.Calendar.DayOf(call.DueAt!.Value).Should().Be(District.Calendar.Move(later, -3));
        var moved = Mails("meeting-moved");
        moved.Should().HaveCount(3);
        moved.Should().OnlyContain(mail => mail.TextBody.Contains("台风") && Calendar(mail).Contains("SEQUENCE:1"));
        _scenario.ReplyAll();
        _scenario.PassUntil(District.Calendar.At(District.Calendar.Move(later, -3), new(9, 30)));
        _scenario.TaskAt("First").Should().NotBeNull("re-confirmation is asked three working days before the new day");
        _scenario.PassUntil(Meeting.Begins(District.Calendar));
        _scenario.Open.Should().NotContain(task => task.ActivityId == "Call");
    }

    [Fact]
    public void A_meeting_called_off_is_cancelled_for_all_and_planned_anew()
    {
        ToNotice(_scenario);
        _scenario.ReplyAll();

        Do(new MeetingAct.CallOff("台风")
        {
            OrganisationId = Meeting.OrganisationId,
            MeetingId = Meeting.Id,
            CaseId = _scenario.Case.Id,
            ActorId = District.Officer.Id,
            OperationId = "off",
        }).Should().BeEmpty();

        _scenario.Incidents.Should().BeEmpty();
        Mails("meeting-cancelled").Should().HaveCount(3);
        _scenario.Open.Select(task => task.ActivityId).Should().Equal("Plan");
        SixStepMoves.Do(_scenario, "Plan", District.Officer);
        _scenario.Meetings.Should().HaveCount(2);
        _scenario.TaskAt("Meeting").DueBasis!.Meeting.Should().Be(Meeting.Id);
    }

    [Fact]
    public void Brief_and_rules_reach_the_roster_in_time_and_move_with_the_meeting()
    {
        ToNotice(_scenario);
        var brief = _scenario.TaskAt("Brief");
        District.Calendar.DayOf(brief.DueAt!.Value).Should().Be(District.Calendar.Move(Meeting.On, -2));
        brief.Prefill["problem"].Should().Be(_scenario.Topic!.Problem, "nobody types what the topic says");

        var later = District.Calendar.Move(Meeting.On, 4);
        Do(Move(new(IsoDay.Iso(later), "09:00", "11:00", null, "五楼"))).Should().BeEmpty();
        District.Calendar.DayOf(brief.DueAt!.Value).Should().Be(District.Calendar.Move(later, -2));
        _scenario.HandInBrief();
        _scenario.PassUntil(District.Calendar.At(District.Calendar.Move(later, -3), new(9, 30)));

        string[] roster = [District.Head.Name, District.MemberA.Name, District.Supervisor.Name];
        Told("会议简报").Select(mail => mail.RecipientName).Should().BeEquivalentTo(roster);
        Told("会议简报").Should().OnlyContain(mail => mail.TextBody.Contains(_scenario.Topic!.Problem));
        Told("表决规则").Select(mail => mail.RecipientName).Should().BeEquivalentTo(roster);
        Told("表决规则").Should().OnlyContain(mail => mail.TextBody.Contains("2/3"));

        List<OutgoingMail> Told(string subject) =>
            [.. _scenario.Mails.Where(mail => mail.Purpose == "notice" && mail.Subject.Contains(subject))];
    }

    [Fact]
    public void A_moved_meeting_is_moved_in_the_plan_that_later_steps_show()
    {
        ToNotice(_scenario);
        var later = District.Calendar.Move(Meeting.On, 4);

        Do(Move(new(IsoDay.Iso(later), "09:00", "11:00", null, "五楼"))).Should().BeEmpty();

        var plan = _scenario.Records.First(record => record.Kind == "meeting-plan").Fields;
        (plan["on"], plan["from"], plan["place"]).Should().Be((IsoDay.Iso(later), "09:00", "五楼"));
        plan["agenda"].Should().NotBeEmpty("the rest stays");
    }

    [Fact]
    public void Each_meeting_of_a_case_with_two_has_its_own_calendar_file()
    {
        ToNotice(_scenario);
        var first = Meeting;
        var second = MeetingPlan.Make(
            _scenario.Case, "另一次", new Dictionary<string, string>
            {
                ["on"] = IsoDay.Iso(District.Calendar.Move(first.On, 10)),
                ["from"] = "09:00",
                ["place"] = "二楼",
            }, District.Directory, District.Officer.Id, _scenario.Now.AddMinutes(1));
        _scenario.Meetings.Insert(0, second);

        _scenario.Do(Move(new(IsoDay.Iso(District.Calendar.Move(first.On, 2)), "09:00", "11:00", null, "五楼"), first))
            .Should().BeEmpty();

        Mails("meeting-moved").Should().NotBeEmpty().And
            .OnlyContain(mail => Calendar(mail).Contains($"UID:{first.Id.Value:D}"));
    }

    [Fact]
    public void A_second_topic_joins_the_meeting_and_each_case_waits_for_it()
    {
        var other = new Scenario(WorkflowFolder.All, Monday, District);
        Begin(other);
        Screen(other);
        Confirm(other);
        other.PassUntil(_scenario.Now > other.Now ? _scenario.Now : other.Now);
        ToNotice(_scenario);
        ToPlan(other);
        other.OtherMeetings.Add(Meeting);
        var mails = _scenario.Mails.Count + other.Mails.Count(mail => mail.Purpose == "meeting-notice");

        SixStepMoves.Do(other, "Plan", District.Officer, ("join", Meeting.Id.Value.ToString("N")));

        other.Meetings.Should().ContainSingle().Which.Should().BeSameAs(Meeting);
        Meeting.Topics.Should().HaveCount(2);
        other.TaskAt("Meeting").DueBasis!.Meeting.Should().Be(Meeting.Id);
        (_scenario.Mails.Count + other.Mails.Count(mail => mail.Purpose == "meeting-notice"))
            .Should().Be(mails, "everybody has a seat and a notice already");
    }

    [Fact]
    public void An_objection_makes_a_second_version_that_all_are_asked_about_again_and_one_that_stays_is_attached()
    {
        ToMinutes();
        DoMinutes("Minutes");
        var first = _scenario.TaskAt("ConfirmMinutes");
        first.Assignees.Select(seat => seat.PersonId).Should().BeEquivalentTo([District.Head.Id, District.MemberA.Id],
            "the absent are not asked");

        _scenario.Answer(first, District.MemberA, "Objection", reason: "漏记了我的建议")
            .Should().BeOfType<AnswerResult.Accepted>();
        _scenario.TaskAt("Revise").Assignees.Should().ContainSingle(seat => seat.PersonId == District.Officer.Id);
        DoMinutes("Revise", ("actions", "三月底前装灯"));
        _scenario.Records.First(record => record.Kind == "minutes").Fields["difference"].Should().Contain("＋ 三月底前装灯");

        var second = _scenario.TaskAt("ConfirmMinutes");
        second.Id.Should().NotBe(first.Id);
        _scenario.Answer(second, District.MemberA, "Objection", reason: "仍不准确");
        second.State.Should().Be(TaskState.Open, "the last round collects all answers");
        _scenario.PassUntil(second.DueAt!.Value);

        var answers = _scenario.Records.First(record => record.Kind == "minutes-answers").Fields;
        answers["silent"].Should().Be(District.Head.Name);
        answers["objections"].Should().Contain("仍不准确").And.Contain(District.MemberA.Name);
        answers.Should().NotContainKey("confirmed", "silence is no consent");
        var close = _scenario.TaskAt("CloseMinutes");
        close.Shows.Should().StartWith("minutes-answers");
        _scenario.Answer(close, District.Head, "Confirm").Should().BeOfType<AnswerResult.Accepted>();
        Meeting.State.Should().Be(MeetingState.Closed);
        _scenario.Documents.Should().ContainSingle(document => document.Kind == "minutes" && document.Number != null);
        var told = _scenario.Mails.Where(mail => mail.Purpose == "notice" && mail.Subject.Contains("纪要")).ToList();
        told.Select(mail => mail.RecipientName).Should().BeEquivalentTo(
            District.Head.Name, District.MemberA.Name, District.Supervisor.Name, District.WaterContact.Name);
        told.Should().OnlyContain(mail => mail.Attachments.Count == 1, "guests have no desk to read them at");
        _scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void Minutes_remind_twice_and_end_after_five_working_days()
    {
        ToMinutes();
        DoMinutes("Minutes");
        var confirm = _scenario.TaskAt("ConfirmMinutes");
        var sent = District.Calendar.DayOf(_scenario.Now);

        _scenario.PassUntil(confirm.DueAt!.Value);

        var reminders = _scenario.Mails
            .Where(mail => mail.Purpose == "reminder" && mail.TaskId == confirm.Id.Value)
            .Select(mail => District.Calendar.WorkingDaysBetween(sent, District.Calendar.DayOf(mail.CreatedAt)))
            .Distinct();
        reminders.Should().Equal(2, 4);
        District.Calendar.WorkingDaysBetween(sent, District.Calendar.DayOf(confirm.DueAt!.Value)).Should().Be(5);
        _scenario.TaskAt("CloseMinutes").Should().NotBeNull();
    }

    private IReadOnlyList<FieldError> Do(MeetingAct act) => _scenario.Do(act);

    private MeetingAct.Move Move(MeetingSlot slot, Meeting? meeting = null) => new(slot, "台风")
    {
        OrganisationId = Meeting.OrganisationId,
        MeetingId = (meeting ?? Meeting).Id,
        CaseId = _scenario.Case.Id,
        ActorId = District.Officer.Id,
        OperationId = "move",
    };

    private static string Id(Person person) => person.Id.Value.ToString("N");

    private void ToPlan() => ToPlan(_scenario);

    private static void ToPlan(Scenario scenario)
    {
        var acknowledge = scenario.TaskAt("TellDepartments");
        foreach (var seat in acknowledge.Assignees.ToList())
        {
            scenario.Answer(acknowledge, scenario.District.Directory.Find(seat.PersonId)!, "Acknowledge");
        }

        SixStepMoves.Do(scenario, "Research", scenario.District.Officer);
        scenario.Answer("Readiness", scenario.District.Head, "Confirm", scenario.Fill("readiness"));
    }

    private void ToMinutes()
    {
        ToNotice(_scenario);
        _scenario.ReplyOf(District.Head.Id, "yes");
        _scenario.ReplyOf(District.MemberA.Id, "yes");
        _scenario.ReachMeeting();
        SixStepMoves.Do(_scenario, "Meeting", District.Officer);
        SixStepMoves.Count(_scenario);
        SixStepMoves.Do(_scenario, "Resolution", District.Officer);
        SixStepMoves.Do(_scenario, "GiveOpinion", District.Officer);
    }

    private void DoMinutes(string node, params (string Field, string Value)[] differently)
    {
        var task = _scenario.TaskAt(node);
        var fields = task.Prefill.ToDictionary();
        fields.TryAdd("actions", "三月装灯");
        if (fields.GetValueOrDefault("actions") is not { Length: > 0 }) fields["actions"] = "三月装灯";
        foreach (var (field, value) in differently) fields[field] = value;
        _scenario.Answer(task, District.Officer, "Done", fields).Should().BeOfType<AnswerResult.Accepted>();
    }

    private static Dictionary<string, string> Replacement(Person person) => new()
    {
        ["how"] = "person",
        ["person"] = person.Id.Value.ToString("N"),
        ["why"] = "出差",
    };

    private static string Refusal(AnswerResult result) =>
        result.Should().BeOfType<AnswerResult.Invalid>().Which.Errors[0].Message.Zh;

    private List<OutgoingMail> Mails(string purpose) => [.. _scenario.Mails.Where(mail => mail.Purpose == purpose)];

    private static string Calendar(OutgoingMail mail) =>
        Encoding.UTF8.GetString(mail.Attachments.Should().ContainSingle().Subject.Content).Replace("\r\n ", "");
}
