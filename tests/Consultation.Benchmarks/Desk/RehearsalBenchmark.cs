using System.Diagnostics;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Rehearsals;
using Consultation.Cases.Workflows;
using Consultation.Storage;
using Consultation.Web.Health;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Benchmarks.Desk;

/// <summary>
/// A rehearsal of ten weeks with forty people: how long until the first play is there, the stage and its copy included,
/// and how long each further play takes.
/// </summary>
internal sealed class RehearsalBenchmark : BenchmarkHost
{
    private const int People = 40;

    /// <summary>Measures so many plays of each shipped procedure; true when all of them came to their end.</summary>
    public static async Task<bool> RunAsync(int plays)
    {
        await using var benchmark = new RehearsalBenchmark();
        return await benchmark.MeasureAsync(plays);
    }

    private async Task<bool> MeasureAsync(int plays)
    {
        await Services.GetRequiredService<ISampleData>().LoadAsync(default);
        var organisation = await FillAsync();
        var good = true;
        foreach (var definition in (string[])[WorkflowKeys.TenWeekPlan, WorkflowKeys.SixSteps])
        {
            good &= await MeasureAsync(organisation, definition, plays, Habit.OnTime, 0);
            good &= await MeasureAsync(organisation, definition, plays, Habit.Late, 30);
        }

        return good;
    }

    private async Task<bool> MeasureAsync(
        OrganisationId organisation, string definition, int plays, Habit habit, int share)
    {
        var settings = new RehearsalSettings
        {
            DefinitionId = definition,
            Start = new(2026, 3, 9),
            Mix = new HabitMix { Shares = new() { [habit] = share } },
        };
        if (habit == Habit.OnTime) settings = settings with { Mix = HabitMix.AllOnTime };
        var first = await TimedAsync(organisation, settings);
        var many = await TimedAsync(organisation, settings with { Plays = plays });
        var play = first.Job.Play;
        var each = plays > 1 ? (many.Took - first.Took) / (plays - 1) : first.Took;
        Console.WriteLine(
            $"  {definition}, {People} people, {share} % {habit}: first play {first.Took.TotalSeconds:F2} s, each of "
                + $"{plays} more {each.TotalSeconds:F2} s; {play?.WorkingDays} working days, "
                + $"{play?.Tasks.Count} tasks, {play?.Mails.Count} mails, {play?.Steps} steps");
        if (many.Job.Spread.Plays is { Count: > 0 } all && all.All(one => one.End == PlayEnd.Over)) return true;
        var why = string.Join(' ', play?.Findings.Select(one => one.Text.En) ?? []);
        Console.WriteLine($"    WRONG: {first.Job.Error?.En} {why}");
        return false;
    }

    private async Task<(TimeSpan Took, RehearsalJob Job)> TimedAsync(
        OrganisationId organisation, RehearsalSettings settings)
    {
        var started = Stopwatch.GetTimestamp();
        var job = await Services.GetRequiredService<IRehearsals>().PlayAsync(organisation, settings, default);
        return (Stopwatch.GetElapsedTime(started), job);
    }

    /// <summary>The sample with so many people that forty are asked or told.</summary>
    private async Task<OrganisationId> FillAsync()
    {
        await using var db = Services.GetRequiredService<Database>().Open();
        var organisation = await db.Organisations.SingleAsync(one => one.IsSample);
        var there = await db.People.CountAsync(one => one.OrganisationId == organisation.Id);
        var committee = await db.Units.FirstAsync(
            one => one.OrganisationId == organisation.Id && one.Kind == UnitKind.SpecialCommittee);
        for (var number = there; number < People; number++)
        {
            var person = new Person
            {
                OrganisationId = organisation.Id,
                Id = PersonId.New(),
                Name = $"委员{number}",
                UnitId = committee.Id,
                Email = $"member{number}@sample.example.org",
            };
            db.Add(person);
            db.Add(new RoleGrant
            {
                OrganisationId = organisation.Id,
                Id = Guid.CreateVersion7(),
                PersonId = person.Id,
                Role = Role.CommitteeMember,
                UnitId = committee.Id,
            });
        }

        organisation.DirectoryVersion++;
        await db.SaveChangesAsync();
        return organisation.Id;
    }
}
