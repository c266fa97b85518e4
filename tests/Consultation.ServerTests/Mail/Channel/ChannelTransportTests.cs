using Consultation.Mail;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Testing.Mail;
using Microsoft.AspNetCore.Http;

namespace Consultation.ServerTests.Mail.Channel;

/// <summary>
/// Messages of the second channel on their way to a real web server, friendly and hostile. The rows lie in memory; the
/// database's part has its own contract.
/// </summary>
public sealed class ChannelTransportTests : IAsyncLifetime
{
    private readonly MemoryMailStore _store = new();
    private readonly MailClock _clock = new(MailMaking.Noon);
    private readonly MailOptions _options = MailMaking.Options();
    private Gateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _gateway = await Gateway.StartAsync();
        (_options.Channel.Url, _options.Channel.KeyFile) = (_gateway.Url, _gateway.KeyFile);
    }

    public Task DisposeAsync() => _gateway.DisposeAsync().AsTask();

    [Fact]
    public async Task A_message_is_signed_and_says_who_what_until_when_and_by_which_link()
    {
        var link = MailMaking.Link();
        _store.Links.Add(link);
        var row = Add(MailMaking.Draft() with { Link = link, DueAt = MailMaking.Noon.AddDays(1) });

        (await SendAsync()).Should().ContainSingle().Which.Result.Should().BeOfType<TransportResult.Delivered>();

        var message = _gateway.Taken.Should().ContainSingle("its signature is right").Subject;
        var address = $"https://xieshang.example.gov.cn/link/{new Consultation.Mail.ActionLinks.ActionLinkMint(
            MailMaking.Ring).TokenOf(link)}";
        message.Json.GetProperty("version").GetInt32().Should().Be(1);
        message["id"].Should().Be(row.Id.Value.ToString("N")).And.Be(message.Id)
            .And.Be(message.Headers["idempotency-key"]);
        message["to"].Should().Be("13800000000");
        message.Json.GetProperty("person").GetProperty("name").GetString().Should().Be("李敏");
        message["words"].Should().EndWith(address).And.Contain("确定协商议题").And.NotContain("{{");
        message["link"].Should().Be(address);
        message["purpose"].Should().Be("approval-request");
        message["kind"].Should().Be("task");
        message["task"].Should().Be("R2026-00031");
        message["case"].Should().Be("XS2026-00012");
        message.Json.GetProperty("due").GetDateTimeOffset().Should().Be(MailMaking.Noon.AddDays(1));
        row.State.Should().Be(MailState.Sent);
        (row.ShortText + row.TextBody).Should().NotContain(address, "no row holds a token");
    }

    [Fact]
    public async Task While_keys_change_a_gateway_with_either_key_is_content()
    {
        _options.Channel.OldKeyFile = _options.Channel.KeyFile;
        _options.Channel.KeyFile = _gateway.FileWith("the-new-key-of-the-gateway-also-unguessed");
        Add();
        await SendAsync();
        _gateway.CheckedWith = "the-new-key-of-the-gateway-also-unguessed";
        Add();

        await SendAsync();

        _store.Mails.Should().OnlyContain(mail => mail.State == MailState.Sent);
    }

    [Fact]
    public async Task A_wrong_or_missing_key_fails_no_message_for_good_and_the_words_name_the_setting()
    {
        _gateway.CheckedWith = "another-key-altogether-of-thirty-two-or-more";
        var row = Add();
        await SendAsync();
        row.Should().BeEquivalentTo(new { State = MailState.Pending, Attempts = 1 });
        row.LastError.Should().Contain("401").And.Contain("Mail:Channel:KeyFile");

        _options.Channel.KeyFile = _gateway.FileWith("short");
        _clock.Now += TimeSpan.FromMinutes(2);
        await SendAsync();
        row.LastError.Should().Contain("Mail:Channel:KeyFile").And.Contain("32");

        _options.Channel.KeyFile = _gateway.FileWith(_gateway.CheckedWith);
        _clock.Now += TimeSpan.FromMinutes(10);
        await SendAsync();
        row.State.Should().Be(MailState.Sent);
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(503, false)]
    [InlineData(429, false)]
    [InlineData(404, false)]
    [InlineData(302, false)]
    [InlineData(308, false)]
    [InlineData(400, true)]
    [InlineData(410, true)]
    [InlineData(422, true)]
    public async Task Only_what_is_about_the_message_is_for_good(int status, bool forGood)
    {
        _gateway.Answer = async (http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = new Uri(_gateway.Url, "/elsewhere").AbsoluteUri;
            await http.Response.WriteAsync("号码格式不对\r\nX: y");
        };
        var row = Add();

        await SendAsync();

        row.State.Should().Be(forGood ? MailState.Failed : MailState.Pending);
        row.LastError.Should().Contain($"{status} 号码格式不对 X: y");
        _gateway.Strays.Should().Be(0, "a redirection is not followed");
    }

    [Fact]
    public async Task A_message_that_the_gateway_has_had_before_is_taken()
    {
        _gateway.Answer = (http, _) =>
        {
            http.Response.StatusCode = 409;
            return Task.CompletedTask;
        };
        var row = Add();

        await SendAsync();

        row.State.Should().Be(MailState.Sent);
    }

    [Fact]
    public async Task A_gateway_that_says_nothing_is_left_alone_and_what_else_waits_is_not_tried()
    {
        _options.Channel.SendTimeout = TimeSpan.FromSeconds(1);
        _gateway.Answer = (http, _) => Forever(http);
        var rows = Enumerable.Range(0, 5).Select(_ => Add()).ToList();

        var results = await SendAsync();

        results.Should().ContainSingle().Which.Result.Should().BeEquivalentTo(
            new { OfServer = true, MaybeTaken = true }, "one message has shown that it hangs");
        rows.Should().OnlyContain(row => row.State == MailState.Pending);
        rows.Count(row => row.Attempts == 1).Should().Be(1);
        rows.Should().ContainSingle(row => row.DeliveryNote == DeliveryNotes.MaybeTwiceByChannel);
        (await SendAsync()).Should().BeEmpty("it rests for half a minute");

        _gateway.Answer = null;
        _clock.Now += TimeSpan.FromMinutes(1);
        await SendAsync();
        rows.Should().OnlyContain(row => row.State == MailState.Sent);
        _gateway.Taken.Should().HaveCount(5);
    }

    [Theory]
    [InlineData(200, MailState.Sent)]
    [InlineData(422, MailState.Failed)]
    public async Task Of_an_endless_answer_only_the_beginning_is_read(int status, MailState state)
    {
        _options.Channel.SendTimeout = TimeSpan.FromSeconds(10);
        _gateway.Answer = async (http, _) =>
        {
            http.Response.StatusCode = status;
            var block = new byte[64 * 1024];
            block.AsSpan().Fill((byte)'x');
            try
            {
                while (true) await http.Response.Body.WriteAsync(block, http.RequestAborted);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // Who has read enough hangs up.
            }
        };
        var row = Add();

        await SendAsync();

        row.State.Should().Be(state, "who reads to the end gets no answer in time");
        (row.LastError ?? "").Length.Should().BeLessThan(400);
    }

    [Fact]
    public async Task A_process_that_dies_after_the_gateway_s_answer_sends_again_within_a_minute_with_the_same_id()
    {
        var row = Add();
        _store.DieBeforeMarkingSent = true;
        await FluentActions.Invoking(SendAsync).Should().ThrowAsync<OperationCanceledException>();
        _store.DieBeforeMarkingSent = false;

        (await SendAsync()).Should().BeEmpty("the claim still holds");
        _clock.Now += TimeSpan.FromSeconds(45);
        await SendAsync();

        row.State.Should().Be(MailState.Sent);
        _gateway.Posted.Should().HaveCount(2);
        _gateway.Taken.Should().ContainSingle("the gateway knows it by its id");
    }

    [Fact]
    public async Task A_number_that_fails_for_good_is_told_to_the_organiser_and_the_mail_goes_instead()
    {
        _gateway.Answer = async (http, _) =>
        {
            http.Response.StatusCode = 422;
            await http.Response.WriteAsync("空号");
        };
        var link = MailMaking.Link();
        _store.Links.Add(link);
        var row = Add(MailMaking.Draft() with { Link = link });

        await SendAsync();
        await SendMailsAsync();

        row.State.Should().Be(MailState.Failed);
        var instead = _mails.Taken.Single(mail => mail.Mail.RecipientAddress == "li.min@tongzhou.example.gov.cn");
        instead.TextBody.Should().Contain("/link/", "it carries the same link");
        instead.Mail.DeliveryNote.Should().Be(DeliveryNotes.InsteadOfChannel);
        instead.Mail.Purpose.Should().Be(row.Purpose);
        _mails.Taken.Single(mail => mail.Mail.Purpose == MailTemplateCatalogue.Undeliverable).TextBody
            .Should().Contain("13800000000").And.Contain("空号").And.Contain("已改发邮件");
    }

    [Fact]
    public async Task Without_a_mail_address_the_organiser_is_asked_to_print_the_slip()
    {
        _gateway.Answer = (http, _) =>
        {
            http.Response.StatusCode = 410;
            return Task.CompletedTask;
        };
        var draft = MailMaking.Draft();
        Add(draft with { Recipient = draft.Recipient with { Address = "" } });

        await SendAsync();
        await SendMailsAsync();

        _mails.Taken.Should().ContainSingle().Which.TextBody.Should().Contain("请打印任务单");
    }

    [Fact]
    public async Task A_gateway_that_stays_away_is_given_up_after_hours_and_mail_takes_over()
    {
        _gateway.Answer = (http, _) =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        var rows = Enumerable.Range(0, 3).Select(_ => Add()).ToList();

        for (var hour = 0; hour < 7; hour++)
        {
            await SendAsync();
            _clock.Now += TimeSpan.FromHours(1);
        }

        rows.Should().OnlyContain(row => row.State == MailState.Failed);
        _store.Mails.Count(mail => mail is { Way: MessageWay.Mail, Purpose: "approval-request" }).Should().Be(3);
    }

    [Fact]
    public async Task A_slow_gateway_holds_up_no_mail()
    {
        var released = new TaskCompletionSource();
        _gateway.Answer = (_, _) => released.Task;
        Add();
        _store.Mails.Add(MailMaking.Mail());
        var sender = Sender();

        var slow = sender.SendChannelAsync(default);
        await sender.SendDueAsync(default);

        _mails.Taken.Should().ContainSingle();
        slow.IsCompleted.Should().BeFalse();
        released.SetResult();
        await slow;
    }

    private readonly TakenMails _mails = new();

    private static async Task Forever(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        await using var wait = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    private OutgoingMail Add(MailDraft? draft = null)
    {
        var whole = draft ?? MailMaking.Draft();
        var made = MailMaking.Composer(_options).ComposeAll(
            whole with
            {
                Recipient = whole.Recipient with
                {
                    ChannelAddress = "13800000000",
                    Ways = new Dictionary<string, string> { ["task"] = "channel" },
                },
            },
            MailMaking.Noon).Should().ContainSingle().Subject;
        _store.Mails.Add(made);
        return made;
    }

    private MailSender Sender() => MailMaking.Sender(_store, _mails, _options, _clock);

    private Task<IReadOnlyList<SendResult>> SendAsync() => Sender().SendChannelAsync(default);

    private Task<IReadOnlyList<SendResult>> SendMailsAsync() => Sender().SendDueAsync(default);

    /// <summary>A mail server that takes everything.</summary>
    private sealed class TakenMails : IMailTransport
    {
        public List<ReadyMail> Taken { get; } = [];

        public string Name => "taken";

        public Task<TransportResult> SendAsync(ReadyMail mail, CancellationToken cancellationToken)
        {
            Taken.Add(mail);
            return Task.FromResult<TransportResult>(new TransportResult.Delivered());
        }
    }
}
