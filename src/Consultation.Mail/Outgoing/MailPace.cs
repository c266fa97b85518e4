namespace Consultation.Mail.Outgoing;

/// <summary>
/// Keeps one process below the mails per minute that a mail server allows: a bucket that fills evenly.
/// </summary>
internal sealed class MailPace(int mostPerMinute)
{
    private double _left = mostPerMinute;
    private DateTimeOffset? _last;

    /// <summary>How many of the wanted mails may go now; they count as gone.</summary>
    public int Allowed(int wanted, DateTimeOffset now)
    {
        var passed = _last is { } last && now > last ? (now - last).TotalMinutes : 0;
        _left = Math.Min(mostPerMinute, _left + (passed * mostPerMinute));
        _last = now;
        var allowed = Math.Min(wanted, (int)_left);
        _left -= allowed;
        return allowed;
    }
}
