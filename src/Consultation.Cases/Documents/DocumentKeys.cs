namespace Consultation.Cases.Documents;

/// <summary>
/// Kinds of document with a layout of their own; every form's key is a kind too and prints the form's record.
/// </summary>
public static class DocumentKeys
{
    /// <summary>协商议题论证单.</summary>
    public const string TopicSheet = "topic-sheet";

    /// <summary>不予纳入告知书.</summary>
    public const string ExclusionNotice = "exclusion-notice";

    /// <summary>不予纳入复核告知书.</summary>
    public const string ReviewNotice = "review-notice";

    /// <summary>参会人员名单, in its version.</summary>
    public const string Roster = "roster";

    /// <summary>会议议程.</summary>
    public const string Agenda = "agenda";

    /// <summary>会议通知.</summary>
    public const string Notice = "notice";

    /// <summary>会议签到表.</summary>
    public const string SignIn = "sign-in-list";

    /// <summary>主持词.</summary>
    public const string HostScript = "host-script";

    /// <summary>调研通知.</summary>
    public const string ResearchNotice = "research-notice";

    /// <summary>成立工作小组的通知, with duties and timetable.</summary>
    public const string WorkGroupNotice = Forms.FormKeys.WorkGroup;

    /// <summary>任务分解表.</summary>
    public const string TaskTable = "task-table";

    /// <summary>同意延期的批复.</summary>
    public const string ExtensionGranted = "extension-granted";

    /// <summary>不同意延期的批复.</summary>
    public const string ExtensionRefused = "extension-refused";

    /// <summary>提案.</summary>
    public const string Proposal = "proposal";

    /// <summary>社情民意信息.</summary>
    public const string OpinionReport = "opinion-report";

    /// <summary>催办通知书.</summary>
    public const string FormalReminder = "formal-reminder";

    /// <summary>归档目录.</summary>
    public const string ArchiveIndex = "archive-index";

    /// <summary>督办落实情况, for Word.</summary>
    public const string Annex = "annex";

    /// <summary>督办落实情况, for Excel.</summary>
    public const string AnnexExcel = "annex-excel";
}
