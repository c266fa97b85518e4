using System.Text.RegularExpressions;

namespace Consultation.Tests.Architecture;

/// <summary>
/// Code that a guide shows is that of a sample, word for word; the samples are compiled and run by other tests.
/// </summary>
public sealed partial class SampleTests
{
    [Fact]
    public void The_guide_to_own_activities_shows_the_sample_as_it_is()
    {
        var guide = Repository.Read("docs/guide/own-activity.md");

        var shown = Shown().Matches(guide)
            .Select(match => (File: match.Groups["file"].Value, Code: match.Groups["code"].Value)).ToList();

        shown.Select(one => one.File).Should()
            .BeEquivalentTo(
                Repository.Files("tests/Samples/OwnActivity", ".cs", ".csproj"), "each file of the sample is shown");
        foreach (var (file, code) in shown)
        {
            code.Should().Be(Repository.Read(file), $"the guide shows {file}");
        }
    }

    [GeneratedRegex("<!-- sample: (?<file>[^ ]+) -->\n```(?:csharp|xml)\n(?<code>.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Shown();
}
