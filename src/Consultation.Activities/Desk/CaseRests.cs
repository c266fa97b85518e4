using Consultation.Activities.Closing;
using Consultation.Activities.Screening;
using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Screening;

namespace Consultation.Activities.Desk;

/// <summary>
/// The edits of a case file by which people suspend a case, lift that, and ask for the review of an exclusion. Apart
/// from <see cref="CaseActs"/> for tests, which keep files in memory.
/// </summary>
internal static class CaseRests
{
    /// <summary>Most characters of a reason.</summary>
    public const int LongestReason = 500;

    /// <summary>Longest span of a rest; an open end has none.</summary>
    private const int LongestYears = 2;

    public static FileEdit Suspend(CaseFile file, RestRequest request, StepTools tools, DateTimeOffset now)
    {
        var today = file.Calendar.DayOf(now);
        List<FieldError?> errors =
        [
            Reason(request.Reason),
            file.Case.State == CaseState.Open ? null : new("", new(
                "协商事项不在办理中，不能暂停；如果已经暂停，可以恢复办理。",
                "The case is not under way and cannot be suspended; if it is suspended, it can go on.")),
            request.Until is { } day && (day <= today || day > today.AddYears(LongestYears)) ? new("until", new(
                $"恢复日期应在今天以后、{LongestYears} 年以内；不能确定的，请留空，由人恢复。",
                $"The day must lie ahead, within {LongestYears} years; leave it empty if it is not known.")) : null,
        ];
        if (errors.OfType<FieldError>().ToList() is { Count: > 0 } wrong) return new(wrong, []);
        Suspension.Begin(file.Case, now, request.Until);
        var reason = Said(file, request);
        RestEnd.Add(file, request.ActorId, now, HistoryVerbs.CaseSuspended, request.Until is { } until
            ? new($"办理和计时暂停，{until:yyyy-MM-dd}自动恢复。{reason}",
                $"The case and its timers rest until {until:yyyy-MM-dd}. {reason}".TrimEnd())
            : new($"办理和计时暂停，由人恢复。{reason}",
                $"The case and its timers rest until somebody lifts it. {reason}".TrimEnd()));
        RestNotice.Tell(
            tools, file, $"rests {request.OperationId}", null, now, new(request.Reason.Trim(), request.Until));
        return new([], []);
    }

    public static FileEdit Resume(CaseFile file, RestRequest request, StepTools tools, DateTimeOffset now)
    {
        List<FieldError?> errors =
        [
            Reason(request.Reason),
            file.Case.State == CaseState.Suspended ? null : new("", new(
                "协商事项没有暂停，不需要恢复。", "The case is not suspended; nothing needs to be lifted.")),
            IsAsked(file) ? new("", new(
                "协商事项因不纳入情形暂停，恢复还是终止由“暂停后的处理”任务决定，请在那里办理。",
                "The case rests because of an exclusion; its open task decides whether it goes on. Answer it there."))
                : null,
        ];
        if (errors.OfType<FieldError>().ToList() is { Count: > 0 } wrong) return new(wrong, []);
        var said = Said(file, request);
        GoOn(file, request.ActorId, new($"协商事项恢复办理。{said}", $"The case goes on. {said}".TrimEnd()),
            request.OperationId, request.Reason.Trim(), tools, now);
        return new([], []);
    }

    /// <summary>The day has come on which a rest was to end.</summary>
    public static FileEdit End(CaseFile file, DateOnly until, string operationId, StepTools tools, DateTimeOffset now)
    {
        if (file.Case.State == CaseState.Suspended && file.Case.SuspendedUntil == until
            && until <= file.Calendar.DayOf(now))
        {
            GoOn(
                file, null, new("暂停期满，协商事项恢复办理。", "The span of the rest is over; the case goes on."), operationId, null,
                tools, now);
        }

        return new([], []);
    }

    public static FileEdit AskReview(CaseFile file, ReviewRequest request, DateTimeOffset now)
    {
        var errors = ReviewRules.Check(file.Case, file.Matters, request, file.Calendar.DayOf(now));
        if (errors.Count > 0 || file.Case.Review!.OperationId == request.OperationId) return new(errors, []);
        var said = file.Case.Restricted ? "" : TypedText.Prose(request.Statement);
        var number = file.Matters.Find(matter => matter.Id == request.MatterId)!.Number;
        file.Case.Review = file.Case.Review with
        {
            AskedAt = now,
            MatterId = request.MatterId,
            EnteredById = request.EnteredById,
            OperationId = request.OperationId,
        };
        RestEnd.Add(file, request.EnteredById, now, HistoryVerbs.ReviewAsked, request.EnteredById is null
            ? new($"提出人（{number}）申请复核。{said}", $"The proposer of {number} asks for a review. {said}".TrimEnd())
            : new($"代提出人（{number}）登记复核申请。{said}",
                $"A review was asked for at the desk for the proposer of {number}. {said}".TrimEnd()));
        return new([], [new StepMessage(
            file.Case.Review.InstanceId, file.Case.Review.BookmarkId,
            new Dictionary<string, object?> { [ReviewExclusion.StatementKey] = said },
            $"review:{file.Case.Id.Value:N}:{file.Case.Review.BookmarkId}")]);
    }

    private static void GoOn(
        CaseFile file, PersonId? actor, LocalText line, string operationId, string? reason, StepTools tools,
        DateTimeOffset now)
    {
        var since = file.Case.SuspendedAt;
        var resumed = Suspension.End(file, now);
        RestNotice.Tell(tools, file, $"goes on {operationId}", null, now, new(reason, null));
        RestEnd.Add(file, actor, now, HistoryVerbs.CaseState, line);
        RestEnd.Lift(tools, file, since, now);
        RestEnd.Write(file, resumed, actor, now);
    }

    /// <summary>An exclusion that arose has a task of its own, which says whether the case goes on.</summary>
    private static bool IsAsked(CaseFile file) =>
        file.Screening is { Excluded: true } found && found.ScreenedAt >= file.Case.SuspendedAt;

    private static FieldError? Reason(string reason) => reason.Trim().Length switch
    {
        0 => new("reason", new("请写明原因，有关人员会看到。", "Give the reason; those concerned read it.")),
        > LongestReason => new("reason", new(
            $"原因最多 {LongestReason} 个字，请精简。", $"The reason has at most {LongestReason} characters; please shorten it.")),
        _ => null,
    };

    private static string Said(CaseFile file, RestRequest request) =>
        file.Case.Restricted ? "" : request.Reason.Trim();
}
