using Consultation.Cases;
using Consultation.Cases.Rehearsals;
using Consultation.Cases.Workflows;

namespace Consultation.Tests.Cases.Rehearsals;

/// <summary>Chance, settings, what many plays come to, and what a check finds.</summary>
public sealed class RehearsalTests
{
    private static readonly PersonId Li = new(new Guid("00000000-0000-0000-0000-000000000001"));

    [Fact]
    public void What_is_drawn_depends_on_the_seed_and_on_what_it_is_drawn_for()
    {
        var draw = new RehearsalDraw(5);

        draw.Of("a", "b").Should().Be(new RehearsalDraw(5).Of("a", "b")).And.BeInRange(0, 1);
        draw.Of("a", "b").Should().NotBe(draw.Of("b", "a"));
        draw.Of("a", "b").Should().NotBe(new RehearsalDraw(6).Of("a", "b"));
        Enumerable.Range(0, 1000).Average(number => draw.Of($"{number}")).Should().BeApproximately(0.5, 0.05);
    }

    [Fact]
    public void Shares_give_about_as_many_of_each_habit_and_the_rest_is_on_time()
    {
        var mix = new HabitMix { Shares = new() { [Habit.Late] = 30, [Habit.Silent] = 20 } };

        var habits = Enumerable.Range(0, 1000).Select(point => mix.At(point / 1000.0)).CountBy(one => one)
            .ToDictionary();

        habits.Should().Equal(new Dictionary<Habit, int>
        {
            [Habit.Late] = 300,
            [Habit.Silent] = 200,
            [Habit.OnTime] = 500,
        });
    }

    [Fact]
    public void A_habit_that_is_set_for_somebody_goes_before_the_shares()
    {
        var settings = Settings() with
        {
            Mix = new HabitMix { Shares = new() { [Habit.Late] = 100 } },
            People = new() { [Li.Value] = Habit.Silent },
        };

        new RehearsalDraw(1).HabitOf(Li, settings).Should().Be(Habit.Silent);
        new RehearsalDraw(1).HabitOf(PersonId.New(), settings).Should().Be(Habit.Late);
    }

    [Fact]
    public void Settings_that_cannot_be_played_are_refused_at_their_fields()
    {
        var today = new DateOnly(2026, 3, 2);

        Settings().Check(today).Should().BeEmpty();
        (Settings() with { Plays = 201 }).Check(today).Should().ContainSingle(error => error.Field == "plays");
        (Settings() with { LateBy = 0 }).Check(today).Should().ContainSingle(error => error.Field == "late-by");
        (Settings() with { LeaveFor = 61 }).Check(today).Should().ContainSingle(error => error.Field == "leave-for");
        (Settings() with { Start = default }).Check(today).Should().ContainSingle(error => error.Field == "start");
        (Settings() with { DefinitionId = WorkflowKeys.Vote }).Check(today).Should().ContainSingle();
        (Settings() with { Mix = new HabitMix { Shares = new() { [Habit.Late] = 60, [Habit.Silent] = 60 } } })
            .Check(today).Should().ContainSingle(error => error.Message.Zh.Contains("合计不超过"));
    }

    [Fact]
    public void Many_plays_show_the_longest_the_likeliest_and_how_long_most_take()
    {
        var spread = new RehearsalSpread(
        [
            Summary(1, 30, "a"), Summary(2, 50, "b"), Summary(3, 32, "a"), Summary(4, 34, "a"), Summary(5, 33, "c"),
        ]);

        spread.Longest!.Seed.Should().Be(2);
        spread.Likeliest!.Seed.Should().Be(3);
        spread.Courses.Select(course => course.Key).Should().Equal("a", "b", "c");
        (spread.WithinPercent(50), spread.WithinPercent(100)).Should().Be((33, 50));
        new RehearsalSpread([]).WithinPercent(50).Should().BeNull();
    }

    [Fact]
    public void A_check_says_each_difference_and_nothing_when_all_is_well()
    {
        var check = new RehearsalCheck
        {
            OrganisationId = OrganisationId.New(),
            Id = Guid.NewGuid(),
            DefinitionId = WorkflowKeys.SixSteps,
            Name = "人人按时",
            Settings = Settings(),
            Expected = new(CaseState.Closed, 40),
            ById = Li,
            At = default,
        };

        check.Differences(Play(CaseState.Closed, 40)).Should().BeEmpty();
        check.Differences(Play(CaseState.Rejected, 41) with
        {
            Findings = [new(FindingKind.Standstill, default, null, new("停在第二步", "stands still"))],
        }).Select(text => text.Zh).Should().Equal(
            "应以“办结”结束，实际为“未通过”", "应在 40 个工作日内结束，实际用了 41 个", "走入死路：停在第二步");
    }

    private static RehearsalSettings Settings() =>
        new() { DefinitionId = WorkflowKeys.SixSteps, Start = new(2026, 3, 2) };

    private static PlaySummary Summary(int seed, int days, string path) =>
        new(seed, default, PlayEnd.Over, CaseState.Closed, days, path, false);

    private static RehearsalPlay Play(CaseState state, int days) => new()
    {
        Seed = 1,
        From = default,
        To = default,
        End = PlayEnd.Over,
        State = state,
        WorkingDays = days,
        Path = "",
    };
}
