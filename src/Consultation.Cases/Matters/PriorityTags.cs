namespace Consultation.Cases.Matters;

/// <summary>One tag of a matter.</summary>
/// <param name="Key">Stored.</param>
/// <param name="Name">Shown.</param>
/// <param name="Group">"have" (七有), "nature" (五性) or "focus" (热点/难点/焦点).</param>
public sealed record PriorityTag(string Key, LocalText Name, string Group);

/// <summary>The tags a matter can carry: seven haves, five natures (Q36), hot, hard and focal (Q25). Default data.</summary>
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

    /// <summary>The tag, or null when the key is unknown.</summary>
    public static PriorityTag? Find(string key) => All.FirstOrDefault(tag => tag.Key == key);
}
