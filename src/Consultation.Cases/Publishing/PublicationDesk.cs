using Consultation.Cases.Forms;
using Consultation.Cases.Rules;

namespace Consultation.Cases.Publishing;

/// <summary>
/// What the desk does with publications besides the gate in the workflow: publish or correct at any time, agree as the
/// second person, withdraw, sum up an online consultation. Each answers what to mend; nothing when it was done.
/// </summary>
public sealed class PublicationDesk(ICaseStore cases, TimeProvider clock)
{
    private static readonly FieldError Gone = new("", new("没有这项公开内容。", "There is no such publication."));

    /// <summary>
    /// What the form begins with, the originals beside it, and why nothing can be published now; writes nothing.
    /// </summary>
    public async Task<(IReadOnlyDictionary<string, string> Values, LocalText? Why)> DraftAsync(
        OrganisationId organisation, CaseId caseId, PublicationKind kind, CancellationToken cancellationToken)
    {
        Dictionary<string, string> values = [];
        LocalText? why = null;
        // An edit that answers with an error writes nothing: the file is only read.
        await cases.EditAsync(organisation, caseId, OrderedGuid.New().ToString("N"), file =>
        {
            why = PublicationRules.WhyNot(file, kind);
            values = why is null ? PublicationDraft.Of(file, kind, clock.GetUtcNow()) : [];
            return new([Gone], []);
        }, cancellationToken);
        return (values, why);
    }

    /// <summary>
    /// Publishes what was entered, or keeps it for a second person where the organisation wants one (rule).
    /// </summary>
    public Task<IReadOnlyList<FieldError>> PublishAsync(
        OrganisationId organisation, CaseId caseId, PublicationKind kind, IReadOnlyDictionary<string, string> fields,
        PersonId by, string operationId, CancellationToken cancellationToken) =>
        EditAsync(organisation, caseId, operationId, (file, now) =>
        {
            var form = FormCatalogue.Find(PublicationRules.FormOf(kind))!;
            // What is not asked is not kept either: the last day of a consultation that there is none of would hold up
            // the second person when it is over.
            var asked = form.Asked(fields);
            var errors = form.Validate(fields, file.Directory, file.Calendar.DayOf(now))
                .Concat(PublicationRules.Check(file, kind, asked, now)).ToList();
            if (errors.Count > 0) return errors;
            if (!file.Policies.Rules.IsYes(RuleKeys.SecondForPublishing))
            {
                PublicationRules.Publish(file, kind, asked, by, null, now);
                return [];
            }

            PublicationRules.Propose(file, kind, asked, by, now);
            return [];
        }, cancellationToken);

    /// <summary>The second person agrees, or sends it back.</summary>
    public Task<IReadOnlyList<FieldError>> SecondAsync(
        OrganisationId organisation, CaseId caseId, PublicationId publication, bool agrees, PersonId by,
        string operationId, CancellationToken cancellationToken) =>
        EditAsync(organisation, caseId, operationId, (file, now) =>
        {
            if (file.Publications.Find(one => one.Id == publication) is not { Pending: { } pending } found)
            {
                return [new("", new("没有等待审核的内容。", "Nothing waits for a second person."))];
            }

            if (pending.By == by.Value)
            {
                return [new("", new("起草人不能审核自己的内容。", "Whoever wrote it cannot be the second person."))];
            }

            if (!agrees)
            {
                found.Pending = null;
                found.Touch(now);
                return [];
            }

            if (PublicationRules.Check(file, found.Kind, pending.Fields, now) is { Count: > 0 } errors) return errors;
            PublicationRules.Publish(file, found.Kind, pending.Fields, new PersonId(pending.By), by, now);
            return [];
        }, cancellationToken);

