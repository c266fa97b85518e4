namespace Consultation.Cases.Meetings;

/// <summary>A version of a roster with what it changed.</summary>
public sealed record RosterVersion(
    int Number, IReadOnlyList<MeetingSeat> Seats, IReadOnlyList<MeetingSeat> Came, IReadOnlyList<MeetingSeat> Went);

/// <summary>Reads the versions of a roster out of its seats.</summary>
public static class RosterVersions
{
    /// <summary>All versions, the first first.</summary>
    public static IReadOnlyList<RosterVersion> Of(Meeting meeting) =>
    [
        .. Enumerable.Range(1, meeting.RosterVersion).Select(number => new RosterVersion(
            number,
            [.. meeting.Seats.Where(seat => seat.AddedIn <= number && !(seat.RemovedIn <= number))],
            number == 1 ? [] : [.. meeting.Seats.Where(seat => seat.AddedIn == number)],
            [.. meeting.Seats.Where(seat => seat.RemovedIn == number)])),
    ];
}
