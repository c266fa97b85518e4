using Consultation.Mail.ActionLinks;
using Consultation.Mail.Incoming;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Templates;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.Storage.Mail;

/// <summary>Wires the storage of Mail.</summary>
internal static class MailStorage
{
    /// <summary>The ports of Mail over the database, and the reader of the outbox.</summary>
    public static IServiceCollection AddMailStorage(this IServiceCollection services) => services
        .AddSingleton<IMailQueue, MailQueue>()
        .AddSingleton<IActionLinkStore, ActionLinkStore>()
        .AddSingleton<IMailTemplateStore, MailTemplateStore>()
        .AddSingleton<IMailResend, MailResend>()
        .AddSingleton<IIncomingStore, IncomingStore>()
        .AddSingleton<IReaderLease, ReaderLease>()
        .AddSingleton<IncomingReader>()
        .AddSingleton<OutboxReader>()
        .AddSingleton<NoticeReader>()
        .AddSingleton<MailStandingReader>();
}
