using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Rules;

namespace Consultation.Cases.Publishing;

/// <summary>Where somebody stands who signed up for a meeting.</summary>
public enum SignUpState
{
    /// <summary>已报名: has a place.</summary>
    Placed,
    /// <summary>候补: waits for a place.</summary>
    Waiting,
    /// <summary>已取消: gave the place back.</summary>
    Withdrawn,
}

/// <summary>Somebody who wants to come to a meeting that was published (Q29); the organiser alone sees who.</summary>
public sealed class SignUp
{
    public required OrganisationId OrganisationId { get; init; }
    public required SignUpId Id { get; init; }
    public required PublicationId PublicationId { get; init; }
    public required CaseId CaseId { get; init; }

    /// <summary>Number told to whoever signed up, per organisation and year, e.g. BM2026-000012.</summary>
    public required string Number { get; init; }
    public string? Name { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public string Language { get; init; } = "zh";
    public SignUpState State { get; set; }
    public required string FollowSecretHash { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When a place became free for somebody who had waited; told once.</summary>
    public DateTimeOffset? MovedUpAt { get; set; }

    /// <summary>How often the meeting had been moved when the person was told of it last.</summary>
    public int ToldSequence { get; set; }

    /// <summary>When name and contact were deleted because the meeting is over; null while they are kept.</summary>
    public DateTimeOffset? ForgottenAt { get; set; }

    /// <summary>Grows with every change.</summary>
    public int Revision { get; set; } = 1;

    /// <summary>Deletes who it was: the number and whether there was a place stay.</summary>
    public void Forget(DateTimeOffset now)
    {
        (Name, Phone, Email) = (null, null, null);
        ForgottenAt = now;
        Revision++;
    }
}

/// <summary>A wish to come, as somebody types it.</summary>
public sealed record SignUpEntry
{
    public required OrganisationId OrganisationId { get; init; }
    public required PublicationId PublicationId { get; init; }
    public required string Name { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string Language { get; init; } = "zh";
    public bool Consented { get; init; }

    /// <summary>Random and known to the sender alone: the code is derived from it.</summary>
    public required string OperationId { get; init; }
}

/// <summary>Places, the waiting list, and who moves up. Pure.</summary>
public static class SignUpRules
{
    /// <summary>No waiting list is longer.</summary>
    public const int LongestList = 500;

    /// <summary>Key of the number series.</summary>
    public const string NumberSeries = Numbers.SeriesKeys.SignUp;

    /// <summary>Number of a sign-up: BM2026-000012.</summary>
    public static string Number(int year, int number) => $"BM{year:D4}-{number:D6}";

    /// <summary>What is wrong with a wish to come, field by field.</summary>
    public static IReadOnlyList<FieldError> Check(SignUpEntry entry, IUseCaseMail mail)
    {
        var errors = new List<FieldError?>
        {
            ContactRules.Length("name", new("称呼", "Name"), entry.Name, 1, Matters.MatterRules.LongestName),
            ContactRules.Phone("phone", entry.Phone), ContactRules.Email("email", entry.Email, mail),
        };
        if (string.IsNullOrWhiteSpace(entry.Phone) && string.IsNullOrWhiteSpace(entry.Email))
        {
            errors.Add(new("phone", new(
                "请留下电话或邮箱，会议有变化时才能告诉您。",
                "Leave a phone number or a mail address, so that we can tell you of changes.")));
        }

        if (!entry.Consented)
        {
            errors.Add(new("consent", new(
                "请先阅读并勾选同意说明，您填写的内容还在。", "Please read and tick the note first; what you typed is still there.")));
        }

        return [.. errors.OfType<FieldError>()];
    }

    /// <summary>
    /// True when whoever signed up has not heard yet that the meeting was moved or called off.
    /// </summary>
    public static bool OwesNews(SignUp own, Meeting meeting) =>
        own.State != SignUpState.Withdrawn && own.ForgottenAt is null && own.ToldSequence < meeting.Sequence
        && (meeting.IsAhead || meeting.State == MeetingState.CalledOff);

    /// <summary>True when that news has to go by telephone, because no address was left.</summary>
    public static bool OwesCall(SignUp own, Meeting meeting) => own.Email is null && OwesNews(own, meeting);

    /// <summary>
    /// From this day on nobody needs to know any more who signed up: so many days after the meeting, or after the day
    /// on which it would have been.
    /// </summary>
    public static DateOnly ForgetOn(Meeting meeting, RuleSet rules) =>
        meeting.On.AddDays(rules.Number(RuleKeys.KeepSignUps));

    /// <summary>
    /// Gives free places to those who wait longest; answers who moved up. Nobody moves twice.
    /// </summary>
    public static IReadOnlyList<SignUp> MoveUp(
        Publication publication, IReadOnlyList<SignUp> all, DateTimeOffset now)
    {
        var free = publication.Places - all.Count(one => one.State == SignUpState.Placed);
        var moved = all.Where(one => one.State == SignUpState.Waiting).OrderBy(one => one.At)
            .ThenBy(one => one.Number, StringComparer.Ordinal).Take(Math.Max(0, free)).ToList();
        foreach (var one in moved)
        {
            (one.State, one.MovedUpAt) = (SignUpState.Placed, now);
            one.Revision++;
        }

        return moved;
    }
}
