using System.Globalization;
using System.Text;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Matters.Import;
using Consultation.Cases.Samples;
using Consultation.Storage.Matters;
using Consultation.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Matters;

/// <summary>What importing hotline orders promises, on every database product (Q37, O20).</summary>
public abstract class HotlineImportContract(TestDatabase database)
{
    private static readonly byte[] Sample = SampleOrders.Gb18030Csv(new(2026, 3, 1));

    [SkippableFact]
    public async Task A_preview_stores_no_matter_and_a_confirmed_job_stores_all()
    {
        await using var host = await TemporaryHost.StartAsync(database);

        var preview = await PreviewAsync(host, Sample);
        (preview.Job.New, preview.Encoding, await CountAsync(host)).Should().Be((60, "GB18030", 0));
        (await ConfirmAsync(host, preview.Job.Id)).Should().BeOfType<ConfirmResult.Queued>();
        (await StandingAsync(host, preview), await CountAsync(host))
            .Should().Be((ImportState.Queued, 0), "the page answers at once, the worker writes");
        (await host.Worker.TurnAsync(CancellationToken.None)).Should().BeTrue();

        var job = await FindAsync(host, preview);
        (job.State, job.New, job.Processed, await CountAsync(host)).Should().Be((ImportState.Done, 60, 60, 60));
        (await host.Worker.TurnAsync(CancellationToken.None)).Should().BeFalse("nothing waits any more");
        await using var db = host.Database.Open();
        (await db.Set<ImportFile>().CountAsync()).Should().Be(0, "the file is not kept once it is in");
        (await db.History.SingleAsync(row => row.Verb == "matters.imported")).ActorId.Should()
            .Be(host.Person("secretary").Id);
    }

    [SkippableFact]
    public async Task Looking_at_a_preview_again_writes_nothing()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var preview = await PreviewAsync(host, Sample);
        await StoreAsync(host, Sample);

        var review = await host.Import.ReviewAsync(host.Seed.Organisation.Id, preview.Job.Id, CancellationToken.None);

