using Consultation.Cases.Matters;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Storage.Mail;
using Consultation.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Matters;

/// <summary>What taking matters in promises, on every database product (P17, P19, Q80).</summary>
public abstract class MatterRegisterContract(TestDatabase database)
{
    [SkippableFact]
    public async Task A_matter_with_a_platform_opens_its_case_and_enqueues_the_workflow_at_once()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var platform = host.Seed.Units.First(unit => unit.IsPlatform);

        var result =
            await host.Register.RegisterAsync(Entry(host) with { PlatformId = platform.Id }, CancellationToken.None);

        var registered = result.Should().BeOfType<RegisterResult.Registered>().Which;
        registered.Number.Should().Be("SX2026-000001");
        await using var db = host.Database.Open();
        var matter = await db.Matters.SingleAsync();
        var @case = await db.Cases.SingleAsync();
        var inbox = await db.Inbox.SingleAsync();
        (matter.State, matter.CaseId, @case.CommitteeId).Should()
            .Be((MatterState.InCase, @case.Id, platform.GuidedById));
        (inbox.Kind, inbox.InstanceId).Should().Be(("start", @case.InstanceId));
        inbox.Body.Should().Contain("six-step-procedure").And.Contain(@case.Id.ToString());
        MatterRules.Opens(matter, registered.FollowSecret).Should().BeTrue();
        inbox.Body.Should().NotContain(registered.FollowSecret);
    }

    [SkippableFact]
    public async Task A_form_posted_twice_registers_once_and_shows_the_same_number_and_secret()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var entry = Entry(host);

        var first = await host.Register.RegisterAsync(entry, CancellationToken.None);
        var second = await host.Register.RegisterAsync(entry, CancellationToken.None);

        second.Should().Be(first);
        await using var db = host.Database.Open();
        (await db.Matters.CountAsync()).Should().Be(1);
        (await db.Operations.SingleAsync()).Id.Should().NotContain(entry.OperationId);
    }

    [SkippableFact]
    public async Task Many_at_once_get_numbers_without_gaps()
    {
        await using var host = await TemporaryHost.StartAsync(database);

        var results = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => host.Register.RegisterAsync(Entry(host), CancellationToken.None)));

        results.Cast<RegisterResult.Registered>().Select(one => one.Number).Order()
            .Should().Equal("SX2026-000001", "SX2026-000002", "SX2026-000003", "SX2026-000004");
    }

    [SkippableFact]
    public async Task A_wrong_entry_stores_nothing_and_takes_no_number()
    {
        await using var host = await TemporaryHost.StartAsync(database);

        (await host.Register.RegisterAsync(Entry(host) with { Title = "" }, CancellationToken.None))
            .Should().BeOfType<RegisterResult.Refused>();
        var next = await host.Register.RegisterAsync(Entry(host), CancellationToken.None);

        next.Should().BeOfType<RegisterResult.Registered>().Which.Number.Should().Be("SX2026-000001");
    }

    [SkippableFact]
    public async Task Merged_matters_point_to_the_leading_one()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var into = (RegisterResult.Registered)await host.Register.RegisterAsync(Entry(host), CancellationToken.None);
        var other = (RegisterResult.Registered)await host.Register.RegisterAsync(Entry(host), CancellationToken.None);
        var actor = host.Person("secretary").Id;

        (await host.Register.MergeAsync(host.Seed.Organisation.Id, into.MatterId, [other.MatterId], actor,
            CancellationToken.None)).Should().BeTrue();
        (await host.Register.MergeAsync(
            host.Seed.Organisation.Id, into.MatterId, [other.MatterId], actor, CancellationToken.None))
            .Should().BeFalse();

        await using var db = host.Database.Open();
        (await db.Matters.SingleAsync(row => row.Id == other.MatterId)).MergedIntoId.Should().Be(into.MatterId);
    }

    [SkippableFact]
    public async Task Two_who_merge_two_matters_into_each_other_at_once_leave_one_leading()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var one = ((RegisterResult.Registered)await host.Register.RegisterAsync(
            Entry(host), CancellationToken.None)).MatterId;
        var other = (
            (RegisterResult.Registered)await host.Register.RegisterAsync(Entry(host), CancellationToken.None)).MatterId;
        var actor = host.Person("secretary").Id;

        var done = await Task.WhenAll(new[] { (one, other), (other, one) }.Select(pair =>
            Task.Run(() => host.Register.MergeAsync(
                host.Seed.Organisation.Id, pair.Item1, [pair.Item2], actor, CancellationToken.None))));

        done.Should().ContainSingle(merged => merged);
        await using var db = host.Database.Open();
        (await db.Matters.ToListAsync())
            .Should().ContainSingle(matter => matter.State == MatterState.Merged).And.ContainSingle(
                matter => matter.State == MatterState.Pooled);
        (await db.History.CountAsync(line => line.Verb == "matter.merged")).Should().Be(1);
    }

    [SkippableTheory]
    [InlineData(MatterSource.PublicForm, "zh", "您的事项已经登记")]
    [InlineData(MatterSource.Desk, "en", "Your matter is registered as SX2026-000001")]
    public async Task A_proposer_with_an_address_gets_one_receipt_with_number_and_link(
        MatterSource source, string language, string words)
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var entry = Entry(host) with
        {
            Source = source,
            Language = language,
            ProposerName = "刘洋",
            ProposerEmail = " liu.yang@example.cn ",
        };

        var first = (RegisterResult.Registered)await host.Register.RegisterAsync(entry, CancellationToken.None);
        await host.Register.RegisterAsync(entry, CancellationToken.None);

        await using var db = host.Database.Open();
        var mail = await db.Mails.SingleAsync();
        (mail.RecipientAddress, mail.Purpose, mail.Secret, mail.State)
            .Should().Be(
                ("liu.yang@example.cn", MailTemplateCatalogue.MatterReceived, first.FollowSecret, MailState.Pending));
        mail.TextBody.Should().Contain(words).And.Contain(
            $"/p/{host.Seed.Organisation.Slug}/follow?n=SX2026-000001&s={MailPlaceholder.Secret}")
            .And.NotContain(first.FollowSecret);
        mail.HtmlBody.Should().Contain(MailPlaceholder.Secret).And.NotContain(first.FollowSecret);
    }

    [SkippableFact]
    public async Task A_sent_receipt_opens_the_matter_and_its_row_no_longer_knows_the_secret()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var registered = (RegisterResult.Registered)await host.Register.RegisterAsync(
            Entry(host) with { ProposerEmail = "liu.yang@example.cn" }, CancellationToken.None);
        var queue = new MailQueue(host.Database);
        var claimed =
            (await queue.ClaimDueAsync(
                "sender", 10, TemporaryHost.Now, TimeSpan.FromMinutes(5), CancellationToken.None)).Single();

        MailPlaceholder.Fill(claimed.TextBody, new Dictionary<Guid, string>(), claimed.Secret).Should()
            .Contain($"&s={registered.FollowSecret}");
        await queue.MarkSentAsync(claimed.Id, TemporaryHost.Now, CancellationToken.None);

        await using var db = host.Database.Open();
        (await db.Mails.SingleAsync()).Should().BeEquivalentTo(new { State = MailState.Sent, Secret = (string?)null });
    }

    [SkippableTheory]
    [InlineData("not an address")]
    [InlineData("a@b.cn, c@d.cn")]
    [InlineData("a@b.cn\r\nBcc: c@d.cn")]
    [InlineData("刘洋@例子.中国")]
    public async Task An_address_that_no_mail_reaches_is_refused_at_the_form(string address)
    {
        await using var host = await TemporaryHost.StartAsync(database);

        var result =
            await host.Register.RegisterAsync(Entry(host) with { ProposerEmail = address }, CancellationToken.None);

        result.Should().BeOfType<RegisterResult.Refused>().Which.Errors.Should().ContainSingle().Which.Field.Should()
            .Be("proposer-email");
        await using var db = host.Database.Open();
        ((await db.Matters.CountAsync()), (await db.Mails.CountAsync())).Should().Be((0, 0));
    }

    [SkippableFact]
    public async Task A_receipt_is_for_the_form_and_the_desk_alone()
    {
        await using var host = await TemporaryHost.StartAsync(database);

        await host.Register.RegisterAsync(
            Entry(host) with
            {
                Source = MatterSource.Hotline,
                ProposerEmail = "liu.yang@example.cn",
            }, CancellationToken.None);
        await host.Register.RegisterAsync(Entry(host), CancellationToken.None);

        await using var db = host.Database.Open();
        ((await db.Matters.CountAsync()), (await db.Mails.CountAsync())).Should().Be((2, 0));
    }

    [SkippableFact]
    public async Task What_was_pasted_is_kept_without_what_nobody_sees_and_a_title_of_nothing_is_refused()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var pasted = Entry(host) with
        {
            Title = "\u202e小区\u200b停车难\uffff",
            ProposerPhone = "１３８\u00a0００００\u00a0００００",
            ProposerEmail = "ｌｉｕ＠ｅｘａｍｐｌｅ。ｃｎ",
        };

        await host.Register.RegisterAsync(pasted, CancellationToken.None);
        var nothing = await host.Register.RegisterAsync(
            Entry(host) with { Title = "\u200b\u3164" }, CancellationToken.None);

        nothing.Should().BeOfType<RegisterResult.Refused>().Which.Errors.Should().ContainSingle().Which.Field.Should()
            .Be("title");
        await using var db = host.Database.Open();
        var matter = await db.Matters.SingleAsync();
        (matter.Title, matter.ProposerPhone, matter.ProposerEmail)
            .Should().Be(("小区停车难", "138 0000 0000", "liu@example.cn"));
    }

    private static MatterEntry Entry(TemporaryHost host) => new()
    {
        OrganisationId = host.Seed.Organisation.Id,
        Source = MatterSource.PublicForm,
        Title = "小区停车难",
        Text = "晚上没有地方停车",
        OperationId = Guid.NewGuid().ToString("N"),
    };
}

public sealed class SqliteMatterRegisterTests(SqliteDatabase database)
    : MatterRegisterContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlMatterRegisterTests(PostgreSqlDatabase database)
    : MatterRegisterContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerMatterRegisterTests(SqlServerDatabase database)
    : MatterRegisterContract(database), IClassFixture<SqlServerDatabase>;
