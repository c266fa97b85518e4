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
/// What the commit of a step does to the mails and links of a task that the step closed, on every database product
/// (mail rules 2 and 8).
/// </summary>
public abstract class TaskMailContract(TestDatabase database)
{
    private static readonly DateTimeOffset Now = MailMaking.Noon.AddHours(1);
    private readonly District _district = new();

    [SkippableFact]
    public async Task Closing_a_task_cancels_its_pending_mail_and_revokes_its_links_and_no_other()
    {
        await using var db = Open();
        var (closed, other) = (TaskId.New(), TaskId.New());
        var (pending, sent, elsewhere) = (Mail(closed, secret: "Kq7"), Mail(closed), Mail(other));
        sent.State = MailState.Sent;
        var (link, foreign) = (Link(closed), Link(other));
        await StoreAsync(pending, sent, elsewhere, link, foreign);

        await SettleAsync(db, closed);

        (await RowAsync(pending)).Should()
            .BeEquivalentTo(new
            {
                State = MailState.Cancelled,
                LastError = DeliveryNotes.TaskClosed,
                Secret = (string?)null,
            });
        (await RowAsync(sent)).State.Should().Be(MailState.Sent);
        (await RowAsync(elsewhere)).State.Should().Be(MailState.Pending);
        (await RowAsync(link)).RevokedAt.Should().Be(Now);
        (await RowAsync(foreign)).RevokedAt.Should().BeNull();
    }

    [SkippableFact]
    public async Task The_link_that_decided_is_marked_used_and_its_sisters_are_revoked()
    {
        await using var db = Open();
        var task = TaskId.New();
        var (used, sister) = (Link(task), Link(task));
        await StoreAsync(used, sister);

        await SettleAsync(db, task, used);

        (await RowAsync(used)).Should().BeEquivalentTo(new
        {
            UsedAt = Now,
            UsedByOperation = used.OperationId,
            RevokedAt = (DateTimeOffset?)null,
        });
        (await RowAsync(sister)).Should().BeEquivalentTo(new { UsedAt = (DateTimeOffset?)null, RevokedAt = Now });
    }

    [SkippableFact]
    public async Task A_link_whose_answer_did_not_count_is_not_used_up()
    {
        await using var db = Open();
        var link = Link(TaskId.New());
        await StoreAsync(link);

        await SettleAsync(db, TaskId.New());

        (await RowAsync(link)).Should()
            .BeEquivalentTo(new { UsedAt = (DateTimeOffset?)null, RevokedAt = (DateTimeOffset?)null });
    }

    [SkippableFact]
    public async Task What_the_step_itself_adds_stays()
    {
        await using var db = Open();
        var task = TaskId.New();
        var (mail, link) = (Mail(task), Link(task));
        db.AddRange(mail, link);

        await SettleAsync(db, task);

        (await RowAsync(mail)).State.Should().Be(MailState.Pending);
        (await RowAsync(link)).RevokedAt.Should().BeNull();
    }

    [SkippableFact]
    public async Task A_step_that_is_not_saved_changes_neither_mail_nor_link()
    {
        await using var db = Open();
        var task = TaskId.New();
        var (mail, link) = (Mail(task), Link(task));
        await StoreAsync(mail, link);

        await TaskMail.SettleAsync(db, [FileOf(task)], Now, CancellationToken.None);

        (await RowAsync(mail)).State.Should().Be(MailState.Pending);
        (await RowAsync(link)).RevokedAt.Should().BeNull();
    }

    private ConsultationDb Open()
    {
        Skip.If(database.WhyNot is not null, database.WhyNot);
        return new Database(database.SharedDatabase).Open();
    }

    private async Task SettleAsync(ConsultationDb db, TaskId closed, ActionLink? used = null)
    {
        var file = FileOf(closed);
        if (used is not null) file.UsedLinks.Add(used.Id);
        await TaskMail.SettleAsync(db, [file], Now, CancellationToken.None);
        await db.SaveChangesAsync();
    }

    private CaseFile FileOf(TaskId closed)
    {
        var file = new CaseFile(
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
        };
        file.CancelMailOf.Add(closed);
        return file;
    }

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

    private static ActionLink Link(TaskId task) => MailMaking.Link(task.Value);

    private static OutgoingMail Mail(TaskId task, string? secret = null) =>
        MailMaking.Composer().Compose(MailMaking.Draft(task: task.Value) with { Secret = secret }, MailMaking.Noon);
}

public sealed class SqliteTaskMailTests(SqliteDatabase database)
    : TaskMailContract(database), IClassFixture<SqliteDatabase>;

public sealed class PostgreSqlTaskMailTests(PostgreSqlDatabase database)
    : TaskMailContract(database), IClassFixture<PostgreSqlDatabase>;

public sealed class SqlServerTaskMailTests(SqlServerDatabase database)
    : TaskMailContract(database), IClassFixture<SqlServerDatabase>;
