using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Storage;
using Consultation.Storage.Mail;
using Consultation.Testing.Databases;
using Consultation.Testing.Mail;
using Consultation.Testing.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace Consultation.StorageTests.Mail;

/// <summary>
/// What the commit of a step does to the mails and links of a task whose revision the step raised, on every database
/// product (mail rules 2 and 8).
/// </summary>
public abstract class TaskMailContract(TestDatabase database)
{
    private static readonly DateTimeOffset Now = MailMaking.Noon.AddHours(1);
    private readonly District _district = new();

    [SkippableFact]
    public async Task Closing_a_task_cancels_its_pending_mail_and_revokes_its_links_and_no_other()
    {
        await using var db = Open();
        var (closed, other) = (MailMaking.Task(), MailMaking.Task());
        var (pending, sent, elsewhere) = (Mail(closed, secret: "Kq7"), Mail(closed), Mail(other));
        sent.State = MailState.Sent;
        var (message, messageElsewhere) = (ChannelContract.Message(closed), ChannelContract.Message(other));
        var (link, foreign) = (Link(closed), Link(other));
        await StoreAsync(closed, other, pending, sent, elsewhere, message, messageElsewhere, link, foreign);

        await SettleAsync(db, closed, Close);

        (await RowAsync(pending)).Should()
            .BeEquivalentTo(new
            {
                State = MailState.Cancelled,
                LastError = DeliveryNotes.TaskClosed,
                Secret = (string?)null,
            });
        (await RowAsync(sent)).State.Should().Be(MailState.Sent);
        (await RowAsync(elsewhere)).State.Should().Be(MailState.Pending);
        (await RowAsync(message)).State.Should().Be(MailState.Cancelled, "by whichever way it was to go");
        (await RowAsync(messageElsewhere)).State.Should().Be(MailState.Pending);
        (await RowAsync(link)).RevokedAt.Should().Be(Now);
        (await RowAsync(foreign)).RevokedAt.Should().BeNull();
    }

    [SkippableFact]
    public async Task A_digest_that_has_not_gone_out_is_cancelled_with_the_last_task_that_it_carries()
    {
        await using var db = Open();
        var (first, last) = (MailMaking.Task(), MailMaking.Task());
        var (one, two, digest, sent) = (Mail(first), Mail(last), Mail(MailMaking.Task()), Mail(MailMaking.Task()));
        foreach (var carried in new[] { one, two })
        {
            (carried.State, carried.CarriedById) = (MailState.Cancelled, digest.Id);
        }

        sent.State = MailState.Sent;
        await StoreAsync(first, last, one, two, digest, sent);

        await SettleAsync(db, first, Close);
        (await RowAsync(digest)).State.Should().Be(MailState.Pending, "the other task still waits");
        await using var later = Open();
        await SettleAsync(later, last, Close);

        (await RowAsync(digest)).State.Should().Be(MailState.Cancelled);
        (await RowAsync(one)).CarriedById.Should().Be(digest.Id, "the ledger keeps what was carried");
    }

    [SkippableFact]
    public async Task The_link_that_decided_is_marked_used_and_its_sisters_are_revoked()
    {
        await using var db = Open();
        var task = MailMaking.Task();
        var (used, sister) = (Link(task), Link(task));
        await StoreAsync(task, used, sister);

        await SettleAsync(db, task, Close, used);

        (await RowAsync(used)).Should().BeEquivalentTo(new
        {
            UsedAt = Now,
            UsedByOperation = used.OperationId,
            RevokedAt = (DateTimeOffset?)null,
        });
        (await RowAsync(sister)).Should().BeEquivalentTo(new { UsedAt = (DateTimeOffset?)null, RevokedAt = Now });
    }

    [SkippableFact]
    public async Task While_a_decision_is_held_pending_mail_is_cancelled_and_links_wait_for_a_take_back()
    {
        await using var db = Open();
        var task = MailMaking.Task();
        var (mail, used, other) = (Mail(task), Link(task), Link(task));
        task.Assignees.AddRange([Seat(used, "Confirm"), Seat(other)]);
        await StoreAsync(task, mail, used, other);

        await SettleAsync(db, task, one => one.HeldUntil = Now.AddMinutes(2), used);

        (await RowAsync(mail)).State.Should().Be(MailState.Cancelled);
        (await RowAsync(used)).Should().BeEquivalentTo(new { UsedAt = Now, RevokedAt = (DateTimeOffset?)null });
        (await RowAsync(other)).RevokedAt.Should().BeNull();

        await using var later = Open();
        await SettleAsync(later, task, one =>
        {
            one.HeldUntil = null;
            SeatOf(one, used).Outcome = null;
        });

        (await RowAsync(used)).Should().BeEquivalentTo(
            new { TaskRevision = 3, UsedAt = (DateTimeOffset?)null, UsedByOperation = (string?)null });
        (await RowAsync(other)).Should().BeEquivalentTo(new { TaskRevision = 3, RevokedAt = (DateTimeOffset?)null });
    }

