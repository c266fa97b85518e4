using Consultation.Cases.Rules;
using Consultation.Cases.Tasks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Storage;
using Consultation.Storage.Mail;
using Consultation.Testing.Databases;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Mail;

/// <summary>Messages of the second channel in the mail table, on every database product.</summary>
public abstract class ChannelContract(TestDatabase database)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(40);
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly DateTimeOffset _now = MailMaking.Noon;

    private Database Database => new(database.SharedDatabase);

    private MailQueue Queue => new(Database);

    [SkippableFact]
    public async Task Mails_and_messages_are_claimed_apart_and_come_back_whole()
    {
        await StartAsync();
        var (mail, message) = (MailMaking.Mail(), Message());
        await AddAsync(mail, message);

        (await Queue.ClaimDueAsync("sender", 10, _now, Lease, None)).Should().ContainSingle().Which.Id.Should()
            .Be(mail.Id);
        (await Queue.ClaimChannelAsync("sender", 10, _now, Lease, None)).Should().ContainSingle().Which.Should()
            .BeEquivalentTo(message, options => options.Excluding(row => row.LeasedBy)
                .Excluding(row => row.LeasedUntil).Excluding(row => row.Attempts));
    }

    [SkippableFact]
    public async Task Of_two_nodes_one_gets_a_message_and_the_other_takes_over_within_a_minute()
    {
        await StartAsync();
        await AddAsync([.. Enumerable.Range(0, 20).Select(_ => Message())]);

        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(node =>
            Task.Run(() => Queue.ClaimChannelAsync($"node {node}", 10, _now, Lease, None))));

        claims.SelectMany(claim => claim).Select(row => row.Id).Should().OnlyHaveUniqueItems();
        (await Queue.ClaimChannelAsync("other", 100, _now.AddSeconds(59), Lease, None))
            .Where(row => row.Attempts == 2).Should().NotBeEmpty()
            .And.OnlyContain(row => row.DeliveryNote == DeliveryNotes.MaybeTwiceByChannel);
    }

    [SkippableFact]
    public async Task A_failure_flags_the_open_task_and_adds_notice_and_mail_once()
    {
        await StartAsync();
        var task = MailMaking.Task();
        var message = Message(task);
        await AddAsync(task, message);
        await Queue.ClaimChannelAsync("sender", 10, _now, Lease, None);

        var (notice, instead) = (MailMaking.Mail(MailTemplateCatalogue.Undeliverable), message.AsMail(_now));
        (await Queue.MarkChannelFailedAsync(message.Id, "空号", notice, instead, None)).Should().BeTrue();
        (await Queue.MarkChannelFailedAsync(
            message.Id, "again", MailMaking.Mail(), message.AsMail(_now), None)).Should().BeFalse();

        (await RowAsync(message.Id)).Should().BeEquivalentTo(
            new { State = MailState.Failed, LastError = "空号", LeasedBy = (string?)null });
        await using var db = Database.Open();
        (await db.Mails.CountAsync()).Should().Be(3);
        (await db.Mails.SingleAsync(row => row.Id == instead!.Id)).Should().BeEquivalentTo(new
        {
            Way = MessageWay.Mail,
            RecipientAddress = "li.min@example.cn",
            MessageId = message.MessageId.Replace("<channel.", "<"),
            State = MailState.Pending,
            message.TaskId,
        });
        (await db.Tasks.SingleAsync(row => row.Id == task.Id)).Flag.Should().Contain("短信等通道无法送达")
            .And.Contain("已改发邮件");
    }

    [SkippableFact]
    public async Task Once_the_task_is_decided_a_failure_is_noted_and_nobody_is_written_to()
    {
        await StartAsync();
        var task = MailMaking.Task();
        var message = Message(task);
        (task.State, task.ClosedAt, message.State) = (TaskState.Done, _now, MailState.Sent);
        await AddAsync(task, message);

        await Queue.MarkChannelFailedAsync(
            message.Id, "停机", MailMaking.Mail(MailTemplateCatalogue.Undeliverable), message.AsMail(_now), None);

        (await RowAsync(message.Id)).State.Should().Be(MailState.Failed);
        await using var db = Database.Open();
        (await db.Mails.CountAsync()).Should().Be(1);
        (await db.Tasks.SingleAsync(row => row.Id == task.Id)).Flag.Should().BeNull();
    }

    [SkippableFact]
    public async Task A_report_of_arrival_counts_though_the_sender_has_not_noted_the_sending_yet()
    {
        await StartAsync();
        var message = Message();
        await AddAsync(message);
        await Queue.ClaimChannelAsync("sender", 10, _now, Lease, None);

        await Queue.MarkArrivedAsync(message.Id, _now.AddSeconds(1), None);
        await Queue.MarkSentAsync(message.Id, _now.AddSeconds(2), None);

        (await RowAsync(message.Id)).Should().BeEquivalentTo(
            new { State = MailState.Sent, ArrivedAt = _now.AddSeconds(1), DeliveryNote = DeliveryNotes.Arrived });
        (await Queue.ClaimChannelAsync("other", 10, _now.AddHours(1), Lease, None)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_report_of_failure_stands_though_the_sender_notes_the_sending_later()
    {
        await StartAsync();
        var message = Message();
        await AddAsync(message);
        await Queue.ClaimChannelAsync("sender", 10, _now, Lease, None);
        await Queue.MarkChannelFailedAsync(message.Id, "空号", null, null, None);

        await Queue.MarkSentAsync(message.Id, _now.AddSeconds(2), None);

        (await RowAsync(message.Id)).State.Should().Be(MailState.Failed);
        (await Queue.FindChannelAsync(message.Id, None)).Should().NotBeNull();
        (await Queue.FindChannelAsync(MailId.New(), None)).Should().BeNull();
    }

    [SkippableFact]
    public async Task The_ways_that_organisations_chose_are_read_by_kind()
    {
        await StartAsync();
        await using (var db = Database.Open())
        {
            await db.Set<HouseRule>().Where(rule => rule.Key.StartsWith("way-")).ExecuteDeleteAsync();
        }

        await AddAsync(
            new HouseRule { OrganisationId = new(MailMaking.Organisation), Key = "way-meeting", Value = "both" });

        (await new MailTemplateStore(Database, TimeProvider.System).WaysAsync(None)).Should().Contain(
            new KeyValuePair<(Guid, string), string>((MailMaking.Organisation, "meeting"), "both")).And.HaveCount(1);
    }

    private async Task StartAsync()
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        await using var db = Database.Open();
        await db.Mails.ExecuteDeleteAsync();
    }

    private async Task AddAsync(params object[] rows)
    {
        await using var db = Database.Open();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    private async Task<OutgoingMail> RowAsync(MailId id)
    {
        await using var db = Database.Open();
        return await db.Mails.AsNoTracking().SingleAsync(row => row.Id == id);
    }

    internal static OutgoingMail Message(WorkTask? task = null)
    {
        var options = MailMaking.Options();
        options.Channel.Url = new("https://sms.example.gov.cn/messages");
        return MailMaking.Composer(options).ComposeAll(
            MailMaking.Draft(task: task?.Id.Value) with
            {
                DueAt = MailMaking.Noon.AddDays(1),
                Recipient = new("li.min@example.cn", "李敏", "zh", Guid.NewGuid())
                {
                    ChannelAddress = "13800000000",
                    Ways = new Dictionary<string, string> { ["task"] = "channel" },
                },
            },
            MailMaking.Noon).Single();
    }
}

public sealed class SqliteChannelTests(SqliteDatabase database)
    : ChannelContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlChannelTests(PostgreSqlDatabase database)
    : ChannelContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerChannelTests(SqlServerDatabase database)
    : ChannelContract(database), IClassFixture<SqlServerDatabase>;
