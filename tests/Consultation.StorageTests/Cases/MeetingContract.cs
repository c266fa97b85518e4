using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.StorageTests.Matters;
using Consultation.Testing.Databases;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Cases;

/// <summary>
/// What every database must do for meetings: keep them whole, let one of two changes win, chain their lines.
/// </summary>
public abstract class MeetingContract(TestDatabase database)
{
    [SkippableFact]
    public async Task A_meeting_is_read_back_as_it_was_with_its_seats_topics_and_run_sheet()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var meeting = Meeting(host);
        var lines = meeting.Begin("opening", meeting.OrganiserId, TemporaryHost.Now).ToList();
        lines.Add(meeting.Note("致辞", null, meeting.OrganiserId, TemporaryHost.Now));
        meeting.Note(new MeetingOption(Guid.NewGuid(), OptionKind.Advice, "夜间共享", "王阿姨"), meeting.OrganiserId,
            TemporaryHost.Now);
        await using (var db = host.Database.Open())
        {
            db.Add(meeting);
            await db.SaveChangesAsync();
        }

        await using var read = host.Database.ForOrganisation(meeting.OrganisationId);
        var found = await read.Meetings.AsNoTracking()
            .Where(row => row.On >= meeting.On && row.Topics.Any(topic => topic.CaseId == meeting.Topics[0].CaseId))
            .SingleAsync();

        found.Should().BeEquivalentTo(meeting);
        found.RunSheet[0].BeganAt.Should().Be(TemporaryHost.Now);
        (found.From, found.Seats.Count).Should().Be((new TimeOnly(14, 30), 2));
    }

    [SkippableFact]
    public async Task Of_two_who_change_a_meeting_at_once_one_looks_again()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var meeting = Meeting(host);
        await using (var db = host.Database.Open())
        {
            db.Add(meeting);
            await db.SaveChangesAsync();
        }

        await using var one = host.Database.ForOrganisation(meeting.OrganisationId);
        await using var other = host.Database.ForOrganisation(meeting.OrganisationId);
        var (first, second) = (await one.Meetings.SingleAsync(), await other.Meetings.SingleAsync());
        first.Reply(first.Seats[0], new Dictionary<string, string> { ["reply"] = "yes" }, TemporaryHost.Now);
        second.Queue(second.Seats[1], TemporaryHost.Now);
        await one.SaveChangesAsync();

        await other.Invoking(db => db.SaveChangesAsync()).Should().ThrowAsync<DbUpdateConcurrencyException>();
    }

    [SkippableFact]
    public async Task The_lines_of_a_record_are_kept_as_they_were_chained_and_no_number_comes_twice()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var meeting = Meeting(host);
        List<MeetingLine> lines =
        [
            meeting.Note("一", null, meeting.OrganiserId, TemporaryHost.Now.AddTicks(7)),
            meeting.Note("一，更正", 1, meeting.OrganiserId, TemporaryHost.Now),
        ];
        await using (var db = host.Database.Open())
        {
            db.Add(meeting);
            db.AddRange(lines);
            await db.SaveChangesAsync();
        }

        await using var read = host.Database.ForOrganisation(meeting.OrganisationId);
        var kept = await read.MeetingLines.AsNoTracking().OrderBy(row => row.Number).ToListAsync();
        RecordChain.FirstBroken(meeting, kept).Should().BeNull();
        meeting.LastLine = 0;
        read.Add(meeting.Note("又一条第一条", null, meeting.OrganiserId, TemporaryHost.Now));
        await read.Invoking(db => db.SaveChangesAsync()).Should().ThrowAsync<DbUpdateException>();
    }

    private static Meeting Meeting(TemporaryHost host)
    {
        var organisation = host.Seed.Organisation.Id;
        var people = host.Seed.People.Take(2).ToList();
        var @case = new Case
        {
            OrganisationId = organisation,
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "停车",
            OpenedAt = TemporaryHost.Now,
        };
        var directory = new OrganisationDirectory(host.Seed.Organisation, [], host.Seed.People, [], []);
        return MeetingPlan.Make(@case, "停车", new Dictionary<string, string>
        {
            ["on"] = "2026-10-16",
            ["from"] = "14:30",
            ["place"] = "三楼",
            ["topic"] = "停车",
            ["agenda"] = "陈述、讨论。",
            ["people"] = FormValues.Write(people.Select(person => new Dictionary<string, string>
            {
                ["person"] = person.Id.Value.ToString("N"),
                ["class"] = "member",
                ["vote"] = "yes",
            })),
        }, directory, people[0].Id, TemporaryHost.Now);
    }
}

public sealed class SqliteMeetingTests(SqliteDatabase database)
    : MeetingContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlMeetingTests(PostgreSqlDatabase database)
    : MeetingContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerMeetingTests(SqlServerDatabase database)
    : MeetingContract(database), IClassFixture<SqlServerDatabase>;
