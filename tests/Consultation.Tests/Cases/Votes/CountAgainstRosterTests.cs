using Consultation.Cases.Forms;
using Consultation.Cases.Votes;

namespace Consultation.Tests.Cases.Votes;

/// <summary>What tellers enter agrees with the roster and the list of those who signed in.</summary>
public sealed class CountAgainstRosterTests
{
    private static readonly string[] Six = ["甲", "乙", "丙", "丁", "戊", "己"];

    [Fact]
    public void Nobody_types_how_many_have_a_vote_or_more_than_signed_in()
    {
        // 16 votes of 3 who signed in: the sheet agrees with itself, but not with the meeting.
        var sheet = new VoteCount(20, 0, 16, 10, 1, 5);

        sheet.Check().Should().BeEmpty();
        CountSheet.CheckAgainst(sheet, [], Six, Six[..3]).Select(error => error.Field).Should()
            .Equal("participants", "present");
        CountSheet.CheckAgainst(new VoteCount(5, 0, 3, 3), [], Six, Six).Should().ContainSingle(
            "fewer entitled would make a quorum").Which.Message.Zh.Should().Contain("是 6 人，您填写的是 5 人");
    }

    [Fact]
    public void Whoever_left_before_the_vote_is_not_present_any_more() =>
        CountSheet.CheckAgainst(new VoteCount(6, 0, 2, 2, 0, 0), [], Six, Six[..3]).Should().BeEmpty();

    [Fact]
    public void Who_stands_aside_and_signed_in_is_not_counted_as_present()
    {
        // Four of six signed in, one of them stands aside: three of five are no quorum of two thirds, four would be.
        var sheet = new VoteCount(6, 1, 4, 4);

        CountSheet.CheckAgainst(sheet, ["甲"], Six, Six[..4]).Should().ContainSingle(error => error.Field == "present")
            .Which.Message.Zh.Should().Contain("（回避的除外）是 3 人");
        CountSheet.CheckAgainst(sheet, ["己"], Six, Six[..4]).Should().BeEmpty("that one did not come");
        (sheet with { Present = 3, For = 3 }).Result(VoteRules.Default).Should().Be(VoteResult.NoQuorum);
    }

    [Fact]
    public void Only_somebody_with_a_vote_stands_aside_and_only_once()
    {
        CountSheet.CheckAgainst(new VoteCount(6, 1, 4, 4), ["路人"], Six, Six[..4])
            .Should().ContainSingle(error => error.Field == "recused").Which.Message.Zh.Should().Contain("路人");
        CountSheet.CheckAgainst(new VoteCount(6, 2, 2, 2), ["甲", "甲"], Six, Six[..4])
            .Should().ContainSingle(error => error.Field == "recused");
        CountSheet.CheckAgainst(new VoteCount(6, 1, 3, 3), [" 甲 "], Six, Six[..4]).Should().BeEmpty();
    }

    [Fact]
    public void Two_sheets_name_the_same_people_as_recused()
    {
        CountSheet.Compare(Recusing("甲"), Recusing("乙"), "马委员").Should().ContainSingle()
            .Which.Message.Zh.Should().Be("您写的回避人员：甲；马委员写的：乙。请共同核对。");
        CountSheet.Compare(Recusing("甲"), Recusing("甲 "), "马委员").Should().BeEmpty();
        CountSheet.Compare(new Dictionary<string, string>(), Recusing("甲"), "马委员").Single().Message.Zh.Should()
            .Contain("回避人员：无");
    }

    [Fact]
    public void Two_people_of_one_name_are_two_in_a_roll_call()
    {
        NamedVote[] both = [new("王伟", BallotChoice.For), new("王伟", BallotChoice.Against)];

        CountSheet.CheckAgainst(both, ["王伟", "王伟"], ["王伟", "王伟"]).Should().BeEmpty();
        CountSheet.CheckAgainst(both, ["王伟", "王伟"], ["王伟"]).Single().Message.Zh.Should().Contain("没有签到");
        CountSheet.CheckAgainst(both, ["王伟"], ["王伟"]).Single().Message.Zh.Should().Contain("登记的次数");
        CountSheet.CheckAgainst(both[..1], ["王伟", "王伟"], ["王伟"]).Single().Message.Zh.Should().Contain("没有登记");
    }

    [Fact]
    public void A_roll_call_names_those_with_a_vote_and_none_who_did_not_come()
    {
        IReadOnlyList<NamedVote> votes =
            [new("甲", BallotChoice.For), new("乙", BallotChoice.Against), new("丁", BallotChoice.For)];

        CountSheet.CheckAgainst(votes, ["甲", "乙", "丙"], ["甲"]).Select(error => error.Message.Zh).Should().Equal(
            "丁参会名单上没有表决权，请删去。", "丙有表决权，没有登记；未到的选“缺席”。", "乙没有签到，不能登记表决；漏签的，先请记录人补签。");
        CountSheet.CheckAgainst(
            [new("甲", BallotChoice.For), new("乙", BallotChoice.Absent), new("丙", BallotChoice.Recused)],
            ["甲", "乙", "丙"], ["甲"]).Should().BeEmpty();
    }

    private static Dictionary<string, string> Recusing(string name) => new()
    {
        ["recused"] = FormValues.Write(
            [new Dictionary<string, string> { ["name"] = name, ["reason"] = "当事人" }]),
    };
}
