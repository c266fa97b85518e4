using System.Net;
using System.Text;
using Consultation.Activities.Desk.Incoming;
using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Mail;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Incoming;
using Consultation.Mail.Outgoing;
using Consultation.Testing.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Consultation.ServerTests.Mail.Incoming.ReplyDesk;

namespace Consultation.ServerTests.Mail.Incoming;

/// <summary>Replies to the mails of tasks, posted by a mail server, on the whole host.</summary>
public sealed class ReplyTests(ReplyDesk desk) : IClassFixture<ReplyDesk>
{
    [Fact]
    public async Task A_reply_of_whom_it_was_sent_to_decides_once_and_is_marked_with_the_step()
    {
        var (task, mail, to) = await desk.AskedAsync();
        var letter = From(await desk.AddressAsync("director"), to, "同意\n请抓紧办理。\n\n> 请您审批\n");

        (await desk.PostAsync(letter)).Should().Be(HttpStatusCode.OK);
        (await desk.PostAsync(letter)).Should().Be(HttpStatusCode.OK, "a mail that comes twice is taken once");
        (await desk.PostAsync(letter with { MessageId = "another@sample.example.org" })).Should().Be(HttpStatusCode.OK);

        var kept = await desk.KeptAsync(task);
        kept.Select(row => (row.State, row.Reason)).Should().Equal(
            (IncomingState.Decided, IncomingReason.None), (IncomingState.Waiting, IncomingReason.Answered));
        var seat = (await desk.NowAsync(task)).Assignees.Single();
        (seat.Outcome, seat.Reason, seat.Channel).Should().Be(("Confirm", "请抓紧办理。", "mail"));
        await using var db = desk.Open();
        (await db.ActionLinks.AsNoTracking().SingleAsync(link => link.Id == mail.LinkIds[0])).UsedAt.Should()
            .NotBeNull();
        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync($"/tasks/{task.Id.Value}");
        secretary.Text.Should().Contain("邮件回复");
    }

    [Fact]
    public async Task The_mail_says_how_to_reply_and_where_to()
    {
        var (_, mail, to) = await desk.AskedAsync();

        mail.TextBody.Should().Contain("也可以直接回复本邮件：第一行只写“同意”、“退回”、“不同意”中的一个");
        mail.HtmlBody.Should().Contain("也可以直接回复本邮件").And.NotContain("请不要直接回复");
        var file = Directory.EnumerateFiles(Path.Combine(desk.Folder, "outbox"), "*.eml")
            .Select(path => ReadMime.Of(File.ReadAllText(path))).Single(one => $"<{one.MessageId}>" == mail.MessageId);
        file.ReplyTo.Mailboxes.Single().Address.Should().Be(to);
    }

    [Fact]
    public async Task What_did_not_count_is_kept_shown_and_answered_once_a_day()
    {
        var (task, _, to) = await desk.AskedAsync();
        var address = await desk.AddressAsync("director");
        await desk.PostAsync(From(address, to, "我再看看\n\n> 同意\n"));
        await desk.PostAsync(From(address, to, "那就退回吧\n"));

        (await desk.NowAsync(task)).Assignees.Single().Outcome.Should().BeNull();
        var kept = await desk.KeptAsync(task);
        kept.Should().OnlyContain(row => row.State == IncomingState.Waiting && row.Reason == IncomingReason.NoWord);
        kept.Count(row => row.AnsweredAt is not null).Should().BeLessThanOrEqualTo(1);
        await using var db = desk.Open();
        var answers = await db.Mails.AsNoTracking()
            .Where(mail => mail.Purpose == "reply-kept" && mail.RecipientAddress == address).ToListAsync();
        answers.Should().ContainSingle("once for each sender and day");
        answers[0].TextBody.Should().NotContain("我再看看", "an answer repeats nothing of what came in");

        using var secretary = await desk.AsAsync("secretary");
        await secretary.GetAsync("/mail/incoming");
        secretary.Text.Should().Contain("第一行不是单独的一个答复词");
        await secretary.GetAsync($"/cases/{task.CaseId}?tab=mails");
        secretary.Text.Should().Contain("收到的邮件").And.Contain("待处理");
        var page = $"/mail/incoming/{kept[0].Id.Value:N}";
        await secretary.GetAsync(page);
        secretary.Text.Should().Contain("我再看看");
        secretary.Page.QuerySelector($"a[href='/tasks/{task.Id.Value}?behalf=1#answer']").Should().NotBeNull();
        await secretary.PostAsync("handled", new() { ["note"] = "已电话核实" });
        await secretary.GetAsync(page);
        secretary.Text.Should().Contain("已电话核实").And.NotContain("标为已处理");
        (await desk.KeptAsync(task))[0].State.Should().Be(IncomingState.Handled);
    }

