using System.Text.Json;
using System.Xml.Linq;

namespace Consultation.Tests.Architecture;

/// <summary>Every project restores just the packages of its lock file, and no lock names a registry.</summary>
public sealed class LockFileTests
{
    private static readonly string[] Projects =
        [.. Repository.Files("src", ".csproj"), .. Repository.Files("tests", ".csproj")];

    public static TheoryData<string> EachProject => [.. Projects];

    private static Dictionary<string, string> Central { get; } =
        XDocument.Parse(Repository.Read("Directory.Packages.props").Replace("$(EfVersion)", EfVersion))
            .Descendants("PackageVersion")
            .ToDictionary(one => one.Attribute("Include")!.Value, one => one.Attribute("Version")!.Value);

    private static string EfVersion =>
        XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("EfVersion").Single().Value;

    [Theory]
    [MemberData(nameof(EachProject))]
    public void A_project_has_a_lock_file_that_names_the_central_versions(string project)
    {
        var path = Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");
        using var locks = JsonDocument.Parse(Repository.Read(path));

        var stale =
            from target in locks.RootElement.GetProperty("dependencies").EnumerateObject()
            from package in target.Value.EnumerateObject()
            where package.Value.GetProperty("type").GetString() is "Direct" or "CentralTransitive"
            let resolved = package.Value.GetProperty("resolved").GetString()
            where Central.GetValueOrDefault(package.Name) != resolved
            select $"{target.Name}: {package.Name} {resolved}";

        stale.Should().BeEmpty("dotnet restore writes the lock files anew; they belong to the change of a version");
    }

    [Fact]
    public void No_lock_file_names_the_place_that_a_package_came_from()
    {
        var locks = Projects.Select(project => Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json"))
            .Concat(Repository.Files("src", "package-lock.json"));

        locks.Where(path => Repository.Read(path).Contains("\"resolved\": \"http", StringComparison.Ordinal))
            .Should().BeEmpty("npm writes no addresses with omit-lockfile-registry-resolved, NuGet never does");
    }
}
