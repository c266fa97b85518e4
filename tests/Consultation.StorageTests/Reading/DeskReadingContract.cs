using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Publishing;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Storage.Reading.Cases;
using Consultation.Storage.Reading.Matters;
using Consultation.Storage.Reading.Publishing;
using Consultation.Storage.Reading.Tasks;
using Consultation.Storage.Reading.Tracking;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Reading;

/// <summary>What the desk's pages read: every filter and order is one that each database understands.</summary>
public abstract class DeskReadingContract(ReadingDistrict district)
{
    private static readonly DateTimeOffset Now = ReadingDistrict.Now;

    public static TheoryData<Role> Roles =>
        [Role.Secretary, Role.Administrator, Role.CommitteeDirector, Role.PlatformOfficer, Role.DepartmentContact,
            Role.Member];

    [SkippableTheory]
    [MemberData(nameof(Roles))]
    public async Task Lists_in_SQL_show_what_the_rule_shows_in_memory(Role role)
    {
        var scope = district.Scope(role);
        var expected = scope.CasesIn(district.Tables).Select(one => one.Id).ToHashSet();

        var found = await new CaseListReader(district.Database)
            .ListAsync(scope, new CaseFilter { Take = 1000 }, Now, default);

        found.Select(row => row.Id).Should().BeEquivalentTo(expected);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("number")]
    [InlineData("title")]
    [InlineData("step")]
    [InlineData("opened")]
    [InlineData("due")]
    public async Task Cases_sort_both_ways_and_page_without_gaps(string sort)
    {
        var reader = new CaseListReader(district.Database);
        foreach (var descending in new[] { false, true })
        {
            var filter = new CaseFilter { Sort = sort, Descending = descending, Take = 7 };
            var all = new List<CaseRow>();
            for (var skip = 0; skip < district.Cases.Count; skip += 7)
            {
                all.AddRange(
                    await reader.ListAsync(district.Scope(Role.Secretary), filter with { Skip = skip }, Now, default));
            }

            all.Select(row => row.Id).Should().OnlyHaveUniqueItems().And.HaveCount(district.Cases.Count);
        }
    }

    [SkippableFact]
    public async Task Every_filter_of_cases_narrows_the_list()
    {
        var reader = new CaseListReader(district.Database);
        async Task<int> Count(CaseFilter filter)
        {
            var rows = await reader.ListAsync(
                district.Scope(Role.Secretary), filter with { Take = 1000 }, Now, default);
            var counts = await reader.CountAsync(district.Scope(Role.Secretary), filter, Now, default);
            (filter.State is { } state ? counts.GetValueOrDefault(state) : counts.Values.Sum()).Should().Be(rows.Count);
            return rows.Count;
        }

        (await Count(new() { State = CaseState.Closed })).Should()
            .Be(district.Cases.Count(one => one.State == CaseState.Closed));
        (await Count(new() { Kind = CaseKind.TenWeekPlan })).Should().Be(0);
        (await Count(new() { PlatformId = district.Platform })).Should()
            .Be(district.Cases.Count(one => one.PlatformId == district.Platform));
        (await Count(new() { CommitteeId = district.Committee })).Should()
            .Be(district.Cases.Count(one => one.CommitteeId == district.Committee));
        (await Count(new() { Step = "topic" })).Should().Be(district.Cases.Count(one => one.Step == "topic"));
        (await Count(new() { LateOnly = true })).Should()
            .Be(district.Tasks.Where(task => task.State == TaskState.Open && task.DueAt < Now)
                .Select(task => task.CaseId).Distinct().Count());
        (await Count(new() { Words = "协商事项 7" })).Should().BeGreaterThan(0).And.BeLessThan(district.Cases.Count);
    }

    [SkippableFact]
    public async Task The_first_due_time_and_the_open_tasks_stand_beside_a_case()
    {
        var found = await new CaseListReader(district.Database)
            .ListAsync(district.Scope(Role.Secretary), new CaseFilter { Take = 1000 }, Now, default);

        foreach (var row in found)
        {
            var open = district.Tasks.Where(task => task.CaseId == row.Id && task.State == TaskState.Open).ToList();
            row.OpenTasks.Should().Be(open.Count);
            row.DueAt.Should().Be(open.Min(task => task.DueAt));
        }
    }

