using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Cases.Tasks;

/// <summary>
/// What somebody who is asked for an answer asks back. It stands with its answer before everybody who is asked the
/// same; the task's time does not stop for it.
/// </summary>
public sealed record TaskQuestion
{
    public required Guid Id { get; init; }

    /// <summary>Who asks.</summary>
    public required PersonId AskedById { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required string Text { get; init; }

    /// <summary>Who is asked to answer: the supervisor of the item, otherwise who runs the case.</summary>
    public List<PersonId> ToIds { get; init; } = [];
    public string? Answer { get; init; }
    public PersonId? AnsweredById { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The day until which the answer gave the task more time; null when it did not.</summary>
    public DateOnly? ProlongedTo { get; init; }
}

/// <summary>The rules by which questions are asked back and answered. Pure.</summary>
public static class TaskQuestions
{
    /// <summary>Most characters of a question or of its answer.</summary>
    public const int LongestText = 1000;

    /// <summary>Most questions of one task.</summary>
    public const int Most = 20;

    /// <summary>Most days by which an answer gives more time.</summary>
    public const int MostDays = 92;

    /// <summary>
    /// True when the person may ask: an answer of the person, or of somebody for whom the person acts, is owed.
    /// </summary>
    public static bool MayAsk(WorkTask task, OrganisationDirectory directory, PersonId person, DateTimeOffset now) =>
        task.TakesAnswers && task.FormKey is not FormKeys.Ballot
        && directory.With(task).Find(person) is { Active: true }
        && Gate.Free(task).Any(
            seat => seat.PersonId == person || Vacancies.StandsIn(seat, person, directory.With(task), now));

    /// <summary>True when the person may answer: one of those asked, or who runs all cases.</summary>
    public static bool MayAnswer(TaskQuestion question, OrganisationDirectory directory, PersonId person) =>
        directory.Find(person) is { Active: true }
        && (question.ToIds.Contains(person) || directory.Holds(person, Role.Secretary)
            || directory.Holds(person, Role.Administrator));

    /// <summary>What is wrong with a question; it is not yet asked. None when it may be.</summary>
    public static IReadOnlyList<FieldError> CheckAsked(WorkTask task, string text)
    {
        if (task.Questions.Count >= Most)
        {
            return [new("question", new(
                $"这项任务已有 {Most} 个提问，请直接与工作人员联系。", $"{Most} questions were asked already; please call the office."))];
        }

        return Text("question", text, "请写下您要问的问题", "Write your question");
    }

    /// <summary>What is wrong with an answer and the day that it sets. None when it may be given.</summary>
    public static IReadOnlyList<FieldError> CheckAnswered(
        WorkTask task, string text, DateOnly? until, OrganisationDirectory directory, DateTimeOffset now)
    {
        var errors = new List<FieldError>(Text("answer", text, "请写下答复", "Write the answer"));
        if (until is not { } day) return errors;
        var organisation = directory.Organisation;
        if (task.DueAt is not { } due || due <= now)
        {
            errors.Add(new("until", new(
                "这项任务没有时限或已过时限，不能在这里延长。", "The task has no due time or is past it; it is not prolonged here.")));
        }
        else if (day <= organisation.DayOf(due) || day > organisation.DayOf(now).AddDays(MostDays))
        {
            errors.Add(new("until", new(
                $"新的时限应当晚于现在的时限，并在今后 {MostDays} 天之内。",
                $"The new day lies after the present one and within {MostDays} days.")));
        }

        return errors;
    }

    private static IReadOnlyList<FieldError> Text(string field, string text, string zh, string en) =>
        text.Trim().Length is > 0 and <= LongestText
            ? []
            : [new(field, new($"{zh}，不超过 {LongestText} 字。", $"{en}, in at most {LongestText} characters."))];
}
