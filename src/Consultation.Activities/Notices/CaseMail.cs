using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Consultation.Activities.Desk.Incoming;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Screening;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Notices;

/// <summary>
/// Mails that steps send: addressed, filled with the case's values, added to the step. A sensitive case yields
/// content-free mail (mail rule 11).
/// </summary>
internal sealed class CaseMail(StepTools tools, CaseFile file, DateTimeOffset now)
{
    /// <summary>How long a link outlives the due time of its task: late answers are answers too.</summary>
    private static readonly TimeSpan LinkLife = TimeSpan.FromDays(90);

    /// <summary>Tells whoever is written to about a seat, saying for whom.</summary>
    public bool OfTask(
        WorkTask task, SeatContact contact, string template, int ordinal, IReadOnlyDictionary<string, object?> more,
        DateTimeOffset? notBefore = null)
    {
        var values = new Dictionary<string, object?>(more);
        if (contact.Why is not null) values["acting_for"] = contact.Why.InBoth();
        if (GateTurns.Say(task, contact.Seat, file.Directory) is { } say)
        {
            if (GateTurns.ChairOf(task) == contact.Seat)
            {
                var given = GateTurns.Opinions(task, file.Directory);
                values["opinions"] = new LocalText(say.Zh + given.Zh, $"{say.For("en")} {given.En}".TrimEnd()).InBoth();
            }
            else
            {
                // Nobody climbs a ladder for an opinion: the chair decides without it.
                (values["turn"], values["if_silent"]) = (say.InBoth(), "");
            }
        }

        values["outcomes"] = Answers(task, Gate.OutcomesOf(task, contact.Seat));
        return OfTask(task, contact.Person, template, ordinal, values, notBefore);
    }

    /// <summary>
    /// What can be answered. A reply or a ballot is handed in; what it may say is the choice in its form.
    /// </summary>
    private static MailWords Answers(WorkTask task, IEnumerable<TaskOutcome> outcomes) => Words.Join(
        task.FormKey is FormKeys.AttendanceReply or FormKeys.Ballot
            && task.Form?.Fields.FirstOrDefault(field => field.Required)?.Choices is { } choices
            ? choices.Select(choice => choice.Label)
            : outcomes.Select(outcome => outcome.Label),
        " / ", " / ");

    /// <summary>Tells somebody who is away, or has delegated, who acts on a task meanwhile.</summary>
    public bool Copy(WorkTask task, Person principal, IReadOnlyList<Person> acting, int ordinal)
    {
        var names = string.Join('、', acting.Select(person => person.Name));
        return Inform(principal, MailTemplateCatalogue.Notice, new Dictionary<string, object?>
        {
            ["subject"] = new MailWords($"（抄送）{task.Title.Zh}", $"(Copy) {task.Title.For("en")}"),
            ["message"] = new MailWords(
                $"任务 {task.Number} 已发给{names}代您办理，您不需要处理。",
                $"Task {task.Number} went to {names}, who acts for you; nothing is asked of you."),
        }, CaseMail.OrdinalOf($"copy {task.Number} {ordinal}"));
    }

    /// <summary>
    /// Tells somebody of a task, with a link to answer it. False when there is no way to the person (O17).
    /// </summary>
    public bool OfTask(WorkTask task, Person person, string template, int ordinal,
        IReadOnlyDictionary<string, object?>? more = null, DateTimeOffset? notBefore = null)
    {
        if (Reached(person) is not { } recipient || !FirstToday(task, person, template, notBefore)) return false;
        var values = ValuesOf(task);
        foreach (var (name, value) in more ?? new Dictionary<string, object?>()) values[name] = value;
        if (notBefore is null
            && tools.Composer.Shows(file.Case.OrganisationId.Value, template, recipient.Language, "news"))
        {
            values["news"] = NewsFor(person);
        }

        var at = notBefore > now ? notBefore.Value : now;
        var mayAnswer = Gate.Free(task).Any(seat => seat.PersonId == person.Id
            || Vacancies.StandsIn(seat, person.Id, file.Directory, at));
        var link = mayAnswer ? LinkOf(task, person, task.Outcomes.Select(outcome => outcome.Key)) : null;
        Add(new MailDraft
        {
            OrganisationId = file.Case.OrganisationId.Value,
            Template = template,
            Recipient = recipient,
            Values = values,
            CaseId = file.Case.Id.Value,
            TaskId = task.Id.Value,
            Ordinal = ordinal,
            Link = link,
            ReplyWords = ReplyRule.Offered(task),
            Sensitive = file.Case.Restricted || AsksOfSensitive(task),
            NotBefore = notBefore,
            DueAt = task.DueAt,
            DigestLine = person.WantsDigest && template == MailTemplateCatalogue.Reminder
                ? $"{task.Number} {task.Title.For(person.Language)}"
                : null,
            Organiser = Organiser(),
        });
        return true;
    }

