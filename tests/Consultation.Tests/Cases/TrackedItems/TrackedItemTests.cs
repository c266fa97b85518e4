using Consultation.Cases.People;
using Consultation.Cases.TrackedItems;
using Consultation.Tests.Cases.Documents;
using static Consultation.Tests.Cases.District;

namespace Consultation.Tests.Cases.TrackedItems;

public sealed class TrackedItemTests
{
    private readonly District _district = new();
    private readonly TrackedItem _item;

    public TrackedItemTests()
    {
        _district.Person("郑科长", Role.DepartmentContact, _district.Department);
        _item = Paper.File(_district, items: 1).Items[0];
    }

    [Fact]
    public void A_fresh_item_is_not_stalled() => Reasons(Now).Should().BeEmpty();

    [Theory]
    [InlineData(44, false)]
    [InlineData(45, true)]
    public void Without_an_entry_for_so_many_days_it_stalls(int days, bool stalled) =>
        Reasons(Now.AddDays(days)).Contains(StallReason.NoEntry).Should().Be(stalled);

    [Fact]
    public void Two_cycles_without_change_stall_it_and_one_does_not()
    {
        Reasons(Now, 10, 10).Should().NotContain(StallReason.NoChange);
        Reasons(Now, 10, 10, 10).Should().Contain(StallReason.NoChange);
        Reasons(Now, 10, 20, 20).Should().NotContain(StallReason.NoChange);
        Reasons(Now, 100, 100, 100).Should().NotContain(StallReason.NoChange);
    }

    [Fact]
    public void A_milestone_passes_at_the_end_of_its_day()
    {
        _item.DueOn = new(2026, 3, 2);

        Reasons(new(2026, 3, 2, 15, 59, 59, TimeSpan.Zero)).Should().NotContain(StallReason.MilestonePassed);
        Reasons(new(2026, 3, 2, 16, 0, 0, TimeSpan.Zero)).Should().Contain(StallReason.MilestonePassed);
    }

    [Fact]
    public void An_overdue_entry_stalls_it()
    {
        _item.NextEntryDueAt = Now;

        Reasons(Now).Should().BeEmpty();
        Reasons(Now.AddTicks(1)).Should().Equal(StallReason.ReplyOverdue);
    }

    [Fact]
    public void A_supervisor_who_left_or_is_away_without_a_delegate_stalls_it()
    {
        _district.Na.AbsentFrom = Now;
        Reasons(Now).Should().Equal(StallReason.AssigneeGone);
        _district.Delegate(_district.Na, _district.Ma, Now, Now.AddDays(1));
        Reasons(Now).Should().BeEmpty();
        _district.Na.Active = false;
        Reasons(Now).Should().Equal(StallReason.AssigneeGone);
    }

    [Fact]
    public void A_unit_without_a_contact_stalls_it()
    {
        _district.Grants.RemoveAll(grant => grant.Role == Role.DepartmentContact);

        Reasons(Now).Should().Equal(StallReason.AssigneeGone);
    }

    [Fact]
    public void The_state_follows_the_gravest_reason_and_comes_back()
    {
        _item.DueOn = new(2026, 2, 1);
        StallDetector.Apply(_item, Find(Now.AddDays(50))).Should().BeTrue();
        (_item.State, _item.Stall).Should().Be((TrackedItemState.Stalled, StallReason.MilestonePassed));
        StallDetector.Apply(_item, Find(Now.AddDays(51))).Should().BeFalse();

        StallDetector.Apply(_item, []).Should().BeTrue();

        (_item.State, _item.Stall).Should().Be((TrackedItemState.NotStarted, null));
    }

