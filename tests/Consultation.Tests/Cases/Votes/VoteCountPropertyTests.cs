using System.Numerics;
using Consultation.Cases.Votes;
using CsCheck;

namespace Consultation.Tests.Cases.Votes;

public sealed class VoteCountPropertyTests
{
    private static readonly Gen<Fraction> AnyShare =
        from denominator in Gen.Int[1, 30]
        from numerator in Gen.Int[0, denominator]
        select new Fraction(numerator, denominator);

    private static readonly Gen<VoteRules> AnyRules =
        from quorum in AnyShare
        from majority in AnyShare
        from moreThan in Gen.Bool
        from ofPresent in Gen.Bool
        select new VoteRules(quorum, majority, moreThan, ofPresent ? MajorityOf.Present : MajorityOf.Eligible);

    private static readonly Gen<VoteCount> AnyCount =
        from participants in Gen.Int[0, 200]
        from recused in Gen.Int[0, participants]
        from present in Gen.Int[0, participants - recused]
        from inFavour in Gen.Int[0, present]
        from against in Gen.Int[0, present - inFavour]
        from abstained in Gen.Int[0, present - inFavour - against]
        from invalid in Gen.Int[0, present - inFavour - against - abstained]
        select new VoteCount(participants, recused, present, inFavour, against, abstained, invalid);

    [Fact]
    public void The_result_is_what_whole_numbers_say() => Gen.Select(AnyCount, AnyRules).Sample((count, rules) =>
    {
        BigInteger counted = rules.Of == MajorityOf.Present ? count.Present : count.Eligible;
        var left = new BigInteger(count.For) * rules.Majority.Denominator;
        var right = counted * rules.Majority.Numerator;
        var enough = rules.MoreThan ? left > right : left >= right;
        var quorum = count.Present > 0
            && new BigInteger(count.Present) * rules.Quorum.Denominator
                >= new BigInteger(count.Eligible) * rules.Quorum.Numerator;

        count.Result(rules).Should().Be(
            !quorum ? VoteResult.NoQuorum
            : enough && count.For > count.Against ? VoteResult.Passed : VoteResult.Failed);
    });

    [Fact]
    public void One_more_in_favour_never_turns_a_passed_vote() =>
        Gen.Select(AnyCount, AnyRules).Sample((count, rules) =>
    {
        if (count.NotCast == 0 || count.Result(rules) != VoteResult.Passed) return;
        (count with { For = count.For + 1 }).Result(rules).Should().Be(VoteResult.Passed);
    });

    [Fact]
    public void The_numbers_needed_are_the_fewest_that_do() =>
        Gen.Select(AnyShare, Gen.Int[0, 500]).Sample((share, whole) =>
        {
            var reaching = share.FewestOf(whole);
            share.IsReachedBy(reaching, whole).Should().BeTrue();
            if (reaching > 0) share.IsReachedBy(reaching - 1, whole).Should().BeFalse();
            var above = share.FewestAbove(whole);
            share.IsExceededBy(above, whole).Should().BeTrue();
            share.IsExceededBy(above - 1, whole).Should().BeFalse();
        });
}
