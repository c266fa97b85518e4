namespace Consultation.ServerTests.Workflows.Stories;

/// <summary>Tells a story to its end and then says in which chapters it went otherwise than written.</summary>
internal sealed class Narration
{
    private readonly List<string> _differences = [];

    public void Differs(string chapter) => _differences.Add(chapter);

    public void Tell(params Action[] chapters)
    {
        try
        {
            foreach (var chapter in chapters) chapter();
        }
#pragma warning disable CA1031 // Where a story breaks off, the chapters before say why.
        catch (Exception end)
#pragma warning restore CA1031
        {
            Differs($"breaks off: {end.Message}\n{end.StackTrace?.Split('\n').FirstOrDefault(line =>
                line.Contains("StoryTests", StringComparison.Ordinal))}");
        }

        string.Join("\n\n", _differences).Should().BeEmpty();
    }
}
