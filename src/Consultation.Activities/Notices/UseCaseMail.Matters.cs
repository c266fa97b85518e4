using Consultation.Cases;
using Consultation.Cases.Attachments;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Notices;

/// <content>What proposers hear of the turns that their matter takes before any workflow has it.</content>
internal sealed partial class UseCaseMail
{
    public IReadOnlyList<object> Turned(
        Matter matter, MatterNews news, OrganisationSnapshot organisation, DateTimeOffset now)
    {
        var hall = organisation.Directory.Organisation;
        var unit = organisation.Directory.Find(news.UnitId)?.Name ?? LocalText.Empty;
        var keeper = organisation.Directory.Find(matter.PlatformId)?.Name ?? hall.Name;
        var (subject, message) = Words(matter, news, unit, keeper);
        // The key itself is put in when the mail is sent: the stored row never shows it.
        var link = news.Secret is null
            ? composer.FollowAddress(hall.Slug, matter.Number)
            : $"{composer.ReplyAddress(hall.Slug, matter.Number)}&k={MailPlaceholder.Secret}";
        return ToProposer(matter, hall, $"turn {news.Id:N}", subject, message, link, now, news.Secret);
    }

    public IEnumerable<object> FileRefused(RefusedFile refused, OrganisationSnapshot organisation, DateTimeOffset now)
    {
        var (file, directory) = (refused.File, organisation.Directory);
        var by = directory.Find(file.ById);
        if (file.Door == AttachmentDoor.Public && refused.Matter is { } matter)
        {
            foreach (var mail in ToProposer(
                matter, directory.Organisation, $"refused {file.Id.Value:N}",
                new($"您提交的材料没有通过检查（{matter.Number}）", $"A file of your matter {matter.Number} did not pass"),
                Said(refused), composer.FollowAddress(directory.Organisation.Slug, matter.Number), now))
            {
                yield return mail;
            }
        }

        var organisers = directory.Find(refused.Meeting?.OrganiserId) is { } one
            ? [one]
            : directory.Holders(Role.Secretary, null, now);
        foreach (var person in Reached(organisers.Concat(by is null ? [] : [by]).DistinctBy(person => person.Id)))
        {
            foreach (var mail in composer.ComposeAll(
                Told(
                    person, directory.Organisation, file.Id.Value,
                    new("一份材料没有通过检查，已删除", "A file did not pass its check and was deleted"), Said(refused)),
                now))
            {
                yield return mail;
            }
        }
    }

    private static MailWords Said(RefusedFile refused)
    {
        var (file, why) = (refused.File, refused.File.Trouble ?? LocalText.Empty);
        var (zh, en) = refused.Restricted ? ("一份材料", "A file") : ($"材料“{file.Name}”", $"The file “{file.Name}”");
        if (refused.Matter is { } matter) (zh, en) = ($"事项 {matter.Number} 的{zh}", $"{en} of matter {matter.Number}");
        return new($"{zh}没有通过检查：{why.Zh}", $"{en} did not pass its check: {why.For("en")}");
    }

    /// <summary>A notice to who raised a matter; empty when nobody can be written to.</summary>
    private IReadOnlyList<OutgoingMail> ToProposer(
        Matter matter, Organisation hall, string occasion, MailWords subject, MailWords message, string link,
        DateTimeOffset now, string? secret = null) =>
        composer.TellProposer(
            new MailDraft
            {
                OrganisationId = matter.OrganisationId.Value,
                Template = MailTemplateCatalogue.Notice,
                Recipient = Recipients.Of(matter),
                CaseId = matter.CaseId?.Value,
                Concerning = matter.Id.Value,
                Ordinal = CaseMail.OrdinalOf(occasion),
                Secret = secret,
                Values = new Dictionary<string, object?>
                {
                    ["org"] = hall.Name.InBoth(),
                    ["subject"] = subject,
                    ["message"] = message,
                    ["follow_link"] = link,
                },
            },
            composer.FollowAddress(hall.Slug, matter.Number), now);

