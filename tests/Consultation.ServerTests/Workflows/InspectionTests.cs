using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;

namespace Consultation.ServerTests.Workflows;

/// <summary>
/// Inspection and coordination follow the lines of the plan by their own days (P63–P65): each day on which lines are
/// due is inspected once, three working days before; what the inspection finds is coordinated, and nothing else is.
/// </summary>
public sealed class InspectionTests
{
    private readonly Scenario _scenario = new Scenario(WorkflowFolder.All, new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero))
        .Begin("ten-week-plan", CaseKind.TenWeekPlan, "老旧小区停车", new DateOnly(2026, 3, 2));

    public InspectionTests()
    {
        for (var turn = 0; turn < 90 && _scenario.Items.Count == 0; turn++)
        {
            if (_scenario.Open.FirstOrDefault(PlanWork.IsOpenToSomebody) is not { } task)
            {
                _scenario.Pass(TimeSpan.FromDays(1));
            }
            else if (task.FormKey == FormKeys.ImplementationPlan)
            {
                _scenario.Answer(
                    task, _scenario.District.Directory.Find(Gate.Owing(task)[0].PersonId)!, "Done", _scenario.Fill(
                    FormKeys.ImplementationPlan, ("lines", FormValues.Write(
                    [
                        Line("划设车位", "2026-04-20"), Line("更换标牌", "2026-04-20"), Line("疏通排水", "2026-05-20"),
                    ])))).Should().BeOfType<AnswerResult.Accepted>();
            }
            else PlanWork.Do(_scenario, task);
        }

        _scenario.Items.Should().HaveCount(3);
    }

    [Fact]
    public void Nothing_is_inspected_before_a_line_comes_near_its_day_and_lines_of_one_day_are_one_inspection()
    {
        Until(new(2026, 4, 15), 8);
        Inspections().Should().BeEmpty("three working days before April 20 is the 15th");

        Until(new(2026, 4, 15), 10);

        var task = Inspections().Should().ContainSingle().Subject;
        task.Question!.Zh.Should().Contain("划设车位").And.Contain("更换标牌").And.Contain("4月20日").And.NotContain("疏通排水");
        task.Question.For("en").Should().Contain("2026-04-20");
        _scenario.District.Calendar.DayOf(task.DueAt!.Value).Should().Be(new DateOnly(2026, 4, 17));
        Open("Coordinate").Should().BeFalse("nothing has been found yet");
    }

    [Theory]
    [InlineData("无。", false)]
    [InlineData("", false)]
    [InlineData("标线未干即通车", true)]
    public void Only_what_the_inspection_found_is_coordinated_and_then_the_next_day_is_awaited(string found, bool asked)
    {
        Until(new(2026, 4, 15), 10);
        Inspect(found);

        Open("Coordinate").Should().Be(asked);
        if (asked) PlanWork.Do(_scenario, _scenario.TaskAt("Coordinate"));
        Inspections().Should().BeEmpty();
        Until(new(2026, 5, 14), 10);
        Inspections().Should().BeEmpty();
        Until(new(2026, 5, 15), 10);
        Inspections().Should().ContainSingle().Which.Question!.Zh.Should().Contain("疏通排水");
    }

    [Fact]
    public void A_line_with_another_day_is_inspected_before_that_one()
    {
        Until(new(2026, 4, 15), 10);
        Inspect("无");
        _scenario.Items.Single(item => item.Advice.StartsWith("疏通排水", StringComparison.Ordinal)).DueOn =
            new DateOnly(2026, 5, 27);

        Until(new(2026, 5, 21), 10);
        Inspections().Should().BeEmpty();
        Until(new(2026, 5, 22), 10);
        Inspections().Should().ContainSingle();
    }

    [Fact]
    public void Lines_done_before_anybody_looked_are_inspected_once_and_the_phase_goes_on()
    {
        for (var turn = 0; turn < 60 && _scenario.Case.Step == "weeks-5-8" && !Open("Gate3"); turn++)
        {
            if (_scenario.Open.FirstOrDefault(PlanWork.IsOpenToSomebody) is { } task) PlanWork.Do(_scenario, task);
            else _scenario.Pass(TimeSpan.FromDays(1));
        }

        Open("Gate3").Should().BeTrue();
        _scenario.Tasks.Count(task => task.ActivityId == "Inspect").Should().Be(1);
        _scenario.Tasks.Should().NotContain(task => task.ActivityId == "Coordinate" && task.State == TaskState.Open);
        _scenario.Incidents.Should().BeEmpty();
    }

    private List<WorkTask> Inspections() => [.. _scenario.Open.Where(task => task.ActivityId == "Inspect")];

    private bool Open(string node) => _scenario.Open.Any(task => task.ActivityId == node);

    private void Inspect(string found) => _scenario.Answer(
        Inspections().Single(), _scenario.District.GroupLead, "Done", _scenario.Fill("inspection", ("problems", found)))
        .Should().BeOfType<AnswerResult.Accepted>();

    private void Until(DateOnly day, int hour) =>
        _scenario.PassUntil(_scenario.District.Calendar.At(day, new(hour, 0)));

    private Dictionary<string, string> Line(string task, string due) => new()
    {
        ["task"] = task,
        ["unit"] = _scenario.District.Roads.Id.Value.ToString("N"),
        ["person"] = _scenario.District.Supervisor.Id.Value.ToString("N"),
        ["due"] = due,
        ["demand"] = "不占消防通道",
    };
}
