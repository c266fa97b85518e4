using Consultation.Cases.People;

namespace Consultation.Tests.Cases.People;

/// <summary>How fast passwords may be guessed.</summary>
public sealed class GuessRuleTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Five_guesses_are_free_then_the_pauses_double_up_to_ten_minutes()
    {
        var pauses = new List<double>();
        var (count, now) = (default(GuessCount?), Start);
        for (var guess = 0; guess < 14; guess++)
        {
            var wait = count is { } known ? GuessRule.OneName.Wait(known, now) : TimeSpan.Zero;
            pauses.Add(wait.TotalSeconds);
            now += wait;
            count = GuessRule.OneName.Add(count, now);
        }

        pauses.Take(11).Should().Equal(0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480);
        pauses.Max().Should().BeLessThanOrEqualTo(600);
    }

    [Fact]
    public void Guesses_fade_and_pressing_meanwhile_lengthens_nothing()
    {
        var count = Enumerable.Range(0, 100).Aggregate(
            default(GuessCount?), (known, _) => GuessRule.OneName.Add(known, Start))!.Value;

        GuessRule.OneName.Wait(count, Start).Should().Be(GuessRule.Longest);
        GuessRule.OneName.Wait(count, Start.AddMinutes(10)).Should().Be(TimeSpan.Zero);
        GuessRule.OneName.Wait(count, Start.AddHours(3)).Should().Be(TimeSpan.Zero);
        count.FadedAt.Should().BeBefore(Start.AddHours(3), "whoever went on for hours is not remembered for longer");
    }

    [Fact]
    public void An_office_that_mistypes_all_day_is_not_held_up()
    {
        var (count, now) = (default(GuessCount?), Start);
        for (var minute = 0; minute < 8 * 60; minute++)
        {
            now = Start.AddMinutes(minute);
            if (count is { } known) GuessRule.AllNames.Wait(known, now).Should().Be(TimeSpan.Zero);
            count = GuessRule.AllNames.Add(count, now);
        }
    }

    [Theory]
    [InlineData("Admin")]
    [InlineData(" ADMIN ")]
    [InlineData("ａｄｍｉｎ")]
    [InlineData("ad\u200bmin")]
    [InlineData("ad\u0000min")]
    [InlineData("\ufeffadmin\ue000")]
    public void A_name_is_counted_as_one_however_it_is_typed(string typed) =>
        GuessRule.NameOf(typed).Should().Be("admin");

    [Theory]
    [InlineData("\ud800")]
    [InlineData("\uffff\ufffe")]
    [InlineData("")]
    public void No_text_is_too_strange_to_be_counted(string typed) =>
        GuessRule.NameOf(typed).Should().NotBeNull();
}
