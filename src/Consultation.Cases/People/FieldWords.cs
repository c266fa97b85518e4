using Consultation.Cases.Forms;

namespace Consultation.Cases.People;

/// <summary>
/// Fields of people, units and topics (界别、专业领域、街道) as they are typed: words between commas or 、. They are the
/// organisation's own; what nobody has cannot be named by a topic.
/// </summary>
public static class FieldWords
{
    private const int Most = 20, Longest = 30;

    private static readonly char[] Separators = ['、', '，', ',', '；', ';', '\n'];

    /// <summary>The words of a typed line.</summary>
    public static List<string> Read(string? text) =>
        Clean((text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>Words as one line.</summary>
    public static string Show(IEnumerable<string> words) => string.Join('、', words);

    /// <summary>Trimmed, each once, without what separates them where they are stored.</summary>
    internal static List<string> Clean(IEnumerable<string> words) =>
        [.. words.Select(word => word.Replace(',', ' ').Trim()).Where(word => word.Length > 0)
            .Distinct(StringComparer.Ordinal)];

    /// <summary>Too many or too long ones, or null.</summary>
    internal static FieldError? Check(string field, IReadOnlyList<string> words) =>
        words.Count > Most || words.Any(word => word.Length > Longest)
            ? new(field, new(
                $"最多 {Most} 项，每项不超过 {Longest} 字，用顿号分开。",
                $"At most {Most} of them, each of at most {Longest} characters, separated by commas."))
            : null;
}
