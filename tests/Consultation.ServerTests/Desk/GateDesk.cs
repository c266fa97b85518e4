using System.Diagnostics;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
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
/// The whole host with the sample organisation a workflow of one gate, which the director of the case's committee
/// decides, and one that follows up a problem list; and a clock that a test
/// moves on.
/// </summary>
public class GateDesk : DeskHost, IAsyncLifetime
{
    /// <summary>With the usual settings.</summary>
    public GateDesk()
        : this([])
    {
    }

    /// <summary>With some settings changed.</summary>
    internal GateDesk(IEnumerable<KeyValuePair<string, string>> settings)
        : base([new("Host:RunsWork", "true"), new("Runtime:PollEvery", "00:00:00.1"), .. settings])
    {
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly AheadClock _clock = new();
    private string _password = "";

    internal OrganisationId Organisation { get; private set; }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _password = (await Services.GetRequiredService<ISampleData>().LoadAsync(default))!.Password;
        var gate = Flows.Activity("Gate", "Consultation.RequestApproval",
            ("approvers", "String", "role:CommitteeDirector@case.committee"),
            ("mode", "String", nameof(GateMode.NamedPerson)), ("title", "String", "审定方案"),
            ("due", "String", "5wd"));
        await Services.GetRequiredService<DefinitionEditing>().SaveAsync(
            Flows.Sequence("gate", gate, Flows.WriteLine("After", "done")), publish: true,
            DefinitionAuthor.Host, default);
        await Services.GetRequiredService<DefinitionEditing>().SaveAsync(
            Flows.Sequence("follow-up",
                Flows.Activity("ProblemList", "Consultation.RequestWork",
                    ("assignees", "String", "role:Secretary"), ("title", "String", "制定问题清单"),
                    ("form", "String", "problem-list"), ("record", "String", "problem-list")),
                Flows.Activity("Open", "Consultation.OpenTrackedItems", ("source", "String", "problem-list"),
                    ("waitForAll", "Boolean", "true"))),
            publish: true, DefinitionAuthor.Host, default);
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
    internal Task<CaseId> OpenCaseAsync(string title = "河边步道夜间照明", bool restricted = false) =>
        OpenAsync("gate", title, restricted);

    /// <summary>Opens a case that only makes a problem list, up to the task that asks for it.</summary>
    internal async Task<WorkTask> OpenListAsync(bool restricted = false)
    {
        var @case = await OpenAsync("follow-up", "老旧小区停车", restricted);
        await UntilAsync(rows => rows.Tasks.AnyAsync(row => row.CaseId == @case), "the problem list is asked for");
        return await TaskAsync(@case);
    }

    /// <summary>
    /// Opens a case that only makes a problem list, up to the first report of its one item; the housing department
    /// carries it out.
    /// </summary>
    internal async Task<TrackedItem> OpenItemAsync(
        string supervisor = "supervisor", string advice = "错峰共享周边单位停车场", bool restricted = false)
    {
        var list = await OpenListAsync(restricted);
        var @case = list.CaseId;
        var (secretary, checker) = (await PersonAsync("secretary"), await PersonAsync(supervisor));
        var (housing, office) =
            ((await PersonAsync("contact")).UnitId!.Value, (await PersonAsync("director")).UnitId!.Value);
        var answer = await AnswerAsync(list, secretary, "Done", new()
        {
            ["items"] = FormValues.Write([new Dictionary<string, string>
            {
                ["consulted-on"] = "2026-03-12",
                ["topic"] = "老旧小区停车",
                ["advice"] = advice,
                ["undertaking"] = housing.Value.ToString("N"),
                ["office"] = office.Value.ToString("N"),
                ["supervisor"] = checker.Id.Value.ToString("N"),
                ["due"] = "2029-06-29",
            }]),
        });
        answer.Should().BeOfType<AnswerResult.Accepted>();
        await UntilAsync(rows => rows.Tasks.AnyAsync(row => row.CaseId == @case && row.ActivityId == "AwaitEntry"),
            "the first report is asked for");
        await using var after = Open();
        return await after.TrackedItems.AsNoTracking().SingleAsync(item => item.CaseId == @case);
    }

    /// <summary>The open task about an item at a node, as stored.</summary>
    internal async Task<WorkTask> TaskAsync(TrackedItem item, string activityId)
    {
        await UntilAsync(
            rows => rows.Tasks.AnyAsync(row => row.TrackedItemId == item.Id && row.ActivityId == activityId
                && row.State == TaskState.Open), $"{activityId} is asked for");
        await using var db = Open();
        return await db.Tasks.AsNoTracking().SingleAsync(
            row => row.TrackedItemId == item.Id && row.ActivityId == activityId && row.State == TaskState.Open);
    }

    /// <summary>Somebody answers a task by the desk's use case.</summary>
    internal async Task<AnswerResult> AnswerAsync(
        WorkTask task, Person who, string outcome, Dictionary<string, string> fields) =>
        await Services.GetRequiredService<ITaskAnswers>().AnswerAsync(new TaskAnswer
        {
            OrganisationId = Organisation,
            TaskId = task.Id,
            ActorId = who.Id,
            Outcome = outcome,
            Revision = task.Revision,
            OperationId = Guid.NewGuid().ToString("N"),
            Channel = AnswerChannel.Desk,
            Fields = fields,
        }, default);

    internal async Task<CaseId> OpenAsync(string definition, string title, bool restricted = false)
    {
        await using var db = Open();
        var station = await db.Units.FirstAsync(
            unit => unit.OrganisationId == Organisation && unit.Kind == UnitKind.MemberStation);
        var opened = (OpenCaseResult.Opened)await Services.GetRequiredService<ICaseActs>().OpenAsync(new OpenCase
        {
            OrganisationId = Organisation,
            DefinitionId = definition,
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
            await Looking.AgainAsync();
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
