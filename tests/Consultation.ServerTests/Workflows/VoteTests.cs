using Consultation.Cases;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;
using Consultation.Cases.Votes;
using Consultation.Testing.Scenarios;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows;

/// <summary>What follows a vote in the shipped procedures (P49–P51): a vote that failed leads to no plan.</summary>
public sealed class VoteTests
{
    private static readonly (string, string)[] Lost = [("for", "1"), ("against", "2")];

    [Fact]
    public void A_passed_vote_leads_to_a_numbered_resolution_that_prints_its_number_and_the_count()
    {
        var scenario = AtMeeting();
        Do(scenario, "Meeting", scenario.District.Officer);
        Count(scenario);

        Do(scenario, "Resolution", scenario.District.Officer);

        scenario.Documents.Should().Contain(document => document.Kind == "resolution"
            && document.Number == "议决〔2026〕1号");
        scenario.Documents.Should().ContainSingle(document => document.Kind == "vote");
        scenario.Votes.Single().Question.Zh.Should().Be(
            scenario.Records.Find(record => record.Kind == "meeting-record")!.Fields["resolutions"],
            "what was resolved is put to the vote, not the title of the topic");
        scenario.TaskAt("GiveOpinion").State.Should().Be(TaskState.Open);
    }

    [Fact]
    public void Sixteen_votes_of_three_who_signed_in_are_refused_however_the_sheet_is_filled_in()
    {
        var scenario = AtMeeting();
        Do(scenario, "Meeting", scenario.District.Officer);
        var count = scenario.TaskAt("Vote");
        count.Question.Zh.Should().Contain("表决事项：")
            .And.Contain("2/3", "tellers read what is voted on, and by which rules");

        var refused = scenario.Answer(
            count, scenario.District.Directory.Find(count.Assignees[0].PersonId)!, "Submit",
            scenario.Fill("count-sheet", ("participants", "20"), ("present", "16"), ("for", "10"), ("against", "1"),
                ("abstained", "5")));

        refused.Should().BeOfType<AnswerResult.Invalid>().Which.Errors.Select(error => error.Field).Should()
            .Contain(["participants", "present"]);
    }

    [Fact]
    public void The_count_starts_from_those_with_a_vote_at_the_meeting_and_those_who_signed_in()
    {
        var scenario = Begin();
        Screen(scenario);
        Confirm(scenario);
        ToNotice(scenario);
        scenario.ReplyOf(scenario.District.Head.Id, "yes");
        scenario.ReplyOf(scenario.District.MemberA.Id, "yes");
        scenario.ReachMeeting();

        Do(scenario, "Meeting", scenario.District.Officer);

        var count = scenario.TaskAt("Vote");
        (count.Prefill["participants"], count.Prefill["present"]).Should().Be(("3", "2"));
        scenario.Votes.Single().Count.Should().Be(new VoteCount(3, 0, 2));
    }

    [Fact]
    public void A_failed_vote_asks_what_to_do_and_closing_it_tells_proposers_why()
    {
        var scenario = AtMeeting();
        Do(scenario, "Meeting", scenario.District.Officer);
        Count(scenario, Lost);

        scenario.Open.Select(task => task.ActivityId).Should().Equal("AfterFailure");
        scenario.Answer("AfterFailure", scenario.District.Director, "Close", reason: "意见分歧较大，条件尚不成熟")
            .Should().BeOfType<AnswerResult.Accepted>();

        scenario.Case.State.Should().Be(CaseState.Rejected);
        scenario.Case.Outcome!.Zh.Should().Contain("条件尚不成熟");
        scenario.Open.Should().BeEmpty();
        scenario.Documents.Should().NotContain(document => document.Kind == "resolution");
        scenario.Incidents.Should().BeEmpty();
    }

    [Fact]
    public void A_failed_vote_can_be_revised_and_put_again()
    {
        var scenario = AtMeeting();
        Do(scenario, "Meeting", scenario.District.Officer);
        Count(scenario, Lost);
        scenario.Answer("AfterFailure", scenario.District.Director, "Revise", reason: "缩小范围后再议");
        Do(scenario, "ReviseProposal", scenario.District.Officer);

        Count(scenario);

        scenario.Votes.Select(vote => (vote.Round, vote.Result)).Should()
            .Equal((1, VoteResult.Failed), (2, VoteResult.Passed));
        scenario.Open.Select(task => task.ActivityId).Should().Equal("Resolution");
    }

