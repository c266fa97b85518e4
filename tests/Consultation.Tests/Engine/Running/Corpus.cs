namespace Consultation.Tests.Engine.Running;

/// <summary>
/// Definitions from Elsa's public test suite, on machines that have them: not part of the repository.
/// </summary>
internal static class Corpus
{
    public const string WhyNot =
        $"The definitions of Elsa's test suite are not on this machine: {Variable} names no folder.";

    private const string Variable = "CONSULTATION_CONFORMANCE";

    /// <summary>The folder that the variable names, or elsa/conformance in a folder beside the checkout.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : BesideTheCheckout();

    /// <summary>Every definition of the corpus.</summary>
    public static IEnumerable<string> Files => Folder is null
        ? []
        : Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) != "expected.json");

    private static string? BesideTheCheckout() =>
        new DirectoryInfo(Architecture.Repository.Root).Parent?.EnumerateDirectories()
            .Select(folder => Path.Combine(folder.FullName, "elsa", "conformance"))
            .FirstOrDefault(Directory.Exists);
}
