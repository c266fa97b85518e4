namespace Consultation.Engine.Running;

public sealed partial class RunState
{
    /// <summary>Format of the stored form. Raise it only when an old reader could not make sense of the rest.</summary>
    private const byte Format = 1;

    /// <summary>
    /// The run in a compact binary form, for the store. Fields that a later version adds are skipped by this one.
    /// </summary>
    public byte[] Serialize()
    {
        var writer = new StateWriter();
        writer.Byte(Format);
        var start = writer.Begin();
        writer.Text(InstanceId);
        writer.Text(DefinitionId);
        writer.Text(DefinitionVersionId);
        writer.Whole(Version);
        writer.Text(ParentInstanceId);
        writer.Text(ParentBookmarkId);
        writer.Text(CorrelationId);
        writer.Text(Name);
        writer.Byte((byte)SubStatus);
        writer.Flag(IsSystem);
        writer.Instant(CreatedAt);
        writer.Instant(UpdatedAt);
        writer.OptionalInstant(FinishedAt);
        writer.Whole(ActivityCount);
        writer.Whole(JournalSequence);
        writer.Whole(StepCount);
        writer.Whole(LastExecutionNumber);
        writer.Text(CancelReason);
        writer.Text(TriggerActivityId);
        writer.Value(TriggerPayload);
        writer.Flag(HasTriggered);
        writer.Value(LastResult);
        writer.Map(InputValues);
        writer.Map(OutputValues);
        writer.Map(PropertyValues);
        writer.Map(FinalVariables);
        writer.Whole(ActivityOutputs.Count);
        foreach (var (nodeId, outputs) in ActivityOutputs)
        {
            writer.Text(nodeId);
            writer.Map(outputs);
        }

        WriteExecutions(writer);
        WriteBookmarks(writer);
        WriteIncidents(writer);
        WriteScheduled(writer);
        writer.End(start);
        return writer.ToArrayAndReturn();
    }