    /// <summary>Takes a publication off the public pages.</summary>
    public Task<IReadOnlyList<FieldError>> WithdrawAsync(
        OrganisationId organisation, CaseId caseId, PublicationId publication, string reason, PersonId by,
        string operationId, CancellationToken cancellationToken)
    {
        reason = TypedText.Prose(reason);
        return EditAsync(organisation, caseId, operationId, (file, now) =>
        {
            if (file.Publications.Find(one => one.Id == publication) is not { } found) return [Gone];
            if (reason.Length is 0 or > PublicationRules.LongestReason)
            {
                return [new("reason", new(
                    $"请写明撤下的理由，不超过{PublicationRules.LongestReason}字。",
                    $"Say why it is withdrawn, in at most {PublicationRules.LongestReason} characters."))];
            }

            PublicationRules.Withdraw(file, found, by, reason, now);
            return [];
        }, cancellationToken);
    }

    /// <summary>
    /// Ends an online consultation with a summary for everybody, and files the digest in the case (Q55 Q56).
    /// </summary>
    public Task<IReadOnlyList<FieldError>> SummariseAsync(
        OrganisationId organisation, CaseId caseId, PublicationId publication, string summary, OpinionDigest digest,
        PersonId by, string operationId, CancellationToken cancellationToken)
    {
        summary = TypedText.Prose(summary);
        return EditAsync(organisation, caseId, operationId, (file, now) =>
        {
            if (file.Publications.Find(one => one.Id == publication) is not { Question: { } question } found
                || PublicationRules.WhyNot(file, PublicationKind.Topic) is not null)
            {
                return [Gone];
            }

            if (summary.Length is < 10 or > 4000)
            {
                return [new("summary", new("小结请写 10 至 4000 字。", "Write a summary of 10 to 4000 characters."))];
            }

            if (PersonalWords.Find(summary, PublicationRules.NamesOf(file)) is { } personal)
            {
                return [new("summary", new(
                    $"“{personal}”可能是个人信息，请改写后再公开。", $"“{personal}” looks personal; reword it first."))];
            }

            (found.Summary, found.SummarisedAt) = (summary, now);
            found.Touch(now);
            file.Add(digest.Record(file, question, summary, by, now));
            PublicationRules.Note(file, found, PublicationAct.Summarised, by, null, null, now);
            return [];
        }, cancellationToken);
    }

    private async Task<IReadOnlyList<FieldError>> EditAsync(
        OrganisationId organisation, CaseId caseId, string operationId,
        Func<CaseFile, DateTimeOffset, IReadOnlyList<FieldError>> edit, CancellationToken cancellationToken) =>
        (await cases.EditAsync(
            organisation, caseId, operationId, file => new(edit(file, clock.GetUtcNow()), []),
            cancellationToken)).Errors;
}

/// <summary>What an online consultation came to.</summary>
/// <param name="Shown">Opinions shown, those with most voices first: text and how many stand behind it.</param>
/// <param name="ShownCount">How many were shown.</param>
/// <param name="Folded">How many said the same as others.</param>
/// <param name="Refused">How many were not shown.</param>
/// <param name="Agreements">Agreements altogether.</param>
public sealed record OpinionDigest(
    IReadOnlyList<(string Text, int Voices)> Shown, int ShownCount, int Folded, int Refused, int Agreements)
{
    internal CaseRecord Record(CaseFile file, string question, string summary, PersonId by, DateTimeOffset now) => new()
    {
        OrganisationId = file.Case.OrganisationId,
        Id = OrderedGuid.New(now),
        CaseId = file.Case.Id,
        Kind = FormKeys.OnlineConsultation,
        Title = FormCatalogue.Find(FormKeys.OnlineConsultation)!.Title,
        Fields = new()
        {
            ["question"] = question,
            ["shown"] = $"{ShownCount}",
            ["folded"] = $"{Folded}",
            ["refused"] = $"{Refused}",
            ["agreements"] = $"{Agreements}",
            ["opinions"] = string.Join("\n\n", Shown.Select(one => $"（{one.Voices}）{one.Text}")),
            ["summary"] = summary,
        },
        ById = by,
        At = now,
    };
}
