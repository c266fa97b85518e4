using System.Diagnostics;
using System.Text.Json.Nodes;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Mail.ActionLinks;
using Consultation.Runtime.Definitions;
using Consultation.Storage;
using Consultation.Testing.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Consultation.ServerTests.Desk;

/// <summary>
/// Gets a case of the sample organisation on, on a host whose loops run: opens it, waits for a task, answers it, reads
/// the link of its mail.
/// </summary>
public sealed class CaseMoves(IServiceProvider services)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A text too long to stand whole on a page that asks for an answer.</summary>
    public static readonly string LongFacts =
        "步道全长三公里。" + string.Concat(Enumerable.Repeat("沿线居民反映夜间照明不足，老人和孩子不敢走。", 25)) + "末段没有路灯。";

    /// <summary>
    /// A case in which the director judges a research report that has been handed in, and the token of the director's
    /// link.
    /// </summary>
    public async Task<(WorkTask Gate, string Token)> JudgedReportAsync()
    {
        var work = Flows.Activity("Work", "Consultation.RequestWork",
            ("assignees", "String", "role:PlatformOfficer@case.platform|role:Secretary"), ("title", "String", "提交调研报告"),
            ("form", "String", "research-report"));
        var gate = Flows.Activity("Gate", "Consultation.RequestApproval",
            ("approvers", "String", "role:CommitteeDirector@case.committee"),
            ("mode", "String", nameof(GateMode.AnyOne)), ("title", "String", "审定调研报告"),
            ("question", "String", "调研是否充分？"), ("form", "String", "submission-signoff"), ("due", "String", "5wd"));
        gate["outcomes"] = Flows.Input("Object", "Object", """["Confirm","Return"]""");
        gate["shows"] = Flows.Input("Object", "Object", """["research-report","matters"]""");
        var caseId = await OpenAsync(
            "judged", work,
            Flows.Activity("Report", "Consultation.GenerateDocument", ("kind", "String", "research-report")), gate);
        var task = await TaskAtAsync(caseId, "Work");
        await AnswerAsync(task, "Done", new()
        {
            ["from"] = "2026-03-02",
            ["to"] = "2026-03-06",
            ["methods"] = "visit",
            ["facts"] = LongFacts,
            ["problems"] = "照明不足，夜间出行不便。",
            ["suggestions"] = "沿步道加装路灯，先装末段。",
        });
        var judged = await TaskAtAsync(caseId, "Gate");
        return (judged, await TokenAsync(judged, judged.Assignees[0].PersonId));
    }

    /// <summary>
    /// A tracked item that its unit reports as done, before the supervisor who checks it; the token of the supervisor's
    /// link.
    /// </summary>
    public async Task<(WorkTask Check, string Token)> ReportedItemAsync()
    {
        var list = Flows.Activity("List", "Consultation.RequestWork",
            ("assignees", "String", "role:PlatformOfficer@case.platform|role:Secretary"), ("title", "String", "制定问题清单"),
            ("form", "String", "problem-list"));
        var caseId =
            await OpenAsync(
                "listed", list,
                Flows.Activity("Items", "Consultation.OpenTrackedItems", ("source", "String", "problem-list"),
                    ("waitForAll", "Boolean", "True")));
        await using var db = Open();
        var contact = await db.RoleGrants.AsNoTracking()
            .FirstAsync(grant => grant.Role == Role.DepartmentContact
                && db.People.Any(one => one.Id == grant.PersonId && one.UserName == "contact"));
        var office = await db.Units.AsNoTracking().FirstAsync(
            unit => unit.OrganisationId == contact.OrganisationId && unit.Kind == UnitKind.SpecialCommittee);
        var supervisor = await db.People.AsNoTracking().SingleAsync(one => one.UserName == "supervisor");
        await AnswerAsync(await TaskAtAsync(caseId, "List"), "Done", new()
        {
            ["items"] = FormValues.Write([new Dictionary<string, string>
            {
                ["consulted-on"] = "2026-03-02",
                ["topic"] = "河边步道夜间照明",
                ["advice"] = "沿步道加装路灯",
                ["undertaking"] = contact.UnitId!.Value.Value.ToString(),
                ["office"] = office.Id.Value.ToString(),
                ["supervisor"] = supervisor.Id.Value.ToString(),
                ["due"] = "2035-06-30",
            }]),
        });
        await AnswerAsync(await TaskAtAsync(caseId, "AwaitEntry"), "Report", new()
        {
            ["percent"] = "40",
            ["progress"] = "完成勘察，路灯招标。",
            ["problems"] = "供电要增容。",
            ["solution"] = "与供电公司协调。",
        });
        await AnswerAsync(await TaskAtAsync(caseId, "AwaitEntry"), "Report", new()
        {
            ["percent"] = "100",
            ["progress"] = "六十盏路灯全部点亮。",
            ["problems"] = "无",
            ["solution"] = "移交养护。",
            ["done"] = "yes",
        });
        var check = await TaskAtAsync(caseId, "Check");
        return (check, await TokenAsync(check, check.Assignees[0].PersonId));
    }

    /// <summary>
    /// A matter that its screener would not take up, before the second person; the token of the second person's link.
    /// </summary>
    public async Task<(WorkTask Second, string Token)> ExcludedAsync(int code)
    {
        var caseId = await OpenAsync("screened", Flows.Activity("Screen", "Consultation.ScreenMatter",
            ("screeners", "String", "role:PlatformOfficer@case.platform|role:Secretary"),
            ("secondPerson", "String", "role:CommitteeDirector@case.committee"),
            ("title", "String", "核实事项并进行筛查")));
        var fields = Enumerable.Range(1, 8).ToDictionary(one => $"excl-{one}", one => one == code ? "yes" : "no");
        fields["excl-confirm"] = "yes";
        (fields[$"excl-{code}-reason"], fields["facts"]) = ("属于行政机关内部事务", "步道由街道内部调整管护单位。");
        await AnswerAsync(await TaskAtAsync(caseId, "Screen"), "Submit", fields);
        WorkTask second;
        do second = await TaskAtAsync(caseId, "Screen"); while (second.FormKey != "second-check");
        return (second, await TokenAsync(second, second.Assignees[0].PersonId));
    }

    /// <summary>Publishes a workflow of these activities, one after the other, and opens a case on it.</summary>
    public async Task<CaseId> OpenAsync(string definition, params JsonObject[] activities)
    {
        await services.GetRequiredService<DefinitionEditing>().SaveAsync(
            Flows.Sequence($"trial-{definition}", [.. activities, Flows.WriteLine("After", "done")])
                .With(json => json["name"] = "试用流程"),
            publish: true, DefinitionAuthor.Host, default);
        await using var db = Open();
        var station = await db.Units.FirstAsync(unit => unit.Kind == UnitKind.MemberStation
            && db.Organisations.Any(one => one.Id == unit.OrganisationId && one.Slug == "sample"));
        return ((OpenCaseResult.Opened)await services.GetRequiredService<ICaseActs>().OpenAsync(new OpenCase
        {
            OrganisationId = station.OrganisationId,
            DefinitionId = $"trial-{definition}",
            Kind = CaseKind.SixStep,
            Title = "河边步道夜间照明",
            PlatformId = station.Id,
            OperationId = Guid.NewGuid().ToString("N"),
        }, default)).CaseId;
    }

    /// <summary>The open task of a node, once the host's loops have opened it.</summary>
    public async Task<WorkTask> TaskAtAsync(CaseId caseId, string node)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience;)
        {
            await using var db = Open();
            if (await db.Tasks.AsNoTracking().FirstOrDefaultAsync(
                task => task.CaseId == caseId && task.ActivityId == node && task.State == TaskState.Open) is { } found)
            {
                return found;
            }

            await Looking.AgainAsync();
        }

        throw new TimeoutException($"There is no open task at {node}.");
    }

    /// <summary>The token of the link that somebody's mail about a task carries.</summary>
    public async Task<string> TokenAsync(WorkTask task, PersonId person)
    {
        await using var db = Open();
        var link = await db.ActionLinks.AsNoTracking()
            .SingleAsync(one => one.TaskId == task.Id.Value && one.PersonId == person.Value);
        return services.GetRequiredService<ActionLinkMint>().TokenOf(link)!;
    }

    /// <summary>The first assignee answers at the desk; it must be accepted.</summary>
    public async Task AnswerAsync(WorkTask task, string outcome, Dictionary<string, string> fields) =>
        (await services.GetRequiredService<ITaskAnswers>().AnswerAsync(new TaskAnswer
        {
            OrganisationId = task.OrganisationId,
            TaskId = task.Id,
            ActorId = task.Assignees[0].PersonId,
            Outcome = outcome,
            Fields = fields,
            Revision = task.Revision,
            OperationId = Guid.NewGuid().ToString("N"),
            Channel = AnswerChannel.Desk,
        }, default)).Should().BeOfType<AnswerResult.Accepted>();

    private ConsultationDb Open() => services.GetRequiredService<Database>().Open();
}
