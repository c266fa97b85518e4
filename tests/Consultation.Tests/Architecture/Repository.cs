using System.Runtime.CompilerServices;

namespace Consultation.Tests.Architecture;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Consultation.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// Source files below a folder of the repository, build output left out; paths relative to the root with forward
    /// slashes.
    /// </summary>
    public static IEnumerable<string> Files(string folder, params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "wwwroot"))
            .Where(path => endings.Length == 0
                || endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)));

    /// <summary>Every Markdown document, those at the top included.</summary>
    public static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Root, "*.md").Select(path => Path.GetFileName(path)!)
            .Concat(new[] { "docs", "src", "tests", "workflows" }.SelectMany(folder => Files(folder, ".md")));

    /// <summary>The text of a file.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Consultation.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? Path.GetFullPath(Path.Combine(here, "../../../.."));
    }
}