    [Fact]
    public async Task Nobody_decides_or_is_answered_by_a_mail_that_is_not_the_person_s_own()
    {
        var (task, _, to) = await desk.AskedAsync();
        var (other, _, _) = await desk.AskedAsync();
        var (director, secretary) = (await desk.AddressAsync("director"), await desk.AddressAsync("secretary"));
        var good = From(director, to, "同意\n");
        Letter[] hostile =
        [
            good with { Results = null },
            good with { Results = "dmarc=fail header.from=sample.example.org" },
            good with { AuthServId = "mx.elsewhere.example" },
            good with
            {
                Results = null,
                More = [$"Authentication-Results: {Letter.Relay}; dmarc=pass header.from=sample.example.org"],
            },
            From(secretary, to, "同意\n"),
            From("stranger@elsewhere.example", to, "同意\n"),
            good with { To = Letter.Template.Replace("{token}", new string('a', 32), StringComparison.Ordinal) },
            good with { To = to.ToUpperInvariant().Replace("+", "-", StringComparison.Ordinal) },
            good with { Date = Letter.At(desk.Now.AddDays(-30)) },
            good with { More = ["Auto-Submitted: auto-replied"] },
            good with { More = ["Precedence: bulk"] },
            good with { More = ["List-Id: <xieshang.tongzhou.example.gov.cn>"] },
            good with { Body = "Content-Type: text/html; charset=utf-8\n\n<p>同意</p>\n" },
            good with { Text = "我再看看\n\n> 同意\n" },
        ];
        await using var before = desk.Open();
        var answered = await before.Mails.CountAsync(mail => mail.Purpose == "reply-kept");

        foreach (var letter in hostile)
        {
            (await desk.PostAsync(letter with { MessageId = $"{Guid.NewGuid():N}@x.example" })).Should()
                .Be(HttpStatusCode.OK);
        }

        foreach (var untouched in new[] { task, other })
        {
            (await desk.NowAsync(untouched)).Assignees.Single().Outcome.Should().BeNull();
        }

        await using var db = desk.Open();
        (await db.Mails.CountAsync(mail => mail.Purpose == "reply-kept")).Should().BeLessThanOrEqualTo(
            answered + 1, "the HTML reply and the one without an answer word are the director's own");
        (await db.Mails.CountAsync(mail => mail.Purpose == "reply-kept" && mail.RecipientAddress != director)).Should()
            .Be(0);
        (await db.IncomingMails.AsNoTracking().CountAsync(row => row.State == IncomingState.Decided
            && row.TaskId == task.Id.Value)).Should().Be(0);
        (await desk.PostAsync(good)).Should().Be(HttpStatusCode.OK);
        (await desk.NowAsync(task)).Assignees.Single().Outcome.Should().Be("Confirm", "the person's own mail counts");
    }

    [Fact]
    public async Task A_token_decides_its_own_task_and_no_other()
    {
        var (one, _, to) = await desk.AskedAsync();
        var (other, _, _) = await desk.AskedAsync();

        await desk.PostAsync(From(await desk.AddressAsync("director"), to, $"同意\n任务 {other.Number}\n"));

        (await desk.NowAsync(one)).Assignees.Single().Outcome.Should().Be("Confirm");
        (await desk.NowAsync(other)).Assignees.Single().Outcome.Should().BeNull();
    }

