using Ical.Net.DataTypes;

namespace Consultation.Cases.Calendar;

/// <summary>What a calendar program says to an invitation.</summary>
public enum Participation
{
    /// <summary>ACCEPTED.</summary>
    Accepted,
    /// <summary>DECLINED.</summary>
    Declined,
    /// <summary>TENTATIVE.</summary>
    Tentative,
}

/// <summary>A calendar program's answer (METHOD:REPLY of RFC 5546) to a <see cref="MeetingInvitation"/>.</summary>
/// <param name="Uid">The meeting.</param>
/// <param name="Sequence">How often it had been changed when the invitation was written.</param>
/// <param name="Attendee">Who answers, lower case.</param>
/// <param name="Says">What.</param>
/// <param name="Comment">What the person typed; empty without.</param>
public sealed record CalendarAnswer(Guid Uid, int Sequence, string Attendee, Participation Says, string Comment)
{
    private const int LongestFile = 64 * 1024;

    /// <summary>Reads it; null for whatever is no answer of one attendee to one of our meetings.</summary>
    public static CalendarAnswer? Read(string file)
    {
        if (file.Length is 0 or > LongestFile) return null;
        if (file.Contains("RRULE", StringComparison.OrdinalIgnoreCase)) return null;
        try
        {
            return Ical.Net.Calendar.Load(file) is { } calendar
                && string.Equals(calendar.Method, "REPLY", StringComparison.OrdinalIgnoreCase)
                && calendar.Events is [{ } only] && only.Attendees is [{ } attendee]
                && Guid.TryParse(only.Uid, out var uid)
                && AddressOf(attendee) is { } address && StatusOf(attendee.ParticipationStatus) is { } says
                ? new(uid, only.Sequence, address, says, string.Join('\n', only.Comments ?? []).Trim())
                : null;
        }
#pragma warning disable CA1031 // Whatever a broken file does to the library: it is no answer.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static string? AddressOf(Attendee attendee)
    {
        const string Scheme = "mailto:";
        var value = attendee.Value?.OriginalString ?? "";
        return value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? Uri.UnescapeDataString(value[Scheme.Length..]).Trim().ToLowerInvariant() : null;
    }

    private static Participation? StatusOf(string? status) => status?.ToUpperInvariant() switch
    {
        "ACCEPTED" => Participation.Accepted,
        "DECLINED" => Participation.Declined,
        "TENTATIVE" => Participation.Tentative,
        _ => null,
    };
}
