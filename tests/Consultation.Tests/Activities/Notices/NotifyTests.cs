using Consultation.Cases.People;
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

    [Fact]
    public void Before_anything_goes_to_more_than_ten_people_the_sender_sees_who_and_may_take_people_out()
    {
        var (world, members) = ToMany(12);

        world.Mails.Should().Equal("work-request to 专人 周洁");
        world.Task.Question.Zh.Should().Contain("12 人");
        world.Task.Prefill["recipients"].Split(',').Should().HaveCount(12);
        var kept = string.Join(',', members.Skip(2).Select(person => person.Id.Value.ToString("N")));
        world.Answer(world.District.Officer, "Submit", null, ("recipients", kept), ("reason", ""))
            .Should().BeOfType<AnswerResult.Invalid>().Which.Errors.Should().Contain(error => error.Field == "reason");
        world.Answer(world.District.Officer, "Submit", null, ("recipients", kept), ("reason", "两位已口头告知"))
            .Should().BeOfType<AnswerResult.Accepted>();

        world.Mails.Where(mail => mail.StartsWith("notice", StringComparison.Ordinal)).Should().HaveCount(10)
            .And.NotContain("notice to 委员0").And.NotContain("notice to 委员1");
        world.Told("notice.taken-out").Zh.Should().Contain("委员0、委员1").And.Contain("两位已口头告知");
        world.Outcomes.Should().Equal("Done");
    }

    [Fact]
    public void Nobody_is_added_where_people_can_only_be_taken_out()
    {
        var (world, members) = ToMany(11);
        var more = string.Join(
            ',', members.Append(world.District.Leader).Select(person => person.Id.Value.ToString("N")));

        world.Answer(world.District.Officer, "Submit", null, ("recipients", more), ("reason", "另加一位"))
            .Should().BeOfType<AnswerResult.Invalid>()
            .Which.Errors.Should().Contain(error => error.Field == "recipients");
    }

    [Fact]
    public void Ten_people_are_told_at_once_and_an_acknowledgement_asks_only_those_who_were_kept()
    {
        ToMany(10).World.Mails.Should().HaveCount(10);
        var (world, members) = ToMany(11, acknowledge: true);
        world.Answer(
            world.District.Officer, "Submit", null,
            ("recipients", string.Join(',', members.Skip(1).Select(person => person.Id.Value.ToString("N")))),
            ("reason", "一位出国"));

        world.Task.Assignees.Select(seat => seat.PersonId).Should()
            .BeEquivalentTo(members.Skip(1).Select(one => one.Id));
    }

    private static (StepWorld World, List<Person> Members) ToMany(int count, bool acknowledge = false)
    {
        var world = new StepWorld("Notify", ("Recipients", "role:Member"), ("Template", "notice"), ("Title", "告知"),
            ("Acknowledge", acknowledge));
        world.District.MemberA.Active = false;
        List<Person> members = [.. Enumerable.Range(0, count)
            .Select(number => world.District.Person($"委员{number}", $"m{number}", false, (Role.Member, null)))];
        return (world.Run(), members);
    }
}
