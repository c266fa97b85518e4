using System.Text;
using Consultation.Mail;
using Consultation.Mail.Channel;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Testing.Mail;

namespace Consultation.ServerTests.Mail.Channel;

/// <summary>What a gateway reports counts once, if it is the gateway that reports it.</summary>
public sealed class ChannelReportTests : IAsyncLifetime
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
    public async Task A_delivered_message_is_noted_once()
    {
        var row = Sent();

        (await ReportAsync(row.Id.Value.ToString("N"), "delivered")).Should().Be(ReportTaking.Taken);
        (await ReportAsync(row.Id.Value.ToString("N"), "delivered")).Should().Be(ReportTaking.Taken);
        (await ReportAsync(row.Id.Value.ToString("N"), "failed")).Should().Be(ReportTaking.Taken);

        row.Should().BeEquivalentTo(new { State = MailState.Sent, ArrivedAt = MailMaking.Noon });
        _store.Mails.Should().ContainSingle("what has arrived cannot fail any more");
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("undeliverable")]
    public async Task A_failure_reported_later_goes_the_way_of_every_failure(string state)
    {
        var row = Sent();

        await ReportAsync(row.Id.Value.ToString("N"), state, "停机");
        await ReportAsync(row.Id.Value.ToString("N"), state, "停机");

        row.State.Should().Be(MailState.Failed);
        row.LastError.Should().Contain("停机");
        _store.Mails.Should().HaveCount(3, "the notice and the mail in its place, each once");
        _store.Mails.Should().ContainSingle(mail => mail.Purpose == MailTemplateCatalogue.Undeliverable);
    }

    [Fact]
    public async Task A_report_about_what_was_sent_again_since_means_nothing()
    {
        var row = Sent();
        await ReportAsync(row.Id.Value.ToString("N"), "failed");
        row.QueueAgain(MailMaking.Noon);
        row.State = MailState.Sent;

        (await ReportAsync(row.Id.Value.ToString("N"), "failed")).Should().Be(ReportTaking.Taken);
        row.State.Should().Be(MailState.Sent);
        (await ReportAsync($"{row.Id.Value:N}.1", "delivered")).Should().Be(ReportTaking.Taken);
        row.ArrivedAt.Should().NotBeNull();
        (await ReportAsync($"{row.Id.Value:N}.2", "delivered")).Should().Be(ReportTaking.Unknown);
    }

    [Fact]
    public async Task Forged_old_and_foreign_reports_change_nothing()
    {
        var row = Sent();
        var id = row.Id.Value.ToString("N");

        (await ReportAsync(id, "failed", key: "some-other-key-that-is-long-enough-too")).Should()
            .Be(ReportTaking.NotGenuine);
        (await ReportAsync(id, "failed", at: MailMaking.Noon.AddMinutes(-6))).Should().Be(ReportTaking.NotGenuine);
        (await ReportAsync(id, "failed", at: MailMaking.Noon.AddMinutes(6))).Should().Be(ReportTaking.NotGenuine);
        (await ReportAsync(Guid.NewGuid().ToString("N"), "failed")).Should().Be(ReportTaking.Unknown);
        (await ReportAsync("x", "failed")).Should().Be(ReportTaking.Unknown);
        (await ReportAsync(id, "exploded")).Should().Be(ReportTaking.Unreadable);
        foreach (var (mark, time, signature) in new (string?, string?, string?)[]
        {
            (null, null, null), ("1", "x", "v1,AAAA"), ("1", "-1", "v1,"), ("1", "999999999999999999", "v1,%%"),
            ("1", $"{MailMaking.Noon.ToUnixTimeSeconds()}", "v2,AAAA"), ("1", "1", new string('a', 3000)),
        })
        {
            (await Reports().TakeAsync(mark, time, signature, "{}"u8.ToArray(), default)).Should()
                .Be(ReportTaking.NotGenuine);
        }

        row.State.Should().Be(MailState.Sent);
        _store.Mails.Should().ContainSingle();
    }

    [Fact]
    public async Task A_report_whose_body_was_changed_on_the_way_is_not_taken()
    {
        var row = Sent();
        using var request = Gateway.Report(row.Id.Value.ToString("N"), "delivered", "", MailMaking.Noon);
        var body = await request.Content!.ReadAsStringAsync();

        (await TakeAsync(request, Encoding.UTF8.GetBytes(body.Replace("delivered", "failed")))).Should()
            .Be(ReportTaking.NotGenuine);
        (await TakeAsync(request, Encoding.UTF8.GetBytes(body))).Should().Be(ReportTaking.Taken);
    }

    [Fact]
    public async Task Thousands_of_mutated_reports_break_nothing_and_count_nothing()
    {
        var (row, random) = (Sent(), new Random(20261201));
        for (var round = 0; round < 3000; round++)
        {
            using var request = Gateway.Report(row.Id.Value.ToString("N"), "failed", "停机", MailMaking.Noon);
            var whole = await request.Content!.ReadAsByteArrayAsync();
            var body = (byte[])whole.Clone();
            for (var change = 0; change <= round % 4; change++) body[random.Next(body.Length)] = (byte)random.Next(256);
            if (body.SequenceEqual(whole)) continue;

            (await TakeAsync(request, body)).Should().Be(ReportTaking.NotGenuine);
        }

        row.State.Should().Be(MailState.Sent);
    }

    private ChannelReports Reports() => new(
        _store, new FailureNotice(MailMaking.Composer(_options), _options), _options, _clock);

    private OutgoingMail Sent()
    {
        var draft = MailMaking.Draft();
        var row = MailMaking.Composer(_options).ComposeAll(
            draft with
            {
                Recipient = draft.Recipient with
                {
                    ChannelAddress = "13800000000",
                    Ways = new Dictionary<string, string> { ["task"] = "channel" },
                },
            },
            MailMaking.Noon).Single();
        row.State = MailState.Sent;
        _store.Mails.Add(row);
        return row;
    }

    private async Task<ReportTaking> ReportAsync(
        string id, string state, string words = "", DateTimeOffset? at = null, string? key = null)
    {
        using var request = Gateway.Report(id, state, words, at ?? MailMaking.Noon, key);
        return await TakeAsync(request, await request.Content!.ReadAsByteArrayAsync());
    }

    private Task<ReportTaking> TakeAsync(HttpRequestMessage request, byte[] body) => Reports().TakeAsync(
        request.Headers.GetValues("webhook-id").Single(), request.Headers.GetValues("webhook-timestamp").Single(),
        request.Headers.GetValues("webhook-signature").Single(), body, default);
}
