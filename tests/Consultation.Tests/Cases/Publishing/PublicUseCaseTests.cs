using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.Publishing;
using Consultation.Testing;
using Consultation.Tests.Cases.Matters;

namespace Consultation.Tests.Cases.Publishing;

/// <summary>What the public does: opinions, agreements, sign-ups, the own matter.</summary>
public sealed class PublicUseCaseTests
{
    private const string Operation = "operation-of-a-form-";
    private readonly District _district = new();
    private readonly MemoryIntake _intake;
    private readonly PublicVoices _voices;
    private readonly PublicSignUps _signUps;
    private readonly OwnMatters _own;
    private int _operations;

    public PublicUseCaseTests()
    {
        _intake = new MemoryIntake(_district);
        var clock = new FakeClock(District.Now);
        _voices = new PublicVoices(_intake, clock);
        _signUps = new PublicSignUps(_intake, _intake.Mail, clock);
        _own = new OwnMatters(_intake, clock);
    }

    [Fact]
    public async Task The_same_opinion_of_two_visitors_is_folded_and_counted_once_more()
    {
        var topic = Topic();

        await WriteAsync(topic, "路灯太暗了，请加装！", "a");
        var second = await WriteAsync(topic, "路灯太暗了 请加装。", "b");
        await WriteAsync(topic, "路灯太暗了请加装", "a");

        second.Should().BeOfType<VoiceResult.Taken>().Which.Waits.Should().BeFalse();
        var (first, folded) = (Opinions()[0], Opinions()[1..]);
        folded.Should().OnlyContain(one => one.State == OpinionState.Folded && one.FoldedIntoId == first.Id);
        first.Same.Should().Be(1, "who repeats himself is heard once");
    }

    [Fact]
    public async Task A_visitor_who_floods_a_topic_is_stopped_and_another_is_not()
    {
        var topic = Topic();
        for (var n = 0; n < 3; n++) await WriteAsync(topic, $"第{n}条不同的意见，请研究。", "a");

        var fourth = await WriteAsync(topic, "再来一条不同的意见。", "a");

        fourth.Should().BeOfType<VoiceResult.Refused>().Which.Errors[0].Message.Zh.Should().Contain("上限");
        (await WriteAsync(topic, "另一位访客的意见。", "b")).Should().BeOfType<VoiceResult.Taken>();
    }

    [Fact]
    public async Task A_form_posted_twice_is_one_opinion_with_one_code()
    {
        var topic = Topic();

        var first = await _voices.WriteAsync(_district.Id, topic.Id, "路灯太暗了，请加装。", "a", Operation + "1", default);
        var again = await _voices.WriteAsync(_district.Id, topic.Id, "路灯太暗了，请加装。", "a", Operation + "1", default);

        again.Should().Be(first);
        ((VoiceResult.Taken)first).Code.Should().HaveLength(8);
        Opinions().Should().HaveCount(1);
    }

    [Fact]
    public async Task Nobody_agrees_twice_or_with_what_is_not_shown()
    {
        var topic = Topic();
        await WriteAsync(topic, "路灯太暗了，请加装。", "a");
        var opinion = Opinions()[0];

        (await _voices.AgreeAsync(_district.Id, opinion.Id, "b", default)).Should().BeFalse();
        await _voices.DecideAsync(_district.Id, [opinion.Id], true, null, _district.Na.Id, "d1", default);
        await _voices.AgreeAsync(_district.Id, opinion.Id, "b", default);
        await _voices.AgreeAsync(_district.Id, opinion.Id, "b", default);
        await _voices.AgreeAsync(_district.Id, opinion.Id, "c", default);

        opinion.Agreements.Should().Be(2);
    }

    [Fact]
    public async Task A_moderator_refuses_only_with_a_reason()
    {
        var topic = Topic();
        await WriteAsync(topic, "路灯太暗了，请加装。", "a");
        var opinion = Opinions()[0];

        (await _voices.DecideAsync(_district.Id, [opinion.Id], false, null, _district.Na.Id, "d1", default))
            .Should().BeOfType<Intake<int>.Refused>();
        await _voices.DecideAsync(_district.Id, [opinion.Id], false, "off-topic", _district.Na.Id, "d2", default);

        (opinion.State, opinion.RefusedWhy).Should().Be((OpinionState.Refused, "off-topic"));
    }

    [Fact]
    public async Task No_opinion_is_taken_after_the_last_day_or_when_it_was_withdrawn()
    {
        var over = Topic(until: -1);
        var withdrawn = Topic();
        withdrawn.State = PublicationState.Withdrawn;

        foreach (var topic in new[] { over, withdrawn })
        {
            (await WriteAsync(topic, "路灯太暗了，请加装。", "a")).Should().BeOfType<VoiceResult.Refused>();
        }

        Opinions().Should().BeEmpty();
    }

