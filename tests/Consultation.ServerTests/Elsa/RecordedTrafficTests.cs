namespace Consultation.ServerTests.Elsa;

/// <summary>
/// What the genuine designer sent while people used it in the browser tests: every such request has a route here.
/// </summary>
public sealed class RecordedTrafficTests
{
    [Fact]
    public void Every_recorded_request_of_the_designer_has_a_route()
    {
        var routes = File.ReadAllLines(Near("Recorded/routes.txt")).Select(Address).ToHashSet(StringComparer.Ordinal);
        var recorded = File.ReadAllLines(Near("../../Consultation.BrowserTests/Studio/Recorded/requests.txt"));

        recorded.Should().HaveCountGreaterThan(40);
        recorded.Select(Address).Except(routes).Should().BeEmpty("the designer asks for them");
    }

    private static string Address(string line) => string.Join(' ', line.Split(' ').Take(2));

    private static string Near(string path, [System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, path);
}
