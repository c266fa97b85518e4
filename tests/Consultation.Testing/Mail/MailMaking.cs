using Consultation.Cases;
using Consultation.Cases.Tasks;
using Consultation.Mail;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Microsoft.Extensions.Logging.Abstractions;

namespace Consultation.Testing.Mail;

/// <summary>A clock that stands where a test puts it.</summary>
public sealed class MailClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>Mails, links and settings as tests need them.</summary>
public static class MailMaking
{
    /// <summary>A Thursday morning in Beijing.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 3, 5, 4, 0, 0, TimeSpan.Zero);

    public static readonly Guid Organisation = new("0199a000-0000-7000-8000-000000000001");

    public static MailOptions Options() => new()
    {
        From = "xieshang@tongzhou.example.gov.cn",
        FromName = "通州区政协协商议事平台",
        ListId = "xieshang.tongzhou.example.gov.cn",
        PublicBaseUrl = new("https://xieshang.example.gov.cn/"),
        AdministratorAddress = "admin@tongzhou.example.gov.cn",
    };

    public static MailComposer Composer(MailOptions? options = null, MailTemplateBook? book = null) =>
        new(new EngineLiquid(Noon), book ?? new MailTemplateBook(), options ?? Options());

    /// <summary>A sender over stores in memory.</summary>
    public static MailSender Sender(
        MemoryMailStore store, IMailTransport transport, MailOptions options, TimeProvider clock)
    {
        var book = new MailTemplateBook();
        var composer = Composer(options, book);
        return new(
            store, transport, store, book, Ring, new ActionLinkMint(Ring), new UnsubscribeLink(Ring),
            new NoticeLink(Ring),
            new DigestBuilder(composer, options), new FailureNotice(composer, options), options, clock,
            NullLogger<MailSender>.Instance, new Consultation.Mail.Channel.ChannelTransport(options, clock));
    }

    public static LinkKeyRing Ring { get; } = LinkKeyRing.Create(Noon);

    public static ActionLink Link(
        Guid? task = null, DateTimeOffset? expiresAt = null, int revision = 1, Guid? organisation = null) =>
        new ActionLinkMint(Ring).Issue(
            organisation ?? Organisation, task ?? Guid.NewGuid(), Guid.NewGuid(), ["Confirm", "Return"], revision,
            expiresAt ?? Noon.AddDays(14), Noon);

    /// <summary>A draft with the example values of its template.</summary>
    public static MailDraft Draft(
        string template = MailTemplateCatalogue.ApprovalRequest, string language = "zh", Guid? task = null) => new()
        {
            OrganisationId = Organisation,
            Template = template,
            Recipient = new("li.min@tongzhou.example.gov.cn", "李敏", language, Guid.NewGuid()),
            Values = MailTemplateCatalogue.Examples(template),
            TaskId = task ?? Guid.NewGuid(),
            CaseId = Guid.NewGuid(),
            Organiser = new("wang.fang@tongzhou.example.gov.cn", "王芳"),
        };

    /// <summary>An open task of revision 1 that mails may be about.</summary>
    public static WorkTask Task() => new()
    {
        OrganisationId = new(Organisation),
        Id = TaskId.New(),
        CaseId = CaseId.New(),
        Number = $"R{Guid.NewGuid():N}",
        InstanceId = "run",
        BookmarkId = "bookmark",
        ActivityId = "activity",
        Kind = TaskKind.Approval,
        Title = new("确定协商议题"),
        Mode = GateMode.NamedPerson,
        Outcomes = [],
        Assignees = [],
        OpenedAt = Noon,
    };

    public static OutgoingMail Mail(
        string template = MailTemplateCatalogue.ApprovalRequest, string address = "li.min@tongzhou.example.gov.cn") =>
        Composer().Compose(Draft(template) with { Recipient = new(address, "李敏") }, Noon);
}
