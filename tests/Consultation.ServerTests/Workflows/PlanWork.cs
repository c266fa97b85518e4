using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;

namespace Consultation.ServerTests.Workflows;

/// <summary>Does the tasks of a ten-week plan.</summary>
internal static class PlanWork
{
    /// <summary>False for replies to a notice that all have given: they stay open until the meeting begins.</summary>
    public static bool IsOpenToSomebody(WorkTask task) =>
        task.Assignees.Exists(seat => seat is { Active: true, Outcome: null });

    /// <summary>Those who are asked answer in turn with the passing outcome, until the task is done.</summary>
    public static void Do(Scenario scenario, WorkTask task, params (string, string)[] record)
    {
        if (task.FormKey == FormKeys.MeetingRecord) scenario.ReachMeeting();
        while (task.State == TaskState.Open && Gate.Owing(task) is [var seat, ..])
        {
            var who = scenario.District.Directory.Find(seat.PersonId)!;
            scenario.Answer(task, who, task.Outcomes[0].Key, Fields(scenario, task, record))
                .Should().BeOfType<AnswerResult.Accepted>($"{who.Name} does {task.ActivityId}");
        }
    }

    private static Dictionary<string, string> Fields(
        Scenario scenario, WorkTask task, (string, string)[] record) => task.FormKey switch
        {
            FormKeys.MeetingRecord when record.Length > 0 => scenario.Fill(task, record),
            "progress-entry" => scenario.Fill("progress-entry", ("percent", "100"), ("done", "yes")),
            "implementation-plan" =>
                scenario.Fill("implementation-plan", ("lines", FormValues.Write([new Dictionary<string, string>
        {
            ["task"] = "划设车位", ["unit"] = Id(scenario.District.Roads), ["person"] =
                scenario.District.Supervisor.Id.Value.ToString("N"), ["due"] = "2026-04-20", ["demand"] = "不占消防通道",
        }]))),
            { } => scenario.Fill(task),
            null => [],
        };

    private static string Id(Unit unit) => unit.Id.Value.ToString("N");
}
