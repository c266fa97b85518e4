using Consultation.Cases.Calendar;
using Consultation.Cases.People;
using Consultation.Cases.Rules;

namespace Consultation.Cases.Tasks;

/// <summary>When people are reminded of a task (mail rule 8). Times of day are the organisation's.</summary>
public sealed class ReminderPolicy
{
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>Key used in workflows, e.g. "standard".</summary>
    public required string Key { get; init; }
    public required LocalText Name { get; set; }

    /// <summary>
    /// Reminders this long before the due time, several joined by commas ("3wd, 1wd"); null for none before.
    /// </summary>
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

/// <summary>One rung: after a delay past due, these people are told with this template.</summary>
/// <param name="After">Delay after the due time, e.g. "1wd" (<see cref="WorkingDuration"/>).</param>
/// <param name="Who">Who is told: an assignee expression, read by <see cref="AssigneeSpec"/>.</param>
/// <param name="Name">What the desk calls the rung.</param>
/// <param name="TemplateKey">Mail template; that of the formal reminder issues a 催办通知书.</param>
public sealed record EscalationRung(string After, string Who, LocalText Name, string TemplateKey)
{
    /// <summary>The assignees themselves, as <see cref="Who"/> writes it.</summary>
    public const string Assignees = "task.assignees";

    /// <summary>What is said to them in the mail, above the facts; empty for the template's words alone.</summary>
    public LocalText Text { get; init; } = LocalText.Empty;

    /// <summary>Who gets a copy, as an expression; empty for nobody.</summary>
    public string Copy { get; init; } = "";

    /// <summary>They hear of it in the weekly summary 汇总, not by a mail of its own.</summary>
    public bool InSummary { get; init; }

    /// <summary>For a formal reminder: the unit that issues it; null for the organisation's office.</summary>
    public UnitId? IssuedBy { get; init; }

    /// <summary>True when it tells the assignees themselves, and nobody above them.</summary>
    public bool TellsAssignees => Who == Assignees;

    /// <summary>True when it issues a 催办通知书.</summary>
    public bool IsFormal => TemplateKey == EscalationTemplates.FormalReminder;
}

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
    /// <summary>Every other rule of the organisation.</summary>
    public RuleSet Rules { get; init; } = RuleSet.Defaults;

    /// <summary>Lists of questions that the organisation wrote or changed.</summary>
    public IReadOnlyList<Surveys.Questionnaire> Questionnaires { get; init; } = [];

    /// <summary>No policies: nothing is reminded, nothing escalates.</summary>
    public static readonly PolicySet None =
        new(new Dictionary<string, ReminderPolicy>(), new Dictionary<string, EscalationLadder>());
}
