using Consultation.Cases.People;
using Consultation.Testing.Scenarios;

namespace Consultation.ServerTests.Workflows.Stories;

/// <summary>
/// A district with forty people for the stories: the thirteen of every scenario, more members, contacts and holders of
/// offices, and three residents who have no account. Names are made up.
/// </summary>
internal static class FortyPeople
{
    /// <summary>Residents who come to meetings: two with an address, one with a telephone only.</summary>
    public static readonly IReadOnlyDictionary<string, string> Residents = new Dictionary<string, string>
    {
        ["何平"] = "he.ping@mail.example.com",
        ["秦岚"] = "qin.lan@mail.example.com",
        ["胡杨"] = "13800000000",
    };

    public static District District()
    {
        var district = new District();
        foreach (var (name, number) in new[]
        {
            "周航", "林悦", "何川", "郭敏", "罗成", "谢宁", "唐雨", "邓凯", "曹颖", "彭飞", "袁泉", "蒋欣",
        }.Select((name, number) => (name, number)))
        {
            var member = district.Person($"委员 {name}", $"member{number}", false, (Role.Member, null));
            member.Sectors.Add(name is "林悦" or "何川" ? Testing.Scenarios.District.LightingField : "教育");
        }

        district.Person("委员 马骏", "ma.jun", false, (Role.CommitteeMember, district.Committee.Id));
        Contact("区住建委", "梁静", "liang.jing");
        Contact("区财政局", "宋佳", "song.jia");
        Contact("区城管委", "韩雪", "han.xue");
        district.Person("水务替补 许强", "xu.qiang", true, (Role.DepartmentContact, district.Water.Id));
        var town = district.Unit(UnitKind.Town, "河畔街道");
        district.Person("街道联系人 丁磊", "ding.lei", false, (Role.DepartmentContact, town.Id));
        var village = district.Unit(UnitKind.Village, "河畔社区");
        district.Person("社区联系人 叶青", "ye.qing", false, (Role.DepartmentContact, village.Id));
        district.Person("专人替补 范磊", "fan.lei", true, (Role.PlatformOfficer, district.Platform.Id));
        district.Person("督办 沈冰", "shen.bing", false, (Role.Supervisor, null));
        district.Person("党组 高远", "gao.yuan", false, (Role.LeadingGroup, null));
        district.Person("管理员 沈默", "shen.mo", false, (Role.Administrator, null));
        district.Person("观察 石磊", "shi.lei", false, (Role.Viewer, null));
        (district.Directory.People.Count + Residents.Count).Should().Be(40);
        return district;

        void Contact(string unit, string name, string account) => district.Person($"联系人 {name}", account, false,
            (Role.DepartmentContact, district.Unit(UnitKind.Department, unit).Id));
    }
}
