using Consultation.Cases.Tasks;

namespace Consultation.Tests.Activities.Escalation;

/// <summary>A task of two members that is late; one of them has answered.</summary>
internal static class LateTask
{
    /// <summary>The run that the task belongs to.</summary>
    public const string Instance = "late-run";

    /// <summary>A step that runs beside such a task.</summary>
    public static StepWorld Before(string type, params (string Name, object Value)[] inputs)
    {
        var world = new StepWorld(type, inputs);
        Of(world, Instance, StepWorld.Monday.AddDays(-3));
        world.Scenario.Run(Instance);
        return world;
    }

    /// <summary>Puts one into the case.</summary>
    public static WorkTask Of(StepWorld world, string instance, DateTimeOffset due)
    {
        var task = new WorkTask
        {
            OrganisationId = world.Case.OrganisationId,
            Id = new(Guid.NewGuid()),
            CaseId = world.Case.Id,
            Number = $"R2026-{world.Scenario.Tasks.Count + 1:00000}",
            InstanceId = instance,
            BookmarkId = $"late-{world.Scenario.Tasks.Count}",
            ActivityId = "Late",
            Kind = TaskKind.Work,
            Title = new("办理"),
            Mode = GateMode.All,
            Outcomes = [new TaskOutcome("Done", new("提交", "Hand in"))],
            Assignees = [Seat(world.District.GroupMember.Id, null), Seat(world.District.GroupMember2.Id, "Done")],
            OpenedAt = StepWorld.Monday.AddDays(-10),
            DueAt = due,
        };
        world.Scenario.Tasks.Add(task);
        return task;
    }

    private static TaskAssignee Seat(Consultation.Cases.PersonId person, string? outcome) =>
        new() { Id = Guid.NewGuid(), PersonId = person, Outcome = outcome };
}