    /// <summary>
    /// Reads a stored run. It must be bound to its workflow before nodes can be asked for; a step does that.
    /// </summary>
    /// <exception cref="FormatException">The bytes are damaged, or of a format this version does not know.</exception>
    public static RunState Deserialize(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Read(bytes);
        }
        catch (Exception damaged) when (damaged is ArgumentException or OverflowException or InvalidOperationException)
        {
            throw new FormatException("The stored state of the run is damaged.", damaged);
        }
    }

    private static RunState Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new StateReader(bytes);
        var format = reader.Byte();
        if (format != Format)
        {
            throw new FormatException($"The run is stored in format {format}, which this version does not know.");
        }
        var end = reader.Begin();
        var run = new RunState(reader.RequiredText(), reader.RequiredText(), reader.RequiredText(), (int)reader.Whole())
        {
            ParentInstanceId = reader.Text(),
            ParentBookmarkId = reader.Text(),
            CorrelationId = reader.Text(),
            Name = reader.Text(),
            SubStatus = (RunSubStatus)reader.Byte(),
            IsSystem = reader.Flag(),
            CreatedAt = reader.Instant(),
            UpdatedAt = reader.Instant(),
            FinishedAt = reader.OptionalInstant(),
            ActivityCount = reader.Whole(),
            JournalSequence = reader.Whole(),
            StepCount = reader.Whole(),
            LastExecutionNumber = reader.Whole(),
            CancelReason = reader.Text(),
            TriggerActivityId = reader.Text(),
            TriggerPayload = reader.Value(),
            HasTriggered = reader.Flag(),
            LastResult = reader.Value(),
            InputValues = reader.Map() ?? [],
            OutputValues = reader.Map() ?? [],
            PropertyValues = reader.Map() ?? [],
            FinalVariables = reader.Map() ?? [],
        };
        for (var remaining = reader.Count(); remaining > 0; remaining--)
            run.ActivityOutputs[reader.RequiredText()] = reader.Map() ?? [];
        var executions = run.ReadExecutions(ref reader);
        run.ReadBookmarks(ref reader, executions);
        run.ReadIncidents(ref reader, executions);
        run.ReadScheduled(ref reader, executions);
        reader.Skip(end);
        return run;
    }

    private void WriteExecutions(StateWriter writer)
    {
        var all = Open(Root).ToList();
        foreach (var incident in IncidentList)
        {
            if (incident.Child is { } child && !all.Contains(child)) all.Add(child);
        }

        writer.Whole(all.Count);
        foreach (var execution in all)
        {
            var start = writer.Begin();
            writer.Whole(execution.Number);
            writer.Text(execution.NodeId);
            writer.Whole(execution.Parent?.Number ?? 0);
            writer.Byte((byte)execution.Status);
            writer.Instant(execution.StartedAt);
            writer.Value(execution.Tag);
            writer.Whole(execution.SchedulingNumber);
            writer.Text(execution.SchedulingActivityId);
            writer.Flag(execution.ByBackwardConnection);
            writer.Flag(execution.IsBreaking);
            writer.Value(execution.CompletedWith is { } outcomes ? new List<object?>(outcomes) : null);
            WriteSlots(writer, execution);
            writer.Map(execution.Dynamic);
            writer.Map(execution.ScopeInput);
            writer.Map(execution.ScopeOutput);
            writer.Map(execution.State);
            writer.Whole(execution.Counters?.Length ?? -1);
            foreach (var counter in execution.Counters ?? []) writer.Whole(counter);
            writer.Map(execution.RecordedInputs);
            writer.Map(execution.RecordedOutputs);
            writer.Value(execution.FollowedEarly is { } early ? new List<object?>(early) : null);
            writer.End(start);
        }
    }

    private static void WriteSlots(StateWriter writer, ActivityExecution execution)
    {
        if (execution.StoredSlots is { } stored)
        {
            writer.Map(stored);
            return;
        }

        var slots = execution.Slots;
        writer.Whole(slots?.Length ?? -1);
        for (var i = 0; i < slots?.Length; i++)
        {
            writer.Text(execution.Node.Variables[i].Id);
            writer.Value(slots[i]);
        }
    }

    private Dictionary<long, ActivityExecution> ReadExecutions(ref StateReader reader)
    {
        var count = reader.Count();
        var all = new Dictionary<long, ActivityExecution>(count);
        var inOrder = new List<ActivityExecution>(count);
        for (var i = 0; i < count; i++)
        {
            var end = reader.Begin();
            var number = reader.Whole();
            var nodeId = reader.RequiredText();
            var parent = reader.Whole() is var parentNumber and > 0 ? all[parentNumber] : null;
            var execution = new ActivityExecution(this, number, nodeId, parent)
            {
                Status = (ActivityStatus)reader.Byte(),
                StartedAt = reader.Instant(),
                Tag = reader.Value(),
                SchedulingNumber = reader.Whole(),
                SchedulingActivityId = reader.Text(),
                ByBackwardConnection = reader.Flag(),
                IsBreaking = reader.Flag(),
                CompletedWith = reader.Value() is List<object?> outcomes ? [.. outcomes.Cast<string>()] : null,
                StoredSlots = reader.Map(),
                Dynamic = reader.Map(),
                ScopeInput = reader.Map(),
                ScopeOutput = reader.Map(),
                State = reader.Map(),
                Counters = ReadCounters(ref reader),
                RecordedInputs = reader.Map(),
                RecordedOutputs = reader.Map(),
                FollowedEarly = reader.Has(end) && reader.Value() is List<object?> early
                    ? [.. early.Cast<string>()]
                    : null,
            };
            reader.Skip(end);
            all[number] = execution;
            inOrder.Add(execution);
            if (parent is null) Root ??= execution;
        }

        // Children are kept newest first: attaching in the order of their numbers restores that.
        inOrder.Sort((a, b) => a.Number.CompareTo(b.Number));
        foreach (var execution in inOrder)
        {
            if (execution.Parent is not { } parent) continue;
            if (execution.Status is ActivityStatus.Completed or ActivityStatus.Canceled) continue;
            parent.Attach(execution);
            if (execution.Status == ActivityStatus.Faulted) parent.FaultedChildren++;
            else parent.RunningChildren++;
        }

        return all;
    }

    private static int[]? ReadCounters(ref StateReader reader)
    {
        var count = reader.Count();
        if (count < 0) return null;
        var counters = new int[count];
        for (var i = 0; i < count; i++) counters[i] = (int)reader.Whole();
        return counters;
    }

    private void WriteBookmarks(StateWriter writer)
    {
        writer.Whole(BookmarkList.Count);
        foreach (var bookmark in BookmarkList) Write(writer, bookmark);
    }

    private static void Write(StateWriter writer, Bookmark bookmark)
    {
        var start = writer.Begin();
        writer.Text(bookmark.Id);
        writer.Text(bookmark.Name);
        writer.Value(bookmark.Stimulus);
        writer.Whole((long)bookmark.HashValue);
        writer.Whole(bookmark.Execution.Number);
        writer.Value(bookmark.Payload);
        writer.Instant(bookmark.CreatedAt);
        writer.OptionalInstant(bookmark.DueAt);
        writer.Flag(bookmark.AutoBurn);
        writer.Text(bookmark.Tag);
        writer.End(start);
    }

    private void ReadBookmarks(ref StateReader reader, Dictionary<long, ActivityExecution> executions)
    {
        for (var remaining = reader.Count(); remaining > 0; remaining--)
        {
            var bookmark = ReadBookmark(ref reader, executions);
            BookmarkList.Add(bookmark);
            bookmark.Execution.BookmarkCount++;
        }
    }

    private static Bookmark ReadBookmark(ref StateReader reader, Dictionary<long, ActivityExecution> executions)
    {
        var end = reader.Begin();
        var bookmark = new Bookmark(
            reader.RequiredText(), reader.RequiredText(), reader.Value(), (ulong)reader.Whole(),
            executions[reader.Whole()])
        {
            Payload = reader.Value(),
            CreatedAt = reader.Instant(),
            DueAt = reader.OptionalInstant(),
            AutoBurn = reader.Flag(),
            Tag = reader.Text(),
        };
        reader.Skip(end);
        return bookmark;
    }

    private void WriteIncidents(StateWriter writer)
    {
        writer.Whole(IncidentList.Count);
        foreach (var incident in IncidentList)
        {
            var start = writer.Begin();
            writer.Text(incident.Id);
            writer.Whole(incident.Execution.Number);
            writer.Text(incident.ActivityId);
            writer.Text(incident.NodeId);
            writer.Text(incident.ActivityType);
            writer.Text(incident.ActivityName);
            writer.Text(incident.Message);
            writer.Text(incident.InputName);
            writer.Whole(incident.Line);
            writer.Whole(incident.Column);
            writer.Text(incident.CauseType);
            writer.Text(incident.CauseMessage);
            writer.Instant(incident.Timestamp);
            writer.Byte((byte)incident.Action);
            writer.Flag(incident.Bookmark is not null);
            if (incident.Bookmark is { } bookmark) Write(writer, bookmark);
            writer.Value(incident.Payload);
            writer.Whole(incident.Child?.Number ?? 0);
            writer.End(start);
        }
    }

    private void ReadIncidents(ref StateReader reader, Dictionary<long, ActivityExecution> executions)
    {
        for (var remaining = reader.Count(); remaining > 0; remaining--)
        {
            var end = reader.Begin();
            var incident = new Incident(reader.RequiredText(), executions[reader.Whole()])
            {
                ActivityId = reader.RequiredText(),
                NodeId = reader.RequiredText(),
                ActivityType = reader.RequiredText(),
                ActivityName = reader.Text(),
                Message = reader.RequiredText(),
                InputName = reader.Text(),
                Line = (int)reader.Whole(),
                Column = (int)reader.Whole(),
                CauseType = reader.RequiredText(),
                CauseMessage = reader.Text(),
                Timestamp = reader.Instant(),
                Action = (FaultedAction)reader.Byte(),
                Bookmark = reader.Flag() ? ReadBookmark(ref reader, executions) : null,
                Payload = reader.Value(),
                Child = reader.Whole() is var child and > 0 ? executions[child] : null,
            };
            reader.Skip(end);
            IncidentList.Add(incident);
            if (incident.Action != FaultedAction.Execute) incident.Execution.FaultedChildren++;
        }
    }

    private void WriteScheduled(StateWriter writer)
    {
        writer.Whole(Scheduled.Count);
        foreach (var item in Scheduled)
        {
            var start = writer.Begin();
            writer.Text(item.Node?.NodeId ?? item.NodeId);
            writer.Whole(item.Owner.Number);
            writer.Value(item.Tag);
            writer.Map(item.Dynamic);
            writer.Flag(item.ByBackwardConnection);
            writer.Whole(item.SchedulingNumber);
            writer.Text(item.SchedulingActivityId);
            writer.End(start);
        }
    }

    private void ReadScheduled(ref StateReader reader, Dictionary<long, ActivityExecution> executions)
    {
        for (var remaining = reader.Count(); remaining > 0; remaining--)
        {
            var end = reader.Begin();
            var nodeId = reader.RequiredText();
            var owner = executions[reader.Whole()];
            Scheduled.Enqueue(new WorkItem(null, owner)
            {
                NodeId = nodeId,
                Tag = reader.Value(),
                Dynamic = reader.Map(),
                ByBackwardConnection = reader.Flag(),
                SchedulingNumber = reader.Whole(),
                SchedulingActivityId = reader.Text(),
            });
            owner.ScheduledChildren++;
            reader.Skip(end);
        }
    }
}
