using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;

namespace Consultation.Tests.Cases.Meetings;

/// <summary>Meetings for tests.</summary>
internal static class Made
{
    internal static readonly DateTimeOffset Now = District.Now;

    internal static Case Case(District district, string title = "停车") => new()
    {
        OrganisationId = district.Id,
        Id = CaseId.New(),
        Kind = CaseKind.SixStep,
        Title = title,
        OpenedAt = Now,
        PlatformId = district.Platform.Id,
    };

    internal static CaseFile File(District district, Case? @case = null, params Meeting[] meetings) =>
        new(district.Directory, district.Calendar, @case ?? Case(district), [])
        {
            Policies = PolicySet.None,
            Meetings = [.. meetings],
        };

    /// <summary>A meeting on that day at 14:30, with these people on its roster.</summary>
    internal static Meeting Meeting(District district, Case file, DateOnly on, params Person[] people) =>
        MeetingPlan.Make(
            file, file.Title, Fields(district, on, people), district.Directory, district.Secretary.Id, Now);

    internal static Dictionary<string, string> Fields(District district, DateOnly on, params Person[] people) => new()
    {
        ["on"] = on.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        ["from"] = "14:30",
        ["to"] = "16:30",
        ["place"] = "三楼会议室",
        ["topic"] = "停车",
        ["agenda"] = "陈述、讨论。",
        ["host"] = Id(district.Chair),
        ["recorder"] = Id(district.Secretary),
        ["people"] = FormValues.Write(people.Select(person => new Dictionary<string, string>
        {
            ["person"] = Id(person),
            ["class"] = "member",
            ["vote"] = FormValues.Yes,
        })),
    };

    internal static string Id(Person person) => person.Id.Value.ToString("N");

    internal static Dictionary<string, string> Reply(string reply) => new() { ["reply"] = reply, ["reason"] = "出差" };
}
