using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Testing.Scenarios;

namespace Consultation.ServerTests.Workflows.Stories;

/// <summary>
/// A case told as a story. People are called by their names and do things at nodes; days pass; after each chapter stand
/// all the mails it sent, as "purpose: name、name", and there are no others.
/// </summary>
internal sealed partial class Story(Scenario scenario, Narration narration)
{
    private int _told;

    public Scenario Scenario => scenario;

    /// <summary>Somebody by name, without the office before it; residents of the roster too.</summary>
    public Person this[string name] =>
        scenario.District.Directory.People.FirstOrDefault(person => Is(person.Name, name))
        ?? scenario.District.Directory.With(scenario.Tasks).Find(scenario.Tasks.SelectMany(task => task.Assignees)
            .Last(seat => Is(seat.GuestName ?? "", name)).PersonId)!;

    public string Id(string name) => this[name].Id.Value.ToString("N");

    /// <summary>Somebody answers the task of a node, by its passing outcome, with a form sensibly filled in.</summary>
    public Story Does(string who, string node, params (string Field, string Value)[] differently) =>
        Says(who, node, scenario.TaskAt(node).Outcomes[0].Key, null, differently);

    /// <summary>Somebody answers the task of a node with an outcome and a reason.</summary>
    public Story Says(
        string who, string node, string outcome, string? reason, params (string Field, string Value)[] differently)
    {
        var task = TaskOf(node, who);
        var fields = task.Form is null ? [] : scenario.Fill(task);
        // Who takes which duty is not known before: those rows are filled in.
        foreach (var (field, value) in task.Prefill.Where(one => one.Key != "duties")) fields[field] = value;
        foreach (var (field, value) in differently) fields[field] = value;

        // People take their time; what was mailed meanwhile has gone out.
        scenario.Pass(TimeSpan.FromMinutes(1));
        var result = scenario.Answer(task, this[who], outcome, fields, reason);
        var refused = result is AnswerResult.Invalid { Errors: [var wrong, ..] } ? wrong : null;
        result.Should().BeOfType<AnswerResult.Accepted>($"{who} answers {node} with {outcome}: {refused}");
        return this;
    }

    /// <summary>Somebody judges at a gate, where the exclusions are asked again.</summary>
    public Story Decides(string who, string node, string outcome, string? reason = null) =>
        Says(who, node, outcome, reason, ("excl-1", "no"), ("excl-2", "no"), ("excl-3", "no"), ("excl-4", "no"),
            ("excl-5", "no"), ("excl-6", "no"), ("excl-7", "no"), ("excl-8", "no"));

    /// <summary>Everybody who still owes an answer at a node gives it.</summary>
    public Story All(string node, params (string Field, string Value)[] differently)
    {
        foreach (var seat in Gate.Owing(scenario.TaskAt(node)).ToList())
        {
            Does(scenario.District.Directory.With(scenario.Tasks).Find(seat.PersonId)!.Name, node, differently);
        }

        return this;
    }

    /// <summary>Somebody replies to the notice.</summary>
    public Story Replies(string who, string reply, params (string Field, string Value)[] more) =>
        Says(who, "Call", OutcomeKeys.Submit, null, [("reply", reply), .. more]);

    /// <summary>Until a time in Beijing, "2026-03-09 09:00".</summary>
    public Story Until(string time)
    {
        scenario.PassUntil(new DateTimeOffset(
            DateTime.ParseExact(time, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8)));
        return this;
    }

    /// <summary>These sign in at the meeting.</summary>
    public Story SignIn(params string[] names)
    {
        var meeting = scenario.Meetings[0];
        foreach (var name in names)
        {
            var seat = meeting.Current.Single(one => one.NameIn(scenario.District.Directory).EndsWith(name,
                StringComparison.Ordinal));
            Act((id, operation) => new MeetingAct.SignIn(seat.Id, true)
            {
                OrganisationId = meeting.OrganisationId,
                MeetingId = id,
                CaseId = scenario.Case.Id,
                ActorId = scenario.District.Officer.Id,
                OperationId = operation,
            });
        }

        return this;
    }

    /// <summary>Something is done with the newest meeting, as on its page.</summary>
    public Story Act(Func<MeetingId, string, MeetingAct> act)
    {
        scenario.Do(act(scenario.Meetings[0].Id, Guid.NewGuid().ToString("N"))).Should().BeEmpty();
        return this;
    }

