using Consultation.Web.SignIn;

namespace Consultation.Web.Definitions;

/// <summary>Where the designer is reached; closed when this host was built or configured without it.</summary>
/// <param name="Href">Its address, or null.</param>
public sealed record DesignerDoor(string? Href)
{
    /// <summary>True when the designer can be opened.</summary>
    public bool IsOpen => Href is not null;

    /// <summary>True when this viewer may enter.</summary>
    public bool IsOpenTo(Viewer viewer) => IsOpen && viewer.Holds([.. Policies.RolesOf(Policies.Designer)]);

    /// <summary>Address of the editor of one definition.</summary>
    public string EditorOf(string definitionId) => $"{Href}/definitions/{Uri.EscapeDataString(definitionId)}/edit";

    /// <summary>Address of the page that shows one run.</summary>
    public string ViewerOf(string instanceId) => $"{Href}/instances/{Uri.EscapeDataString(instanceId)}";
}