    [Fact]
    public async Task Nothing_of_a_restricted_case_is_decided_by_a_reply()
    {
        var (task, _, to) = await desk.AskedAsync(restricted: true);

        await desk.PostAsync(From(await desk.AddressAsync("director"), to, "同意\n"));

        (await desk.NowAsync(task)).Assignees.Single().Outcome.Should().BeNull();
        (await desk.KeptAsync(task)).Single().Reason.Should().Be(IncomingReason.Restricted);
    }

    [Fact]
    public async Task A_delegate_s_reply_counts_for_whom_he_acts_while_the_delegation_lasts()
    {
        var (director, member) = (await desk.PersonAsync("director"), await desk.PersonAsync("member"));
        await using (var db = desk.Open())
        {
            db.Add(new Consultation.Cases.People.Delegation
            {
                OrganisationId = desk.Organisation,
                Id = Guid.NewGuid(),
                FromId = director.Id,
                ToId = member.Id,
                StartsAt = desk.Now.AddDays(-1),
                EndsAt = desk.Now.AddDays(1),
                Reason = "出差",
            });
            (await db.Organisations.SingleAsync(one => one.Id == desk.Organisation)).DirectoryVersion++;
            await db.SaveChangesAsync();
        }

        try
        {
            var (task, mail, to) = await desk.AskedAsync();
            mail.RecipientAddress.Should().Be(member.Email);
            await desk.PostAsync(From(member.Email!, to, "同意\n"));

            var seat = (await desk.NowAsync(task)).Assignees.Single();
            (seat.Outcome, seat.AnsweredById, seat.Delegated).Should().Be(("Confirm", member.Id, true));
        }
        finally
        {
            await using var db = desk.Open();
            await db.Delegations.Where(one => one.FromId == director.Id).ExecuteDeleteAsync();
            await db.Organisations.Where(one => one.Id == desk.Organisation)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(one => one.DirectoryVersion, one => one.DirectoryVersion + 1));
        }
    }

    [Fact]
    public async Task A_process_that_dies_between_keeping_and_deciding_loses_nothing_and_counts_nothing_twice()
    {
        var (task, _, to) = await desk.AskedAsync();
        var mail = desk.Services.GetRequiredService<MessageReader>()
            .Read(From(await desk.AddressAsync("director"), to, "同意\n").Bytes(desk.Now));
        var dying = Desk(new DyingAnswers());

        await FluentActions.Awaiting(() => dying.TakeAsync(mail, default)).Should().ThrowAsync<IOException>();
        (await desk.KeptAsync(task)).Single().State.Should().Be(IncomingState.Taken);
        var living = desk.Services.GetRequiredService<IIncomingDesk>();
        await living.TakeAsync(mail, default);
        await living.TakeAsync(mail, default);
        await living.ResumeAsync(default);

        (await desk.KeptAsync(task)).Single().State.Should().Be(IncomingState.Decided);
        (await desk.NowAsync(task)).Assignees.Single().Outcome.Should().Be("Confirm");
    }

    [Fact]
    public async Task A_mail_whose_source_never_offers_it_again_is_gone_on_with_by_the_next_process()
    {
        var (task, _, to) = await desk.AskedAsync();
        var mail = desk.Services.GetRequiredService<MessageReader>()
            .Read(From(await desk.AddressAsync("director"), to, "同意\n").Bytes(desk.Now));
        await FluentActions.Awaiting(() => Desk(new DyingAnswers()).TakeAsync(mail, default)).Should()
            .ThrowAsync<IOException>();
        desk.Pass(TimeSpan.FromMinutes(2));

        await desk.Services.GetRequiredService<IIncomingDesk>().ResumeAsync(default);

        (await desk.KeptAsync(task)).Single().State.Should().Be(IncomingState.Decided);
    }

    [Fact]
    public async Task Two_nodes_that_read_the_same_mail_at_once_count_it_once()
    {
        var (task, _, to) = await desk.AskedAsync();
        var mail = desk.Services.GetRequiredService<MessageReader>()
            .Read(From(await desk.AddressAsync("director"), to, "同意\n").Bytes(desk.Now));
        var answers = desk.Services.GetRequiredService<ITaskAnswers>();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Desk(answers).TakeAsync(mail, default))));

        (await desk.KeptAsync(task)).Should().ContainSingle().Which.State.Should().Be(IncomingState.Decided);
        (await desk.HistoryAsync(task.CaseId)).Count(verb => verb == "task.answered").Should().Be(1);
    }

    [Fact]
    public async Task Whoever_posts_proves_to_know_the_secret()
    {
        var raw = new Letter { MessageId = $"{Guid.NewGuid():N}@x.example" }.Bytes(desk.Now);

        (await desk.PostAsync(raw)).Should().Be(HttpStatusCode.Unauthorized);
        (await desk.PostAsync(raw, ("Authorization", "Bearer wrong"))).Should().Be(HttpStatusCode.Unauthorized);
        (await desk.PostAsync(raw, ("Authorization", Secret))).Should().Be(HttpStatusCode.Unauthorized);
        (await desk.PostAsync(raw, ("X-Consultation-Signature", Sign(raw, "wrong")))).Should()
            .Be(HttpStatusCode.Unauthorized);
        (await desk.PostAsync([.. raw, 1], ("X-Consultation-Signature", Sign(raw)))).Should()
            .Be(HttpStatusCode.Unauthorized, "the signature is that of the body");
        (await desk.PostAsync(raw, ("X-Consultation-Signature", Sign(raw)))).Should().Be(HttpStatusCode.OK);
        (await desk.PostAsync(raw, ("Authorization", $"Bearer {Secret}"))).Should().Be(HttpStatusCode.OK);
        (await desk.PostAsync(new byte[(10 * 1024 * 1024) + 1], ("Authorization", $"Bearer {Secret}"))).Should()
            .Be(HttpStatusCode.RequestEntityTooLarge);
        (await desk.PostAsync(Encoding.UTF8.GetBytes("no mail at all"), ("Authorization", $"Bearer {Secret}"))).Should()
            .Be(HttpStatusCode.OK, "it is kept as one that cannot be read");
    }

    private IncomingDesk Desk(ITaskAnswers answers)
    {
        var services = desk.Services;
        return new(
            services.GetRequiredService<IIncomingStore>(), services.GetRequiredService<ActionLinkRegister>(),
            services.GetRequiredService<ICaseStore>(), answers, services.GetRequiredService<IncomingLetters>(),
            services.GetRequiredService<FailureNotice>(), services.GetRequiredService<MailOptions>(),
            services.GetRequiredService<TimeProvider>());
    }

    /// <summary>The process dies when the answer is to be sent to the step.</summary>
    private sealed class DyingAnswers : ITaskAnswers
    {
        public Task<AnswerResult> AnswerAsync(TaskAnswer answer, CancellationToken cancellationToken) =>
            throw new IOException("The process died here.");

        public Task<AnswerResult> TakeBackAsync(
            OrganisationId organisation, TaskId task, PersonId actor, string operationId,
            CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AnswerResult> ExplainAsync(
            OrganisationId organisation, TaskId task, PersonId actor, IReadOnlyDictionary<string, string> fields,
            string operationId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AnswerResult> AskAsync(
            OrganisationId organisation, TaskId task, PersonId actor, string question, string operationId,
            CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AnswerResult> ReplyAsync(
            OrganisationId organisation, TaskId task, QuestionReply reply, string operationId,
            CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AnswerResult> ReassignAsync(
            OrganisationId organisation, TaskId task, PersonId actor, PersonId from, PersonId to, string operationId,
            CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
