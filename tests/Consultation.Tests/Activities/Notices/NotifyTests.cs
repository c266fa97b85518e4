using Consultation.Cases.Tasks;

namespace Consultation.Tests.Activities.Notices;

public sealed class NotifyTests
{
    [Fact]
    public void Everybody_meant_gets_one_mail_and_the_case_goes_on()
    {
        var world = Notice("role:CommitteeDirector@case.committee; role:CommitteeMember@case.committee");

        world.Mails.Should().BeEquivalentTo("notice to 主任 李敏", "notice to 委员 赵强", "notice to 委员 孙丽");
        world.Outcomes.Should().Equal("Done");
        world.Scenario.Tasks.Should().BeEmpty("nobody is asked for anything");
    }

    [Fact]
    public void The_history_names_those_who_were_told() =>
        Notice("role:CommitteeDirector@case.committee").Told("notice.sent").For("en").Should()
            .Be("Result: told 主任 李敏.");

    [Fact]
    public void Proposers_are_told_of_their_own_matter_with_or_without_an_account()
    {
        var world = Notice("proposers", ("Template", "case-result"));

        var mail = world.Scenario.Mails.Should().ContainSingle().Subject;
        (mail.RecipientAddress, mail.RecipientName).Should().Be(("liu.yang@mail.example.com", "居民 刘洋"));
        mail.TextBody.Should().Contain("SX2026-000001");
        world.Told("notice.sent").Zh.Should().Contain("1 位提出人");
    }

    [Fact]
    public void Proposers_without_an_address_are_not_counted()
    {
        var world = new StepWorld("Notify", ("Recipients", "proposers"), ("Template", "notice"), ("Title", "结果"));
        world.Scenario.Matters[0].ProposerEmail = null;

        world.Run();

        world.Told("notice.sent").For("en").Should().EndWith("nobody could be reached by mail.");
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void A_notice_of_an_items_run_says_which_item_who_answers_for_it_and_until_when()
    {
        var world = new StepWorld(
            "Notify", ("Recipients", "item.undertaking"), ("Template", "notice"), ("Title", "交办"),
            ("Message", "请按期办理。"));

        world.RunForItem();

        world.Scenario.Mails.Single().TextBody.Should().Contain("2026-4 加装路灯").And.Contain("区水务局").And.Contain("督办 陈涛")
            .And.Contain("2026年6月30日");
    }

    [Fact]
    public void A_restricted_case_sends_a_mail_that_says_nothing()
    {
        var world = new StepWorld(
            "Notify", ("Recipients", "role:Secretary"), ("Template", "notice"), ("Title", "结果"), ("Message", "内情在此。"));
        world.Case.Restricted = true;

        world.Run();

        var mail = world.Scenario.Mails.Single();
        mail.TextBody.Should().NotContain("内情在此");
        mail.Subject.Should().NotContain("河边步道照明");
    }

    [Fact]
    public void With_acknowledgement_everybody_gets_a_task()
    {
        var world = Notice("role:WorkGroupMember@case.workgroup", ("Acknowledge", true));

        (world.Task.Kind, world.Task.Mode, world.Task.Assignees.Count).Should()
            .Be((TaskKind.Acknowledgement, GateMode.All, 2));
        world.Task.Outcomes.Should().ContainSingle().Which.Label.Zh.Should().Be("已知悉");
        world.Outcomes.Should().BeEmpty();
    }

    [Fact]
    public void When_all_have_acknowledged_it_goes_on()
    {
        var world = Notice("role:WorkGroupMember@case.workgroup", ("Acknowledge", true));

        world.Answer(world.District.GroupMember, "Acknowledge");
        var before = world.Outcomes.Count;
        world.Answer(world.District.GroupMember2, "Acknowledge");

        before.Should().Be(0);
        world.Outcomes.Should().Equal("AllAcknowledged");
    }

    [Fact]
    public void Silence_ends_it_when_the_time_is_over_and_stays_silence()
    {
        var world = Notice("role:WorkGroupMember@case.workgroup", ("Acknowledge", true), ("Due", "3wd"));
        world.Answer(world.District.GroupMember, "Acknowledge");

        world.Scenario.PassUntil(new DateTimeOffset(2026, 3, 5, 10, 0, 0, TimeSpan.Zero));

        world.Outcomes.Should().Equal("Overdue");
        world.Scenario.Tasks.Single().Assignees.Select(seat => seat.Outcome).Should()
            .BeEquivalentTo(["Acknowledge", null]);
    }

    [Fact]
    public void A_reply_form_is_submitted_and_kept_for_each_person()
    {
        var world = Notice("role:WorkGroupMember@case.workgroup", ("Acknowledge", true), ("Form", "attendance-reply"));

        world.Answer(world.District.GroupMember, "Submit");

        world.Scenario.Records.Should().ContainSingle().Which.Kind.Should().Be("attendance-reply");
    }

    private static StepWorld Notice(string recipients, params (string Name, object Value)[] inputs) => new StepWorld(
        "Notify", [("Recipients", recipients), ("Template", "notice"), ("Title", "结果"), ("TitleEn", "Result"),
            .. inputs]).Run();
}
