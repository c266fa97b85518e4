using Consultation.Mail.ActionLinks;
using Consultation.Mail.Channel;
using Consultation.Mail.Incoming;
using Consultation.Mail.Outgoing;
using Consultation.Mail.Pickup;
using Consultation.Mail.Smtp;
using Consultation.Mail.Templates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Consultation.Mail;

/// <summary>Wires Mail.</summary>
public static class MailRegistration
{
    /// <summary>
    /// Everything of Mail. The host adds besides: <see cref="ITemplateText"/> (the engine's Liquid), the ports that
    /// Storage implements (<see cref="IMailQueue"/>, <see cref="IActionLinkStore"/>, <see cref="IMailTemplateStore"/>),
    /// <see cref="TimeProvider"/>, and
    /// <c>AddHostedService</c> of <see cref="MailSender"/> where mails are to be sent.
    /// </summary>
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>().Bind(configuration.GetSection(MailOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<MailOptions>>().Value);
        services.AddSingleton(provider => LinkKeyRing.Open(
            provider.GetRequiredService<MailOptions>().LinkKeyFile,
            provider.GetRequiredService<TimeProvider>().GetUtcNow()));
        services.AddSingleton(provider => new ActionLinkMint(provider.GetRequiredService<LinkKeyRing>()));
        services.AddSingleton(provider => new NoticeLink(provider.GetRequiredService<LinkKeyRing>()));
        services.AddSingleton(provider => new UnsubscribeLink(provider.GetRequiredService<LinkKeyRing>()));
        services.AddSingleton(provider => new DoorLink(provider.GetRequiredService<LinkKeyRing>()));
        services.AddSingleton<FeedMint>();
        services.AddSingleton<MailTemplateBook>();
        services.AddSingleton<MailComposer>();
        services.AddSingleton<DigestBuilder>();
        services.AddSingleton<FailureNotice>();
        services.AddSingleton<IMailTransport>(provider =>
        {
            var options = provider.GetRequiredService<MailOptions>();
            var time = provider.GetRequiredService<TimeProvider>();
            return options.Transport == MailTransportKind.Smtp
                ? new SmtpTransport(options, time)
                : new PickupFolderTransport(options, time);
        });
        services.AddSingleton<ChannelTransport>();
        services.AddSingleton<ChannelReports>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<ActionLinkRegister>();
        services.AddSingleton<MessageReader>();
        services.AddSingleton<MailReader>();
        return services;
    }
}
