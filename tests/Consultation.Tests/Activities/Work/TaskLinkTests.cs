using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Activities.Work;

/// <summary>
/// Whatever raises a task's revision leaves everybody who owes an answer a link that works (mail rule 2): one test for
/// each of the places that raise it.
/// </summary>
public sealed class TaskLinkTests
{
    private const string Committee = "role:CommitteeDirector@case.committee; role:CommitteeMember@case.committee";

    private StepWorld _world = null!;

    private District District => _world.District;
    private Person[] Members => [District.MemberA, District.MemberB];
    private Person[] Everybody => [District.Director, District.MemberA, District.MemberB];

    [Fact]
    public void An_opinion_taken_back_leaves_all_links_usable_and_sends_nothing()
    {
        var task = Gate("ChairLast");
        var link = LinkOf(task, District.MemberA);
        Answer(task, District.MemberA, "Return", link).Should().BeOfType<AnswerResult.Accepted>();
        var mails = _world.Scenario.Mails.Count;

        _world.Scenario.TakeBack(task, District.MemberA).Should().BeOfType<AnswerResult.Accepted>();

        task.Revision.Should().Be(2, "pages that show the opinion are stale");
        Members.Should().OnlyContain(person => _world.Scenario.UsableLinks(task, person).Any());
        _world.Scenario.UsableLinks(task, District.Director).Should().BeEmpty("it is not the chair's turn");
        _world.Scenario.Mails.Should().HaveCount(mails);
        Answer(task, District.MemberA, "Confirm", link).Should().BeOfType<AnswerResult.Accepted>("it is used anew");
        link.UsedAt.Should().NotBeNull();
    }

    [Theory]
    [InlineData("AnyOne")]
    [InlineData("All")]
    [InlineData("MajorityWithQuorum")]
    public void A_decision_taken_back_leaves_all_links_usable_and_tells_everybody_who_owes_an_answer(string mode)
    {
        var task = Gate(mode);
        var links = Everybody.ToDictionary(person => person, person => LinkOf(task, person));
        foreach (var person in Everybody)
        {
            Answer(task, person, "Reject", links[person]);
            if (task.HeldUntil is not null) break;
        }

        var decider = Everybody.Last(person => task.HasAnswerOf(person.Id));
        Everybody.Should().OnlyContain(person => !_world.Scenario.UsableLinks(task, person).Any(),
            "nobody answers while the decision is held");

        _world.Scenario.TakeBack(task, decider).Should().BeOfType<AnswerResult.Accepted>();

        List<Person> owing = [.. Everybody.Where(person => !task.HasAnswerOf(person.Id))];
        owing.Should().Contain(decider).And.OnlyContain(person => _world.Scenario.UsableLinks(task, person).Any());
        owing.Should().OnlyContain(person => _world.Scenario.UsableLinks(task, person).Contains(links[person]),
            "the links of the first mails work on");
        _world.Scenario.Mails.Where(mail => mail.State == MailState.Pending).Select(mail => mail.RecipientName).Should()
            .BeEquivalentTo(owing.Select(person => person.Name));
    }

    [Fact]
    public void What_a_delegate_took_back_is_answered_anew_by_the_same_link()
    {
        var delegatee = Delegating(from: StepWorld.Monday.AddDays(-1));
        var link = LinkOf(_world.Task, delegatee);
        Answer(_world.Task, delegatee, "Return", link).Should().BeOfType<AnswerResult.Accepted>();
        _world.Scenario.UsableLinks(_world.Task, delegatee).Should().BeEmpty();

        _world.Scenario.TakeBack(_world.Task, delegatee).Should().BeOfType<AnswerResult.Accepted>();

        _world.Scenario.UsableLinks(_world.Task, delegatee).Should().Contain(link);
        Answer(_world.Task, delegatee, "Confirm", link).Should().BeOfType<AnswerResult.Accepted>();
    }

    [Fact]
    public void Who_was_to_act_for_somebody_who_is_replaced_hears_nothing_more()
    {
        var delegatee = Delegating(from: StepWorld.Monday.AddDays(2));
        var later = _world.Scenario.Mails.Single(mail => mail.PersonId == delegatee.Id.Value);
        later.State.Should().Be(MailState.Pending);

        _world.Scenario.Reassign(_world.Task, District.Director, District.GroupLead)
            .Should().BeOfType<AnswerResult.Accepted>();

        later.State.Should().Be(MailState.Cancelled);
        _world.Scenario.UsableLinks(_world.Task, District.GroupLead).Should().ContainSingle();
    }

