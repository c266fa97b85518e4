using Consultation.Mail;
using Consultation.Mail.Outgoing;
using Consultation.Testing.Mail;

namespace Consultation.Tests.Mail;

/// <summary>Mail leaves at every lease and send time that go together; what is not begun is given back.</summary>
public sealed class MailLeaseTests
{
    private readonly MemoryMailStore _store = new();
    private readonly MailClock _clock = new(MailMaking.Noon);

    [Theory]
    [InlineData(30, 20)]
    [InlineData(30, 1)]
    [InlineData(3600, 300)]
    [InlineData(310, 300)]
    public async Task A_mail_leaves_at_the_ends_of_both_settings(int lease, int sendTimeout)
    {
        var options = Options(lease, sendTimeout);
        _store.Mails.Add(MailMaking.Mail());
        using var sender = Sender(new MemoryTransport(), options);

        await sender.SendDueAsync(CancellationToken.None);

        _store.Mails.Single().State.Should().Be(MailState.Sent);
    }

    [Fact]
    public async Task Mails_behind_a_slow_one_are_given_back_untouched_and_leave_at_the_next_look()
    {
        for (var i = 0; i < 5; i++) _store.Mails.Add(MailMaking.Mail());
        using var sender = Sender(new SlowTransport(_clock, TimeSpan.FromSeconds(19)), Options(30, 20));

        (await sender.SendDueAsync(CancellationToken.None)).Should().ContainSingle("the lease ends with the first");
        _store.Mails.Where(mail => mail.State == MailState.Pending).Should().HaveCount(4).And.OnlyContain(
            mail => mail.Attempts == 0 && mail.LeasedBy == null && mail.LeasedUntil == null);
        for (var look = 0; look < 4; look++) await sender.SendDueAsync(CancellationToken.None);

        _store.Mails.Should().OnlyContain(mail => mail.State == MailState.Sent && mail.Attempts == 1
            && mail.DeliveryNote == null);
    }

    private static MailOptions Options(int lease, int sendTimeout)
    {
        var options = MailMaking.Options();
        (options.Lease, options.Smtp.SendTimeout) =
            (TimeSpan.FromSeconds(lease), TimeSpan.FromSeconds(sendTimeout));
        return options;
    }

    private MailSender Sender(IMailTransport transport, MailOptions options) =>
        MailMaking.Sender(_store, transport, options, _clock);

    /// <summary>Takes every mail, and so much time for it.</summary>
    private sealed class SlowTransport(MailClock clock, TimeSpan each) : IMailTransport
    {
        public string Name => "slow";

        public Task<TransportResult> SendAsync(ReadyMail mail, CancellationToken cancellationToken)
        {
            clock.Now += each;
            return Task.FromResult<TransportResult>(new TransportResult.Delivered());
        }
    }
}
