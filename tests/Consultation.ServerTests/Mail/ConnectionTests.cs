using Consultation.Mail.Outgoing;
using Consultation.Mail.Smtp;
using Consultation.Testing;
using Consultation.Testing.Mail;

namespace Consultation.ServerTests.Mail;

/// <summary>One connection carries many mails, is closed when idle, and outlives a server that hangs up.</summary>
public sealed class ConnectionTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private SmtpTransport? _transport;

    public void Dispose() => _transport?.Dispose();

    [Fact]
    public async Task Many_mails_go_on_one_connection_which_is_closed_politely_when_idle()
    {
        await using var sink = new SmtpSink();

        await SendAsync(sink, 5);
        sink.Connections.Should().Be(1);
        sink.Heard.Should().NotContain("QUIT");
        _clock.Advance(TimeSpan.FromSeconds(11));
        sink.Heard.Should().EndWith("QUIT");
        await SendAsync(sink, 1);

        sink.Mails.Should().HaveCount(6);
        sink.Connections.Should().Be(2);
    }

    [Fact]
    public async Task Without_a_time_to_wait_each_mail_has_a_connection_of_its_own()
    {
        await using var sink = new SmtpSink();

        for (var mail = 0; mail < 3; mail++)
        {
            await SendAsync(sink, 1, TimeSpan.Zero);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        sink.Connections.Should().Be(3);
        sink.Heard.Count(verb => verb == "QUIT").Should().Be(3);
    }

    [Fact]
    public async Task A_transport_that_is_let_go_says_goodbye()
    {
        await using var sink = new SmtpSink();
        await SendAsync(sink, 1);

        _transport!.Dispose();

        sink.Heard.Should().EndWith("QUIT");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_hangs_up_between_two_mails_is_called_again_and_no_mail_comes_twice(bool saysGoodbye)
    {
        await using var sink = new SmtpSink { MailsPerConnection = 2, SaysGoodbye = saysGoodbye };

        var results = await SendAsync(sink, 7);

        results.Should().AllBeOfType<TransportResult.Delivered>();
        sink.Mails.Should().HaveCount(7);
        sink.Mails.Select(mail => ReadMime.Of(mail.Data).MessageId).Should().OnlyHaveUniqueItems();
        sink.Connections.Should().Be(4);
    }

    [Fact]
    public async Task A_mail_that_the_server_may_have_taken_is_not_sent_again_at_once()
    {
        await using var sink = new SmtpSink();
        await SendAsync(sink, 1);
        sink.AfterData = "";

        var results = await SendAsync(sink, 1);

        results.Single().Should().BeOfType<TransportResult.Transient>().Which.MaybeTaken.Should().BeTrue();
        sink.Mails.Should().HaveCount(2, "the second was taken without an answer");
        sink.Connections.Should().Be(1);
    }

    [Fact]
    public async Task A_refused_recipient_costs_the_next_mail_nothing()
    {
        await using var sink = new SmtpSink { Recipients = { ["gone@example.gov.cn"] = "550 5.1.1 no such user" } };

        var results = await SendAsync(sink, null, "a@example.gov.cn", "gone@example.gov.cn", "b@example.gov.cn");

        results.Select(result => result.GetType().Name).Should().Equal("Delivered", "Permanent", "Delivered");
        sink.Connections.Should().Be(1);
    }

    [Fact]
    public async Task A_server_that_was_away_is_called_anew_for_each_mail()
    {
        await using var sink = new SmtpSink { Greeting = "421 4.3.2 restarting" };

        var results = await SendAsync(sink, 2);

        results.Should().AllBeOfType<TransportResult.Transient>();
        sink.Connections.Should().Be(2);
    }

    private Task<List<TransportResult>> SendAsync(SmtpSink sink, int mails, TimeSpan? keepOpen = null) =>
        SendAsync(sink, keepOpen, [.. Enumerable.Repeat("li.min@tongzhou.example.gov.cn", mails)]);

    private async Task<List<TransportResult>> SendAsync(SmtpSink sink, TimeSpan? keepOpen, params string[] addresses)
    {
        var options = MailMaking.Options();
        options.Smtp = new()
        {
            Host = "127.0.0.1",
            Port = sink.Port,
            Security = SmtpSecurity.None,
            KeepOpen = keepOpen ?? TimeSpan.FromSeconds(10),
        };
        _transport ??= new SmtpTransport(options, _clock);
        var results = new List<TransportResult>();
        foreach (var address in addresses)
        {
            var mail = MailMaking.Mail(address: address);
            results.Add(await _transport.SendAsync(new(mail, mail.TextBody, mail.HtmlBody), CancellationToken.None));
        }

        return results;
    }
}
