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

    public IReadOnlyList<object> Receipt(
        Matter matter, string secret, OrganisationSnapshot organisation, DateTimeOffset now)
    {
        if (matter.Source is not (MatterSource.PublicForm or MatterSource.Desk)) return [];
        var hall = organisation.Directory.Organisation;
        var secretaries = organisation.Directory.Holders(Role.Secretary, null);
        var received = TimeZoneInfo.ConvertTime(now, organisation.Calendar.Zone);
        return composer.TellProposer(
            new MailDraft
            {
                OrganisationId = matter.OrganisationId.Value,
                Template = MailTemplateCatalogue.MatterReceived,
                Recipient = Recipients.Of(matter),
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
            composer.FollowAddress(hall.Slug, matter.Number), now);
    }

    public IReadOnlyList<object> Merged(
        Matter merged, Matter into, OrganisationSnapshot organisation, DateTimeOffset now)
    {
        var hall = organisation.Directory.Organisation;
        return ToProposer(
            merged, hall, $"merged {merged.Id.Value:N} {into.Id.Value:N}",
            new($"您反映的事项 {merged.Number} 与同类事项合并办理",
                $"Your matter {merged.Number} goes on together with another"),
            new($"您反映的“{merged.Title}”（{merged.Number}）与 {into.Number} 反映的是同一问题，现合并办理。"
                    + "您的编号和查询方式不变，办理结果会同样告知您。",
                $"“{merged.Title}” ({merged.Number}) is about the same as {into.Number}; both go on together. "
                    + "Your number stays valid, and you will hear the result."),
            composer.FollowAddress(hall.Slug, merged.Number), now);
    }

    public object? ToVisitor(VisitorMail mail, OrganisationSnapshot organisation, DateTimeOffset now)
    {
        if (MailAddressRule.Check(mail.Address) is not null) return null;
        var hall = organisation.Directory.Organisation;
        var link = composer.FollowAddress(hall.Slug, mail.Number);
        return composer.Compose(
            new MailDraft
            {
                OrganisationId = hall.Id.Value,
                Template = MailTemplateCatalogue.Notice,
                Recipient = new(mail.Address, mail.Name, mail.Language),
                Concerning = mail.Concerning,
                Secret = mail.Code,
                Ordinal = CaseMail.OrdinalOf($"{mail.Occasion} {mail.Concerning:N}"),
                Values = new Dictionary<string, object?>
                {
                    ["org"] = hall.Name.InBoth(),
                    ["subject"] = new MailWords(mail.Subject.Zh, mail.Subject.For("en")),
                    ["message"] = new MailWords(mail.Message.Zh, mail.Message.For("en")),
                    ["follow_link"] = mail.Code is null ? link : $"{link}&s={MailPlaceholder.Secret}",
                },
            },
            now);
    }

    public IEnumerable<object> Failed(CaseFile file, FailedStep failed, DateTimeOffset now)
    {
        var (directory, restricted) = (file.Directory, file.Case.Restricted);
        MailWords hidden = new("（限制查阅，请在工作台查看）", "(restricted; see the desk)");
        return Reached(directory.Holders(Role.Secretary, null).Concat(directory.Holders(Role.Administrator, null))
            .DistinctBy(person => person.Id)).SelectMany(person => composer.ComposeAll(
            new MailDraft
            {
                OrganisationId = file.Case.OrganisationId.Value,
                Template = MailTemplateCatalogue.Incident,
                Recipient = Recipients.Of(person),
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
        return Reached(LeadingGroup(directory, now)).SelectMany(leader => composer.ComposeAll(
            new MailDraft
            {
                OrganisationId = directory.Organisation.Id.Value,
                Template = MailTemplateCatalogue.WeeklySummary,
                Recipient = Recipients.Of(leader),
                Concerning = OrderedGuid.New(now),
                Values = new Dictionary<string, object?>
                {
                    ["org"] = directory.Organisation.Name.InBoth(),
                    ["date"] = MailWords.Of(calendar.DayOf(now)),
                    ["count"] = tasks.Count,
                    ["document_number"] = document.Number,
                    ["lines"] = lines.Select(line => (object?)new Dictionary<string, object?>
                    {
                        ["text"] = line.For(leader.Language),
                    }).ToList(),
                },
                Attachments =
                [
                    new()
                    {
                        Id = OrderedGuid.New(now),
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
                .Where(one => one.FromId == leader.Id && one.InForce(now) && one.CoversDutiesOf(Role.LeadingGroup))
                .Select(one => directory.Find(one.ToId)).OfType<Person>().Where(one => one.IsPresent(now))
                .DefaultIfEmpty(leader))
            .DistinctBy(person => person.Id);

    public IReadOnlyList<object> PassedOn(
        Delegation delegation, WorkTask task, bool restricted, OrganisationDirectory directory, DateTimeOffset now)
    {
        if (directory.Find(delegation.FromId) is not { } me || directory.Find(delegation.ToId) is not { } taker)
        {
            return [];
        }

        var about = restricted ? new LocalText(task.Number, task.Number)
            : new($"“{task.Title.Zh}”（{task.Number}）", $"“{task.Title.For("en")}” ({task.Number})");
        var last = directory.Organisation.DayOf(delegation.EndsAt.AddTicks(-1));
        var span = delegation.SeatId is not null ? new MailWords("仅限这一项任务", "for this task alone")
            : delegation.Scope is null
                ? new($"{MailWords.Of(last).Zh}以前您的所有任务", $"for all your tasks until {MailWords.Of(last).En}")
                : new($"{MailWords.Of(last).Zh}以前的同类任务", $"for such tasks until {MailWords.Of(last).En}");
        return Reached([me]).SelectMany(one => composer.ComposeAll(
            Told(one, directory.Organisation, delegation.Id,
            new($"您已委托{taker.Name}代为办理", $"You have passed on a task to {taker.Name}"),
            new($"您已通过邮件中的链接，委托{taker.Name}代为办理{about.Zh}，{span.Zh}。原因：{delegation.Reason}\n"
                    + "作出决定之前，可以在原任务邮件的链接页面上收回委托。如果不是您本人所为，请立即收回，并与工作人员联系。",
                $"By the link of a mail you asked {taker.Name} to act on {about.For("en")}, {span.En}. "
                    + $"Reason: {delegation.Reason}\nUntil it is decided you can undo this on the page of the task's "
                    + "link. If it was not you, undo it at once and tell the office.")),
            now)).ToList<object>();
    }

    public object? Trial(Person person, OrganisationDirectory directory, DateTimeOffset now) =>
        Writable([person]).Select(one => composer.Compose(Told(
            one, directory.Organisation, OrderedGuid.New(now),
            new("测试邮件：收到说明发信正常", "Test mail: it arrived, so mail works"),
            new("这是您在“发信情况”页上请系统发出的测试邮件。\n收到它，说明系统发出的邮件能够送达您的邮箱；"
                    + "如果它在垃圾邮件里，请让邮件管理员查看发信指南中的 SPF、DKIM 和 DMARC。",
                "You asked for this mail on the page “Sending”.\nAs it has arrived, mails of the system reach you; if "
                    + "it lay in the junk folder, see SPF, DKIM and DMARC in the mail guide.")),
            now)).FirstOrDefault();

    public object? TrialByChannel(Person person, OrganisationDirectory directory, DateTimeOffset now) =>
        composer.ComposeForChannel(
            Told(
                person, directory.Organisation, OrderedGuid.New(now),
                new("测试消息：收到说明短信等通道正常", "Test message: the second channel works"),
                new("这是您在“发信情况”页上请系统发出的测试消息。", "You asked for this message on the page “Sending”.")),
            now);

    public IEnumerable<object> SeatsVacated(
        OrganisationDirectory directory, PersonId person, IReadOnlyList<VacatedTask> tasks, DateTimeOffset now)
    {
        var (edit, name) = (OrderedGuid.New(now), directory.Find(person)?.Name ?? "?");
        var message = new MailWords(
            string.Join('\n', tasks.Select(one => Line(one, "zh", "："))),
            string.Join('\n', tasks.Select(one => Line(one, "en", ": "))));
        return Reached(directory.Holders(Role.Secretary, null)).SelectMany(secretary => composer.ComposeAll(
            Told(
                secretary, directory.Organisation, edit,
                new($"{tasks.Count}项任务的承办人{name}已离任或不再任职", $"{tasks.Count} tasks have lost their assignee {name}"),
                message),
            now));
    }

    /// <summary>Tells somebody of the organisation something that is about no case.</summary>
    private static MailDraft Told(
        Person person, Organisation organisation, Guid concerning, MailWords subject, MailWords message) => new()
        {
            OrganisationId = organisation.Id.Value,
            Template = MailTemplateCatalogue.Notice,
            Recipient = Recipients.Of(person),
            Concerning = concerning,
            Values = new Dictionary<string, object?>
            {
                ["org"] = organisation.Name.InBoth(),
                ["contact"] = "",
                ["subject"] = subject,
                ["message"] = message,
            },
        };

    /// <summary>A task of a restricted case is named by its number alone: a mail leaves the house.</summary>
    private static string Line(VacatedTask one, string language, string colon) => one.Restricted
        ? one.Task.Number
        : $"{one.Task.Number} {one.Task.Title.For(language)}{colon}{one.Why.For(language)}";

    private IEnumerable<Person> Reached(IEnumerable<Person> people) =>
        people.Where(one => composer.Reaches(Recipients.Of(one)));

    private static IEnumerable<Person> Writable(IEnumerable<Person> people) =>
        people.Where(one => MailAddressRule.Check(one.Email) is null);

    private static MailRecipient Recipient(Person person) =>
        new(person.Email!, person.Name, person.Language, person.Id.Value);
}