    private static (MailWords Subject, MailWords Message) Words(
        Matter matter, MatterNews news, LocalText unit, LocalText keeper)
    {
        var (zh, en) = ($"您反映的“{matter.Title}”（{matter.Number}）", $"Your matter “{matter.Title}” ({matter.Number})");
        return news.Kind switch
        {
            MatterTurnKind.Declined => (
                new($"您反映的事项 {matter.Number} 未予受理", $"Your matter {matter.Number} was not taken in"),
                new($"{zh}经核实未予受理。理由：{news.Words}\n如有新的情况，可以联系我们重新受理。",
                    $"{en} was not taken in. Reason: {news.Words}\nIf there is something new, contact us to have it "
                        + "taken up again.")),
            MatterTurnKind.PassedOn => (
                new($"您反映的事项 {matter.Number} 已转交", $"Your matter {matter.Number} was passed on"),
                new($"{zh}已转交{unit.Zh}办理。您的编号和查询方式不变。",
                    $"{en} was passed on to {unit.For("en")}. Your number stays valid.")),
            MatterTurnKind.TakenOver => (
                new($"您反映的事项 {matter.Number} 已由{unit.Zh}接收",
                    $"Your matter {matter.Number} was taken over by {unit.For("en")}"),
                new($"{zh}已由{unit.Zh}接收，由其办理。您的编号和查询方式不变。",
                    $"{en} was taken over by {unit.For("en")}, which deals with it now. Your number stays valid.")),
            // Why one hall gave it back to the other is their affair; the proposer needs to know who has it.
            MatterTurnKind.SentBack => (
                new($"您反映的事项 {matter.Number} 由{keeper.Zh}继续办理",
                    $"Your matter {matter.Number} stays with {keeper.For("en")}"),
                new($"{zh}没有由{unit.Zh}接收，由{keeper.Zh}继续办理。您的编号和查询方式不变。",
                    $"{en} was not taken over by {unit.For("en")}; {keeper.For("en")} goes on with it. Your number "
                        + "stays valid.")),
            MatterTurnKind.Asked => (
                new($"您反映的事项 {matter.Number} 请您补充", $"A question about your matter {matter.Number}"),
                new($"为了办好{zh}，请您补充：{news.Words}\n打开下面的链接就能填写，也可以凭编号和查询码填写，或打电话告诉我们。",
                    $"To deal with it well we need to know of “{matter.Title}” ({matter.Number}): {news.Words}\n"
                        + "Open the link below to answer, or use your number and code, or ring us up.")),
            MatterTurnKind.Answered => (
                new($"您反映的事项 {matter.Number} 的答复", $"The answer to your matter {matter.Number}"),
                new($"{zh}答复如下：\n{news.Words}", $"{en} is answered as follows:\n{news.Words}")),
            MatterTurnKind.Unmerged => (
                new($"您反映的事项 {matter.Number} 单独办理", $"Your matter {matter.Number} goes on by itself"),
                new($"{zh}不再与其他事项合并，改为单独办理。原因：{news.Words}",
                    $"{en} goes on by itself, no longer together with others. Reason: {news.Words}")),
            MatterTurnKind.Reopened => (
                new($"您反映的事项 {matter.Number} 重新受理", $"Your matter {matter.Number} is taken up again"),
                new($"{zh}已重新受理。原因：{news.Words}", $"{en} is taken up again. Reason: {news.Words}")),
            MatterTurnKind.Routed => (
                new($"您反映的事项 {matter.Number} 已交{unit.Zh}办理",
                    $"Your matter {matter.Number} went to {unit.For("en")}"),
                new($"{zh}已交由{unit.Zh}办理并答复，答复后会请您评价。",
                    $"{en} went to {unit.For("en")}, which will answer it; you will be asked what you think of that.")),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
