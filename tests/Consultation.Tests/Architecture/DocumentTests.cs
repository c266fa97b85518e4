using System.Text.RegularExpressions;

namespace Consultation.Tests.Architecture;

/// <summary>What the documents point at is there.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_link_inside_the_repository_leads_somewhere()
    {
        var broken =
            from path in Repository.Documents()
            from Match match in Link().Matches(Repository.Read(path))
            let target = match.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
            let whole = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, target))
            where !File.Exists(whole) && !Directory.Exists(whole)
            select $"{path}: {target}";

        broken.Should().BeEmpty();
    }

    [Fact]
    public void Every_type_of_the_glossary_exists()
    {
        var source = string.Concat(Repository.Files("src", ".cs").Select(Repository.Read));
        var types = TypeName().Matches(source).Select(match => match.Value).ToHashSet();
        var named =
            from line in Repository.Read("docs/design/glossary.md").Split('\n')
            let cells = line.Split('|')
            where cells.Length > 3
            from Match match in Quoted().Matches(cells[3])
            select match.Groups["name"].Value;

        named.Where(name => !Exists(name)).Should().BeEmpty("a glossary that names what is gone misleads");

        bool Exists(string name) => name.EndsWith(".json", StringComparison.Ordinal)
            ? File.Exists(Path.Combine(Repository.Root, "workflows", name))
            : name.Split('.') is [var type, .. var member] && types.Contains(type)
                && (member is [] || Regex.IsMatch(source, $@"enum {type}\b[^}}]*\b{member[0]}\b"));
    }

    [Fact]
    public void Both_readmes_have_the_same_shape()
    {
        static int[] Shape(string path) =>
            [.. Repository.Read(path).Split("\n## ").Select(part => part.Split('\n').Count(line => line.StartsWith('|')
                || line.StartsWith("- ", StringComparison.Ordinal)))];

        Shape("docs/guide/README.zh-CN.md").Should()
            .Equal(Shape("README.md"), "the Chinese one says the same, row by row");
    }

    [Fact]
    public void Every_decision_stands_in_the_index()
    {
        var index = Repository.Read("docs/decisions/README.md");

        Repository.Files("docs/decisions", ".md").Select(Path.GetFileName).Where(name => name != "README.md")
            .Where(name => !index.Contains($"({name})", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<=\b(?:class|record|struct|enum|interface) )\w+")]
    private static partial Regex TypeName();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Quoted();
}
