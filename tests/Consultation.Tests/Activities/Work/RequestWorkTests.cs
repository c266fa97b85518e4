using Consultation.Cases.Tasks;

namespace Consultation.Tests.Activities.Work;

public sealed class RequestWorkTests
{
    private const string Secretary = "role:Secretary";
    private const string Group = "role:WorkGroupMember@case.workgroup";

    [Fact]
    public void What_is_handed_in_becomes_a_record_under_the_forms_key()
    {
        var world = Asked(Secretary, ("Form", "problem-ticket"));

        world.Answer(world.District.Secretary, "Done", entries: ("problem", "场地没有落实。"));

        var record = world.Scenario.Records.Should().ContainSingle().Subject;
        (record.Kind, record.ById, record.Fields["problem"]).Should()
            .Be(("problem-ticket", world.District.Secretary.Id, "场地没有落实。"));
        record.TaskId.Should().Be(world.Scenario.Tasks.Single().Id);
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void The_node_may_keep_the_record_under_another_key()
    {
        var world = Asked(Secretary, ("Form", "problem-ticket"), ("Record", "venue-problem"));

        world.Answer(world.District.Secretary, "Done");

        world.Scenario.Records.Should().ContainSingle().Which.Kind.Should().Be("venue-problem");
    }

    [Fact]
    public void The_workflow_gets_the_entries_and_the_task()
    {
        var world = Asked(Secretary, ("Form", "problem-ticket"));

        world.Answer(world.District.Secretary, "Done", entries: ("problem", "场地没有落实。"));

        world.Output("Fields").Should().BeAssignableTo<IDictionary<string, object?>>().Which["problem"].Should()
            .Be("场地没有落实。");
        world.Output("TaskId").Should().Be(world.Scenario.Tasks.Single().Id.Value.ToString("N"));
    }

    [Fact]
    public void Work_that_comes_back_begins_with_what_was_handed_in_before()
    {
        var world = new StepWorld("RequestWork", ("Assignees", Secretary), ("Title", "修改"), ("Form", "problem-ticket"));
        world.Record("problem-ticket", world.District.Secretary, ("problem", "第一稿。"));

        world.Run();

        world.Task.Prefill.Should().Contain("problem", "第一稿。");
    }

    [Fact]
    public void A_form_that_is_not_complete_is_refused_and_keeps_nothing()
    {
        var world = Asked(Secretary, ("Form", "problem-ticket"));

        var result = world.Answer(world.District.Secretary, "Done", entries: ("problem", ""));

        result.Should().BeOfType<AnswerResult.Invalid>().Which.Errors.Should()
            .ContainSingle(error => error.Field == "problem");
        world.Scenario.Records.Should().BeEmpty();
        world.Task.State.Should().Be(TaskState.Open);
    }

    [Fact]
    public void Work_without_a_form_leaves_no_record()
    {
        var world = Asked(Secretary);

        world.Answer(world.District.Secretary, "Done");

        world.Scenario.Records.Should().BeEmpty();
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void Anyone_of_several_may_do_it()
    {
        var world = Asked(Group);

        world.Answer(world.District.GroupMember2, "Done");

        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void Where_everybody_must_do_it_the_last_one_ends_it()
    {
        var world = Asked(Group, ("Mode", "All"));

        var first = world.Answer(world.District.GroupMember, "Done");
        var before = world.Outcomes.Count;
        world.Answer(world.District.GroupMember2, "Done");

        first.Should().Be(new AnswerResult.Accepted(false, null));
        before.Should().Be(0);
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void A_topic_that_is_drafted_becomes_the_cases_topic()
    {
        var world = Asked(Secretary, ("Form", "topic-draft"));

        world.Answer(world.District.Secretary, "Done", entries: ("title", "河边步道照明"));

        (world.Scenario.Topic!.Title, world.Scenario.Topic.DraftedById).Should()
            .Be(("河边步道照明", world.District.Secretary.Id));
    }

    [Fact]
    public void A_topic_that_is_drafted_again_is_the_same_topic_in_a_further_revision()
    {
        var world = new StepWorld("RequestWork", ("Assignees", Secretary), ("Title", "修改议题"), ("Form", "topic-draft"));
        world.Scenario.Topic = new()
        {
            OrganisationId = world.Case.OrganisationId,
            Id = Guid.NewGuid(),
            CaseId = world.Case.Id,
            Title = "步道",
            Revision = 1,
            DraftedById = world.District.Officer.Id,
            DraftedAt = StepWorld.Monday,
        };
        var id = world.Scenario.Topic.Id;

        world.Run().Answer(world.District.Secretary, "Done", entries: ("title", "河边步道照明"));

        (world.Scenario.Topic.Id, world.Scenario.Topic.Revision, world.Scenario.Topic.Title).Should()
            .Be((id, 2, "河边步道照明"));
    }

    [Fact]
    public void An_extension_that_ends_before_the_present_day_is_refused()
    {
        var world = new StepWorld("RequestWork", ("Assignees", "item.undertaking"), ("Title", "申请延期"),
            ("Form", "extension-request"));
        world.RunForItem();

        var result = world.Answer(world.District.WaterContact, "Done", entries: ("new-due", "2026-06-01"));

        result.Should().BeOfType<AnswerResult.Invalid>().Which.Errors.Should()
            .ContainSingle(error => error.Field == "new-due");
    }

    [Fact]
    public void Answers_on_behalf_of_somebody_name_both()
    {
        var world = Asked(Group);

        world.Scenario.Answer(world.Task, world.District.Secretary, "Done", onBehalfOf: world.District.GroupMember);

        var line = world.Scenario.History.Single(one => one.Verb == "task.answered");
        (line.ActorId, line.OnBehalfOfId).Should().Be((world.District.Secretary.Id, world.District.GroupMember.Id));
        line.Text.Zh.Should().StartWith("秘书 王芳（代组员 朱琳）");
    }

    private static StepWorld Asked(string assignees, params (string Name, object Value)[] inputs) =>
        new StepWorld("RequestWork", [("Assignees", assignees), ("Title", "办理"), .. inputs]).Run();
}
