using Consultation.Activities.Desk;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Routing;
using Consultation.Cases.Screening;
using Consultation.Cases.Tasks;
using Consultation.Engine.Running;

namespace Consultation.Testing.Scenarios;

/// <content>What people do with the case outside its tasks: suspend it, let it go on, ask for a review.</content>
public sealed partial class Scenario
{
    /// <summary>Somebody suspends the case by hand; answers what to mend.</summary>
    public IReadOnlyList<FieldError> Suspend(Person who, string reason, DateOnly? until = null) =>
        Edit(file => CaseRests.Suspend(file, RestBy(who, reason, until), _tools, Now));

    /// <summary>Somebody lets the case go on; answers what to mend.</summary>
    public IReadOnlyList<FieldError> GoOn(Person who, string reason) =>
        Edit(file => CaseRests.Resume(file, RestBy(who, reason, null), _tools, Now));

    /// <summary>The proposer of the leading matter asks for a review; answers what to mend.</summary>
    public IReadOnlyList<FieldError> AskReview(string statement, string operation = "ask") =>
        Edit(file => CaseRests.AskReview(file, new ReviewRequest
        {
            OrganisationId = Case.OrganisationId,
            CaseId = Case.Id,
            MatterId = Matters[0].Id,
            Statement = statement,
            OperationId = operation,
        }, Now));

    /// <summary>The proposer of a matter says what he thinks of the reply; answers what to mend.</summary>
    public IReadOnlyList<FieldError> Rate(
        Satisfaction opinion, string reason = "", int matter = 0, Person? enteredBy = null, string? key = null) =>
        Edit(file => Ratings.Take(file, new Rating
        {
            OrganisationId = Case.OrganisationId,
            CaseId = Case.Id,
            MatterId = Matters[matter].Id,
            Opinion = opinion,
            Reason = reason,
            Key = key,
            EnteredById = enteredBy?.Id,
            OperationId = Guid.NewGuid().ToString("N"),
        }, Now));

    /// <summary>The day comes on which a rest was to end, as the host notices it.</summary>
    public void EndRest(DateOnly until) =>
        Edit(file => CaseRests.End(file, until, $"rest-end {until:yyyy-MM-dd}", _tools, Now));

    /// <summary>
    /// True where a test is about what becomes public. Otherwise nothing is published: whoever is asked first says so
    /// at once, and the mail that asked counts for nothing.
    /// </summary>
    public bool Publishes { get; init; }

    private void WithholdPublications()
    {
        foreach (var gate in Open.Where(task => task.FormKey is FormKeys.PublishTopic or FormKeys.PublishMeeting
            or FormKeys.PublishResult).ToList())
        {
            Mails.RemoveAll(mail => mail.TaskId == gate.Id.Value);
            Send(gate, new TaskMessage.Answer(new TaskAnswer
            {
                OrganisationId = gate.OrganisationId,
                TaskId = gate.Id,
                ActorId = gate.Assignees[0].PersonId,
                Outcome = OutcomeKeys.Withhold,
                Reason = "不公开",
                Revision = gate.Revision,
                OperationId = Guid.NewGuid().ToString("N"),
                Channel = "desk",
            }).Write());
        }
    }

    /// <summary>The case is found to be one of those that only cleared people may read.</summary>
    public void Restrict() => Edit(file =>
    {
        Restriction.Impose(file, new PaperSeal(), Now);
        return new([], []);
    });

    private RestRequest RestBy(Person who, string reason, DateOnly? until) => new()
    {
        OrganisationId = Case.OrganisationId,
        CaseId = Case.Id,
        ActorId = who.Id,
        Reason = reason,
        Until = until,
        OperationId = Guid.NewGuid().ToString("N"),
    };

    private IReadOnlyList<FieldError> Edit(Func<CaseFile, FileEdit> make, IEnumerable<WorkTask>? tasks = null)
    {
        var file = FileOf(tasks ?? Tasks.Where(task => task.State == TaskState.Open));
        var edit = make(file);
        if (edit.Errors.Count > 0) return edit.Errors;
        Keep(file);
        foreach (var message in edit.Messages)
        {
            Step(message.InstanceId, new Stimulus.Resume(message.BookmarkId, message.Payload.ToDictionary()));
        }

        return [];
    }
}
