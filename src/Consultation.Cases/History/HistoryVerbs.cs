namespace Consultation.Cases.History;

/// <summary>Kinds of event in the history of a case. Stable: they are stored.</summary>
public static class HistoryVerbs
{
    /// <summary>A file was handed in.</summary>
    public const string AttachmentAdded = "attachment.added";

    /// <summary>What is said of a file was changed: consent, retention, caption.</summary>
    public const string AttachmentChanged = "attachment.changed";

    /// <summary>A file was not let in: infected, or damaged.</summary>
    public const string AttachmentRefused = "attachment.refused";

    /// <summary>A file was removed.</summary>
    public const string AttachmentRemoved = "attachment.removed";

    /// <summary>A case was cancelled with a reason.</summary>
    public const string CaseCancelled = "case.cancelled";

    /// <summary>A case ended.</summary>
    public const string CaseClosed = "case.closed";

    /// <summary>A case that rested goes on; what was running is due later.</summary>
    public const string CaseDueMoved = "case.due-moved";

    /// <summary>The coarse state of a case changed.</summary>
    public const string CaseState = "case.state";

    /// <summary>An exclusion arose at a gate; the case rests.</summary>
    public const string CaseSuspended = "case.suspended";

    /// <summary>A document was made and filed.</summary>
    public const string DocumentMade = "document.made";

    /// <summary>A tracked item's due day moved.</summary>
    public const string ItemDueMoved = "item.due-moved";

    /// <summary>A progress entry was handed in.</summary>
    public const string ItemEntry = "item.entry";

    /// <summary>Before a notice went out, people were taken out of its recipients with a reason.</summary>
    public const string RecipientsTakenOut = "notice.taken-out";

    /// <summary>The work group was appointed and takes up its duties.</summary>
    public const string WorkGroupAppointed = "group.appointed";

    /// <summary>Unit and supervisor were told how near an item's own day is.</summary>
    public const string ItemDueTold = "item.due-told";

    /// <summary>The reason that a formal reminder asks for was given (说明原因).</summary>
    public const string ReminderExplained = "reminder.explained";

    /// <summary>A tracked item got a later day that was asked for.</summary>
    public const string ItemExtended = "item.extended";

    /// <summary>A tracked item is in other hands.</summary>
    public const string ItemHandedOver = "item.handed-over";

    /// <summary>A tracked item was found to have stalled.</summary>
    public const string ItemStalled = "item.stalled";

    /// <summary>The state of a tracked item changed.</summary>
    public const string ItemState = "item.state";

    /// <summary>All tracked items of a case are done.</summary>
    public const string ItemsClosed = "items.closed";

    /// <summary>Tracked items were opened from a list.</summary>
    public const string ItemsOpened = "items.opened";

    /// <summary>Somebody sent a mail again.</summary>
    public const string MailResent = "mail.resent";

    /// <summary>A matter was merged into another.</summary>
    public const string MatterMerged = "matter.merged";

    /// <summary>A proposer corrected the own matter.</summary>
    public const string MatterCorrected = "matter.corrected";

    /// <summary>A proposer's contact data were deleted.</summary>
    public const string MatterForgotten = "matter.forgotten";

    /// <summary>A proposer withdrew the own matter.</summary>
    public const string MatterTakenBack = "matter.taken-back";

    /// <summary>A matter came in.</summary>
    public const string MatterRegistered = "matter.registered";

    /// <summary>Matters were imported from a file.</summary>
    public const string MattersImported = "matters.imported";

    /// <summary>A meeting was called off.</summary>
    public const string MeetingCalledOff = "meeting.called-off";

    /// <summary>A meeting was held.</summary>
    public const string MeetingHeld = "meeting.held";

    /// <summary>The case joined a meeting that stood already.</summary>
    public const string MeetingJoined = "meeting.joined";

    /// <summary>A meeting got another day, hour or place.</summary>
    public const string MeetingMoved = "meeting.moved";

    /// <summary>A meeting was planned.</summary>
    public const string MeetingPlanned = "meeting.planned";

    /// <summary>The roster of a meeting has a new version.</summary>
    public const string MeetingRoster = "meeting.roster";

