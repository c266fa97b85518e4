using System.Diagnostics;
using Consultation.Cases;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Runtime.Definitions;
using Consultation.Storage;
using Consultation.Testing.Runs;
using Consultation.Web.Health;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// The whole host with the sample organisation and a workflow of one gate, which the director of the case's committee decides; and a clock that a test
/// moves on.
/// </summary>
public sealed class GateDesk() : DeskHost([new("Host:RunsWork", "true"), new("Runtime:PollEvery", "00:00:00.1")]), IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly AheadClock _clock = new();
    private string _password = "";

    internal OrganisationId Organisation { get; private set; }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _password = (await Services.GetRequiredService<ISampleData>().LoadAsync(default))!.Password;
        var gate = Flows.Activity("Gate", "Consultation.RequestApproval",
            ("approvers", "String", "role:CommitteeDirector@case.committee"), ("mode", "String", nameof(GateMode.NamedPerson)), ("title", "String", "审定方案"),
            ("due", "String", "5wd"));
        await Services.GetRequiredService<DefinitionDesk>().SaveAsync(
            Flows.Sequence("gate", gate, Flows.WriteLine("After", "done")), publish: true, DefinitionAuthor.Host, default);
        await using var db = Open();
        // The administrator of the sample works with the password that was printed, as the others do.
        await db.People.ExecuteUpdateAsync(set => set.SetProperty(person => person.MustChangePassword, false));
        Organisation = (await db.Organisations.SingleAsync(one => one.Slug == "sample")).Id;
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <summary>A browser in which somebody of the sample is signed in.</summary>
    public async Task<DeskBrowser> AsAsync(string user)
    {
        var browser = Browser();
        (await browser.SignInAsync(user, _password)).Should().BeTrue(user);
        return browser;
    }

    /// <summary>Time passes for the host.</summary>
    public void Pass(TimeSpan time) => _clock.Ahead += time;

    internal ConsultationDb Open() => Services.GetRequiredService<Database>().Open();

    internal async Task<Person> PersonAsync(string user)
    {
        await using var db = Open();
        return await db.People.AsNoTracking().SingleAsync(one => one.UserName == user);
    }

    /// <summary>Opens a case that stands before the gate.</summary>
    internal async Task<CaseId> OpenCaseAsync(string title = "河边步道夜间照明", bool restricted = false)
    {
        await using var db = Open();
        var station = await db.Units.FirstAsync(unit => unit.OrganisationId == Organisation && unit.Kind == UnitKind.MemberStation);
        var opened = (OpenCaseResult.Opened)await Services.GetRequiredService<ICaseDesk>().OpenAsync(new OpenCase
        {
            OrganisationId = Organisation,
            DefinitionId = "gate",
            Kind = CaseKind.SixStep,
            Title = title,
            PlatformId = station.Id,
            OperationId = Guid.NewGuid().ToString("N"),
        }, default);
        if (!restricted) return opened.CaseId;
        (await db.Cases.SingleAsync(one => one.Id == opened.CaseId)).Restricted = true;
        await db.SaveChangesAsync();
        return opened.CaseId;
    }

    /// <summary>The case's task at the gate, as stored.</summary>
    internal async Task<WorkTask> TaskAsync(CaseId caseId)
    {
        await using var db = Open();
        return await db.Tasks.AsNoTracking().SingleAsync(task => task.CaseId == caseId);
    }

    internal async Task<List<string>> HistoryAsync(CaseId caseId)
    {
        await using var db = Open();
        return [.. (await db.History.Where(line => line.CaseId == caseId).ToListAsync()).Select(line => line.Verb)];
    }

    /// <summary>Waits until the host's loops have done something.</summary>
    internal async Task UntilAsync(Func<ConsultationDb, Task<bool>> holds, string what)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience;)
        {
            await using var db = Open();
            if (await holds(db)) return;
        }

        throw new TimeoutException(what);
    }

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(_clock));
    }

    /// <summary>The real time, and what the test lets pass beyond it.</summary>
    private sealed class AheadClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }
}
