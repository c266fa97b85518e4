namespace Consultation.Cases.Matters;

/// <summary>
/// A tag as one organisation has it: its own wording, its own additions, or one it does not use (Q36, Q25).
/// </summary>
public sealed class MatterTag
{
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>Key of a tag of <see cref="PriorityTags"/>, or a new one.</summary>
    public required string Key { get; init; }

    public required LocalText Name { get; set; }

    /// <summary>"have" (七有), "nature" (五性) or "focus".</summary>
    public required string Group { get; set; }

    /// <summary>False keeps it on old matters and offers it for none.</summary>
    public bool Active { get; set; } = true;
}
