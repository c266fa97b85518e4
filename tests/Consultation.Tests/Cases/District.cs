using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.Votes;

namespace Consultation.Tests.Cases;

/// <summary>
/// A small district for the tests of the domain: two committees, one platform, a department, and people in their roles.
/// </summary>
internal sealed class District
{
    internal static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    internal OrganisationId Id { get; } = OrganisationId.New();
    internal List<Unit> Units { get; } = [];
    internal List<Person> People { get; } = [];
    internal List<RoleGrant> Grants { get; } = [];
    internal List<Delegation> Delegations { get; } = [];

    internal District()
    {
        Organisation = new Organisation { Id = Id, Name = new("示例区政协"), Slug = "sample", CreatedAt = Now };
        Committee = Unit("城建委", UnitKind.SpecialCommittee);
        Platform = Unit("河畔委员工作站", UnitKind.MemberStation);
        Department = Unit("住建委", UnitKind.Department);
        Chair = Person("陈主任", Role.CommitteeDirector, Committee);
        Ma = Person("马委员", Role.CommitteeMember, Committee);
        Na = Person("那委员", Role.CommitteeMember, Committee);
        Secretary = Person("孙秘书", Role.Secretary);
        Outsider = Person("路人");
    }

    internal Organisation Organisation { get; }
    internal Unit Committee { get; }
    internal Unit Platform { get; }
    internal Unit Department { get; }
    internal Person Chair { get; }
    internal Person Ma { get; }
    internal Person Na { get; }
    internal Person Secretary { get; }
    internal Person Outsider { get; }

    internal OrganisationDirectory Directory => new(Organisation, Units, People, Grants, Delegations);

    internal WorkingCalendar Calendar { get; } = new([], TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    internal Unit Unit(string name, UnitKind kind)
    {
        var unit = new Unit { OrganisationId = Id, Id = UnitId.New(), Name = new(name), Kind = kind };
        Units.Add(unit);
        return unit;
    }

    internal Person Person(string name, Role? role = null, Unit? unit = null, bool substitute = false)
    {
        var person = new Person { OrganisationId = Id, Id = PersonId.New(), Name = name, UnitId = unit?.Id };
        People.Add(person);
        if (role is { } held)
        {
            Grant(person, held, unit, substitute);
        }

        return person;
    }

    internal void Grant(Person person, Role role, Unit? unit, bool substitute = false) => Grants.Add(new RoleGrant
    {
        OrganisationId = Id,
        Id = Guid.NewGuid(),
        PersonId = person.Id,
        Role = role,
        UnitId = unit?.Id,
        IsSubstitute = substitute,
    });

    internal void Revoke(Person person, Role role) =>
        Grants.RemoveAll(grant => grant.PersonId == person.Id && grant.Role == role);

    internal void Delegate(Person from, Person to, DateTimeOffset starts, DateTimeOffset ends, Role? scope = null) =>
        Delegations.Add(new Delegation
        {
            OrganisationId = Id,
            Id = Guid.NewGuid(),
            FromId = from.Id,
            ToId = to.Id,
            StartsAt = starts,
            EndsAt = ends,
            Scope = scope,
        });

    /// <summary>A task with the outcomes Confirm, Return (with reason), Reject (with reason, irreversible).</summary>
    internal WorkTask Task(GateMode mode, params TaskAssignee[] seats) => Task(mode, null, seats);

    internal WorkTask Task(GateMode mode, string? form, params TaskAssignee[] seats) =>
        Task(mode, form, Fraction.TwoThirds, seats);

    internal WorkTask Task(GateMode mode, string? form, Fraction quorum, params TaskAssignee[] seats) => new()
    {
        FormKey = form,
        Quorum = quorum,
        OrganisationId = Id,
        Id = TaskId.New(),
        CaseId = CaseId.New(),
        Number = "R2026-00001",
        InstanceId = "i",
        BookmarkId = "b",
        ActivityId = "a",
        Kind = TaskKind.Approval,
        Title = new("确定议题", "Confirm the topic"),
        Mode = mode,
        Outcomes =
        [
            new("Confirm", new("确定", "Confirm")),
            new("Return", new("退回修改", "Return"), NeedsReason: true),
            new("Reject", new("不予通过", "Reject"), NeedsReason: true, Irreversible: true),
        ],
        Assignees = [.. seats],
        OpenedAt = Now,
        DueAt = Now.AddDays(5),
    };

    internal static TaskAssignee Seat(Person person, AssigneeBasis? basis = null, bool chair = false) => new()
    {
        Id = Guid.NewGuid(),
        PersonId = person.Id,
        Role = basis?.Role,
        UnitId = basis?.UnitId,
        IsChair = chair,
    };

    internal TaskAssignee ChairSeat() =>
        Seat(Chair, AssigneeBasis.Of(Role.CommitteeDirector, Committee.Id), chair: true);

    internal static TaskAnswer Answer(WorkTask task, Person actor, string outcome, Person? onBehalfOf = null,
        string channel = AnswerChannel.Desk) => new(
        )
        {
            OrganisationId = task.OrganisationId,
            TaskId = task.Id,
            ActorId = actor.Id,
            OnBehalfOfId = onBehalfOf?.Id,
            Outcome = outcome,
            Reason = outcome == "Confirm" ? null : "需要补充调研情况",
            Revision = task.Revision,
            OperationId = Guid.NewGuid().ToString("N"),
            Channel = channel,
        };

    internal GateResult Give(WorkTask task, Person actor, string outcome, DateTimeOffset? at = null,
        Person? onBehalfOf = null, string channel = AnswerChannel.Desk) =>
        Gate.Answer(task, Directory, Answer(task, actor, outcome, onBehalfOf, channel), at ?? Now);

    internal static T Refusal<T>(GateResult result)
        where T : AnswerResult =>
            result.Should().BeOfType<GateResult.Refused>().Which.Answer.Should().BeOfType<T>().Which;
}
