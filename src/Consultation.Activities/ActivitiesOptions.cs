namespace Consultation.Activities;

/// <summary>Settings of the workflow activities (section "Activities").</summary>
public sealed class ActivitiesOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Activities";

    /// <summary>
    /// Folder with activities of others, read at start: assemblies (*.dll) with what they need beside them, each in a
    /// folder of its own if it likes. They run as part of the host, with all its rights. Default empty: none.
    /// </summary>
    public string Folder { get; set; } = "";
}
