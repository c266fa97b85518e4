using Consultation.Activities.Desk;
using Consultation.Cases;
using Consultation.Cases.Documents;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Notices;

/// <summary>The mails of use cases that are no workflow steps.</summary>
/// <exception cref="MailTemplateException">The organisation's template is wrong.</exception>
internal sealed partial class UseCaseMail(MailComposer composer) : IUseCaseMail
{
    public LocalText? CheckAddress(string address) =>
        MailAddressRule.Check(address) is { } problem ? new(problem.Zh, problem.En) : null;

    public object? Receipt(Matter matter, string secret, OrganisationSnapshot organisation, DateTimeOffset now)
    {
        if (matter is not { Source: MatterSource.PublicForm or MatterSource.Desk, ProposerEmail: { } address })
        {
            return null;
        }

        var (hall, english) = (organisation.Directory.Organisation, matter.Language == "en");
        var secretaries = organisation.Directory.Holders(Role.Secretary, null);
        var received = TimeZoneInfo.ConvertTime(now, organisation.Calendar.Zone);
        return composer.Compose(
            new MailDraft
            {
                OrganisationId = matter.OrganisationId.Value,
                Template = MailTemplateCatalogue.MatterReceived,
                Recipient = new(address, matter.ProposerName ?? (english ? "Sir or Madam" : "提出人"), matter.Language),
                CaseId = matter.CaseId?.Value,
                Concerning = matter.Id.Value,
                Secret = secret,
                Values = new Dictionary<string, object?>
                {
                    ["org"] = new MailWords(hall.Name.Zh, hall.Name.For("en")),
                    ["contact"] = secretaries is [var first, ..] ? $"{first.Name} {first.Phone}".Trim() : "",
                    ["matter_number"] = matter.Number,
                    ["matter_title"] = matter.Title,
                    ["received_at"] = MailWords.Of(received.DateTime),
                    // The secret itself is put in when the mail is sent: the stored row never shows it in the words.
                    ["follow_link"] = $"{composer.FollowAddress(hall.Slug, matter.Number)}&s={MailPlaceholder.Secret}",
                },
                Organiser = Writable(secretaries).Select(Recipient).FirstOrDefault(),
            },
            now);
    }

    public object? Merged(Matter merged, Matter into, OrganisationSnapshot organisation, DateTimeOffset now)
    {
        if (merged.ProposerEmail is not { } address || MailAddressRule.Check(address) is not null) return null;
        var (hall, english) = (organisation.Directory.Organisation, merged.Language == "en");
        return composer.Compose(
            new MailDraft
            {
                OrganisationId = merged.OrganisationId.Value,
                Template = MailTemplateCatalogue.Notice,
                Recipient = new(address, merged.ProposerName ?? (english ? "Sir or Madam" : "提出人"), merged.Language),
                CaseId = merged.CaseId?.Value,
                Concerning = merged.Id.Value,
                Ordinal = CaseMail.OrdinalOf($"merged {merged.Id.Value:N} {into.Id.Value:N}"),
                Values = new Dictionary<string, object?>
                {
                    ["org"] = hall.Name.InBoth(),
                    ["subject"] = new MailWords(
                        $"您反映的事项 {merged.Number} 与同类事项合并办理",
                        $"Your matter {merged.Number} goes on together with another"),
                    ["message"] = new MailWords(
                        $"您反映的“{merged.Title}”（{merged.Number}）与 {into.Number} 反映的是同一问题，现合并办理。"
                            + "您的编号和查询方式不变，办理结果会同样告知您。",
                        $"“{merged.Title}” ({merged.Number}) is about the same as {into.Number}; both go on together. "
                            + "Your number stays valid, and you will hear the result."),
                    ["follow_link"] = composer.FollowAddress(hall.Slug, merged.Number),
                },
            },
            now);
    }

    public IEnumerable<object> Failed(CaseFile file, FailedStep failed, DateTimeOffset now)
    {
        var (directory, restricted) = (file.Directory, file.Case.Restricted);
        MailWords hidden = new("（限制查阅，请在工作台查看）", "(restricted; see the desk)");
        return Writable(directory.Holders(Role.Secretary, null).Concat(directory.Holders(Role.Administrator, null))
            .DistinctBy(person => person.Id)).Select(person => composer.Compose(
            new MailDraft
            {
                OrganisationId = file.Case.OrganisationId.Value,
                Template = MailTemplateCatalogue.Incident,
                Recipient = Recipient(person),
                CaseId = file.Case.Id.Value,
                Ordinal = CaseMail.OrdinalOf($"incident {failed.Id}"),
                Values = new Dictionary<string, object?>
                {
                    ["org"] = directory.Organisation.Name.InBoth(),
                    ["case_number"] = file.Case.Number ?? "",
                    ["case_title"] = restricted ? "" : file.Case.Title,
                    ["step"] = failed.Step,
                    ["error"] = restricted ? hidden : failed.Message,
                    ["incident"] = failed.Id,
                    ["happened_at"] = MailWords.Of(TimeZoneInfo.ConvertTime(now, file.Calendar.Zone).DateTime),
                },
            },
            now));
    }

