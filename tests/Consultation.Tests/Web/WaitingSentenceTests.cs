using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Storage.Reading.Flowcharts;
using Consultation.Tests.Cases;
using Consultation.Web.Cases;
using Consultation.Web.Tasks;

namespace Consultation.Tests.Web;

public sealed class WaitingSentenceTests
{
    private readonly District _district = new();

    [Fact]
    public void The_sentence_says_on_whom_for_what_and_until_when()
    {
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());

        var wait = Of(File(), [task]).Single();

        wait.Text.Zh.Should().Be("等待 陈主任 办理“确定议题”，期限 3月7日 10:00。");
        wait.Text.En.Should().Be("Waiting for 陈主任: “Confirm the topic”, due 7 Mar, 10:00.");
        wait.TaskId.Should().Be(task.Id);
    }

    [Fact]
    public void Many_who_are_missing_are_counted_and_those_who_answered_are_left_out()
    {
        var answered = District.Seat(_district.Ma);
        answered.Outcome = "Confirm";
        var task = _district.Task(GateMode.All, answered, District.Seat(_district.Na), District.Seat(_district.Chair),
            District.Seat(_district.Secretary), District.Seat(_district.Outsider));

        Of(File(), [task]).Single().Text.Zh.Should().Contain("等 4 人").And.NotContain("马委员");
    }

    [Fact]
    public void A_task_past_its_time_is_said_to_be_overdue()
    {
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());
        task.DueAt = District.Now.AddDays(-1);

        Of(File(), [task]).Single().Text.Zh.Should().Contain("已逾期");
    }

    [Fact]
    public void A_failed_step_comes_first() =>
        Of(File(), [_district.Task(GateMode.NamedPerson, _district.ChairSeat())], failed: 1)[0].Text.Zh.Should()
            .Contain("出错");

    [Fact]
    public void A_task_without_anybody_says_so() =>
        Of(File(), [_district.Task(GateMode.AnyOne)]).Single().Text.Zh.Should().Contain("没有承办人");

    [Fact]
    public void While_a_decision_can_be_taken_back_nobody_is_awaited_and_nobody_is_missed()
    {
        var seat = _district.ChairSeat();
        seat.Outcome = "Confirm";
        var task = _district.Task(GateMode.NamedPerson, seat);
        task.HeldUntil = District.Now.AddMinutes(2);

        var wait = Of(File(), [task]).Single();

        wait.Text.Zh.Should().Contain("已有决定").And.Contain("前可以撤回").And.NotContain("没有承办人");
        wait.Text.En.Should().Contain("can be taken back until").And.NotContain("no assignee");
        PeopleNames.Awaited(_district.Directory, task, english: false).Should().Be("已有决定，可撤回");
    }

    [Theory]
    [InlineData(CaseState.Closed)]
    [InlineData(CaseState.Cancelled)]
    [InlineData(CaseState.Rejected)]
    [InlineData(CaseState.Excluded)]
    public void A_case_that_ended_waits_for_nobody(CaseState state)
    {
        var file = File();
        file.State = state;

        Of(file, [_district.Task(GateMode.NamedPerson, _district.ChairSeat())]).Single().TaskId.Should().BeNull();
    }

    [Fact]
    public void Items_of_a_suspended_case_rest_and_are_not_late()
    {
        var file = File();
        var late = new TrackedItem
        {
            OrganisationId = file.OrganisationId,
            Id = TrackedItemId.New(),
            CaseId = file.Id,
            Number = 1,
            Year = 2026,
            Topic = "停车难",
            Advice = "增设车位",
            DueOn = DateOnly.FromDateTime(District.Now.AddDays(-9).Date),
            OpenedAt = District.Now.AddDays(-40),
        };
        IReadOnlyList<Waiting> Say() =>
            WaitingSentence.Of(file, [], [late], [], 0, _district.Directory, _district.Calendar.Zone, District.Now);

        Say().Single().Text.Zh.Should().Contain("1 个逾期");
        file.State = CaseState.Suspended;
        Say()[1].Text.Should().Be(new LocalText("1 个督办事项随协商事项暂停。", "1 tracked item(s) rest with the case."));
    }

    [Fact]
    public void A_delegate_answers_for_the_principal_and_the_secretary_only_on_behalf()
    {
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());
        _district.Delegate(_district.Chair, _district.Ma, District.Now.AddDays(-1), District.Now.AddDays(1));

        View(task, _district.Ma.Id).Seats.Should().Equal(_district.Chair.Id);
        View(task, _district.Secretary.Id)
            .Should().Match<TaskView>(view => !view.MayAnswer && view.OnBehalf.Contains(_district.Chair.Id));
        View(task, _district.Outsider.Id).Should().Match<TaskView>(view => !view.MayAnswer && view.OnBehalf.Count == 0);
    }

    [Fact]
    public void Who_wrote_what_is_judged_gets_no_form()
    {
        var task = _district.Task(GateMode.NamedPerson, _district.ChairSeat());
        task.Barred.Add(_district.Chair.Id.Value);

        View(task, _district.Chair.Id).MayAnswer.Should().BeFalse();
    }

    [Theory]
    [InlineData(TrackedItemState.InProgress, 9, ItemLateness.OnTime)]
    [InlineData(TrackedItemState.InProgress, 3, ItemLateness.DueSoon)]
    [InlineData(TrackedItemState.InProgress, 0, ItemLateness.DueSoon)]
    [InlineData(TrackedItemState.NotStarted, -1, ItemLateness.Late)]
    [InlineData(TrackedItemState.Stalled, 9, ItemLateness.Stalled)]
    [InlineData(TrackedItemState.Done, -9, ItemLateness.Done)]
    [InlineData(TrackedItemState.InProgress, null, ItemLateness.NoDate)]
    [InlineData(TrackedItemState.InProgress, -1, ItemLateness.Suspended, true)]
    [InlineData(TrackedItemState.Stalled, null, ItemLateness.Suspended, true)]
    [InlineData(TrackedItemState.Abandoned, -1, ItemLateness.Done, true)]
    public void The_colour_of_an_item_follows_its_state_and_day_and_rests_with_its_case(
        TrackedItemState state, int? dueIn, ItemLateness expected, bool suspended = false)
    {
        var today = new DateOnly(2026, 3, 2);

        ItemLatenessRule.Of(state, dueIn is { } days ? today.AddDays(days) : null, suspended, today).Should()
            .Be(expected);
    }

    private TaskView View(WorkTask task, PersonId person) =>
        TaskView.Of(task, _district.Directory, CaseScope.Of(person, _district.Directory), District.Now);

    [Fact]
    public void A_workflow_that_waits_by_itself_says_where_and_until_when()
    {
        var waits = Of(File(), [], pauses:
        [
            new(new("等到计划开始日", "Until the plan begins"), new DateTimeOffset(2026, 3, 9, 1, 0, 0, TimeSpan.Zero)),
            new(new("等待回函"), null),
        ]);

        waits[0].Text.Zh.Should().Be("流程停在“等到计划开始日”，到 2026年3月9日 09:00 自动继续，现在不需要任何人办理。");
        waits[0].Text.En.Should().Contain("“Until the plan begins”").And.Contain("9 Mar 2026, 09:00");
        waits[1].Text.Zh.Should().Be("流程停在“等待回函”，等待外部事件或其他系统答复。");
    }

    private IReadOnlyList<Waiting> Of(Case file, WorkTask[] tasks, int failed = 0, RunPause[]? pauses = null) =>
        WaitingSentence.Of(
            file, tasks, [], pauses ?? [], failed, _district.Directory, _district.Calendar.Zone, District.Now);

    private Case File() => new()
    {
        OrganisationId = _district.Id,
        Id = CaseId.New(),
        Kind = CaseKind.SixStep,
        Title = "停车难",
        OpenedAt = District.Now,
    };
}
