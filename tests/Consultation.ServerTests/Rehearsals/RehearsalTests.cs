using System.Text.Json;
using Consultation.Cases;
using Consultation.Cases.Rehearsals;
using Consultation.Cases.Tasks;
using Consultation.Cases.Workflows;

namespace Consultation.ServerTests.Rehearsals;

/// <summary>What a rehearsal comes to, and that nothing outside hears of it.</summary>
public sealed class RehearsalTests(RehearsalDesk desk) : IClassFixture<RehearsalDesk>
{
    [Fact]
    public async Task The_six_steps_come_to_their_end_when_everybody_is_on_time()
    {
        var play = await desk.PlayAsync();

        play.Findings.Where(finding => finding.Kind is not FindingKind.NoDue).Select(finding => finding.Text.Zh)
            .Should().BeEmpty();
        (play.End, play.State).Should().Be((PlayEnd.Over, CaseState.Closed));
        play.Tasks.Should().Contain(task => task.ActivityId == "CommitteeGate" && task.Outcome == "Confirm");
        play.Meetings.Should().ContainSingle(meeting => meeting.Held && meeting.Came > 0);
        play.Mails.Should().Contain(mail => mail.Left && mail.Text.Length > 0);
        play.Mails.Should().NotContain(mail => mail.Text.Contains("{{"), "links lead nowhere");
        play.Papers.Should().NotBeEmpty();
        play.Load.Sum(week => week.Tasks).Should().BeGreaterThan(10);
    }

