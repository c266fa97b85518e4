using System.Globalization;
using System.Text;

namespace Consultation.Testing.Mail;

/// <summary>
/// A mail that somebody sends to us, as our relay hands it over: written by hand line for line, because what is tested
/// is the reading of such lines.
/// </summary>
public sealed record Letter
{
    public const string Relay = "mx.example.gov.cn";
    public const string Template = "xieshang+{token}@tongzhou.example.gov.cn";

    public string From { get; init; } = "李敏 <li.min@tonghe.example>";
    public string To { get; init; } = "xieshang@tongzhou.example.gov.cn";
    public string Subject { get; init; } = "Re: [协商] 请您审批";
    public string? Date { get; init; }
    public string? MessageId { get; init; } = $"{Guid.NewGuid():N}@tonghe.example";

    /// <summary>What our relay says of the sender; null writes nothing.</summary>
    public string? Results { get; init; } = "dmarc=pass header.from=tonghe.example";

    /// <summary>Who says so.</summary>
    public string AuthServId { get; init; } = Relay;

    /// <summary>Lines of the sender's own, below our relay's Received.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>Content-Type and what follows it, if it is not plain text in UTF-8.</summary>
    public string? Body { get; init; }
    public string Text { get; init; } = "同意\n";

    /// <summary>A date as mails write it.</summary>
    public static string At(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);

    /// <summary>The mail, lines ended by CRLF.</summary>
    public string Write(DateTimeOffset now)
    {
        var (plain, lines) = (CultureInfo.InvariantCulture, new StringBuilder());
        lines.Append("Return-Path: <someone@tonghe.example>\n");
        if (Results is not null) lines.Append(plain, $"Authentication-Results: {AuthServId}; {Results}\n");
        lines.Append(plain, $"Received: from mail.tonghe.example by {Relay} with ESMTPS; {At(now)}\n");
        foreach (var line in More) lines.Append(line).Append('\n');
        lines.Append(plain, $"From: {From}\nTo: {To}\nSubject: {Subject}\n");
        if (Date != "") lines.Append(plain, $"Date: {Date ?? At(now)}\n");
        if (MessageId is not null) lines.Append(plain, $"Message-ID: <{MessageId}>\n");
        lines.Append("MIME-Version: 1.0\n");
        lines.Append(Body ?? $"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{Text}");
        return lines.ToString().ReplaceLineEndings("\r\n");
    }

    public byte[] Bytes(DateTimeOffset now) => Encoding.UTF8.GetBytes(Write(now));

    /// <summary>A body in another charset, as bytes say it.</summary>
    public static string In(string charset, byte[] text) =>
        $"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
            + Convert.ToBase64String(text, Base64FormattingOptions.InsertLineBreaks) + "\n";

    /// <summary>A calendar program's answer.</summary>
    public static string Calendar(
        Guid meeting, int sequence, string attendee, string status, string method = "REPLY") =>
        $"""
        Content-Type: multipart/alternative; boundary=cal

        --cal
        Content-Type: text/plain; charset=utf-8

        已接受 / replied
        --cal
        Content-Type: text/calendar; charset=utf-8; method={method}

        BEGIN:VCALENDAR
        PRODID:-//Test//EN
        VERSION:2.0
        METHOD:{method}
        BEGIN:VEVENT
        UID:{meeting:D}
        SEQUENCE:{sequence}
        DTSTAMP:20260305T040000Z
        DTSTART:20260320T060000Z
        ORGANIZER:mailto:xieshang@tongzhou.example.gov.cn
        ATTENDEE;PARTSTAT={status};CN=Somebody:mailto:{attendee}
        SUMMARY:协商会议
        END:VEVENT
        END:VCALENDAR
        --cal--

        """;

    /// <summary>A mail server's report about a mail of ours.</summary>
    public static string Report(
        string messageId, string recipient, string action = "failed", string words = "550 5.1.1 no such user") =>
        $"""
        Content-Type: multipart/report; report-type=delivery-status; boundary=rep

        --rep
        Content-Type: text/plain; charset=utf-8

        Your mail was not delivered.
        --rep
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.tonghe.example

        Final-Recipient: rfc822; {recipient}
        Action: {action}
        Status: 5.1.1
        Diagnostic-Code: smtp; {words}

        --rep
        Content-Type: text/rfc822-headers

        Message-ID: {messageId}
        Subject: =?utf-8?B?5Y2P5ZWG?=

        --rep--

        """;
}
