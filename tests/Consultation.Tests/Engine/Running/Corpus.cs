namespace Consultation.Tests.Engine.Running;

/// <summary>
/// Definitions from Elsa's public test suite, which stand beside the repository on machines that have them.
/// </summary>
internal static class Corpus
{
    public const string WhyNot =
        "The conformance corpus (../shared/elsa/conformance beside the repository) is not on this machine.";

    public static string? Folder { get; } = Find(Path.Combine("shared", "elsa", "conformance"));

    /// <summary>Every definition of the corpus.</summary>
    public static IEnumerable<string> Files => Folder is null
        ? []
        : Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Where(f => Path.GetFileName(f) != "expected.json");

    private static string? Find(string relative)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var isRoot = File.Exists(Path.Combine(at.FullName, "Consultation.sln"));
            if (isRoot && at.Parent is { } beside && Path.Combine(beside.FullName, relative) is var folder
                && Directory.Exists(folder))
                return folder;
        }

        return null;
    }
}
