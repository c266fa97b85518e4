using System.Globalization;
using Consultation.Engine.Definitions;

namespace Consultation.Engine.Running;

public sealed partial class RunState
{
    /// <summary>
    /// A run that took place elsewhere, to be read: it is over and keeps no bookmark, no timer and no waiting work, so
    /// that no stimulus moves it.
    /// </summary>
    public static RunState Record(CompiledWorkflow workflow, PastRun past)
    {
        var definition = workflow.Definition;
        var run = new RunState(past.InstanceId, definition.DefinitionId, definition.Id, definition.Version)
        {
            Name = past.Name,
            CorrelationId = past.CorrelationId,
            SubStatus = past.HasFinished ? RunSubStatus.Finished : RunSubStatus.Cancelled,
            CreatedAt = past.CreatedAt,
            UpdatedAt = past.UpdatedAt,
            FinishedAt = past.FinishedAt,
            InputValues = past.Input,
            OutputValues = past.Output,
            PropertyValues = past.Properties,
            FinalVariables = past.Variables,
            JournalSequence = past.JournalSequence,
            StepCount = past.StepCount,
            ActivityCount = past.ActivityCount,
            LastExecutionNumber = past.ActivityCount,
        };
        if (past.Incidents.Count == 0) return run;

        // Incidents hang on an execution; the one of the workflow itself carries them all.
        run.Root = new ActivityExecution(run, 1, workflow.Root.NodeId, null)
        {
            Status = ActivityStatus.Canceled,
            StartedAt = past.CreatedAt,
        };
        foreach (var incident in past.Incidents)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{past.InstanceId}-i{run.IncidentList.Count + 1}");
            run.IncidentList.Add(new Incident(id, run.Root)
            {
                ActivityId = incident.ActivityId,
                NodeId = incident.NodeId,
                ActivityType = incident.ActivityType,
                Message = incident.Message,
                CauseType = incident.CauseType,
                CauseMessage = incident.CauseMessage,
                Timestamp = incident.Timestamp,
            });
        }

        return run;
    }
}
