using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Forms;
using Consultation.Cases.People;

namespace Consultation.Web.Plans;

/// <summary>A ten-week plan as somebody asks for it (P14, P27). Pure.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Start">First day as typed, yyyy-MM-dd.</param>
/// <param name="Setting">One of <see cref="Settings"/>.</param>
/// <param name="Group">The work group, or null when none was chosen.</param>
internal sealed record NewPlan(string Title, string Start, string Setting, UnitId? Group)
{
    /// <summary>Keys of the settings (P02).</summary>
    public static readonly IReadOnlyList<string> Settings = ["community", "organisation", "field"];

    /// <summary>How far ahead or back a plan may start, in days.</summary>
    private const int FarthestAhead = 366, FarthestBack = 14;

    /// <summary>The first day, or null when what was typed is no day.</summary>
    public DateOnly? Day => FormValues.Day(Start);

    /// <summary>What is wrong, beside the field where it is mended.</summary>
    public IReadOnlyList<FieldError> Check(OrganisationDirectory directory, WorkingCalendar calendar, DateOnly today)
    {
        var errors = new List<FieldError>();
        if (TypedText.Line(Title).Length is 0 or > 200)
        {
            errors.Add(new("title", new("请填写计划名称，不超过 200 字。", "Give the plan a name of at most 200 characters.")));
        }

        if (CheckDay(calendar, today) is { } wrongDay)
        {
            errors.Add(new("start", wrongDay));
        }

        if (!Settings.Contains(Setting))
        {
            errors.Add(new("setting", new("请选择适用场景。", "Choose the setting.")));
        }

        if (CheckGroup(directory) is { } wrongGroup)
        {
            errors.Add(new("group", wrongGroup));
        }

        return errors;
    }

    private LocalText? CheckDay(WorkingCalendar calendar, DateOnly today)
    {
        if (Day is not { } day)
        {
            return new("请按 2026-03-02 的样子填写开始日期。", "Write the start date as 2026-03-02.");
        }

        if (day > today.AddDays(FarthestAhead) || day < today.AddDays(-FarthestBack))
        {
            return new($"开始日期应在 {today.AddDays(-FarthestBack):yyyy-MM-dd} 到 {today.AddDays(FarthestAhead):yyyy-MM-dd} "
                + "之间。",
                $"The start date must lie between {today.AddDays(-FarthestBack):yyyy-MM-dd} and "
                    + $"{today.AddDays(FarthestAhead):yyyy-MM-dd}.");
        }

        if (!calendar.IsWorkingDay(day))
        {
            var next = calendar.Add(day, new WorkingDuration(0, DayCount.WorkingDays));
            return new($"{day:yyyy-MM-dd} 不是工作日，最近的工作日是 {next:yyyy-MM-dd}。",
                $"{day:yyyy-MM-dd} is no working day; the next one is {next:yyyy-MM-dd}.");
        }

        return null;
    }

    private LocalText? CheckGroup(OrganisationDirectory directory)
    {
        if (directory.Find(Group) is not { } group)
        {
            return new("请选择工作小组。没有小组时，请先在“组织人员”里建立。",
                "Choose the work group. If there is none, make one under People first.");
        }

        if (directory.Holders(Role.WorkGroupLead, group.Id).Count == 0)
        {
            return new($"“{group.Name.Zh}”还没有组长，请先在“组织人员”里指定。",
                $"{group.Name.For("en")} has no lead; name one under People first.");
        }

        return directory.Holders(Role.WorkGroupMember, group.Id).Count == 0
            ? new LocalText($"“{group.Name.Zh}”还没有成员，请先在“组织人员”里添加。",
                $"{group.Name.For("en")} has no members; add some under People first.")
            : null;
    }
}
