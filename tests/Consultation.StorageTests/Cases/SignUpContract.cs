using Consultation.Activities.Notices;
using Consultation.Cases;
using Consultation.Cases.Meetings;
using Consultation.Cases.Publishing;
using Consultation.Runtime.Loops;
using Consultation.Storage.Cases;
using Consultation.Storage.Matters;
using Consultation.StorageTests.Matters;
using Consultation.Testing.Databases;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consultation.StorageTests.Cases;

/// <summary>Who signed up for a meeting hears of its changes, and is forgotten after it, on every database.</summary>
public abstract class SignUpContract(TestDatabase database)
{
    [SkippableFact]
    public async Task A_moved_meeting_is_told_once_and_a_past_one_forgets_who_signed_up()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var signUps = new PublicSignUps(
            new IntakeStore(host.Database, host.Directories, new WakeUp(), host.Clock),
            new UseCaseMail(MailMaking.Composer()), host.Clock);
        var worker = new SignUpWorker(
            host.Database, host.Directories, signUps, host.Clock, NullLogger<SignUpWorker>.Instance);
        var meeting = await AddAsync(host);
        (await worker.TurnAsync(default)).Should().Be(0, "nothing has changed");

        await ChangeAsync(host, meeting, one => (one.On, one.Sequence) = (one.On.AddDays(1), 1));
        (await worker.TurnAsync(default)).Should().Be(1, "who gave the place back is not told");
        (await worker.TurnAsync(default)).Should().Be(0);
        await ChangeAsync(host, meeting, one => one.CallOff("停电"));
        (await worker.TurnAsync(default)).Should().Be(1);

        await using (var db = host.Database.Open())
        {
            var mails = await db.Mails.AsNoTracking().OrderBy(mail => mail.CreatedAt).ToListAsync();
            mails.Select(mail => mail.Subject).Should().HaveCount(2).And.Contain(subject => subject.Contains("有变"))
                .And.Contain(subject => subject.Contains("取消"));
            mails.Should().OnlyContain(mail => mail.RecipientAddress == "a@example.org");
        }

        // The meeting is on 11 March of Shanghai: on the 18th, which begins at 16:00 UTC, nobody is known any more.
        host.Clock.Advance(new DateTimeOffset(2026, 3, 17, 15, 59, 0, TimeSpan.Zero) - TemporaryHost.Now);
        (await worker.TurnAsync(default)).Should().Be(0);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await worker.TurnAsync(default)).Should().Be(3);
        (await worker.TurnAsync(default)).Should().Be(0);

        await using var after = host.Database.Open();
        (await after.SignUps.CountAsync(one => one.Name != null || one.Phone != null || one.Email != null))
            .Should().Be(0);
    }

    [SkippableFact]
    public async Task Who_left_no_address_is_owed_a_call_until_somebody_has_called()
    {
        await using var host = await TemporaryHost.StartAsync(database);
        var signUps = new PublicSignUps(
            new IntakeStore(host.Database, host.Directories, new WakeUp(), host.Clock),
            new UseCaseMail(MailMaking.Composer()), host.Clock);
        var worker = new SignUpWorker(
            host.Database, host.Directories, signUps, host.Clock, NullLogger<SignUpWorker>.Instance);
        var meeting = await AddAsync(host);
        (await OwedAsync(host, meeting)).Should().BeEmpty("nothing has changed");

        await ChangeAsync(host, meeting, one => (one.On, one.Sequence) = (one.On.AddDays(1), 1));
        await worker.TurnAsync(default);

        var owed = (await OwedAsync(host, meeting)).Should().ContainSingle().Which;
        owed.Name.Should().Be("乙");
        (await signUps.CalledAsync(owed.OrganisationId, owed.PublicationId, owed.Id, default)).Should().BeTrue();
        (await OwedAsync(host, meeting)).Should().BeEmpty();
        (await signUps.CalledAsync(owed.OrganisationId, owed.PublicationId, owed.Id, default)).Should().BeFalse();
        await ChangeAsync(host, meeting, one => one.CallOff("停电"));
        (await OwedAsync(host, meeting)).Should().ContainSingle("it is news again");
    }

    private static async Task<IReadOnlyList<SignUp>> OwedAsync(TemporaryHost host, MeetingId id)
    {
        await using var db = host.Database.Open();
        var meeting = await db.Meetings.AsNoTracking().SingleAsync(one => one.Id == id);
        return [.. (await db.SignUps.AsNoTracking().ToListAsync()).Where(one => SignUpRules.OwesCall(one, meeting))];
    }

    private static async Task ChangeAsync(TemporaryHost host, MeetingId id, Action<Meeting> change)
    {
        await using var db = host.Database.Open();
        change(await db.Meetings.SingleAsync(one => one.Id == id));
        await db.SaveChangesAsync();
    }

    private static async Task<MeetingId> AddAsync(TemporaryHost host)
    {
        var organisation = host.Seed.Organisation.Id;
        var meeting = new Meeting
        {
            OrganisationId = organisation,
            Id = MeetingId.New(),
            Title = "步道照明",
            Place = "二楼会议室",
            On = new(2026, 3, 10),
            From = new(14, 30),
            To = new(16, 30),
            OrganiserId = host.Person("secretary").Id,
            PlannedAt = TemporaryHost.Now,
        };
        var publication = new Publication
        {
            OrganisationId = organisation,
            Id = PublicationId.New(),
            CaseId = CaseId.New(),
            Kind = PublicationKind.Meeting,
            MeetingId = meeting.Id,
            Title = "步道照明协商会",
            Places = 5,
            FirstAt = TemporaryHost.Now,
            PublishedAt = TemporaryHost.Now,
            ChangedAt = TemporaryHost.Now,
            ById = host.Person("secretary").Id,
        };
        await using var db = host.Database.Open();
        db.AddRange(meeting, publication,
            SignUp("BM2026-000001", "甲", "a@example.org", SignUpState.Placed),
            SignUp("BM2026-000002", "乙", null, SignUpState.Waiting),
            SignUp("BM2026-000003", null, null, SignUpState.Withdrawn));
        await db.SaveChangesAsync();
        return meeting.Id;

        SignUp SignUp(string number, string? name, string? email, SignUpState state) => new()
        {
            OrganisationId = organisation,
            Id = new SignUpId(Guid.CreateVersion7()),
            PublicationId = publication.Id,
            CaseId = publication.CaseId,
            Number = number,
            Name = name,
            Email = email,
            Phone = name is null ? null : "13800000001",
            State = state,
            FollowSecretHash = number,
            At = TemporaryHost.Now,
        };
    }
}

public sealed class SqliteSignUpTests(SqliteDatabase database)
    : SignUpContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlSignUpTests(PostgreSqlDatabase database)
    : SignUpContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerSignUpTests(SqlServerDatabase database)
    : SignUpContract(database), IClassFixture<SqlServerDatabase>;
