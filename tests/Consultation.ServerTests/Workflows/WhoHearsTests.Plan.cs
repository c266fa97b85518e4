using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Testing.Scenarios;

namespace Consultation.ServerTests.Workflows;

/// <content>Who hears what of a ten-week plan.</content>
public sealed partial class WhoHearsTests
{
    [Theory]
    [InlineData("Confirm")]
    [InlineData("Reject")]
    public void Of_a_plans_topic_the_drafter_the_proposers_and_those_whom_it_concerns_hear(string decision)
    {
        var scenario = new Scenario(WorkflowFolder.All, new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero))
            .Begin("ten-week-plan", CaseKind.TenWeekPlan, "老旧小区停车", new DateOnly(2026, 3, 2));
        foreach (var node in new[] { "Survey", "Visits", "OpenCall", "SortIssues", "DraftTopic" })
        {
            PlanWork.Do(scenario, scenario.TaskAt(node));
        }

        var gate = scenario.TaskAt("TopicGate");
        var drafter = scenario.District.Directory.Find(scenario.Topic!.DraftedById)!;
        while (Gate.Owing(gate) is [var seat] && !seat.IsChair)
        {
            scenario.Answer(gate, scenario.District.Directory.Find(seat.PersonId)!, "Confirm");
        }

        var known = scenario.Mails.Count;
        scenario.Answer(
            gate, scenario.District.Directory.Find(Gate.Owing(gate).Single().PersonId)!, decision, reason: "不成熟")
            .Should().BeOfType<AnswerResult.Accepted>();

        if (decision == "Reject")
        {
            Since(scenario, known).Should().BeEquivalentTo(
                [$"topic-result to {drafter.Name}", $"topic-result to {Proposer}"]);
            scenario.Mails[^1].TextBody.Should().Contain("不成熟");
            return;
        }

