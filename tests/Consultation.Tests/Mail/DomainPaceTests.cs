using Consultation.Mail.Outgoing;
using Consultation.Testing.Mail;

namespace Consultation.Tests.Mail;

/// <summary>Mails to one receiving domain keep to its pace, and hold up nobody else's.</summary>
public sealed class DomainPaceTests
{
    private readonly MemoryMailStore _store = new();
    private readonly MemoryTransport _transport = new();
    private readonly MailClock _clock = new(MailMaking.Noon);

    [Fact]
    public async Task More_than_its_share_waits_untouched_while_others_go()
    {
        for (var at = 0; at < 30; at++) _store.Mails.Add(MailMaking.Mail(address: $"m{at}@QQ.example.com"));
        _store.Mails.Add(MailMaking.Mail(address: "li.min@tongzhou.example.gov.cn"));
        using var sender = Sender(perDomain: 10);

        await sender.SendDueAsync(CancellationToken.None);

        _transport.Taken.Select(mail => mail.Mail.RecipientAddress).Should().HaveCount(11)
            .And.Contain("li.min@tongzhou.example.gov.cn");
        _store.Mails.Where(mail => mail.State == MailState.Pending).Should().HaveCount(20).And.OnlyContain(
            mail => mail.Attempts == 0 && mail.LeasedBy == null && mail.LastError == null
                && mail.NextAttemptAt > _clock.Now);
    }

    [Fact]
    public async Task All_of_them_have_gone_when_their_minutes_have_passed()
    {
        for (var at = 0; at < 30; at++) _store.Mails.Add(MailMaking.Mail(address: $"m{at}@qq.example.com"));
        using var sender = Sender(perDomain: 10);

        for (var seconds = 0; seconds <= 130; seconds += 5)
        {
            await sender.SendDueAsync(CancellationToken.None);
            _transport.Taken.Count.Should().BeLessThanOrEqualTo(10 + (seconds / 6));
            _clock.Now += TimeSpan.FromSeconds(5);
        }

        _store.Mails.Should().OnlyContain(mail => mail.State == MailState.Sent && mail.Attempts == 1);
    }

    [Fact]
    public async Task Looks_that_find_little_use_up_nothing_of_the_pace()
    {
        using var sender = Sender(perDomain: 100, perMinute: 60);
        for (var look = 0; look < 20; look++) await sender.SendDueAsync(CancellationToken.None);
        for (var at = 0; at < 50; at++) _store.Mails.Add(MailMaking.Mail(address: $"m{at}@qq.example.com"));

        await sender.SendDueAsync(CancellationToken.None);

        _transport.Taken.Should().HaveCount(50);
    }

    private MailSender Sender(int perDomain, int perMinute = 1000)
    {
        var options = MailMaking.Options();
        (options.MostPerMinuteToOneDomain, options.MostPerMinute) = (perDomain, perMinute);
        return MailMaking.Sender(_store, _transport, options, _clock);
    }
}
