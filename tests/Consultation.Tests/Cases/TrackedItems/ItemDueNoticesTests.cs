using Consultation.Cases;
using Consultation.Cases.TrackedItems;

namespace Consultation.Tests.Cases.TrackedItems;

/// <summary>When unit and supervisor hear of an item's own day (P64).</summary>
public sealed class ItemDueNoticesTests
{
    private readonly District _district = new();

    [Fact]
    public void Three_working_days_before_on_the_day_and_one_after_it()
    {
        // Tuesday, 17 March: before it Thursday 12 March, after it Wednesday 18 March.
        var pending = Pending(Item(new(2026, 3, 17)), District.Now);

        pending.Select(one => (_district.Calendar.DayOf(one.At), one.Days)).Should().Equal(
            (new DateOnly(2026, 3, 12), 3), (new DateOnly(2026, 3, 17), 0), (new DateOnly(2026, 3, 18), -1));
        pending[0].At.Should().Be(new DateTimeOffset(2026, 3, 12, 1, 0, 0, TimeSpan.Zero), "nine in Beijing");
    }

    [Fact]
    public void Of_several_that_have_passed_only_the_last_is_told_and_none_twice()
    {
        var item = Item(new(2026, 3, 17));
        var later = new DateTimeOffset(2026, 3, 17, 3, 0, 0, TimeSpan.Zero);

        Pending(item, later)[0].Days.Should().Be(0);
        item.DueTold = Pending(item, later)[0].Mark;

        Pending(item, later).Select(one => one.Days).Should().Equal(-1);
    }

    [Fact]
    public void A_day_that_was_moved_counts_anew()
    {
        var item = Item(new(2026, 3, 17));
        item.DueTold = Pending(item, District.Now)[0].Mark;
        item.DueOn = new(2026, 4, 17);

        Pending(item, District.Now).Should().HaveCount(3);
    }

    [Theory]
    [InlineData(TrackedItemState.Done)]
    [InlineData(TrackedItemState.AwaitingCheck)]
    public void What_is_done_or_said_to_be_is_not_urged(TrackedItemState state)
    {
        var item = Item(new(2026, 3, 17));
        item.State = state;

        Pending(item, District.Now).Should().BeEmpty();
    }

    [Theory]
    [InlineData("-3wd, 0wd, 1wd", true)]
    [InlineData("", true)]
    [InlineData("3d", false)]
    [InlineData("soon", false)]
    public void Spans_are_working_days(string text, bool understood) =>
        (ItemDueNotices.Spans(text) is not null).Should().Be(understood);

    [Fact]
    public void An_extension_after_the_day_is_too_late_and_says_so()
    {
        var item = Item(new(2026, 3, 2));

        ProgressRules.TooLateToExtend(item, _district.Calendar, District.Now).Should().BeNull();
        ProgressRules.TooLateToExtend(item, _district.Calendar, District.Now.AddDays(1))!.Message.Zh
            .Should().Contain("办结期限 2026-03-02 已过");
    }

    private IReadOnlyList<ItemDueNotice> Pending(TrackedItem item, DateTimeOffset now) =>
        ItemDueNotices.Pending(item, ItemDueNotices.Spans(ItemDueNotices.UsualSpans)!, _district.Calendar, now);

    private TrackedItem Item(DateOnly due) => new()
    {
        OrganisationId = _district.Id,
        Id = TrackedItemId.New(),
        CaseId = CaseId.New(),
        Number = 1,
        Year = 2026,
        Topic = "t",
        Advice = "a",
        OpenedAt = District.Now,
        DueOn = due,
    };
}
