using Consultation.Cases.Documents;
using Consultation.Cases.People;

namespace Consultation.Cases.Forms;

/// <summary>
/// The work group's form starts from the group that the case was opened with, with a row for each duty that has to be
/// filled, and with the timetable that the workflow plans (P27–P30). Who takes which duty is nobody's guess.
/// </summary>
internal static class WorkGroupPrefill
{
    private static readonly string[] Duties = ["planning", "liaison", "documents"];

    internal static Dictionary<string, string> Of(CaseFile file)
    {
        var fields = new Dictionary<string, string>
        {
            ["duties"] = FormValues.Write([.. Duties.Select(duty => new Dictionary<string, string>
            {
                ["duty"] = duty,
            })]),
        };
        if (file.Case.WorkGroupId is { } group && file.Directory.Find(group) is { } unit)
        {
            var now = file.Case.OpenedAt;
            var (leads, members) = (
                file.Directory.Holders(Role.WorkGroupLead, group, now),
                file.Directory.Holders(Role.WorkGroupMember, group, now));
            fields["name"] = unit.Name.Zh;
            if (leads is [var lead, ..]) fields["lead"] = Id(lead);
            fields["members"] = FormValues.List(members.Select(Id));
        }

        if (file.Case.StartDate is { } start)
        {
            fields["timetable"] = string.Join('\n', file.Phases
                .Select(phase => (phase.Number, phase.Name, From: phase.PlannedFrom, To: phase.PlannedTo))
                .Concat(file.Outline.Ahead(file.Phases).Select(phase =>
                {
                    var (from, to) = phase.Days(file.Case, start, file.Calendar);
                    return (phase.Number, phase.Name, From: from, To: to);
                }))
                .OrderBy(phase => phase.Number)
                .Select(phase => $"{phase.Name.Zh}：{ChineseDay.Of(phase.From)}至{ChineseDay.Of(phase.To)}"));
        }

        return fields.Where(entry => entry.Value.Length > 0).ToDictionary();

        static string Id(Person person) => person.Id.Value.ToString("N");
    }
}
