using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail;
using Consultation.Runtime.Runs;
using Consultation.Server.Keys;
using Consultation.Server.Sample;
using Consultation.Storage;
using Consultation.Storage.People;
using Consultation.Web.Calendar;
using Consultation.Web.Health;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Consultation.Server.FirstStart;

/// <summary>
/// What happens before the first page is served: the schema is brought up to date, the workflow files are read, and on
/// the very first start the organisation and its administrator are made. Safe to run at every start and on several
/// nodes at once.
/// </summary>
internal sealed class StartUp(
    Database database, AccountStore accounts, IOrganisationSetup setup, WorkflowFolder workflows, ISampleData sample,
    SampleLife life, IPasswordHasher<Account> hasher, IOptions<HostOptions> options, IOptions<KeyOptions> keys,
    MailOptions mail, TimeProvider time, ILogger<StartUp> log)
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(2);
    private const int Retries = 60;

    /// <summary>Runs everything; what people must know goes to the console, never to the log.</summary>
    public async Task RunAsync(bool withSample, TextWriter console, CancellationToken cancellationToken)
    {
        if (keys.Value.CertificateFile is null) log.KeysArePlain();
        await MigrateAsync(cancellationToken);
        PrivateFiles.Close(database.Folder, [.. database.Files, mail.LinkKeyFile, mail.PickupFolder]);
        await workflows.LoadAsync(cancellationToken);
        foreach (var file in workflows.Broken)
        {
            await console.WriteLineAsync(
                $"工作流文件有误，未读入 / workflow file left out: {file.Name}\n  {file.Zh}\n  {file.En}");
        }

        if (withSample)
        {
            await LoadSampleAsync(console, cancellationToken);
        }

        if (!await accounts.AnyOrganisationAsync(cancellationToken))
        {
            await CreateOrganisationAsync(console, cancellationToken);
        }
    }

    // A database server may come up later than this host: in a compose file both start together.
    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await database.MigrateAsync(cancellationToken);
                return;
            }
            catch (StoreUnavailableException trouble)
                when (attempt < Retries && database.Provider != DatabaseProvider.Sqlite)
            {
                log.WaitingForDatabase(attempt, trouble.Message);
                await Task.Delay(RetryEvery, time, cancellationToken);
            }
        }
    }

    private async Task CreateOrganisationAsync(TextWriter console, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var organisation = new Organisation
        {
            Id = OrganisationId.New(),
            Name = new LocalText(options.Value.OrganisationName),
            Slug = "main",
            TimeZone = options.Value.TimeZone,
            CreatedAt = now,
        };
        var committee = new Unit
        {
            OrganisationId = organisation.Id,
            Id = UnitId.New(),
            Name = organisation.Name,
            Kind = UnitKind.Committee,
        };
        var days = Enumerable.Range(now.Year - 1, 3).SelectMany(HolidayYears.Of);
        var created = await setup.CreateAsync(
            new(
                organisation, [committee], [], [], [], Cases.Calendar.StateCouncilCalendar.For(organisation.Id, days),
                PolicyDefaults.Reminders(organisation.Id), PolicyDefaults.Ladders(organisation.Id)),
            cancellationToken);
        if (!created)
        {
            return;
        }

        var given = options.Value.AdministratorPasswordFile is { Length: > 0 } file
            ? (await File.ReadAllLinesAsync(file, cancellationToken))[0].Trim()
            : null;
        var password = given ?? LogInSecrets.NewPassword();
        var user = options.Value.AdministratorName;
        await setup.CreateFirstAdministratorAsync(
            organisation.Id, "系统管理员", user, hasher.HashPassword(null!, password), cancellationToken);
        await console.WriteLineAsync(given is null
            ? $"\n首位管理员 / first administrator\n  登录名 / log-in name: {user}\n  密码 / password:      {password}\n"
                + "  只显示这一次，首次登录时请改成自己的密码。/ Shown this once; you choose your own at the first sign-in.\n"
            : $"\n首位管理员 / first administrator: {user}（密码见文件 / password as in the file）\n");
    }

    private async Task LoadSampleAsync(TextWriter console, CancellationToken cancellationToken)
    {
        if (await sample.LoadAsync(cancellationToken) is not { } loaded)
        {
            await console.WriteLineAsync("示例单位早已载入 / the sample organisation is there already");
            return;
        }

        await console.WriteLineAsync(
            $"\n示例单位已载入 / sample organisation loaded. 所有登录名的密码 / password of all log-ins: {loaded.Password}");
        foreach (var (user, shows) in loaded.LogIns)
        {
            await console.WriteLineAsync($"  {user,-14} {shows.Zh} / {shows.En}");
        }

        var lives = await life.LiveAsync(cancellationToken);
        await console.WriteLineAsync(lives
            ? "  示例单位已有办理中的协商事项、第六周的十周计划、督办事项和邮件。/ It has cases in every step, a plan in week 6, tracked "
                + "items and mails."
            : "  数据库里还有别的单位，示例单位只载入了人员和工单。/ Other organisations share this database, so the sample has only "
                + "its people and orders.");
        await TellAboutMailAsync(console);
    }

    /// <summary>How the mails of the sample are opened, where there is no mail server.</summary>
    private async Task TellAboutMailAsync(TextWriter console)
    {
        if (mail.Transport != MailTransportKind.Pickup) return;
        await console.WriteLineAsync(
            $"  邮件：用 secretary 登录，在“发件箱”（{new Uri(mail.PublicBaseUrl, "/outbox")}）里逐封打开，里面的链接可以直接点开；每封邮件也是文件夹"
            + $"“{Path.GetFullPath(mail.PickupFolder)}”里的一个 .eml 文件，双击用邮件软件打开。\n"
            + "  Mails: sign in as secretary and open them in the outbox at that address; the links in them work. Each "
            + "is an .eml file in that folder too, for any mail program.");
    }
}
