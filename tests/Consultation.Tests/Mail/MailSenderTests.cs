using Consultation.Mail;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Testing.Mail;

namespace Consultation.Tests.Mail;

public sealed class MailSenderTests : IDisposable
{
    private readonly MemoryMailStore _store = new();
    private readonly MemoryTransport _transport = new();
    private readonly MailClock _clock = new(MailMaking.Noon);
    private readonly MailOptions _options = MailMaking.Options();
    private readonly MailSender _sender;

    public MailSenderTests() => _sender = NewSender();

    public void Dispose() => _sender.Dispose();

    [Fact]
    public async Task A_due_mail_leaves_once_with_its_real_link()
    {
        var link = MailMaking.Link();
        _store.Links.Add(link);
        var mail = Add(MailMaking.Composer().Compose(MailMaking.Draft() with { Link = link }, MailMaking.Noon));

        await SendAsync();
        await SendAsync();

        var address = $"https://xieshang.example.gov.cn/link/{new ActionLinkMint(MailMaking.Ring).TokenOf(link)}";
        var taken = _transport.Taken.Should().ContainSingle().Subject;
        taken.TextBody.Should().Contain(address).And.NotContain("{{");
        taken.HtmlBody.Should().Contain($"href=\"{address}\"").And.NotContain("{{");
        mail.Should().BeEquivalentTo(new
        {
            State = MailState.Sent,
            SentAt = MailMaking.Noon,
            Attempts = 1,
            DeliveryNote = (string?)null,
        });
        mail.TextBody.Should().NotContain(address, "the row never holds a token");
    }

    [Fact]
    public async Task A_first_password_stands_in_the_mail_and_not_in_the_row()
    {
        var values = new Dictionary<string, object?>(
            MailTemplateCatalogue.Examples(MailTemplateCatalogue.Welcome))
        { ["password"] = MailPlaceholder.Secret };
        var draft = MailMaking.Draft(MailTemplateCatalogue.Welcome) with { Values = values, Secret = "a<b&7" };
        var mail = Add(MailMaking.Composer().Compose(draft, MailMaking.Noon));

        await SendAsync();

        _transport.Taken.Single().TextBody.Should().Contain("【初始密码】a<b&7");
        _transport.Taken.Single().HtmlBody.Should().Contain("a&lt;b&amp;7");
        mail.Secret.Should().BeNull();
        mail.TextBody.Should().NotContain("a<b&7");
    }

    [Fact]
    public async Task A_mail_waits_for_its_time()
    {
        Add(MailMaking.Composer()
            .Compose(MailMaking.Draft() with { NotBefore = MailMaking.Noon.AddHours(3) }, MailMaking.Noon));

        await SendAsync();
        _transport.Taken.Should().BeEmpty();

        _clock.Now = MailMaking.Noon.AddHours(3);
        await SendAsync();
        _transport.Taken.Should().ContainSingle();
    }

    [Fact]
    public async Task A_transient_failure_is_tried_again_later_with_the_same_message_id()
    {
        var mail = Add(MailMaking.Mail());
        _transport.Answers[mail.RecipientAddress] = new TransportResult.Transient("451 later");

        await SendAsync();
        await SendAsync();
        mail.Should().BeEquivalentTo(new
        {
            State = MailState.Pending,
            Attempts = 1,
            LastError = "451 later",
            NextAttemptAt = MailMaking.Noon.AddMinutes(1),
        });

        _transport.Answers.Clear();
        _clock.Now = MailMaking.Noon.AddMinutes(1);
        await SendAsync();
        mail.State.Should().Be(MailState.Sent);
        _transport.Taken.Single().Mail.MessageId.Should().Be(mail.MessageId);
    }

    [Fact]
    public async Task A_connection_that_broke_in_the_middle_is_noted_in_the_ledger()
    {
        var mail = Add(MailMaking.Mail());
        _transport.Answers[mail.RecipientAddress] = new TransportResult.Transient("broken", MaybeTaken: true);
        await SendAsync();

        _transport.Answers.Clear();
        _clock.Now = MailMaking.Noon.AddMinutes(1);
        await SendAsync();

        mail.Should().BeEquivalentTo(new { State = MailState.Sent, DeliveryNote = DeliveryNotes.MaybeTwice });
    }

    [Fact]
    public async Task A_permanent_failure_is_told_to_the_organiser()
    {
        var mail = Add(MailMaking.Mail());
        _transport.Answers[mail.RecipientAddress] = new TransportResult.Permanent("550 5.1.1 no such user");

        await SendAsync();
        await SendAsync();

        mail.State.Should().Be(MailState.Failed);
        var notice = _transport.Taken.Should().ContainSingle().Subject;
        notice.Mail.Purpose.Should().Be(MailTemplateCatalogue.Undeliverable);
        notice.Mail.RecipientAddress.Should().Be("wang.fang@tongzhou.example.gov.cn");
        notice.TextBody.Should()
            .Contain("li.min@tongzhou.example.gov.cn").And.Contain("550 5.1.1 no such user").And.Contain(mail.Subject);
    }

    [Fact]
    public async Task When_the_organiser_cannot_be_reached_either_the_administrator_hears_and_then_it_ends()
    {
        var mail = MailMaking.Composer().Compose(
            MailMaking.Draft() with { Recipient = new("wang.fang@tongzhou.example.gov.cn", "王芳") }, MailMaking.Noon);
        Add(mail);
        _transport.Answers[mail.RecipientAddress] = new TransportResult.Permanent("550");
        _transport.Answers["admin@tongzhou.example.gov.cn"] = new TransportResult.Permanent("550");

        for (var look = 0; look < 4; look++)
        {
            await SendAsync();
        }

        _store.Mails.Should().HaveCount(2).And.OnlyContain(row => row.State == MailState.Failed);
        _store.Mails[1].RecipientAddress.Should().Be("admin@tongzhou.example.gov.cn");
    }

