using Consultation.Mail.Incoming;
using Consultation.Storage;
using Consultation.Storage.Mail;
using Consultation.Testing.Databases;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Mail;

/// <summary>What the ports of incoming mail promise, on every database product.</summary>
public abstract class IncomingStoreContract(TestDatabase database)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly MailClock _clock = new(MailMaking.Noon);

    private Database Database => new(database.SharedDatabase);
    private IncomingStore Store => new(Database, _clock);

    [SkippableFact]
    public async Task A_message_is_kept_once_however_many_keep_it_at_once()
    {
        await StartAsync();
        var key = Guid.NewGuid().ToString("N");

        var kept = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            Task.Run(() => Store.AddAsync(Mail(key), IncomingEffects.None, None))));

        kept.Count(one => one).Should().Be(1);
        (await Store.FindAsync(key, None)).Should()
            .BeEquivalentTo(Mail(key), options => options.Excluding(one => one.Id));
    }

    [SkippableFact]
    public async Task A_sender_is_answered_once_a_day_whoever_writes_the_answer()
    {
        await StartAsync();
        var address = $"{Guid.NewGuid():N}@example.org";

        await Task.WhenAll(Enumerable.Range(0, 4).Select(one =>
            Task.Run(() => Store.AddAsync(Mail(from: address), Answer(address, 5), None))));
        await Store.AddAsync(Mail(from: address), Answer(address, 6), None);

        await using var db = Database.Open();
        (await db.Mails.CountAsync(mail => mail.RecipientAddress == address)).Should().Be(2, "one for each day");
        (await db.IncomingMails.CountAsync(row => row.FromAddress == address && row.AnsweredAt != null)).Should().Be(2);
    }

    [SkippableFact]
    public async Task What_was_to_decide_is_found_again_until_it_is_settled_and_settled_once()
    {
        await StartAsync();
        var mail = Mail(state: IncomingState.Taken);
        await Store.AddAsync(mail, IncomingEffects.None, None);

        (await Store.UnsettledAsync(MailMaking.Noon.AddMinutes(1), None)).Select(row => row.Id).Should()
            .Contain(mail.Id);
        (await Store.UnsettledAsync(MailMaking.Noon, None)).Select(row => row.Id).Should().NotContain(mail.Id);
        await Store.SettleAsync(mail, IncomingReason.Overtaken, "why", IncomingEffects.None, None);
        await Store.SettleAsync(mail, IncomingReason.Refused, "again", IncomingEffects.None, None);

        (await Store.UnsettledAsync(MailMaking.Noon.AddMinutes(1), None)).Select(row => row.Id).Should()
            .NotContain(mail.Id);
        (await Store.FindAsync(mail.Key, None))!.Should().BeEquivalentTo(
            new { State = IncomingState.Waiting, Reason = IncomingReason.Overtaken, Detail = "why" });
    }

    [SkippableFact]
    public async Task A_person_marks_once_and_only_what_waits()
    {
        await StartAsync();
        var (waiting, noted) = (Mail(), Mail(state: IncomingState.Noted));
        await Store.AddAsync(waiting, IncomingEffects.None, None);
        await Store.AddAsync(noted, IncomingEffects.None, None);
        var (who, organisation) = (Guid.NewGuid(), MailMaking.Organisation);

        (await Store.HandleAsync(organisation, waiting.Id, who, "done", None)).Should().BeTrue();
        (await Store.HandleAsync(organisation, waiting.Id, who, "again", None)).Should().BeFalse();
        (await Store.HandleAsync(organisation, noted.Id, who, "x", None)).Should().BeFalse();
        (await Store.HandleAsync(Guid.NewGuid(), noted.Id, who, "x", None)).Should().BeFalse();
    }

    [SkippableFact]
    public async Task A_later_mail_of_the_same_person_about_the_same_task_is_known()
    {
        await StartAsync();
        var (task, person) = (Guid.NewGuid(), Guid.NewGuid());
        var decided = Mail(state: IncomingState.Decided, task: task, person: person);
        await Store.AddAsync(decided, IncomingEffects.None, None);

        (await Store.HasLaterAsync(task, person, MailMaking.Noon, None)).Should().BeTrue();
        (await Store.HasLaterAsync(task, person, MailMaking.Noon.AddSeconds(1), None)).Should().BeFalse();
        (await Store.HasLaterAsync(task, Guid.NewGuid(), MailMaking.Noon, None)).Should().BeFalse();
        (await Store.HasLaterAsync(Guid.NewGuid(), person, MailMaking.Noon, None)).Should().BeFalse();
    }

    [SkippableFact]
    public async Task The_lease_is_held_by_one_reader_until_it_ends_or_is_given_back()
    {
        await StartAsync();
        var lease = new ReaderLease(Database, _clock);
        await using (var db = Database.Open()) await db.Leases.ExecuteDeleteAsync();
        var length = TimeSpan.FromMinutes(2);

        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(one =>
            Task.Run(() => lease.TakeAsync($"reader {one}", length, None))));

        var holder = $"reader {Array.IndexOf(taken, true)}";
        taken.Count(one => one).Should().Be(1);
        (await lease.TakeAsync(holder, length, None)).Should().BeTrue("the holder prolongs it");
        (await lease.TakeAsync("another", length, None)).Should().BeFalse();
        _clock.Now += TimeSpan.FromMinutes(3);
        (await lease.TakeAsync("another", length, None)).Should().BeTrue("the holder has stopped");
        await lease.GiveBackAsync(holder, None);
        (await lease.TakeAsync("third", length, None)).Should().BeFalse("who does not hold it gives nothing back");
        await lease.GiveBackAsync("another", None);
        (await lease.TakeAsync("third", length, None)).Should().BeTrue();
    }

    private Task StartAsync()
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        return Task.CompletedTask;
    }

    private static IncomingEffects Answer(string address, int day) => new()
    {
        Answer = MailMaking.Mail("reply-kept", address),
        AnswerDay = new(2026, 3, day),
    };

    private static IncomingMail Mail(
        string? key = null, string from = "li.min@example.org", IncomingState state = IncomingState.Waiting,
        Guid? task = null, Guid? person = null) => new()
        {
            OrganisationId = MailMaking.Organisation,
            Id = IncomingMailId.New(MailMaking.Noon),
            Key = key ?? Guid.NewGuid().ToString("N"),
            MessageId = "a@example.org",
            Kind = IncomingKind.Reply,
            ReceivedAt = MailMaking.Noon,
            SentAt = MailMaking.Noon,
            FromAddress = from,
            FromName = "李敏",
            Subject = "回复：请您审批",
            Text = "我再看看",
            State = state,
            Reason = IncomingReason.NoWord,
            TaskId = task,
            PersonId = person,
            Word = ReplyWord.Agree,
        };
}

public sealed class SqliteIncomingStoreTests(SqliteDatabase database)
    : IncomingStoreContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlIncomingStoreTests(PostgreSqlDatabase database)
    : IncomingStoreContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerIncomingStoreTests(SqlServerDatabase database)
    : IncomingStoreContract(database), IClassFixture<SqlServerDatabase>;
