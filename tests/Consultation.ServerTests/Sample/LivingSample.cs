using System.Text.RegularExpressions;
using Consultation.Server.FirstStart;
using Consultation.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Sample;

/// <summary>
/// A host that was started with --sample on an empty database: the sample has lived through its months.
/// </summary>
public partial class LivingSample : DeskHost, IAsyncLifetime
{
    private readonly TimeProvider _time;

    /// <summary>As of now.</summary>
    public LivingSample()
        : this(TimeProvider.System)
    {
    }

    /// <summary>As of the clock's now.</summary>
    internal LivingSample(TimeProvider time)
        : base([new("Host:PublicPostsPerMinute", "1000")]) => _time = time;

    /// <summary>What the first start said on the console.</summary>
    public string Console { get; private set; } = "";

    /// <summary>The password of all log-ins, as the console told it.</summary>
    public string SamplePassword { get; private set; } = "";

    /// <summary>The folder of the mails.</summary>
    internal string Outbox => Path.Combine(Folder, "outbox");

    /// <inheritdoc/>
    public virtual async Task InitializeAsync()
    {
        await using (var db = Open())
        {
            // The host made an organisation at its own start; a first start with --sample makes only the sample.
            await db.Organisations.ExecuteDeleteAsync();
        }

        using var console = new StringWriter();
        await Services.GetRequiredService<StartUp>().RunAsync(withSample: true, console, default);
        Console = console.ToString();
        SamplePassword = PasswordIn().Match(Console).Groups[1].Value;
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <summary>A browser in which somebody of the sample is signed in.</summary>
    public async Task<DeskBrowser> AsAsync(string user)
    {
        var browser = Browser();
        (await browser.SignInAsync(user, SamplePassword)).Should().BeTrue(user);
        return browser;
    }

    internal ConsultationDb Open() => Services.GetRequiredService<Database>().Open();

    /// <summary>
    /// The pages that somebody reaches from the desk: of each kind of address a few, with what they say.
    /// </summary>
    internal static async Task<IReadOnlyDictionary<string, string>> WalkAsync(DeskBrowser browser, int ofEachKind)
    {
        var (seen, kinds) = (new HashSet<string>(), new Dictionary<string, int>());
        var pages = new Dictionary<string, string>();
        var waiting = new Queue<string>(["/", "/cases", "/plans", "/tasks", "/tracking", "/matters", "/outbox"]);
        while (waiting.TryDequeue(out var address))
        {
            await browser.GetAsync(address);
            if (browser.Answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            pages[address] = browser.Page.DocumentElement.OuterHtml;
            foreach (var link in browser.Page.QuerySelectorAll("a[href^='/']").Select(one => one.GetAttribute("href")!))
            {
                var to = link.Split('#')[0];
                var kind = Id().Replace(to, "{id}");
                if (!Visitable().IsMatch(to) || !seen.Add(to) || kinds.GetValueOrDefault(kind) >= ofEachKind) continue;
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                waiting.Enqueue(to);
            }
        }

        return pages;
    }

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton(_time));
    }

    [GeneratedRegex("password of all log-ins: ([a-z0-9]+)")]
    private static partial Regex PasswordIn();

    [GeneratedRegex("[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("^/(cases|plans|tasks|tracking|matters|outbox|workflows|people|units|policies)?"
        + "(/[0-9a-f-]{32,36}(/[a-z-]+)?)?([?](tab|part|step)=[^&]*)?$")]
    private static partial Regex Visitable();
}
