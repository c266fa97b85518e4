using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.Votes;

namespace Consultation.Tests.Activities.Meetings;

public sealed class TakeVoteTests
{
    private const string Group = "role:WorkGroupLead@case.workgroup; role:WorkGroupMember@case.workgroup";

    private static readonly (string, string)[] Passing = Sheet(6, 5, 3, 1, 1);

    [Fact]
    public void Two_tellers_who_agree_make_the_result()
    {
        var world = Vote("hands");

        world.Answer(world.District.GroupLead, "Submit", null, Passing)
            .Should().Be(new AnswerResult.Accepted(false, null));
        world.Outcomes.Should().BeEmpty("one teller alone decides nothing");
        world.Answer(world.District.GroupMember, "Submit", null, Passing);

        world.Outcomes.Should().Equal("Passed");
        world.Told("vote.closed").Zh.Should().Contain("通过：赞成 3，反对 1，弃权 1，无效 0");
        world.Scenario.Votes.Single().Tellers.Should()
            .BeEquivalentTo(world.District.GroupLead.Name, world.District.GroupMember.Name);
        world.Scenario.Records[0].Fields["result"].Should().Be("passed");
    }

    [Fact]
    public void Tellers_who_differ_are_told_where_and_the_first_can_take_his_sheet_back()
    {
        var world = Vote("hands");
        world.Answer(world.District.GroupLead, "Submit", null, Passing);

        (string, string)[] corrected = Sheet(6, 5, 2, 2, 1);
        var refused = world.Answer(world.District.GroupMember, "Submit", null, corrected);
        var errors = refused.Should().BeOfType<AnswerResult.Invalid>().Which.Errors;
        world.Scenario.TakeBack(world.Task, world.District.GroupLead).Should().BeOfType<AnswerResult.Accepted>();
        world.Answer(world.District.GroupMember, "Submit", null, corrected);
        world.Answer(world.District.GroupLead, "Submit", null, corrected);

        errors.Select(error => error.Field).Should().Contain(["for", "against"]);
        errors[0].Message.Zh.Should().Contain("您填写的是 2").And.Contain("填写的是 3");
        world.Outcomes.Should().Equal("Failed");
    }

    [Fact]
    public void More_votes_than_people_are_refused_and_nothing_is_decided()
    {
        var world = Vote("hands");

        var result = world.Answer(world.District.GroupLead, "Submit", null, Sheet(6, 3, 10, 1, 5));

        result.Should().BeOfType<AnswerResult.Invalid>().Which.Errors.Should()
            .ContainSingle(error => error.Field == "for" && error.Message.Zh.Contains("16 票"));
        world.Scenario.Votes.Single().Result.Should().BeNull();
    }

    [Fact]
    public void Too_few_people_are_no_quorum_by_the_adopted_rules()
    {
        var world = Vote("hands", prepare: one => one.Record(
            FormKeys.Rules, one.District.GroupLead, ("quorum", "3/4"), ("majority", "present"), ("voting", "hands")));
        (string, string)[] sheet = Sheet(8, 5, 0, 0, 0);

        world.Answer(world.District.GroupLead, "Submit", null, sheet);
        world.Answer(world.District.GroupMember, "Submit", null, sheet);

        world.Outcomes.Should().Equal("NoQuorum");
        world.Told("vote.closed").Zh.Should().Contain("至少 6 人到会");
    }

    [Fact]
    public void A_roll_call_is_counted_from_its_rows()
    {
        var world = Vote("open");

        world.Answer(world.District.GroupLead, "Submit", null, ("votes", FormValues.Write(
        [
            Row("甲", "for"), Row("乙", "for"), Row("丙", "against"), Row("丁", "absent"),
            new Dictionary<string, string> { ["name"] = "戊", ["choice"] = "recused", ["reason"] = "当事人" },
        ])));

        world.Outcomes.Should().Equal("Passed");
        var vote = world.Scenario.Votes.Single();
        vote.Count.Should().Be(new VoteCount(5, 1, 3, 2, 1));
        vote.Recusals.Should().Equal(new Recusal("戊", "当事人"));
    }

    [Fact]
    public void Online_everybody_votes_once_and_cannot_take_it_back()
    {
        var world = Vote("online");
        var voters = world.Task.Assignees.ConvertAll(seat => world.District.Directory.Find(seat.PersonId)!);

        Cast(world, voters[0], "for");
        var again = world.Scenario.TakeBack(world.Task, voters[0]);
        foreach (var voter in voters.Skip(1)) Cast(world, voter, "for");

        again.Should().BeOfType<AnswerResult.Invalid>();
        world.Outcomes.Should().Equal("Passed");
        world.Scenario.Votes.Single().Named.Select(vote => vote.Name).Should().Equal(voters.Select(one => one.Name));
    }

