namespace Consultation.Cases.Forms;

/// <summary>
/// Keys of the forms that the product knows by name, because it does something with what is entered in them. The other
/// forms are known to the workflows alone.
/// </summary>
public static class FormKeys
{
    /// <summary>The screening with its eight exclusions.</summary>
    public const string Screening = "screening";

    /// <summary>The second person's check of an exclusion.</summary>
    public const string SecondCheck = "second-check";

    /// <summary>The exclusions, asked again at a gate.</summary>
    public const string ExclusionRecheck = "exclusion-recheck";

    /// <summary>The topic; what is entered becomes the case's topic.</summary>
    public const string TopicDraft = "topic-draft";

    /// <summary>The report of the research.</summary>
    public const string ResearchReport = "research-report";

    /// <summary>Who takes part.</summary>
    public const string Roster = "roster";

    /// <summary>Time, place, topic and agenda of a meeting.</summary>
    public const string Notice = "notice";

    /// <summary>Who comes to a meeting.</summary>
    public const string AttendanceReply = "attendance-reply";

    /// <summary>What was said and decided in a meeting.</summary>
    public const string MeetingRecord = "meeting-record";

    /// <summary>The rules of procedure; the vote is counted by them.</summary>
    public const string Rules = "rules";

    /// <summary>What two tellers count.</summary>
    public const string CountSheet = "count-sheet";

    /// <summary>Votes by name.</summary>
    public const string RollCall = "roll-call";

    /// <summary>One participant's vote.</summary>
    public const string Ballot = "ballot";

    /// <summary>What a vote came to; the product writes it.</summary>
    public const string Vote = "vote";

    /// <summary>What the vote resolved.</summary>
    public const string Resolution = "resolution";

    /// <summary>What is submitted, and in which forms.</summary>
    public const string CommonProblems = "common-problems";

    /// <summary>Problems that become tracked items.</summary>
    public const string ProblemList = "problem-list";

    /// <summary>A plan whose lines become tracked items.</summary>
    public const string ImplementationPlan = "implementation-plan";

    /// <summary>A progress entry of a tracked item.</summary>
    public const string ProgressEntry = "progress-entry";

    /// <summary>A report on the plan.</summary>
    public const string PeriodicReport = "periodic-report";

    /// <summary>A later day for a tracked item.</summary>
    public const string ExtensionRequest = "extension-request";

    /// <summary>The check at a tracked item's end.</summary>
    public const string ClosingCheck = "closing-check";

    /// <summary>A change of the plan.</summary>
    public const string ChangeRequest = "change-request";
}
