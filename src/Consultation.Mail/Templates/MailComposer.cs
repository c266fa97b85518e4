using System.Text.RegularExpressions;
using Consultation.Mail.Outgoing;

namespace Consultation.Mail.Templates;

/// <summary>
/// Makes a mail from a template and values. Pure but for the id of the row: no clock, no database, no network. The
/// result is added to the step (<c>CaseFile.Add</c>) and sent after its commit.
/// </summary>
public sealed partial class MailComposer(ITemplateText text, MailTemplateBook book, MailOptions options)
{
    private const string Tag = "[协商]", ReplyZh = "reply_zh", ReplyEn = "reply_en";

    /// <summary>What stands before each further line of a value.</summary>
    internal const string FurtherLine = "\n  ";

    /// <summary>Values that a sensitive mail may show: nothing of the content (mail rule 11).</summary>
    private static readonly string[] Harmless =
        ["org", "contact", "task_number", "due", "matter_number", "follow_link", "desk_link"];

    /// <summary>Makes the mail.</summary>
    /// <exception cref="ArgumentException">
    /// The recipient's address is not valid; check with <see cref="MailAddressRule"/> where it is typed.
    /// </exception>
    /// <exception cref="MailTemplateException">The template is wrong; the message says where.</exception>
    public OutgoingMail Compose(MailDraft draft, DateTimeOffset now)
    {
        if (MailAddressRule.Check(draft.Recipient.Address) is { } problem)
        {
            throw new ArgumentException(problem.Zh + " / " + problem.En, nameof(draft));
        }

        return Make(draft, MessageWay.Mail, null, now);
    }

    private OutgoingMail Make(MailDraft draft, MessageWay way, string? mailInstead, DateTimeOffset now)
    {
        var key = draft switch
        {
            { Sensitive: false } => draft.Template,
            { TaskId: not null } => MailTemplateCatalogue.SensitiveTask,
            _ => MailTemplateCatalogue.SensitiveNotice,
        };
        var template = book.Find(draft.OrganisationId, key, draft.Recipient.Language);
        var (values, language) = (ValuesOf(draft), MailTemplateBook.LanguageOf(draft.Recipient.Language));
        string Render(string part, bool html = false) => MailParts.Render(
            text, part, values, language, html, template.Alone);
        var thread = MailThread.Of(draft, options);
        var byChannel = way == MessageWay.Channel;
        return new OutgoingMail
        {
            Way = way,
            ShortText = byChannel ? Short(template.ShortText, values, language, draft.Link) : null,
            TaskNumber = byChannel && draft.TaskId is not null
                ? draft.Values.GetValueOrDefault("task_number") as string
                : null,
            DueAt = byChannel ? draft.DueAt : null,
            MailInstead = mailInstead,
            OrganisationId = draft.OrganisationId,
            Id = MailId.New(),
            CaseId = draft.CaseId,
            TaskId = draft.TaskId,
            PersonId = draft.Recipient.PersonId,
            RecipientAddress = byChannel ? draft.Recipient.ChannelAddress! : draft.Recipient.Address,
            RecipientName = MailAddressRule.OneLine(draft.Recipient.Name, 100),
            Purpose = draft.Template,
            Subject = Tagged(MailAddressRule.OneLine(Render(template.Subject))),
            TextBody = Tidy(Render(template.Text)) + Replying(values),
            HtmlBody = Render(template.Html, html: true),
            Language = language,
            MessageId = byChannel ? MailThread.ByChannel(thread.MessageId) : thread.MessageId,
            InReplyTo = thread.Root,
            References = thread.Root,
            NotBefore = byChannel ? ChannelStart(draft, now) : StartOf(draft, now),
            CreatedAt = now,
            IsDigest = draft.Template == MailTemplateCatalogue.Digest,
            DigestLine = draft is { DigestLine: { } line, Sensitive: false }
                ? MailAddressRule.OneLine(line)
                : null,
            Secret = draft.Secret,
            OrganiserAddress = draft.Organiser?.Address,
            OrganiserName = draft.Organiser is { } organiser ? MailAddressRule.OneLine(organiser.Name, 100) : null,
            OrganiserLanguage = draft.Organiser?.Language ?? "zh",
            OrganisationName = MailAddressRule.OneLine(values.GetValueOrDefault("org") is MailWords name
                ? name.For(language)
                : values.GetValueOrDefault("org") as string, 100),
            CaseNumber = draft.Sensitive ? null : draft.Values.GetValueOrDefault("case_number") as string,
            WrittenIn = MailTelemetry.Writer,
            LinkIds = draft.Link is { } link ? [link.Id] : [],
            Attachments = draft.Sensitive ? [] : [.. draft.Attachments],
        };
    }

    /// <summary>True when the organisation's words for that kind of mail have a place for the value.</summary>
    public bool Shows(Guid organisation, string key, string language, string value) =>
        MailTemplateCatalogue.Find(key)?.Values.Contains(value) == true
        && book.Find(organisation, key, language).Text.Contains(value, StringComparison.Ordinal);

