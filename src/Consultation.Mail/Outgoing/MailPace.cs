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
        Fill(now);
        var allowed = Math.Min(wanted, (int)_left);
        _left -= allowed;
        return allowed;
    }

    /// <summary>So many of them have not gone after all.</summary>
    public void GiveBack(int mails) => _left += mails;

    /// <summary>Nothing has gone for a minute: it need not be remembered.</summary>
    public bool IsFull(DateTimeOffset now)
    {
        Fill(now);
        return _left >= mostPerMinute;
    }

    private void Fill(DateTimeOffset now)
    {
        var passed = _last is { } last && now > last ? (now - last).TotalMinutes : 0;
        _left = Math.Min(mostPerMinute, _left + (passed * mostPerMinute));
        _last = now;
    }
}

/// <summary>
/// The pace of each receiving domain: large mail services turn away senders that come with many mails at once.
/// </summary>
internal sealed class DomainPace(int mostPerMinute)
{
    private readonly Dictionary<string, MailPace> _paces = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Parts the mails into those that may go now and those that wait, in the order in which they came.
    /// </summary>
    public (IReadOnlyList<OutgoingMail> Now, IReadOnlyList<OutgoingMail> Later) Part(
        IEnumerable<OutgoingMail> mails, DateTimeOffset now)
    {
        foreach (var idle in _paces.Where(pace => pace.Value.IsFull(now)).Select(pace => pace.Key).ToList())
        {
            _paces.Remove(idle);
        }

        var parts = mails.ToLookup(mail => PaceOf(mail.RecipientAddress).Allowed(1, now) == 1);
        return ([.. parts[true]], [.. parts[false]]);
    }

    private MailPace PaceOf(string address)
    {
        var domain = MailAddressRule.DomainOf(address);
        if (!_paces.TryGetValue(domain, out var pace)) _paces[domain] = pace = new(mostPerMinute);
        return pace;
    }
}
