using System.Text.Json;
using Consultation.Mail.Outgoing;

namespace Consultation.Mail.Channel;

/// <summary>What became of a report that was posted. Every case is listed here.</summary>
public enum ReportTaking
{
    /// <summary>Taken, or taken before: the same report has the same effect however often it comes.</summary>
    Taken,
    /// <summary>There is no second channel.</summary>
    Off,
    /// <summary>Not signed with one of the keys, or too long ago; says nothing else.</summary>
    NotGenuine,
    /// <summary>Signed, but not what docs/guide/channel.md says.</summary>
    Unreadable,
    /// <summary>Signed, but about no message of ours.</summary>
    Unknown,
}

/// <summary>
/// Takes the gateway's reports on what became of messages, matched by their id. Signed as the messages are. A report
/// about a message that was sent again since is of no meaning any more.
/// </summary>
public sealed class ChannelReports(IMailQueue queue, FailureNotice notices, MailOptions options, TimeProvider time)
{
    /// <summary>Most bytes of a report.</summary>
    public const int MostBytes = 8 * 1024;

    private const int MostWords = 300;
    private readonly ChannelKeys _keys = new(options.Channel);

    /// <summary>Takes one.</summary>
    /// <param name="id">Header webhook-id.</param>
    /// <param name="timestamp">Header webhook-timestamp.</param>
    /// <param name="signatures">Header webhook-signature.</param>
    /// <param name="body">At most <see cref="MostBytes"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<ReportTaking> TakeAsync(
        string? id, string? timestamp, string? signatures, ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken)
    {
        if (!options.Channel.IsOn) return ReportTaking.Off;
        var now = time.GetUtcNow();
        try
        {
            if (body.Length > MostBytes
                || !await _keys.IsGenuineAsync(id, timestamp, signatures, body, now, cancellationToken))
            {
                return ReportTaking.NotGenuine;
            }
        }
        catch (ChannelKeyException)
        {
            return ReportTaking.NotGenuine;
        }

        if (Read(body.Span) is not { } report) return ReportTaking.Unreadable;
        if (ChannelMessage.ReadId(report.Id) is not var (message, round)
            || await queue.FindChannelAsync(message, cancellationToken) is not { } row || round > row.Round)
        {
            return ReportTaking.Unknown;
        }

        if (round < row.Round) return ReportTaking.Taken;
        if (report.State == "delivered")
        {
            await queue.MarkArrivedAsync(message, now, cancellationToken);
            return ReportTaking.Taken;
        }

        var words = report.State == "undeliverable"
            ? $"通道报告号码或账号无法送达：{report.Words} / The gateway reports that the address cannot be reached: {report.Words}"
            : $"通道报告发送失败：{report.Words} / The gateway reports a failure: {report.Words}";
        await queue.MarkChannelFailedAsync(
            message, words, notices.About(row, $"{words} {DeliveryNotes.Next(row)}", now), row.AsMail(now),
            cancellationToken);
        return ReportTaking.Taken;
    }

    private static Report? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new() { MaxDepth = 8 });
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root) return null;
            var (id, state, words) = (Text(root, "id"), Text(root, "state"), Text(root, "words"));
            return id is not null && state is "delivered" or "failed" or "undeliverable"
                ? new(id!, state, MailAddressRule.OneLine(words, MostWords))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Report(string Id, string State, string Words);
}
