using Consultation.Activities;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail;
using Consultation.Mail.ActionLinks;
using Consultation.Mail.Outgoing;
using Consultation.Runtime;
using Consultation.Runtime.Loops;
using Consultation.Runtime.Runs;
using Consultation.Server.Keys;
using Consultation.Storage;
using Consultation.Storage.Cases;

namespace Consultation.Server.Sample;

/// <summary>
/// The product's own parts once more, over the host's database, mail folder and link keys, but under a clock that is
/// moved. What happens here is what would have happened in a host that had been running for months.
/// </summary>
internal sealed class SampleStage : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public SampleStage(IConfiguration configuration, LinkKeyRing keys, SampleClock clock)
    {
        Clock = clock;
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock)
            .AddStorage(Unflushed(configuration)).AddRuntime(configuration).AddMail(configuration).AddActivities();
        services.AddSingleton(keys).AddSingleton<SampleRows>();
        services.AddKeys(configuration);
        if (MailOf(configuration).Transport == MailTransportKind.Smtp)
        {
            // The people of the sample have no mailboxes: what they were sent in the past leaves no house.
            services.AddSingleton<IMailTransport, NoTransport>();
        }

        _services = services.BuildServiceProvider();
    }

    public SampleClock Clock { get; }

    public SampleRows Rows => Get<SampleRows>();

    public MatterRegister Matters => Get<MatterRegister>();

    public ICaseActs Cases => Get<ICaseActs>();

    public ITaskAnswers Answers => Get<ITaskAnswers>();

    public IMeetingActs Meetings => Get<IMeetingActs>();

    /// <summary>People, calendar and policies as of now.</summary>
    public async Task<OrganisationSnapshot> OrganisationAsync(
        OrganisationId organisation, CancellationToken cancellationToken)
    {
        await using var db = Get<Database>().Open();
        return (await Get<DirectoryCache>().FindAsync(db, organisation, cancellationToken))!;
    }

    /// <summary>Moves the clock on; every timer in between fires at its own moment.</summary>
    public async Task MoveToAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        while (await Get<IRunStore>().NextDueAtAsync(Clock.Now, cancellationToken) is { } next && next <= instant)
        {
            if (next > Clock.Now) Clock.Now = next;
            if (await Get<WorkLoop>().TurnAsync(cancellationToken) == 0) break;
        }

        Clock.Now = instant;
        await Get<WorkLoop>().DrainAsync(cancellationToken);
    }

    /// <summary>Hands over the mails that are due.</summary>
    public async Task SendMailsAsync(CancellationToken cancellationToken)
    {
        while ((await Get<MailSender>().SendDueAsync(cancellationToken)).Count > 0)
        {
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

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
}
