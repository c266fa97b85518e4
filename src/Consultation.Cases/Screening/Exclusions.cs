using System.Collections.Frozen;

namespace Consultation.Cases.Screening;

/// <summary>The eight exclusions as the plan words them (五(四), Q66–Q73) and what each demands (O13–O15).</summary>
public static class Exclusions
{
    private static readonly LocalText[] Texts =
    [
        new("违反宪法和法律法规政策的", "against the constitution, law or policy"),
        new("根据法律法规应予以保密的", "secret by law"),
        new("进入刑事、民事、行政诉讼程序或者行政复议、仲裁程序的", "in litigation, administrative review or arbitration"),
        new("已交办的信访事项", "a petition already assigned"),
        new("实名举报的", "a real-name report"),
        new("涉及纪检监察机关正在审查和调查的涉嫌违法违纪问题的", "under inquiry by discipline and supervision bodies"),
        new("对本人或亲属解决个人问题，相关部门已作出明确答复或处理意见的", "a personal matter that the department has answered"),
        new("其他不宜纳入协商范围的事项", "other matters not fit for consultation"),
    ];

    /// <summary>Codes that a second person must confirm (O13).</summary>
    public static FrozenSet<int> NeedSecondPerson { get; } = FrozenSet.Create(2, 5, 6, 8);

    /// <summary>Codes whose content must not stand in the open store (O15).</summary>
    public static FrozenSet<int> Restricted { get; } = FrozenSet.Create(2, 5, 6);

    /// <summary>Codes asked again at every gate (O14).</summary>
    public static FrozenSet<int> AskedAgain { get; } = FrozenSet.Create(3, 4, 6);

    /// <summary>The wording of a code, 1 to 8.</summary>
    public static LocalText Text(int code) => Texts[code - 1];

    /// <summary>What reference a code asks for, or null (Q68, Q69, Q72).</summary>
    public static LocalText? ReferenceOf(int code) => code switch
    {
        3 => new("案号或受理机关", "Case number or receiving body"),
        4 => new("信访件编号", "Petition number"),
        7 => new("答复文号或日期", "Number or date of the answer"),
        _ => null,
    };
}
