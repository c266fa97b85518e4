using Consultation.Cases.People;

namespace Consultation.Cases.Tasks;

/// <summary>
/// Whose turn it is where the chair decides last (O2): the members give their opinions first; the chair is asked when
/// all have answered or their time is over, not before. Pure.
/// </summary>
public static class GateTurns
{
    /// <summary>The seat that decides last; null where nobody does.</summary>
    public static TaskAssignee? ChairOf(WorkTask task) => task.Mode != GateMode.ChairLast ? null
        : task.Assignees.Find(seat => seat is { Active: true, IsChair: true })
            ?? task.Assignees.Find(seat => seat.Active);

    /// <summary>Those who give an opinion before the chair decides; nobody where the chair is alone.</summary>
    public static IReadOnlyList<TaskAssignee> MembersOf(WorkTask task) => ChairOf(task) is { } chair
        ? task.Assignees.FindAll(seat => seat.Active && seat != chair)
        : [];

    /// <summary>Members without an opinion.</summary>
    public static IReadOnlyList<TaskAssignee> SilentMembers(WorkTask task) =>
        [.. MembersOf(task).Where(seat => seat.Outcome is null)];

    /// <summary>True for a chair whose turn has not come.</summary>
    public static bool WaitsForMembers(WorkTask task, TaskAssignee seat) =>
        task.ChairSince is null && ChairOf(task) == seat && MembersOf(task).Count > 0;

    /// <summary>Why it is not the seat's turn yet, and whose it is; null when it is.</summary>
    public static LocalText? NotYet(WorkTask task, TaskAssignee seat, OrganisationDirectory directory)
    {
        if (!WaitsForMembers(task, seat)) return null;
        var silent = SilentMembers(task);
        if (silent.Count == 0)
        {
            return new("成员意见已齐，马上轮到您决定，请稍后刷新。",
                "All opinions are in; it is your turn in a moment. Please reload.");
        }

        var names = GateTally.Names([.. silent], directory.With(task));
        var (then, thenEn) = task.DueAt is null ? ("", "") : ("，或者时间到了", " or their time is over");
        return new(
            $"还没有轮到您：等待{names.Zh}发表意见。他们答复完{then}，再请您决定，届时会发邮件通知。",
            $"It is not your turn yet: {names.En} still to give an opinion. Once they have{thenEn} you are asked to "
                + "decide, by mail.");
    }

    /// <summary>
    /// What whoever is asked on a seat has to know of the turns: that he gives an opinion and who decides; that he
    /// decides, and who said nothing. Null where there are no turns.
    /// </summary>
    public static LocalText? Say(WorkTask task, TaskAssignee seat, OrganisationDirectory directory)
    {
        if (ChairOf(task) is not { } chair || MembersOf(task).Count == 0) return null;
        directory = directory.With(task);
        if (seat != chair)
        {
            var name = GateTally.NameOf(chair, directory);
            return new(
                $"请您发表意见，最后由{name}决定{(task.DueAt is null ? "" : "；到时限没有发表意见的，由其直接决定")}。",
                $"You give an opinion; {name} decides in the "
                    + $"end{(task.DueAt is null ? "" : ", without those who gave none in time")}.");
        }

        var silent = SilentMembers(task);
        var names = GateTally.Names([.. silent], directory);
        return silent.Count == 0
            ? new("成员意见已齐，请您作最后决定。", "All opinions are in; you decide.")
            : new($"发表意见的时间已到，{names.Zh}未发表意见，请您作最后决定。",
                $"The time for opinions is over and {names.En} gave none; you decide.");
    }

    /// <summary>The members' opinions so far: "赵强：同意；孙丽：退回修改". Empty without any.</summary>
    public static LocalText Opinions(WorkTask task, OrganisationDirectory directory)
    {
        directory = directory.With(task);
        var given = MembersOf(task).Where(seat => seat.Outcome is not null)
            .Select(seat => (Name: GateTally.NameOf(seat, directory),
                Label: task.Outcomes.Find(one => one.Key == seat.Outcome)?.Label ?? new(seat.Outcome!))).ToList();
        return new(
            string.Join('；', given.Select(one => $"{one.Name}：{one.Label.Zh}")),
            string.Join("; ", given.Select(one => $"{one.Name}: {one.Label.For("en")}")));
    }
}
