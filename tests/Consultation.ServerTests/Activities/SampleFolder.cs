namespace Consultation.ServerTests.Activities;

/// <summary>
/// Folders with activities of others: that of the sample project, as its build left it, and ones that tests fill.
/// </summary>
internal static class SampleFolder
{
    /// <summary>What the build of the sample project made: Tonghe.Activities.dll.</summary>
    public static string Built { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "../../../../Samples/OwnActivity/bin",
        Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!),
        Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))));

    /// <summary>The sample's assembly.</summary>
    public static string Assembly => Path.Combine(Built, "Tonghe.Activities.dll");
}
