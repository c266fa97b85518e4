namespace Consultation.Tests.Architecture;

/// <summary>A line is read at one glance: two files stand side by side on a screen.</summary>
public sealed class LineLengthTests
{
    private const int Most = 120;

    [Fact]
    public void No_line_is_longer_than_the_editor_settings_say()
    {
        Repository.Read(".editorconfig").Should().Contain($"max_line_length = {Most}");
        var offenders =
            from path in Repository.Files("src", ".cs", ".razor").Concat(Repository.Files("tests", ".cs", ".razor"))
            where !path.Contains("/Migrations/", StringComparison.Ordinal)
            from line in File.ReadLines(Path.Combine(Repository.Root, path)).Index()
            where line.Item.Length > Most
            select $"{path}:{line.Index + 1} has {line.Item.Length} columns";

        offenders.Should().BeEmpty("a long literal goes on in the next line, and markup breaks between attributes");
    }
}
