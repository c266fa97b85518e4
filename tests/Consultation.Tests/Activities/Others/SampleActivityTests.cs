using Consultation.Tests.Activities.Escalation;

namespace Consultation.Tests.Activities.Others;

/// <summary>The activities of the sample, run beside those of the product: what the guide shows works.</summary>
public sealed class SampleActivityTests
{
    [Theory]
    [InlineData("TH20260302-0007", "Valid", "2026-03-02")]
    [InlineData("TH20261399-0007", "Invalid", null)]
    [InlineData("TH20260302-7", "Invalid", null)]
    [InlineData("20260302-0007", "Invalid", null)]
    [InlineData("", "Invalid", null)]
    public void An_order_number_is_read_or_refused(string number, string outcome, string? day)
    {
        var world = new StepWorld("Tonghe.CheckOrderNumber", ("OrderNumber", Script.Text(number))).Run();

        world.Outcomes.Should().Equal(outcome);
        world.Output("CalledOn").Should().Be(day);
    }

    [Fact]
    public void A_node_without_an_order_number_is_refused_before_publishing() =>
        StepWorld.Check("Tonghe.CheckOrderNumber", ["Valid", "Invalid"]).Should().ContainSingle()
            .Which.InputName.Should().Be("OrderNumber");

    [Fact]
    public void An_activity_on_the_case_reads_it_and_writes_its_history()
    {
        var world = new StepWorld("Tonghe.CountOpenTasks");
        LateTask.Of(world, "another-run", StepWorld.Monday);

        world.Run();

        world.Output("Count").Should().Be(1L);
        var line = world.Scenario.History.Should().ContainSingle().Subject;
        (line.Verb, line.Text.For("en")).Should().Be(("tonghe.counted", "1 open tasks."));
        line.Rows.Should().Equal("Q85", "P22");
    }
}
