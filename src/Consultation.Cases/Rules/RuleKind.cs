using Consultation.Cases.Forms;

namespace Consultation.Cases.Rules;

/// <summary>What the value of a rule is.</summary>
public enum RuleForm
{
    /// <summary>A time limit, "5wd" or "30d".</summary>
    Limit,
    /// <summary>A time limit that may be hours by the clock too, "2h".</summary>
    Hours,
    /// <summary>A span from the day of a meeting, "-3wd" before it.</summary>
    Span,
    /// <summary>Least number of people by class, "resident|firm: 1; member: 1".</summary>
    Minimums,
    /// <summary>One of the rule's options.</summary>
    Choice,
    /// <summary>A whole number between the rule's least and most.</summary>
    Number,
    /// <summary>Kinds of files, "jpg, png, pdf".</summary>
    FileKinds,
    /// <summary>Items of the archive list, "notice, agenda, minutes".</summary>
    ArchiveItems,
}

/// <summary>What a rule is about; the desk shows them by these.</summary>
public enum RuleGroup
{
    /// <summary>Time limits of the steps.</summary>
    Steps,
    /// <summary>Hotline orders, and matters that are routed to a unit.</summary>
    Intake,
    /// <summary>Before, at and after a meeting.</summary>
    Meeting,
    /// <summary>Quorum, majority, way of voting.</summary>
    Voting,
    /// <summary>Tracked items, reports, replies.</summary>
    Tracking,
    /// <summary>Letters and documents.</summary>
    Papers,
    /// <summary>Files that are handed in.</summary>
    Material,
    /// <summary>What everybody may read and do.</summary>
    Public,
}

/// <summary>A rule by which the product works and which an organisation may set for itself.</summary>
/// <param name="Key">The name by which workflows (<c>rule:verify</c>) and the product ask for it.</param>
/// <param name="Group">What it is about.</param>
/// <param name="Name">What the desk calls it.</param>
/// <param name="Why">Why there is such a rule.</param>
/// <param name="Form">What its value is.</param>
/// <param name="Default">The product's value.</param>
/// <param name="Rows">Rows of the source documents, or the open question that it answers.</param>
public sealed record RuleKind(
    string Key, RuleGroup Group, LocalText Name, LocalText Why, RuleForm Form, string Default, string Rows)
{
    /// <summary>For a choice: what can be chosen.</summary>
    public IReadOnlyList<FieldChoice> Options { get; init; } = [];

    /// <summary>For a number: the least and the most that can be set.</summary>
    public (int Least, int Most) Bounds { get; init; }

    /// <summary>The value stands in one of the two documents; otherwise it is the product's own.</summary>
    public bool IsFromPlan { get; init; }
}
