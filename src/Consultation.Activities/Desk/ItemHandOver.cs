using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Mail.Templates;
using Consultation.Runtime;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;

namespace Consultation.Activities.Desk;

/// <summary>
/// Puts tracked items into other hands: the item and the mails in one transaction, then the open tasks, which their
/// waiting steps pass on.
/// </summary>
internal sealed class ItemHandOver(StimulusSender sender, ICaseStore store, StepTools tools, TimeProvider clock)
    : IItemHandOver
{
    public async Task<HandOverResult> HandOverAsync(HandOver request, CancellationToken cancellationToken)
    {
        if (await store.FindCaseOfAsync(request.OrganisationId, request.ItemId, cancellationToken) is not { } caseId)
        {
            return new HandOverResult.Refused([new("", new("没有这个督办事项。", "There is no such tracked item."))]);
        }

        var done = await store.EditAsync(
            request.OrganisationId, caseId, request.OperationId, file =>
                Edit(file, request, tools, clock.GetUtcNow()), cancellationToken);
        if (done.Errors.Count > 0) return new HandOverResult.Refused(done.Errors);

        // The inbox would tell the waiting steps a moment later; whoever presses the button sees the tasks with the new
        // people now.
        foreach (var message in done.Messages)
        {
            await sender.SendAsync(
                new StimulusMessage.Resume(new InstanceId(message.InstanceId), message.BookmarkId,
                    message.Payload)
                { OperationId = message.OperationId },
                cancellationToken);
        }

        return new HandOverResult.Done();
    }

    /// <summary>The change itself, with what it tells people and what the open tasks are told.</summary>
    public static FileEdit Edit(CaseFile file, HandOver request, StepTools tools, DateTimeOffset now)
    {
        var item = file.Items.Find(one => one.Id == request.ItemId)!;
        var before = ItemHands.Of(item);
        if (before.Mark != request.Seen)
        {
            return new([new FieldError("", new(
                "刚才已有人更换过负责人。您填写的内容没有保存，请核对最新情况后再保存。",
                "Somebody changed who answers for this a moment ago. Your entries were not stored; look at the "
                    + "present state and save again."))], []);
        }

        if (request.Hands.Check(item, request.Reason, file.Directory, now) is { Count: > 0 } errors)
        {
            return new(errors, []);
        }
        var concerned = before.People(file.Directory, now).Concat(request.Hands.People(file.Directory, now))
            .DistinctBy(person => person.Id).ToList();
        var leaving = before.Leaving(request.Hands, file.Directory, now);
        var asked = AskedAnew(file, item, before, request.Hands, leaving, now);
        var changes = request.Hands.Apply(item, file.Directory);
        var reason = request.Reason.Trim();
        file.Add(new HistoryEntry
        {
            OrganisationId = request.OrganisationId,
            Id = OrderedGuid.New(now),
            CaseId = file.Case.Id,
            TrackedItemId = item.Id,
            At = now,
            ActorId = request.ActorId,
            Verb = HistoryVerbs.ItemHandedOver,
            Text = new($"督办事项{item.Year}-{item.Number}：{changes.Zh}。原因：{reason}",
                $"Tracked item {item.Year}-{item.Number}: {changes.For("en")}. Reason: {reason}"),
            Rows = ["Q108", "Q110"],
        });
        TellAll(
            new CaseMail(tools, file, now), file, item,
            [.. concerned.Where(person => !asked.Contains(person.Id))], changes, reason, request);
        return new([], [.. file.Tasks.Where(task => task.TrackedItemId == item.Id)
            .Select(task => new StepMessage(
                task.InstanceId, task.BookmarkId, new TaskMessage.Reseat(request.ActorId, leaving).Write(),
                $"{request.OperationId}.{task.Id.Value:N}"))]);
    }

    /// <summary>
    /// To whom an open task goes with the change: its mail tells them, and a second one would be too many.
    /// </summary>
    private static HashSet<PersonId> AskedAnew(
        CaseFile file, TrackedItem item, ItemHands before, ItemHands after, IReadOnlyList<PersonId> leaving,
        DateTimeOffset now)
    {
        var owing = file.Tasks.Where(task => task.TrackedItemId == item.Id && task.State == TaskState.Open)
            .SelectMany(Gate.Owing).Select(seat => seat.PersonId).Where(leaving.Contains).ToHashSet();
        var asked = new HashSet<PersonId>();
        if (before.SupervisorId is { } old && owing.Contains(old) && after.SupervisorId is { } fresh) asked.Add(fresh);
        if (before.Undertakers(file.Directory, now).Any(person => owing.Contains(person.Id)))
        {
            asked.UnionWith(after.Undertakers(file.Directory, now).Select(person => person.Id).Except(owing));
        }

        return asked;
    }

    private static void TellAll(
        CaseMail mail, CaseFile file, TrackedItem item, IReadOnlyList<Person> people, LocalText changes, string reason,
        HandOver request)
    {
        var by = file.Directory.Find(request.ActorId)?.Name ?? "?";
        var values = new Dictionary<string, object?>
        {
            ["subject"] = new MailWords(
                $"督办事项{item.Year}-{item.Number}更换负责人", $"Tracked item {item.Year}-{item.Number} is in other hands"),
            ["message"] = new MailWords(
                $"协商建议：{item.Advice}\n变动：{changes.Zh}。\n原因：{reason}\n经办：{by}",
                $"Advice: {item.Advice}\nChanged: {changes.For("en")}.\nReason: {reason}\nBy: {by}"),
        };
        foreach (var person in people)
        {
            mail.Inform(person, MailTemplateCatalogue.Notice, values, CaseMail.OrdinalOf(request.OperationId), item);
        }
    }
}
