using System.Net;
using Consultation.Activities;
using Consultation.Cases.Attachments;
using Consultation.Cases.Rehearsals;
using Consultation.Mail;
using Consultation.Mail.Incoming;
using Consultation.Mail.Outgoing;
using Consultation.Runtime;
using Consultation.Runtime.Definitions;
using Consultation.Server.Designer;
using Consultation.Server.FirstStart;
using Consultation.Server.Health;
using Consultation.Server.Keys;
using Consultation.Server.Material;
using Consultation.Server.Rehearsals;
using Consultation.Server.Sample;
using Consultation.Server.Settings;
using Consultation.Server.Telemetry;
using Consultation.Storage;
using Consultation.Storage.Attachments;
using Consultation.Storage.Cases;
using Consultation.Storage.Deletions;
using Consultation.Storage.Matters;
using Consultation.Storage.Moves;
using Consultation.Storage.Tracking;
using Consultation.Web;
using Consultation.Web.Health;
using Consultation.Web.SignIn;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Consultation.Server;

/// <summary>Wires all floors: the one place that knows who implements what.</summary>
internal static class HostRegistration
{
    private static readonly string[] PrivateNetworks =
        ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fc00::/7", "::1/128"];

    public static void AddConsultation(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var services = builder.Services;
        var secrets = configuration[$"{HostOptions.Section}:{nameof(HostOptions.SecretsFolder)}"]
            ?? new HostOptions().SecretsFolder;
        configuration.AddKeyPerFile(Path.GetFullPath(secrets), optional: true);
        // Without a public address of its own the desk is reached where it listens: so links in mails work from the
        // first start.
        configuration["Mail:PublicBaseUrl"] ??= OwnAddress(configuration["Urls"]);
        SettingsCheck.Insist(configuration);
        var host = configuration.GetSection(HostOptions.Section).Get<HostOptions>() ?? new HostOptions();
        services.AddOptions<HostOptions>().BindConfiguration(HostOptions.Section).ValidateDataAnnotations()
            .ValidateOnStart();
        services.Configure<Microsoft.Extensions.Hosting.HostOptions>(
            options => options.ShutdownTimeout = host.StopWithin);
        services.AddSingleton(TimeProvider.System);
        services.AddStorage(configuration).AddRuntime(configuration).AddMail(configuration)
            .AddActivities(configuration);
        services.AddSingleton<IFileScan, FileScan>();
        services.AddSingleton<IPreviewMaker, PreviewMaker>();
        services.AddSingleton(new PublicDoorLimit(host.PublicPostsPerMinute));
        services.AddSingleton(new SignedInLimit(host.SignedInPostsPerMinute));
        services.AddSingleton(new MachineLimit(host.MachinePostsPerMinute));
        services.AddOptions<OpenIdOptions>().BindConfiguration(OpenIdOptions.Section).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddDesk(configuration.GetSection(OpenIdOptions.Section).Get<OpenIdOptions>() ?? new OpenIdOptions());
        services.AddHealth();
        services.AddSingleton<WorkflowFolder>();
        services.AddSingleton<ISampleData, SampleData>();
        services.AddSingleton<SampleLife>();
        services.AddSingleton<RehearsalHouse>();
        services.AddSingleton<IRehearsals>(provider => provider.GetRequiredService<RehearsalHouse>());
        services.AddHostedService(provider => provider.GetRequiredService<RehearsalHouse>());
        services.AddSingleton<RehearseCommand>();
        services.AddSingleton<IPublishCheck, PublishChecks>();
        services.AddSingleton<StartUp>();
        services.AddSingleton<LostPassword>();
        builder.AddDesigner();
        services.AddKeys(configuration);
        builder.AddTelemetry();
        if (host.RunsWork)
        {
            services.AddRuntimeLoops();
            services.AddHostedService(provider => provider.GetRequiredService<MailSender>());
            services.AddHostedService(provider => provider.GetRequiredService<MailReader>());
            services.AddHostedService(provider => provider.GetRequiredService<ImportWorker>());
            services.AddHostedService(provider => provider.GetRequiredService<VersionMoveWorker>());
            services.AddHostedService(provider => provider.GetRequiredService<BinWorker>());
            services.AddHostedService(provider => provider.GetRequiredService<SummaryWorker>());
            services.AddHostedService(provider => provider.GetRequiredService<RestWorker>());
            services.AddHostedService(provider => provider.GetRequiredService<SignUpWorker>());
            services.AddHostedService(provider => provider.GetRequiredService<SurveyWorker>());
            services.AddHostedService(provider => provider.GetRequiredService<AttachmentWorker>());
        }

        if (host.BehindProxy)
        {
            services.Configure<ForwardedHeadersOptions>(options => Believe(options, host.KnownProxies));
        }
    }

    private static string OwnAddress(string? urls)
    {
        var first = (urls ?? "").Split(';')[0].Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//*", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal);
        return first.Length > 0 ? first : "http://127.0.0.1:5080";
    }

    private static void Believe(ForwardedHeadersOptions options, string[] proxies)
    {
        options.ForwardedHeaders =
            ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost
            | ForwardedHeaders.XForwardedPrefix;
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies.Where(proxy => IPAddress.TryParse(proxy, out _)))
        {
            options.KnownProxies.Add(IPAddress.Parse(proxy));
        }

        if (proxies.Length == 0)
        {
            foreach (var network in PrivateNetworks)
            {
                options.KnownIPNetworks.Add(IPNetwork.Parse(network));
            }
        }
    }
}
