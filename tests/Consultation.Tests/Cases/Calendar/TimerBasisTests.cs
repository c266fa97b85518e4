using System.Text.Json;
using Consultation.Cases.Calendar;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Cases.Calendar;

public sealed class TimerBasisTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    public static TheoryData<TimerBasis> Kinds => new()
    {
        new TimerBasis.Due(Counted.From(Monday, workingDays: 5)),
        new TimerBasis.Due(Counted.From(Monday, workingDays: 5).PutOff(3) with { PassedOn = new(2026, 3, 20) }),
        new TimerBasis.Reminder("标准; due 2026", Monday),
        new TimerBasis.Rung("standard", 2, "5wd", Monday),
        new TimerBasis.PhaseEnd(new(30, DayCount.CalendarDays), Monday),
        new TimerBasis.WorkingDay(Counted.Working(8), Monday),
        new TimerBasis.WorkingDay(new(-3, DayCount.WorkingDays), Monday, new(Guid.NewGuid())),
        new TimerBasis.MeetingBegins(new(Guid.NewGuid()), Monday),
        new TimerBasis.Due(new DueBasis(new(-5, DayCount.WorkingDays), Monday, Meeting: new(Guid.NewGuid()))),
        new TimerBasis.TakeBack("R2026-00012"),
        new TimerBasis.Stall(null, Monday),
        new TimerBasis.LookAgain(LookAgainReason.Slipped),
        new TimerBasis.Created("Elsa.Delay", new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8))),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_read_as_it_was_written(TimerBasis basis) =>
        TimerBasis.Read(basis.Write()).Should().Be(basis);

    [Fact]
    public void Every_kind_is_tried() =>
        ((IEnumerable<object[]>)Kinds).Select(row => row[0].GetType()).Distinct().Should().BeEquivalentTo(
            typeof(TimerBasis).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(TimerBasis))));

    [Fact]
    public void The_stored_form_stays_readable()
    {
        TimerBasis.Read("""{"Kind":"Reminder","Policy":"standard","DueOn":"2026-03-02","Later":1}""")
            .Should().Be(new TimerBasis.Reminder("standard", Monday), "fields of a later version are passed over");
        new TimerBasis.Due(Counted.From(Monday, workingDays: 5)).Write()
            .Should().Be("""{"Kind":"Due","Of":{"Within":"5wd","From":"2026-03-02","RestedDays":0,"PassedOn":null}}""");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("own words of a step")]
    [InlineData("""{"Kind":"Unheard","Of":1}""")]
    [InlineData("""{"Kind":"Due","Of":{"Within":"soon","From":"2026-03-02"}}""")]
    public void What_is_not_the_products_basis_is_none(string? text) => TimerBasis.Read(text).Should().BeNull();

    [Fact]
    public void A_due_basis_is_read_as_it_was_written()
    {
        var basis = new DueBasis(new(30, DayCount.CalendarDays), Monday, 2, new(2026, 4, 7));

        JsonSerializer.Deserialize<DueBasis>(JsonSerializer.Serialize(basis)).Should().Be(basis);
    }

    [Fact]
    public void A_due_basis_says_what_it_is_in_both_languages()
    {
        var text = (Counted.From(Monday, workingDays: 5).PutOff(3) with { PassedOn = new(2026, 3, 20) }).Describe();

        text.Zh.Should().Be("自 2026-03-02 起 5 个工作日，因协商暂停顺延 3 个工作日；2026-03-20 时已过这一天，改为下一个工作日");
        text.En.Should().Be(
            "5 working days from 2026-03-02, put off for a suspension by 3 working days; that day had passed on "
                + "2026-03-20, so the next working day");
    }
}