    [Fact]
    public void A_decision_that_took_effect_revokes_what_is_left()
    {
        var task = Gate("AnyOne");
        var link = LinkOf(task, District.MemberA);
        Answer(task, District.MemberA, "Confirm", link);

        _world.Scenario.Pass(TimeSpan.FromMinutes(10));

        task.State.Should().Be(TaskState.Done);
        _world.Scenario.Links.Where(one => one != link).Should().OnlyContain(one => one.RevokedAt != null);
        link.UsedAt.Should().NotBeNull("its page says who decided");
    }

    [Fact]
    public void A_reassigned_seat_changes_nothing_for_the_others_and_mails_the_new_person_alone()
    {
        var task = Gate("All");
        var (old, kept) = (LinkOf(task, District.MemberA), LinkOf(task, District.MemberB));

        _world.Scenario.Reassign(task, District.MemberA, District.GroupLead)
            .Should().BeOfType<AnswerResult.Accepted>();

        old.RevokedAt.Should().NotBeNull();
        _world.Scenario.UsableLinks(task, District.MemberB).Should().Equal(kept);
        _world.Scenario.UsableLinks(task, District.GroupLead).Should().ContainSingle();
        _world.Mails.Should().BeEquivalentTo(new[] { District.Director, District.MemberB, District.GroupLead }
            .Select(person => $"approval-request to {person.Name}"));
    }

    [Fact]
    public void A_seat_is_not_reassigned_while_a_decision_is_held()
    {
        var task = Gate("AnyOne");
        Answer(task, District.MemberA, "Confirm", LinkOf(task, District.MemberA));

        _world.Scenario.Reassign(task, District.MemberB, District.GroupLead)
            .Should().BeOfType<AnswerResult.AlreadyDecided>();
    }

    [Fact]
    public void An_item_in_other_hands_changes_nothing_for_those_who_stay()
    {
        _world = new StepWorld("RequestWork", ("Assignees", "item.supervisor; role:Secretary"), ("Title", "核查"),
            ("Mode", "All"));
        var item = _world.RunForItem();
        var task = _world.Task;
        var (old, kept) = (LinkOf(task, District.Supervisor), LinkOf(task, District.Secretary));

        item.SupervisorId = District.MemberA.Id;
        _world.Scenario.Reseat(task, District.Supervisor).Should().BeOfType<AnswerResult.Accepted>();

        task.Revision.Should().Be(2);
        old.RevokedAt.Should().NotBeNull();
        _world.Scenario.UsableLinks(task, District.Secretary).Should().Equal(kept);
        _world.Scenario.UsableLinks(task, District.MemberA).Should().ContainSingle();
    }

    [Fact]
    public void A_withdrawn_task_revokes_its_links()
    {
        _world = new StepWorld("RequestApproval", ("Approvers", Committee), ("Title", "审定"), ("Due", "5wd"),
            ("AfterOverdue", "leave")).Run();
        var task = _world.Task;

        _world.Scenario.Pass(TimeSpan.FromDays(30));

        task.State.Should().Be(TaskState.Cancelled);
        _world.Scenario.Links.Should().NotBeEmpty().And.OnlyContain(link => link.RevokedAt != null);
    }

    private WorkTask Gate(string mode)
    {
        _world = new StepWorld("RequestApproval", ("Approvers", Committee), ("Mode", mode), ("Title", "审定"),
            ("TakeBackMinutes", 10)).Run();
        _world.Scenario.WaitsOutTakeBack = false;
        return _world.Task;
    }

    /// <summary>A gate whose director has handed over to somebody from an instant on.</summary>
    private Person Delegating(DateTimeOffset from)
    {
        _world = new StepWorld("RequestApproval", ("Approvers", "role:CommitteeDirector@case.committee"),
            ("Mode", "AnyOne"), ("Title", "审定"), ("TakeBackMinutes", 10));
        _world.Scenario.WaitsOutTakeBack = false;
        var delegatee = District.Person("副主任 钱立", "qian.li", false);
        District.Delegate(District.Director, delegatee, from, StepWorld.Monday.AddDays(30));
        _world.Run();
        return delegatee;
    }

    private AnswerResult Answer(WorkTask task, Person who, string outcome, ActionLink link) =>
        _world.Scenario.Answer(task, who, outcome, reason: "理由", channel: AnswerChannel.Link, link: link);

    private ActionLink LinkOf(WorkTask task, Person person) =>
        _world.Scenario.UsableLinks(task, person).Should().ContainSingle().Subject;
}