    /// <summary>
    /// Where a proposer follows a matter; the page asks for the secret, unless it is added as <c>&amp;s=</c>.
    /// </summary>
    public string FollowAddress(string hall, string number) =>
        $"{HallPage(hall)}/follow?n={Uri.EscapeDataString(number)}";

    /// <summary>
    /// Where a proposer answers what was asked about a matter; the page asks for the code, unless a key is added as
    /// <c>&amp;k=</c>.
    /// </summary>
    public string ReplyAddress(string hall, string number) =>
        $"{HallPage(hall)}/reply?n={Uri.EscapeDataString(number)}";

    /// <summary>Where a survey is answered, by its short code or somebody's own token.</summary>
    public string SurveyAddress(string hall, string token) => $"{HallPage(hall)}/s/{token}";

    private string HallPage(string hall) =>
        $"{options.PublicBaseUrl.AbsoluteUri.TrimEnd('/')}/p/{Uri.EscapeDataString(hall)}";

    /// <summary>Where answers of calendar programs are read and may count; null where they are not.</summary>
    public string? ReadingAddress =>
        options.Incoming is { Reads: true, AuthServId.Length: > 0 } ? options.From : null;
    /// <summary>
    /// Where a mail leads that carries no link of its own: to what it says, as a page, for people without a log-in too.
    /// Only who just got a log-in is led to log in.
    /// </summary>
    private string PageOf(MailDraft draft) => draft.Template == MailTemplateCatalogue.Welcome
        ? options.PublicBaseUrl.AbsoluteUri
        : MailPlaceholder.Page;

    /// <summary>
    /// At once or later; what travels in a digest waits for the hour of digests, so that there is one a day.
    /// </summary>
    private DateTimeOffset StartOf(MailDraft draft, DateTimeOffset now)
    {
        var wanted = draft.NotBefore is { } later && later > now ? later : now;
        if (draft is { DigestLine: null } or { Sensitive: true })
        {
            return wanted;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        var local = TimeZoneInfo.ConvertTime(wanted, zone);
        var today = local.Date.AddHours(options.DigestHour);
        var hour = local.DateTime <= today ? today : today.AddDays(1);
        return new DateTimeOffset(hour, zone.GetUtcOffset(hour)).ToUniversalTime();
    }

    private static string Tagged(string subject) =>
        subject.StartsWith(Tag, StringComparison.Ordinal) ? subject : $"{Tag} {subject}";

    private Dictionary<string, object?> ValuesOf(MailDraft draft)
    {
        // An empty text is no value: to a template's "if" it would be one, and its heading would stand over nothing.
        var values = draft.Values
            .Where(pair => pair.Value is not ("" or MailWords { Zh: "" })
                && (!draft.Sensitive || Harmless.Contains(pair.Key)))
            .ToDictionary(pair => pair.Key, pair => Clean(pair.Value));
        values["recipient_name"] = MailAddressRule.OneLine(draft.Recipient.Name, 100);
        // Without a link of its own a mail still leads to what it is about.
        values.TryAdd("desk_link", PageOf(draft));
        if (draft.Link is { } link)
        {
            values["link"] = link.Placeholder;
        }

        values.TryAdd("link", values["desk_link"]);
        if (options.Incoming.TakesReplies && draft is { Sensitive: false, Link: not null, ReplyWords: [_, ..] words })
        {
            values[ReplyZh] = string.Join(
                "、", words.Select(word => $"“{Incoming.ReplyWords.Suggested(word, "zh")}”"));
            values[ReplyEn] = string.Join(
                ", ", words.Select(word => $"“{Incoming.ReplyWords.Suggested(word, "en")}”"));
        }

        return values;
    }

    /// <summary>
    /// Text from the public may have lines, but no control characters; its further lines are indented, so that none of
    /// them can pass for a line of the mail itself.
    /// </summary>
    internal static object? Clean(object? value) => value switch
    {
        string line => NewLine().Replace(Control().Replace(line.Trim(), ""), FurtherLine),
        MailWords words => new MailWords((string)Clean(words.Zh)!, (string)Clean(words.En)!),
        IReadOnlyDictionary<string, object?> map => map.ToDictionary(pair => pair.Key, pair => Clean(pair.Value)),
        IEnumerable<object?> list => list.Select(Clean).ToList(),
        _ => value,
    };

    /// <summary>How to answer by a reply; the HTML part says it in its foot.</summary>
    private static string Replying(Dictionary<string, object?> values) =>
        values.GetValueOrDefault(ReplyZh) is not { } zh ? "" : $"""

            也可以直接回复本邮件：第一行只写{zh}中的一个，下面写理由或意见。
            You may also reply to this mail: write one of {values[ReplyEn]} alone on the first line, reasons below it.

            """.ReplaceLineEndings("\n");

    private static string Tidy(string body) =>
        EmptyLines().Replace(TrailingBlanks().Replace(body, "\n"), "\n\n").Trim() + "\n";

    [GeneratedRegex(@"[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069-[\n\t]]")]
    private static partial Regex Control();

    [GeneratedRegex(@"\n\s*")]
    private static partial Regex NewLine();

    [GeneratedRegex(@"[ \t]+\n")]
    private static partial Regex TrailingBlanks();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex EmptyLines();
}
