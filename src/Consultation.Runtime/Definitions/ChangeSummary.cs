using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;

namespace Consultation.Runtime.Definitions;

/// <summary>
/// The differences between two versions of a definition as one sentence without its full stop, for whoever is told that
/// somebody else saved.
/// </summary>
internal static class ChangeSummary
{
    private const int MostNames = 5;

    /// <summary>Names what came, went and changed, at most five of each kind.</summary>
    public static BilingualText Of(IReadOnlyList<DefinitionDifference> differences)
    {
        var parts = differences.Where(one => one.Part is not (DifferencePart.Setting or DifferencePart.Connection))
            .ToLookup(one => one.Property is null);
        (BilingualText Kind, IEnumerable<DefinitionDifference> Which)[] kinds =
        [
            (new("新增", "added"), parts[true].Where(one => one.Before is null)),
            (new("删除", "removed"), parts[true].Where(one => one.After is null)),
            (new("修改", "changed"), parts[false]),
            (new("连线", "connections"), differences.Where(one => one.Part == DifferencePart.Connection)),
            (new("设置", "settings"), differences.Where(one => one.Part == DifferencePart.Setting)),
        ];
        var said = kinds.Select(kind => (kind.Kind, Names: kind.Which.Select(one => one.Name).Distinct().ToList()))
            .Where(kind => kind.Names.Count > 0).ToList();
        return said.Count == 0
            ? new("内容相同", "the same content")
            : new(
                string.Join('；', said.Select(kind => $"{kind.Kind.Zh} {List(kind.Names, "、")}")),
                string.Join("; ", said.Select(kind => $"{kind.Kind.En} {List(kind.Names, ", ")}")));
    }

    private static string List(List<string> names, string separator) =>
        string.Join(separator, names.Take(MostNames)) + (names.Count > MostNames ? " …" : "");
}