    /// <summary>The minutes of a meeting were closed.</summary>
    public const string MinutesClosed = "minutes.closed";

    /// <summary>People were told something.</summary>
    public const string NoticeSent = "notice.sent";

    /// <summary>A number was given.</summary>
    public const string NumberGiven = "number.given";

    /// <summary>The planned days of a phase moved.</summary>
    public const string PhaseMoved = "phase.moved";

    /// <summary>A change of the plan was carried out.</summary>
    public const string PlanChanged = "plan.changed";

    /// <summary>Something of the case was made public, or published again.</summary>
    public const string PublicationMade = "publication.made";

    /// <summary>A publication was taken off the public pages.</summary>
    public const string PublicationWithdrawn = "publication.withdrawn";

    /// <summary>Somebody decided not to publish.</summary>
    public const string PublicationWithheld = "publication.withheld";

    /// <summary>A phase was not left by its planned end.</summary>
    public const string PlanSlipped = "plan.slipped";

    /// <summary>The time for the proposers' opinions of a reply was over.</summary>
    public const string RatingEnded = "rating.ended";

    /// <summary>A proposer said what he thinks of a reply.</summary>
    public const string RatingGiven = "rating.given";

    /// <summary>Somebody was reminded.</summary>
    public const string ReminderSent = "reminder.sent";

    /// <summary>A review of an exclusion was asked for.</summary>
    public const string ReviewAsked = "review.asked";

    /// <summary>A review of an exclusion was decided, or the time for asking was over.</summary>
    public const string ReviewEnded = "review.ended";

    /// <summary>The workflow of a case goes on by another version.</summary>
    public const string RunMoved = "run.moved";

    /// <summary>The second person sent a screening back.</summary>
    public const string ScreeningReturned = "screening.returned";

    /// <summary>The case entered a step or phase.</summary>
    public const string StepEntered = "step.entered";

    /// <summary>Somebody answered a task.</summary>
    public const string TaskAnswered = "task.answered";

    /// <summary>A task is no longer needed.</summary>
    public const string TaskCancelled = "task.cancelled";

    /// <summary>A task is decided.</summary>
    public const string TaskDecided = "task.decided";

    /// <summary>Everybody asked for a task has left.</summary>
    public const string TaskDeserted = "task.deserted";

    /// <summary>A task's due time moved.</summary>
    public const string TaskDueMoved = "task.due-moved";

    /// <summary>A rung of the ladder was reached.</summary>
    public const string TaskEscalated = "task.escalated";

    /// <summary>A decision is held, so that it can be taken back.</summary>
    public const string TaskHeld = "task.held";

    /// <summary>People were given a task.</summary>
    public const string TaskOpened = "task.opened";

    /// <summary>A task is overdue.</summary>
    public const string TaskOverdue = "task.overdue";

    /// <summary>A task passed to somebody else.</summary>
    public const string TaskReassigned = "task.reassigned";

    /// <summary>Somebody who is asked asked something back.</summary>
    public const string QuestionAsked = "task.question-asked";

    /// <summary>What was asked back was answered.</summary>
    public const string QuestionAnswered = "task.question-answered";

    /// <summary>Somebody took an answer back.</summary>
    public const string TaskTakenBack = "task.taken-back";

    /// <summary>Where the chair decides last, it is the chair's turn, or that of the members again.</summary>
    public const string TaskTurn = "task.turn";

    /// <summary>A seat of a task became vacant.</summary>
    public const string TaskVacant = "task.vacant";

    /// <summary>A vote was counted.</summary>
    public const string VoteClosed = "vote.closed";

    /// <summary>The planned day of a task to come moved.</summary>
    public const string WorkDueMoved = "work.due-moved";

    /// <summary>People are asked to answer a survey.</summary>
    public const string SurveyOpened = "survey.opened";

    /// <summary>A survey was prepared and waits for somebody to look through who is asked.</summary>
    public const string SurveyPrepared = "survey.prepared";

    /// <summary>The last day of a survey was moved.</summary>
    public const string SurveyExtended = "survey.extended";

    /// <summary>A survey takes no answers any more.</summary>
    public const string SurveyClosed = "survey.closed";
}
