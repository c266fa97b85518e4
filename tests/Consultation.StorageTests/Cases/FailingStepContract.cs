using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Testing;
using Consultation.Testing.Databases;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Cases;

/// <summary>
/// What every database must do when an activity fails after it changed the case: nothing of it stays, all before it
/// does.
/// </summary>
public abstract class FailingStepContract(TestDatabase database)
{
    private readonly FakeClock _clock = new();
    private readonly Writing _writing = new();

    [SkippableFact]
    public async Task What_a_failing_activity_changed_is_not_kept_and_what_came_before_is()
    {
        await using var host = await NewHostAsync("before", "broken", "after");
        var @case = await AddCaseAsync(host);
        _writing.Breaks = ["broken"];

        var run = await host.ApplyAsync(Start(@case));

        run.SubStatus.Should().Be(RunSubStatus.Faulted);
        var kept = await ReadAsync(host);
        kept.History.Should().Equal("before");
        kept.Title.Should().Be("before");
        kept.LastNumber.Should().Be(1);
        kept.Incident.Should().Be("broken: no more paper");
        _writing.Calls.Should().Equal("before", "broken", "before");
    }

    [SkippableFact]
    public async Task A_retry_after_mending_does_the_work_once_and_goes_on()
    {
        await using var host = await NewHostAsync("before", "broken", "after");
        var @case = await AddCaseAsync(host);
        _writing.Breaks = ["broken"];
        var run = await host.ApplyAsync(Start(@case));

        _writing.Breaks = [];
        var mended = await host.ApplyAsync(new StimulusMessage.Retry(run.InstanceId, run.IncidentIds[0]));

        mended.SubStatus.Should().Be(RunSubStatus.Finished);
        var kept = await ReadAsync(host);
        kept.History.Should().Equal("before", "broken", "after");
        kept.LastNumber.Should().Be(3);
        kept.Incident.Should().BeNull();
    }

    [SkippableFact]
    public async Task A_failure_after_completing_is_a_failure_all_the_same()
    {
        await using var host = await NewHostAsync("late", "after");
        var @case = await AddCaseAsync(host);
        _writing.Breaks = ["late"];
        _writing.CompletesFirst = true;

        var run = await host.ApplyAsync(Start(@case));

        run.SubStatus.Should().Be(RunSubStatus.Faulted);
        (await ReadAsync(host)).History.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_row_that_fails_in_a_group_spoils_nothing_of_the_others()
    {
        await using var host = await NewHostAsync("before", "broken");
        _writing.Breaks = ["broken"];
        await using (var db = host.Database.Open())
        {
            var organisation = await AddOrganisationAsync(db);
            for (var i = 0; i < 5; i++)
            {
                var @case = NewCase(organisation);
                db.Add(@case);
                db.Inbox.Add(Storage.Runs.InboxRow.For(Start(@case), _clock.GetUtcNow()));
            }

            await db.SaveChangesAsync();
        }

        await host.Loop.DrainAsync(CancellationToken.None);

        await using var after = host.Database.Open();
        (await after.Incidents.CountAsync()).Should().Be(5);
        (await after.History.Select(line => line.Verb).ToListAsync()).Should().Equal(Enumerable.Repeat("before", 5));
        (await after.NumberSeries.SingleAsync()).Last.Should().Be(5);
    }

    /// <summary>
    /// Any number of writing activities, any of which fail: the rows are those of the ones before the first that fails.
    /// </summary>
    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Rows_are_always_those_of_whole_activities(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 8; round++)
        {
            var names = Enumerable.Range(1, random.Next(1, 7)).Select(i => $"a{i}").ToArray();
            await using var host = await NewHostAsync(names);
            var @case = await AddCaseAsync(host);
            _writing.Breaks = [.. names.Where(_ => random.Next(4) == 0)];
            _writing.CompletesFirst = random.Next(2) == 0;

            var run = await host.ApplyAsync(Start(@case));
            while (true)
            {
                var done = names.TakeWhile(name => !_writing.Breaks.Contains(name)).ToList();
                var kept = await ReadAsync(host);
                kept.History.Should().Equal(done);
                kept.LastNumber.Should().Be(done.Count);
                if (done.Count == names.Length) break;
                _writing.Breaks.Remove(names[done.Count]);
                run = await host.ApplyAsync(new StimulusMessage.Retry(run.InstanceId));
            }

            run.SubStatus.Should().Be(RunSubStatus.Finished);
        }
    }