    [Fact]
    public void A_secret_online_vote_keeps_sums_only()
    {
        var world = Vote("online-secret");
        var voters = world.Task.Assignees.ConvertAll(seat => world.District.Directory.Find(seat.PersonId)!);

        foreach (var voter in voters) Cast(world, voter, voter == voters[0] ? "against" : "for");

        var vote = world.Scenario.Votes.Single();
        vote.Named.Should().BeEmpty();
        vote.Count.Against.Should().Be(1);
        world.Scenario.Records.Should().OnlyContain(record => record.Kind == FormKeys.Vote);
        world.Scenario.Tasks.Single().Assignees.Should()
            .OnlyContain(seat => seat.Outcome == "CastVote" && seat.Reason == null);
        world.Scenario.History.Should().NotContain(line => line.Verb == "task.answered" && line.Text.Zh.Contains("反对"));
    }

    [Theory]
    [InlineData("online-secret", false)]
    [InlineData("online", true)]
    public void The_secretary_enters_an_open_ballot_for_somebody_but_no_secret_one(string method, bool isTaken)
    {
        var world = Vote(method);
        var voter = world.District.Directory.Find(world.Task.Assignees[0].PersonId)!;

        var entered = world.Scenario.Answer(
            world.Task, world.District.Secretary, "CastVote", new() { ["choice"] = "for" }, onBehalfOf: voter,
            channel: AnswerChannel.OnBehalf);

        if (isTaken) entered.Should().BeOfType<AnswerResult.Accepted>();
        else entered.Should().BeOfType<AnswerResult.Invalid>().Which.Errors[0].Message.Zh.Should().Contain("不能代录");
    }

    [Fact]
    public void Online_silence_is_over_with_the_time_and_counts_as_not_there()
    {
        var world = Vote("online");
        var voters = world.Task.Assignees.ConvertAll(seat => world.District.Directory.Find(seat.PersonId)!);
        Cast(world, voters[0], "for");

        world.Scenario.PassUntil(StepWorld.Monday.AddDays(5));

        world.Outcomes.Should().Equal(voters.Count >= 2 ? "NoQuorum" : "Passed");
        world.Scenario.Tasks.Single().State.Should().Be(TaskState.Done);
    }

    [Theory]
    [InlineData("online")]
    [InlineData("online-secret")]
    public void Who_signs_in_late_is_there_from_then_on_and_who_voted_is_counted_once(string method)
    {
        var world = Vote(method, WithMeeting);
        var (lead, member, third) = Voters(world);
        SignIn(world, lead, minutesLate: 0);
        Cast(world, lead, "for");
        SignIn(world, member, minutesLate: 45);
        Cast(world, member, "for");
        SignIn(world, third, minutesLate: 50);

        world.Scenario.PassUntil(StepWorld.Monday.AddDays(5));

        world.Outcomes.Should().Equal("Passed");
        world.Scenario.Votes.Single().Count.Should().Be(new VoteCount(3, 0, 3, 2));
        world.Told("vote.closed").Zh.Should().Contain("未投票 1", "who came and gave no vote is named");
    }

    [Theory]
    [InlineData("online", "请您投票", 3)]
    [InlineData("open", "登记记名表决", 2)]
    [InlineData("secret", "计票", 2)]
    public void Each_way_of_voting_asks_for_what_it_is(string method, string title, int asked)
    {
        var world = Vote(method);

        world.Task.Title.Zh.Should().Be(title);
        world.Task.Assignees.Should().HaveCount(asked, "two count or enter a roll call, online everybody votes");
        world.Task.IfSilent.Zh.Contains("未投票").Should().Be(method == "online", "only an online vote ends by itself");
    }

    [Fact]
    public void Who_stands_aside_online_is_neither_entitled_nor_present()
    {
        var world = Vote("online", WithMeeting);
        var (lead, member, third) = Voters(world);
        SignIn(world, lead, minutesLate: 0);
        world.Answer(lead, "CastVote", null, ("choice", "recused"), ("reason", "当事人"));
        Cast(world, member, "for");
        Cast(world, third, "for");

        world.Scenario.Votes.Single().Count.Should().Be(new VoteCount(3, 1, 2, 2));
        world.Outcomes.Should().Equal("Passed");
    }

