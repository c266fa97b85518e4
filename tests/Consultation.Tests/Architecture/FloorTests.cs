using System.Xml.Linq;

namespace Consultation.Tests.Architecture;

/// <summary>Who may reference whom: the whole architecture on one screen.</summary>
public sealed class FloorTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Engine"] = [],
        ["Cases"] = [],
        ["Mail"] = [],
        ["Runtime"] = ["Engine"],
        ["Storage"] = ["Engine", "Runtime", "Cases", "Mail"],
        ["Activities"] = ["Engine", "Runtime", "Cases", "Mail"],
        ["Api"] = ["Engine", "Runtime", "Storage"],
        ["Web"] = ["Cases", "Mail", "Storage"],
        ["Check"] = ["Cases"],
        ["Server"] = ["Engine", "Cases", "Mail", "Runtime", "Storage", "Activities", "Api", "Web"],
    };

    /// <summary>Packages that belong to one floor only.</summary>
    private static readonly Dictionary<string, string[]> PackagesOf = new()
    {
        ["Microsoft.EntityFrameworkCore"] = ["Storage"],
        ["Npgsql"] = ["Storage"],
        ["Microsoft.AspNetCore.DataProtection"] = ["Storage"],
        ["Microsoft.AspNetCore.Authentication"] = ["Web"],
        ["OpenTelemetry"] = ["Server"],
        ["SQLitePCLRaw"] = ["Storage"],
        ["DocumentFormat.OpenXml"] = ["Cases"],
        ["CsvHelper"] = ["Cases"],
        ["AngleSharp"] = ["Cases"],
        ["Cronos"] = ["Engine"],
        ["Ical.Net"] = ["Cases"],
        ["MailKit"] = ["Mail"],
        ["SkiaSharp"] = ["Cases"],
        ["AWSSDK"] = ["Storage"],
    };

    [Fact]
    public void Every_project_stands_on_its_floor_and_references_only_floors_below()
    {
        var projects = Projects("src");

        projects.Keys.Should().BeEquivalentTo(Allowed.Keys);
        foreach (var (name, project) in projects)
        {
            References(project).Should().BeSubsetOf(Allowed[name], $"{name} may see nothing else");
        }
    }

    [Fact]
    public void Heavy_packages_stay_on_the_floor_that_owns_them()
    {
        foreach (var (name, project) in Projects("src"))
        {
            var packages = project.Descendants("PackageReference").Select(item => (string)item.Attribute("Include")!);
            foreach (var package in packages)
            {
                var owner = PackagesOf.FirstOrDefault(pair => package.StartsWith(pair.Key, StringComparison.Ordinal));
                (owner.Value is null || owner.Value.Contains(name)).Should()
                    .BeTrue($"{package} does not belong to {name}");
            }
        }
    }

    [Fact]
    public void Only_Storage_saves_to_a_database()
    {
        var offenders = Repository.Files("src", ".cs", ".razor")
            .Where(path => !path.StartsWith("src/Consultation.Storage/", StringComparison.Ordinal))
            .Where(path => Repository.Read(path).Contains("SaveChanges", StringComparison.Ordinal));

        offenders.Should().BeEmpty();
    }

    private static Dictionary<string, XDocument> Projects(string folder) =>
        Repository.Files(folder, ".csproj").ToDictionary(
            path => Path.GetFileNameWithoutExtension(path)["Consultation.".Length..],
            path => XDocument.Parse(Repository.Read(path)));

    private static IEnumerable<string> References(XDocument project) =>
        project.Descendants("ProjectReference")
            .Select(item =>
                Path.GetFileNameWithoutExtension((string)item.Attribute("Include")!)["Consultation.".Length..]);
}
