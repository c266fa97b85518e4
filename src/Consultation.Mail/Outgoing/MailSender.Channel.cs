namespace Consultation.Mail.Outgoing;

/// <content>Messages of the second channel: claimed, handed over and noted apart from mails.</content>
public sealed partial class MailSender
{
    /// <summary>
    /// What a process that died had claimed goes out by another one after this time, well within a minute.
    /// </summary>
    private static readonly TimeSpan ChannelLease = TimeSpan.FromSeconds(40);

    /// <summary>A gateway in trouble is left alone for this time.</summary>
    private static readonly TimeSpan GatewayRests = TimeSpan.FromSeconds(30);

    private const int ChannelBatch = 20;
    private readonly MailPace _channelPace = new(options.Channel.MostPerMinute);
    private bool _moreOfChannel;

    /// <summary>
    /// One look for messages of the second channel. When the gateway is in trouble, what else was claimed waits, as if
    /// it had not been tried; what has waited for too long goes another way.
    /// </summary>
    public async Task<IReadOnlyList<SendResult>> SendChannelAsync(CancellationToken cancellationToken)
    {
        _moreOfChannel = false;
        if (channel is null) return [];
        var most = _channelPace.Allowed(ChannelBatch, time.GetUtcNow());
        if (most == 0) return [];
        var claimed = await queue.ClaimChannelAsync(
            _name, most, time.GetUtcNow(), ChannelLease, cancellationToken);
        _channelPace.GiveBack(most - claimed.Count);
        if (claimed.Count == 0) return [];
        var links = await queue.LinksAsync(
            [.. claimed.SelectMany(mail => mail.LinkIds).Distinct()], cancellationToken);
        var (results, late) = (new List<SendResult>(claimed.Count), new List<OutgoingMail>());
        string? trouble = null;
        foreach (var mail in claimed.OrderBy(mail => mail.CreatedAt))
        {
            var now = time.GetUtcNow();
            if (trouble is not null && now - mail.NotBefore > options.Channel.GiveUpAfter)
            {
                await FailAsync(mail, trouble, now, cancellationToken);
                continue;
            }

            if (trouble is not null || mail.LeasedUntil - options.Channel.SendTimeout <= now)
            {
                late.Add(mail);
                continue;
            }

            var sent = await SendAsync(mail, links, cancellationToken);
            results.Add(sent);
            if (sent.Result is TransportResult.Transient { OfServer: true } transient) trouble = transient.Reason;
        }

        await queue.GiveBackAsync(
            late, trouble is null ? null : time.GetUtcNow() + GatewayRests, cancellationToken);
        _moreOfChannel = trouble is null && claimed.Count == ChannelBatch;
        return results;
    }

    private TimeSpan PatienceWith(OutgoingMail mail) =>
        mail.Way == MessageWay.Channel ? options.Channel.GiveUpAfter : options.GiveUpAfter;

    private static string NoteOf(OutgoingMail mail) =>
        mail.Way == MessageWay.Channel ? DeliveryNotes.MaybeTwiceByChannel : DeliveryNotes.MaybeTwice;

    private Task<bool> FailChannelAsync(
        OutgoingMail mail, string reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        queue.MarkChannelFailedAsync(
            mail.Id, reason, failures.About(mail, $"{reason} {DeliveryNotes.Next(mail)}", now), mail.AsMail(now),
            cancellationToken);
}
