using Consultation.Cases.Rules;

namespace Consultation.Cases.Attachments;

/// <summary>How long files of a class are kept (O23).</summary>
/// <param name="Key">Stored with the file.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Rule">The rule that says for how many days; null for ever.</param>
public sealed record RetentionClass(string Key, LocalText Name, string? Rule);

/// <summary>The classes: how many days each stands for is a rule of the organisation.</summary>
public static class RetentionClasses
{
    /// <summary>Photos and papers of the work.</summary>
    public const string Ordinary = "ordinary";

    /// <summary>What shows or names residents, children above all.</summary>
    public const string Personal = "personal";

    /// <summary>What belongs to the archive: minutes, signed papers, receipts.</summary>
    public const string Lasting = "lasting";

    /// <summary>What is never removed by time.</summary>
    public const string Permanent = "permanent";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RetentionClass> All { get; } =
    [
        new(Personal, new("涉及个人信息（短期）", "personal data (short)"), RuleKeys.KeepPersonal),
        new(Ordinary, new("一般材料", "ordinary material"), RuleKeys.KeepOrdinary),
        new(Lasting, new("归档材料（长期）", "archive material (long)"), RuleKeys.KeepLasting),
        new(Permanent, new("永久保存", "kept for ever"), null),
    ];

    /// <summary>The class of that key, or null.</summary>
    public static RetentionClass? Find(string? key) => All.FirstOrDefault(one => one.Key == key);

    /// <summary>The last day on which a file of the class is kept, from today on; null for ever.</summary>
    public static DateOnly? Until(string key, OrganisationInstant now) =>
        Find(key) is { Rule: { } rule } ? now.Day.AddDays(now.Rules.Number(rule)) : null;
}
