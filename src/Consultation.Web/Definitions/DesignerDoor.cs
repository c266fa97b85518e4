using Consultation.Cases.People;
using Consultation.Web.SignIn;

namespace Consultation.Web.Definitions;

/// <summary>Where the designer is reached; closed when this host was built or configured without it.</summary>
/// <param name="Href">Its address, or null.</param>
/// <param name="Onlookers">Roles that may look without changing anything.</param>
public sealed record DesignerDoor(string? Href, IReadOnlyList<Role> Onlookers)
{
    /// <summary>True when the designer can be opened.</summary>
    public bool IsOpen => Href is not null;

    /// <summary>True when this viewer may enter.</summary>
    public bool IsOpenTo(Viewer viewer) =>
        IsOpen && viewer.Holds([.. Policies.RolesOf(Policies.Designer), .. Onlookers]);

    /// <summary>Address of the editor of one definition.</summary>
    public string EditorOf(string definitionId) => $"{Href}/definitions/{Uri.EscapeDataString(definitionId)}/edit";

    /// <summary>Address of the page that shows one run.</summary>
    public string ViewerOf(string instanceId) => $"{Href}/instances/{Uri.EscapeDataString(instanceId)}";
}