    /// <summary>Both tellers hand in the same sheet.</summary>
    public Story Counts(int participants, int present, int yes, int no, int abstained) => All("Vote",
        ("participants", $"{participants}"), ("present", $"{present}"), ("for", $"{yes}"), ("against", $"{no}"),
        ("abstained", $"{abstained}"), ("invalid", "0"), ("recused", "[]"));

    /// <summary>Nothing failed, and since the chapter before exactly these mails went out.</summary>
    public Story Heard(string chapter, params string[] lines)
    {
        foreach (var incident in scenario.Incidents) narration.Differs($"{chapter}: {incident.Message}");
        var told = scenario.Mails.Skip(_told).Where(mail => mail.State != MailState.Cancelled)
            .GroupBy(mail => mail.Purpose)
            .Select(group => $"{group.Key}: {string.Join('、', group.Select(mail => Short(mail.RecipientName)).Order(
                StringComparer.Ordinal))}").Order(StringComparer.Ordinal).ToList();
        _told = scenario.Mails.Count;
        var expected = lines.Select(Ordered).Order(StringComparer.Ordinal).ToList();
        if (!told.SequenceEqual(expected))
        {
            narration.Differs($"{chapter}\n  wanted {string.Join(" | ", expected.Except(told))}\n  heard  "
                + string.Join(" | ", told.Except(expected)));
        }

        return this;
    }

    /// <summary>All calendar files of a meeting, by its UID: method, sequence, and to whom.</summary>
    public IEnumerable<string> Calendars(Meeting meeting) =>
        from mail in scenario.Mails
        from file in mail.Attachments
        where file.ContentType.StartsWith("text/calendar", StringComparison.Ordinal)
        let text = Encoding.UTF8.GetString(file.Content)
        where text.Contains($"UID:{meeting.Id.Value:D}")
        group Short(mail.RecipientName) by $"{Method().Match(text).Groups[1].Value} {Sequence().Match(text).Groups[1]}"
        into one
        select $"{one.Key}: {string.Join('、', one.Order(StringComparer.Ordinal))}";

    /// <summary>Documents in their order, with their numbers.</summary>
    public IEnumerable<string> Documents => scenario.Documents.Select(
        document => document.Number is { } number ? $"{document.Kind} {number}" : document.Kind);

    /// <summary>Nobody was urged twice on one day about one task or item, and no task came without its link.</summary>
    public void NobodyIsUrgedTwiceADay()
    {
        var urging = scenario.Mails.Where(mail => mail.State != MailState.Cancelled && mail.TaskId is not null
            && MailTemplateCatalogue.Urges(mail.Purpose));
        urging.GroupBy(mail => (mail.RecipientName, ThingOf(mail), scenario.District.Calendar.DayOf(mail.NotBefore)))
            .Where(day => day.Count() > 1).Select(day => day.Key).Should().BeEmpty();
        scenario.Mails.Where(mail => mail.Purpose.EndsWith("-request", StringComparison.Ordinal)).Should()
            .OnlyContain(mail => mail.LinkIds.Count == 1);
    }

    /// <summary>These have heard nothing at all: it does not concern them.</summary>
    public void NothingWentTo(params string[] names) =>
        scenario.Mails.Select(mail => Short(mail.RecipientName)).Should().NotContain(names);

    public static string Rows(params Dictionary<string, string>[] rows) => FormValues.Write(rows);

    private object ThingOf(OutgoingMail mail)
    {
        var task = scenario.Tasks.Single(one => one.Id.Value == mail.TaskId);
        return task.TrackedItemId is { } item ? item : task.Id;
    }

    private WorkTask TaskOf(string node, string who) =>
        scenario.Open.Where(task => task.ActivityId == node).ToList() is { Count: > 1 } several
            ? several.Find(task => Gate.Owing(task).Any(seat => seat.PersonId == this[who].Id)) ?? several[0]
            : scenario.TaskAt(node);

    private static bool Is(string full, string name) =>
        full == name || full.EndsWith(" " + name, StringComparison.Ordinal);

    private static string Short(string name) => name[(name.LastIndexOf(' ') + 1)..];

    private static string Ordered(string line)
    {
        var parts = line.Split(": ");
        return $"{parts[0]}: {string.Join('、', parts[1].Split('、').Order(StringComparer.Ordinal))}";
    }

    [GeneratedRegex("METHOD:([A-Z]+)")]
    private static partial Regex Method();

    [GeneratedRegex("SEQUENCE:([0-9]+)")]
    private static partial Regex Sequence();
}