        Since(scenario, known).Should().Contain(
            [$"topic-result to {Proposer}", $"notice to {Hall}", $"acknowledgement-request to {Water}"]);
        scenario.TaskAt("TellConcerned").Assignees.Select(seat => seat.PersonId).Should()
            .Contain(scenario.District.MemberA.Id)
            .And.NotContain(scenario.District.MemberB.Id, "not that member's field");
    }

    [Fact]
    public void An_appointed_group_of_other_people_hears_its_duties_and_gets_their_tasks()
    {
        var scenario = new Scenario(WorkflowFolder.All, new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero))
            .Begin("ten-week-plan", CaseKind.TenWeekPlan, "老旧小区停车", new DateOnly(2026, 3, 2));
        var (lead, a, b) = (scenario.District.Supervisor, scenario.District.MemberA, scenario.District.MemberB);
        static string Id(Person person) => person.Id.Value.ToString("N");
        var duties = WorkGroupDuties.Required.Select(duty => new Dictionary<string, string>
        {
            ["duty"] = duty.Key,
            ["who"] = Id(duty.Key == "documents" ? b : a),
            ["substitute"] = Id(duty.Key == "documents" ? a : scenario.District.Head),
        });
        scenario.Answer("WorkGroup", scenario.District.GroupLead, "Done", scenario.Fill("work-group",
            ("name", "停车议事小组"), ("lead", Id(lead)), ("members", $"{Id(a)},{Id(b)}"),
            ("duties", FormValues.Write(duties)),
            ("timetable", "第一周征集，第三周开会。"))).Should().BeOfType<AnswerResult.Accepted>();
        var known = scenario.Mails.Count;

        scenario.Answer("Appoint", scenario.District.Secretary, "Confirm").Should().BeOfType<AnswerResult.Accepted>();

        Since(scenario, known).Should().BeEquivalentTo(
            [$"notice to {Supervisor}", $"notice to {MemberA}", $"notice to {Hall}", $"work-request to {MemberB}"],
            "who gets a task reads the notice in its mail");
        scenario.Mails.Last(mail => mail.Purpose == "notice").TextBody.Should()
            .Contain("组织策划：委员 赵强（替补 站长 吴刚）").And.Contain("第一周征集，第三周开会。");
        var group = scenario.District.Directory.Find(scenario.Case.WorkGroupId)!;
        group.Should().Match<Unit>(unit => unit.Name.Zh == "停车议事小组" && unit.Kind == UnitKind.WorkGroup
            && unit.HeadId == lead.Id);
        scenario.Answer("Rules", b, "Done", scenario.Fill("rules"))
            .Should().BeOfType<AnswerResult.Accepted>("who has the documents drafts the rules");
        scenario.TaskAt("AdoptRules").Assignees.Select(seat => seat.PersonId).Should().Equal(lead.Id);
    }

    [Fact]
    public void Each_responsible_unit_is_asked_for_its_own_report_and_hears_the_guidance()
    {
        var scenario = new Scenario(WorkflowFolder.All, new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero))
            .Begin("ten-week-plan", CaseKind.TenWeekPlan, "老旧小区停车", new DateOnly(2026, 3, 2));
        scenario.District.Person("民政联系人 卫兰", "wei.lan", false,
            (Role.DepartmentContact, scenario.District.Unit(UnitKind.Department, "区民政局").Id));
        Dictionary<string, string> Line(Unit unit) => new()
        {
            ["task"] = "划设车位",
            ["unit"] = unit.Id.Value.ToString("N"),
            ["person"] = scenario.District.Supervisor.Id.Value.ToString("N"),
            ["due"] = "2026-04-20",
            ["demand"] = "不占消防通道",
        };
        var plan = FormValues.Write([Line(scenario.District.Water), Line(scenario.District.Roads)]);
        for (var turn = 0; turn < 200 && scenario.Open.All(task => task.TrackedItemId is not null
            || task.ActivityId != "AwaitReport"); turn++)
        {
            var next = scenario.Open.Where(PlanWork.IsOpenToSomebody)
                .OrderBy(one => one.DueAt ?? DateTimeOffset.MaxValue).First();
            if (next.FormKey != "implementation-plan") PlanWork.Do(scenario, next);
            else scenario.Answer(next, scenario.District.GroupMember, "Done", scenario.Fill(next, ("lines", plan)));
        }

        var report = scenario.Open.Single(task => task.ActivityId == "AwaitReport" && task.TrackedItemId is null);
        report.Assignees.Select(seat => seat.PersonId).Should()
            .BeEquivalentTo([scenario.District.WaterContact.Id, scenario.District.RoadsContact.Id]);
        scenario.Answer(report, scenario.District.WaterContact, "Report",
            scenario.Fill("periodic-report", ("results", "水务已完成勘察")))
            .Should().BeOfType<AnswerResult.Accepted>().Which.TaskClosed.Should().BeFalse();
        scenario.Answer(report, scenario.District.WaterContact, "Report", scenario.Fill("periodic-report"))
            .Should().BeOfType<AnswerResult.AlreadyDecided>();
        scenario.Answer(report, scenario.District.RoadsContact, "Report",
            scenario.Fill("periodic-report", ("results", "交通已划设车位"))).Should().BeOfType<AnswerResult.Accepted>();

        scenario.Records.First(record => record.Kind == "periodic-report").Fields["results"].Should()
            .Be("【区水务局】水务已完成勘察\n【区交通局】交通已划设车位");
        var known = scenario.Mails.Count;
        scenario.Answer("Review", scenario.District.GroupLead, "Accept",
            scenario.Fill("report-review", ("guidance", "抓紧施工"))).Should().BeOfType<AnswerResult.Accepted>();
        var judged = scenario.Mails.Skip(known).Where(mail => mail.Purpose == "notice").ToList();
        judged.Select(mail => mail.RecipientName).Should().BeEquivalentTo(Water, "交通联系人 冯雪");
        judged.Should().OnlyContain(mail => mail.TextBody.Contains("抓紧施工"));
    }
}