    [Fact]
    public async Task The_waiting_list_moves_up_when_somebody_withdraws_and_is_told_once()
    {
        var meeting = Topic();
        meeting.Places = 1;
        var first = await SignUpAsync(meeting, "甲", "13900000001");
        var second = await SignUpAsync(meeting, "乙", "13900000002", "yi@mail.example.com");

        second.Waits.Should().BeTrue();
        (await _signUps.WithdrawAsync(_district.Id, first.Number, "wrong", default)).Should().BeFalse();
        (await _signUps.WithdrawAsync(_district.Id, first.Number, first.Code, default)).Should().BeTrue();
        (await _signUps.WithdrawAsync(_district.Id, first.Number, first.Code, default)).Should().BeFalse();

        var rows = _intake.Written.OfType<SignUp>().ToList();
        (rows[0].State, rows[0].Name, rows[0].Phone).Should().Be((SignUpState.Withdrawn, null, null));
        rows[1].State.Should().Be(SignUpState.Placed);
        _intake.Written.OfType<RecordedMail.Letter>()
            .Count(one => one.Purpose.StartsWith("moved-up", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task Who_signed_up_is_told_once_that_the_meeting_is_moved_and_once_that_it_is_called_off()
    {
        var (meeting, planned) = PlannedMeeting();
        await SignUpAsync(meeting, "甲", "13800000001", "a@example.org");
        await SignUpAsync(meeting, "乙", "13800000002");
        (await _signUps.KeepUpAsync(_district.Id, meeting.Id, default)).Should().Be((0, 0));

        planned.Move(new MeetingSlot($"{planned.On.AddDays(1):yyyy-MM-dd}", "9:00", "11:00", null, "三楼会议室"),
            _district.Directory);
        (await _signUps.KeepUpAsync(_district.Id, meeting.Id, default)).Told.Should()
            .Be(1, "who left no address is telephoned");
        (await _signUps.KeepUpAsync(_district.Id, meeting.Id, default)).Told.Should().Be(0);
        planned.CallOff("场地停电");
        await _signUps.KeepUpAsync(_district.Id, meeting.Id, default);

        Letters("moved-").Should().HaveCount(2, "one mail for each change, and none to who left no address");
        var late = await _signUps.SignUpAsync(SignUp(meeting, "丙", "13800000003", null), default);
        late.Should().BeOfType<VoiceResult.Refused>().Which.Errors[0].Message.Zh.Should().Contain("已取消");
    }

    [Fact]
    public async Task Who_signed_up_is_forgotten_some_days_after_the_meeting_by_the_organisations_calendar()
    {
        var (meeting, planned) = PlannedMeeting();
        await SignUpAsync(meeting, "甲", "13800000001", "a@example.org");

        planned.On = _district.Calendar.DayOf(District.Now).AddDays(-6);
        (await _signUps.KeepUpAsync(_district.Id, meeting.Id, default)).Forgotten.Should().Be(0);
        planned.On = _district.Calendar.DayOf(District.Now).AddDays(-7);
        (await _signUps.KeepUpAsync(_district.Id, meeting.Id, default)).Forgotten.Should().Be(1);
        (await _signUps.KeepUpAsync(_district.Id, meeting.Id, default)).Forgotten.Should().Be(0);

        var row = _intake.Written.OfType<SignUp>().Single();
        new[] { row.Name, row.Phone, row.Email }.Should().AllSatisfy(one => one.Should().BeNull());
        (row.State, row.ForgottenAt).Should().Be((SignUpState.Placed, District.Now));
    }

    [Fact]
    public async Task A_proposer_corrects_withdraws_and_has_contact_data_deleted_by_number_and_code()
    {
        var result = (RegisterResult.Registered)await _intake.Register.RegisterAsync(new MatterEntry
        {
            OrganisationId = _district.Id,
            Source = MatterSource.PublicForm,
            Title = "路灯太暗",
            Text = "晚上看不清路，请加装路灯。",
            ProposerName = "刘洋",
            ProposerPhone = "13900000001",
            OperationId = Operation + "matter",
        }, default);
        var matter = _intake.Matters.Single();

        (await _own.CorrectAsync(
            _district.Id, result.Number, "guessed", "桥头路灯太暗", "桥头一段最暗，请先加装。", null, default)).Should().ContainSingle();
        matter.Title.Should().Be("路灯太暗");
        (await _own.CorrectAsync(
            _district.Id, result.Number, result.FollowSecret, "桥头路灯太暗", "桥头一段最暗，请先加装。", null, default))
            .Should().BeEmpty();
        matter.Title.Should().Be("桥头路灯太暗");
        (await _own.ForgetAsync(_district.Id, result.Number, result.FollowSecret, files: false, default)).Should()
            .BeEmpty();
        (matter.ProposerName, matter.ProposerPhone).Should().Be((null, null));
        (await _own.WithdrawAsync(_district.Id, result.Number, result.FollowSecret, default)).Should().BeEmpty();
        matter.State.Should().Be(MatterState.Withdrawn);
        (await _own.CorrectAsync(
            _district.Id, result.Number, result.FollowSecret, "又改了", "又改了内容，看看行不行。", null, default))
            .Should().ContainSingle("what was withdrawn is over");
        _intake.Written.OfType<HistoryEntry>().Select(line => line.Verb).Should().ContainInOrder(
            HistoryVerbs.MatterCorrected, HistoryVerbs.MatterForgotten, HistoryVerbs.MatterTakenBack);
        result.FollowSecret.Should().HaveLength(8);
    }

    [Theory]
    [InlineData(MatterState.Pooled, null, false, false, true)]
    [InlineData(MatterState.InCase, CaseState.Open, false, false, true)]
    [InlineData(MatterState.InCase, CaseState.Open, false, true, false)]
    [InlineData(MatterState.InCase, CaseState.Open, true, false, false)]
    [InlineData(MatterState.InCase, CaseState.Suspended, false, false, false)]
    [InlineData(MatterState.Merged, CaseState.Open, false, false, false)]
    [InlineData(MatterState.Closed, CaseState.Closed, false, true, false)]
    public void The_own_matter_can_be_changed_while_nothing_binding_follows(
        MatterState state, CaseState? file, bool restricted, bool confirmed, bool may) =>
        (OwnMatters.WhyFixed(state, file, restricted, confirmed) is null).Should().Be(may);

    private List<Opinion> Opinions() => [.. _intake.Written.OfType<Opinion>()];

    private Task<VoiceResult> WriteAsync(Publication topic, string text, string visitor) =>
        _voices.WriteAsync(_district.Id, topic.Id, text, visitor, $"{Operation}{++_operations}", default);

    private async Task<VoiceResult.Taken> SignUpAsync(
        Publication meeting, string name, string phone, string? email = null) =>
        (VoiceResult.Taken)await _signUps.SignUpAsync(SignUp(meeting, name, phone, email), default);

    private SignUpEntry SignUp(Publication meeting, string name, string phone, string? email) => new()
    {
        OrganisationId = _district.Id,
        PublicationId = meeting.Id,
        Name = name,
        Phone = phone,
        Email = email,
        Consented = true,
        OperationId = $"{Operation}{++_operations}",
    };

    private IEnumerable<RecordedMail.Letter> Letters(string occasion) => _intake.Written.OfType<RecordedMail.Letter>()
        .Where(one => one.Purpose.StartsWith(occasion, StringComparison.Ordinal));

    /// <summary>A published meeting in ten days with five places.</summary>
    private (Publication Meeting, Meeting Planned) PlannedMeeting()
    {
        var planned = new Meeting
        {
            OrganisationId = _district.Id,
            Id = MeetingId.New(),
            Title = "步道照明协商会",
            Place = "二楼会议室",
            On = _district.Calendar.DayOf(District.Now).AddDays(10),
            From = new(14, 30),
            To = new(16, 30),
            OrganiserId = _district.Na.Id,
            PlannedAt = District.Now,
        };
        var meeting = new Publication
        {
            OrganisationId = _district.Id,
            Id = PublicationId.New(),
            CaseId = CaseId.New(),
            Kind = PublicationKind.Meeting,
            MeetingId = planned.Id,
            Title = "步道照明协商会",
            Places = 5,
            FirstAt = District.Now,
            PublishedAt = District.Now,
            ChangedAt = District.Now,
            ById = _district.Na.Id,
        };
        _intake.Written.AddRange([planned, meeting]);
        return (meeting, planned);
    }

    private Publication Topic(int until = 5)
    {
        var topic = new Publication
        {
            OrganisationId = _district.Id,
            Id = PublicationId.New(),
            CaseId = CaseId.New(),
            Kind = PublicationKind.Topic,
            Title = "步道照明",
            Question = "您怎么看？",
            ConsultUntil = _district.Calendar.DayOf(District.Now).AddDays(until),
            FirstAt = District.Now,
            PublishedAt = District.Now,
            ChangedAt = District.Now,
            ById = _district.Na.Id,
        };
        _intake.Written.Add(topic);
        return topic;
    }
}
