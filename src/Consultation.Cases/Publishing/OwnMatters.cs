using Consultation.Cases.Attachments;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Topics;

namespace Consultation.Cases.Publishing;

/// <summary>
/// What proposers do with their own matter by number and code (Q13, O23): correct it, withdraw it, have their contact
/// data deleted. Each in one transaction, with a line of history.
/// </summary>
public sealed class OwnMatters(IIntakeStore store, TimeProvider clock)
{
    private static readonly FieldError Unknown = new("", new("编号或查询码不对。", "Number or code is wrong."));

    /// <summary>Why the proposer cannot correct or withdraw any more; null while it is possible.</summary>
    public static LocalText? WhyFixed(MatterState state, CaseState? caseState, bool restricted, bool topicConfirmed) =>
        (state, caseState) switch
        {
            _ when restricted => new("这件事项不能自行更正或撤回，请联系受理单位。",
                "This matter cannot be changed here; please ask the office."),
            (MatterState.Withdrawn, _) => new("您已撤回这件事项。", "You withdrew this matter."),
            (MatterState.Pooled, _) => null,
            (MatterState.InCase, CaseState.Open) when !topicConfirmed => null,
            (MatterState.InCase, CaseState.Open) => new("议题已经确定，不能再更正或撤回；有补充请联系受理单位。",
                "The topic is confirmed, so the matter cannot be changed any more; tell the office what to add."),
            (MatterState.Merged, _) => new("这件事项已与同类事项合并，不能再更正或撤回。",
                "The matter goes on together with others and cannot be changed any more."),
            _ => new("这件事项已经办结或不再办理，不能更正或撤回。", "The matter is over and cannot be changed."),
        };

    /// <summary>Corrects title, text and place. Answers what to mend.</summary>
    public Task<IReadOnlyList<FieldError>> CorrectAsync(
        OrganisationId organisation, string number, string code, string title, string text, string? place,
        CancellationToken cancellationToken)
    {
        (title, text, place) = (TypedText.Line(title), TypedText.Prose(text), TypedText.Line(place));
        var errors = new List<FieldError?>
        {
            ContactRules.Length("title", new("标题", "Title"), title, 2, MatterRules.LongestTitle),
            ContactRules.Length("text", new("内容", "Text"), text, 5, MatterRules.LongestText),
            ContactRules.Length("place", new("地点", "Place"), place, 0, MatterRules.LongestPlace),
        }.OfType<FieldError>().ToList();
        return errors.Count > 0 ? Task.FromResult<IReadOnlyList<FieldError>>(errors) : RunAsync(
            organisation, number, code, fixes: true, (session, matter, now) =>
            {
                session.Add(Line(matter, now, HistoryVerbs.MatterCorrected, new(
                    $"提出人更正了事项 {matter.Number}。原标题“{matter.Title}”，原内容：{matter.Text}",
                    $"The proposer corrected {matter.Number}. Before: “{matter.Title}”. {matter.Text}")));
                (matter.Title, matter.Text, matter.Place) = (title, text, place is { Length: > 0 } ? place : null);
                return Task.CompletedTask;
            }, cancellationToken);
    }

    /// <summary>
    /// Takes the own matter back, with the files that were handed in with it. Answers what to mend.
    /// </summary>
    public Task<IReadOnlyList<FieldError>> WithdrawAsync(
        OrganisationId organisation, string number, string code, CancellationToken cancellationToken) => RunAsync(
            organisation, number, code, fixes: true, async (session, matter, now) =>
            {
                matter.State = MatterState.Withdrawn;
                session.Add(Line(matter, now, HistoryVerbs.MatterTakenBack, new(
                    $"提出人撤回了事项 {matter.Number}。", $"The proposer withdrew {matter.Number}.")));
                await RemoveFilesAsync(session, matter, now, cancellationToken);
            }, cancellationToken);

    /// <summary>
    /// Deletes name, phone and mail address for good, and the files that were handed in with the matter where
    /// <paramref name="files"/> says so; the matter goes on and can still be followed. Answers what to mend.
    /// </summary>
    public Task<IReadOnlyList<FieldError>> ForgetAsync(
        OrganisationId organisation, string number, string code, bool files, CancellationToken cancellationToken) =>
        RunAsync(
            organisation, number, code, fixes: false, async (session, matter, now) =>
            {
                (matter.ProposerName, matter.ProposerPhone, matter.ProposerEmail) = (null, null, null);
                session.Add(Line(matter, now, HistoryVerbs.MatterForgotten, new(
                    $"应提出人要求删除了事项 {matter.Number} 的联系方式。",
                    $"Contact data of {matter.Number} were deleted as the proposer asked.")));
                if (files) await RemoveFilesAsync(session, matter, now, cancellationToken);
            }, cancellationToken);

    /// <summary>
    /// What came through the public form; what the office added stays. Whoever keeps the bytes lets them go soon after.
    /// </summary>
    private static async Task RemoveFilesAsync(
        IIntakeSession session, Matter matter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = matter.Id;
        foreach (var file in await session.RowsAsync<Attachment>(
            one => one.MatterId == id && one.Door == AttachmentDoor.Public
                && (one.State == AttachmentState.Checking || one.State == AttachmentState.Kept), cancellationToken))
        {
            session.Add(file.Remove(null, "提出人要求删除", now, matter.CaseId));
        }
    }

    private async Task<IReadOnlyList<FieldError>> RunAsync(
        OrganisationId organisation, string number, string code, bool fixes,
        Func<IIntakeSession, Matter, DateTimeOffset, Task> change, CancellationToken cancellationToken)
    {
        var done = await store.RunAsync<bool>(organisation, null, async session =>
        {
            if (await session.RowsAsync<Matter>(one => one.Number == number, cancellationToken) is not [var matter]
                || !MatterRules.Opens(matter, code))
            {
                return new Intake<bool>.Refused([Unknown]);
            }

            var (file, confirmed) = (default(Case), false);
            if (matter.CaseId is { } id)
            {
                file = await session.RowsAsync<Case>(one => one.Id == id, cancellationToken) is [var found, ..]
                    ? found : null;
                confirmed = (await session.RowsAsync<Topic>(one => one.CaseId == id, cancellationToken))
                    .Any(one => one.State == TopicState.Confirmed);
            }

            if (fixes && WhyFixed(matter.State, file?.State, file?.Restricted == true, confirmed) is { } why)
            {
                return new Intake<bool>.Refused([new("", why)]);
            }

            session.Guard(matter);
            await change(session, matter, clock.GetUtcNow());
            return new Intake<bool>.Done(true);
        }, cancellationToken);
        return done is Intake<bool>.Refused(var errors) ? errors : done is null ? [Unknown] : [];
    }

    private static HistoryEntry Line(Matter matter, DateTimeOffset now, string verb, LocalText text) => new()
    {
        OrganisationId = matter.OrganisationId,
        Id = OrderedGuid.New(now),
        CaseId = matter.CaseId,
        At = now,
        Verb = verb,
        Text = text,
        Rows = ["Q13", "P17"],
    };
}
