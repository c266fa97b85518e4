using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Consultation.Cases.People;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Testing.Scenarios;
using static Consultation.ServerTests.Workflows.SixStepMoves;

namespace Consultation.ServerTests.Workflows.Stories;

/// <summary>
/// How many mails one topic costs in a district of 200 members, three halls and two committees, from the matter to the
/// closed case, when everybody answers in time. The table in docs/design/who-hears.md is held by this; set
/// CONSULTATION_WRITE_GUIDE=1 to write it anew.
/// </summary>
public sealed class MailsOfATopicTests
{
    private const string Mark = "<!-- mails of one topic: written by MailsOfATopicTests -->";

    private static string Page([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../../docs/design/who-hears.md"));

    [Fact]
    public void One_topic_mails_those_concerned_and_the_page_says_how_many()
    {
        var scenario = Begin(new Scenario(WorkflowFolder.All, Monday, Large()));
        Screen(scenario);
        Confirm(scenario);
        ToFollowUp(scenario);
        Do(scenario, "ReplyWatch", scenario.District.Secretary);
        foreach (var item in scenario.Items) Finish(scenario, item);

        scenario.OpenRuns.Should().Be(0);
        // Nobody waits here, so that mails about what is answered at once count too.
        var mails = scenario.Mails;
        mails.Select(mail => mail.RecipientAddress).Distinct().Count().Should().BeLessThan(20,
            "of more than 200 people only those concerned are written to");
        var expected = Table(mails);
        var text = File.ReadAllText(Page());
        var (from, to) = (text.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length,
            text.IndexOf("<!-- end -->", StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("CONSULTATION_WRITE_GUIDE") == "1")
        {
            File.WriteAllText(Page(), $"{text[..from]}\n\n{expected}\n{text[to..]}");
            return;
        }

        text[from..to].Trim().Should().Be(expected.Trim());
    }

    private static string Table(List<OutgoingMail> mails)
    {
        var text = new StringBuilder("| mail | how many | to how many people |\n| --- | --: | --: |\n");
        foreach (var kind in mails.GroupBy(mail => mail.Purpose).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {MailTemplateCatalogue.Find(kind.Key)!.En} | {kind.Count()} | {People(kind)} |");
        }

        text.AppendLine(
            CultureInfo.InvariantCulture, $"| **together** | **{mails.Count}** | **{People(mails)}** |");
        return text.ToString();
    }

    private static int People(IEnumerable<OutgoingMail> mails) =>
        mails.Select(mail => mail.RecipientAddress).Distinct().Count();

    /// <summary>200 members of whom four have the topic's field, three halls, two committees.</summary>
    private static District Large()
    {
        var district = new District();
        for (var number = 1; number < 200; number++)
        {
            var member = district.Person($"委员{number}", $"m{number}", false, (Role.Member, null));
            member.Sectors.Add(number % 60 == 0 ? District.LightingField : "教育");
        }

        var other = district.Unit(UnitKind.SpecialCommittee, "文教卫体委");
        district.Person("主任 二", "d2", false, (Role.CommitteeDirector, other.Id));
        district.Person("委员 二", "c2", false, (Role.CommitteeMember, other.Id));
        foreach (var (hall, account) in new[] { ("城东委员工作站", "east"), ("城西委员工作站", "west") })
        {
            var platform = district.Unit(UnitKind.MemberStation, hall);
            platform.HallName = $"{hall}议事厅";
            district.Person($"站长 {hall}", $"{account}.head", false, (Role.PlatformHead, platform.Id));
            district.Person($"专人 {hall}", $"{account}.officer", false, (Role.PlatformOfficer, platform.Id));
        }

        return district;
    }
}
