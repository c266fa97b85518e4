using Consultation.Engine.Definitions;

namespace Consultation.Engine.BuiltIns;

/// <summary>Elsa's own activities, as far as this engine has them.</summary>
public static class BuiltInActivities
{
    /// <summary>All of them, for the catalogue.</summary>
    public static IReadOnlyList<ActivityType> Types { get; } =
    [
        Flowcharts.Flowchart.Type,
    ];
}
