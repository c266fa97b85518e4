using System.Text.RegularExpressions;

namespace Consultation.ServerTests.Elsa;

/// <summary>
/// <c>docs/design/elsa-routes.md</c> names every address of Elsa 3.8: what works is there, what is not here has a
/// reason and is not there, and nothing of ours is left out.
/// </summary>
public sealed partial class RouteTableTests
{
    private static readonly string[][] Table = [.. File.ReadAllLines(Near("../../../docs/design/elsa-routes.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim()).ToArray())];

    private static readonly HashSet<string> Real = [.. File.ReadAllLines(Near("Recorded/routes.txt"))
        .Select(line => line.Split(' '))
        .Where(parts => parts[1].StartsWith("/elsa/api/", StringComparison.Ordinal))
        .Select(parts => Bare($"{parts[0]} {parts[1]["/elsa/api".Length..]}"))];

    [Fact]
    public void What_works_is_there_and_what_is_not_here_is_not()
    {
        var elsa = Table.Where(row => row.Length > 1 && row[1] is "works" or "not here").ToList();

        elsa.Should().HaveCountGreaterThan(150, "Elsa 3.8 has as many addresses");
        elsa.Select(row => row[0]).Should().OnlyHaveUniqueItems();
        elsa.Where(row => row[1] == "works" && !Real.Contains(Bare(OursOf(row)))).Select(row => row[0]).Should()
            .BeEmpty("they are said to work");
        elsa.Where(row => row[1] == "not here" && Real.Contains(Bare(Code(row[0])))).Select(row => row[0]).Should()
            .BeEmpty("they are said not to be here");
        elsa.Where(row => row[1] == "not here" && (row.Length < 3 || row[2].Length < 20)).Select(row => row[0])
            .Should().BeEmpty("a reason is a sentence");
    }

    [Fact]
    public void No_address_of_ours_is_left_out()
    {
        var named = Table.Where(row => row.Length < 2 || row[1] != "not here")
            .Select(row => Bare(row.Length > 1 && row[1] == "works" ? OursOf(row) : Code(row[0])));

        Real.Except(named).Should().BeEmpty();
    }

    private static string OursOf(string[] row) =>
        row.Length > 2 && row[2].StartsWith('`') ? Code(row[2]) : Code(row[0]);

    private static string Code(string cell) => cell.Trim('`');

    private static string Bare(string address) => Parameter().Replace(address, "{}").TrimEnd('/');

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    private static string Near(string path, [System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, path);
}
