using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Documents;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Storage.Mail;
using Consultation.Storage.Mapping;
using Consultation.Storage.Reading.Cases;
using Consultation.Storage.Reading.Matters;
using Consultation.Storage.Reading.Search;
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
        var mails = new OutboxReader(
            host.Database, new ActionLinkMint(MailMaking.Ring), new(MailMaking.Ring), MailMaking.Options());

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

    [SkippableTheory]
    [MemberData(nameof(Found))]
    public async Task The_search_over_everything_finds_what_the_list_finds(string words)
    {
        await using var host = await StartAsync();

        var groups = await EverythingAsync(host, words);

        groups.Should().Contain(group => group.Kind == SearchKind.Matter).Which.Hits.Should().ContainSingle()
            .Which.Title.Zh.Should().StartWith("ABC");
    }

    [SkippableTheory]
    [MemberData(nameof(NotFound))]
    [InlineData("")]
    [InlineData("　\u200b")]
    public async Task The_search_over_everything_finds_nothing_else(string words)
    {
        await using var host = await StartAsync();

        (await EverythingAsync(host, words)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Every_kind_is_found_and_follows_its_row_until_that_goes()
    {
        await using var host = await StartAsync();
        var organisation = host.Seed.Organisation.Id;
        var opened = (OpenCaseResult.Opened)await host.Opening.OpenAsync(new OpenCase
        {
            OrganisationId = organisation,
            DefinitionId = "six-step-procedure",
            Kind = CaseKind.SixStep,
            Title = "雨污分流改造",
            PlatformId = host.Seed.Units.First(unit => unit.IsPlatform).Id,
            OperationId = "open",
        }, "run", default);
        var person = host.Person("secretary").Id;
        await using (var db = host.Database.Open())
        {
            db.Add(new CaseRecord
            {
                OrganisationId = organisation,
                Id = Guid.NewGuid(),
                CaseId = opened.CaseId,
                Kind = "research-report",
                Title = new("调研报告", "Report"),
                Fields = new() { ["finding"] = "管网老化，雨污分流不彻底" },
                ById = person,
                At = TemporaryHost.Now,
            });
            db.Add(new CaseDocument
            {
                OrganisationId = organisation,
                Id = DocumentId.New(),
                CaseId = opened.CaseId,
                Kind = "report",
                Title = new("雨污分流调研报告"),
                FileName = "report.docx",
                ContentType = "x",
                Content = [1],
                Sha256 = "x",
                At = TemporaryHost.Now,
            });
            await db.SaveChangesAsync();
        }

        var groups = await EverythingAsync(host, "雨污分流");

        groups.Select(group => group.Kind).Should().Equal(SearchKind.Case, SearchKind.Record, SearchKind.Document);
        groups.Should().OnlyContain(group => group.Count == 1 && group.Hits[0].CaseId == opened.CaseId);
        await using (var db = host.Database.Open()) await db.Documents.ExecuteDeleteAsync();
        (await EverythingAsync(host, "雨污分流")).Should().HaveCount(2);
    }

    [SkippableFact]
    public async Task People_are_found_by_the_initials_of_their_names()
    {
        await using var host = await StartAsync();
        var person = host.Person("secretary");

        var groups = await EverythingAsync(host, PinyinInitials.Of(person.Name));

        groups.Single(group => group.Kind == SearchKind.Person).Hits.Should().Contain(hit => hit.Id == person.Id.Value);
    }

    [SkippableFact]
    public async Task Words_that_stand_in_very_many_rows_show_the_newest()
    {
        await using var host = await StartAsync();
        await using (var db = host.Database.Open())
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await db.InsertAsync(Enumerable.Range(0, 2_500).Select(number => new Matter
            {
                OrganisationId = host.Seed.Organisation.Id,
                Id = MatterId.New(),
                Number = $"SX2026-{100_000 + number}",
                Source = MatterSource.Hotline,
                Title = "路灯不亮",
                Text = "",
                RaisedAt = TemporaryHost.Now,
                ReceivedAt = TemporaryHost.Now.AddMinutes(number % 2 == 0 ? number : -number),
            }), default);
            await transaction.CommitAsync();
        }

        var group = (await EverythingAsync(host, "路灯")).Single();

        group.Count.Should().Be(SearchReader.MostCounted + 1);
        group.Hits.Select(hit => hit.Number).Should().Equal("SX2026-102498", "SX2026-102496", "SX2026-102494");
        (await EverythingAsync(host, "路灯 102494")).Single().Count.Should().Be(1);
    }

    private static Task<IReadOnlyList<SearchGroup>> EverythingAsync(TemporaryHost host, string words) =>
        new SearchReader(host.Database).FindAsync(
            Scope(host), words, Enum.GetValues<SearchKind>(), skip: 0, take: 3, default);

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
