using System.Text.Json.Nodes;

namespace Consultation.Engine.Definitions;

/// <summary>Reads Elsa's log persistence settings as far as they forbid recording values.</summary>
internal static class LogPersistence
{
    /// <summary>False when the activity's or definition's default strategy is Exclude.</summary>
    public static bool Includes(JsonObject owner, JsonObject customProperties)
    {
        if (customProperties["logPersistenceConfig"] is JsonObject { } config
            && config["default"] is JsonObject setting
            && setting.Text("strategyType") is { } strategy)
        {
            return !strategy.Contains("Strategies.Exclude", StringComparison.Ordinal);
        }

        return customProperties["logPersistenceMode"] is not JsonObject mode || mode.Text("default") != "Exclude";
    }
}
