using Consultation.Api;
using Consultation.Api.Studio;
using Consultation.Cases.People;
using Consultation.Web.Definitions;
using Consultation.Web.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.FileProviders;

namespace Consultation.Server.Designer;

/// <summary>Wires the designer: who may use its API, where its files lie, and the desk's door to it.</summary>
internal static class DesignerRegistration
{
    public static void AddDesigner(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(ElsaOptions.Section).Get<ElsaOptions>() ?? new ElsaOptions();
        builder.Services.AddElsaApi(new ElsaAccess
        {
            Readers = Names([.. Policies.RolesOf(Policies.Designer), .. options.ReadOnlyRoles]),
            Designers = Names(Role.Administrator, Role.Designer),
            Publishers = Names([.. Policies.RolesOf(Policies.Publishing)]),
            Operators = Names(Role.Administrator),
            AuthorMayNotPublish = options.AuthorMayNotPublish,
        });
        builder.Services.Configure<AntiforgeryOptions>(
            antiforgery => antiforgery.HeaderName = ElsaApi.AntiforgeryHeader);
        builder.Services.AddSingleton<IWorkflowImport, WorkflowImport>();
        builder.Services.AddSingleton<IWorkflowPublishing, WorkflowPublishing>();
        builder.Services.AddSingleton<IWorkflowFindings, WorkflowFindings>();
        builder.Services.AddSingleton(
            new DesignerDoor(Directory.Exists(Folder(builder.Environment)) ? "/studio" : null, options.ReadOnlyRoles));
    }

    /// <summary>The designer's own files come first: they are public, unmodified and compressed already.</summary>
    public static void UseDesigner(this WebApplication app)
    {
        if (Directory.Exists(Folder(app.Environment)))
        {
            app.UseMiddleware<StudioFiles>(new PhysicalFileProvider(Folder(app.Environment)));
        }
    }

    private static string Folder(IWebHostEnvironment environment) =>
        Path.GetFullPath(
            Path.Combine(environment.WebRootPath ?? Path.Combine(environment.ContentRootPath, "wwwroot"), "studio"));

    private static HashSet<string> Names(params Role[] roles) => [.. roles.Select(role => role.ToString())];
}
