using Consultation.Cases.Votes;

namespace Consultation.Tests.Cases.Votes;

public sealed class FractionTests
{
    [Theory]
    [InlineData("2/3", 2, 3)]
    [InlineData("２／３", 2, 3)]
    [InlineData(" 4/6 ", 2, 3)]
    [InlineData("67%", 2, 3)]
    [InlineData("66.7 %", 2, 3)]
    [InlineData("0.67", 2, 3)]
    [InlineData("0.6666666666666666", 2, 3)]
    [InlineData("33%", 1, 3)]
    [InlineData("50%", 1, 2)]
    [InlineData("0.6", 3, 5)]
    [InlineData("1", 1, 1)]
    [InlineData("0", 0, 1)]
    [InlineData("75%", 3, 4)]
    [InlineData("66.66%", 2, 3)]
    [InlineData("0.670", 2, 3)]
    [InlineData("66.5%", 133, 200)]
    [InlineData("66%", 33, 50)]
    [InlineData("0.671", 671, 1000)]
    public void A_share_is_read_as_it_was_meant(string text, int numerator, int denominator)
    {
        Fraction.TryParse(text, out var share).Should().BeTrue();
        share.Should().Be(new Fraction(numerator, denominator));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("3/2")]
    [InlineData("1/0")]
    [InlineData("-1/2")]
    [InlineData("1/1001")]
    [InlineData("101%")]
    [InlineData("0.12345")]
    [InlineData("2/3/4")]
    [InlineData("half")]
    [InlineData("99999999999/99999999999")]
    public void What_is_no_share_is_not_read(string? text) => Fraction.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData(3, 2)]
    [InlineData(6, 4)]
    [InlineData(28, 19)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    public void Two_thirds_of_people_are_whole_people(int whole, int fewest) =>
        Fraction.TwoThirds.FewestOf(whole).Should().Be(fewest);
}
