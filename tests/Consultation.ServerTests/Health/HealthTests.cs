using System.Net;
using System.Text.Json;
using Consultation.Storage;
using Consultation.Testing.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Consultation.ServerTests.Health;

/// <summary>The doors for machines, and what they say when something is wrong.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task A_fresh_host_is_live_and_ready_without_a_sign_in()
    {
        await using var host = new DeskHost();
        using var browser = host.Browser();

        (await browser.Client.GetAsync("/health/live")).StatusCode.Should().Be(HttpStatusCode.OK);
        var ready = await browser.Client.GetAsync("/health/ready");

        ready.StatusCode.Should().Be(HttpStatusCode.OK);
        using var report = JsonDocument.Parse(await ready.Content.ReadAsStringAsync());
        report.RootElement.EnumerateObject().Should().ContainSingle("whoever is not signed in learns the state alone")
            .Which.Value.GetString().Should().Be("Healthy");
    }

    [Fact]
    public async Task The_office_is_told_what_was_checked()
    {
        await using var host = new DeskHost();
        using var browser = await host.SignedInAsync();

        using var report = JsonDocument.Parse(await browser.Client.GetStringAsync("/health/ready"));

        report.RootElement.GetProperty("checks").EnumerateObject().Select(check => check.Name)
            .Should().BeEquivalentTo("database", "disk", "timers", "mail", "channel", "workflows", "keys");
    }

    [Fact]
    public async Task A_broken_workflow_file_is_named_with_its_mistake_and_the_host_starts_all_the_same()
    {
        var folder = Directory.CreateTempSubdirectory("workflows-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "half-a-file.json"), "{ \"definitionId\": \"half-a-file\", ");
        await using var host = new DeskHost([new("Host:WorkflowFolder", folder)]);
        using var browser = await host.SignedInAsync();

        await browser.GetAsync("/status");
        browser.Answer.StatusCode.Should().Be(HttpStatusCode.OK);
        browser.Text.Should().Contain("half-a-file.json");
        var ready = await browser.Client.GetStringAsync("/health/ready");

        ready.Should().Contain("half-a-file.json").And.Contain("Degraded");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_mail_folder_that_cannot_be_written_to_is_told_to_the_office_and_as_a_state_to_others()
    {
        var file = Path.GetTempFileName();
        await using var host = new DeskHost([new("Mail:PickupFolder", Path.Combine(file, "below-a-file"))]);
        using var monitor = host.Browser();
        using var office = await host.SignedInAsync();

        var ready = await monitor.Client.GetAsync("/health/ready");

        ready.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).Should().Contain("Unhealthy").And.NotContain("below-a-file");
        (await (await office.Client.GetAsync("/health/ready")).Content.ReadAsStringAsync()).Should().Contain("不能写入");
        File.Delete(file);
    }

    [Fact]
    public async Task Mails_that_are_tried_again_and_again_show_in_health_and_on_the_status_page()
    {
        await using var host = new DeskHost();
        using var browser = await host.SignedInAsync();
        var checks = host.Services.GetRequiredService<HealthCheckService>();
        (await checks.CheckHealthAsync()).Entries["mail"].Status.Should().Be(HealthStatus.Healthy);
        await using (var db = host.Services.GetRequiredService<Database>().Open())
        {
            var often = MailMaking.Mail();
            often.Attempts = 7;
            var once = MailMaking.Mail();
            once.Attempts = 1;
            db.AddRange(often, once);
            await db.SaveChangesAsync();
        }

        var mail = (await checks.CheckHealthAsync()).Entries["mail"];
        await browser.GetAsync("/status");

        mail.Status.Should().Be(HealthStatus.Degraded);
        mail.Description.Should().Contain("1 mails have not left").And.Contain("7 times");
        browser.Text.Should().Contain("1 封邮件试了 4 次以上还没有发出").And.Contain("最多已试 7 次");
    }
}
