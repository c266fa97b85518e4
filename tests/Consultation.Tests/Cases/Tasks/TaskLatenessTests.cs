using Consultation.Cases.Tasks;

namespace Consultation.Tests.Cases.Tasks;

public sealed class TaskLatenessTests
{
    private readonly District _district = new();

    [Fact]
    public void An_open_task_is_late_after_its_time_and_not_at_it()
    {
        var task = _district.Task(GateMode.AnyOne, _district.ChairSeat());
        var late = TaskLateness.LateAt(task.DueAt!.Value).Compile();
        var later = TaskLateness.LateAt(task.DueAt.Value.AddTicks(1)).Compile();

        late(task).Should().BeFalse();
        later(task).Should().BeTrue();
        task.State = TaskState.Done;
        later(task).Should().BeFalse("what is done is not late any more");
    }

    [Theory]
    [InlineData(-1, true, false)]
    [InlineData(1, false, true)]
    [InlineData(TaskLateness.SoonDays * 24, false, false)]
    public void What_is_late_is_not_soon(int hours, bool late, bool soon)
    {
        var due = District.Now.AddHours(hours);

        (TaskLateness.IsLate(due, District.Now), TaskLateness.IsSoon(due, District.Now)).Should().Be((late, soon));
    }

    [Fact]
    public void What_is_due_at_no_time_is_neither() =>
        (TaskLateness.IsLate(null, District.Now), TaskLateness.IsSoon(null, District.Now)).Should().Be((false, false));
}
