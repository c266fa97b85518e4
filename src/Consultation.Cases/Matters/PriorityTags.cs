using System.Collections.Immutable;
using Consultation.Cases.Forms;

namespace Consultation.Cases.Matters;

/// <summary>One tag of a matter.</summary>
/// <param name="Key">Stored.</param>
/// <param name="Name">Shown.</param>
/// <param name="Group">"have" (七有), "nature" (五性) or "focus" (热点/难点/焦点).</param>
public sealed record PriorityTag(string Key, LocalText Name, string Group);

/// <summary>
/// The tags a matter can carry: seven haves, five natures (Q36), hot, hard and focal (Q25). Default data.
/// </summary>
public static class PriorityTags
{
    /// <summary>All tags in their official order.</summary>
    public static readonly IReadOnlyList<PriorityTag> All =
    [
        new("have-childcare", new("幼有所育", "Childcare"), "have"),
        new("have-education", new("学有所教", "Education"), "have"),
        new("have-work", new("劳有所得", "Income from work"), "have"),
        new("have-health", new("病有所医", "Medical care"), "have"),
        new("have-old-age", new("老有所养", "Care in old age"), "have"),
        new("have-housing", new("住有所居", "Housing"), "have"),
        new("have-support", new("弱有所扶", "Support for the weak"), "have"),
        new("nature-convenience", new("便利性", "Convenience"), "nature"),
        new("nature-liveability", new("宜居性", "Liveability"), "nature"),
        new("nature-diversity", new("多样性", "Diversity"), "nature"),
        new("nature-fairness", new("公正性", "Fairness"), "nature"),
        new("nature-safety", new("安全性", "Safety"), "nature"),
        new("focus-hot", new("热点", "Hot"), "focus"),
        new("focus-hard", new("难点", "Hard"), "focus"),
        new("focus-focal", new("焦点", "Focal"), "focus"),
        new("sub-centre", new("城市副中心", "City sub-centre"), "focus"),
    ];

    /// <summary>Groups in the order in which tags are offered.</summary>
    public static readonly ImmutableArray<string> Groups = ["have", "nature", "focus"];

    /// <summary>
    /// The tags of an organisation: the product's, in its own wording where it has one, and those that it added; each
    /// with whether it is still offered.
    /// </summary>
    public static IReadOnlyList<(PriorityTag Tag, bool Offered)> Of(IEnumerable<MatterTag> own)
    {
        var known = own.ToDictionary(tag => tag.Key, StringComparer.Ordinal);
        var all = All.Select(tag => known.Remove(tag.Key, out var mine)
            ? (new PriorityTag(mine.Key, mine.Name, mine.Group), mine.Active)
            : (tag, true)).ToList();
        all.AddRange(known.Values.OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => (new PriorityTag(tag.Key, tag.Name, tag.Group), tag.Active)));
        return [.. all.OrderBy(one => Groups.IndexOf(one.Item1.Group))];
    }

    /// <summary>What is wrong with a tag, field by field.</summary>
    public static IReadOnlyList<FieldError> Check(
        string? key, LocalText name, string group, IEnumerable<(PriorityTag Tag, bool Offered)> all)
    {
        var errors = new List<FieldError>();
        if (name.Zh.Trim().Length is 0 or > 20)
        {
            errors.Add(new("name", new("请填写标签名称，不超过 20 字。", "Enter the tag's name, at most 20 characters.")));
        }
        if (name.En?.Length > 60)
        {
            errors.Add(new("name-en", new("英文名称不超过 60 个字符。", "The English name has at most 60 characters.")));
        }
        if (!Groups.Contains(group)) errors.Add(new("group", new("请选择标签分组。", "Choose the tag's group.")));
        if (all.Any(one => one.Offered && one.Tag.Key != key && one.Tag.Name.Zh == name.Zh.Trim()))
        {
            errors.Add(new("name", new($"已有标签“{name.Zh.Trim()}”。", $"There is a tag “{name.Zh.Trim()}” already.")));
        }

        return errors;
    }
}