    [Fact]
    public void Without_a_quorum_another_day_is_fixed_everybody_is_told_and_the_meeting_is_held_again()
    {
        var scenario = AtMeeting();
        Do(scenario, "Meeting", scenario.District.Officer);
        var told = scenario.Mails.Count;
        Count(scenario, ("present", "1"), ("for", "0"), ("against", "0"), ("abstained", "0"));
        var minutes = scenario.Documents.Should().ContainSingle(document => document.Kind == "minutes").Subject;
        minutes.Number.Should().NotBeNull();
        scenario.Records.First(record => record.Kind == "minutes").Fields["actions"].Should().Contain("未达到法定人数");
        scenario.Meetings.Single().State.Should().Be(MeetingState.Closed);
        var heard = scenario.Mails.Skip(told).Where(mail => mail.Purpose == "notice")
            .Select(mail => mail.RecipientName).ToList();
        heard.Should().Contain(scenario.Meetings.Single().Current
            .Select(seat => seat.NameIn(scenario.District.Directory))).And.OnlyHaveUniqueItems();
        var before = scenario.Mails.Count;

        Do(scenario, "Plan", scenario.District.Officer);

        scenario.Mails.Skip(before).Count(mail => mail.Purpose == "meeting-notice").Should().Be(3);
        scenario.Meetings.Select(meeting => meeting.State).Should().Equal(MeetingState.Noticed, MeetingState.Closed);
        scenario.Votes.Single().Result.Should().Be(VoteResult.NoQuorum);
        scenario.ReplyAll();
        scenario.ReachMeeting();
        Do(scenario, "Meeting", scenario.District.Officer);
        Count(scenario);
        scenario.Votes[1].Result.Should().Be(VoteResult.Passed);
    }

    [Fact]
    public void A_meeting_in_which_nothing_is_put_to_the_vote_goes_on_without_one()
    {
        var scenario = AtMeeting();

        scenario.Answer(
            "Meeting", scenario.District.Officer, "Done", scenario.Fill("meeting-record", ("to-vote", "no")))
            .Should().BeOfType<AnswerResult.Accepted>();

        scenario.Votes.Should().BeEmpty();
        scenario.Open.Select(task => task.ActivityId).Should().Equal("GiveOpinion");
    }

    [Fact]
    public void The_watch_for_a_reply_never_ends_by_itself_and_a_late_or_partial_reply_is_taken()
    {
        var scenario = AtMeeting();
        Finish(scenario);
        var watch = scenario.TaskAt("ReplyWatch");

        scenario.PassUntil(watch.DueAt!.Value.AddDays(60));
        watch.State.Should().Be(TaskState.Open, "overdue escalates and goes on");
        scenario.History.Should().Contain(line => line.Verb == "task.escalated" && line.TaskId == watch.Id);
        scenario.Answer(
            watch, scenario.District.Secretary, "Done", scenario.Fill("submission-reply", ("complete", "no")))
            .Should().BeOfType<AnswerResult.Accepted>();
        var rest = scenario.TaskAt("ReplyWatch");
        Do(scenario, "ReplyWatch", scenario.District.Secretary);

        rest.Id.Should().NotBe(watch.Id);
        (watch.DueBasis!.Within.Days, rest.DueBasis!.Within.Days).Should().Be(
            (90, 30), "the rest does not get the whole time again, but what the rule says");
        scenario.Open.Should().NotContain(task => task.ActivityId == "ReplyWatch");
    }

    [Theory]
    [InlineData("hands", "count-sheet")]
    [InlineData("secret", "count-sheet")]
    [InlineData("open", "roll-call")]
    [InlineData("online", "ballot")]
    [InlineData("online-secret", "ballot")]
    public void The_adopted_rules_say_how_votes_are_given(string voting, string form)
    {
        var scenario = AtMeeting();
        scenario.Records.Insert(0, new CaseRecord
        {
            OrganisationId = scenario.Case.OrganisationId,
            Id = Guid.NewGuid(),
            CaseId = scenario.Case.Id,
            Kind = "rules",
            Title = new("议事规则"),
            Fields = new() { ["voting"] = voting, ["quorum"] = "1/2", ["majority"] = "two-thirds" },
            ById = scenario.District.Officer.Id,
            At = scenario.Now,
        });

        Do(scenario, "Meeting", scenario.District.Officer);

        scenario.TaskAt("Vote").FormKey.Should().Be(form);
        scenario.Votes.Single().Rules.Should()
            .Be(new VoteRules(Fraction.Half, Fraction.TwoThirds, MoreThan: false, MajorityOf.Present));
    }

    private static Scenario AtMeeting()
    {
        var scenario = Begin();
        Screen(scenario);
        Confirm(scenario);
        ToNotice(scenario);
        scenario.ReplyAll();
        scenario.ReachMeeting();
        return scenario;
    }

    private static void Finish(Scenario scenario)
    {
        Do(scenario, "Meeting", scenario.District.Officer);
        Count(scenario);
        foreach (var node in new[] { "Resolution", "GiveOpinion" }) Do(scenario, node, scenario.District.Officer);
        scenario.SettleMinutes();
        Do(scenario, "Submission", scenario.District.Officer);
        scenario.Answer(
            "SignOff", scenario.District.Director, "Confirm", scenario.FillWithExclusions("submission-signoff"))
            .Should().BeOfType<AnswerResult.Accepted>();
        Do(scenario, "Receipt", scenario.District.Secretary);
    }
}
