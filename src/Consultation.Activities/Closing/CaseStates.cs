using Consultation.Cases;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Activities.Closing;

/// <summary>States of a case by name.</summary>
internal static class CaseStates
{
    /// <summary>The states to choose from.</summary>
    public static IReadOnlyList<InputOption> Options { get; } =
    [
        new(nameof(CaseState.Closed), new("办结", "Closed")), new(nameof(CaseState.Excluded), new("不予纳入", "Excluded")),
        new(nameof(CaseState.Rejected), new("未通过", "Rejected")),
        new(nameof(CaseState.Cancelled), new("撤销", "Cancelled")),
        new(nameof(CaseState.Open), new("办理中", "Open")), new(nameof(CaseState.Suspended), new("暂停", "Suspended")),
    ];

    /// <summary>Reads a state as the descriptor writes it.</summary>
    public static CaseState Read(string? text) =>
        Enum.TryParse<CaseState>(text, ignoreCase: true, out var state) && Enum.IsDefined(state)
        ? state
        : throw new ActivityFaultException(
            $"没有“{text}”这种协商事项状态，可用：{string.Join("、", Enum.GetNames<CaseState>())} / "
                + $"There is no case state \"{text}\"; use one of {string.Join(", ", Enum.GetNames<CaseState>())}.",
            code: "bad-state");

    /// <summary>What the states are called.</summary>
    public static LocalText NameOf(CaseState state) => state switch
    {
        CaseState.Open => new("恢复办理", "is being dealt with"),
        CaseState.Suspended => new("暂停", "is suspended"),
        CaseState.Closed => new("办结", "is closed"),
        CaseState.Excluded => new("不予纳入", "is excluded"),
        CaseState.Rejected => new("未通过", "was rejected"),
        _ => new("撤销", "is cancelled"),
    };
}
