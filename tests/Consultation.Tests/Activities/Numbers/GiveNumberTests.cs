namespace Consultation.Tests.Activities.Numbers;

public sealed class GiveNumberTests
{
    [Fact]
    public void The_case_gets_its_number_of_the_year()
    {
        var world = new StepWorld("GiveNumber", ("Series", "six-step"), ("Pattern", "协〔{year}〕{n}号"),
            ("Target", "case")).Run();

        world.Case.Number.Should().Be("协〔2026〕1号");
        world.Output("Number").Should().Be("协〔2026〕1号");
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void A_case_keeps_the_number_that_it_has()
    {
        var world = new StepWorld("GiveNumber", ("Pattern", "协〔{year}〕{n}号"), ("Target", "case"));
        world.Case.Number = "协〔2025〕12号";

        world.Run();

        world.Case.Number.Should().Be("协〔2025〕12号");
        world.Output("Number").Should().Be("协〔2025〕12号");
        world.Verbs.Should().BeEmpty("nothing was numbered");
    }

    [Fact]
    public void A_documents_number_leaves_the_case_without_one()
    {
        var world = new StepWorld("GiveNumber", ("Series", "notice"), ("Pattern", "通〔{year}〕{n:3}")).Run();

        world.Output("Number").Should().Be("通〔2026〕001");
        world.Case.Number.Should().BeNull();
        world.Told("number.given").For("en").Should().Be("Number given: 通〔2026〕001.");
    }

    [Fact]
    public void The_year_is_that_of_the_organisations_day()
    {
        // 17:00 in London on New Year's Eve is one in the morning of the new year in Beijing.
        var world = new StepWorld("GiveNumber", ("Pattern", "{year}-{n}"));
        world.Scenario.PassUntil(new DateTimeOffset(2026, 12, 31, 17, 0, 0, TimeSpan.Zero));

        world.Run();

        world.Output("Number").Should().Be("2027-1");
    }
}
