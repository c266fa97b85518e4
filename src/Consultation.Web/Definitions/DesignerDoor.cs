namespace Consultation.Web.Definitions;

/// <summary>Where the designer is reached; closed when this host was built or configured without it.</summary>
/// <param name="Href">Its address, or null.</param>
public sealed record DesignerDoor(string? Href)
{
    /// <summary>True when the designer can be opened.</summary>
    public bool IsOpen => Href is not null;
}
