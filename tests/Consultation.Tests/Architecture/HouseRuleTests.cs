using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Consultation.Tests.Architecture;

/// <summary>Rules that keep the house easy to find one's way in.</summary>
public sealed partial class HouseRuleTests
{
    private static readonly string[] ForbiddenFolders =
    [
        "Services", "Models", "Helpers", "Utils", "Managers", "Contracts", "Interfaces", "Common", "Shared", "Core",
        "Abstractions",
        "Extensions",
    ];

    private static readonly string[] TopLevel =
    [
        ".ci", ".config", ".dockerignore", ".editorconfig", ".gitattributes", ".gitignore", "BannedSymbols.txt",
        "Consultation.sln",
        "Directory.Build.props", "Directory.Packages.props", "LICENSE", "README.md", "docker-compose.yml", "docs",
        "eng", "global.json",
        "src", "tests", "workflows",
    ];

    /// <summary>Output and local state that git ignores; allowed to lie around in a checkout.</summary>
    private static readonly string[] Ignored =
        [".git", ".vs", ".idea", "artifacts", "data", "TestResults", "bin", "obj"];

    /// <summary>Files longer than the cap, each with its reason. Empty is the aim.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    [Fact]
    public void Folders_name_subjects()
    {
        var offenders = Repository.Files("src").Concat(Repository.Files("tests"))
            .SelectMany(path => path.Split('/')[..^1].Where(part => ForbiddenFolders.Contains(part))
                .Select(part => $"{part} in {path}"));

        offenders.Should().BeEmpty();
    }

    [Fact]
    public void Files_end_before_they_tire_the_reader()
    {
        var offenders = Repository.Files("src", ".cs", ".razor").Concat(Repository.Files("tests", ".cs"))
            .Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal) && !LongFiles.ContainsKey(path))
            .Select(path => (path, lines: File.ReadLines(Path.Combine(Repository.Root, path)).Count()))
            .Where(file => file.lines > 500)
            .Select(file => $"{file.path}: {file.lines} lines");

        offenders.Should().BeEmpty();
    }

    /// <summary>
    /// File names that more than one project may have: each project has one, and says the same by it.
    /// </summary>
    private static readonly string[] OneInEachProject = ["Log.cs"];

    [Fact]
    public void A_file_name_stands_in_one_project_only()
    {
        var twice = Repository.Files("src", ".cs", ".razor")
            .Where(path => !path.Contains("/Migrations/", StringComparison.Ordinal))
            .GroupBy(path => Path.GetFileName(path))
            .Where(group => !OneInEachProject.Contains(group.Key)
                && group.Select(path => path.Split('/')[1]).Distinct().Count() > 1)
            .Select(group => string.Join(" and ", group));

        twice.Should().BeEmpty("whoever looks for a file by its name finds one");
    }

    [Fact]
    public void Nothing_else_joins_the_top_level()
    {
        var entries = Directory.EnumerateFileSystemEntries(Repository.Root).Select(path => Path.GetFileName(path)!);

        entries.Except(Ignored).Should().BeSubsetOf(TopLevel);
    }

    [Fact]
    public void The_readme_is_a_door_not_the_house() =>
        File.ReadLines(Path.Combine(Repository.Root, "README.md")).Count().Should().BeLessThan(150);

    [Fact]
    public void Nothing_is_left_for_later_in_the_code()
    {
        var offenders =
            from path in Repository.Files("src", ".cs", ".razor").Concat(Repository.Files("tests", ".cs"))
            where !path.StartsWith("tests/Consultation.Tests/Architecture/", StringComparison.Ordinal)
            let text = Repository.Read(path)
            where Unfinished().IsMatch(text)
            select path;

        offenders.Should().BeEmpty();
    }

    [Fact]
    public void Tests_never_sleep()
    {
        var offenders = Repository.Files("tests", ".cs")
            .Where(path => !path.StartsWith("tests/Consultation.Tests/Architecture/", StringComparison.Ordinal))
            .Where(path => Sleep().IsMatch(Repository.Read(path)));

        offenders.Should().BeEmpty();
    }

    [Fact]
    public void Every_public_type_says_what_it_is_for()
    {
        var undocumented = PublicTypes()
            .Where(type => !Documentation(type.Assembly).Contains($"T:{type.FullName!.Replace('+', '.')}"))
            .Select(type => type.FullName);

        undocumented.Should().BeEmpty();
    }

    [Fact]
    public void Every_interface_says_why_it_is_one()
    {
        var offenders =
            from path in Repository.Files("src", ".cs")
            from Match match in Interface().Matches(Repository.Read(path))
            let comment = match.Groups["comment"].Value
            where comment.Length < 40
            select $"{path}: {match.Groups["name"].Value}";

        offenders.Should().BeEmpty();
    }

    private static readonly Dictionary<Assembly, HashSet<string>> DocumentationCache = [];

    private static IEnumerable<Type> PublicTypes() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "Consultation.*.dll")
            .Where(path => !Path.GetFileName(path).StartsWith("Consultation.Test", StringComparison.Ordinal))
            .Select(Assembly.LoadFrom)
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type.FullName is { } name && name.StartsWith("Consultation.", StringComparison.Ordinal)
                && !name.Contains(".Migrations.", StringComparison.Ordinal))
            // A page is documented by its own markup; its class is generated.
            .Where(type => !IsComponent(type))
            .Where(type => type.DeclaringType is null);

    private static bool IsComponent(Type type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent.FullName == "Microsoft.AspNetCore.Components.ComponentBase")
            {
                return true;
            }
        }

        return type.Name == "_Imports";
    }

    private static HashSet<string> Documentation(Assembly assembly)
    {
        if (!DocumentationCache.TryGetValue(assembly, out var members))
        {
            var file = Path.ChangeExtension(assembly.Location, ".xml");
            members = File.Exists(file)
                ? [.. XDocument.Load(file).Descendants("member").Select(member => (string)member.Attribute("name")!)]
                : [];
            DocumentationCache.Add(assembly, members);
        }

        return members;
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\(\s*\d")]
    private static partial Regex Sleep();

    [GeneratedRegex(
        @"(?<comment>(?:[ \t]*///[^\n]*\n)*)(?:[ \t]*\[[^\n]*\]\n)*[ \t]*(?:public|internal)(?: partial)? interface "
            + @"(?<name>\w+)")]
    private static partial Regex Interface();
}
