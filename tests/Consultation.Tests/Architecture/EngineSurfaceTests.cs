using System.Text;
using Consultation.Engine.Expressions;

namespace Consultation.Tests.Architecture;

/// <summary>
/// What the engine offers to the floors above and to activities of others. A change of it is seen in the difference
/// of <c>Engine.approved.txt</c>; after a wanted one, replace that file by the <c>.received</c> that this test writes
/// beside it.
/// </summary>
public sealed class EngineSurfaceTests
{
    private static readonly string Approved =
        Path.Combine(Repository.Root, "tests/Consultation.Tests/Architecture/Engine.approved.txt");

    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        var surface = new StringBuilder();
        var types = typeof(CronSchedule).Assembly.GetExportedTypes();
        foreach (var type in types.OrderBy(Signature.Of, StringComparer.Ordinal))
        {
            surface.Append(Signature.Of(type)).Append('\n');
            foreach (var member in Signature.Members(type)) surface.Append("    ").Append(member).Append('\n');
        }

        var approved = File.Exists(Approved) ? File.ReadAllText(Approved).ReplaceLineEndings("\n") : "";
        var received = Approved + ".received";
        if (surface.ToString() == approved) File.Delete(received);
        else File.WriteAllText(received, surface.ToString());
        surface.ToString().Should().Be(approved, $"if {received} is what you want: mv {received} {Approved}");
    }
}
