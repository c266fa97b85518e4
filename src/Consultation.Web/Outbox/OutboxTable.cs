using Consultation.Mail.Outgoing;
using Consultation.Storage.Mail;
using Consultation.Web.Layout;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace Consultation.Web.Outbox;

/// <summary>Columns and filters of the outbox; the page and its export use the same.</summary>
internal static class OutboxTable
{
    /// <summary>Names of the filters in the address, beside the tab of the state.</summary>
    public static readonly string[] Names = ["to", "case", "way"];

    /// <summary>The filter that an address asks for, without the cut.</summary>
    public static OutboxFilter Filter(TableQuery table) => new()
    {
        State = Enum.TryParse<MailState>(table["state"], out var state) ? state : null,
        Way = Enum.TryParse<MessageWay>(table["way"], out var way) ? way : null,
        Text = table.Words,
        Recipient = table["to"],
        CaseNumber = table["case"],
        Sort = table.Sort,
        Descending = table.Descending,
    };

    /// <summary>The columns; templates only for the page.</summary>
    public static IReadOnlyList<Column<OutboxItem>> Columns(
        DeskTexts texts,
        DeskTime when,
        RenderFragment<OutboxItem>? subject = null,
        RenderFragment<OutboxItem>? to = null,
        RenderFragment<OutboxItem>? caseNumber = null,
        RenderFragment<OutboxItem>? state = null,
        RenderFragment<OutboxItem>? sent = null,
        bool ways = true) =>
    [
        new("subject", texts["outbox.subject"], row => row.Subject) { IsTitle = true, Template = subject },
        new("to", texts["outbox.to"], row => $"{row.RecipientName} <{row.RecipientAddress}>") { Template = to },
        new("case", texts["outbox.case"], row => row.CaseNumber ?? "") { Compact = true, Template = caseNumber },
        .. new Column<OutboxItem>[]
        {
            new("way", texts["outbox.way"], row => texts.Name(row.Way)) { Compact = true },
        }.Where(_ => ways),
        new("created", texts["outbox.created"], row => when.Exact(row.CreatedAt)) { Compact = true, Minor = true },
        new("state", texts["outbox.state"], row => texts.Name(row.State)) { Compact = true, Template = state },
        new("sent", texts["outbox.sent"], row => row.SentAt is null
            ? texts.HalfOf(row.LastError ?? "")
            : when.Exact(row.SentAt)) { Template = sent },
    ];
}
