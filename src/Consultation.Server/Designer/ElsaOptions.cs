using Consultation.Cases.People;

namespace Consultation.Server.Designer;

/// <summary>Settings of the designer's door (section "Elsa").</summary>
public sealed class ElsaOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Elsa";

    /// <summary>
    /// True: whoever saved the newest draft of a workflow may not publish it; a second person has to (O28). Default
    /// true.
    /// </summary>
    public bool AuthorMayNotPublish { get; set; } = true;

    /// <summary>
    /// Roles that may look at workflows and runs in the designer without changing anything, e.g. Secretary. Default
    /// none.
    /// </summary>
    public Role[] ReadOnlyRoles { get; set; } = [];
}
