using Consultation.Cases.Matters;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Matters;

public sealed class MatterRegisterTests
{
    [Fact]
    public async Task A_matter_with_a_platform_opens_its_case_and_enqueues_the_workflow_at_once()
    {
        await using var host = await TemporaryHost.StartAsync();
        var platform = host.Seed.Units.First(unit => unit.IsPlatform);

        var result = await host.Register.RegisterAsync(Entry(host) with { PlatformId = platform.Id }, CancellationToken.None);

        var registered = result.Should().BeOfType<RegisterResult.Registered>().Which;
        registered.Number.Should().Be("SX2026-000001");
        await using var db = host.Database.Open();
        var matter = await db.Matters.SingleAsync();
        var @case = await db.Cases.SingleAsync();
        var inbox = await db.Inbox.SingleAsync();
        (matter.State, matter.CaseId, @case.CommitteeId).Should().Be((MatterState.InCase, @case.Id, platform.GuidedById));
        (inbox.Kind, inbox.InstanceId).Should().Be(("start", @case.InstanceId));
        inbox.Body.Should().Contain("six-step-procedure").And.Contain(@case.Id.ToString());
        MatterRules.Opens(matter, registered.FollowSecret).Should().BeTrue();
        inbox.Body.Should().NotContain(registered.FollowSecret);
    }

    [Fact]
    public async Task A_form_posted_twice_registers_once_and_shows_the_same_number_and_secret()
    {
        await using var host = await TemporaryHost.StartAsync();
        var entry = Entry(host);

        var first = await host.Register.RegisterAsync(entry, CancellationToken.None);
        var second = await host.Register.RegisterAsync(entry, CancellationToken.None);

        second.Should().Be(first);
        await using var db = host.Database.Open();
        (await db.Matters.CountAsync()).Should().Be(1);
        (await db.Operations.SingleAsync()).Id.Should().NotContain(entry.OperationId);
    }

    [Fact]
    public async Task Many_at_once_get_numbers_without_gaps()
    {
        await using var host = await TemporaryHost.StartAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.Register.RegisterAsync(Entry(host), CancellationToken.None)));

        results.Cast<RegisterResult.Registered>().Select(one => one.Number).Order()
            .Should().Equal("SX2026-000001", "SX2026-000002", "SX2026-000003", "SX2026-000004");
    }

    [Fact]
    public async Task A_wrong_entry_stores_nothing_and_takes_no_number()
    {
        await using var host = await TemporaryHost.StartAsync();

        (await host.Register.RegisterAsync(Entry(host) with { Title = "" }, CancellationToken.None)).Should().BeOfType<RegisterResult.Refused>();
        var next = await host.Register.RegisterAsync(Entry(host), CancellationToken.None);

        next.Should().BeOfType<RegisterResult.Registered>().Which.Number.Should().Be("SX2026-000001");
    }

    [Fact]
    public async Task Merged_matters_point_to_the_leading_one()
    {
        await using var host = await TemporaryHost.StartAsync();
        var into = (RegisterResult.Registered)await host.Register.RegisterAsync(Entry(host), CancellationToken.None);
        var other = (RegisterResult.Registered)await host.Register.RegisterAsync(Entry(host), CancellationToken.None);
        var actor = host.Person("secretary").Id;

        (await host.Register.MergeAsync(host.Seed.Organisation.Id, into.MatterId, [other.MatterId], actor, CancellationToken.None)).Should().BeTrue();
        (await host.Register.MergeAsync(host.Seed.Organisation.Id, into.MatterId, [other.MatterId], actor, CancellationToken.None)).Should().BeFalse();

        await using var db = host.Database.Open();
        (await db.Matters.SingleAsync(row => row.Id == other.MatterId)).MergedIntoId.Should().Be(into.MatterId);
    }

    private static MatterEntry Entry(TemporaryHost host) => new()
    {
        OrganisationId = host.Seed.Organisation.Id, Source = MatterSource.PublicForm, Title = "小区停车难", Text = "晚上没有地方停车",
        OperationId = Guid.NewGuid().ToString("N"),
    };
}