    [SkippableFact]
    public async Task A_case_opens_for_who_sees_it_and_is_not_there_for_others()
    {
        var reader = new CaseReader(district.Database);
        var secret = district.Cases.First(one => one.Restricted);

        (await reader.FindAsync(district.Scope(Role.Secretary), secret.Id, default)).Should().NotBeNull();
        (await reader.FindAsync(district.Scope(Role.Administrator), secret.Id, default)).Should().BeNull();
    }

    [SkippableFact]
    public async Task All_parts_of_a_case_can_be_read()
    {
        var reader = new CaseReader(district.Database);
        var one = district.Cases[0];

        (await reader.CountAsync(one, default)).Tasks.Should().Be((await reader.TasksAsync(one, default)).Count);
        (await reader.MattersAsync(one, default)).Should().HaveCount(1);
        (await reader.ItemsAsync(one, default)).Should().HaveCount(1);
        (await reader.TopicAsync(one, default)).Should().BeNull();
        (await reader.ScreeningsAsync(one, default)).Should().BeEmpty();
        (await reader.RecordsAsync(one, default)).Should().BeEmpty();
        (await reader.PhasesAsync(one, default)).Should().BeEmpty();
        (await reader.HistoryAsync(one, 10, default)).Should().BeEmpty();
        (await reader.DocumentsAsync(one, default)).Should().BeEmpty();
        (await reader.DocumentAsync(one, DocumentId.New(), default)).Should().BeNull();
        (await reader.MailsAsync(one, 10, default)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task My_tasks_are_those_with_a_free_seat_of_mine_due_first()
    {
        var reader = new TaskReader(district.Database);

        var open = await reader.OpenAsync(district.Directory, district.PersonOf(Role.Member), Now, default);

        open.Should().NotBeEmpty().And.BeInAscendingOrder(row => row.DueAt);
        open.Should().OnlyContain(
            row => row.State == TaskState.Open && row.Seats.Single().PersonId == district.PersonOf(Role.Member));
        (await reader.DoneAsync(district.Scope(Role.Member), default)).Should().BeEmpty();
        (await reader.AllOpenAsync(district.Scope(Role.Secretary), default)).Count
            .Should().Be(Math.Min(500, district.Tasks.Count(task => task.State == TaskState.Open)));
        (await reader.FindByNumberAsync(district.Id, district.Tasks[0].Number, default)).Should()
            .Be(district.Tasks[0].Id);
        (await reader.FindAsync(district.Id, district.Tasks[0].Id, default))!.Case.Id.Should()
            .Be(district.Tasks[0].CaseId);
        (await reader.FindAsync(OrganisationId.New(), district.Tasks[0].Id, default)).Should()
            .BeNull("another organisation has no such task");
    }

    [SkippableTheory]
    [MemberData(nameof(Roles))]
    public async Task The_board_shows_what_the_rule_shows(Role role)
    {
        var scope = district.Scope(role);
        var expected = scope.ItemsIn(district.Tables).Select(item => item.Id).ToList();
        var reader = new TrackingReader(district.Database);

        var found = await reader.ListAsync(scope, new TrackingFilter { Take = 1000 }, ReadingDistrict.Today, default);
        var counts = await reader.CountAsync(scope, new TrackingFilter(), ReadingDistrict.Today, default);

        found.Select(row => row.Item.Id).Should().BeEquivalentTo(expected);
        counts.Total.Should().Be(expected.Count);
    }

    [SkippableFact]
    public async Task Colours_filter_in_SQL_as_they_are_computed_in_memory()
    {
        var reader = new TrackingReader(district.Database);
        var counts = await reader.CountAsync(
            district.Scope(Role.Secretary), new TrackingFilter(), ReadingDistrict.Today, default);
        foreach (var lateness in Enum.GetValues<ItemLateness>())
        {
            var found = await reader.ListAsync(
                district.Scope(Role.Secretary), new TrackingFilter { Lateness = lateness, Take = 1000 },
                ReadingDistrict.Today, default);

            found.Select(row => row.Item.Id).Should().NotBeEmpty().And.BeEquivalentTo(
                district.Items.Where(item => Of(item) == lateness).Select(item => item.Id), lateness.ToString());
            counts.ByLateness.GetValueOrDefault(lateness).Should().Be(found.Count);
        }

        ItemLateness Of(TrackedItem item) => ItemLatenessRule.Of(
            item.State, item.DueOn, district.Cases.Single(one => one.Id == item.CaseId).State == CaseState.Suspended,
            ReadingDistrict.Today);
    }

    [SkippableFact]
    public async Task Every_filter_and_order_of_the_board_works()
    {
        var reader = new TrackingReader(district.Database);
        var scope = district.Scope(Role.Secretary);
        TrackingFilter[] filters =
        [
            new() { State = TrackedItemState.InProgress }, new() { Stall = StallReason.NoEntry },
            new() { OfficeId = district.Committee }, new() { UnitId = district.Department },
            new() { SupervisorId = district.PersonOf(Role.Secretary) }, new() { PlatformId = district.Platform },
            new() { Rung = 1 }, new() { Year = 2026 }, new() { Words = "车位" },
        ];
        foreach (var filter in filters)
        {
            foreach (var sort in new[] { "", "number", "due", "percent", "rung", "entry" })
            {
                var up = await reader.ListAsync(scope, filter with { Sort = sort }, ReadingDistrict.Today, default);
                var down = await reader.ListAsync(
                    scope, filter with { Sort = sort, Descending = true }, ReadingDistrict.Today, default);
                up.Should().HaveSameCount(down);
            }
        }

        (await reader.YearsAsync(district.Id, default)).Should().Equal(2026);
        var item = district.Items[0];
        (await reader.FindAsync(scope, item.Id, default))!.Case.Id.Should().Be(item.CaseId);
        (await reader.TasksAsync(item, default)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Orders_of_one_category_and_place_cluster()
    {
        var reader = new MatterReader(district.Database);

        var clusters = await reader.ClustersAsync(district.Scope(Role.Secretary), default);

        clusters.Should().ContainSingle().Which.Should().Match<MatterCluster>(
            cluster => cluster.Category == "停车管理" && cluster.Count == 6);
    }

    [SkippableTheory]
    [MemberData(nameof(Roles))]
    public async Task The_pool_lists_filters_and_counts_for_every_role(Role role)
    {
        var reader = new MatterReader(district.Database);
        var scope = district.Scope(role);
        foreach (var sort in new[] { "", "number", "title", "received", "raised" })
        {
            var filter = new MatterFilter
            {
                Sort = sort,
                Descending = sort.Length > 4,
                Words = "停车",
                State = MatterState.Pooled,
                Source = MatterSource.Hotline,
                Category = "停车管理",
                Place = "柳林社区",
                PlatformId = null,
            };
            var found = await reader.ListAsync(scope, filter, default);
            (await reader.CountAsync(scope, filter, default)).GetValueOrDefault(MatterState.Pooled)
                .Should().Be(found.Count).And.BeLessThanOrEqualTo(6);
        }

        (await reader.CountAsync(scope, new MatterFilter { Take = 1 }, default)).Values.Sum()
            .Should().Be((await reader.ListAsync(scope, new MatterFilter { Take = 1000 }, default)).Count);
        (await reader.FindAsync(district.Scope(Role.Secretary), district.Matters[0].Id, default)).Should().NotBeNull();
        (await reader.FindAllAsync(district.Scope(Role.Secretary), [district.Matters[1].Id, district.Matters[0].Id],
            default)).Select(one => one.Id)
            .Should().Equal(district.Matters[1].Id, district.Matters[0].Id);
        (await reader.MergedIntoAsync(scope, district.Matters[0].Id, default)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_matter_is_followed_with_its_secret_only()
    {
        var reader = new PublicReader(district.Database);
        var hall = await reader.FindHallAsync("reading", default);

        hall!.Platforms.Should().ContainSingle();
        (await reader.FollowAsync(hall.Id, ReadingDistrict.FollowedNumber, ReadingDistrict.Secret, default))!.Title
            .Should().Contain("停车");
        (await reader.FollowAsync(hall.Id, ReadingDistrict.FollowedNumber, "wrong", default)).Should().BeNull();
        (await reader.FollowAsync(hall.Id, "SX2026-999999", ReadingDistrict.Secret, default)).Should().BeNull();
        (await reader.FollowAsync(
            OrganisationId.New(), ReadingDistrict.FollowedNumber, ReadingDistrict.Secret, default)).Should().BeNull();
        (await reader.FindHallAsync("nowhere", default)).Should().BeNull();
    }

    [SkippableFact]
    public async Task Only_what_is_published_of_unrestricted_cases_is_read_in_its_list_and_by_its_level()
    {
        var today = new DateOnly(2026, 3, 2);
        var open = district.Cases.First(one => !one.Restricted && one.ClosedAt is null);
        var kept = district.Cases.First(one => one.Restricted);
        var asked = Published(open, PublicationKind.Topic, 3);
        (asked.Question, asked.ConsultUntil) = ("您怎么看？", today.AddDays(3));
        var result = Published(open, PublicationKind.Result, 2);
        var withdrawn = Published(open, PublicationKind.Result, 1);
        withdrawn.State = PublicationState.Withdrawn;
        await using (var db = district.Database.Open())
        {
            db.AddRange(asked, result, withdrawn, Published(kept, PublicationKind.Result, 0));
            await db.SaveChangesAsync();
        }

        var reader = new PublicationReader(district.Database);

        (await Ids(PublicList.Asked)).Should().Equal(asked.Id);
        (await Ids(PublicList.Results)).Should().Equal(result.Id);
        (await Ids(PublicList.Prepared)).Should().BeEmpty();
        (await Ids(PublicList.Ahead)).Should().BeEmpty();
        (await reader.FrontAsync(district.Id, today, 1, default)).Should().SatisfyRespectively(
            list => list.Entries.Should().ContainSingle().Which.Publication.Id.Should().Be(asked.Id),
            list => list.Total.Should().Be(0),
            list => list.Total.Should().Be(0),
            list => (list.Entries.Single().Publication.Id, list.Total).Should().Be((result.Id, 1)));
        await using (var db = district.Database.Open())
        {
            db.AddRange(Published(open, PublicationKind.Result, 5), Published(kept, PublicationKind.Result, 6));
            await db.SaveChangesAsync();
        }

        (await reader.FrontAsync(district.Id, today, 1, default))[^1].Should().Match<PublicShelf>(
            list => list.Total == 2 && list.Entries.Count == 1, "what a restricted case has is not counted");
        await using (var db = district.Database.Open())
        {
            await db.Publications.Where(one => one.PublishedAt > open.OpenedAt.AddMinutes(4)).ExecuteDeleteAsync();
        }
        (await reader.FindAsync(district.Id, withdrawn.Id, today, default)).Should().BeNull();
        (await reader.LatestAsync(district.Id, null, today, 10, default)).Should().HaveCount(2);
        (await reader.BesideAsync(asked, default)).Select(one => one.Id).Should().Equal(result.Id);
        var found = (await reader.FindAsync(district.Id, result.Id, today, default))!.Publication;
        (found.TextOf("asked"), found.TextOf("done")).Should().Be(("公开", null));

        async Task<IEnumerable<PublicationId>> Ids(PublicList list) =>
            (await reader.ListAsync(district.Id, list, today, 0, 20, default)).Entries
                .Select(entry => entry.Publication.Id);
    }

    private static Publication Published(Case file, PublicationKind kind, int minutes) => new()
    {
        OrganisationId = file.OrganisationId,
        Id = PublicationId.New(),
        CaseId = file.Id,
        Kind = kind,
        Title = "公开",
        Texts = [new("asked", "公开", FieldLevel.Public), new("done", "内部", FieldLevel.Organisers)],
        FirstAt = file.OpenedAt,
        PublishedAt = file.OpenedAt.AddMinutes(minutes),
        ChangedAt = file.OpenedAt.AddMinutes(minutes),
        ById = PersonId.New(),
    };
}

public sealed class SqliteDeskReadingTests(SqliteReadingDistrict district)
    : DeskReadingContract(district), IClassFixture<SqliteReadingDistrict>;

public sealed class PostgreSqlDeskReadingTests(PostgreSqlReadingDistrict district)
    : DeskReadingContract(district), IClassFixture<PostgreSqlReadingDistrict>;

public sealed class SqlServerDeskReadingTests(SqlServerReadingDistrict district)
    : DeskReadingContract(district), IClassFixture<SqlServerReadingDistrict>;
