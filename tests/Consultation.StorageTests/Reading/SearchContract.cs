using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Storage.Mail;
using Consultation.Storage.Mapping;
using Consultation.Storage.Reading.Cases;
using Consultation.Storage.Reading.Matters;
using Consultation.StorageTests.Matters;
using Consultation.Testing.Databases;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Reading;

/// <summary>
/// A search ignores case and width, on every database product alike, and finds what people know of a matter.
/// </summary>
public abstract class SearchContract(TestDatabase database)
{
    public static TheoryData<string> Found =>
    [
        "停车", "abc", "ＡＢＣ", "Abc 停车", "　ＡＢＣ\u200b　", "消防通道", "刘洋", "ＬＩＵ＠example.cn", "liu@EXAMPLE", "13800000000",
        "１３８０００００", "138-0000-0000", "柳林", "sx2026-000001", "ＳＸ２０２６", "%", "100%_",
    ];

    public static TheoryData<string> NotFound => ["bcd停", "停车 没有的词", "13900000000", "_____", "abc%停车"];

    [SkippableTheory]
    [MemberData(nameof(Found))]
    public async Task A_matter_is_found_by_what_people_know_of_it(string words)
    {
        await using var host = await StartAsync();

        (await FindAsync(host, words)).Should().ContainSingle();
    }

    [SkippableTheory]
    [MemberData(nameof(NotFound))]
    public async Task Other_words_find_nothing(string words)
    {
        await using var host = await StartAsync();

        (await FindAsync(host, words)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Whoever_does_not_see_a_matter_does_not_find_it_by_a_phone()
    {
        await using var host = await StartAsync();
        var stranger = CaseScope.Of(PersonId.New(), Directory(host));

        (await new MatterReader(host.Database).ListAsync(
            stranger, new MatterFilter { Words = "13800000000" }, default)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task What_is_found_follows_the_row()
    {
        await using var host = await StartAsync();
        await using (var db = host.Database.Open())
        {
            var matter = await db.Matters.SingleAsync();
            matter.Title = "ＸＹＺ 路灯";
            matter.Text = "";
            await db.SaveChangesAsync();
        }

        (await FindAsync(host, "xyz")).Should().ContainSingle();
        (await FindAsync(host, "消防通道")).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Imported_matters_are_found_like_those_that_were_typed()
    {
        await using var host = await StartAsync();
        await using (var db = host.Database.Open())
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await db.InsertAsync(
            [
                new Matter
                {
                    OrganisationId = host.Seed.Organisation.Id,
                    Id = MatterId.New(),
                    Number = "SX2026-900001",
                    Source = MatterSource.Hotline,
                    Title = "路灯",
                    Text = "Ｌａｍｐ不亮",
                    OrderNumber = "GD-77",
                    RaisedAt = TemporaryHost.Now,
                    ReceivedAt = TemporaryHost.Now,
                },
            ], default);
            await transaction.CommitAsync();
        }

        (await FindAsync(host, "LAMP gd-77")).Should().ContainSingle();
    }

    [SkippableFact]
    public async Task Cases_and_mails_are_found_in_the_same_way()
    {
        await using var host = await StartAsync();
        var organisation = host.Seed.Organisation.Id;
        var platform = host.Seed.Units.First(unit => unit.IsPlatform);
        await host.Opening.OpenAsync(new OpenCase
        {
            OrganisationId = organisation,
            DefinitionId = "six-step-procedure",
            Kind = CaseKind.SixStep,
            Title = "Ｐａｒｋ 改造",
            PlatformId = platform.Id,
            OperationId = "open",
        }, "run", default);

        var cases = await new CaseListReader(host.Database).ListAsync(
            Scope(host), new CaseFilter { Words = "park" }, TemporaryHost.Now, default);
        var mails = new OutboxReader(host.Database, new ActionLinkMint(MailMaking.Ring), MailMaking.Options());

        cases.Should().ContainSingle();
        (await mails.CountAsync(Scope(host), new OutboxFilter { Text = "ＬＩＵ＠EXAMPLE" }, default)).Should().Be(1);
        (await mails.CountAsync(Scope(host), new OutboxFilter { Recipient = "LIU@" }, default)).Should().Be(1);
        (await mails.CountAsync(Scope(host), new OutboxFilter { Text = "nobody" }, default)).Should().Be(0);
    }

    [SkippableFact]
    public async Task A_step_that_knows_a_mail_only_by_its_key_leaves_it_to_be_found()
    {
        await using var host = await StartAsync();
        await using (var db = host.Database.Open())
        {
            var id = await db.Mails.Select(mail => mail.Id).SingleAsync();
            var entry = db.Attach(new OutgoingMail
            {
                OrganisationId = host.Seed.Organisation.Id.Value,
                Id = id,
                RecipientAddress = "",
                RecipientName = "",
                Purpose = "",
                Subject = "",
                TextBody = "",
                HtmlBody = "",
                Language = "",
                MessageId = "",
                NotBefore = default,
                CreatedAt = default,
            });
            entry.CurrentValues[nameof(OutgoingMail.State)] = MailState.Cancelled;
            await db.SaveChangesAsync();
        }

        await using var again = host.Database.Open();
        (await again.Mails.Select(mail => EF.Property<string>(mail, SearchColumn.Name)).SingleAsync())
            .Should().Contain("liu@example.cn");
    }

    private async Task<TemporaryHost> StartAsync()
    {
        var host = await TemporaryHost.StartAsync(database);
        await host.Register.RegisterAsync(new MatterEntry
        {
            OrganisationId = host.Seed.Organisation.Id,
            Source = MatterSource.PublicForm,
            Title = "ABC 小区停车难 100%_",
            Text = "晚上消防通道停满了车",
            Place = "柳林社区",
            ProposerName = "刘洋",
            ProposerPhone = "138 0000 0000",
            ProposerEmail = "liu@example.cn",
            OperationId = Guid.NewGuid().ToString("N"),
        }, default);
        return host;
    }

    private static Task<IReadOnlyList<MatterRow>> FindAsync(TemporaryHost host, string words) =>
        new MatterReader(host.Database).ListAsync(Scope(host), new MatterFilter { Words = words }, default);

    private static CaseScope Scope(TemporaryHost host) => CaseScope.Of(host.Person("secretary").Id, Directory(host));

    private static OrganisationDirectory Directory(TemporaryHost host) =>
        new(host.Seed.Organisation, host.Seed.Units, host.Seed.People, host.Seed.Grants, []);
}

public sealed class SqliteSearchTests(SqliteDatabase database)
    : SearchContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlSearchTests(PostgreSqlDatabase database)
    : SearchContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerSearchTests(SqlServerDatabase database)
    : SearchContract(database), IClassFixture<SqlServerDatabase>;