    [Fact]
    public void Where_nobody_who_signed_in_has_a_vote_none_is_counted_whatever_the_tellers_say()
    {
        var world = Vote("hands", one =>
        {
            WithMeeting(one);
            var meeting = one.Scenario.Meetings[0];
            var seat = meeting.Enrol(one.Case, new MeetingAct.Enrol(null, "旁听的居民", "", "resident", false, "旁听", "")
            {
                OrganisationId = one.Case.OrganisationId,
                MeetingId = meeting.Id,
                CaseId = one.Case.Id,
                ActorId = one.District.Secretary.Id,
                OperationId = "walk-in",
            }, StepWorld.Monday);
            meeting.SignIn(
                seat, "", one.District.Directory, one.District.Calendar, one.District.Secretary.Id,
                meeting.Begins(one.District.Calendar));
        });

        world.Task.Prefill.Should().Contain("present", "0");
        world.Answer(world.District.GroupLead, "Submit", null, Sheet(3, 3, 3, 0, 0)).Should()
            .BeOfType<AnswerResult.Invalid>().Which.Errors.Should().ContainSingle(error => error.Field == "present");
        world.Answer(world.District.GroupLead, "Submit", null, Sheet(3, 0, 0, 0, 0));
        world.Answer(world.District.GroupMember, "Submit", null, Sheet(3, 0, 0, 0, 0));
        world.Outcomes.Should().Equal("NoQuorum");
    }

    [Fact]
    public void Nobody_votes_for_somebody_else_and_no_ballot_is_passed_on()
    {
        var world = Vote("online", one => one.District.Delegate(
            one.District.GroupLead, one.District.MemberA, StepWorld.Monday.AddDays(-1), StepWorld.Monday.AddDays(9)));
        var (lead, member, _) = Voters(world);

        world.Mails.Should().NotContain(mail => mail.Contains(world.District.MemberA.Name));
        world.Answer(world.District.MemberA, "CastVote", null, ("choice", "for"))
            .Should().BeOfType<AnswerResult.NotEntitled>().Which.Why!.Zh.Should().Contain("不能委托他人代投");
        Gate.Reassign(world.Task, world.District.Directory, member.Id, world.District.MemberB.Id)
            .Should().ContainSingle().Which.Message.Zh.Should().Contain("不能改派");
        Cast(world, lead, "for");
    }

    [Fact]
    public void One_teller_is_too_few_and_an_incident_says_so()
    {
        var world = new StepWorld(
            "TakeVote", ("Tellers", "role:WorkGroupLead@case.workgroup"), ("Voters", Group), ("Method", "hands"),
            ("Title", "计票"), ("Due", "1wd")).Run();

        world.Incidents.Should().ContainSingle().Which.Message.Should().Contain("需要 2 人");
    }

    private static StepWorld Vote(string method, Action<StepWorld>? prepare = null)
    {
        var world = new StepWorld(
            "TakeVote", ("Tellers", Group), ("Voters", Group), ("Method", method), ("Title", "计票"), ("Due", "1wd"));
        prepare?.Invoke(world);
        return world.Run();
    }

    private static (Person, Person, Person) Voters(StepWorld world) =>
        (world.District.GroupLead, world.District.GroupMember, world.District.GroupMember2);

    private static void WithMeeting(StepWorld world) => world.Scenario.Meetings.Add(MeetingPlan.Make(
        world.Case, "停车", new Dictionary<string, string>
        {
            ["on"] = "2026-03-02",
            ["from"] = "08:00",
            ["place"] = "三楼",
            ["topic"] = "停车",
            ["people"] = FormValues.Write(new[]
            {
                world.District.GroupLead, world.District.GroupMember, world.District.GroupMember2,
            }.Select(person => new Dictionary<string, string>
            {
                ["person"] = person.Id.Value.ToString("N"),
                ["class"] = "member",
                ["vote"] = FormValues.Yes,
            })),
        }, world.District.Directory, world.District.Secretary.Id, StepWorld.Monday));

    private static void SignIn(StepWorld world, Person person, int minutesLate)
    {
        var meeting = world.Scenario.Meetings[0];
        meeting.SignIn(
            meeting.SeatOf(person.Id)!, "", world.District.Directory, world.District.Calendar, person.Id,
            meeting.Begins(world.District.Calendar).AddMinutes(minutesLate));
    }

    private static void Cast(StepWorld world, Person voter, string choice) =>
        world.Answer(voter, "CastVote", null, ("choice", choice)).Should().BeOfType<AnswerResult.Accepted>();

    private static (string, string)[] Sheet(int participants, int present, int inFavour, int against, int abstained) =>
    [
        ("participants", $"{participants}"), ("present", $"{present}"), ("for", $"{inFavour}"),
        ("against", $"{against}"), ("abstained", $"{abstained}"), ("invalid", "0"),
    ];

    private static Dictionary<string, string> Row(string name, string choice) =>
        new() { ["name"] = name, ["choice"] = choice };
}
