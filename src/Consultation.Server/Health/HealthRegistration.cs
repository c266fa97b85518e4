using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Consultation.Server.Keys;
using Consultation.Web.SignIn;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consultation.Server.Health;

/// <summary>
/// Health checks and their doors: /health/live says that the process answers, /health/ready that it can work. Whoever
/// is not signed in learns the state alone; why stands in the log, and on the status page for the office.
/// </summary>
internal static class HealthRegistration
{
    private static readonly JsonWriterOptions Readable =
        new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void AddHealth(this IServiceCollection services) =>
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database")
            .AddCheck<DiskCheck>("disk")
            .AddCheck<TimerCheck>("timers")
            .AddCheck<MailCheck>("mail")
            .AddCheck<ChannelCheck>("channel")
            .AddCheck<WorkflowCheck>("workflows")
            .AddCheck<KeyCheck>("keys");

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync })
            .AllowAnonymous();
        endpoints.MapGet("/health", () => Results.Redirect("/health/ready")).AllowAnonymous();
    }

    private static async Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("status", report.Status.ToString());
            if (Policies.RolesOf(Policies.Office).Any(role => http.User.IsInRole(role.ToString())))
            {
                WriteChecks(json, report);
            }

            json.WriteEndObject();
        }

        await http.Response.Body.WriteAsync(buffer.ToArray(), http.RequestAborted);
    }

    private static void WriteChecks(Utf8JsonWriter json, HealthReport report)
    {
        json.WriteStartObject("checks");
        foreach (var (name, entry) in report.Entries)
        {
            json.WriteStartObject(name);
            json.WriteString("status", entry.Status.ToString());
            foreach (var (language, lines) in entry.Data)
            {
                json.WriteString(language, string.Join('\n', (IEnumerable<string>)lines));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
