using System.ComponentModel.DataAnnotations;

namespace Consultation.Runtime;

/// <summary>How runs are worked on. Read once at start; section "Runtime" of the configuration.</summary>
public sealed class RuntimeOptions : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Runtime";

    private const string Outside = Section + ":{0}: {1} – {2}";
    private static readonly TimeSpan LongestRetryPause = TimeSpan.FromDays(30);

    /// <summary>
    /// Longest wait between two looks for due timers and inbox rows; work of this process is noticed at once. Default 2
    /// s, 50 ms to 5 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:05:00", ErrorMessage = Outside)]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a claimed row is left alone by others. Default 30 s, 1 s to 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = Outside)]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most rows claimed in one turn of the loop. Default 200, 1 to 1000.</summary>
    [Range(1, 1000, ErrorMessage = Outside)]
    public int RowsPerTurn { get; set; } = 200;

    /// <summary>Most runs written in one transaction when due work piles up. Default 25, 1 to 200.</summary>
    [Range(1, 200, ErrorMessage = Outside)]
    public int RunsPerCommit { get; set; } = 25;

    /// <summary>Groups worked on at the same time in this process. Default 4, 1 to 64.</summary>
    [Range(1, 64, ErrorMessage = Outside)]
    public int Workers { get; set; } = 4;

    /// <summary>
    /// How often a step that lost a race is taken again before its sender is told. Default 20, 0 to 1000.
    /// </summary>
    [Range(0, 1000, ErrorMessage = Outside)]
    public int ConflictRetries { get; set; } = 20;

    /// <summary>
    /// Longest pause before such a retry; the pause is random and grows with each. Default 50 ms, 0 to 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05", ErrorMessage = Outside)]
    public TimeSpan ConflictPause { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// How long a stimulus that came before its bookmark waits in the inbox. Default 1 day, 1 s to 400 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "400.00:00:00", ErrorMessage = Outside)]
    public TimeSpan KeepEarlyStimuliFor { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long answers are kept for repeated operation ids. Default 400 days, 1 day to 4000 days; at least
    /// as long as <see cref="KeepEarlyStimuliFor"/>.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "4000.00:00:00", ErrorMessage = Outside)]
    public TimeSpan KeepOperationsFor { get; set; } = TimeSpan.FromDays(400);

    /// <summary>
    /// Pauses before the automatic retries of an unforeseen failure; afterwards people decide. Default 10 s, 1 min, 10
    /// min; at most 20 entries of 0 to 30 days each.
    /// </summary>
    public TimeSpan[] IncidentRetries { get; set; } =
        [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    /// <summary>
    /// Most activities in one step; the rest goes on in the next. Default 100,000, 100 to 10,000,000.
    /// </summary>
    [Range(100, 10_000_000, ErrorMessage = Outside)]
    public int MaxActivitiesPerStep { get; set; } = 100_000;

    /// <summary>Zone of triggers of time, and of runs that belong to no organisation. Default Asia/Shanghai.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>
    /// Hosts that workflows may send HTTP requests to: "api.example.org", "10.0.0.5:8080", "*.example.org", "*". An
    /// address inside the network is reached only by an entry without a star. Empty allows none. Default empty.
    /// </summary>
    public string[] HttpHosts { get; set; } = [];

    /// <summary>
    /// Longest wait for the answer to an HTTP request whose activity names none. Default 30 s, 1 s to 10 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = Outside)]
    public TimeSpan HttpAnswerWithin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Most bytes of the answer to an HTTP request; a larger one is an incident. Default 4 MB, 1 kB to 100 MB.
    /// </summary>
    [Range(1024, 100 * 1024 * 1024, ErrorMessage = Outside)]
    public int HttpMostBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// HTTP requests and other work outside done at the same time in this process; they hold up nothing else. Default
    /// 16, 1 to 256.
    /// </summary>
    [Range(1, 256, ErrorMessage = Outside)]
    public int RequestsAtOnce { get; set; } = 16;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone ?? "", out _))
        {
            yield return new(
                $"{Section}:TimeZone: 没有名为“{TimeZone}”的时区，例如 Asia/Shanghai / there is no time zone “{TimeZone}”; "
                    + "e.g. Asia/Shanghai", [nameof(TimeZone)]);
        }

        if (IncidentRetries.Length > 20
            || IncidentRetries.Any(pause => pause < TimeSpan.Zero || pause > LongestRetryPause))
        {
            yield return new(
                $"{Section}:IncidentRetries: 最多 20 个，每个 / at most 20, each 00:00:00 – {LongestRetryPause:c}",
                [nameof(IncidentRetries)]);
        }

        // An id that is forgotten while its message still waits would let a repeated message in a second time.
        if (KeepOperationsFor < KeepEarlyStimuliFor)
        {
            yield return new(
                $"{Section}:KeepOperationsFor ({KeepOperationsFor:c}), {Section}:KeepEarlyStimuliFor "
                    + $"({KeepEarlyStimuliFor:c}): 前者不能比后者短 / the first is at least as long as the second",
                [nameof(KeepOperationsFor)]);
        }
    }
}
