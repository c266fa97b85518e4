using Consultation.Cases.Calendar;

namespace Consultation.Cases.Tasks;

/// <summary>When people are reminded of a task (mail rule 8). Times of day are the organisation's.</summary>
public sealed class ReminderPolicy
{
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>Key used in workflows, e.g. "standard".</summary>
    public required string Key { get; init; }
    public required LocalText Name { get; set; }

    /// <summary>First reminder this long before the due time; null for none before.</summary>
    public string? FirstBeforeDue { get; set; } = "1wd";

    /// <summary>Then every so often after the due time; null for none.</summary>
    public string? EveryAfterDue { get; set; } = "2wd";

    /// <summary>Most reminders for one task, 0–50.</summary>
    public int AtMost { get; set; } = 5;

    /// <summary>Mails wait outside these hours; 0–24.</summary>
    public int FromHour { get; set; } = 8;
    public int ToHour { get; set; } = 20;

    /// <summary>Only on working days.</summary>
    public bool WorkingDaysOnly { get; set; } = true;
}

/// <summary>Whom a rung of the ladder tells (mail rule 9, O7).</summary>
public enum RungAudience
{
    /// <summary>The assignees: a formal reminder (催办通知书).</summary>
    Assignees,
    /// <summary>政协责任委室 / the responsible committee's members.</summary>
    ResponsibleOffice,
    /// <summary>专委会主任.</summary>
    CommitteeDirector,
    /// <summary>政协党组 / leading group.</summary>
    LeadingGroup,
}

/// <summary>One rung: after a delay past due, this audience is told with this template.</summary>
/// <param name="After">Delay after the due time, e.g. "1wd" (<see cref="WorkingDuration"/>).</param>
/// <param name="Audience">Who is told.</param>
/// <param name="Name">What the desk calls the rung.</param>
/// <param name="TemplateKey">Mail template.</param>
public sealed record EscalationRung(string After, RungAudience Audience, LocalText Name, string TemplateKey);

/// <summary>An escalation ladder: rungs in order (mail rule 9, default O7).</summary>
public sealed class EscalationLadder
{
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>Key used in workflows, e.g. "standard".</summary>
    public required string Key { get; init; }
    public required LocalText Name { get; set; }
    public required List<EscalationRung> Rungs { get; set; }
}

/// <summary>The policies of one organisation by key.</summary>
public sealed record PolicySet(
    IReadOnlyDictionary<string, ReminderPolicy> Reminders,
    IReadOnlyDictionary<string, EscalationLadder> Ladders)
{
    /// <summary>No policies: nothing is reminded, nothing escalates.</summary>
    public static readonly PolicySet None =
        new(new Dictionary<string, ReminderPolicy>(), new Dictionary<string, EscalationLadder>());
}