    /// <summary>
    /// Asks somebody to answer what was asked back, by a link that opens just that. False when the person has no usable
    /// address.
    /// </summary>
    public bool AskBack(WorkTask task, Person person, TaskQuestion question, string asker) =>
        AddressOf(person) is { } recipient && Add(new MailDraft
        {
            OrganisationId = file.Case.OrganisationId.Value,
            Template = MailTemplateCatalogue.QuestionAsked,
            Recipient = recipient,
            Values = new Dictionary<string, object?>(ValuesOf(task))
            {
                ["asked"] = question.Text,
                ["asked_by"] = asker,
            },
            CaseId = file.Case.Id.Value,
            TaskId = task.Id.Value,
            Ordinal = OrdinalOf($"asked {question.Id:N}"),
            Link = LinkOf(task, person, []),
            Sensitive = file.Case.Restricted || AsksOfSensitive(task),
            Organiser = Organiser(),
        }) is not null;

    /// <summary>Tells who asked something back what the answer is, with the link to go on.</summary>
    public bool AnswerBack(WorkTask task, Person asker, TaskQuestion question, string answerer) =>
        OfTask(task, asker, MailTemplateCatalogue.QuestionAnswered, OrdinalOf($"answered {question.Id:N}"),
            new Dictionary<string, object?>
            {
                ["asked"] = question.Text,
                ["answer"] = question.Answer,
                ["answered_by"] = answerer,
                ["prolonged"] = question.ProlongedTo is { } day ? MailWords.Of(day) : "",
            });

    /// <summary>A link for the person to the task, added to the step.</summary>
    private ActionLink LinkOf(WorkTask task, Person person, IEnumerable<string> outcomes)
    {
        var link = tools.Links.Issue(
            file.Case.OrganisationId.Value, task.Id.Value, person.Id.Value, outcomes, task.Revision,
            (task.DueAt is { } due && due > now ? due : now) + LinkLife, now);
        file.Add(link);
        return link;
    }

    /// <summary>
    /// Nobody is urged twice on one day about one thing: a mail that urges stays away where the person has had one
    /// about the tracked item, or about the task, that day. What gives a task always goes out, and counts.
    /// </summary>
    private bool FirstToday(WorkTask task, Person person, string template, DateTimeOffset? notBefore)
    {
        var urgedOn = file.Items.Find(item => item.Id == task.TrackedItemId)?.UrgedOn ?? task.UrgedOn;
        var day = IsoDay.Iso(file.Calendar.DayOf(notBefore > now ? notBefore.Value : now));
        if (MailTemplateCatalogue.Urges(template) && urgedOn.GetValueOrDefault(KeyOf(person)) == day) return false;
        if (MailTemplateCatalogue.Urges(template) || task.TrackedItemId is not null) urgedOn[KeyOf(person)] = day;
        return true;
    }

    /// <summary>
    /// What the step has told somebody by a notice a moment ago: the mail that gives a task says it, and the notice is
    /// not sent. Null when there is nothing.
    /// </summary>
    private MailWords? NewsFor(Person person)
    {
        var told = file.Told.FindAll(one => one.PersonId == person.Id);
        foreach (var mail in told.SelectMany(one => one.Mails)) file.Drop(mail);
        file.Told.RemoveAll(told.Contains);
        return told.Count == 0 ? null : new(
            string.Join('\n', told.Select(one => one.Words.Zh)),
            string.Join('\n', told.Select(one => one.Words.For("en"))));
    }

