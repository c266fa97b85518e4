using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Plans;
using Consultation.Cases.Tasks;
using static Consultation.Tests.Cases.District;

namespace Consultation.Tests.Cases.Plans;

/// <summary>Versions of a plan, read out of what the case keeps (P70).</summary>
public sealed class PlanVersionsTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);
    private static readonly PlanOutline Outline =
        new([], [new("Survey", new("满意度问卷"), false, "weeks-9-10", null, true)]);
    private readonly District _district = new();
    private readonly WorkTask _task;
    private readonly PlanPhase _phase;

    public PlanVersionsTests()
    {
        _task = _district.Task(GateMode.AnyOne);
        _phase = new PlanPhase
        {
            OrganisationId = _district.Id,
            Id = Guid.NewGuid(),
            CaseId = _task.CaseId,
            Number = 1,
            Key = "weeks-1-2",
            Name = new("准备阶段", "Preparation"),
            PlannedFrom = Monday,
            PlannedTo = Monday.AddDays(11),
        };
    }

    [Fact]
    public void A_plan_that_nobody_touched_has_one_version() =>
        Versions([], []).Should().ContainSingle().Which.Why.Zh.Should().Be("计划启动");

    [Fact]
    public void What_one_event_moved_is_one_version_and_the_days_of_every_version_are_known()
    {
        var history = new[]
        {
            Line(1, "task.due-moved", new(Monday.AddDays(3), Monday.AddDays(4)), task: true),
            Line(1, "phase.moved", new(Monday.AddDays(11), Monday.AddDays(14), Monday, Monday, "weeks-1-2")),
            Line(2, "case.due-moved", null),
            Line(2, "task.due-moved", new(Monday.AddDays(4), Monday.AddDays(9)), task: true),
        };

        var versions = Versions(history, []);

        versions.Select(version => version.Number).Should().Equal(1, 2, 3);
        versions[1].ById.Should().Be(_district.Secretary.Id);
        versions[1].Moves.Select(move => move.Name.Zh).Should().Equal("确定议题", "准备阶段");
        versions[2].Why.Zh.Should().Be("第2件事", "a rest says itself how long it was");
        var subject = PlanVersions.SubjectOf(_task.Id);
        versions.Since(1, subject)!.Before.Should().Be(Monday.AddDays(3));
        versions.Since(2, subject)!.Before.Should().Be(Monday.AddDays(4));
        versions.Since(3, subject).Should().BeNull("it is as it was");
        versions.Since(1, "weeks-1-2")!.Before.Should().Be(Monday.AddDays(11));
        versions.Since(2, "weeks-1-2").Should().BeNull();
    }

    [Fact]
    public void An_approved_change_is_a_version_with_its_reason_and_what_it_moved_though_it_moved_nothing()
    {
        var history = new[]
        {
            Line(1, PlanVersions.Changed, null),
            Line(2, "work.due-moved", new(Monday.AddDays(50), Monday.AddDays(57), Work: "Survey")),
            Line(2, PlanVersions.Changed, null),
        };

        var versions = Versions(history, []);

        versions.Select(version => version.Why.Zh).Should().Equal("计划启动", "第1件事", "第2件事");
        versions[1].Moves.Should().BeEmpty();
        versions[2].Moves.Should().ContainSingle().Which.Name.Zh.Should().Be("满意度问卷");
        versions.Since(1, "Survey")!.Before.Should().Be(Monday.AddDays(50));
    }

    [Fact]
    public void A_plan_written_anew_says_which_lines_came_went_and_moved()
    {
        var first = Record("implementation-plan", 1, Lines(("划设车位", "2026-04-20"), ("拆除地锁", "2026-04-10")));
        var second = Record("implementation-plan", 2, Lines(("划设车位", "2026-04-27"), ("安装道闸", "2026-05-08")));

        var version = Versions([], [second, first]).Should().HaveCount(2).And.Subject.Last();

        version.Why.Zh.Should().Be("实施方案第2稿：新增1项，删去1项，改期1项。");
        version.Moves.Should().ContainSingle().Which.Days.Should().Be(new DateMove(new(2026, 4, 20), new(2026, 4, 27)));
    }

    private IReadOnlyList<PlanVersion> Versions(IEnumerable<HistoryEntry> history, IReadOnlyList<CaseRecord> records) =>
        PlanVersions.Of(
            new Case
            {
                OrganisationId = _district.Id,
                Id = _task.CaseId,
                Kind = CaseKind.TenWeekPlan,
                Title = "停车",
                OpenedAt = Now.AddDays(-1),
            },
            history, Outline, [_phase], [_task], [], records);

    private HistoryEntry Line(int day, string verb, DateMove? moved, bool task = false) => new()
    {
        OrganisationId = _district.Id,
        Id = Guid.CreateVersion7(),
        CaseId = _task.CaseId,
        TaskId = task ? _task.Id : null,
        At = Now.AddDays(day),
        ActorId = _district.Secretary.Id,
        Verb = verb,
        Text = new($"第{day}件事"),
        Moved = moved,
    };

    private CaseRecord Record(string kind, int day, Dictionary<string, string> fields) => new()
    {
        OrganisationId = _district.Id,
        Id = Guid.NewGuid(),
        CaseId = _task.CaseId,
        Kind = kind,
        Title = new(kind),
        Fields = fields,
        ById = _district.Ma.Id,
        At = Now.AddDays(day),
    };

    private static Dictionary<string, string> Lines(params (string Task, string Due)[] lines) => new()
    {
        ["lines"] = FormValues.Write(
            lines.Select(line => new Dictionary<string, string> { ["task"] = line.Task, ["due"] = line.Due })),
    };
}
