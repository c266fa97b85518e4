using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Routing;
using Consultation.Runtime.Loops;
using Consultation.Storage.Matters;
using Consultation.Storage.Reading.Matters;
using Consultation.Testing.Databases;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Matters;

/// <summary>What sorting the pool promises, on every database product (P19, Q37–Q39, Q64).</summary>
public abstract class MatterSortingContract(TestDatabase database)
{
    [SkippableFact]
    public async Task Declined_in_bulk_every_proposer_with_an_address_hears_the_reason_once()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (first, second) = (await AddAsync(host, "小区停车难"), await AddAsync(host, "路灯不亮", email: null));
        var act = new MatterAct.Decline("已有专项整治，不再单独受理。");

        var done = await Sorting(host).ActAsync(
            Organisation(host), [first, second], act, Secretary(host), "one", default);
        var again = await Sorting(host).ActAsync(
            Organisation(host), [first, second], act, Secretary(host), "one", default);

        done.Should().Be(new SortingResult.Done(2, 1));
        again.Should().Be(done, "the same form again is the same act");
        await using var db = host.Database.Open();
        (await db.Matters.ToListAsync()).Should().OnlyContain(matter =>
            matter.State == MatterState.Excluded && matter.Answer == "已有专项整治，不再单独受理。");
        (await db.Mails.Where(mail => mail.Purpose == "notice").ToListAsync()).Should().ContainSingle()
            .Which.TextBody.Should().Contain("已有专项整治").And.Contain("未予受理");
        (await db.Set<MatterTurn>().Where(turn => turn.Kind == MatterTurnKind.Declined).ToListAsync())
            .Should().HaveCount(2).And.ContainSingle(turn => turn.Told);
    }

    [SkippableFact]
    public async Task What_does_not_fit_one_is_done_to_none()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (first, second) = (await AddAsync(host, "小区停车难"), await AddAsync(host, "路灯不亮"));
        await Sorting(host).ActAsync(
            Organisation(host), [first], new MatterAct.Answer("已经修好。"), Secretary(host), "one", default);

        var refused = await Sorting(host).ActAsync(
            Organisation(host), [first, second], new MatterAct.Decline("不属于协商范围。"), Secretary(host), "two",
            default);

        refused.Should().BeOfType<SortingResult.Refused>();
        await using var db = host.Database.Open();
        (await db.Matters.SingleAsync(matter => matter.Id == second)).State.Should().Be(MatterState.Pooled);
    }

    [SkippableFact]
    public async Task Asked_back_the_key_of_the_mail_or_the_own_code_opens_the_answer_once()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var id = await AddAsync(host, "小区停车难");
        await Sorting(host).ActAsync(
            Organisation(host), [id], new MatterAct.Ask("是哪一栋楼？"), Secretary(host), "ask", default);
        string key;
        await using (var db = host.Database.Open())
        {
            var mail = await db.Mails.SingleAsync(one => one.Purpose == "notice");
            key = mail.Secret!;
            mail.TextBody.Should().Contain("是哪一栋楼").And.Contain("/reply?n=SX2026-000001").And.NotContain(key);
        }

        (await Sorting(host).ReplyAsync(Organisation(host), id, "guessed", "三号楼。", "a", default))
            .Should().BeOfType<SortingResult.Refused>();
        (await Sorting(host).ReplyAsync(Organisation(host), id, key, "三号楼和五号楼。", "b", default))
            .Should().BeOfType<SortingResult.Done>();
        (await Sorting(host).ReplyAsync(Organisation(host), id, key, "再说一次。", "c", default))
            .Should().BeOfType<SortingResult.Refused>();

        await using var read = host.Database.Open();
        (await read.Set<MatterTurn>().SingleAsync(turn => turn.Kind == MatterTurnKind.Replied))
            .Should().Match<MatterTurn>(turn => turn.ActorId == null && turn.Words == "三号楼和五号楼。");
    }

    [SkippableFact]
    public async Task Passed_on_the_other_hall_sees_it_and_takes_it_over_or_gives_it_back()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var id = await AddAsync(host, "小区停车难");
        var hall = host.Seed.Units.First(unit => unit.IsPlatform);
        var officer = host.Seed.Grants.First(grant =>
            grant.UnitId == hall.Id && grant.Role is Role.PlatformOfficer or Role.PlatformHead).PersonId;
        var scope = CaseScope.Of(officer, await DirectoryAsync(host));
        var reader = new MatterReader(host.Database);
        (await reader.FindAsync(scope, id, default)).Should().BeNull();

        (await Sorting(host).ActAsync(
            Organisation(host), [id], new MatterAct.PassOn(hall.Id, "属地办理。"), Secretary(host), "1", default))
            .Should().Be(new SortingResult.Done(1, 1));
        (await reader.FindAsync(scope, id, default)).Should().NotBeNull();
        (await reader.ListAsync(scope, new MatterFilter { Passed = true }, default)).Should().ContainSingle();
        var others = host.Seed.Grants.First(grant => grant.UnitId is { } unit && unit != hall.Id
            && host.Seed.Units.Any(one => one.Id == unit && one.IsPlatform)).PersonId;
        foreach (var act in (MatterAct[])[new MatterAct.TakeOver(), new MatterAct.SendBack("替他们退回。")])
        {
            (await Sorting(host).ActAsync(Organisation(host), [id], act, others, $"x{act.Kind}", default))
                .Should().BeOfType<SortingResult.Refused>("it was not passed to that hall");
        }

        await Sorting(host).ActAsync(
            Organisation(host), [id], new MatterAct.SendBack("不在本辖区。"), officer, "2", default);
        (await reader.FindAsync(scope, id, default)).Should().BeNull();
        await Sorting(host).ActAsync(
            Organisation(host), [id], new MatterAct.PassOn(hall.Id, "已核实在辖区。"), Secretary(host), "3", default);
        await Sorting(host).ActAsync(Organisation(host), [id], new MatterAct.TakeOver(), officer, "4", default);
        await Sorting(host).ActAsync(Organisation(host), [id], new MatterAct.TakeOver(), officer, "4", default);

        (await reader.FindAsync(scope, id, default))!.Matter.Should().Match<Matter>(
            matter => matter.PlatformId == hall.Id && matter.PassedToId == null);
        await using var db = host.Database.Open();
        var told = await db.Mails.Where(mail => mail.Purpose == "notice").OrderBy(mail => mail.Id).ToListAsync();
        told.Select(mail => mail.Subject).Should().SatisfyRespectively(
            one => one.Should().Contain("已转交"),
            one => one.Should().Contain("继续办理"),
            one => one.Should().Contain("已转交"),
            one => one.Should().Contain($"已由{hall.Name.Zh}接收"));
        told.Should().OnlyContain(mail => !mail.TextBody.Contains("不在本辖区"), "why is the halls' own affair");
    }

    [SkippableFact]
    public async Task Of_two_secretaries_at_once_one_acts_and_the_other_reads_why_not()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (first, second) = (await AddAsync(host, "小区停车难"), await AddAsync(host, "路灯不亮"));

        var both = await Task.WhenAll(
            Task.Run(() => Sorting(host).ActAsync(
                Organisation(host), [first, second], new MatterAct.Decline("已有专项整治，不再受理。"), Secretary(host), "a",
                default)),
            Task.Run(() => Sorting(host).ActAsync(
                Organisation(host), [second, first], new MatterAct.Answer("已经修好，请放心。"), Secretary(host), "b",
                default)));

        both.OfType<SortingResult.Done>().Should().ContainSingle();
        both.OfType<SortingResult.Refused>().Should().ContainSingle()
            .Which.Errors[0].Message.Zh.Should().Contain("现在不能这样办理");
        await using var db = host.Database.Open();
        (await db.Set<MatterTurn>().CountAsync(turn => turn.Kind == MatterTurnKind.Declined
            || turn.Kind == MatterTurnKind.Answered)).Should().Be(2, "one act, on both");
        (await db.Mails.CountAsync(mail => mail.Purpose == "notice")).Should().Be(2);
    }

    [SkippableFact]
    public async Task Pressed_twice_a_merge_and_its_undoing_happen_once()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (into, other) = (await AddAsync(host, "小区停车难"), await AddAsync(host, "停车位不够"));
        await host.Register.MergeAsync(Organisation(host), into, [other], Secretary(host), default);
        await host.Register.MergeAsync(Organisation(host), into, [other], Secretary(host), default);

        var undone = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Sorting(host).ActAsync(
            Organisation(host), [other], new MatterAct.Unmerge("不是同一个小区。"), Secretary(host), "same", default))));
        var later = await Sorting(host).ActAsync(
            Organisation(host), [other], new MatterAct.Unmerge("再来一次。"), Secretary(host), "another", default);

        undone.Should().OnlyContain(one => one is SortingResult.Done);
        later.Should().BeOfType<SortingResult.Refused>();
        await using var db = host.Database.Open();
        (await db.Set<MatterTurn>().Where(turn => turn.MatterId == other).Select(turn => turn.Kind).ToListAsync())
            .Should().BeEquivalentTo([MatterTurnKind.Merged, MatterTurnKind.Unmerged]);
        (await db.Mails.CountAsync(mail => mail.Purpose == "notice")).Should().Be(2, "merged, and on its own again");
    }

    [SkippableFact]
    public async Task What_many_places_report_is_common_too()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        await using (var db = host.Database.ForOrganisation(Organisation(host)))
        {
            foreach (var (number, place) in new[] { ("1", "河畔街道"), ("2", "河畔街道"), ("3", "北苑街道"), ("4", "柳林社区") })
            {
                db.Add(Order(host, $"120-{number}", MatterState.Pooled, null, place));
            }

            await db.SaveChangesAsync();
        }

        var scope = CaseScope.Of(Secretary(host), await DirectoryAsync(host));
        var reader = new SortingReader(host.Database);

        (await reader.WideAsync(scope, 3, default)).Should().ContainSingle().Which.Should().Match<WideProblem>(
            one => one.Category == "停车管理" && one.Places == 3 && one.Count == 4);
        (await reader.WideAsync(scope, 4, default)).Should().BeEmpty();
        (await reader.CommonAsync(scope, 3, default)).Should().BeEmpty("no place has three");
    }

    [SkippableFact]
    public async Task An_edit_keeps_what_stood_there_but_of_contact_data_only_that_it_changed()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var id = await AddAsync(host, "小区停车难");
        Matter before;
        await using (var db = host.Database.Open()) before = await db.Matters.SingleAsync(one => one.Id == id);

        (await Sorting(host).EditAsync(Organisation(host), id, MatterEdit.Of(before) with
        {
            Title = "河畔小区停车难",
            ProposerEmail = null,
        }, Secretary(host), "edit", default)).Should().BeOfType<SortingResult.Done>();

        await using var read = host.Database.Open();
        var turn = await read.Set<MatterTurn>().SingleAsync(one => one.Kind == MatterTurnKind.Edited);
        turn.Changes.Should().BeEquivalentTo(
            [new MatterChange("title", "小区停车难", "河畔小区停车难"), new MatterChange("email", "", "")]);
        (await read.Matters.SingleAsync(one => one.Id == id)).ProposerEmail.Should().BeNull();
    }

    [SkippableFact]
    public async Task A_merge_is_taken_back_and_its_proposer_hears_of_it()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var (into, other) = (await AddAsync(host, "小区停车难"), await AddAsync(host, "停车位不够"));
        await host.Register.MergeAsync(Organisation(host), into, [other], Secretary(host), default);
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        (await Sorting(host).ActAsync(
            Organisation(host), [other], new MatterAct.Unmerge("不是同一个小区。"), Secretary(host), "one", default))
            .Should().Be(new SortingResult.Done(1, 1));

        await using var db = host.Database.Open();
        (await db.Matters.SingleAsync(one => one.Id == other)).Should().Match<Matter>(
            one => one.State == MatterState.Pooled && one.MergedIntoId == null);
        (await db.Set<MatterTurn>().Where(turn => turn.MatterId == other).OrderBy(turn => turn.At)
            .Select(turn => turn.Kind).ToListAsync()).Should().Equal(MatterTurnKind.Merged, MatterTurnKind.Unmerged);
    }

    [SkippableFact]
    public async Task Matters_of_the_pool_that_say_the_same_are_proposed_with_the_words()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var asked = await AddAsync(host, "河畔小区晚上停车难");
        var alike = await AddAsync(host, "河畔小区停车难，车位不够");
        await AddAsync(host, "学校门口没有红绿灯");
        var closed = await AddAsync(host, "河畔小区停车难问题");
        await Sorting(host).ActAsync(
            Organisation(host), [closed], new MatterAct.Answer("已经答复过。"), Secretary(host), "one", default);
        var scope = CaseScope.Of(Secretary(host), await DirectoryAsync(host));
        var matter = (await new MatterReader(host.Database).FindAsync(scope, asked, default))!.Matter;

        var found = await new LikenessReader(host.Database).FindAsync(scope, matter, default);

        found.Should().ContainSingle("those that wait in the pool alone").Which.Matter.Id.Should().Be(alike);
        found[0].Words.Should().Contain("停车难");
        // Another wording is compared by its new words.
        await Sorting(host).EditAsync(Organisation(host), alike, MatterEdit.Of(found[0].Matter) with
        {
            Title = "广场舞太吵",
            Text = "晚上广场舞声音太大，影响休息。",
        }, Secretary(host), "edit", default);
        (await new LikenessReader(host.Database).FindAsync(scope, matter, default))
            .Should().NotContain(row => row.Matter.Id == alike);
    }

    [SkippableFact]
    public async Task Points_of_a_talk_are_matters_with_the_talk_as_their_source_all_or_none()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var entry = new TalkEntry
        {
            OrganisationId = Organisation(host),
            Kind = TalkKind.ListeningPost,
            On = new DateOnly(2026, 3, 1),
            Place = "河畔社区",
            With = "居民代表 8 人",
            Advice = "建议先划线。",
            Points = ["晚上没有车位。消防通道被占。", "", "三号楼电梯经常停运。"],
            RecordedById = Secretary(host),
            OperationId = "talk-1",
        };
        (await host.Register.RegisterAsync(entry with { Points = ["短"] }, default))
            .Should().BeOfType<TalkResult.Refused>();

        var kept = await host.Register.RegisterAsync(entry, default);
        var again = await host.Register.RegisterAsync(entry, default);

        kept.Should().BeOfType<TalkResult.Kept>().Which.Numbers.Should().Equal("SX2026-000001", "SX2026-000002");
        again.Should().BeEquivalentTo(kept, options => options.RespectingRuntimeTypes());
        await using var db = host.Database.Open();
        var talk = await db.Set<Talk>().SingleAsync();
        (await db.Matters.OrderBy(one => one.Number).ToListAsync()).Should().OnlyContain(one =>
            one.TalkId == talk.Id && one.Source == MatterSource.Talk && one.Place == "河畔社区")
            .And.Satisfy(one => one.Title == "晚上没有车位", one => one.Title == "三号楼电梯经常停运");
    }

    [SkippableFact]
    public async Task Routed_a_case_with_its_assignment_starts_and_the_proposer_hears_which_unit()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var id = await AddAsync(host, "小区停车难");
        var unit = host.Seed.Units.First(one => one.Kind == UnitKind.Department);
        var routing = new MatterRouting(Intake(host), Mail(), host.Clock);
        (await routing.RouteAsync(
            Organisation(host), [id], new(null, [], ""), Secretary(host), "bad", default))
            .Should().BeOfType<SortingResult.Refused>();

        (await routing.RouteAsync(
            Organisation(host), [id], new(unit.Id, [], "请尽快办理。"), Secretary(host), "one", default))
            .Should().Be(new SortingResult.Done(1, 1));

        await using var db = host.Database.Open();
        var file = await db.Cases.SingleAsync();
        (file.Kind, file.DefinitionId).Should().Be((CaseKind.Routing, "matter-routing"));
        (await db.Records.SingleAsync()).Fields["lead-unit"].Should().Be(unit.Id.Value.ToString("N"));
        (await db.Inbox.SingleAsync()).Kind.Should().Be("start");
        (await db.Mails.SingleAsync(mail => mail.Purpose == "notice")).TextBody.Should().Contain(unit.Name.Zh);
    }

    [SkippableFact]
    public async Task Settled_orders_go_back_with_their_number_answer_and_day()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        await using (var db = host.Database.ForOrganisation(Organisation(host)))
        {
            db.Add(Order(host, "110-1", MatterState.Closed, "已增设车位。"));
            db.Add(Order(host, "110-2", MatterState.Pooled, null));
            await db.SaveChangesAsync();
        }

        var scope = CaseScope.Of(Secretary(host), await DirectoryAsync(host));
        var settled = await new SortingReader(host.Database).SettledAsync(scope, null, 100, default);

        settled.Should().ContainSingle().Which.Should().Match<SettledOrder>(
            one => one.OrderNumber == "110-1" && one.Answer == "已增设车位。" && one.SettledAt == TemporaryHost.Now);
        (await new SortingReader(host.Database).SettledAsync(
            scope, TemporaryHost.Now.AddDays(1), 100, default)).Should().BeEmpty();
        (await new SortingReader(host.Database).CommonAsync(scope, 2, default)).Should().ContainSingle()
            .Which.Should().Match<CommonProblem>(one => one.Count == 2 && one.Open == 1 && one.Settled == 1);
    }

    private static Matter Order(
        TemporaryHost host, string number, MatterState state, string? answer, string place = "河畔小区") => new()
        {
            OrganisationId = Organisation(host),
            Id = MatterId.New(),
            Number = $"SX-{number}",
            Source = MatterSource.Hotline,
            Title = "停车难",
            Text = "晚上没有车位。",
            Place = place,
            OrderNumber = number,
            OrderCategory = "停车管理",
            State = state,
            Answer = answer,
            SettledAt = answer is null ? null : TemporaryHost.Now,
            RaisedAt = TemporaryHost.Now,
            ReceivedAt = TemporaryHost.Now,
        };

    private static async Task<MatterId> AddAsync(
        TemporaryHost host, string title, string? email = "liu.yang@example.cn") =>
        ((RegisterResult.Registered)await host.Register.RegisterAsync(new MatterEntry
        {
            OrganisationId = Organisation(host),
            Source = MatterSource.Department,
            Title = title,
            Text = $"{title}，请协调解决。",
            ProposerEmail = email,
            OperationId = Guid.NewGuid().ToString("N"),
        }, CancellationToken.None)).MatterId;

    private static OrganisationId Organisation(TemporaryHost host) => host.Seed.Organisation.Id;

    private static PersonId Secretary(TemporaryHost host) => host.Person("secretary").Id;

    private static UseCaseMail Mail() => new(MailMaking.Composer());

    private static IntakeStore Intake(TemporaryHost host) =>
        new(host.Database, host.Directories, new WakeUp(), host.Clock);

    private static MatterSorting Sorting(TemporaryHost host) => new(Intake(host), Mail(), host.Clock);

    private static async Task<OrganisationDirectory> DirectoryAsync(TemporaryHost host)
    {
        await using var db = host.Database.ForOrganisation(Organisation(host));
        return (await host.Directories.FindAsync(db, Organisation(host), default))!.Directory;
    }
}

public sealed class SqliteMatterSortingTests(SqliteDatabase database)
    : MatterSortingContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlMatterSortingTests(PostgreSqlDatabase database)
    : MatterSortingContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerMatterSortingTests(SqlServerDatabase database)
    : MatterSortingContract(database), IClassFixture<SqlServerDatabase>;
