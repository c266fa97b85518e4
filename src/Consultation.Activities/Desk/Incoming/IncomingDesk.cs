using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Mail;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Incoming;
using Consultation.Mail.Outgoing;

namespace Consultation.Activities.Desk.Incoming;

/// <summary>
/// What happens with a mail that was read. First it is kept, with what follows from it, in one transaction; one that
/// decides is then sent to the waiting step, which marks it in the transaction that counts the answer. So a process may
/// die anywhere between: the next one finds the mail where it was left.
/// </summary>
internal sealed partial class IncomingDesk(
    IIncomingStore mails, ActionLinkRegister links, ICaseStore cases, ITaskAnswers answers, IncomingLetters letters,
    FailureNotice failures, MailOptions options, TimeProvider clock) : IIncomingDesk
{
    private const int LongestDetail = 500, Attempts = 3;

    /// <summary>A mail that waits for its step longer than this was left behind by a process that died.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromMinutes(1);

    public async Task TakeAsync(ReadMail mail, CancellationToken cancellationToken)
    {
        if (await mails.FindAsync(mail.Key, cancellationToken) is { } known)
        {
            if (known.State == IncomingState.Taken) await DecideAsync(known, cancellationToken);
            return;
        }

        // Without an organisation there is nobody whose mail it could be.
        if (await MatchAsync(mail, cancellationToken) is not { } match) return;
        var (row, effects) = mail switch
        {
            { Report: { } report } => await ReportAsync(mail, report, match, cancellationToken),
            { Kind: IncomingKind.Calendar, Closed: null } => await CalendarAsync(mail, match, cancellationToken),
            _ => await ReplyAsync(mail, match, cancellationToken),
        };
        if (await mails.AddAsync(row, effects, cancellationToken) && row.State == IncomingState.Taken)
        {
            await DecideAsync(row, cancellationToken);
        }
    }

    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        foreach (var row in await mails.UnsettledAsync(clock.GetUtcNow() - LeftBehind, cancellationToken))
        {
            await DecideAsync(row, cancellationToken);
        }
    }

    /// <summary>What a mail belongs to, by its token, by the mail it answers, and by its sender.</summary>
    private async Task<Match?> MatchAsync(ReadMail mail, CancellationToken cancellationToken)
    {
        var link = mail.Tokens is [var token] ? await links.FindReplyAsync(token, cancellationToken) : null;
        var sent = await mails.FindSentAsync(mail.Report?.MessageIds ?? mail.Answers, cancellationToken);
        var people = await mails.FindPeopleAsync(mail.FromAddress, cancellationToken);
        var known = people is [var first, ..] ? first.OrganisationId : (Guid?)null;
        var owner = link?.Link.OrganisationId ?? sent?.OrganisationId ?? known
            ?? await mails.FindHomeAsync(cancellationToken);
        if (owner is not { } id || await cases.FindDirectoryAsync(new(id), cancellationToken) is not { } directory)
        {
            return null;
        }

        var match = new Match(new(id), directory, link, sent,
            SenderId: people.FirstOrDefault(one => one.OrganisationId == id) is { } person
                ? new PersonId(person.PersonId) : null);
        return (link?.Link.TaskId ?? sent?.TaskId) is { } task
            ? await OfTaskAsync(match, new(task), cancellationToken)
            : sent?.CaseId is { } file
                ? match with { File = await cases.FindCaseAsync(new(id), new(file), cancellationToken) }
                : match;
    }

    private async Task<Match> OfTaskAsync(Match match, TaskId id, CancellationToken cancellationToken)
    {
        if (await cases.FindTaskAsync(match.Organisation, id, cancellationToken) is not { } task) return match;
        return match with
        {
            Task = task,
            Directory = match.Directory.With(task),
            File = await cases.FindCaseAsync(match.Organisation, task.CaseId, cancellationToken),
        };
    }

    private async Task<(IncomingMail, IncomingEffects)> ReplyAsync(
        ReadMail mail, Match match, CancellationToken cancellationToken)
    {
        var (why, word) = ReplyJudge.Of(mail, match, clock.GetUtcNow());
        if (why is null && await mails.HasLaterAsync(
            match.Task!.Id.Value, match.Addressee!.Id.Value, mail.SentAt!.Value, cancellationToken))
        {
            why = IncomingReason.Replayed;
        }

        if (why is not { } reason) return (Row(mail, match, IncomingState.Taken, word: word), IncomingEffects.None);
        var state = ReplyJudge.NeedsNobody(reason, match) ? IncomingState.Noted : IncomingState.Waiting;
        var row = Row(mail, match, state, reason, word);
        return (row, state == IncomingState.Waiting ? Telling(row, match, reason, "") : IncomingEffects.None);
    }

    /// <summary>A mail server's report on a mail of ours (mail rule 10).</summary>
    private async Task<(IncomingMail, IncomingEffects)> ReportAsync(
        ReadMail mail, DeliveryReport report, Match match, CancellationToken cancellationToken)
    {
        if (match.Sent is not { } sent)
        {
            return (Row(mail, match, IncomingState.Noted, IncomingReason.NotOurs), IncomingEffects.None);
        }

        var words = MailAddressRule.OneLine(report.Words, LongestDetail);
        if (mail.Kind != IncomingKind.Bounce)
        {
            var effects = mail.Kind == IncomingKind.Delay
                ? new IncomingEffects { Delayed = (sent.Id, DeliveryNotes.Delayed(words)) } : IncomingEffects.None;
            return (Row(mail, match, IncomingState.Noted, detail: words), effects);
        }

        var now = clock.GetUtcNow();
        var others = await mails.CountBouncesAsync(
            match.Organisation.Value, sent.RecipientAddress.ToLowerInvariant(), sent.Id, cancellationToken);
        var isFirst = sent.State == MailState.Sent;
        var notices = !isFirst ? [] : others == 0
            ? new[] { failures.About(sent, words, now) }.OfType<OutgoingMail>().ToList()
            : letters.AskForAnotherWay(sent, match.Directory, now);
        return (
            Row(mail, match, IncomingState.Waiting,
                others == 0 ? IncomingReason.Undelivered : IncomingReason.DeadAddress, detail: words),
            new IncomingEffects { Failed = (sent.Id, words), Notices = notices });
    }

    /// <summary>Sends the answer of a kept mail to the step that waits for it; the step marks the mail.</summary>
    private async Task DecideAsync(IncomingMail row, CancellationToken cancellationToken)
    {
        // A task that somebody else changed at the same time is looked at again, as it is now.
        for (var attempt = 1; !await TryDecideAsync(row, attempt == Attempts, cancellationToken); attempt++)
        {
        }
    }

    /// <summary>False when it is worth another try.</summary>
    private async Task<bool> TryDecideAsync(IncomingMail row, bool isLast, CancellationToken cancellationToken)
    {
        var organisation = new OrganisationId(row.OrganisationId);
        var directory = await cases.FindDirectoryAsync(organisation, cancellationToken);
        if (directory is null) return true;
        var match = new Match(organisation, directory);
        if (row.TaskId is { } task) match = await OfTaskAsync(match, new(task), cancellationToken);
        if (row.LinkId is { } link)
        {
            match = match with { Link = await mails.FindLinkAsync(link, cancellationToken) };
        }

        (IncomingReason Why, string Detail)? refusal = (IncomingReason.Overtaken, "");
        if (match is { File: { Restricted: true } })
        {
            refusal = (IncomingReason.Restricted, "");
        }
        else if (match.Task is { } asked
            && ReplyRule.Judge(asked, row.Word!.Value, row.Remark) is ReplyJudgement.Answers given)
        {
            var result = await answers.AnswerAsync(AnswerOf(row, match, asked, given), cancellationToken);
            if (result is AnswerResult.Overtaken && !isLast) return false;
            refusal = Refusal(result);
        }

        if (refusal is not var (why, detail)) return true;
        await mails.SettleAsync(row, why, detail, Telling(row, match, why, detail), cancellationToken);
        return true;
    }

    private static TaskAnswer AnswerOf(IncomingMail row, Match match, WorkTask task, ReplyJudgement.Answers given) =>
        new()
        {
            OrganisationId = match.Organisation,
            TaskId = task.Id,
            ActorId = new(row.PersonId!.Value),
            Outcome = given.Outcome,
            Reason = given.Reason,
            Fields = given.Fields,
            // A link goes along with its task; what the person read is what the task asks as long as the link stands.
            Revision = match.Link?.Link.TaskRevision ?? task.Revision,
            OperationId = $"mail-{row.Id.Value:N}",
            Channel = AnswerChannel.Mail,
            LinkId = row.LinkId,
            MailId = row.Id.Value,
        };

    private static (IncomingReason Why, string Detail)? Refusal(AnswerResult result) => result switch
    {
        AnswerResult.Accepted => null,
        AnswerResult.AlreadyDecided { ByName: { } name } => (IncomingReason.Overtaken, name),
        AnswerResult.Overtaken or AnswerResult.AlreadyDecided or AnswerResult.Unknown => (IncomingReason.Overtaken, ""),
        AnswerResult.NotEntitled { Why: { } why } => (IncomingReason.Refused, Both(why)),
        AnswerResult.Invalid { Errors: [var first, ..] } => (IncomingReason.Refused, Both(first.Message)),
        AnswerResult.Failed failed => (IncomingReason.Refused, failed.IncidentId),
        _ => (IncomingReason.Refused, ""),
    };

    private static string Both(LocalText text) => $"{text.Zh} / {text.For("en")}";

    private IncomingEffects Telling(IncomingMail row, Match match, IncomingReason why, string detail)
    {
        var now = clock.GetUtcNow();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        return new()
        {
            Answer = letters.Answer(
                row, match.Known(row.FromAddress), why, detail, match.Task, match.File, match.Directory, now),
            AnswerDay = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime),
        };
    }

    private IncomingMail Row(
        ReadMail mail, Match match, IncomingState state, IncomingReason reason = IncomingReason.None,
        ReplyWord? word = null, string detail = "", string? remark = null)
    {
        var isReport = mail.Report is not null;
        return new()
        {
            OrganisationId = match.Organisation.Value,
            Id = IncomingMailId.New(clock.GetUtcNow()),
            Key = mail.Key,
            MessageId = PlainText.Clean(mail.MessageId),
            Kind = mail.Kind,
            ReceivedAt = clock.GetUtcNow(),
            SentAt = mail.SentAt,
            FromAddress = mail.FromAddress,
            FromName = PlainText.Clean(mail.FromName),
            Subject = PlainText.Clean(mail.Subject),
            Text = PlainText.Clean(WithFiles(mail)),
            State = state,
            Reason = reason,
            Detail = PlainText.Clean(detail),
            IsAuthenticated = mail.IsAuthenticated,
            CaseId = match.File?.Id.Value ?? match.Sent?.CaseId,
            CaseNumber = match.File?.Number ?? match.Sent?.CaseNumber,
            TaskId = match.Task?.Id.Value,
            PersonId = isReport ? match.Sent?.PersonId : match.Known(mail.FromAddress)?.Id.Value,
            LinkId = match.Link?.Link.Id,
            AboutMailId = match.Sent?.Id.Value,
            FailedAddress = isReport ? match.Sent?.RecipientAddress.ToLowerInvariant() ?? mail.Report!.Address : null,
            Word = word,
            Remark = state == IncomingState.Taken ? remark ?? ReplyJudge.RemarkOf(mail) : "",
        };
    }

    private static string WithFiles(ReadMail mail) => mail.Files.Count == 0
        ? mail.Text : $"{mail.Text}\n\n[{string.Join("; ", mail.Files)}]";
}