    [SkippableFact]
    public async Task Who_was_replaced_loses_link_and_pending_mail_and_nobody_else_does()
    {
        await using var db = Open();
        var task = MailMaking.Task();
        var (left, stays) = (Link(task), Link(task));
        task.Assignees.AddRange([Seat(left), Seat(stays)]);
        var (toLeft, toStays) = (Mail(task, to: left.PersonId), Mail(task, to: stays.PersonId));
        await StoreAsync(task, left, stays, toLeft, toStays);

        await SettleAsync(db, task, one => SeatOf(one, left).Active = false);

        (await RowAsync(left)).RevokedAt.Should().Be(Now);
        (await RowAsync(toLeft)).State.Should().Be(MailState.Cancelled);
        (await RowAsync(stays)).Should().BeEquivalentTo(new { TaskRevision = 2, RevokedAt = (DateTimeOffset?)null });
        (await RowAsync(toStays)).State.Should().Be(MailState.Pending);
    }

    [SkippableFact]
    public async Task A_link_whose_answer_did_not_count_is_not_used_up()
    {
        await using var db = Open();
        var (task, other) = (MailMaking.Task(), MailMaking.Task());
        var link = Link(task);
        await StoreAsync(task, other, link);

        await SettleAsync(db, other, Close);

        (await RowAsync(link)).Should()
            .BeEquivalentTo(new { UsedAt = (DateTimeOffset?)null, RevokedAt = (DateTimeOffset?)null });
    }

    [SkippableFact]
    public async Task What_the_step_itself_adds_stays()
    {
        await using var db = Open();
        var task = MailMaking.Task();
        await StoreAsync(task);
        var (mail, link) = (Mail(task), Link(task));
        db.AddRange(mail, link);

        await SettleAsync(db, task, Close);

        (await RowAsync(mail)).State.Should().Be(MailState.Pending);
        (await RowAsync(link)).RevokedAt.Should().BeNull();
    }

    [SkippableFact]
    public async Task A_step_that_is_not_saved_changes_neither_mail_nor_link()
    {
        await using var db = Open();
        var task = MailMaking.Task();
        var (mail, link) = (Mail(task), Link(task));
        await StoreAsync(task, mail, link);

        await SettleAsync(db, task, Close, save: false);

        (await RowAsync(mail)).State.Should().Be(MailState.Pending);
        (await RowAsync(link)).RevokedAt.Should().BeNull();
    }

    private ConsultationDb Open()
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        return new Database(database.SharedDatabase).Open();
    }

    private static void Close(WorkTask task) => (task.State, task.ClosedAt) = (TaskState.Done, Now);

    /// <summary>A step that changes a task and raises its revision.</summary>
    private async Task SettleAsync(
        ConsultationDb db, WorkTask task, Action<WorkTask> change, ActionLink? used = null, bool save = true)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var row = await db.Tasks.SingleAsync(one => one.Id == task.Id);
        var file = FileOf(row);
        change(row);
        row.Revision++;
        if (used is not null) file.UsedLinks.Add(used.Id);
        await TaskMail.SettleAsync(db, [file], Now, CancellationToken.None);
        db.ChangeTracker.DetectChanges();
        if (save) await db.SaveChangesAsync();
    }

    private CaseFile FileOf(WorkTask task) => new(
        _district.Directory, _district.Calendar,
        new Case
        {
            OrganisationId = new(MailMaking.Organisation),
            Id = CaseId.New(),
            Kind = CaseKind.SixStep,
            Title = "河边步道",
            OpenedAt = Now,
        }, [])
    {
        Policies = new PolicySet(
            new Dictionary<string, ReminderPolicy>(), new Dictionary<string, EscalationLadder>()),
        Tasks = [task],
    };

    private static TaskAssignee SeatOf(WorkTask task, ActionLink link) =>
        task.Assignees.Single(seat => seat.PersonId.Value == link.PersonId);

    private static TaskAssignee Seat(ActionLink link, string? outcome = null) => new()
    {
        Id = Guid.CreateVersion7(),
        PersonId = new(link.PersonId),
        Outcome = outcome,
    };

    private async Task StoreAsync(params object[] rows)
    {
        await using var db = Open();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    private async Task<OutgoingMail> RowAsync(OutgoingMail mail)
    {
        await using var db = Open();
        return await db.Mails.AsNoTracking().SingleAsync(row => row.Id == mail.Id);
    }

    private async Task<ActionLink> RowAsync(ActionLink link)
    {
        await using var db = Open();
        return await db.ActionLinks.AsNoTracking().SingleAsync(row => row.Id == link.Id);
    }

    private static ActionLink Link(WorkTask task) => MailMaking.Link(task.Id.Value);

    private static OutgoingMail Mail(WorkTask task, string? secret = null, Guid? to = null)
    {
        var draft = MailMaking.Draft(task: task.Id.Value) with { Secret = secret };
        return MailMaking.Composer().Compose(
            to is null ? draft : draft with { Recipient = draft.Recipient with { PersonId = to } }, MailMaking.Noon);
    }
}

public sealed class SqliteTaskMailTests(SqliteDatabase database)
    : TaskMailContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlTaskMailTests(PostgreSqlDatabase database)
    : TaskMailContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerTaskMailTests(SqlServerDatabase database)
    : TaskMailContract(database), IClassFixture<SqlServerDatabase>;
