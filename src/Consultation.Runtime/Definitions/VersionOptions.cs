using System.Globalization;

namespace Consultation.Runtime.Definitions;

/// <summary>Which versions of a definition are meant, as Elsa words it.</summary>
public enum VersionChoice
{
    /// <summary>Every version.</summary>
    AllVersions,
    /// <summary>The newest, published or not.</summary>
    Latest,
    /// <summary>The published one.</summary>
    Published,
    /// <summary>The newest; where there is none, the published one.</summary>
    LatestOrPublished,
    /// <summary>The newest and the published one.</summary>
    LatestAndPublished,
    /// <summary>The newest, when it is not published.</summary>
    Draft,
    /// <summary>One version by its number.</summary>
    Number,
}

/// <summary>Which versions of a definition are meant.</summary>
/// <param name="Choice">The rule.</param>
/// <param name="Version">The number, for <see cref="VersionChoice.Number"/>.</param>
public readonly record struct VersionOptions(VersionChoice Choice, int Version = 0)
{
    /// <summary>The published one.</summary>
    public static readonly VersionOptions Published = new(VersionChoice.Published);

    /// <summary>The newest.</summary>
    public static readonly VersionOptions Latest = new(VersionChoice.Latest);

    /// <summary>Every version.</summary>
    public static readonly VersionOptions All = new(VersionChoice.AllVersions);

    /// <summary>
    /// Reads Elsa's words in any case, or a number; null or empty gives <paramref name="otherwise"/>.
    /// </summary>
    /// <exception cref="FormatException">Not a version option.</exception>
    public static VersionOptions Parse(string? text, VersionOptions otherwise)
    {
        if (string.IsNullOrWhiteSpace(text)) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new(VersionChoice.Number, number);
        }
        return Enum.TryParse<VersionChoice>(text, ignoreCase: true, out var choice) && choice != VersionChoice.Number
            ? new(choice)
            : throw new FormatException(
                $"“{text}”不是版本选项 / \"{text}\" is not a version option: use Latest, Published, Draft or a number.");
    }

    /// <summary>Whether a version is one of those meant.</summary>
    public bool Includes(int version, bool isLatest, bool isPublished) => Choice switch
    {
        VersionChoice.Latest => isLatest,
        VersionChoice.Published => isPublished,
        VersionChoice.LatestOrPublished or VersionChoice.LatestAndPublished => isLatest || isPublished,
        VersionChoice.Draft => isLatest && !isPublished,
        VersionChoice.Number => version == Version,
        _ => true,
    };
}
