using Consultation.Cases.Forms;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.People;

/// <content>Two units that are one.</content>
public sealed partial class OrganisationEdits
{
    /// <summary>
    /// Makes one unit of two: people, roles, units below and whatever names the other move to the one kept; forms and
    /// runs that name the other find the one kept (<see cref="OrganisationDirectory.Find(UnitId?)"/>). Only an
    /// administrator does it, and it cannot be undone.
    /// </summary>
    public Task<EditResult> MergeUnitsAsync(
        OrganisationEdit edit, UnitId from, UnitId into, CancellationToken cancellationToken) =>
        RunAsync(edit, Subject("unit", from.Value), async (session, now) =>
        {
            var directory = session.File.Directory;
            if (edit.ActorId is not { } actor || !directory.Holds(actor, Role.Administrator))
            {
                return new EditOutcome.Wrong(
                    "", "只有系统管理员可以合并单位。", "Only an administrator merges units.");
            }

            var (old, kept) = (Own(directory, from), Own(directory, into));
            if (OrganisationRules.CheckMerge(old, kept) is { } wrong) return new EditOutcome.Wrong([wrong]);
            var work = await session.OpenWorkAsync(cancellationToken);
            if (BothAsked(work.Tasks, from, into) is { } both) return new EditOutcome.Wrong([both]);

            MoveInTree(directory, old!, kept!);
            foreach (var person in directory.People.Where(person => person.UnitId == from)) person.UnitId = into;
            MoveGrants(session.File, grant => grant.UnitId == from, grant => (grant.PersonId, into));
            foreach (var item in work.Items) MoveItem(item, from, into);
            Complete(kept!, old!);
            await session.MoveUnitAsync(from, into, cancellationToken);
            (old!.MergedIntoId, old.Active) = (into, false);
            NoteRow(session.File, edit, Changed(
                "unit", into.Value, "合并后保留单位：", "unit that stays after a merge:", kept!.Name.Zh), now);
            return Changed("unit", from.Value, "合并单位：", "merged units:", $"{old.Name.Zh} → {kept.Name.Zh}");
        }, cancellationToken);

    /// <summary>The unit itself; null for one that goes on as another.</summary>
    private static Unit? Own(OrganisationDirectory directory, UnitId id) =>
        directory.Units.FirstOrDefault(unit => unit.Id == id);

    /// <summary>
    /// A task that waits for each of both would be over with one answer, and nobody would notice: that is settled by
    /// people first.
    /// </summary>
    private static FieldError? BothAsked(IReadOnlyList<WorkTask> tasks, UnitId from, UnitId into)
    {
        var named = tasks.Where(task => task.Mode == GateMode.EachUnit
                && task.Assignees.Exists(seat => seat.Active && seat.UnitId == from)
                && task.Assignees.Exists(seat => seat.Active && seat.UnitId == into))
            .Select(task => task.Number).ToList();
        return named.Count == 0 ? null : new("", new(
            $"任务 {string.Join('、', named.Take(5))} 同时在等两个单位答复。请先办完或改派再合并。",
            $"The tasks {string.Join(", ", named.Take(5))} wait for both units. Finish or reassign them first."));
    }

    private static void MoveInTree(OrganisationDirectory directory, Unit old, Unit kept)
    {
        // Where the one kept stands below the other, it rises to its place: nothing stands above itself.
        for (Unit? above = kept; above is not null; above = directory.Find(above.ParentId))
        {
            if (above.ParentId != old.Id) continue;
            kept.ParentId = old.ParentId;
            break;
        }

        foreach (var unit in directory.Units)
        {
            if (unit.ParentId == old.Id && unit != kept) unit.ParentId = kept.Id;
            if (unit.GuidedById == old.Id) unit.GuidedById = unit == kept ? null : kept.Id;
        }
    }

    /// <summary>The unit kept helps once, and not where it carries the item out itself.</summary>
    private static void MoveItem(TrackedItem item, UnitId from, UnitId into)
    {
        if (item.UndertakingUnitId == from) item.UndertakingUnitId = into;
        if (item.AssigningUnitId == from) item.AssigningUnitId = into;
        if (item.ResponsibleOfficeId == from) item.ResponsibleOfficeId = into;
        if (!item.CoUnits.Exists(one => one.UnitId == from || one.UnitId == into)) return;
        var helps = item.UndertakingUnitId != into;
        var moved = item.CoUnits.RemoveAll(one => one.UnitId == from) > 0;
        if (!helps) item.CoUnits.RemoveAll(one => one.UnitId == into);
        else if (moved && !item.CoUnits.Exists(one => one.UnitId == into))
        {
            item.CoUnits.Add(new CoUnit { Id = OrderedGuid.New(), UnitId = into });
        }
    }

    /// <summary>What only the other unit says is taken over.</summary>
    private static void Complete(Unit kept, Unit old)
    {
        if (kept.Name.En is null && old.Name.En is { } english) kept.Name = new(kept.Name.Zh, english);
        if (old.GuidedById != kept.Id) kept.GuidedById ??= old.GuidedById;
        kept.HallName ??= old.HallName;
        kept.Procedure ??= old.Procedure;
        kept.HeadId ??= old.HeadId;
        kept.Oversees = [.. kept.Oversees.Union(old.Oversees)];
    }
}
