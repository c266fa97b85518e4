using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.Matters;

/// <summary>How people were listened to.</summary>
public enum TalkKind
{
    /// <summary>面对面交流 (Q38).</summary>
    FaceToFace,
    /// <summary>民情联络点、倾听点 (Q39).</summary>
    ListeningPost,
    /// <summary>实地走访 (P16).</summary>
    Visit,
}

/// <summary>A talk with residents or firms; every point raised in it is a matter of its own (Q38–Q40).</summary>
public sealed class Talk
{
    public required OrganisationId OrganisationId { get; init; }
    public required TalkId Id { get; init; }
    public required TalkKind Kind { get; init; }
    public required DateOnly On { get; init; }
    public required string Place { get; init; }

    /// <summary>With whom, e.g. 河畔小区居民代表 8 人.</summary>
    public required string With { get; init; }

    /// <summary>What the member advised (Q40); null for nothing.</summary>
    public string? Advice { get; init; }
    public UnitId? PlatformId { get; init; }
    public required PersonId RecordedById { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>A talk as somebody writes it down.</summary>
public sealed record TalkEntry
{
    public required OrganisationId OrganisationId { get; init; }
    public required TalkKind Kind { get; init; }
    public required DateOnly? On { get; init; }
    public required string Place { get; init; }
    public required string With { get; init; }
    public string? Advice { get; init; }
    public UnitId? PlatformId { get; init; }

    /// <summary>What was raised, point by point; empty ones do not count.</summary>
    public required IReadOnlyList<string> Points { get; init; }
    public required PersonId RecordedById { get; init; }

    /// <summary>Same id, same talk.</summary>
    public required string OperationId { get; init; }
}

/// <summary>What a talk must look like. Pure.</summary>
public static class TalkRules
{
    /// <summary>Most points of one talk, and most characters of one.</summary>
    public const int MostPoints = 20, LongestPoint = 1000, LongestWith = 200, LongestAdvice = 2000;

    /// <summary>The first sentence of a point names its matter; so long at most.</summary>
    public const int LongestTitle = 60;

    /// <summary>What is wrong with a talk, field by field; points are <c>point-1</c>, <c>point-2</c> ...</summary>
    public static IReadOnlyList<FieldError> Check(TalkEntry entry, OrganisationDirectory directory, DateOnly today)
    {
        List<FieldError?> errors =
        [
            entry.On is null ? new("on", new("请填写日期。", "Enter the day."))
                : entry.On > today ? new("on", new("日期不能晚于今天。", "The day cannot lie ahead."))
                : null,
            ContactRules.Length("place", new("地点", "Place"), entry.Place, 2, MatterRules.LongestPlace),
            ContactRules.Length("with", new("交流对象", "With whom"), entry.With, 2, LongestWith),
            ContactRules.Length("advice", new("委员建议", "Advice"), entry.Advice, 0, LongestAdvice),
            entry.PlatformId is { } platform && directory.Find(platform) is not { Active: true, IsPlatform: true }
                ? new("platform", new("所选平台不存在或已停用，请重新选择。", "The platform does not exist or is closed; choose again."))
                : null,
            entry.Points.Count > MostPoints
                ? new("point-1", new($"一次最多记录 {MostPoints} 条。", $"At most {MostPoints} points at once."))
                : entry.Points.All(point => TypedText.Prose(point).Length == 0)
                    ? new("point-1", new("请至少记录一条反映的问题。", "Write down at least one point."))
                    : null,
            .. entry.Points.Select((point, index) => TypedText.Prose(point).Length == 0 ? null : ContactRules.Length(
                $"point-{index + 1}", new($"第 {index + 1} 条", $"Point {index + 1}"), point, 5, LongestPoint)),
        ];
        return [.. errors.OfType<FieldError>()];
    }

    private static readonly System.Buffers.SearchValues<char> Ends = System.Buffers.SearchValues.Create("。！？!?；;");

    /// <summary>The title of a point's matter: its first sentence, cut where it is long.</summary>
    public static string TitleOf(string point)
    {
        var line = TypedText.Line(point);
        var end = line.AsSpan().IndexOfAny(Ends);
        var first = end > 1 ? line[..end] : line;
        return first.Length <= LongestTitle ? first : string.Concat(first.AsSpan(0, LongestTitle - 1), "…");
    }
}

/// <summary>What became of a talk.</summary>
public abstract record TalkResult
{
    private TalkResult() { }

    /// <summary>Kept, with the numbers of the matters that it became.</summary>
    public sealed record Kept(TalkId TalkId, IReadOnlyList<string> Numbers) : TalkResult;

    /// <summary>Not kept, with what to mend.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : TalkResult;
}
