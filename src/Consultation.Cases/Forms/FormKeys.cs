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

    /// <summary>The review of an exclusion.</summary>
    public const string ExclusionReview = "exclusion-review";

    /// <summary>The topic; what is entered becomes the case's topic.</summary>
    public const string TopicDraft = "topic-draft";

    /// <summary>Issues that were collected, by one way or all together.</summary>
    public const string IssueCollection = "issue-collection";

    /// <summary>Which units deal with a routed matter.</summary>
    public const string RoutingAssignment = "routing-assignment";

    /// <summary>Whether a unit signs for a routed matter.</summary>
    public const string RoutingReceipt = "routing-receipt";

    /// <summary>Whether another unit gets it.</summary>
    public const string RoutingChange = "routing-change";

    /// <summary>What a helping unit says.</summary>
    public const string RoutingHelp = "routing-help";

    /// <summary>The reply to the proposer.</summary>
    public const string RoutingReply = "routing-reply";

    /// <summary>The second look at a reply.</summary>
    public const string RoutingQuality = "routing-quality";

    /// <summary>The report of the research.</summary>
    public const string ResearchReport = "research-report";

    /// <summary>Who does what in the work group.</summary>
    public const string WorkGroup = "work-group";

    /// <summary>When and where a meeting is, about what, and who takes part.</summary>
    public const string MeetingPlan = "meeting-plan";

    /// <summary>What those who come should know of the topic beforehand.</summary>
    public const string MeetingBrief = "meeting-brief";

    /// <summary>Who takes the place of somebody who does not come to a meeting.</summary>
    public const string SeatReplacement = "seat-replacement";

    /// <summary>Who comes to a meeting.</summary>
    public const string AttendanceReply = "attendance-reply";

    /// <summary>What was said and decided in a meeting.</summary>
    public const string MeetingRecord = "meeting-record";

    /// <summary>The minutes of a meeting.</summary>
    public const string Minutes = "minutes";

    /// <summary>Who confirmed the minutes, who objected, who kept silent.</summary>
    public const string MinutesAnswers = "minutes-answers";

    /// <summary>Who answered what at a gate, who stood aside, who kept silent; the product writes it.</summary>
    public const string GateCount = "gate-count";

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

    /// <summary>What is put to the vote again after it failed, and what was changed.</summary>
    public const string VoteRevision = "vote-revision";

    /// <summary>What departments or members think, before the minutes.</summary>
    public const string PreliminaryOpinion = "preliminary-opinion";

    /// <summary>What is submitted, and in which forms.</summary>
    public const string CommonProblems = "common-problems";

    /// <summary>Problems that become tracked items.</summary>
    public const string ProblemList = "problem-list";

    /// <summary>A plan whose lines become tracked items.</summary>
    public const string ImplementationPlan = "implementation-plan";

    /// <summary>What the district answered to a submission.</summary>
    public const string SubmissionReply = "submission-reply";

    /// <summary>A progress entry of a tracked item.</summary>
    public const string ProgressEntry = "progress-entry";

    /// <summary>A report on the plan.</summary>
    public const string PeriodicReport = "periodic-report";

    /// <summary>A later day for a tracked item.</summary>
    public const string ExtensionRequest = "extension-request";

    /// <summary>The check at a tracked item's end.</summary>
    public const string ClosingCheck = "closing-check";

    /// <summary>Why something is late, in answer to a formal reminder.</summary>
    public const string FormalReminderReply = "formal-reminder-reply";

    /// <summary>Who is mailed, looked through before it goes out.</summary>
    public const string RecipientCheck = "recipient-check";

    /// <summary>What everybody may read of a topic.</summary>
    public const string PublishTopic = "publish-topic";

    /// <summary>What everybody may read of a meeting, and who may sign up for it.</summary>
    public const string PublishMeeting = "publish-meeting";

    /// <summary>What everybody may read of what a consultation came to.</summary>
    public const string PublishResult = "publish-result";

    /// <summary>What came of an online consultation; the product writes it.</summary>
    public const string OnlineConsultation = "online-consultation";

    /// <summary>A change of the plan.</summary>
    public const string ChangeRequest = "change-request";
    public const string Indicators = "indicators";
    public const string Evaluation = "evaluation";
    public const string Summary = "summary";
}
