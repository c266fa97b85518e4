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

    /// <summary>Which unit the annex prints as 交办单位 (O9).</summary>
    public const string AnnexUnit = "annex-unit";

    /// <summary>The second person's time for an exclusion (Q73, O13).</summary>
    public const string SecondCheck = "second-check";

    /// <summary>How long before an item's own day its last progress entry is due at the latest (Q101).</summary>
    public const string LastReport = "last-report";

    /// <summary>Whether Chinese mails end with their English (O30).</summary>
    public const string MailEnglish = "mail-english";

    /// <summary>Time of a hotline order of the class 紧急 (O21).</summary>
    public const string HotlineEmergency = "hotline-emergency";

    /// <summary>Time of a hotline order about water, power, gas, heating (O21).</summary>
    public const string HotlineUtilities = "hotline-utilities";

    /// <summary>Time of an ordinary hotline order (O21).</summary>
    public const string HotlineOrdinary = "hotline-ordinary";

    /// <summary>Time of a complex hotline order (O21).</summary>
    public const string HotlineComplex = "hotline-complex";
}
