using System.Text;
using Consultation.Cases.Calendar;
using Consultation.Cases.People;

namespace Consultation.Cases.Meetings;

/// <summary>
/// Who signs in at the door with a phone: the code at the door names the meeting, the person says name and last digits
/// of the number that the office has. Nobody sees who else is on the roster. Pure.
/// </summary>
public static class Arrival
{
    /// <summary>So many of the last digits are asked.</summary>
    public const int Digits = 4;

    /// <summary>So long before the beginning the door opens.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromHours(2);

    /// <summary>Fewer digits in a row are no telephone number.</summary>
    private const int ShortestNumber = 7;

    /// <summary>
    /// Why nobody can sign in by the code now; null when it is open: from two hours before the beginning until the
    /// meeting ends, and on its day only.
    /// </summary>
    public static LocalText? IsClosed(Meeting meeting, WorkingCalendar calendar, DateTimeOffset now)
    {
        var opens = meeting.Begins(calendar) - Before;
        if (meeting.State == MeetingState.CalledOff) return new("会议已经取消。", "The meeting was called off.");
        if (!meeting.IsAhead || calendar.DayOf(now) > meeting.On)
        {
            return new("会议已经结束，不能再签到；漏签的请联系记录人。",
                "The meeting is over. If you were there and did not sign in, ask the recorder.");
        }

        return now >= opens ? null : new(
            $"会议在{meeting.On:yyyy-MM-dd} {meeting.From:HH\\:mm}召开，开始前两小时起可以签到。",
            $"The meeting is on {meeting.On:yyyy-MM-dd} at {meeting.From:HH\\:mm}; sign-in opens two hours before.");
    }

    /// <summary>
    /// The seat of whoever says so, and whether it is the substitute who came. Null when nobody fits, and when more
    /// than one does: the recorder knows them.
    /// </summary>
    public static (MeetingSeat Seat, bool IsSubstitute)? Find(
        Meeting meeting, OrganisationDirectory directory, string name, string digits)
    {
        var (called, last) = (NameOf(name), DigitsOf(digits));
        if (called.Length == 0 || last.Length != Digits) return null;
        var fitting = meeting.Current.SelectMany(seat => new[]
        {
            (Seat: seat, IsSubstitute: false, Name: seat.NameIn(directory),
                Contact: seat.IsGuest ? seat.GuestContact : directory.Find(seat.PersonId)?.Phone),
            (Seat: seat, IsSubstitute: true, Name: seat.SubstituteName ?? "", Contact: seat.SubstituteContact),
        }).Where(one => NameOf(one.Name) == called
            && Numbers(one.Contact).Any(number => number.EndsWith(last, StringComparison.Ordinal))).Take(2).ToList();
        return fitting is [var only] ? (only.Seat, only.IsSubstitute) : null;
    }

    /// <summary>Whether the office has a telephone number by which the person of a seat can sign in.</summary>
    public static bool KnowsNumberOf(MeetingSeat seat, OrganisationDirectory directory) => Numbers(
        seat.Reply == SeatReply.SendsSubstitute ? seat.SubstituteContact
            : seat.IsGuest ? seat.GuestContact : directory.Find(seat.PersonId)?.Phone).Any();

    /// <summary>A name as people type it: spaces and width do not matter.</summary>
    public static string NameOf(string typed) => GuessRule.NameOf(typed).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>The telephone numbers in a contact such as "138-0000-0000，liu@example.com".</summary>
    private static IEnumerable<string> Numbers(string? contact)
    {
        var number = new StringBuilder();
        foreach (var letter in (contact ?? "").Normalize(NormalizationForm.FormKC).Append('/'))
        {
            if (char.IsAsciiDigit(letter)) number.Append(letter);
            else if (letter is not (' ' or '-' or '(' or ')'))
            {
                if (number.Length >= ShortestNumber) yield return number.ToString();
                number.Clear();
            }
        }
    }

    private static string DigitsOf(string typed) =>
        string.Concat(typed.Normalize(NormalizationForm.FormKC).Where(char.IsAsciiDigit));
}
