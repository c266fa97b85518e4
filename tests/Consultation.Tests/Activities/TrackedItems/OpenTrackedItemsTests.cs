using Consultation.Cases.Forms;

namespace Consultation.Tests.Activities.TrackedItems;

public sealed class OpenTrackedItemsTests
{
    [Fact]
    public void Every_row_of_the_problem_list_becomes_an_item_with_the_next_number_of_the_year()
    {
        var world = Listed("加装路灯", "修补护栏");

        world.Run();

        world.Scenario.Items.Select(item => (item.Year, item.Number, item.Advice)).Should()
            .Equal((2026, 1, "加装路灯"), (2026, 2, "修补护栏"));
        world.Scenario.Items.Should()
            .OnlyContain(item => item.UndertakingUnitId == world.District.Water.Id
                && item.DueOn == new DateOnly(2026, 6, 30));
        world.Told("items.opened").For("en").Should().StartWith("2 tracked items opened");
    }

    [Fact]
    public void Each_item_is_followed_by_a_workflow_of_its_own()
    {
        var world = Listed("加装路灯", "修补护栏");

        world.Run();

        world.Scenario.Items.Select(item => item.InstanceId).Should().OnlyHaveUniqueItems().And.NotContainNulls();
        world.Scenario.OpenRuns.Should().Be(2, "the case went on");
        world.Outcomes.Should().Equal("Opened", "Done");
    }

    [Fact]
    public void An_item_without_a_topic_is_about_the_cases_own()
    {
        var world = Listed("加装路灯");

        world.Run();

        world.Scenario.Items.Single().Topic.Should().Be("河边步道照明");
    }

    [Fact]
    public void The_case_waits_for_all_of_them_where_the_node_says_so()
    {
        var world = Listed([("WaitForAll", true)], "加装路灯", "修补护栏");

        world.Run();

        world.Outcomes.Should().Equal("Opened");
        world.Scenario.OpenRuns.Should().Be(3);
    }

    [Fact]
    public void A_line_of_the_implementation_plan_becomes_an_item_too()
    {
        var world = new StepWorld("OpenTrackedItems", ("Source", "implementation-plan"));
        world.Record("implementation-plan", world.District.GroupLead,
            ("lines", FormValues.Write([new Dictionary<string, string>
        {
            ["task"] = "采购灯具", ["demand"] = "防水", ["unit"] = world.District.Roads.Id.Value.ToString("N"),
            ["due"] = "2026-05-29",
        }])));

        world.Run();

        var item = world.Scenario.Items.Should().ContainSingle().Subject;
        (item.Advice, item.UndertakingUnitId, item.ResponsibleOfficeId).Should().Be(
            ("采购灯具（防水）", world.District.Roads.Id, world.District.Committee.Id));
    }

    [Fact]
    public void A_list_without_rows_stops_the_case_with_what_to_fill_in()
    {
        var world = new StepWorld("OpenTrackedItems", ("Source", "problem-list")).Run();

        world.Incidents.Should().ContainSingle().Which.Message.Should().Contain("请先填写问题清单")
            .And.Contain("The list has no rows");
        world.Scenario.Items.Should().BeEmpty();
    }

    private static StepWorld Listed(params string[] advice) => Listed([], advice);

    private static StepWorld Listed((string Name, object Value)[] inputs, params string[] advice)
    {
        var world = new StepWorld("OpenTrackedItems", [("Source", "problem-list"), .. inputs]);
        world.Record("problem-list", world.District.Secretary,
            ("items", FormValues.Write(advice.Select(one => new Dictionary<string, string>
            {
                ["advice"] = one,
                ["undertaking"] = world.District.Water.Id.Value.ToString("N"),
                ["office"] = world.District.Committee.Id.Value.ToString("N"),
                ["supervisor"] = world.District.Supervisor.Id.Value.ToString("N"),
                ["due"] = "2026-06-30",
            }))));
        return world;
    }
}
