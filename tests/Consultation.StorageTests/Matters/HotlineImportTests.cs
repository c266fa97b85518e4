using System.Globalization;
using System.Text;
using Consultation.Cases.Matters;
using Consultation.Cases.Matters.Import;
using Consultation.Cases.Samples;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Matters;

public sealed class HotlineImportTests
{
    private static readonly byte[] Sample = SampleOrders.Gb18030Csv(new(2026, 3, 1));

    [Fact]
    public async Task A_preview_stores_no_matter_and_a_commit_stores_all()
    {
        await using var host = await TemporaryHost.StartAsync();

        var preview = await PreviewAsync(host, Sample);
        (preview.Job.New, preview.Encoding, await CountAsync(host)).Should().Be((60, "GB18030", 0));
        var job = await CommitAsync(host, preview);

        (job!.State, job.New, job.Processed, await CountAsync(host)).Should().Be((ImportState.Done, 60, 60, 60));
        job.Content.Should().BeEmpty("the file is not kept once it is in");
    }

    [Fact]
    public async Task The_same_file_twice_changes_nothing_and_a_changed_row_changes_its_matter()
    {
        await using var host = await TemporaryHost.StartAsync();
        await CommitAsync(host, await PreviewAsync(host, Sample));

        var again = await PreviewAsync(host, Sample);
        (again.Job.New, again.Job.Changed, again.Job.Unchanged).Should().Be((0, 0, 60));
        var changed = await PreviewAsync(host, Encoding.UTF8.GetBytes("工单编号,诉求内容\nSL202600000001,内容有补充\nSL999,新的诉求内容\n"));
        (changed.Job.New, changed.Job.Changed).Should().Be((1, 1));
        await CommitAsync(host, changed);

        await using var db = host.Database.Open();
        (await db.Matters.SingleAsync(row => row.OrderNumber == "SL202600000001")).Text.Should().Be("内容有补充");
        (await CountAsync(host)).Should().Be(61);
    }

    [Fact]
    public async Task A_cancelled_import_stores_nothing_and_cannot_be_committed()
    {
        await using var host = await TemporaryHost.StartAsync();
        var preview = await PreviewAsync(host, Sample);

        (await host.Import.CancelAsync(host.Seed.Organisation.Id, preview.Job.Id, host.Person("secretary").Id, CancellationToken.None)).Should().BeTrue();
        var job = await CommitAsync(host, preview);

        (job!.State, await CountAsync(host)).Should().Be((ImportState.Cancelled, 0));
    }

    [Fact]
    public async Task Columns_nobody_recognises_are_assigned_by_hand()
    {
        await using var host = await TemporaryHost.StartAsync();
        var content = Encoding.UTF8.GetBytes("甲,乙\n1001,路灯不亮了\n");

        var first = await host.Import.PreviewAsync(host.Seed.Organisation.Id, host.Person("secretary").Id, "a.csv", content, null, CancellationToken.None);
        var needs = first.Should().BeOfType<PreviewResult.NeedsMapping>().Which;
        var second = await host.Import.RemapAsync(
            host.Seed.Organisation.Id, needs.Job, new Dictionary<ImportField, int> { [ImportField.OrderNumber] = 0, [ImportField.Text] = 1 }, CancellationToken.None);

        second.Should().BeOfType<PreviewResult.Ready>().Which.Preview.Job.New.Should().Be(1);
    }

    [Fact]
    public async Task Ten_thousand_orders_go_in_as_one()
    {
        await using var host = await TemporaryHost.StartAsync();
        var text = new StringBuilder("工单编号,来电时间,诉求内容\n");
        for (var i = 0; i < 10_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"SL{i:D8},2026-03-01 08:00,晚上没有车位\n");
        }

        var job = await CommitAsync(host, await PreviewAsync(host, Encoding.UTF8.GetBytes(text.ToString())));

        (job!.State, await CountAsync(host)).Should().Be((ImportState.Done, 10_000));
        await using var db = host.Database.Open();
        (await db.Matters.Select(row => row.Number).MaxAsync()).Should().Be("SX2026-010000");
        (await db.NumberSeries.SingleAsync(row => row.Key == MatterRules.NumberSeries)).Last.Should().Be(10_000);
    }

    private static async Task<ImportPreview> PreviewAsync(TemporaryHost host, byte[] content) =>
        (await host.Import.PreviewAsync(host.Seed.Organisation.Id, host.Person("secretary").Id, "12345.csv", content, null, CancellationToken.None))
        .Should().BeOfType<PreviewResult.Ready>().Which.Preview;

    private static Task<ImportJob?> CommitAsync(TemporaryHost host, ImportPreview preview) =>
        host.Import.CommitAsync(host.Seed.Organisation.Id, preview.Job.Id, host.Person("secretary").Id, CancellationToken.None);

    private static async Task<int> CountAsync(TemporaryHost host)
    {
        await using var db = host.Database.Open();
        return await db.Matters.CountAsync();
    }
}
