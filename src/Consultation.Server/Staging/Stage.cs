using Consultation.Activities;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Publishing;
using Consultation.Cases.Surveys;
using Consultation.Cases.Tasks;
using Consultation.Mail;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Runtime;
using Consultation.Runtime.Definitions;
using Consultation.Runtime.Loops;
using Consultation.Runtime.Outside;
using Consultation.Runtime.Runs;
using Consultation.Runtime.Stimuli;
using Consultation.Server.Keys;
using Consultation.Storage;
using Consultation.Storage.Cases;
using Consultation.Storage.Rehearsals;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Consultation.Server.Staging;

/// <summary>
/// The product's own parts once more, under a clock that is moved. What happens here is what would have happened in a
/// host that had been running for months.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Stage(IServiceCollection services, StageClock clock)
    {
        Clock = clock;
        _services = services.AddLogging().AddSingleton<TimeProvider>(clock).AddSingleton<SampleRows>()
            .AddSingleton<PlayRows>().BuildServiceProvider();
    }

    public StageClock Clock { get; }

    public SampleRows Rows => Get<SampleRows>();

    public PlayRows Play => Get<PlayRows>();

    public Database Database => Get<Database>();

    public MatterRegister Matters => Get<MatterRegister>();

    public MatterSorting Sorting => Get<MatterSorting>();

    public PublicVoices Voices => Get<PublicVoices>();

    public PublicSignUps SignUps => Get<PublicSignUps>();

    public SurveyDesk SurveyDesk => Get<SurveyDesk>();

    public SurveyAnswers SurveyAnswers => Get<SurveyAnswers>();

    public ICaseActs Cases => Get<ICaseActs>();

    public ITaskAnswers Answers => Get<ITaskAnswers>();

    public IMeetingActs Meetings => Get<IMeetingActs>();

    public DefinitionEditing Definitions => Get<DefinitionEditing>();

    public IDefinitionStore DefinitionStore => Get<IDefinitionStore>();

    /// <summary>Turns of the work loop that were taken.</summary>
    public int Turns { get; set; }

    /// <summary>Turns after which the clock stands still: work that makes work without end is left.</summary>
    public int MostTurns { get; init; } = int.MaxValue;

    /// <summary>
    /// Over the host's own database, mail folder and link keys: for the past of the sample, which stays.
    /// </summary>
    public static Stage OfSample(IConfiguration configuration, LinkKeyRing keys, StageClock clock)
    {
        var services = new ServiceCollection()
            .AddStorage(Unflushed(configuration)).AddRuntime(configuration).AddMail(configuration).AddActivities();
        services.AddSingleton(keys);
        services.AddKeys(configuration);
        if (MailOf(configuration).Transport == MailTransportKind.Smtp)
        {
            // The people of the sample have no mailboxes: what they were sent in the past leaves no house.
            services.AddSingleton<IMailTransport, NoTransport>();
        }

        return new(services, clock);
    }

    /// <summary>
    /// Over a database file of its own, from which nothing leaves: no mail, no message, no request, no file.
    /// </summary>
    public static Stage ForRehearsal(IConfiguration configuration, string folder, StageClock clock, int mostTurns)
    {
        var runtime = configuration.GetSection(RuntimeOptions.Section).Get<RuntimeOptions>() ?? new RuntimeOptions();
        // One after the other, so that the same play comes out again.
        (runtime.Workers, runtime.HttpHosts) = (1, []);
        var services = new ServiceCollection()
            .AddStorage(new StorageOptions
            {
                ConnectionString = $"Data Source={Path.Combine(folder, "play.db")}",
                FlushEveryCommit = false,
            })
            .AddRuntime(runtime).AddMail(configuration).AddActivities(configuration);
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        services.Configure<MailOptions>(options =>
        {
            options.PickupFolder = Path.Combine(folder, "outbox");
            options.LinkKeyFile = Path.Combine(folder, "link-keys.json");
            options.Channel = new();
            (options.MostPerMinute, options.MostPerMinuteToOneDomain) = (100_000, 100_000);
        });
        services.AddSingleton(LinkKeyRing.Create(clock.Now));
        services.AddSingleton<IMailTransport, NoTransport>();
        services.RemoveAll<IOutsideHandler>();
        services.AddSingleton<IOutsideHandler, NothingOutside>();
        return new(services, clock) { MostTurns = mostTurns };
    }

    /// <summary>People, calendar and policies as of now.</summary>
    public async Task<OrganisationSnapshot> OrganisationAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = Get<Database>().Open();
        return (await Get<DirectoryCache>().FindAsync(db, organisation, cancellationToken))!;
    }

    /// <summary>The next instant at which something is due by itself; null when nothing is.</summary>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        Get<IRunStore>().NextDueAtAsync(Clock.Now, cancellationToken);

    /// <summary>Moves the clock on; every timer in between fires at its own moment.</summary>
    public async Task MoveToAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        while (await NextDueAsync(cancellationToken) is { } next && next <= instant)
        {
            if (next > Clock.Now) Clock.Now = next;
            if (!await TurnAsync(cancellationToken)) break;
        }

        Clock.Now = instant;
        while (await TurnAsync(cancellationToken))
        {
        }
    }

    /// <summary>Hands over the mails that are due.</summary>
    public async Task SendMailsAsync(CancellationToken cancellationToken)
    {
        while ((await Get<MailSender>().SendDueAsync(cancellationToken)).Count > 0)
        {
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<bool> TurnAsync(CancellationToken cancellationToken) =>
        Turns++ < MostTurns && await Get<WorkLoop>().TurnAsync(cancellationToken) > 0;

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    private static MailOptions MailOf(IConfiguration configuration) =>
        configuration.GetSection(MailOptions.Section).Get<MailOptions>() ?? new MailOptions();

    /// <summary>
    /// Whole months are written in a few seconds, so the file's log is not flushed at each step. SQLite's connections
    /// are pooled by their string, and those of the host must stay as they are: the string differs by its time-out.
    /// </summary>
    private static StorageOptions Unflushed(IConfiguration configuration)
    {
        var options = configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            options.FlushEveryCommit = false;
            options.ConnectionString += ";Default Timeout=31";
        }

        return options;
    }

    private sealed class NoTransport : IMailTransport
    {
        public string Name => "none";

        public Task<TransportResult> SendAsync(ReadyMail mail, CancellationToken cancellationToken) =>
            Task.FromResult<TransportResult>(new TransportResult.Delivered());
    }

    /// <summary>A request of a workflow reaches nobody; it takes the way of a request that failed.</summary>
    private sealed class NothingOutside : IOutsideHandler
    {
        public string Kind => "http";

        public Task<OutsideAnswer> DoAsync(StimulusMessage.Outside request, CancellationToken cancellationToken) =>
            Task.FromResult(OutsideAnswer.With(new Dictionary<string, object?>
            {
                ["error"] = "演练中不向外发送请求 / no request leaves a rehearsal",
                ["timeout"] = false,
                ["refused"] = false,
            }));
    }
}