    private async Task<RunHost> NewHostAsync(params string[] activities)
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        var type = new ActivityType(ActivityDescriptorBuilder.Activity("Test.Write", "写", "Write")
            .Build(), node => new WritingActivity(node, _writing));
        var host = new RunHost(database.NewDatabase(), _clock, [type]);
        await host.PublishAsync(
            Flows.Sequence("writing", [.. activities.Select(name => Flows.Activity(name, "Test.Write"))]));
        return host;
    }

    private async Task<Case> AddCaseAsync(RunHost host)
    {
        await using var db = host.Database.Open();
        var @case = NewCase(await AddOrganisationAsync(db));
        db.Add(@case);
        await db.SaveChangesAsync();
        return @case;
    }

    private async Task<OrganisationId> AddOrganisationAsync(Storage.ConsultationDb db)
    {
        var organisation =
            new Organisation { Id = OrganisationId.New(), Name = new("a"), Slug = "a", CreatedAt = _clock.GetUtcNow() };
        db.Add(organisation);
        await db.SaveChangesAsync();
        return organisation.Id;
    }

    private Case NewCase(OrganisationId organisation) => new()
    {
        OrganisationId = organisation,
        Id = CaseId.New(),
        Kind = CaseKind.SixStep,
        Title = "停车难",
        OpenedAt = _clock.GetUtcNow(),
    };

    private static StimulusMessage.StartRun Start(Case @case) =>
        new("writing") { InstanceId = InstanceId.New(), CorrelationId = @case.Id.ToString() };

    private static async Task<Kept> ReadAsync(RunHost host)
    {
        await using var db = host.Database.Open();
        return new Kept(
            [.. (await db.History.ToListAsync()).OrderBy(line => int.Parse(line.Text.Zh, CultureInfo.InvariantCulture))
                .Select(line => line.Verb)],
            (await db.Cases.SingleAsync()).Title,
            (await db.NumberSeries.SingleOrDefaultAsync())?.Last ?? 0,
            await db.Incidents.Where(row => row.ResolvedAt == null).Select(row => row.ActivityId + ": " + row.Message)
                .SingleOrDefaultAsync());
    }

    private sealed record Kept(List<string> History, string Title, int LastNumber, string? Incident);

    private sealed class Writing
    {
        public HashSet<string> Breaks { get; set; } = [];
        public bool CompletesFirst { get; set; }
        public List<string> Calls { get; } = [];
    }

    /// <summary>Changes a row, takes a number, adds a row, and then fails if it is to.</summary>
    private sealed class WritingActivity(ActivityNode node, Writing writing) : Activity
    {
        public override void Execute(ActivityContext context)
        {
            var file = (CaseFile)context.Host!;
            writing.Calls.Add(node.ActivityId);
            file.Case.Title = node.ActivityId;
            file.Add(new HistoryEntry
            {
                OrganisationId = file.Case.OrganisationId,
                Id = Guid.CreateVersion7(),
                CaseId = file.Case.Id,
                At = context.Now,
                Verb = node.ActivityId,
                Text = new(file.NextNumber("write", 2026).ToString(CultureInfo.InvariantCulture)),
            });
            if (writing.CompletesFirst) context.Complete();
            if (writing.Breaks.Contains(node.ActivityId)) ActivityContext.Fault("no more paper");
            if (!writing.CompletesFirst) context.Complete();
        }
    }
}

public sealed class SqliteFailingStepTests(SqliteDatabase database)
    : FailingStepContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlFailingStepTests(PostgreSqlDatabase database)
    : FailingStepContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerFailingStepTests(SqlServerDatabase database)
    : FailingStepContract(database), IClassFixture<SqlServerDatabase>;
