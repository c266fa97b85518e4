using Consultation.Cases.Votes;

namespace Consultation.Tests.Cases.Votes;

/// <summary>What tellers enter agrees with the roster and the list of those who signed in.</summary>
public sealed class CountAgainstRosterTests
{
    [Fact]
    public void Nobody_types_how_many_have_a_vote_or_more_than_signed_in()
    {
        // 16 votes of 3 who signed in: the sheet agrees with itself, but not with the meeting.
        var sheet = new VoteCount(20, 0, 16, 10, 1, 5);

        sheet.Check().Should().BeEmpty();
        CountSheet.CheckAgainst(sheet, voters: 6, signedIn: 3).Select(error => error.Field).Should()
            .Equal("participants", "present");
        CountSheet.CheckAgainst(sheet with { Participants = 5 }, 6, 16).Should().ContainSingle(
            "fewer entitled would make a quorum").Which.Message.Zh.Should().Contain("是 6 人，您填写的是 5 人");
    }

    [Fact]
    public void Whoever_left_before_the_vote_is_not_present_any_more() =>
        CountSheet.CheckAgainst(new VoteCount(6, 0, 2, 2, 0, 0), 6, 3).Should().BeEmpty();

    [Fact]
    public void A_roll_call_names_those_with_a_vote_and_none_who_did_not_come()
    {
        IReadOnlyList<NamedVote> votes =
            [new("甲", BallotChoice.For), new("乙", BallotChoice.Against), new("丁", BallotChoice.For)];

        CountSheet.CheckAgainst(votes, ["甲", "乙", "丙"], ["甲"]).Select(error => error.Message.Zh).Should().Equal(
            "丁参会名单上没有表决权，请删去。", "丙有表决权，没有登记；未到的选“未到”。", "乙没有签到，不能登记表决；漏签的，先请记录人补签。");
        CountSheet.CheckAgainst(
            [new("甲", BallotChoice.For), new("乙", BallotChoice.Absent), new("丙", BallotChoice.Recused)],
            ["甲", "乙", "丙"], ["甲"]).Should().BeEmpty();
    }
}