    private static string KeyOf(Person person) => person.Id.Value.ToString("N");

    /// <summary>
    /// The second person is asked whether codes 2, 5 or 6 apply before the case is restricted; the mail keeps silent
    /// already (O15).
    /// </summary>
    private bool AsksOfSensitive(WorkTask task) =>
        task.FormKey == FormKeys.SecondCheck && file.Screening is { } screening
            && ScreeningRules.IsRestricted(screening.Answers);

    /// <summary>The meeting that mails with a calendar file are about, where it is not their task's.</summary>
    public Meeting? About { get; init; }

    /// <summary>
    /// Tells a person of the organisation something that asks for no answer. What is about a tracked item counts as the
    /// day's mail about it: nothing urges the person about it on top.
    /// </summary>
    public bool Inform(
        Person person, string template, IReadOnlyDictionary<string, object?> values, int ordinal = 0,
        TrackedItem? about = null, IReadOnlyList<MailAttachment>? attachments = null)
    {
        if (Reached(person) is not { } recipient) return false;
        var mails = Add(
            Draft(recipient, template, values) with { Ordinal = ordinal, Attachments = attachments ?? [] });
        about?.UrgedOn[KeyOf(person)] = IsoDay.Iso(file.Calendar.DayOf(now));
        if (template == MailTemplateCatalogue.Notice && values.GetValueOrDefault("subject") is MailWords subject
            && values.GetValueOrDefault("message") is MailWords message)
        {
            file.Told.Add(new(mails, person.Id, new(
                $"{subject.Zh}\n{message.Zh}".TrimEnd(), $"{subject.En}\n{message.En}".TrimEnd())));
        }

        return true;
    }

    /// <summary>
    /// Tells the proposers of the case's matters that gave an address or a number (P05). Returns how many. With keys
    /// the mail's link opens the page that answers, each with its own.
    /// </summary>
    public int InformProposers(
        string template, Func<Matter, IReadOnlyDictionary<string, object?>> values, Func<Matter, string>? keys = null,
        int ordinal = 0)
    {
        var told = 0;
        foreach (var matter in file.Matters)
        {
            var recipient = Recipients.Of(matter);
            if (!tools.Composer.Reaches(recipient)) continue;
            var follow = tools.Composer.FollowAddress(file.Directory.Organisation.Slug, matter.Number);
            // A secret goes by mail alone; whom only the second channel reaches is asked for the code.
            var key = recipient.Address.Length > 0 ? keys?.Invoke(matter) : null;
            var all = new Dictionary<string, object?>(values(matter))
            {
                ["matter_number"] = matter.Number,
                ["matter_title"] = file.Case.Restricted ? "" : matter.Title,
                // Only the receipt carries the secret; here the page asks for it, unless it asks something itself.
                ["follow_link"] = key is null
                    ? follow
                    : $"{tools.Composer.ReplyAddress(file.Directory.Organisation.Slug, matter.Number)}"
                        + $"&k={MailPlaceholder.Secret}",
            };
            Add(Draft(recipient, template, all) with
            {
                Concerning = matter.Id.Value,
                Ordinal = ordinal,
                Secret = key,
            });
            told++;
        }

        return told;
    }

    /// <summary>Values of the case alone.</summary>
    private Dictionary<string, object?> ValuesOf() => new()
    {
        ["org"] = file.Directory.Organisation.Name.InBoth(),
        ["contact"] = file.Directory.Holders(Role.Secretary, null) is [{ } secretary, ..]
            ? $"{secretary.Name} {secretary.Phone}".Trim()
            : "",
        ["case_number"] = file.Case.Number ?? "",
        ["case_title"] = file.Case.Title,
        ["step"] = file.Case.StepName.InBoth(),
    };

