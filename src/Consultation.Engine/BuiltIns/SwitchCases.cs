using System.Text.Json.Nodes;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// The cases of Elsa's two switches: labels with conditions, and whether the first or every match counts.
/// </summary>
internal sealed class SwitchCases
{
    public static readonly IReadOnlyList<InputOption> Modes =
    [
        new("MatchFirst", new("第一个符合的", "Match First")),
        new("MatchAny", new("所有符合的", "Match Any")),
    ];

    private readonly List<(string Label, InputBinding<bool> Condition)> _cases = [];
    private readonly InputBinding<string> _mode;

    public SwitchCases(ActivityNode node)
    {
        _mode = node.Input("Mode", "MatchFirst");
        if (node.Bare("Cases") is not JsonArray cases) return;
        foreach (var json in cases.OfType<JsonObject>())
        {
            var label = json.Text("label") ?? $"{_cases.Count + 1}";
            _cases.Add((label, node.Expression<bool>($"Cases[{label}]", json["condition"])));
        }
    }

    public int Count => _cases.Count;

    /// <summary>Positions of the matching cases; only the first in that mode.</summary>
    public List<int> Match(ActivityContext context)
    {
        var first = !string.Equals(_mode.Get(context), "MatchAny", StringComparison.OrdinalIgnoreCase);
        var matches = new List<int>();
        for (var i = 0; i < _cases.Count; i++)
        {
            if (!_cases[i].Condition.Get(context)) continue;
            matches.Add(i);
            if (first) break;
        }

        return matches;
    }

    public string Label(int position) => _cases[position].Label;
}
