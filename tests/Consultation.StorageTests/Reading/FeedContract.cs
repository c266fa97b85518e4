using Consultation.Cases;
using Consultation.Cases.Calendar;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Storage.Cases;
using Consultation.Storage.Reading.Calendar;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Reading;

/// <summary>What a private calendar address shows, on every database product.</summary>
public abstract class FeedContract(ReadingDistrict district)
{
    private const string Desk = "https://xieshang.example.gov.cn/";

    [SkippableFact]
    public async Task A_calendar_holds_the_own_open_tasks_and_of_restricted_cases_only_their_numbers()
    {
        var me = district.PersonOf(Role.Member);

        var calendar = (await FindAsync(await FeedOfAsync(me)))!;

        var expected = district.Tasks.Where(task => task.State == TaskState.Open
            && task.Assignees.Exists(seat => seat.PersonId == me)).ToList();
        calendar.Tasks.Select(one => one.Task.Id).Should().BeEquivalentTo(expected.Select(task => task.Id))
            .And.NotBeEmpty();
        var restricted = district.Cases.Where(file => file.Restricted).Select(file => file.Id).ToHashSet();
        calendar.Tasks.Should().OnlyContain(one => one.IsRestricted == restricted.Contains(one.Task.CaseId));
    }

    [SkippableFact]
    public async Task While_a_delegation_is_in_force_tasks_stand_with_whoever_acts()
    {
        var (from, to) = (district.PersonOf(Role.CommitteeDirector), district.PersonOf(Role.Secretary));
        var (feedOfFrom, feedOfTo) = (await FeedOfAsync(from), await FeedOfAsync(to));
        var before = (await FindAsync(feedOfFrom))!.Tasks.Count;
        before.Should().BePositive();
        await AddAsync(new Delegation
        {
            OrganisationId = district.Id,
            Id = Guid.CreateVersion7(),
            FromId = from,
            ToId = to,
            StartsAt = ReadingDistrict.Now.AddHours(-1),
            EndsAt = ReadingDistrict.Now.AddHours(1),
        });

        (await FindAsync(feedOfFrom))!.Tasks.Should().BeEmpty();
        (await FindAsync(feedOfTo))!.Tasks.Should().HaveCount(before).And.OnlyContain(one => one.For != null);
        (await FindAsync(feedOfTo, ReadingDistrict.Now.AddHours(2)))!.Tasks.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Meetings_stand_with_those_who_were_asked_and_those_who_prepare_them()
    {
        var (member, officer) = (district.PersonOf(Role.Member), district.PersonOf(Role.PlatformOfficer));
        var open = district.Cases.First(file => !file.Restricted);
        var restricted = district.Cases.First(file => file.Restricted);
        var noticed = Meeting(open, "已通知", officer, Seat(open, member));
        var unnoticed = Meeting(open, "未通知", officer, Seat(open, member));
        (unnoticed.NoticedAt, unnoticed.Seats[0].NoticedAt) = (null, null);
        var declined = Meeting(open, "不参加", officer, Seat(open, member));
        declined.Seats[0].Reply = SeatReply.Declines;
        var off = Meeting(open, "已取消", officer, Seat(open, member));
        off.State = MeetingState.CalledOff;
        var replaced = Meeting(open, "已换人", officer, Seat(open, member));
        replaced.Seats[0].RemovedIn = 2;
        var secret = Meeting(restricted, "限制", officer, Seat(restricted, member));
        var past = Meeting(open, "很久以前", officer, Seat(open, member));
        past.On = ReadingDistrict.Today.AddDays(-61);
        await AddAsync(noticed, unnoticed, declined, off, replaced, secret, past);

        var mine = (await FindAsync(await FeedOfAsync(member)))!.Meetings;
        var theirs = (await FindAsync(await FeedOfAsync(officer)))!.Meetings;

        mine.Select(one => (one.Meeting.Title, one.IsOver, one.IsRestricted)).Should().BeEquivalentTo(
            [("已通知", false, false), ("已取消", true, false), ("已换人", true, false), ("限制", false, true)]);
        theirs.Select(one => one.Meeting.Title).Should().BeEquivalentTo(
            "已通知", "未通知", "不参加", "已取消", "已换人", "限制");
    }

    [SkippableFact]
    public async Task A_forged_address_and_that_of_somebody_who_left_open_nothing()
    {
        var me = district.PersonOf(Role.Administrator);
        var feed = await FeedOfAsync(me);
        (await FindAsync(feed)).Should().NotBeNull();
        (await FindAsync(new string('0', 64))).Should().BeNull();

        await using (var db = district.Database.Open())
        {
            await db.People.Where(person => person.Id == me)
                .ExecuteUpdateAsync(set => set.SetProperty(person => person.Active, false));
        }

        (await FindAsync(feed)).Should().BeNull();
    }

    private async Task<string> FeedOfAsync(PersonId person)
    {
        var hash = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");
        await using var db = district.Database.Open();
        await db.People.Where(row => row.Id == person)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.FeedHash, hash));
        return hash;
    }

    private Task<PersonalCalendar?> FindAsync(string hash, DateTimeOffset? now = null) => new FeedReader(
        district.Database, new DirectoryCache(), new MailClock(now ?? ReadingDistrict.Now))
        .FindAsync(hash, Desk, default);

    private async Task AddAsync(params object[] rows)
    {
        await using var db = district.Database.ForOrganisation(district.Id);
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    private Meeting Meeting(Case file, string title, PersonId organiser, MeetingSeat seat) => new()
    {
        OrganisationId = district.Id,
        Id = new(Guid.CreateVersion7()),
        Title = title,
        Place = "协商议事厅",
        On = ReadingDistrict.Today.AddDays(7),
        From = new(14, 0),
        To = new(16, 0),
        OrganiserId = organiser,
        PlannedAt = ReadingDistrict.Now,
        NoticedAt = ReadingDistrict.Now,
        State = MeetingState.Noticed,
        Topics = [new() { Id = Guid.CreateVersion7(), CaseId = file.Id, Title = file.Title, Number = 1 }],
        Seats = [seat],
    };

    private static MeetingSeat Seat(Case file, PersonId person) => new()
    {
        Id = Guid.CreateVersion7(),
        PersonId = person,
        CaseId = file.Id,
        Class = "member",
        AddedIn = 1,
        NoticedAt = ReadingDistrict.Now,
    };
}

public sealed class SqliteFeedTests(SqliteReadingDistrict district)
    : FeedContract(district), IClassFixture<SqliteReadingDistrict>;

public sealed class PostgreSqlFeedTests(PostgreSqlReadingDistrict district)
    : FeedContract(district), IClassFixture<PostgreSqlReadingDistrict>;

public sealed class SqlServerFeedTests(SqlServerReadingDistrict district)
    : FeedContract(district), IClassFixture<SqlServerReadingDistrict>;