    [Fact]
    public async Task A_mail_that_could_not_be_delivered_for_days_has_failed()
    {
        var mail = Add(MailMaking.Mail());
        _transport.Answers[mail.RecipientAddress] = new TransportResult.Transient("451 later");

        for (var look = 0; look < 100 && mail.State == MailState.Pending; look++)
        {
            await SendAsync();
            _clock.Now = mail.NextAttemptAt ?? _clock.Now;
        }

        mail.State.Should().Be(MailState.Failed);
        (_clock.Now - MailMaking.Noon).Should().BeLessThanOrEqualTo(_options.GiveUpAfter);
        mail.Attempts.Should().BeInRange(15, 30);
    }

    [Fact]
    public async Task Mail_is_sent_again_with_a_note_when_the_node_dies_between_the_server_s_250_and_the_mark()
    {
        var mail = Add(MailMaking.Mail());
        _store.DieBeforeMarkingSent = true;
        await FluentActions.Awaiting(SendAsync).Should().ThrowAsync<OperationCanceledException>();
        _store.DieBeforeMarkingSent = false;
        using var other = NewSender();

        (await other.SendDueAsync(CancellationToken.None)).Should().BeEmpty("the lease still holds");
        _clock.Now += _options.ClaimFor + TimeSpan.FromSeconds(1);
        await other.SendDueAsync(CancellationToken.None);

        _transport.Taken.Should().HaveCount(2);
        _transport.Taken.Select(taken => taken.Mail.MessageId).Distinct().Should().ContainSingle();
        mail.Should().BeEquivalentTo(new
        {
            State = MailState.Sent,
            Attempts = 2,
            DeliveryNote = DeliveryNotes.MaybeTwice,
        });
    }

    [Fact]
    public async Task What_a_killed_process_had_claimed_goes_out_within_a_minute()
    {
        Add(MailMaking.Mail());
        _store.DieBeforeMarkingSent = true;
        await FluentActions.Awaiting(SendAsync).Should().ThrowAsync<OperationCanceledException>();
        _store.DieBeforeMarkingSent = false;
        using var other = NewSender();

        // The other process looks every PollEvery; at the latest one look lies beyond the end of the claim.
        _clock.Now += TimeSpan.FromMinutes(1) - _options.PollEvery;
        await other.SendDueAsync(CancellationToken.None);

        _transport.Taken.Should().HaveCount(2);
    }

    [Fact]
    public async Task Each_address_of_a_batch_has_its_own_result()
    {
        Add(MailMaking.Mail(address: "a@example.cn"));
        Add(MailMaking.Mail(address: "b@example.cn"));
        Add(MailMaking.Mail(address: "c@example.cn"));
        _transport.Answers["b@example.cn"] = new TransportResult.Permanent("550");

        var results = await SendAsync();

        results.Select(result => (result.Address, result.Result.GetType().Name))
            .Should().BeEquivalentTo(
                [("a@example.cn", "Delivered"), ("b@example.cn", "Permanent"), ("c@example.cn", "Delivered")]);
    }

    [Fact]
    public async Task Who_wants_a_digest_gets_one_mail_for_all_tasks_of_the_day()
    {
        var links = new[] { MailMaking.Link(), MailMaking.Link() };
        _store.Links.AddRange(links);
        var mails = links.Select((link, at) => Add(MailMaking.Composer().Compose(
            MailMaking.Draft(MailTemplateCatalogue.Reminder) with
            {
                Link = link,
                DigestLine = $"任务 {at + 1}",
            }, MailMaking.Noon))).ToList();
        await SendAsync();
        _transport.Taken.Should().BeEmpty();

        _clock.Now = mails[0].NotBefore;
        await SendAsync();

        var digest = _transport.Taken.Should().ContainSingle().Subject;
        digest.Mail.IsDigest.Should().BeTrue();
        digest.TextBody.Should().Contain("任务 1").And.Contain("任务 2").And.NotContain("{{");
        digest.Unsubscribe.Should().StartWith("https://xieshang.example.gov.cn/digest/leave/");
        mails.Should().AllSatisfy(mail => mail.CarriedById.Should().Be(digest.Mail.Id));
    }

    [Fact]
    public async Task No_more_leave_in_a_minute_than_the_mail_server_allows()
    {
        _options.MostPerMinute = 2;
        using var slow = NewSender();
        for (var at = 0; at < 5; at++)
        {
            Add(MailMaking.Mail(address: $"a{at}@example.cn"));
        }

        (await slow.SendDueAsync(CancellationToken.None)).Should().HaveCount(2);
        (await slow.SendDueAsync(CancellationToken.None)).Should().BeEmpty();
        _clock.Now += TimeSpan.FromSeconds(30);
        (await slow.SendDueAsync(CancellationToken.None)).Should().HaveCount(1);
    }

    private OutgoingMail Add(OutgoingMail mail)
    {
        _store.Mails.Add(mail);
        return mail;
    }

    private Task<IReadOnlyList<SendResult>> SendAsync() => _sender.SendDueAsync(CancellationToken.None);

    private MailSender NewSender() => MailMaking.Sender(_store, _transport, _options, _clock);
}
