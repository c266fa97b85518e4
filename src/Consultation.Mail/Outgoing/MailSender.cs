using System.Net;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Templates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Consultation.Mail.Outgoing;

/// <summary>What became of one mail in one look.</summary>
/// <param name="Mail">The mail.</param>
/// <param name="Address">To whom.</param>
/// <param name="Result">The transport's answer.</param>
public sealed record SendResult(MailId Mail, string Address, TransportResult Result);

/// <summary>
/// Takes due mails, hands them over, notes the result (mail rule 10). Any number of processes may run one: a row is
/// claimed with a lease. Dying between the server's 250 and the note sends the mail again later, with the same
/// Message-ID and a note in the ledger.
/// </summary>
public sealed partial class MailSender(
    IMailQueue queue,
    IMailTransport transport,
    IMailTemplateStore templates,
    MailTemplateBook book,
    LinkKeyRing keys,
    ActionLinkMint mint,
    UnsubscribeLink unsubscribe,
    NoticeLink notices,
    DigestBuilder digests,
    FailureNotice failures,
    MailOptions options,
    TimeProvider time,
    ILogger<MailSender> log,
    Channel.ChannelTransport? channel = null) : BackgroundService
{
    private readonly string _name = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    /// <summary>A domain that had its share of the minute is looked at again after this time.</summary>
    private static readonly TimeSpan NextShare = TimeSpan.FromSeconds(10);
    private readonly MailPace _pace = new(options.MostPerMinute);
    private readonly DomainPace _domains = new(options.MostPerMinuteToOneDomain);
    private bool _more;

    /// <summary>
    /// One look: renews an old link key, refreshes edited templates, makes due digests, sends due mails. Returns what
    /// became of each.
    /// </summary>
    public async Task<IReadOnlyList<SendResult>> SendDueAsync(CancellationToken cancellationToken)
    {
        keys.RenewWhenOld(time.GetUtcNow(), options.RenewLinkKeyAfter, options.KeepLinkKeysFor);
        await book.RefreshAsync(templates, cancellationToken);
        await MakeDigestsAsync(cancellationToken);
        var most = _pace.Allowed(options.BatchSize, time.GetUtcNow());
        _more = false;
        if (most == 0)
        {
            return [];
        }

        var claimed = await queue.ClaimDueAsync(_name, most, time.GetUtcNow(), options.ClaimFor, cancellationToken);
        var (now, later) = _domains.Part(claimed, time.GetUtcNow());
        await queue.GiveBackAsync(later, time.GetUtcNow() + NextShare, cancellationToken);
        _pace.GiveBack(most - now.Count);
        _more = claimed.Count == options.BatchSize;
        var links = await queue.LinksAsync([.. now.SelectMany(mail => mail.LinkIds).Distinct()], cancellationToken);
        var results = new List<SendResult>(now.Count);
        var late = new List<OutgoingMail>();
        // What goes to one person goes in the order in which it was written.
        foreach (var mail in now.GroupBy(mail => mail.RecipientAddress)
            .SelectMany(group => group.OrderBy(mail => mail.CreatedAt)))
        {
            if (Leased(mail, time.GetUtcNow())) results.Add(await SendAsync(mail, links, cancellationToken));
            else late.Add(mail);
        }

        await queue.GiveBackAsync(late, null, cancellationToken);
        return results;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => channel is not null && options.Channel.IsOn
        // A gateway that is slow does not hold up mails, nor they it.
        ? Task.WhenAll(
            LoopAsync(SendDueAsync, () => _more, UntilWrittenAsync, stoppingToken),
            LoopAsync(SendChannelAsync, () => _moreOfChannel, UntilNextLookAsync, stoppingToken))
        : LoopAsync(SendDueAsync, () => _more, UntilWrittenAsync, stoppingToken);

    private Task UntilWrittenAsync(CancellationToken cancellationToken) =>
        queue.WaitAsync(options.PollEvery, time, cancellationToken);

    private Task UntilNextLookAsync(CancellationToken cancellationToken) =>
        Task.Delay(options.PollEvery, time, cancellationToken);

    private async Task LoopAsync(
        Func<CancellationToken, Task<IReadOnlyList<SendResult>>> look, Func<bool> hasMore,
        Func<CancellationToken, Task> wait, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await look(stoppingToken);
                if (!hasMore()) await wait(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop outlives a database that is away for a while; the next look tries again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                log.LookFailed(exception);
                await Task.Delay(options.PollEvery, time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task MakeDigestsAsync(CancellationToken cancellationToken)
    {
        var due = await queue.DueForDigestAsync(options.BatchSize, time.GetUtcNow(), cancellationToken);
        foreach (var plan in digests.Build(due, time.GetUtcNow()))
        {
            await queue.AddDigestAsync(plan.Mail, plan.Carried, time.GetUtcNow(), cancellationToken);
        }
    }

    private async Task<SendResult> SendAsync(
        OutgoingMail mail, IReadOnlyDictionary<Guid, ActionLink> links, CancellationToken cancellationToken)
    {
        using var span = MailTelemetry.Begin(mail);
        TransportResult result;
        try
        {
            var way = mail.Way == MessageWay.Channel ? channel : transport;
            result = await way!.SendAsync(Fill(mail, links), cancellationToken);
        }
        // One mail that cannot be built must not hold up the others: it is tried again, then fails and tells its
        // organiser.
#pragma warning disable CA1031
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            result = new TransportResult.Transient(MailAddressRule.OneLine(exception.Message, 500));
        }

        MailTelemetry.Tried(span, result);
        await NoteAsync(mail, result, cancellationToken);
        return new(mail.Id, mail.RecipientAddress, result);
    }

    private async Task NoteAsync(OutgoingMail mail, TransportResult result, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        switch (result)
        {
            case TransportResult.Delivered:
                MailTelemetry.CountSent();
                log.MailSent(mail.Id.Value, mail.Purpose, mail.Attempts);
                // The mail is out: the note is written even while the host stops.
                await queue.MarkSentAsync(mail.Id, now, CancellationToken.None);
                break;
            case TransportResult.Transient transient when RetryPolicy.After(
                mail.Attempts, mail.NotBefore, PatienceWith(mail), now) is RetryDecision.Again again:
                log.MailDelayed(mail.Id.Value, mail.Attempts, again.At);
                var note = transient.MaybeTaken ? NoteOf(mail) : null;
                await queue.MarkRetryAsync(mail.Id, transient.Reason, note, again.At, cancellationToken);
                break;
            case TransportResult.Transient transient:
                await FailAsync(mail, transient.Reason, now, cancellationToken);
                break;
            case TransportResult.Permanent permanent:
                await FailAsync(mail, permanent.Reason, now, cancellationToken);
                break;
        }
    }

    private Task FailAsync(OutgoingMail mail, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        MailTelemetry.CountFailed();
        log.MailFailed(mail.Id.Value, mail.Purpose);
        return mail.Way == MessageWay.Channel
            ? FailChannelAsync(mail, reason, now, cancellationToken)
            : queue.MarkFailedAsync(mail.Id, reason, failures.About(mail, reason, now), now, cancellationToken);
    }

    /// <summary>
    /// A lease that ran out while the mails before it were slow belongs to somebody else by now; one that could run out
    /// while the mail is sent is given back.
    /// </summary>
    private bool Leased(OutgoingMail mail, DateTimeOffset now) =>
        mail.LeasedUntil is not { } until || until - options.LongestSending > now;

    private ReadyMail Fill(OutgoingMail mail, IReadOnlyDictionary<Guid, ActionLink> links)
    {
        var page = notices.Address(options.PublicBaseUrl, mail.OrganisationId, mail.Id.Value);
        var addresses = mail.LinkIds
            .Where(links.ContainsKey)
            .Select(id => (id, token: mint.TokenOf(links[id])))
            // A link whose key has left the ring leads to what the mail says; the task waits at the desk all the same.
            .ToDictionary(pair => pair.id, pair => pair.token is { } token
                ? ActionLinkMint.Address(options.PublicBaseUrl, token)
                : page);
        return new(
            mail,
            MailPlaceholder.Fill(mail.TextBody, addresses, mail.Secret, page),
            MailPlaceholder.Fill(
                mail.HtmlBody, addresses, mail.Secret is { } secret ? WebUtility.HtmlEncode(secret) : null,
                page),
            mail is { IsDigest: true, PersonId: { } person }
                ? unsubscribe.Address(options.PublicBaseUrl, mail.OrganisationId, person)
                : null,
            ReplyTo(mail, links),
            mail.ShortText is { } words ? MailPlaceholder.Fill(words, addresses, null, page) : null,
            mail.LinkIds is [var first, ..] ? addresses.GetValueOrDefault(first) : page);
    }

    /// <summary>A mail of one task names the address by which just this person answers just this task.</summary>
    private string? ReplyTo(OutgoingMail mail, IReadOnlyDictionary<Guid, ActionLink> links) =>
        options.Incoming.TakesReplies && mail is { IsDigest: false, LinkIds: [var only] }
        && links.GetValueOrDefault(only) is { } link && mint.ReplyTokenOf(link) is { } token
            ? options.Incoming.ReplyTo(token)
            : null;
}
