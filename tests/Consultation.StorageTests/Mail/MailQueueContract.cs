using Consultation.Cases;
using Consultation.Cases.Access;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Consultation.Storage;
using Consultation.Storage.Mail;
using Consultation.Testing;
using Consultation.Testing.Databases;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Mail;

/// <summary>What Mail's ports promise, on every database product.</summary>
public abstract class MailQueueContract(TestDatabase database)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly CancellationToken None = CancellationToken.None;
    private DateTimeOffset _now = MailMaking.Noon;

    private Database Database => new(database.SharedDatabase);

    private MailQueue Queue => new(Database);

    [SkippableFact]
    public async Task A_mail_is_claimed_by_one_sender_only()
    {
        await StartAsync();
        var mails = Enumerable.Range(0, 30).Select(_ => Mail()).ToArray();
        await AddAsync([.. mails]);

        var claims = await Task.WhenAll(Enumerable.Range(0, 6).Select(sender =>
            Task.Run(() => Queue.ClaimDueAsync($"sender {sender}", 10, _now, Lease, None))));

        var claimed = claims.SelectMany(claim => claim).Select(mail => mail.Id).ToList();
        claimed.Should().OnlyHaveUniqueItems().And.BeSubsetOf(mails.Select(mail => mail.Id)).And.NotBeEmpty();
    }

    [SkippableFact]
    public async Task A_sender_that_waits_is_woken_by_the_commit_of_a_mail_that_can_leave_now_and_by_no_other()
    {
        await StartAsync();
        var database = Database;
        var waiting = new MailQueue(database).WaitAsync(TimeSpan.FromHours(1), new FakeClock(_now), None);

        foreach (var later in new[]
        {
            Mail(draft => draft with { NotBefore = _now.AddHours(1) }),
            Mail(draft => draft with { DigestLine = "一项任务" }),
        })
        {
            await using var db = database.Open();
            db.Add(later);
            await db.SaveChangesAsync();
        }

        waiting.IsCompleted.Should().BeFalse("nothing can leave yet");
        await using (var db = database.Open())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Add(Mail());
            await db.SaveChangesAsync();
            waiting.IsCompleted.Should().BeFalse("it is not committed");
            await transaction.CommitAsync();
            db.TellOfMail();
        }

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [SkippableFact]
    public async Task Only_mail_whose_time_has_come_is_claimed_and_comes_back_whole()
    {
        await StartAsync();
        var due = Mail(
            draft => draft with
            {
                Link = MailMaking.Link(),
                Attachments =
                    [new() { Id = Guid.NewGuid(), Name = "会议.ics", ContentType = "text/calendar", Content = [1, 2] }],
            });
        await AddAsync(due, Mail(draft => draft with { NotBefore = _now.AddMinutes(1) }),
            Mail(draft => draft with { DigestLine = "一项任务" }));

        var claimed = (await Queue.ClaimDueAsync("sender", 10, _now, Lease, None)).Should().ContainSingle().Subject;

        claimed.Should()
            .BeEquivalentTo(due, options => options.Excluding(mail => mail.LeasedBy).Excluding(mail => mail.LeasedUntil)
                .Excluding(mail => mail.Attempts));
        claimed.Attempts.Should().Be(1);
        claimed.LeasedUntil.Should().Be(_now + Lease);
    }

    [SkippableFact]
    public async Task A_lease_that_ended_without_a_result_is_taken_over_with_a_note()
    {
        await StartAsync();
        await AddAsync(Mail());
        await Queue.ClaimDueAsync("sender", 10, _now, Lease, None);

        (await Queue.ClaimDueAsync("other", 10, _now + Lease, Lease, None)).Should().BeEmpty();
        var again = await Queue.ClaimDueAsync("other", 10, _now + Lease + TimeSpan.FromSeconds(1), Lease, None);

        again.Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new { Attempts = 2, DeliveryNote = DeliveryNotes.MaybeTwice });
    }

    [SkippableFact]
    public async Task A_mail_that_is_given_back_is_as_if_it_had_not_been_claimed()
    {
        await StartAsync();
        var (mine, taken) = (Mail(), Mail());
        await AddAsync(mine, taken);
        var claimed = await Queue.ClaimDueAsync("sender", 10, _now, Lease, None);
        _now += Lease + TimeSpan.FromSeconds(1);
        await Queue.ClaimDueAsync("other", 1, _now, Lease, None);

        await Queue.GiveBackAsync(claimed, null, None);

        var rows = new[] { await RowAsync(mine), await RowAsync(taken) };
        rows.Should().ContainSingle(row => row.Attempts == 0 && row.LeasedBy == null && row.LeasedUntil == null);
        rows.Should().ContainSingle(row => row.Attempts == 2 && row.LeasedUntil == _now + Lease, "it is another's now");
    }

    [SkippableFact]
    public async Task A_sent_mail_keeps_no_secret_and_is_not_claimed_again()
    {
        await StartAsync();
        var mail = Mail(draft => draft with { Secret = "Kq7" });
        await AddAsync(mail);
        await Queue.ClaimDueAsync("sender", 10, _now, Lease, None);

        await Queue.MarkSentAsync(mail.Id, _now, None);

        (await RowAsync(mail)).Should()
            .BeEquivalentTo(new
            {
                State = MailState.Sent,
                SentAt = _now,
                Secret = (string?)null,
                LeasedBy = (string?)null,
            });
        (await Queue.ClaimDueAsync("sender", 10, _now.AddDays(1), Lease, None)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_mail_to_be_tried_again_waits_for_its_instant()
    {
        await StartAsync();
        var mail = Mail();
        await AddAsync(mail);
        await Queue.ClaimDueAsync("sender", 10, _now, Lease, None);

        await Queue.MarkRetryAsync(mail.Id, "451 later", null, _now.AddMinutes(1), None);

        (await Queue.ClaimDueAsync("sender", 10, _now.AddSeconds(59), Lease, None)).Should().BeEmpty();
        (await Queue.ClaimDueAsync("sender", 10, _now.AddMinutes(1), Lease, None)).Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new { Attempts = 2, LastError = "451 later", DeliveryNote = (string?)null });
    }

    [SkippableFact]
    public async Task A_mail_that_may_have_arrived_keeps_that_note_whatever_happens_to_it_later()
    {
        await StartAsync();
        var mail = Mail();
        await AddAsync(mail);
        await Queue.ClaimDueAsync("sender", 10, _now, Lease, None);
        await Queue.MarkRetryAsync(mail.Id, "broken", DeliveryNotes.MaybeTwice, _now.AddMinutes(1), None);
        await Queue.ClaimDueAsync("sender", 10, _now.AddMinutes(1), Lease, None);

        await Queue.MarkRetryAsync(mail.Id, "451 later", null, _now.AddMinutes(2), None);

        (await Queue.ClaimDueAsync("sender", 10, _now.AddMinutes(2), Lease, None)).Should().ContainSingle()
            .Which.Should().BeEquivalentTo(new { LastError = "451 later", DeliveryNote = DeliveryNotes.MaybeTwice });
    }

    [SkippableFact]
    public async Task A_permanent_failure_flags_the_task_and_writes_the_notice_with_it()
    {
        await StartAsync();
        var task = MailMaking.Task();
        var (mail, notice) = (Mail(draft => draft with { TaskId = task.Id.Value }), Mail());
        await AddAsync(task, mail);

        await Queue.MarkFailedAsync(mail.Id, "550 no such user", notice, _now, None);

        (await RowAsync(mail)).Should()
            .BeEquivalentTo(new { State = MailState.Failed, LastError = "550 no such user" });
        (await RowAsync(notice)).State.Should().Be(MailState.Pending);
        await using var db = Database.Open();
        (await db.Tasks.SingleAsync(row => row.Id == task.Id)).Flag.Should()
            .Contain("邮件无法送达").And.Contain(mail.RecipientAddress);
    }

    [SkippableFact]
    public async Task A_digest_takes_what_it_carries_out_of_the_queue_once()
    {
        await StartAsync();
        var carried =
            new[] { Mail(draft => draft with { DigestLine = "一" }), Mail(draft => draft with { DigestLine = "二" }) };
        await AddAsync([.. carried]);
        _now = carried[0].NotBefore;
        var due = await Queue.DueForDigestAsync(10, _now, None);
        var (digest, second) = (Mail(), Mail());

        var first = await Queue.AddDigestAsync(digest, [.. due.Select(mail => mail.Id)], _now, None);
        var again = await Queue.AddDigestAsync(second, [.. due.Select(mail => mail.Id)], _now, None);

        due.Select(mail => mail.DigestLine).Should().BeEquivalentTo("一", "二");
        (first, again).Should().Be((true, false));
        (await RowAsync(carried[0])).CarriedById.Should().Be(digest.Id);
        (await Queue.DueForDigestAsync(10, _now, None)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_link_is_found_by_its_hash_with_its_task_as_it_stands()
    {
        await StartAsync();
        var task = MailMaking.Task();
        var link = MailMaking.Link(task.Id.Value);
        await AddAsync(task, link);
        var store = new ActionLinkStore(Database);

        var stored = await store.FindByHashAsync(link.TokenHash, None);

        stored!.Link.Should().BeEquivalentTo(link);
        (stored.TaskOpen, stored.TaskRevision).Should().Be((true, 1));
        (await store.FindByHashAsync(new string('0', 64), None)).Should().BeNull();
    }

    [SkippableFact]
    public async Task An_edited_template_replaces_the_earlier_one_and_can_be_taken_back()
    {
        await StartAsync();
        var store = new MailTemplateStore(Database, TimeProvider.System);

        await store.SaveAsync(Template("一"), None);
        await store.SaveAsync(Template("二"), None);
        (await store.LoadAllAsync(None)).Should().ContainSingle().Which.Subject.Should().Be("二");
        await store.RemoveAsync(MailMaking.Organisation, MailTemplateCatalogue.Reminder, "zh", "wang", None);

        (await store.LoadAllAsync(None)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task The_outbox_shows_one_organisation_s_mail_by_state_case_task_and_text()
    {
        await StartAsync();
        var mail = Mail();
        var foreign = Mail(draft => draft with { OrganisationId = Guid.NewGuid() });
        await AddAsync(mail, foreign, Mail(draft => draft with { Recipient = new("zhao@example.cn", "赵六") }));
        var reader = new OutboxReader(
            Database, new ActionLinkMint(MailMaking.Ring), new(MailMaking.Ring), MailMaking.Options());
        var ours = Scope();

        (await reader.ListAsync(ours, new(), None)).Total.Should().Be(2);
        (await reader.ListAsync(ours, new() { Text = "赵六" }, None)).Items.Should().ContainSingle();
        (await reader.ListAsync(ours, new() { TaskId = new(mail.TaskId!.Value) }, None)).Items.Single().Id.Should()
            .Be(mail.Id);
        (await reader.ListAsync(
            ours, new() { CaseId = new(mail.CaseId!.Value), State = MailState.Pending }, None)).Total.Should().Be(1);
        (await reader.ListAsync(ours, new() { State = MailState.Failed }, None)).Total.Should().Be(0);
        (await reader.ListAsync(ours, new() { Skip = 1, Take = 1 }, None)).Items.Should().ContainSingle();
        (await reader.FindAsync(ours, foreign.Id, triesOut: true, None)).Should().BeNull();
    }

    [SkippableFact]
    public async Task Mails_of_a_restricted_case_are_in_the_outbox_for_cleared_people_alone()
    {
        await StartAsync();
        var file = new Case
        {
            OrganisationId = new(MailMaking.Organisation),
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "限制查看事项",
            Restricted = true,
            OpenedAt = _now,
        };
        var (kept, other) = (Mail(draft => draft with { CaseId = file.Id.Value }), Mail());
        await AddAsync(file, kept, other);
        var reader = new OutboxReader(
            Database, new ActionLinkMint(MailMaking.Ring), new(MailMaking.Ring), MailMaking.Options());
        var (office, secretary) = (Scope(Role.Administrator), Scope(Role.Secretary));

        (await reader.ListAsync(office, new(), None)).Items.Should().ContainSingle().Which.Id.Should().Be(other.Id);
        (await reader.FindAsync(office, kept.Id, triesOut: true, None)).Should().BeNull();
        (await reader.ListAsync(secretary, new(), None)).Total.Should().Be(2);
        (await reader.FindAsync(secretary, kept.Id, triesOut: false, None)).Should().NotBeNull();
    }

    /// <summary>What somebody with a role over the whole organisation of the mails sees.</summary>
    private static CaseScope Scope(Role role = Role.Administrator)
    {
        var id = new OrganisationId(MailMaking.Organisation);
        var person = new Person { OrganisationId = id, Id = PersonId.New(), Name = "某人" };
        var organisation = new Organisation { Id = id, Name = new("通州"), Slug = "mails", CreatedAt = MailMaking.Noon };
        return CaseScope.Of(person.Id, new(organisation, [], [person],
            [new RoleGrant { OrganisationId = id, Id = Guid.NewGuid(), PersonId = person.Id, Role = role }], []));
    }

    [SkippableFact]
    public async Task Links_in_the_outbox_work_for_an_administrator_without_a_mail_server_and_for_nobody_else()
    {
        await StartAsync();
        var link = MailMaking.Link();
        var mail = Mail(draft => draft with { Link = link });
        await AddAsync(mail, link);
        var mint = new ActionLinkMint(MailMaking.Ring);
        var reader = new OutboxReader(Database, mint, new(MailMaking.Ring), MailMaking.Options());
        var ours = Scope();

        var shown = await reader.FindAsync(ours, mail.Id, triesOut: true, None);
        var hidden = await reader.FindAsync(ours, mail.Id, triesOut: false, None);

        shown!.Text.Should().Contain(mint.TokenOf(link));
        hidden!.Text.Should().NotContain(mint.TokenOf(link)).And.NotContain("{{");
    }

    [SkippableFact]
    public async Task A_failed_mail_goes_back_into_the_queue_with_a_line_of_history_and_its_task_unflagged()
    {
        await StartAsync();
        var task = MailMaking.Task();
        var mail = Mail(draft => draft with { TaskId = task.Id.Value });
        await AddAsync(task, mail);
        await Queue.ClaimDueAsync("sender", 10, _now, Lease, None);
        await Queue.MarkFailedAsync(mail.Id, "550 no such user", null, _now, None);
        var actor = Guid.NewGuid();

        var first = await Outbox.SendAgainAsync(MailMaking.Organisation, mail.Id, actor, None);
        var second = await Outbox.SendAgainAsync(MailMaking.Organisation, mail.Id, actor, None);

        (first, second).Should()
            .Match<(SendAgainResult, SendAgainResult)>(
                both => both.Item1 is SendAgainResult.Queued && both.Item2 is SendAgainResult.Refused);
        (await Queue.ClaimDueAsync("sender", 10, _now.AddHours(1), Lease, None)).Should()
            .ContainSingle().Which.MessageId.Should().Be(mail.MessageId);
        await using var db = Database.Open();
        (await db.Tasks.SingleAsync(row => row.Id == task.Id)).Flag.Should().BeNull();
        var line = await db.History.SingleAsync(row => row.TaskId == task.Id);
        (line.Verb, line.ActorId).Should().Be(("mail.resent", new PersonId(actor)));
    }

    [SkippableFact]
    public async Task What_is_no_longer_needed_foreign_or_secret_is_not_sent_again()
    {
        await StartAsync();
        var task = MailMaking.Task();
        (task.State, task.ClosedAt) = (TaskState.Done, _now);
        var decided = Mail(draft => draft with { TaskId = task.Id.Value });
        var secret = Mail(draft => draft with
        {
            TaskId = null,
            Secret = "Kq7",
            Values = new Dictionary<string,
            object?>(draft.Values)
            { ["question"] = MailPlaceholder.Secret },
        });
        await AddAsync(task, decided, secret);
        await Queue.MarkFailedAsync(decided.Id, "550", null, _now, None);
        await Queue.MarkFailedAsync(secret.Id, "550", null, _now, None);

        (await Outbox.SendAgainAsync(MailMaking.Organisation, decided.Id, Guid.NewGuid(), None))
            .Should().BeOfType<SendAgainResult.Refused>().Which.En.Should().Contain("decided");
        (await Outbox.SendAgainAsync(MailMaking.Organisation, secret.Id, Guid.NewGuid(), None))
            .Should().BeOfType<SendAgainResult.Refused>().Which.En.Should().Contain("no longer kept");
        (await Outbox.SendAgainAsync(Guid.NewGuid(), secret.Id, Guid.NewGuid(), None))
            .Should().BeOfType<SendAgainResult.Refused>();
        (await RowAsync(decided)).State.Should().Be(MailState.Failed);
    }

    private MailResend Outbox => new(Database, new MailClock(_now));

    private async Task StartAsync()
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        await using var db = Database.Open();
        await db.Mails.ExecuteDeleteAsync();
    }

    /// <summary>Writes rows as a step would.</summary>
    private async Task AddAsync(params object[] rows)
    {
        await using var db = Database.Open();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    private static OutgoingMail Mail(Func<MailDraft, MailDraft>? change = null) =>
        MailMaking.Composer().Compose((change ?? (draft => draft))(MailMaking.Draft()), MailMaking.Noon);

    private static MailTemplate Template(string subject) => new()
    {
        OrganisationId = MailMaking.Organisation,
        Key = MailTemplateCatalogue.Reminder,
        Language = "zh",
        Subject = subject,
        Text = "正文",
        UpdatedAt = MailMaking.Noon,
    };

    private async Task<OutgoingMail> RowAsync(OutgoingMail mail)
    {
        await using var db = Database.Open();
        return await db.Mails.AsNoTracking().SingleAsync(row => row.Id == mail.Id);
    }
}

public sealed class SqliteMailQueueTests(SqliteDatabase database)
    : MailQueueContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlMailQueueTests(PostgreSqlDatabase database)
    : MailQueueContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerMailQueueTests(SqlServerDatabase database)
    : MailQueueContract(database), IClassFixture<SqlServerDatabase>;
