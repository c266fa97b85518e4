using Consultation.Cases.Documents;
using Consultation.Cases.Workflows;

namespace Consultation.Cases.People;

/// <summary>
/// A tenant: one district CPPCC committee or community with everything that belongs to it (Q01, Q03).
/// </summary>
public sealed class Organisation
{
    /// <summary>The tenant's id; it leads every key and index.</summary>
    public required OrganisationId Id { get; init; }

    /// <summary>Official name, e.g. 通河区政协.</summary>
    public required LocalText Name { get; set; }

    /// <summary>
    /// Short latin name used in addresses of public pages, e.g. "tonghe"; lower-case letters, digits, hyphens; unique.
    /// </summary>
    public required string Slug { get; set; }

    /// <summary>IANA time zone in which days begin and end. Default Asia/Shanghai.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>How official documents look: 红头, 落款, 版记.</summary>
    public OrganisationPapers Papers { get; set; } = new();

    /// <summary>The day of an instant in <see cref="TimeZone"/>.</summary>
    public DateOnly DayOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(
            TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);

    /// <summary>The first instant after a day in <see cref="TimeZone"/>.</summary>
    public DateTimeOffset EndOf(DateOnly day)
    {
        var end = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new(end, TimeZoneInfo.FindSystemTimeZoneById(TimeZone).GetUtcOffset(end));
    }

    /// <summary>True for the sample organisation: every page says so.</summary>
    public bool IsSample { get; init; }

    /// <summary>Grows with every change of people, units, roles, calendar or policies; caches compare it.</summary>
    public long DirectoryVersion { get; set; } = 1;

    /// <summary>Since when an administrator holds back outgoing mail; null while it leaves.</summary>
    public DateTimeOffset? MailPausedAt { get; set; }

    /// <summary>Why it is held back, at most 200 characters.</summary>
    public string? MailPauseReason { get; set; }

    /// <summary>When somebody put the first steps away from the home page; null while they are shown.</summary>
    public DateTimeOffset? TourPutAwayAt { get; set; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a unit is in the organisation's tree (Q03, Q16, Q75–Q76, Q93).</summary>
public enum UnitKind
{
    /// <summary>区政协: the committee itself.</summary>
    Committee,
    /// <summary>政协党组: top of the escalation (Q74).</summary>
    PartyGroup,
    /// <summary>专委会: guides platforms and confirms topics (Q75, Q85).</summary>
    SpecialCommittee,
    /// <summary>委员工作站(室): a platform (Q16).</summary>
    MemberStation,
    /// <summary>地区活动组: a platform (Q16).</summary>
    AreaGroup,
    /// <summary>界别活动组: a platform (Q16).</summary>
    SectorGroup,
    /// <summary>区直部门.</summary>
    Department,
    /// <summary>镇(街).</summary>
    Town,
    /// <summary>村(居).</summary>
    Village,
    /// <summary>企事业单位.</summary>
    Enterprise,
    /// <summary>工作小组: the ten-week plan's work group (P27).</summary>
    WorkGroup,
}

/// <summary>A unit of the organisation's tree.</summary>
public sealed class Unit
{
    public required OrganisationId OrganisationId { get; init; }
    public required UnitId Id { get; init; }
    public required LocalText Name { get; set; }
    public required UnitKind Kind { get; set; }

    /// <summary>The unit above, or null at the root.</summary>
    public UnitId? ParentId { get; set; }

    /// <summary>For a platform: the special committee that guides it and confirms its topics (Q75).</summary>
    public UnitId? GuidedById { get; set; }

    /// <summary>For a platform: name of its consultation hall (协商议事厅), printed on the annex (Q103).</summary>
    public string? HallName { get; set; }

    /// <summary>
    /// For a platform: definition id of the workflow that a matter handed in to it starts; null for <see
    /// cref="WorkflowKeys.OfMatters"/>.
    /// </summary>
    public string? Procedure { get; set; }

    /// <summary>单位负责人, whom the unit's matters go to when they are raised; null when nobody is named.</summary>
    public PersonId? HeadId { get; set; }

    /// <summary>
    /// 职责领域: what the unit oversees, in the words by which topics name their fields, e.g. 市政工程.
    /// </summary>
    public List<string> Oversees { get; set; } = [];

    /// <summary>Closed units stay in old cases and take no new ones.</summary>
    public bool Active { get; set; } = true;

    /// <summary>The unit as which it goes on after a merge; null for a unit of its own.</summary>
    public UnitId? MergedIntoId { get; set; }

    /// <summary>One of the three kinds of platform (Q16).</summary>
    public bool IsPlatform => Kind is UnitKind.MemberStation or UnitKind.AreaGroup or UnitKind.SectorGroup;
}
