namespace Consultation.Web.Layout;

/// <summary>A page above the present one.</summary>
public sealed record Crumb(string Href, string Label);

/// <summary>One tab: a link to another view of the same thing.</summary>
/// <param name="Href">Where it leads.</param>
/// <param name="Label">What it says.</param>
/// <param name="Active">The one shown now.</param>
/// <param name="Count">Number shown beside it, or null.</param>
public sealed record Tab(string Href, string Label, bool Active, int? Count = null);

/// <summary>One entry of a timeline.</summary>
/// <param name="At">When.</param>
/// <param name="Title">What happened, one sentence.</param>
/// <param name="Who">Who did it, or null.</param>
/// <param name="Body">More, or null.</param>
/// <param name="Tone">"good", "warn", "bad" or "".</param>
/// <param name="Href">Where the title leads, or null.</param>
public sealed record TimelineEntry(
    DateTimeOffset At, string Title, string? Who = null, string? Body = null, string Tone = "", string? Href = null);

/// <summary>How late something is; always shown in words and colour.</summary>
public enum Lateness
{
    /// <summary>正常.</summary>
    OnTime,
    /// <summary>临期: due within two working days.</summary>
    DueSoon,
    /// <summary>逾期.</summary>
    Late,
    /// <summary>停滞 (O6).</summary>
    Stalled,
    /// <summary>办结.</summary>
    Done,
    /// <summary>未定期限.</summary>
    NoDate,
    /// <summary>暂停 (O14).</summary>
    Suspended,
}
