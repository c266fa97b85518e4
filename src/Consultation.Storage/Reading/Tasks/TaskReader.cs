using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Storage.Reading.Cases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.Storage.Reading.Tasks;

/// <summary>One row of "my tasks".</summary>
public sealed record TaskRow
{
    public required TaskId Id { get; init; }
    public required string Number { get; init; }
    public required LocalText Title { get; init; }
    public required TaskKind Kind { get; init; }
    public required TaskState State { get; init; }
    public required CaseId CaseId { get; init; }
    public required string? CaseNumber { get; init; }

    /// <summary>Null where a restricted case is kept from the person, who has the task for somebody else.</summary>
    public required string? CaseTitle { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset? DueAt { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required int Rung { get; init; }
    public required string? RungName { get; init; }
    public required string? Flag { get; init; }

    /// <summary>The task rests with its suspended case: nothing is late, and no answer is asked for (O14).</summary>
    public required bool Rests { get; init; }

    /// <summary>Until when a decision of the task can be taken back; null when none is held.</summary>
    public required DateTimeOffset? HeldUntil { get; init; }

    /// <summary>
    /// The person's own seats, and those of people for whom the person acts; in a list of everybody's tasks the seats
    /// of those who still owe an answer.
    /// </summary>
    public required IReadOnlyList<TaskAssignee> Seats { get; init; }
}

/// <summary>A task with the case that it belongs to.</summary>
/// <param name="Task">The task.</param>
/// <param name="Case">Its case.</param>
public sealed record TaskFile(WorkTask Task, Case Case)
{
    /// <summary>
    /// The task is decided, but the decision can be taken back until then; null when nothing is held.
    /// </summary>
    public DateTimeOffset? HeldUntil => Task.State == TaskState.Open ? Task.HeldUntil : null;
}

/// <summary>Reads tasks for the people who answer them.</summary>
public sealed class TaskReader(Database database)
{
    /// <summary>
    /// Tasks in which the person, or somebody whom the person stands in for now, still has to answer; due first. Not
    /// those whose decision is held, nor those of a chair whose turn has not come. At most 500. A vacant seat waits for
    /// everybody who holds its role.
    /// </summary>
    public async Task<IReadOnlyList<TaskRow>> OpenAsync(
        OrganisationDirectory directory, PersonId person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(directory.Organisation.Id);
        var delegated = directory.DelegationsTo(person, now).ToList();
        List<PersonId> people = [person, .. delegated.Where(one => one.SeatId is null)
            .Select(one => one.FromId), .. await LeftAsync(db, directory, person, now, cancellationToken)];
        return await OfAsync(db, CaseScope.Of(person, directory), people,
            [.. delegated.Select(one => one.SeatId).OfType<Guid>()], waiting: true, cancellationToken);
    }

    /// <summary>People whose vacant seats the person may fill as a holder of the same role (O6).</summary>
    private static async Task<IEnumerable<PersonId>> LeftAsync(
        ConsultationDb db, OrganisationDirectory directory, PersonId person, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var organisation = directory.Organisation.Id;
        var vacant = await db.Set<WorkTask>().AsNoTracking()
            .Where(task => task.OrganisationId == organisation && task.State == TaskState.Open
                && task.Flag == Vacancies.Flag)
            .Take(500).ToListAsync(cancellationToken);
        return vacant.SelectMany(task => Vacancies.Of(task, directory, now))
            .Where(vacancy => Vacancies.StandsIn(vacancy.Seat, person, directory, now))
            .Select(vacancy => vacancy.Seat.PersonId);
    }

    /// <summary>Tasks that the person answered, newest first. At most 200.</summary>
    public async Task<IReadOnlyList<TaskRow>> DoneAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        return [.. (await OfAsync(db, scope, [scope.PersonId], [], waiting: false, cancellationToken))
            .OrderByDescending(row => row.ClosedAt ?? row.OpenedAt).Take(200)];
    }

    /// <summary>All open tasks of the cases that the scope sees, due first; for those who steer. At most 500.</summary>
    public async Task<IReadOnlyList<TaskRow>> AllOpenAsync(CaseScope scope, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(scope.OrganisationId);
        var organisation = scope.OrganisationId;
        return await RowsAsync(
            db, scope, db.Set<WorkTask>().AsNoTracking()
                .Where(task => task.OrganisationId == organisation && task.State == TaskState.Open),
            scope.CasesIn(db.Tables()), cancellationToken);
    }

    /// <summary>The task with its case, or null when the organisation has none of that id.</summary>
    public async Task<TaskFile?> FindAsync(OrganisationId organisation, TaskId id, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        var task = await db.Set<WorkTask>().AsNoTracking()
            .FirstOrDefaultAsync(one => one.OrganisationId == organisation && one.Id == id, cancellationToken);
        var file = task is null ? null : await db.Set<Case>().AsNoTracking()
            .FirstOrDefaultAsync(one => one.OrganisationId == organisation && one.Id == task.CaseId, cancellationToken);
        return task is null || file is null ? null : new(task, file);
    }

    /// <summary>The id behind a task number as printed on slips, or null (O17).</summary>
    public async Task<TaskId?> FindByNumberAsync(
        OrganisationId organisation, string number, CancellationToken cancellationToken)
    {
        await using var db = database.ForOrganisation(organisation);
        return (await db.Set<WorkTask>().AsNoTracking()
            .Where(one => one.OrganisationId == organisation && one.Number == number)
            .Select(one => new { one.Id }).FirstOrDefaultAsync(cancellationToken))?.Id;
    }

    private static Task<IReadOnlyList<TaskRow>> OfAsync(
        ConsultationDb db, CaseScope scope, List<PersonId> people, List<Guid> passedOn, bool waiting,
        CancellationToken cancellationToken)
    {
        var organisation = scope.OrganisationId;
        // From the seats to the tasks: a person has few seats, an organisation many tasks.
        var tasks = db.Set<WorkTask>().AsNoTracking().Where(task => task.OrganisationId == organisation);
        var seats = (waiting ? tasks.Where(task => task.State == TaskState.Open && task.HeldUntil == null) : tasks)
            .SelectMany(task => task.Assignees, (task, seat) => new
            {
                task.Id,
                Seat = seat.Id,
                seat.PersonId,
                seat.AnsweredById,
                seat.AnsweredAt,
                seat.Active,
                IsNotYet = task.Mode == GateMode.ChairLast && task.ChairSince == null && seat.IsChair,
            });
        seats = waiting
            ? seats.Where(seat => (people.Contains(seat.PersonId) || passedOn.Contains(seat.Seat)) && seat.Active
                && seat.AnsweredAt == null && !seat.IsNotYet)
            : seats.Where(seat => seat.AnsweredAt != null
                && (people.Contains(seat.PersonId)
                    || (seat.AnsweredById != null && people.Contains(seat.AnsweredById.Value))));
        var ids = seats.Select(seat => seat.Id);
        return RowsAsync(
            db, scope, tasks.Where(task => ids.Contains(task.Id)), db.Set<Case>().AsNoTracking(), cancellationToken,
            people, passedOn);
    }

    private static async Task<IReadOnlyList<TaskRow>> RowsAsync(
        ConsultationDb db, CaseScope scope, IQueryable<WorkTask> tasks, IQueryable<Case> cases,
        CancellationToken cancellationToken, List<PersonId>? people = null, List<Guid>? passedOn = null)
    {
        var found = await tasks
            .Join(cases, task => new { task.OrganisationId, Id = task.CaseId },
                one => new { one.OrganisationId, one.Id },
                (task, one) => new
                {
                    Task = task,
                    one.Number,
                    one.Title,
                    Rests = one.ClosedAt == null && one.SuspendedAt != null && task.OpenedAt < one.SuspendedAt,
                })
            .OrderBy(pair => pair.Task.DueAt == null).ThenBy(pair => pair.Task.DueAt).ThenBy(pair => pair.Task.OpenedAt)
            .Take(500).ToListAsync(cancellationToken);
        var kept = await db.KeptAsync(scope, cancellationToken);
        return [.. found.Select(pair => new TaskRow
        {
            Id = pair.Task.Id,
            Number = pair.Task.Number,
            Title = pair.Task.Title,
            Kind = pair.Task.Kind,
            State = pair.Task.State,
            CaseId = pair.Task.CaseId,
            CaseNumber = kept.Contains(pair.Task.CaseId) ? null : pair.Number,
            CaseTitle = kept.Contains(pair.Task.CaseId) ? null : pair.Title,
            OpenedAt = pair.Task.OpenedAt,
            DueAt = pair.Task.DueAt,
            ClosedAt = pair.Task.ClosedAt,
            Rung = pair.Task.Rung,
            RungName = pair.Task.RungName,
            Flag = pair.Task.Flag,
            Rests = pair.Rests && pair.Task.State == TaskState.Open,
            HeldUntil = pair.Task.State == TaskState.Open ? pair.Task.HeldUntil : null,
            Seats = [.. pair.Task.Assignees.Where(
                seat => seat.Active && (people is null ? seat.Outcome is null
                    : people.Contains(seat.PersonId) || passedOn?.Contains(seat.Id) == true))],
        })];
    }
}