        review.Should().BeOfType<PreviewResult.Ready>().Which.Preview.Job.New.Should()
            .Be(0, "by now every order is known");
        (await FindAsync(host, preview)).New.Should().Be(60, "what was kept with the job stays");
    }

    [SkippableFact]
    public async Task The_same_file_twice_changes_nothing_and_a_changed_row_changes_its_matter()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        await StoreAsync(host, Sample);

        var again = await PreviewAsync(host, Sample);
        (again.Job.New, again.Job.Changed, again.Job.Unchanged).Should().Be((0, 0, 60));
        (await ConfirmAsync(host, again.Job.Id)).Should().BeOfType<ConfirmResult.Refused>().Which.Reason.Zh.Should()
            .Contain("没有可以导入的工单");
        var changed = await StoreAsync(host, Encoding.UTF8.GetBytes("工单编号,诉求内容\nSL202600000001,内容有补充\nSL999,新的诉求内容\n"));

        (changed.New, changed.Changed).Should().Be((1, 1));
        await using var db = host.Database.Open();
        (await db.Matters.SingleAsync(row => row.OrderNumber == "SL202600000001")).Text.Should().Be("内容有补充");
        (await CountAsync(host)).Should().Be(61);
    }

    [SkippableFact]
    public async Task Confirming_twice_queues_once()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var preview = await PreviewAsync(host, Sample);

        var answers = await Task.WhenAll(ConfirmAsync(host, preview.Job.Id), ConfirmAsync(host, preview.Job.Id));
        await host.Worker.TurnAsync(CancellationToken.None);

        answers.Should().AllBeOfType<ConfirmResult.Queued>();
        (await ConfirmAsync(host, preview.Job.Id))
            .Should().BeOfType<ConfirmResult.Queued>("a third click sees what the first did");
        (await host.Worker.TurnAsync(CancellationToken.None)).Should().BeFalse();
        (await CountAsync(host)).Should().Be(60);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_job_stores_nothing_and_keeps_no_file(bool confirmed)
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var preview = await PreviewAsync(host, Sample);
        if (confirmed)
        {
            await ConfirmAsync(host, preview.Job.Id);
        }

        (await CancelAsync(host, preview)).Should().BeTrue();
        (await host.Worker.TurnAsync(CancellationToken.None)).Should().BeFalse();

        (await StandingAsync(host, preview), await CountAsync(host)).Should().Be((ImportState.Cancelled, 0));
        (await ConfirmAsync(host, preview.Job.Id)).Should().BeOfType<ConfirmResult.Refused>();
        (await CancelAsync(host, preview)).Should().BeFalse("it is over");
        await using var db = host.Database.Open();
        (await db.Set<ImportFile>().CountAsync()).Should().Be(0);
    }

    [SkippableFact]
    public async Task A_job_cancelled_while_it_is_written_takes_everything_back()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var preview = await PreviewAsync(host, Sample);
        await ConfirmAsync(host, preview.Job.Id);
        var cancelled = new List<bool>();
        // The worker's clock is read before it writes: at that moment somebody presses the button.
        var worker =
            host.WorkerWith(
                new MeddlingClock(TemporaryHost.Now, skip: 1,
                    () => cancelled.Add(CancelAsync(host, preview).GetAwaiter().GetResult())));

        await worker.TurnAsync(CancellationToken.None);

        cancelled.Should().Equal(true);
        (await StandingAsync(host, preview), await CountAsync(host)).Should().Be((ImportState.Cancelled, 0));
        await using var db = host.Database.Open();
        (await db.NumberSeries.AnyAsync(row => row.Key == MatterRules.NumberSeries)).Should()
            .BeFalse("no number was used up");
    }

    [SkippableFact]
    public async Task A_job_whose_worker_died_is_begun_anew_when_its_lease_is_over()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var preview = await PreviewAsync(host, Sample);
        await ConfirmAsync(host, preview.Job.Id);
        await using (var db = host.Database.Open())
        {
            // What a killed worker leaves: its claim, and nothing of its transaction.
            var until = host.Clock.GetUtcNow() + ImportWriter.Lease;
            await db.Set<ImportJob>().ExecuteUpdateAsync(set => set.SetProperty(row => row.State, ImportState.Running)
                .SetProperty(row => row.LeasedUntil, (DateTimeOffset?)until).SetProperty(row => row.Attempts, 1));
        }

        (await host.Worker.TurnAsync(CancellationToken.None)).Should().BeFalse("its worker may still live");
        host.Clock.Advance(ImportWriter.Lease + TimeSpan.FromSeconds(1));
        (await host.Worker.TurnAsync(CancellationToken.None)).Should().BeTrue();

        var job = await FindAsync(host, preview);
        (job.State, job.Attempts, await CountAsync(host)).Should().Be((ImportState.Done, 2, 60));
    }

    [SkippableFact]
    public async Task A_host_that_stops_gives_the_job_back_to_the_queue()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var preview = await PreviewAsync(host, Sample);
        await ConfirmAsync(host, preview.Job.Id);
        using var stopping = new CancellationTokenSource();
        var worker = host.WorkerWith(new MeddlingClock(TemporaryHost.Now, skip: 1, stopping.Cancel));

        await worker.Invoking(one => one.TurnAsync(stopping.Token)).Should().ThrowAsync<OperationCanceledException>();

        (await StandingAsync(host, preview), await CountAsync(host)).Should().Be((ImportState.Queued, 0));
        (await host.Worker.TurnAsync(CancellationToken.None)).Should()
            .BeTrue("the next start need not wait for the lease");
        (await StandingAsync(host, preview), await CountAsync(host)).Should().Be((ImportState.Done, 60));
    }

    [SkippableFact]
    public async Task A_job_that_cannot_be_ended_leaves_nothing_and_fails_in_words()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var preview = await PreviewAsync(host, Sample);
        await ConfirmAsync(host, preview.Job.Id);
        await RenameAsync(host, "HistoryEntries", "HistoryElsewhere");
        for (var attempt = 0; attempt < ImportJob.MostAttempts; attempt++)
        {
            await host.Worker.TurnAsync(CancellationToken.None);
            (await StandingAsync(host, preview), await CountAsync(host))
                .Should().Be((ImportState.Running, 0), "the last row of the transaction could not be written");
            host.Clock.Advance(ImportWriter.Lease + TimeSpan.FromSeconds(1));
        }

        await host.Worker.TurnAsync(CancellationToken.None);
        await RenameAsync(host, "HistoryElsewhere", "HistoryEntries");

        var job = await FindAsync(host, preview);
        (job.State, await CountAsync(host)).Should().Be((ImportState.Failed, 0));
        job.Error!.Zh.Should().Contain("没有写入任何事项");
    }

    [SkippableFact]
    public async Task Two_imports_of_the_same_orders_at_once_store_each_order_once()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var first = await PreviewAsync(host, Sample);
        var second = await PreviewAsync(host, SampleOrders.Utf8Csv(new(2026, 3, 1)));
        await ConfirmAsync(host, first.Job.Id);
        await ConfirmAsync(host, second.Job.Id);

        await Task.WhenAll(Enumerable.Range(0, 2)
            .Select(_ => Task.Run(() => host.WorkerWith(host.Clock).TurnAsync(CancellationToken.None))));
        // Two workers may have looked at the same job, so that one of them went away empty-handed.
        while (await host.Worker.TurnAsync(CancellationToken.None))
        {
        }

        var jobs = new[] { await FindAsync(host, first), await FindAsync(host, second) };
        jobs.Select(job => job.State).Should().Equal(ImportState.Done, ImportState.Done);
        jobs.Sum(job => job.New).Should().Be(60);
        await using var db = host.Database.Open();
        (await db.Matters.Select(row => row.Number).ToListAsync())
            .Should().BeEquivalentTo(Enumerable.Range(1, 60).Select(number => MatterRules.Number(2026, number)));
    }

    [SkippableFact]
    public async Task Columns_nobody_recognises_are_assigned_by_hand()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var organisation = host.Seed.Organisation.Id;
        var content = Encoding.UTF8.GetBytes("甲,乙\n1001,路灯不亮了\n");

        var first = await host.Import.PreviewAsync(
            organisation, host.Person("secretary").Id, "a.csv", content, null, CancellationToken.None);
        var needs = first.Should().BeOfType<PreviewResult.NeedsMapping>().Which;
        (await host.Import.ReviewAsync(organisation, needs.Job, CancellationToken.None))
            .Should().BeOfType<PreviewResult.NeedsMapping>();
        (await ConfirmAsync(host, needs.Job))
            .Should().BeOfType<ConfirmResult.Refused>("nothing is known to be stored yet");
        var second = await host.Import.RemapAsync(
            organisation, needs.Job, new Dictionary<ImportField, int>
            {
                [ImportField.OrderNumber] = 0,
                [ImportField.Text] = 1,
            }, CancellationToken.None);

        second.Should().BeOfType<PreviewResult.Ready>().Which.Preview.Job.New.Should().Be(1);
        (await host.Import.ReviewAsync(organisation, needs.Job, CancellationToken.None))
            .Should().BeOfType<PreviewResult.Ready>("the mapping is kept");
    }

    [SkippableFact]
    public async Task A_file_that_cannot_be_read_leaves_no_job()
    {
        await using var host = await TemporaryHost.StartAsync(database);

        var result = await host.Import.PreviewAsync(
            host.Seed.Organisation.Id, host.Person("secretary").Id, "a.csv", [], null, CancellationToken.None);

        result.Should().BeOfType<PreviewResult.Refused>().Which.Errors.Should()
            .ContainSingle().Which.Message.Zh.Should().Be("文件是空的。");
        (await host.Import.RecentAsync(host.Seed.Organisation.Id, 10, CancellationToken.None)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_preview_that_nobody_confirms_is_dropped_after_a_week_with_its_file()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var preview = await PreviewAsync(host, Sample);
        await host.Worker.TidyAsync(CancellationToken.None);
        (await StandingAsync(host, preview)).Should().Be(ImportState.Previewed);

        host.Clock.Advance(ImportJob.KeepPreviewsFor + TimeSpan.FromMinutes(1));
        await host.Worker.TidyAsync(CancellationToken.None);

        (await StandingAsync(host, preview)).Should().Be(ImportState.Cancelled);
        await using var db = host.Database.Open();
        (await db.Set<ImportFile>().CountAsync()).Should().Be(0);
    }

    [SkippableFact]
    public async Task Another_organisation_sees_and_touches_nothing_of_an_import()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var preview = await PreviewAsync(host, Sample);
        var other = OrganisationId.New();

        (await host.Import.FindAsync(other, preview.Job.Id, CancellationToken.None)).Should().BeNull();
        (await host.Import.RecentAsync(other, 10, CancellationToken.None)).Should().BeEmpty();
        (await host.Import.ConfirmAsync(other, preview.Job.Id, host.Person("secretary").Id, CancellationToken.None))
            .Should().BeOfType<ConfirmResult.Refused>();
        (await host.Import.CancelAsync(other, preview.Job.Id, CancellationToken.None)).Should().BeFalse();
        (await StandingAsync(host, preview)).Should().Be(ImportState.Previewed);
    }

    private static async Task<ImportPreview> PreviewAsync(TemporaryHost host, byte[] content) =>
        (await host.Import.PreviewAsync(
            host.Seed.Organisation.Id, host.Person("secretary").Id, "12345.csv", content, null, CancellationToken.None))
        .Should().BeOfType<PreviewResult.Ready>().Which.Preview;

    private static Task<ConfirmResult> ConfirmAsync(TemporaryHost host, Guid job) =>
        host.Import.ConfirmAsync(host.Seed.Organisation.Id, job, host.Person("secretary").Id, CancellationToken.None);

    private static Task<bool> CancelAsync(TemporaryHost host, ImportPreview preview) =>
        host.Import.CancelAsync(host.Seed.Organisation.Id, preview.Job.Id, CancellationToken.None);

    /// <summary>Preview, confirmation and the worker's turn.</summary>
    private protected static async Task<ImportJob> StoreAsync(TemporaryHost host, byte[] content)
    {
        var preview = await PreviewAsync(host, content);
        await ConfirmAsync(host, preview.Job.Id);
        await host.Worker.TurnAsync(CancellationToken.None);
        return await FindAsync(host, preview);
    }

    private static async Task<ImportJob> FindAsync(TemporaryHost host, ImportPreview preview) =>
        (await host.Import.FindAsync(host.Seed.Organisation.Id, preview.Job.Id, CancellationToken.None))!;

    private static async Task<ImportState> StandingAsync(TemporaryHost host, ImportPreview preview) =>
        (await FindAsync(host, preview)).State;

    private protected static async Task<int> CountAsync(TemporaryHost host)
    {
        await using var db = host.Database.Open();
        return await db.Matters.CountAsync();
    }

