using Consultation.Cases;
using Consultation.Cases.Documents;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Surveys;
using Consultation.Cases.Tasks;

namespace Consultation.Tests.Cases;

/// <summary>Notes which mails use cases ask for.</summary>
internal sealed class RecordedMail : IUseCaseMail
{
    /// <summary>Stands in for a mail.</summary>
    internal sealed record Letter(string Purpose, IReadOnlyList<VacatedTask> Tasks);

    public object? TrialByChannel(Person person, OrganisationDirectory directory, DateTimeOffset now) => null;

    public LocalText? CheckAddress(string address) =>
        address.EndsWith(".invalid", StringComparison.Ordinal)
            ? new("不能写信到这个地址。", "Nobody can be written to there.")
            : null;

    public IReadOnlyList<object> Receipt(
        Matter matter, string secret, OrganisationSnapshot organisation, DateTimeOffset now) =>
        matter.ProposerEmail is null ? [] : [new Letter("receipt", [])];

    public IReadOnlyList<object> Merged(
        Matter merged, Matter into, OrganisationSnapshot organisation, DateTimeOffset now) =>
        merged.ProposerEmail is null ? [] : [new Letter($"merged into {into.Number}", [])];

    public object? ToVisitor(VisitorMail mail, OrganisationSnapshot organisation, DateTimeOffset now) =>
        new Letter($"{mail.Occasion} {mail.Number}", []);

    /// <summary>Tokens of the letters of surveys, by whom they went to.</summary>
    internal List<(SurveyInvitationId Asked, string Token, bool Again)> Surveys { get; } = [];

    public IReadOnlyList<object> SurveyLetter(
        Survey survey, SurveyInvitation asked, string token, bool again, bool restricted,
        OrganisationSnapshot organisation, DateTimeOffset now)
    {
        if (asked.Email is null) return [];
        Surveys.Add((asked.Id, token, again));
        return [new Letter(again ? "survey again" : "survey", [])];
    }

    public IReadOnlyList<object> Turned(
        Matter matter, MatterNews news, OrganisationSnapshot organisation, DateTimeOffset now) =>
        matter.ProposerEmail is null ? [] : [new Letter($"{news.Kind}", [])];

    public IEnumerable<object> FileRefused(
        RefusedFile refused, OrganisationSnapshot organisation, DateTimeOffset now) =>
        [new Letter($"refused {refused.File.Name}", [])];

    public IEnumerable<object> Failed(CaseFile file, FailedStep failed, DateTimeOffset now) => [];

    public StepMessage ActingFor(WorkTask task, PersonId principal, string occasion) =>
        new(task.InstanceId, task.BookmarkId, new Dictionary<string, object?>(), occasion);

    public IEnumerable<object> Summary(
        OrganisationSnapshot organisation, IReadOnlyList<SummarisedTask> tasks, CaseDocument document,
        DateTimeOffset now) => [];

    public IReadOnlyList<object> PassedOn(
        Delegation delegation, WorkTask task, bool restricted, OrganisationDirectory directory, DateTimeOffset now) =>
        [new Letter($"passed on {task.Number}", [])];

    public object? Trial(Person person, OrganisationDirectory directory, DateTimeOffset now) =>
        person.Email is null ? null : new Letter("trial", []);

    public IEnumerable<object> SeatsVacated(
        OrganisationDirectory directory, PersonId person, IReadOnlyList<VacatedTask> tasks, DateTimeOffset now) =>
            [new Letter("vacated", tasks)];
}
