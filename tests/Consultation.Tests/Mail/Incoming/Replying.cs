using Consultation.Activities.Desk.Incoming;
using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Mail;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Incoming;
using Consultation.Testing.Mail;
using Consultation.Testing.Scenarios;

namespace Consultation.Tests.Mail.Incoming;

/// <summary>A task that was mailed to the director, and what a reply to it comes to.</summary>
internal sealed class Replying
{
    public static readonly DateTimeOffset Now = MailMaking.Noon.AddHours(2);

    public Replying(params TaskOutcome[] outcomes)
    {
        Task = new WorkTask
        {
            OrganisationId = District.Organisation.Id,
            Id = TaskId.New(),
            CaseId = File.Id,
            Number = "R2026-00001",
            InstanceId = "run",
            BookmarkId = "bookmark",
            ActivityId = "activity",
            Kind = TaskKind.Approval,
            Title = new("审定方案"),
            Mode = GateMode.NamedPerson,
            Outcomes = [.. outcomes.Length > 0 ? outcomes : Gate],
            Assignees = [new() { Id = Guid.NewGuid(), PersonId = District.Director.Id }],
            OpenedAt = MailMaking.Noon,
        };
        District.Director.Email = "li.min@tonghe.example";
        Link = Mint.Issue(District.Organisation.Id.Value, Task.Id.Value, District.Director.Id.Value,
            Task.Outcomes.Select(one => one.Key), 1, Now.AddDays(30), MailMaking.Noon);
        Token = Mint.ReplyTokenOf(Link)!;
    }

    public static TaskOutcome[] Gate { get; } =
    [
        new("Confirm", new("同意")), new("Return", new("退回修改"), NeedsReason: true),
        new("Reject", new("不予通过"), NeedsReason: true),
    ];

    public static ActionLinkMint Mint { get; } = new(MailMaking.Ring);
    public District District { get; } = new();
    public WorkTask Task { get; }
    public ActionLink Link { get; }
    public string Token { get; }

    public Case File { get; } = new()
    {
        OrganisationId = OrganisationId.New(),
        Id = CaseId.New(),
        Kind = CaseKind.SixStep,
        Title = "河边步道夜间照明",
        OpenedAt = MailMaking.Noon,
    };

    public string Address => Letter.Template.Replace("{token}", Token, StringComparison.Ordinal);

    /// <summary>The director's plain reply.</summary>
    public Letter Letter => new() { To = Address };

    public static MailOptions Options(int ownReceived = 1)
    {
        var options = MailMaking.Options();
        options.Incoming = new()
        {
            Source = IncomingSource.Folder,
            Folder = "mail",
            ReplyAddress = Letter.Template,
            AuthServId = Letter.Relay,
            OwnReceived = ownReceived,
        };
        return options;
    }

    public static MessageReader Reader { get; } = new(Options(), new MailClock(Now));

    /// <summary>What becomes of a mail, with the store answering by its tokens alone.</summary>
    public ReplyFinding Judge(Letter letter) => Judge(Reader.Read(letter.Bytes(Now)));

    public ReplyFinding Judge(ReadMail mail) => ReplyJudge.Of(mail, MatchOf(mail), Now);

    public Match MatchOf(ReadMail mail)
    {
        var link = mail.Tokens is [var token] && token == Token
            ? new StoredLink(Link, Task.TakesAnswers, Task.Revision) : null;
        var match = new Match(District.Organisation.Id, District.Directory.With(Task), link);
        return link is null ? match : match with { Task = Task, File = File };
    }
}