    [Fact]
    public async Task The_ten_weeks_come_to_their_end_when_everybody_is_on_time()
    {
        var play = await desk.PlayAsync(WorkflowKeys.TenWeekPlan);

        play.Findings.Where(finding => finding.Kind is not FindingKind.NoDue).Select(finding => finding.Text.Zh)
            .Should().BeEmpty();
        (play.End, play.State).Should().Be((PlayEnd.Over, CaseState.Closed));
        play.WorkingDays.Should().BeInRange(45, 70, "ten weeks, and what was promised in them");
        play.DaysOff.Should().Contain(day => day.Name.Contains("清明"));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_play_and_another_seed_another()
    {
        var settings = new RehearsalSettings
        {
            DefinitionId = WorkflowKeys.SixSteps,
            Start = RehearsalDesk.Start,
            Seed = 7,
            Mix = new HabitMix { Shares = new() { [Habit.Late] = 50 } },
        };

        var (first, again, other) = (await desk.PlayAsync(settings), await desk.PlayAsync(settings),
            await desk.PlayAsync(settings with { Seed = 8 }));

        Course(again).Should().Be(Course(first));
        Course(other).Should().NotBe(Course(first));
    }

    /// <summary>
    /// Who was asked what on which day, what came of it and what was mailed. Of what happens at one instant the order
    /// is left to chance, and with it running numbers and the order of names in a sentence.
    /// </summary>
    private static string Course(RehearsalPlay play) => JsonSerializer.Serialize(new
    {
        play.To,
        play.End,
        play.State,
        play.WorkingDays,
        play.Path,
        Tasks = play.Tasks
            .Select(task => $"{task.ActivityId} {task.OpenedAt:O} {task.DueAt:O} {task.ClosedAt:O} {task.Outcome} "
                + $"{task.Reminders} {task.Rung} {task.Seats.Count}")
            .Order(StringComparer.Ordinal),
        Mails = play.Mails.Select(mail => $"{mail.At:O} {mail.To} {mail.Purpose}").Order(StringComparer.Ordinal),
    });

    [Theory]
    [InlineData(Habit.Late, PlayEnd.Over, CaseState.Closed)]
    [InlineData(Habit.Objecting, PlayEnd.Over, CaseState.Closed)]
    [InlineData(Habit.OnLeave, PlayEnd.Over, CaseState.Closed)]
    [InlineData(Habit.Silent, PlayEnd.Waiting, CaseState.Open)]
    [InlineData(Habit.Declining, PlayEnd.Over, CaseState.Rejected)]
    public async Task Each_habit_takes_the_six_steps_where_it_is_expected(Habit habit, PlayEnd end, CaseState state)
    {
        var play = await desk.PlayAsync(WorkflowKeys.SixSteps, habit);

        (play.End, play.State).Should().Be((end, state), string.Join('\n', play.Findings.Select(one => one.Text.Zh)));
        play.HasDeadEnd.Should().BeFalse();
        if (habit == Habit.Silent) play.Tasks.Should().Contain(task => task.Reminders > 0 && task.Rung > 0);
        if (habit == Habit.Objecting) play.Tasks.Should().Contain(task => task.Outcome == "Return");
        if (habit == Habit.Late) play.Tasks.Should().Contain(task => task.ClosedAt > task.DueAt);
    }

    [Fact]
    public async Task A_habit_that_is_set_for_a_person_goes_before_the_shares()
    {
        await using var db = desk.Open();
        var director = db.People.Single(one => one.OrganisationId == desk.Organisation && one.UserName == "director");

        var play = await desk.PlayAsync(new RehearsalSettings
        {
            DefinitionId = WorkflowKeys.SixSteps,
            Start = RehearsalDesk.Start,
            People = new() { [director.Id.Value] = Habit.Declining },
        });

        play.State.Should().Be(CaseState.Rejected);
        play.Tasks.SelectMany(task => task.Seats).Where(seat => seat.Habit == Habit.Declining)
            .Should().OnlyContain(seat => seat.Person == director.Name);
    }

    [Fact]
    public async Task A_step_that_is_taken_by_hand_goes_the_chosen_way()
    {
        var play = await desk.PlayAsync(new RehearsalSettings
        {
            DefinitionId = WorkflowKeys.SixSteps,
            Start = RehearsalDesk.Start,
            Choices = new() { ["CommitteeGate"] = OutcomeKeys.Reject },
        });

        play.State.Should().Be(CaseState.Rejected);
    }

    [Fact]
    public async Task A_draft_with_a_dead_end_is_named_before_anybody_publishes_it()
    {
        var id = await desk.SaveDeadEndAsync("stuck-draft");

        var play = await desk.PlayAsync(id);

        play.End.Should().Be(PlayEnd.DeadEnd);
        play.HasDeadEnd.Should().BeTrue();
        play.Findings.Should().Contain(finding => finding.Kind == FindingKind.Standstill
            && finding.Text.Zh.Contains("等通知"));
    }

    [Fact]
    public async Task Nothing_outside_hears_of_a_rehearsal()
    {
        var (before, files) = (await desk.ChecksumsAsync(), desk.MailFiles);

        await desk.PlayAsync();

        (await desk.ChecksumsAsync()).Should().Equal(before);
        desk.MailFiles.Should().Be(files);
        Directory.GetDirectories(Path.GetTempPath(), "consultation-rehearsal-*")
            .Where(folder => Directory.GetCreationTimeUtc(folder) < DateTime.UnixEpoch).Should().BeEmpty();
    }

    [Fact]
    public async Task Many_plays_show_the_longest_and_the_likeliest_course_and_each_comes_back_by_its_seed()
    {
        var job = await desk.Rehearsals.PlayAsync(
            desk.Organisation,
            new RehearsalSettings
            {
                DefinitionId = WorkflowKeys.SixSteps,
                Start = RehearsalDesk.Start,
                Plays = 4,
                Mix = new HabitMix { Shares = new() { [Habit.Late] = 50 } },
            },
            default);

        job.Done.Should().Be(4);
        job.Spread.Longest!.WorkingDays.Should().Be(job.Spread.Plays.Max(play => play.WorkingDays));
        job.Spread.Likeliest.Should().NotBeNull();
        var third = await desk.PlayAsync(job.Settings with { Plays = 1, Seed = job.Spread.Plays[2].Seed });
        third.Summary.Should().Be(job.Spread.Plays[2]);
    }

    [Fact]
    public async Task What_cannot_be_rehearsed_is_refused_in_words()
    {
        var part = await desk.Rehearsals.PlayAsync(
            desk.Organisation, new() { DefinitionId = WorkflowKeys.Vote, Start = RehearsalDesk.Start }, default);
        var unknown = await desk.Rehearsals.PlayAsync(
            desk.Organisation, new() { DefinitionId = "no-such-workflow", Start = RehearsalDesk.Start }, default);

        part.Error!.Zh.Should().Contain("一部分");
        unknown.Error!.Zh.Should().Contain("没有这个流程");
    }
}