    public StepMessage ActingFor(WorkTask task, PersonId principal, string occasion) => new(
        task.InstanceId, task.BookmarkId, new TaskMessage.Acting(principal, occasion).Write(),
        $"acting:{occasion}:{task.Id.Value:N}");

    public IEnumerable<object> Summary(
        OrganisationSnapshot organisation, IReadOnlyList<SummarisedTask> tasks, CaseDocument document,
        DateTimeOffset now)
    {
        var (directory, calendar) = (organisation.Directory, organisation.Calendar);
        var lines = tasks.Select(one => WeeklySummary.Line(one, directory, calendar, now)).ToList();
        return Writable(LeadingGroup(directory, now)).Select(leader => composer.Compose(
            new MailDraft
            {
                OrganisationId = directory.Organisation.Id.Value,
                Template = MailTemplateCatalogue.WeeklySummary,
                Recipient = Recipient(leader),
                Concerning = Guid.CreateVersion7(now),
                Values = new Dictionary<string, object?>
                {
                    ["org"] = directory.Organisation.Name.InBoth(),
                    ["date"] = MailWords.Of(calendar.DayOf(now)),
                    ["count"] = tasks.Count,
                    ["document_number"] = document.Number,
                    ["desk_link"] = composer.DeskAddress("/tracking/weeks"),
                    ["lines"] = lines.Select(line => (object?)new Dictionary<string, object?>
                    {
                        ["text"] = line.For(leader.Language),
                    }).ToList(),
                },
                Attachments =
                [
                    new()
                    {
                        Id = Guid.CreateVersion7(now),
                        Name = document.FileName,
                        ContentType = document.ContentType,
                        Content = document.Content,
                    },
                ],
            },
            now));
    }

    /// <summary>The leading group now, over whatever unit; delegates in force take their places.</summary>
    private static IEnumerable<Person> LeadingGroup(OrganisationDirectory directory, DateTimeOffset now) =>
        directory.Grants.Where(grant => grant.Role == Role.LeadingGroup).Select(grant => grant.UnitId).Distinct()
            .SelectMany(unit => directory.Holders(Role.LeadingGroup, unit, now)).DistinctBy(person => person.Id)
            .SelectMany(leader => directory.Delegations
                .Where(one => one.FromId == leader.Id && one.InForce(now)
                    && one.Scope is null or Role.LeadingGroup)
                .Select(one => directory.Find(one.ToId)).OfType<Person>().Where(one => one.IsPresent(now))
                .DefaultIfEmpty(leader))
            .DistinctBy(person => person.Id);

    public object? Trial(Person person, OrganisationDirectory directory, DateTimeOffset now) =>
        Writable([person]).Select(one => Told(
            one, directory.Organisation, Guid.CreateVersion7(now),
            new("测试邮件：收到说明发信正常", "Test mail: it arrived, so mail works"),
            new("这是您在“发信情况”页上请系统发出的测试邮件。\n收到它，说明系统发出的邮件能够送达您的邮箱；"
                    + "如果它在垃圾邮件里，请让邮件管理员查看发信指南中的 SPF、DKIM 和 DMARC。",
                "You asked for this mail on the page “Sending”.\nAs it has arrived, mails of the system reach you; if "
                    + "it lay in the junk folder, see SPF, DKIM and DMARC in the mail guide."),
            now)).FirstOrDefault();

    public IEnumerable<object> SeatsVacated(
        OrganisationDirectory directory, PersonId person, IReadOnlyList<VacatedTask> tasks, DateTimeOffset now)
    {
        var (edit, name) = (Guid.CreateVersion7(now), directory.Find(person)?.Name ?? "?");
        var message = new MailWords(
            string.Join('\n', tasks.Select(one => Line(one, "zh", "："))),
            string.Join('\n', tasks.Select(one => Line(one, "en", ": "))));
        return Writable(directory.Holders(Role.Secretary, null)).Select(secretary => Told(
            secretary, directory.Organisation, edit,
            new($"{tasks.Count}项任务的承办人{name}已离任或不再任职", $"{tasks.Count} tasks have lost their assignee {name}"),
            message, now));
    }

    /// <summary>Tells somebody of the organisation something that is about no case.</summary>
    private OutgoingMail Told(
        Person person, Organisation organisation, Guid concerning, MailWords subject, MailWords message,
        DateTimeOffset now) => composer.Compose(
            new MailDraft
            {
                OrganisationId = organisation.Id.Value,
                Template = MailTemplateCatalogue.Notice,
                Recipient = Recipient(person),
                Concerning = concerning,
                Values = new Dictionary<string, object?>
                {
                    ["org"] = organisation.Name.InBoth(),
                    ["contact"] = "",
                    ["subject"] = subject,
                    ["message"] = message,
                },
            },
            now);

    /// <summary>A task of a restricted case is named by its number alone: a mail leaves the house.</summary>
    private static string Line(VacatedTask one, string language, string colon) => one.Restricted
        ? one.Task.Number
        : $"{one.Task.Number} {one.Task.Title.For(language)}{colon}{one.Why.For(language)}";

    private static IEnumerable<Person> Writable(IEnumerable<Person> people) =>
        people.Where(one => MailAddressRule.Check(one.Email) is null);

    private static MailRecipient Recipient(Person person) =>
        new(person.Email!, person.Name, person.Language, person.Id.Value);
}