#pragma warning disable EF1002 // The names are the test's own.
    private static async Task RenameAsync(TemporaryHost host, string table, string name)
    {
        await using var db = host.Database.Open();
        await db.Database.ExecuteSqlRawAsync($"ALTER TABLE \"{table}\" RENAME TO \"{name}\"");
    }
#pragma warning restore EF1002

    /// <summary>Stands still, and does something once when it is read for the nth time.</summary>
    private sealed class MeddlingClock(DateTimeOffset now, int skip, Action meddle) : TimeProvider
    {
        private int _reads;

        public override DateTimeOffset GetUtcNow()
        {
            if (_reads++ == skip)
            {
                meddle();
            }

            return now;
        }
    }
}

public sealed class SqliteHotlineImportTests(SqliteDatabase database)
    : HotlineImportContract(database), IClassFixture<SqliteDatabase>
{
    private readonly SqliteDatabase _database = database;

    [Fact]
    public async Task Fifty_thousand_orders_go_in_as_one()
    {
        await using var host = await TemporaryHost.StartAsync(_database);
        var text = new StringBuilder("工单编号,来电时间,诉求内容\n");
        for (var i = 0; i < 50_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"SL{i:D8},2026-03-01 08:00,晚上没有车位\n");
        }

        var job = await StoreAsync(host, Encoding.UTF8.GetBytes(text.ToString()));

        (job.State, await CountAsync(host)).Should().Be((ImportState.Done, 50_000));
        await using var db = host.Database.Open();
        (await db.Matters.Select(row => row.Number).MaxAsync()).Should().Be("SX2026-050000");
        (await db.NumberSeries.SingleAsync(row => row.Key == MatterRules.NumberSeries)).Last.Should().Be(50_000);
    }
}

public sealed class PostgreSqlHotlineImportTests(PostgreSqlDatabase database)
    : HotlineImportContract(database), IClassFixture<PostgreSqlDatabase>;
