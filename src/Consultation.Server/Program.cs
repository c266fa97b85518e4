using Consultation.Api;
using Consultation.Mail;
using Consultation.Server;
using Consultation.Server.Designer;
using Consultation.Server.FirstStart;
using Consultation.Server.Health;
using Consultation.Server.Rehearsals;
using Consultation.Server.Telemetry;
using Consultation.Web;
using Consultation.Web.Links;
using Microsoft.Extensions.Options;

// dotnet run --project src/Consultation.Server
//     creates what is missing, prints address and first password, serves the desk
// dotnet run --project src/Consultation.Server -- --sample
//     also loads the sample organisation with its sample orders
// dotnet run --project src/Consultation.Server -- --new-password NAME
//     prints a new password for that log-in, and ends
// dotnet run --project src/Consultation.Server -- --rehearse DEFINITION [--start yyyy-MM-dd] [--seed n] [--plays n]
//     plays a workflow, prints what came of it, and ends
var withSample = args.Contains("--sample");
var lost = args.Contains("--new-password")
    ? args.SkipWhile(argument => argument != "--new-password").ElementAtOrDefault(1) ?? ""
    : null;
var builder = Beside.CreateBuilder(
    [.. RehearseCommand.Without(args)
        .Where(argument => argument is not ("--sample" or "--new-password") && argument != lost)]);
PrivateFiles.Make();

try
{
    builder.AddConsultation();
    await using var app = builder.Build();
    if (lost is not null)
    {
        return await app.Services.GetRequiredService<LostPassword>()
            .RenewAsync(lost, Console.Out, CancellationToken.None) ? 0 : 1;
    }

    if (args.Contains(RehearseCommand.Option))
    {
        return await app.Services.GetRequiredService<RehearseCommand>()
            .RunAsync(args, Console.Out, CancellationToken.None);
    }

    var behindProxy = app.Services.GetRequiredService<IOptions<Consultation.Server.HostOptions>>().Value.BehindProxy;
    if (behindProxy)
    {
        app.UseForwardedHeaders();
    }

    app.UseSubPath(app.Configuration[$"{MailOptions.Section}:{nameof(MailOptions.PublicBaseUrl)}"]);
    app.UseDesigner();
    app.UseDesk();
    app.UseElsaErrors();
    app.MapHealth();
    app.MapTelemetry();
    app.MapDesk();
    app.MapElsaApi();
    await app.Services.GetRequiredService<StartUp>()
        .RunAsync(withSample, Console.Out, app.Lifetime.ApplicationStopping);
    await app.StartAsync();
    Console.WriteLine($"协商议事 / Consultation: {string.Join(" ", app.Urls)}");
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception failure) when (StartFailure.Explain(failure) is { } explanation)
{
    await Console.Error.WriteLineAsync(explanation);
    return 1;
}
