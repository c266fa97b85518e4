using Consultation.Cases.Documents;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;

namespace Consultation.Cases;

/// <summary>
/// Writes the mails that use cases of this floor send besides those of workflow steps. An interface because Mail lies
/// beside Cases and is not seen: Activities, where the two meet, implements it. Mails are objects to add to what the
/// use case writes.
/// </summary>
public interface IUseCaseMail
{
    /// <summary>What is wrong with an address that an answer shall go to; null when it can be written to.</summary>
    LocalText? CheckAddress(string address);

    /// <summary>
    /// The receipt that a proposer with a mail address or a mobile number gets: number and the link to follow the
    /// matter (P17, Q80). Empty
    /// when there is nobody to write to, or when the matter was not handed in by or for a person at the form or the
    /// desk.
    /// </summary>
    IReadOnlyList<object> Receipt(
        Matter matter, string secret, OrganisationSnapshot organisation, DateTimeOffset now);

    /// <summary>
    /// What the proposer of a merged matter hears: into which it went, and that both are answered together (P19).
    /// Empty when there is nobody to write to.
    /// </summary>
    IReadOnlyList<object> Merged(
        Matter merged, Matter into, OrganisationSnapshot organisation, DateTimeOffset now);

    /// <summary>
    /// What somebody of the public hears who left a mail address: a sign-up, a place that became free. Null when the
    /// address cannot be written to.
    /// </summary>
    object? ToVisitor(VisitorMail mail, OrganisationSnapshot organisation, DateTimeOffset now);

    /// <summary>
    /// What somebody hears who is asked to answer a survey, at first or again, with the link of this token, which is
    /// put in when the mail is sent. Of a restricted case nothing of the survey stands in it. Empty when there is no
    /// way to the person.
    /// </summary>
    IReadOnlyList<object> SurveyLetter(
        Surveys.Survey survey, Surveys.SurveyInvitation asked, string token, bool again, bool restricted,
        OrganisationSnapshot organisation, DateTimeOffset now);

    /// <summary>
    /// What the proposer of a matter hears of a turn in it: declined, passed on, asked, answered, reopened (section 10
    /// of who hears what). Empty when there is nobody to write to.
    /// </summary>
    IReadOnlyList<object> Turned(
        Matter matter, MatterNews news, OrganisationSnapshot organisation, DateTimeOffset now);

    /// <summary>
    /// What is said of a file that was handed in and did not pass its check: to who added it, and to who organises what
    /// it hangs on (the meeting's organiser, the secretaries). Nothing for those who cannot be written to.
    /// </summary>
    IEnumerable<object> FileRefused(RefusedFile refused, OrganisationSnapshot organisation, DateTimeOffset now);

    /// <summary>
    /// What secretaries and administrators hear of a step of a case that failed: what, and where to mend it. Of a
    /// restricted case neither title nor message stands in it.
    /// </summary>
    IEnumerable<object> Failed(CaseFile file, FailedStep failed, DateTimeOffset now);

    /// <summary>
    /// What a waiting task is told when somebody acts for one of its assignees from now on or from a known day, or no
    /// longer does: it mails whoever acts (mail rule 7).
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="principal">For whom somebody acts.</param>
    /// <param name="occasion">Names the entry that says so.</param>
    StepMessage ActingFor(WorkTask task, PersonId principal, string occasion);

    /// <summary>
    /// What somebody hears who passed on a task by the link of a mail: to whom, and how to undo it. Of a restricted
    /// case the number alone. Empty when there is nobody to write to.
    /// </summary>
    IReadOnlyList<object> PassedOn(
        Delegation delegation, WorkTask task, bool restricted, OrganisationDirectory directory, DateTimeOffset now);

    /// <summary>
    /// The weekly summary 汇总 to each of the leading group who can be written to, with its document (O7).
    /// </summary>
    IEnumerable<object> Summary(
        OrganisationSnapshot organisation, IReadOnlyList<SummarisedTask> tasks, CaseDocument document,
        DateTimeOffset now);

    /// <summary>A mail by which somebody tries out that mails arrive; null when the person has no address.</summary>
    object? Trial(Person person, OrganisationDirectory directory, DateTimeOffset now);

    /// <summary>
    /// A message of the second channel by which somebody tries it out; null when it does not reach the person.
    /// </summary>
    object? TrialByChannel(Person person, OrganisationDirectory directory, DateTimeOffset now);

    /// <summary>
    /// One mail to each secretary who can be written to, with the list of tasks that have lost their assignee (O6).
    /// </summary>
    IEnumerable<object> SeatsVacated(
        OrganisationDirectory directory, PersonId person, IReadOnlyList<VacatedTask> tasks, DateTimeOffset now);
}

/// <summary>A file that was attached and is gone: infected, damaged, or never to be checked.</summary>
/// <param name="File">The file; its reason stands in <see cref="Attachments.Attachment.Trouble"/>.</param>
/// <param name="Matter">The matter on which it hangs, or null.</param>
/// <param name="Meeting">The meeting on which it hangs, or null.</param>
/// <param name="Restricted">Whether it belongs to a restricted case: then not even its name is mailed.</param>
public sealed record RefusedFile(
    Attachments.Attachment File, Matter? Matter, Meetings.Meeting? Meeting, bool Restricted);

/// <summary>A step of a case that failed.</summary>
/// <param name="Id">The incident, as the desk names it.</param>
/// <param name="Step">What the step is called.</param>
/// <param name="Message">Why, in both languages.</param>
public sealed record FailedStep(string Id, string Step, string Message);

/// <summary>A mail to somebody of the public.</summary>
public sealed record VisitorMail
{
    public required string Address { get; init; }
    public required string Name { get; init; }
    public required string Language { get; init; }
    public required LocalText Subject { get; init; }
    public required LocalText Message { get; init; }

    /// <summary>The number by which it can be looked up.</summary>
    public required string Number { get; init; }

    /// <summary>The code, where it is told; it is put in when the mail is sent.</summary>
    public string? Code { get; init; }

    /// <summary>What it is about.</summary>
    public required Guid Concerning { get; init; }

    /// <summary>Names the occasion: of one occasion there is one mail.</summary>
    public required string Occasion { get; init; }
}
