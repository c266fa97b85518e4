using System.Diagnostics;
using System.Globalization;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Storage;
using Consultation.Web.Health;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// The whole host with the sample organisation, one six-step case and one ten-week plan that the secretary opened by
/// the pages.
/// </summary>
public class SampleDesk : DeskHost, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Log-in name of somebody without any role.</summary>
    public const string Nobody = "nobody";

    private string _password = "";

    /// <summary>With the usual settings.</summary>
    public SampleDesk()
        : this([])
    {
    }

    /// <summary>With some settings changed.</summary>
    internal SampleDesk(IEnumerable<KeyValuePair<string, string>> settings)
        : base([new("Host:RunsWork", "true"), .. settings])
    {
    }

    /// <summary>Address of the case's page.</summary>
    public string Case { get; private set; } = "";

    /// <summary>Address of the plan's page.</summary>
    public string Plan { get; private set; } = "";

    /// <summary>Address of the first task's page: screening, which the platform's officer does.</summary>
    public string Task { get; private set; } = "";

    internal OrganisationId Organisation { get; private set; }

    /// <summary>Everybody of the sample signs in with it.</summary>
    internal string CommonPassword => _password;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _password = (await Services.GetRequiredService<ISampleData>().LoadAsync(default))!.Password;
        using var browser = await AsAsync("secretary");
        await browser.GetAsync("/matters");
        var matters = browser.Page.QuerySelectorAll("input[name=matter]").Take(2)
            .Select(box => box.GetAttribute("value"));
        await browser.GetAsync($"/cases/new?matter={string.Join(',', matters)}");
        var platform = browser.Page.QuerySelectorAll("select[name=platform] option")
            .Select(option => option.GetAttribute("value"))
            .First(value => value is { Length: > 0 });
        await browser.PostAsync("open-case", new() { ["platform"] = platform! });
        Case = PathOf(browser);
        Task = await FirstTaskAsync(browser);
        await browser.GetAsync("/plans/new");
        var group = browser.Page.QuerySelectorAll("select[name=group] option")
            .Select(option => option.GetAttribute("value"))
            .First(value => value is { Length: > 0 });
        // The last working day, so that the plan begins at once.
        for (var back = 0; back < 14 && browser.Answer.Headers.Location is null; back++)
        {
            var start = Services.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(8).AddDays(-back)
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            await browser.PostAsync("open-plan", new()
            {
                ["title"] = "柳林社区停车难协商会议",
                ["group"] = group!,
                ["start"] = start,
            });
        }

        Plan = PathOf(browser);
        await using var db = Services.GetRequiredService<Database>().Open();
        Organisation = (await db.Organisations.SingleAsync(one => one.Slug == "sample")).Id;
        // The administrator of the sample works with the password that was printed, as the others do; and there is
        // somebody without any role.
        await db.People.Where(person => person.OrganisationId == Organisation)
            .ExecuteUpdateAsync(set => set.SetProperty(person => person.MustChangePassword, false));
        var known = await db.People.SingleAsync(person => person.UserName == "secretary");
        db.Add(new Person
        {
            OrganisationId = Organisation,
            Id = PersonId.New(),
            Name = "无职",
            UserName = Nobody,
            PasswordHash = known.PasswordHash,
            SecurityStamp = "x",
        });
        await db.SaveChangesAsync();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <summary>A browser in which somebody of the sample is signed in.</summary>
    public async Task<DeskBrowser> AsAsync(string user)
    {
        var browser = Browser();
        (await browser.SignInAsync(user, _password)).Should().BeTrue(user);
        return browser;
    }

    /// <summary>Where a test turns the work loop by hand, this turns it; otherwise it turns by itself.</summary>
    private protected virtual Task WorkAsync() => System.Threading.Tasks.Task.CompletedTask;

    /// <summary>The work loop opens the first task a moment after the case.</summary>
    private async Task<string> FirstTaskAsync(DeskBrowser browser)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience;)
        {
            await WorkAsync();
            await browser.GetAsync($"{Case}?tab=tasks");
            if (browser.Page.QuerySelector("article a[href^='/tasks/']") is { } link)
            {
                return link.GetAttribute("href")!;
            }

            await Looking.AgainAsync();
        }

        throw new TimeoutException("The case's first task did not appear.");
    }

    internal static string PathOf(DeskBrowser browser)
    {
        browser.Answer.Headers.Location.Should().NotBeNull(browser.Text);
        return browser.Answer.Headers.Location!.ToString().Replace("http://localhost", "", StringComparison.Ordinal)
            .Split('?')[0];
    }
}
