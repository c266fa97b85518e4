using Consultation.Mail.Incoming;
using Consultation.Storage.Mail;
using Consultation.Web.Layout;
using Consultation.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace Consultation.Web.Incoming;

/// <summary>Columns and filter of the list of mail that came in.</summary>
internal static class IncomingTable
{
    /// <summary>
    /// The filter that an address asks for, without the cut. What waits comes first, unless asked otherwise.
    /// </summary>
    public static IncomingFilter Filter(TableQuery table) => new()
    {
        State = table["state"] == All ? null
            : Enum.TryParse<IncomingState>(table["state"], out var state) ? state : IncomingState.Waiting,
        Text = table.Words,
        Sort = table.Sort,
        Descending = table.Descending,
    };

    /// <summary>The tab that shows every state.</summary>
    public const string All = "all";

    public static IReadOnlyList<Column<IncomingMail>> Columns(
        DeskTexts texts, DeskTime when, RenderFragment<IncomingMail> subject, RenderFragment<IncomingMail> from,
        RenderFragment<IncomingMail> caseNumber, RenderFragment<IncomingMail> state) =>
    [
        new("subject", texts["incoming.subject"], row => row.Subject) { IsTitle = true, Template = subject },
        new("from", texts["incoming.from"], row => $"{row.FromName} <{row.FromAddress}>") { Template = from },
        new("kind", texts["incoming.kind"], row => texts.Name(row.Kind)) { Compact = true },
        new("case", texts["incoming.case"], row => row.CaseNumber ?? "") { Compact = true, Template = caseNumber },
        new("state", texts["incoming.state"], row => texts.Name(row.State)) { Template = state },
        new("received", texts["incoming.received"], row => when.Exact(row.ReceivedAt)) { Compact = true },
    ];

    public static string Tone(IncomingState state) => state switch
    {
        IncomingState.Decided => "good",
        IncomingState.Waiting => "bad",
        IncomingState.Taken => "info",
        _ => "",
    };

    /// <summary>Why it is there, in the language of the request.</summary>
    public static string Why(IncomingMail mail) => IncomingReasons.Say(mail.Reason).For(DeskTexts.Language);
}
