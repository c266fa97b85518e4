namespace Consultation.Tests.Activities.TrackedItems;

/// <summary>What the plan of ten weeks makes of it stands in <c>InspectionTests</c>.</summary>
public sealed class AwaitItemDayTests
{
    [Fact]
    public void Where_nothing_is_open_and_somebody_has_looked_all_is_done()
    {
        var world = new StepWorld("AwaitItemDay", ("After", "2026-03-01")).Run();

        world.Outcomes.Should().Equal("AllDone");
    }

    [Fact]
    public void Where_nothing_is_open_any_more_and_nobody_has_looked_it_is_looked_at_once()
    {
        var world = new StepWorld("AwaitItemDay").Run();

        world.Outcomes.Should().Equal("Reached");
        world.Output("Day").Should().Be("2026-03-02");
    }

    [Fact]
    public void A_span_that_is_none_is_found_before_publishing() =>
        StepWorld.Check("AwaitItemDay", ["Reached", "AllDone"], ("Before", "bald")).Should()
            .ContainSingle(finding => finding.Code == "bad-duration");
}
