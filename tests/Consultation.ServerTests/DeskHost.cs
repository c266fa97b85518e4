using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests;

/// <summary>
/// The whole host on a database, mail folder and keys of its own, with a known administrator. Removed when disposed.
/// </summary>
public class DeskHost : WebApplicationFactory<Program>
{
    /// <summary>Log-in name of the first administrator.</summary>
    public const string Administrator = "admin";

    /// <summary>The administrator's first password; must be changed at the first sign-in.</summary>
    public const string FirstPassword = "first-password-of-this-test";

    /// <summary>What the tests change it to.</summary>
    public const string Password = "a-better-password-of-this-test";

    private readonly Dictionary<string, string> _settings;

    /// <summary>A host with the usual settings.</summary>
    public DeskHost()
        : this([])
    {
    }

    /// <summary>A host with some settings changed.</summary>
    internal DeskHost(IEnumerable<KeyValuePair<string, string>> settings)
    {
        Folder = Directory.CreateTempSubdirectory("consultation-").FullName;
        var passwordFile = Path.Combine(Folder, "password");
        File.WriteAllText(passwordFile, FirstPassword);
        _settings = new()
        {
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(Folder, "desk.db")}",
            ["Storage:FlushEveryCommit"] = "false",
            ["Mail:PickupFolder"] = Path.Combine(Folder, "outbox"),
            // What a commit writes is sent at once; a clock that is moved by months would look each second.
            ["Mail:PollEvery"] = "00:00:05",
            ["Mail:LinkKeyFile"] = Path.Combine(Folder, "link-keys.json"),
            ["Host:SecretsFolder"] = Path.Combine(Folder, "secrets"),
            ["Host:AdministratorPasswordFile"] = passwordFile,
            ["Host:RunsWork"] = "false",
        };
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }
    }

    /// <summary>Where this host keeps everything.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        // A thousand sign-ins of the tests need not each cost what guessing a password has to cost.
        builder.ConfigureTestServices(
            services => services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1000));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        // What waits for its next use keeps the file open; of other hosts it only costs an opening.
        SqliteConnection.ClearAllPools();
        if (disposing && Directory.Exists(Folder))
        {
            try
            {
                Directory.Delete(Folder, recursive: true);
            }
            catch (IOException)
            {
                // A file that is still open stays in the temporary folder.
            }
        }
    }

    /// <summary>A browser that follows no redirect by itself and keeps cookies.</summary>
    public DeskBrowser Browser() =>
        new(CreateClient(
            new() { BaseAddress = ClientOptions.BaseAddress, AllowAutoRedirect = false, HandleCookies = true }));

    /// <summary>A browser in which the administrator is signed in with a password of his own.</summary>
    public async Task<DeskBrowser> SignedInAsync()
    {
        var browser = Browser();
        if (!await browser.SignInAsync(Administrator, Password))
        {
            (await browser.SignInAsync(Administrator, FirstPassword)).Should().BeTrue();
            await browser.GetAsync("/account/password");
            await browser.PostAsync("password", new()
            {
                ["present-password"] = FirstPassword,
                ["new-password"] = Password,
                ["repeat-password"] = Password,
            });
        }

        return browser;
    }
}
