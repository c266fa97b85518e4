using Consultation.Cases;
using Consultation.Cases.Meetings;
using Consultation.Cases.Tasks;

namespace Consultation.Testing.Scenarios;

/// <summary>How a case gets through its meeting: replies, the day, the minutes.</summary>
public static class MeetingMoves
{
    /// <summary>Everybody asked replies to the notice.</summary>
    public static void ReplyAll(this Scenario scenario, string reply = "yes")
    {
        var call = scenario.TaskAt("Call");
        foreach (var seat in call.Assignees.Where(seat => seat.Active).ToList())
        {
            scenario.ReplyOf(seat.PersonId, reply);
        }
    }

    /// <summary>The brief goes to the roster in time, where it is asked for.</summary>
    public static void HandInBrief(this Scenario scenario)
    {
        if (scenario.Open.FirstOrDefault(task => task.FormKey == Cases.Forms.FormKeys.MeetingBrief) is { } brief)
        {
            DoFirst(scenario, brief.ActivityId);
        }
    }

    /// <summary>Somebody replies to the notice.</summary>
    public static AnswerResult ReplyOf(this Scenario scenario, PersonId who, string reply) =>
        scenario.Answer(scenario.TaskAt("Call"), PersonOf(scenario, who), OutcomeKeys.Submit,
            scenario.Fill("attendance-reply", ("reply", reply)));

    /// <summary>The day comes, and those who are expected sign in; where nobody replied, all do.</summary>
    public static Meeting ReachMeeting(this Scenario scenario)
    {
        var meeting = scenario.Meetings[0];
        if (scenario.Now < meeting.Begins(scenario.District.Calendar))
        {
            scenario.HandInBrief();
            scenario.PassUntil(meeting.Begins(scenario.District.Calendar));
        }

        var expected = meeting.Current.Where(seat => seat.IsExpected).ToList();
        foreach (var seat in expected.Count > 0 ? expected : [.. meeting.Current])
        {
            scenario.Do(scenario.Act<MeetingAct.SignIn>(id => new(seat.Id, true, seat.SubstituteName ?? "")
            {
                OrganisationId = meeting.OrganisationId,
                MeetingId = meeting.Id,
                CaseId = scenario.Case.Id,
                ActorId = scenario.District.Secretary.Id,
                OperationId = id,
            }));
        }

        return meeting;
    }

    /// <summary>The minutes are drafted, confirmed by all who were present, and closed.</summary>
    public static void SettleMinutes(this Scenario scenario)
    {
        DoFirst(scenario, "Minutes");
        var confirm = scenario.TaskAt("ConfirmMinutes");
        foreach (var seat in confirm.Assignees.ToList())
        {
            scenario.Answer(confirm, PersonOf(scenario, seat.PersonId), OutcomeKeys.NoObjection);
        }

        DoFirst(scenario, "CloseMinutes");
    }

    private static void DoFirst(Scenario scenario, string node)
    {
        var task = scenario.TaskAt(node);
        scenario.Answer(
            task, PersonOf(scenario, task.Assignees[0].PersonId), task.Outcomes[0].Key, Fields(scenario, task));
    }

    private static Dictionary<string, string> Fields(Scenario scenario, WorkTask task)
    {
        var fields = task.FormKey is null ? [] : scenario.Fill(task);
        foreach (var (key, value) in task.Prefill) fields[key] = value;
        return fields;
    }

    private static Cases.People.Person PersonOf(Scenario scenario, PersonId who) =>
        scenario.District.Directory.With(scenario.Tasks).Find(who)!;

    private static MeetingAct Act<T>(this Scenario scenario, Func<string, T> make)
        where T : MeetingAct => make(Guid.NewGuid().ToString("N"));
}
