using System.Text.RegularExpressions;
using Consultation.ServerTests;
using Microsoft.Playwright;

namespace Consultation.BrowserTests;

/// <summary>
/// The real host on a free loopback port, and Debian's Chromium that looks at it. Screenshots go to the folder that
/// CONSULTATION_SHOTS names, else to bin/screenshots. Tests are skipped with the reason where Chromium is not
/// installed.
/// </summary>
public sealed partial class Chromium : IAsyncLifetime, IDisposable
{
    private const string Executable = "/usr/bin/chromium";
    private const string SampleAdministrator = "sample-admin";
    private const string SampleAdministratorPassword = "a-better-password-of-the-sample";

    private static readonly string Shots =
        Environment.GetEnvironmentVariable("CONSULTATION_SHOTS") is { Length: > 0 } folder
            ? folder
            : Path.Combine(AppContext.BaseDirectory, "../../screenshots");

    internal DeskHost Host => _host;

    /// <summary>The designer, as this host serves it.</summary>
    public Studio.StudioDesk Studio => _studio ??= new(this);

    private readonly DeskHost _host = new(
        [new("Host:RunsWork", "true"), new("Host:PublicPostsPerMinute", "1000"),
            new("Elsa:ReadOnlyRoles:0", "Secretary")]);
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private bool _passwordIsOwn;
    private Studio.StudioDesk? _studio;

    /// <summary>Where the host listens, e.g. http://127.0.0.1:40123.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What the host is made of, for what takes months to come about by the pages.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>
    /// Log-in names of the sample organisation share this password; empty until <see cref="LoadSampleAsync"/>.
    /// </summary>
    public string SamplePassword { get; private set; } = "";

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (!File.Exists(Executable))
        {
            return;
        }

        _host.UseKestrel(0);
        _host.StartServer();
        Address = _host.ClientOptions.BaseAddress;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _host.Dispose();

    /// <summary>
    /// A page of a new visitor; wide, or as wide as a phone; of another host or in another browser where one is given.
    /// </summary>
    public async Task<IPage> VisitorAsync(
        bool phone = false, string language = "zh-CN", bool script = true, Uri? at = null, string? agent = null)
    {
        SkipWithoutChromium();
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = (at ?? Address).ToString(),
            Locale = language,
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1366, Height = 900 },
            IsMobile = phone,
            DeviceScaleFactor = 1,
            JavaScriptEnabled = script,
            UserAgent = agent,
        });
        context.SetDefaultTimeout(30_000);
        return await context.NewPageAsync();
    }

    /// <summary>A page in which somebody is signed in.</summary>
    public async Task<IPage> SignedInAsync(
        string user, string password, bool phone = false, string language = "zh-CN", bool script = true,
        Uri? at = null)
    {
        var page = await VisitorAsync(phone, language, script, at);
        await SignInAsync(page, user, password);
        return page;
    }

    /// <summary>A page in which the first administrator is signed in with a password of his own.</summary>
    public async Task<IPage> AdministratorAsync(bool phone = false, string language = "zh-CN")
    {
        if (!_passwordIsOwn)
        {
            var first = await SignedInAsync(DeskHost.Administrator, DeskHost.FirstPassword);
            await ChangePasswordAsync(first, DeskHost.FirstPassword, DeskHost.Password);
            _passwordIsOwn = true;
        }

        return await SignedInAsync(DeskHost.Administrator, DeskHost.Password, phone, language);
    }

    /// <summary>Loads the sample organisation by the button on the empty desk, once.</summary>
    public async Task LoadSampleAsync()
    {
        if (SamplePassword.Length > 0)
        {
            return;
        }

        var page = await AdministratorAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "载入示例单位" }).ClickAsync();
        var said = await page.Locator(".alert-success").First.InnerTextAsync();
        SamplePassword = PasswordIn().Match(said).Value;
        await page.Context.CloseAsync();
        var first = await SignedInAsync(SampleAdministrator, SamplePassword);
        await ChangePasswordAsync(first, SamplePassword, SampleAdministratorPassword);
    }

    /// <summary>A page in which the sample organisation's administrator is signed in.</summary>
    public async Task<IPage> SampleAdministratorAsync(bool phone = false, string language = "zh-CN")
    {
        SkipWithoutChromium();
        await LoadSampleAsync();
        return await SignedInAsync(SampleAdministrator, SampleAdministratorPassword, phone, language);
    }

    /// <summary>Password of a log-in of the sample organisation; its administrator has chosen his own.</summary>
    public string PasswordOf(string user) => user == SampleAdministrator ? SampleAdministratorPassword : SamplePassword;

    /// <summary>Leaves the test out, with the reason, where there is no browser.</summary>
    public void SkipWithoutChromium() =>
        Skip.If(_browser is null, "Chromium is not installed (Debian package chromium).");

    /// <summary>Takes a picture of the whole page, or of what the window shows.</summary>
    public static Task ShootAsync(IPage page, string name, bool whole = true) =>
        page.ScreenshotAsync(new() { Path = ShotFile($"{name}.png"), FullPage = whole });

    /// <summary>Where something is kept beside the pictures.</summary>
    public static string ShotFile(string name)
    {
        Directory.CreateDirectory(Shots);
        return Path.Combine(Shots, name);
    }

    /// <summary>True when nothing sticks out on the right.</summary>
    public static async Task<bool> FitsAsync(IPage page) =>
        await page.EvaluateAsync<bool>(
            "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth");

    private static async Task ChangePasswordAsync(IPage page, string present, string wanted)
    {
        await page.FillAsync("[name=present-password]", present);
        await page.FillAsync("[name=new-password]", wanted);
        await page.FillAsync("[name=repeat-password]", wanted);
        await page.ClickAsync("main button[type=submit]");
        await page.WaitForURLAsync(url => !url.Contains("/account/password", StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    private static async Task SignInAsync(IPage page, string user, string password)
    {
        await page.GotoAsync("/sign-in");
        await page.FillAsync("[name=user]", user);
        await page.FillAsync("[name=password]", password);
        await page.ClickAsync("main button[type=submit]");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    [GeneratedRegex("[a-z2-9]{16}")]
    private static partial Regex PasswordIn();
}

/// <summary>All browser tests share one host and one browser: the machine is small.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Chromium>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "browser";
}
