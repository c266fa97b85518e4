namespace Consultation.Cases.Rules;

/// <summary>
/// Rules that the product itself asks for. All others are asked for by the workflows, as <c>rule:key</c> in an input.
/// </summary>
public static class RuleKeys
{
    /// <summary>The share of those entitled that has to be there, where no rules were adopted (O10).</summary>
    public const string Quorum = "vote-quorum";

    /// <summary>What passes, where no rules were adopted (O10).</summary>
    public const string Majority = "vote-majority";

    /// <summary>The way of voting, where none was adopted (P51).</summary>
    public const string Voting = "vote-way";

    /// <summary>How long the reason may be given after a 催办通知书 (O7).</summary>
    public const string ExplainWithin = "formal-reminder-reply";

    /// <summary>Last day for replies to a notice, where the organiser named none (P26).</summary>
    public const string MeetingReply = "meeting-reply";

    /// <summary>How long somebody who has just replied is not asked to confirm (P36).</summary>
    public const string ReconfirmRest = "reconfirm-rest";

    /// <summary>Least number of each class on a roster (Q89–Q92, P23).</summary>
    public const string RosterMinimums = "roster-minimums";

    /// <summary>Which unit the annex prints as 交办单位 (O9).</summary>
    public const string AnnexUnit = "annex-unit";

    /// <summary>The second person's time for an exclusion (Q73, O13).</summary>
    public const string SecondCheck = "second-check";

    /// <summary>How long before an item's own day its last progress entry is due at the latest (Q101).</summary>
    public const string LastReport = "last-report";

    /// <summary>Whether a second person agrees before anything is published (Q80).</summary>
    public const string SecondForPublishing = "publish-second";

    /// <summary>How long a topic is consulted on online (Q55).</summary>
    public const string ConsultationTime = "consultation-time";

    /// <summary>How many opinions one visitor may give to one topic (Q55).</summary>
    public const string OpinionsEach = "opinions-each";

    /// <summary>Whether Chinese mails end with their English (O30).</summary>
    public const string MailEnglish = "mail-english";

    /// <summary>By which way tasks are given, where nobody chose (O17).</summary>
    public const string WayOfTasks = "way-task";

    /// <summary>By which way people are reminded, where nobody chose.</summary>
    public const string WayOfReminders = "way-reminder";

    /// <summary>By which way people are asked to meetings, where nobody chose.</summary>
    public const string WayOfMeetings = "way-meeting";

    /// <summary>By which way people hear of everything else, where nobody chose.</summary>
    public const string WayOfNews = "way-news";

    /// <summary>Kinds of files that are let in at the desk and by link (P44).</summary>
    public const string FileKinds = "file-kinds";

    /// <summary>Kinds of files that the public may hand in.</summary>
    public const string FileKindsPublic = "file-kinds-public";

    /// <summary>Most megabytes of a file at the desk and by link.</summary>
    public const string FileSize = "file-size";

    /// <summary>Most megabytes of a file of the public.</summary>
    public const string FileSizePublic = "file-size-public";

    /// <summary>Most files of one form at the desk and by link.</summary>
    public const string FileCount = "file-count";

    /// <summary>Most files of one public form.</summary>
    public const string FileCountPublic = "file-count-public";

    /// <summary>Most megabytes that all files of the organisation take.</summary>
    public const string FileQuota = "file-quota";

    /// <summary>Days for which personal data are kept (O23).</summary>
    public const string KeepPersonal = "keep-personal";

    /// <summary>Days for which ordinary material is kept.</summary>
    public const string KeepOrdinary = "keep-ordinary";

    /// <summary>What a plan has to leave in the archive.</summary>
    public const string ArchiveOfPlan = "archive-plan";

    /// <summary>What a case of six steps has to leave in the archive.</summary>
    public const string ArchiveOfCase = "archive-case";

    /// <summary>Days for which archive material is kept.</summary>
    public const string KeepLasting = "keep-lasting";

    /// <summary>Whether an answer entered on behalf of somebody needs its scan (O17).</summary>
    public const string BehalfScan = "behalf-scan";

    /// <summary>Time of a hotline order of the class 紧急 (O21).</summary>
    public const string HotlineEmergency = "hotline-emergency";

    /// <summary>Time of a hotline order about water, power, gas, heating (O21).</summary>
    public const string HotlineUtilities = "hotline-utilities";

    /// <summary>Time of an ordinary hotline order (O21).</summary>
    public const string HotlineOrdinary = "hotline-ordinary";

    /// <summary>Time of a complex hotline order (O21).</summary>
    public const string HotlineComplex = "hotline-complex";

    /// <summary>Days after a meeting for which it is known who signed up for it at the public page.</summary>
    public const string KeepSignUps = "keep-sign-ups";

    /// <summary>From how many orders of one category and place on a problem is common (Q64).</summary>
    public const string CommonCount = "common-count";

    /// <summary>From how many places on a category of orders is common (Q64).</summary>
    public const string CommonPlaces = "common-places";

    /// <summary>How long before the last day of a survey those who have not answered are reminded first.</summary>
    public const string SurveyFirstReminder = "survey-reminder-first";

    /// <summary>How long before the last day of a survey they are reminded once more.</summary>
    public const string SurveyLastReminder = "survey-reminder-last";

    /// <summary>With fewer answers than these a survey's result is said to rest on too small a sample (O22).</summary>
    public const string SurveyLeast = "survey-least";

    /// <summary>How long a survey that a workflow opens is answered.</summary>
    public const string SurveyTime = "survey-time";
}