    [Fact]
    public void Done_needs_a_hundred_per_cent_and_a_check_by_somebody_else()
    {
        Enter(80, done: true).Should().BeOfType<ItemResult.Refused>();
        var entry = Enter(100, done: true).Should().BeOfType<ItemResult.Done>().Which.Entry!;
        _item.State.Should().Be(TrackedItemState.AwaitingCheck);

        ProgressRules.Close(_item, true, "已核实", _district.Ma.Id, [entry], Now).Should().BeOfType<ItemResult.Refused>();
        ProgressRules.Close(_item, true, "已核实", _district.Na.Id, [entry], Now).Should().BeOfType<ItemResult.Done>();

        (_item.State, _item.ClosedAt).Should().Be((TrackedItemState.Done, Now));
        Enter(100, done: false).Should().BeOfType<ItemResult.Refused>("a closed item takes no entries");
    }

    [Fact]
    public void A_failed_check_sends_it_back_to_work()
    {
        var entry = ((ItemResult.Done)Enter(100, done: true)).Entry!;

        ProgressRules.Close(_item, false, "现场未落实", _district.Na.Id, [entry], Now);

        (_item.State, _item.ClosedAt, _item.ClosingNote).Should().Be((TrackedItemState.InProgress, null, "现场未落实"));
    }

    [Fact]
    public void An_extension_is_asked_for_in_time_for_a_working_day_and_the_first_date_stays()
    {
        _item.OriginalDueOn = null;
        ProgressRules.CheckExtension(_item, new(2026, 7, 31), "需要重新招标，工期相应顺延", _district.Calendar, Now)
            .Should().BeEmpty();
        ProgressRules.CheckExtension(_item, new(2026, 8, 1), "需要重新招标，工期相应顺延", _district.Calendar, Now)
            .Single().Message.Zh.Should().Contain("2026-08-03");
        ProgressRules.CheckExtension(_item, new(2026, 6, 30), "", _district.Calendar, Now).Select(error => error.Field)
            .Should().Equal("new-due", "reason");
        ProgressRules.CheckExtension(_item, new(2026, 7, 31), "需要重新招标，工期相应顺延", _district.Calendar, Now.AddDays(150))
            .Should().ContainSingle().Which.Message.Zh.Should().Contain("已过");

        ProgressRules.Extend(_item, new(2026, 7, 31));

        (_item.DueOn, _item.OriginalDueOn).Should().Be((new DateOnly(2026, 7, 31), new DateOnly(2026, 6, 30)));
    }

    [Theory]
    [InlineData("", "请写明")]
    [InlineData("需要招标", "至少 10 字")]
    [InlineData("需要重新招标，工期相应顺延", null)]
    public void The_reason_of_an_extension_has_one_rule_wherever_it_is_written(string reason, string? wrong)
    {
        var atTheButton = ProgressRules.CheckExtensionReason(reason, "reason");
        var inTheRequest = ProgressRules.CheckExtension(_item, new(2026, 7, 31), reason, _district.Calendar, Now);

        foreach (var errors in new[] { atTheButton, inTheRequest })
        {
            if (wrong is null) errors.Should().BeEmpty();
            else errors.Should().ContainSingle().Which.Message.Zh.Should().Contain(wrong);
        }
    }

    private ItemResult Enter(int percent, bool done) => ProgressRules.Enter(_item, new Dictionary<string, string>
    {
        ["percent"] = percent.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["progress"] = "正在推进",
        ["problems"] = "无",
        ["solution"] = "继续",
        ["done"] = done ? "yes" : "no",
    }, _district.Ma.Id, Now.AddDays(30), Now);

    private IEnumerable<StallReason> Reasons(DateTimeOffset now, params int[] percents) =>
        Find(now, percents).Select(finding => finding.Reason);

    private IReadOnlyList<StallFinding> Find(DateTimeOffset now, params int[] percents) => StallDetector.Find(
        _item,
        percents.Select((percent, index) => new ProgressEntry
        {
            OrganisationId = _district.Id,
            Id = Guid.NewGuid(),
            TrackedItemId = _item.Id,
            At = now.AddDays(index - percents.Length),
            ById = _district.Ma.Id,
            Percent = percent,
            Progress = "p",
        }),
        _district.Directory, _district.Calendar, new StallPolicy(), now);
}
