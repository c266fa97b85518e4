using Microsoft.Extensions.Options;

namespace Consultation.Server.Telemetry;

/// <summary>
/// Keeps addresses of requests out of the log, whatever level an operator asks for, for all logs or for one: an address
/// may be a decision link. The framework writes them in the lines and scopes of the categories named here.
/// </summary>
internal sealed class NoAddressesInLogs : IPostConfigureOptions<LoggerFilterOptions>
{
    /// <summary>
    /// The least level of each: requests not at all, as every line about one names its address; the rest of the
    /// framework, and what leaves by HTTP, from a warning on.
    /// </summary>
    private static readonly Dictionary<string, LogLevel> Least = new()
    {
        ["Microsoft.AspNetCore.Hosting.Diagnostics"] = LogLevel.None,
        ["Microsoft.AspNetCore"] = LogLevel.Warning,
        ["System.Net.Http"] = LogLevel.Warning,
    };

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        // The rule of one log, and that of a more exact category, come before others: each of them is held to the
        // least level too.
        string?[] logs = [null, .. options.Rules.Select(rule => rule.ProviderName).OfType<string>().Distinct()];
        var categories = options.Rules.Select(rule => rule.CategoryName).OfType<string>()
            .Where(category => category.Contains('*', StringComparison.Ordinal)
                || Least.Keys.Any(one => category.StartsWith(one, StringComparison.OrdinalIgnoreCase)))
            .Concat(Least.Keys).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        List<LoggerFilterRule> held =
        [
            .. logs.SelectMany(log => categories.Select(category => new LoggerFilterRule(
                log, category, Higher(Wanted(options, log, category), LeastOf(category)), filter: null))),
        ];
        foreach (var rule in held) options.Rules.Add(rule);
    }

    private static LogLevel LeastOf(string category) =>
        Least.Where(one => category.StartsWith(one.Key, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(one => one.Key.Length).Select(one => one.Value).FirstOrDefault(LogLevel.Warning);

    private static LogLevel Wanted(LoggerFilterOptions options, string? log, string category) => options.Rules
        .Where(rule => (rule.ProviderName is null || rule.ProviderName == log)
            && category.StartsWith(rule.CategoryName ?? "", StringComparison.OrdinalIgnoreCase))
        .OrderBy(rule => rule.ProviderName is not null).ThenBy(rule => rule.CategoryName?.Length ?? 0)
        .LastOrDefault()?.LogLevel ?? options.MinLevel;

    private static LogLevel Higher(LogLevel one, LogLevel other) => one > other ? one : other;
}