    private Dictionary<string, object?> ValuesOf(WorkTask task)
    {
        var values = ValuesOf();
        values["task_number"] = task.Number;
        values["task_title"] = task.Title.InBoth();
        if (file.Items.Find(item => item.Id == task.TrackedItemId) is { } item)
        {
            values["item_number"] = $"{item.Year}-{item.Number}";
            values["item"] = $"{item.Year}-{item.Number} {item.Advice}";
            values["stall"] = item.Stall is { } reason ? StallDetector.Describe(reason).InBoth() : "";
            values["item_due"] = item.DueOn is { } day ? MailWords.Of(day) : "";
            values["item_unit"] = file.Directory.Find(item.UndertakingUnitId)?.Name.InBoth();
            values["item_supervisor"] = file.Directory.Find(item.SupervisorId)?.Name;
            values["percent"] = (long)item.Percent;
        }

        values["question"] = task.Question.InBoth();
        values["due"] = task.DueAt is { } due ? DueTime.Show(due, file.Calendar).InBoth() : "";
        values["reply_by"] = values["due"];
        values["if_silent"] = task.IfSilent.InBoth();
        values["outcomes"] = Answers(task, task.Outcomes);
        // Who is asked for an answer reads so, not that there is something to take note of.
        values["replies"] = task.Outcomes.TrueForAll(outcome => outcome.Key != OutcomeKeys.Acknowledge);
        values["assignees"] = Words.Join(task.Assignees.Where(seat => seat.Active)
            .Select(seat => file.Directory.Find(seat.PersonId)?.Name).OfType<string>()
            .Select(name => new LocalText(name)));
        values["material"] = Words.Join(Exhibits.Present(task, file).Distinct());
        if (task.DueAt is { } over && over < now)
        {
            values["overdue"] = Overdue(over, file.Calendar, now).InBoth();
        }

        return values;
    }

    /// <summary>How long something is overdue, in words.</summary>
    public static LocalText Overdue(DateTimeOffset due, WorkingCalendar calendar, DateTimeOffset now)
    {
        var days = Math.Max(1, calendar.WorkingDaysBetween(calendar.DayOf(due), calendar.DayOf(now)));
        return new($"{days} 个工作日", days == 1 ? "1 working day" : $"{days} working days");
    }

    /// <summary>
    /// An ordinal that tells the notices of one occasion, named by the text, from those of others, so that none is
    /// taken for a repetition.
    /// </summary>
    public static int OrdinalOf(string occasion) =>
        BinaryPrimitives.ReadInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(occasion))) & int.MaxValue;

    private MailDraft Draft(MailRecipient recipient, string template, IReadOnlyDictionary<string, object?> values)
    {
        var all = ValuesOf();
        foreach (var (name, value) in values) all[name] = value;
        return new MailDraft
        {
            OrganisationId = file.Case.OrganisationId.Value,
            Template = template,
            Recipient = recipient,
            Values = all,
            CaseId = file.Case.Id.Value,
            Sensitive = file.Case.Restricted,
            Organiser = Organiser(),
        };
    }

    /// <summary>Adds the rows by which the recipient hears of it: by mail, by the second channel, or by both.</summary>
    private IReadOnlyList<OutgoingMail> Add(MailDraft draft)
    {
        var isOfMeeting = draft.Template is MailTemplateCatalogue.MeetingNotice or MailTemplateCatalogue.MeetingMoved
            or MailTemplateCatalogue.MeetingCancelled;
        var whole = isOfMeeting
            ? draft with { Attachments = MeetingFile.Of(file, draft, About, now, tools.Composer.ReadingAddress) }
            : draft;
        return [.. tools.Composer.ComposeAll(whole, now).Select(file.Add)];
    }

    private MailRecipient? Organiser() =>
        file.Directory.Holders(Role.Secretary, null).Select(AddressOf).OfType<MailRecipient>().FirstOrDefault();

    private MailRecipient? Reached(Person person) =>
        person.Active && Recipients.Of(person) is var recipient && tools.Composer.Reaches(recipient) ? recipient : null;

    private static MailRecipient? AddressOf(Person person) =>
        person.Active && MailAddressRule.Check(person.Email) is null
        ? new MailRecipient(person.Email!, person.Name, person.Language, person.Id.Value)
        : null;
}
