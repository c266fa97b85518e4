using System.Text.Json.Nodes;
using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Engine.Definitions;
using Consultation.Testing.Scenarios;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows;

/// <summary>
/// The two procedures are changed while cases run on them: another span, one gate more. The cases move in the middle
/// and come to their end by the new version.
/// </summary>
public sealed class MovedProcedureTests
{
    [Fact]
    public void A_six_step_case_moves_in_the_middle_of_its_research()
    {
        var scenario = Begin();
        Screen(scenario);
        Confirm(scenario);
        var acknowledge = scenario.TaskAt("TellDepartments");
        foreach (var seat in acknowledge.Assignees.ToList())
        {
            scenario.Answer(acknowledge, scenario.District.Directory.Find(seat.PersonId)!, "Acknowledge");
        }

        var research = scenario.TaskAt("Research");
        var (due, links, mails) = (research.DueAt, scenario.Links.Count, scenario.Mails.Count);

        var move = scenario.Move(Next("six-step-procedure", 2, json =>
        {
            SetVariable(json, "ReadinessDays", "9wd");
            Gate(json, "Readiness", "Confirm", back: "Research");
        })).Single();

        move.Blocks.Should().BeEmpty();
        move.PassedOver.Should().BeEmpty();
        scenario.TaskAt("Research").Should().BeSameAs(research);
        (research.DueAt, scenario.Links.Count, scenario.Mails.Count).Should().Be((due, links, mails));
        Do(scenario, "Research", scenario.District.Officer);
        scenario.TaskAt("Readiness").DueAt.Should().Be(
            scenario.District.Calendar.DueAfter(scenario.Now, new(9, Cases.Calendar.DayCount.WorkingDays)));
        scenario.Answer("Readiness", scenario.District.Head, "Confirm", scenario.Fill("readiness"));
        scenario.Answer("ExtraGate", scenario.District.Secretary, "Return", reason: "再补充").Should()
            .BeOfType<AnswerResult.Accepted>();
        Do(scenario, "Research", scenario.District.Officer);
        scenario.Answer("Readiness", scenario.District.Head, "Confirm", scenario.Fill("readiness"));
        scenario.Answer("ExtraGate", scenario.District.Secretary, "Confirm").Should().BeOfType<AnswerResult.Accepted>();
        Do(scenario, "Plan", scenario.District.Officer);
        FromNotice(scenario);
        ListProblems(scenario, "2026-06-30");
        foreach (var item in scenario.Items.ToList()) Finish(scenario, item);
        scenario.Answer("ReplyWatch", scenario.District.Secretary, "Done", scenario.Fill("submission-reply"));

        scenario.Incidents.Should().BeEmpty();
        scenario.Case.State.Should().Be(CaseState.Closed);
        scenario.Items.Should().OnlyContain(item => item.State == TrackedItemState.Done);
        scenario.OpenRuns.Should().Be(0);
        scenario.Open.Should().BeEmpty();
        scenario.NextTimer.Should().BeNull();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(45)]
    public void A_ten_week_plan_moves_on_any_of_its_days(int movedOn)
    {
        var scenario = new Scenario(WorkflowFolder.All, new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero))
            .Begin("ten-week-plan", CaseKind.TenWeekPlan, "小区停车", new DateOnly(2026, 3, 2));
        for (var day = 0; day < 90 && scenario.Case.State == CaseState.Open; day++)
        {
            if (day == movedOn)
            {
                var (done, open) = (
                    scenario.Tasks.Count(task => task.State == TaskState.Done),
                    scenario.Open.Select(task => task.Id).ToList());
                scenario.Move(Next("ten-week-plan", 2, json =>
                {
                    SetVariable(json, "GateDays", "2wd");
                    Gate(json, "Archive", "Done", back: "Archive");
                }));
                scenario.Open.Select(task => task.Id).Should().Equal(open);
                scenario.Tasks.Count(task => task.State == TaskState.Done).Should().Be(done);
            }

            foreach (var task in scenario.Open.Where(task => task.DueAt < scenario.Now.AddDays(6)).ToList())
            {
                PlanWork.Do(scenario, task);
            }

            scenario.Pass(TimeSpan.FromDays(1));
        }

        scenario.Incidents.Select(incident => $"{incident.ActivityId}: {incident.Message}").Should().BeEmpty();
        scenario.Case.State.Should().Be(CaseState.Closed);
        scenario.Tasks.Should().Contain(task => task.ActivityId == "ExtraGate" && task.Outcome == "Confirm");
        scenario.OpenRuns.Should().Be(0);
        scenario.NextTimer.Should().BeNull();
    }

    private static WorkflowDefinition Next(string id, int version, Action<JsonObject> change) =>
        WorkflowFolder.All.Single(one => one.DefinitionId == id).With(json =>
        {
            json["id"] = $"{id}-{version}";
            json["version"] = version;
            change(json);
        });

    private static void SetVariable(JsonObject json, string name, string value) =>
        json["variables"]!.AsArray().Single(one => one!["name"]!.ToString() == name)!["value"] = value;

    /// <summary>Puts one gate more on a way: it goes on, or back.</summary>
    private static void Gate(JsonObject json, string source, string port, string back)
    {
        var way = json["root"]!["connections"]!.AsArray().First(one =>
            one!["source"]!["activity"]!.ToString() == source && one["source"]!["port"]!.ToString() == port)!;
        var target = way["target"]!["activity"]!.ToString();
        way["target"]!["activity"] = "ExtraGate";
        json["root"]!["activities"]!.AsArray().Add(JsonNode.Parse(
            """
            {
              "id": "ExtraGate", "name": "ExtraGate", "type": "Consultation.RequestApproval", "version": 1,
              "customProperties": {}, "metadata": { "displayText": "加一道审定" },
              "approvers": { "typeName": "String", "expression": { "type": "Literal", "value": "role:Secretary" } },
              "mode": { "typeName": "String", "expression": { "type": "Literal", "value": "AnyOne" } },
              "due": { "typeName": "String", "expression": { "type": "Literal", "value": "2wd" } },
              "outcomes": {
                "typeName": "Object", "expression": { "type": "Object", "value": "[\"Confirm\",\"Return\"]" }
              }
            }
            """));
        json.Connect("ExtraGate", "Confirm", target);
        json.Connect("ExtraGate", "Return", back);
    }
}
