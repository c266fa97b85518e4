using Consultation.Cases.Votes;

namespace Consultation.Tests.Cases.Votes;

public sealed class VoteCountTests
{
    private static readonly VoteRules TwoThirdsOfPresent =
        new(Fraction.TwoThirds, Fraction.TwoThirds, MoreThan: false, MajorityOf.Present);

    public static TheoryData<VoteCount, VoteRules, VoteResult> Table => new()
    {
        { new(28, 0, 18), VoteRules.Default, VoteResult.NoQuorum },
        { new(28, 0, 19, 10, 9), VoteRules.Default, VoteResult.Passed },
        { new(28, 0, 20, 10, 6, 4), VoteRules.Default, VoteResult.Failed },
        { new(28, 0, 21, 11, 8, 2), VoteRules.Default, VoteResult.Passed },
        { new(28, 0, 21, 14, 7), TwoThirdsOfPresent, VoteResult.Passed },
        { new(28, 0, 21, 13, 7), TwoThirdsOfPresent, VoteResult.Failed },
        { new(20, 0, 20, 10, 10), VoteRules.Default, VoteResult.Failed },
        { new(20, 0, 20, 10, 10), VoteRules.Default with { MoreThan = false }, VoteResult.Failed },

        // Those recused make the assembly smaller: 18 of 27 are two thirds.
        { new(28, 1, 18, 10, 8), VoteRules.Default, VoteResult.Passed },
        { new(28, 28, 0), VoteRules.Default, VoteResult.NoQuorum },
        { new(0, 0, 0), VoteRules.Default, VoteResult.NoQuorum },

        // Of the eligible: 14 of 28 are not more than half, whoever came.
        { new(28, 0, 19, 14, 5), VoteRules.Default with { Of = MajorityOf.Eligible }, VoteResult.Failed },
        { new(28, 0, 19, 15, 4), VoteRules.Default with { Of = MajorityOf.Eligible }, VoteResult.Passed },

        // Who is there and gives nothing counts as present, and so do invalid papers.
        { new(3, 0, 3, 1), VoteRules.Default, VoteResult.Failed },
        { new(4, 0, 4, 2, 0, 0, 2), VoteRules.Default, VoteResult.Failed },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_result_follows_from_the_numbers_and_the_rules(VoteCount count, VoteRules rules, VoteResult expected)
    {
        count.Check().Should().BeEmpty();
        count.Result(rules).Should().Be(expected);
    }

    [Fact]
    public void A_missing_quorum_names_the_number_needed() =>
        new VoteCount(28, 0, 18).Explain(VoteRules.Default).Zh.Should().Contain("至少 19 人").And.Contain("实到 18 人");

    [Theory]
    [InlineData(6, 0, 3, 10, 1, 5, 0, "for", "合计 16 票，实到只有 3 人")]
    [InlineData(6, 0, 7, 1, 1, 1, 0, "present", "实到 7 人，多于应到的 6 人")]
    [InlineData(6, 1, 6, 1, 1, 1, 0, "present", "实到 6 人，多于应到的 5 人")]
    [InlineData(6, 7, 0, 0, 0, 0, 0, "recused", "回避 7 人")]
    [InlineData(6, 0, 6, -1, 1, 1, 0, "for", "0 到")]
    [InlineData(6, 0, 6, int.MaxValue, int.MaxValue, 1, 0, "for", "0 到")]
    public void Numbers_that_contradict_each_other_are_refused_at_the_field(
        int participants, int recused, int present, int inFavour, int against, int abstained, int invalid,
        string field, string words)
    {
        var count = new VoteCount(participants, recused, present, inFavour, against, abstained, invalid);

        count.Check()[0].Field.Should().Be(field);
        count.Check()[0].Message.Zh.Should().Contain(words);
        count.Invoking(one => one.Result(VoteRules.Default)).Should().Throw<ArgumentException>();
    }
}
