namespace Consultation.Cases.People;

/// <summary>A person of an organisation. A log-in is optional: approvers can act by mail alone.</summary>
public sealed class Person
{
    public required OrganisationId OrganisationId { get; init; }
    public required PersonId Id { get; init; }
    public required string Name { get; set; }

    /// <summary>Duty or title shown beside the name, e.g. 主任.</summary>
    public string? Title { get; set; }

    /// <summary>Mail address, or null for people who get printed slips (O17).</summary>
    public string? Email { get; set; }

    public string? Phone { get; set; }

    /// <summary>The unit the person belongs to, or null (a resident).</summary>
    public UnitId? UnitId { get; set; }

    /// <summary>界别, e.g. 工商界: sectors that the person speaks for.</summary>
    public List<string> Sectors { get; set; } = [];

    /// <summary>专业领域, e.g. 市政工程: what the person knows about.</summary>
    public List<string> Expertise { get; set; } = [];

    /// <summary>所在街道, e.g. 河畔街道: where the person lives or works.</summary>
    public List<string> Areas { get; set; } = [];

    /// <summary>All three together: a topic that names one of them concerns the person (Q86, Q91).</summary>
    public IEnumerable<string> Fields => Sectors.Concat(Expertise).Concat(Areas);

    /// <summary>"zh" or "en": the language of pages and mail.</summary>
    public string Language { get; set; } = "zh";

    /// <summary>Reminders as one digest a day instead of single mails (mail rule 8).</summary>
    public bool WantsDigest { get; set; }

    /// <summary>
    /// While somebody else acts for the person, who is away or has delegated: a copy of what that one is mailed.
    /// </summary>
    public bool WantsCopies { get; set; }

    /// <summary>
    /// Where the second channel reaches the person: a mobile number or an account's name as the gateway knows it; null
    /// for nowhere.
    /// </summary>
    public string? ChannelAddress { get; set; }

    /// <summary>
    /// By which way the person gets what kind of message (<see cref="MessageWays"/>); what is missing goes as the
    /// organisation has it.
    /// </summary>
    public Dictionary<string, string> Ways { get; set; } = [];

    /// <summary>
    /// What the token of the private calendar address hashes to; null while the person has none. The token itself is
    /// kept nowhere.
    /// </summary>
    public string? FeedHash { get; set; }

    /// <summary>From what, with which key of the ring, the token is computed again for the person's own page.</summary>
    public byte[]? FeedNonce { get; set; }

    /// <summary>The key of the ring; an address whose key has left it goes on, and cannot be shown any more.</summary>
    public string? FeedKeyId { get; set; }

    /// <summary>Since when the address holds.</summary>
    public DateTimeOffset? FeedMadeAt { get; set; }

    /// <summary>
    /// The person as whom this one goes on, when both were found to be one (合并); null for everybody else. What is
    /// over keeps this one's name.
    /// </summary>
    public PersonId? MergedIntoId { get; set; }

    /// <summary>False when the person has left: nothing is assigned any more, open tasks show it.</summary>
    public bool Active { get; set; } = true;

    /// <summary>
    /// First instant of an absence (leave, business trip), or null. Substitutes take over meanwhile (mail rule 7).
    /// </summary>
    public DateTimeOffset? AbsentFrom { get; set; }

    /// <summary>First instant back; null with <see cref="AbsentFrom"/> set means until further notice.</summary>
    public DateTimeOffset? AbsentUntil { get; set; }

    /// <summary>Log-in name, or null without a log-in. Unique over the whole host.</summary>
    public string? UserName { get; set; }

    /// <summary>ASP.NET Core Identity password hash.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes when sessions must end.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>True when the password was given by somebody else and must be changed at the next log-in.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>
    /// True when the person is away at the instant: the first instant counts as away, the last as back.
    /// </summary>
    public bool IsAbsent(DateTimeOffset now) => AbsentFrom <= now && (AbsentUntil is null || now < AbsentUntil);

    /// <summary>True when something can be assigned to the person at the instant.</summary>
    public bool IsPresent(DateTimeOffset now) => Active && !IsAbsent(now);
}

/// <summary>A role that a person holds, over one unit or the whole organisation.</summary>
public enum Role
{
    /// <summary>系统管理员.</summary>
    Administrator,
    /// <summary>工作流设计员: edits definitions in the designer.</summary>
    Designer,
    /// <summary>发布人: second pair of eyes (O28).</summary>
    Publisher,
    /// <summary>秘书: runs cases at the desk.</summary>
    Secretary,
    /// <summary>专委会主任: chair of a special committee, decides the topic gate by default (O2).</summary>
    CommitteeDirector,
    /// <summary>专委会成员.</summary>
    CommitteeMember,
    /// <summary>政协党组/区政协领导: top of the escalation ladder (Q74).</summary>
    LeadingGroup,
    /// <summary>协商议事平台负责人 (Q92).</summary>
    PlatformHead,
    /// <summary>平台专人: bookings, collecting and publishing, recording and reporting (Q78–Q81).</summary>
    PlatformOfficer,
    /// <summary>督办负责人 (Q110).</summary>
    Supervisor,
    /// <summary>承办单位联系人: contact of a department, town or other unit.</summary>
    DepartmentContact,
    /// <summary>政协委员 (Q04).</summary>
    Member,
    /// <summary>工作小组组长 (P27).</summary>
    WorkGroupLead,
    /// <summary>工作小组成员 (P28).</summary>
    WorkGroupMember,
    /// <summary>只读查看.</summary>
    Viewer,
}

/// <summary>
/// A role held by a person over a unit; over the whole organisation when <see cref="UnitId"/> is null.
/// </summary>
public sealed class RoleGrant
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required PersonId PersonId { get; init; }
    public required Role Role { get; init; }
    public UnitId? UnitId { get; init; }

    /// <summary>
    /// Stands in when the holder is away: a substitute takes over only in the holder's absence (P29, Q78, mail rule 7).
    /// </summary>
    public bool IsSubstitute { get; init; }
}

/// <summary>One person acts for another for a time (mail rule 7). Does not cascade.</summary>
public sealed class Delegation
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required PersonId FromId { get; init; }
    public required PersonId ToId { get; init; }

    /// <summary>First instant in force.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>First instant no longer in force.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Limits the delegation to duties of one role; null covers all.</summary>
    public Role? Scope { get; init; }

    /// <summary>Why, shown to both.</summary>
    public string Reason { get; init; } = "";

    /// <summary>
    /// The seat (<see cref="Tasks.TaskAssignee.Id"/>) that alone is passed on: one task, not the person's duties. Null
    /// covers every task.
    /// </summary>
    public Guid? SeatId { get; init; }

    /// <summary>Number of that seat's task, for people.</summary>
    public string? TaskNumber { get; init; }

    /// <summary>True at the first instant and until just before the last.</summary>
    public bool InForce(DateTimeOffset now) => StartsAt <= now && now < EndsAt;

    /// <summary>True when it is about duties of a role, not about one task, or just of that role.</summary>
    public bool CoversDutiesOf(Role? role) => SeatId is null && (Scope is not { } scope || role == scope);

    /// <summary>True when it is about the seat: about it alone, or about the duties for which it was given.</summary>
    public bool Covers(Tasks.TaskAssignee seat) =>
        FromId == seat.PersonId && (SeatId == seat.Id || CoversDutiesOf(seat.Role));
}
