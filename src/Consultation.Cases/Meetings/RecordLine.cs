using System.Security.Cryptography;
using System.Text.Json;

namespace Consultation.Cases.Meetings;

/// <summary>What a line of a meeting's record is about.</summary>
public enum RecordKind
{
    /// <summary>An item of the run sheet began or ended.</summary>
    RunSheet,
    /// <summary>Somebody signed in.</summary>
    SignIn,
    /// <summary>Somebody spoke or passed.</summary>
    Speech,
    /// <summary>A question or its answer.</summary>
    Question,
    /// <summary>Advice, consensus, dissent, an expert's opinion.</summary>
    Option,
    /// <summary>What the recorder wrote.</summary>
    Note,
    /// <summary>The right form of an earlier line, which stays.</summary>
    Correction,
}

/// <summary>
/// A line of a meeting's record. Never changed and never taken away: a correction is a new line. Each holds the hash of
/// the one before, so that a line that was changed or is missing shows.
/// </summary>
public sealed class MeetingLine
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required MeetingId MeetingId { get; init; }

    /// <summary>From 1 without gaps.</summary>
    public required int Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public required PersonId ById { get; init; }
    public required RecordKind Kind { get; init; }
    public required string Text { get; init; }

    /// <summary>Number of the line that this one corrects.</summary>
    public int? Corrects { get; init; }
    public required string Before { get; init; }
    public required string Hash { get; init; }

    /// <summary>The hash of a line, from all that it says and the hash before.</summary>
    internal static string HashOf(
        MeetingId meeting, int number, DateTimeOffset at, PersonId by, RecordKind kind, string text, int? corrects,
        string before) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
            new object?[]
            {
                meeting.Value, number, at.ToUnixTimeMilliseconds(), by.Value, kind.ToString(), text, corrects, before,
            })));
}

/// <summary>The chain of a meeting's record.</summary>
public static class RecordChain
{
    /// <summary>
    /// Number of the first line that is not as it was written, or after which one is missing; null when all hold.
    /// </summary>
    /// <param name="meeting">The meeting, which knows its last line.</param>
    /// <param name="lines">All its lines in order.</param>
    public static int? FirstBroken(Meeting meeting, IReadOnlyList<MeetingLine> lines) =>
        FirstBroken(meeting.Id, meeting.LastLine, meeting.LastHash, [.. lines.Select(line => (
            line.Number, line.At, line.ById, line.Kind, line.Text, line.Corrects, line.Before, line.Hash))]);

    /// <summary>The same of lines that were read from elsewhere.</summary>
    internal static int? FirstBroken(
        MeetingId meeting, int lastLine, string lastHash,
        IReadOnlyList<(int Number, DateTimeOffset At, PersonId By, RecordKind Kind, string Text, int? Corrects,
            string Before, string Hash)> lines)
    {
        var before = "";
        for (var index = 0; index < lines.Count; index++)
        {
            var line = lines[index];
            var hash = MeetingLine.HashOf(
                meeting, index + 1, line.At, line.By, line.Kind, line.Text, line.Corrects, before);
            if (line.Number != index + 1 || line.Before != before || line.Hash != hash) return index + 1;
            before = hash;
        }

        return lines.Count == lastLine && before == lastHash ? null : lines.Count + 1;
    }
}
