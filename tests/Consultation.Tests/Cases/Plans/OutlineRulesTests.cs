using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Plans;

namespace Consultation.Tests.Cases.Plans;

public sealed class OutlineRulesTests
{
    [Fact]
    public void Work_belongs_to_the_nearest_phase_before_it_along_the_lines()
    {
        OutlinedActivity[] activities =
        [
            Activity("B", OutlinedKind.Step, ("key", "second"), ("number", "2"), ("toWeek", "4"),
                ("fromWeek", "3")),
            Activity("A", OutlinedKind.Step, ("key", "first"), ("number", "1"), ("stepName", "准备"),
                ("stepNameEn", "Preparation")),
            Activity("Work", OutlinedKind.Work, ("title", "调研"), ("dueFrom", "startDate")) with
            {
                Due = "3wd",
            },
            Activity("Gate", OutlinedKind.Gate, ("title", "定稿")) with { Due = "soon" },
            Activity("Lost", OutlinedKind.Work),
        ];

        var outline = OutlineRules.Of(activities, [("A", "Work"), ("Work", "B"), ("B", "Gate"), ("Gate", "A")]);

        outline.Steps.Should().Equal(
            new PlannedStep("first", 1, new LocalText("准备", "Preparation")),
            new PlannedPhase("second", 2, new LocalText("second"), 3, 4));
        outline.Works.Should().BeEquivalentTo(
        [
            new PlannedWork("Gate", new LocalText("定稿"), true, "second", null, false) { After = ["Work"] },
            new PlannedWork(
                "Work", new LocalText("调研"), false, "first", new WorkingDuration(3, DayCount.WorkingDays), true)
            {
                After = ["Gate"],
            },
        ]);
    }

    [Theory]
    [InlineData("number", "0")]
    [InlineData("number", "many")]
    public void A_step_without_a_number_is_none(string input, string value) =>
        OutlineRules.Of(
            [Activity("A", OutlinedKind.Step, ("key", "first"), (input, value))], []).Steps.Should().BeEmpty();

    private static OutlinedActivity Activity(
        string id, OutlinedKind kind, params (string Name, string Value)[] inputs)
    {
        var values = inputs.ToDictionary(input => input.Name, input => input.Value);
        return new(id, kind, null, values.GetValueOrDefault, values.GetValueOrDefault, null);
    }
}
