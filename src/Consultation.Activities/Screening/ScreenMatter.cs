using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Rules;
using Consultation.Cases.Screening;
using Consultation.Cases.Tasks;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using Consultation.Mail.Templates;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Screening;

/// <summary>
/// Verifies a matter and asks the eight exclusions one by one (Q57–Q73, Q82–Q83). Codes 2, 5, 6 and 8 need a second
/// person (O13); who disagrees sends the screening back with a remark.
/// </summary>
internal sealed class ScreenMatter : PeopleTask, IMailingActivity
{
    private const string SecondPhase = "second";
    private readonly InputBinding<string?> _secondPerson;
    private readonly OutputBinding _codes;

    public ScreenMatter(ActivityNode node, StepTools tools)
        : base(node, tools, "Screeners", "Instructions")
    {
        _secondPerson = node.Input<string?>("SecondPerson");
        _codes = node.Output("ExclusionCodes");
    }

    public static ActivityType TypeWith(StepTools tools) => new(
        Activity("Consultation.ScreenMatter", "核实与筛查", "Screen the matter")
            .Category("协商", "Consultation")
            .Description(
                "核实事项，逐条询问八种不纳入情形；特定情形由第二人复核",
                "Verifies the matter and asks the eight exclusions; some need a second person")
            .AsksWho("Screeners", "筛查人", "Screeners").Who("SecondPerson", "复核人", "Second person")
            .Words("Title", "任务名称", "Title").Words("Instructions", "说明", "Instructions", lines: true)
            .Clock("3wd", mayLeave: false).Shows().Output("ExclusionCodes", "Object", "不纳入情形", "Exclusions that apply")
            .OptionalOutcome("Eligible", "纳入", "Eligible").OptionalOutcome("Excluded", "不予纳入", "Excluded")
            .OptionalOutcome("Overdue", "逾期（仍等待）", "Overdue (still waiting)").Build(),
        node => new ScreenMatter(node, tools),
        node => NodeChecks.Findings(
        [
            NodeChecks.Assignees(node, "Screeners"), NodeChecks.Duration(node, "Due"),
            NodeChecks.ClockHasDue(node, "Due"),
            NodeChecks.Shows(node), .. NodeChecks.Policies(node),
            .. NodeChecks.Outcomes(node, ["Eligible", "Excluded"]),
        ]));

    /// <summary>The second person has a time of his own.</summary>
    protected override DueTime? DueOf(ActivityContext context, CaseFile file) =>
        context.GetProperty("phase") is SecondPhase
            ? DueAfter(context, file, RuleSet.Prefix + RuleKeys.SecondCheck)
            : base.DueOf(context, file);

    protected override TaskShape Shape(ActivityContext context, CaseFile file) => new()
    {
        Kind = TaskKind.Work,
        Mode = GateMode.AnyOne,
        Outcomes = [Outcomes.Of(OutcomeKeys.Submit)],
        Template = MailTemplateCatalogue.WorkRequest,
        FormKey = FormKeys.Screening,
        Judged = [Exhibits.Matters],
        Prefill = file.Case.Restricted || file.Screenings is not [var last, ..]
            ? []
            : new() { ["facts"] = last.FactSheet, ["class"] = last.Class?.ToString() ?? "" },
    };

    /// <summary>The screening itself is the record: its form may hold words that must not be kept (O15).</summary>
    protected override string? RecordKind(WorkTask task) =>
        task.FormKey == FormKeys.SecondCheck ? FormKeys.SecondCheck : null;

    protected override void Decided(
        ActivityContext context, CaseFile file, WorkTask task, TaskAnswer answer, GateTally.Decided tally)
    {
        if (task.FormKey == FormKeys.SecondCheck) Second(context, file, answer);
        else First(context, file, answer);
    }

    private void First(ActivityContext context, CaseFile file, TaskAnswer answer)
    {
        var record = file.Add(ScreeningRules.Record(
            file.Case.OrganisationId, file.Case.Id, answer.Fields, answer.OnBehalfOfId ?? answer.ActorId, context.Now));
        if (ScreeningRules.NeedsSecondPerson(record)) AskSecond(context, file, record.ScreenedById);
        else Finish(context, file, record);
    }

    private void AskSecond(ActivityContext context, CaseFile file, PersonId screener)
    {
        context.SetProperty("phase", SecondPhase);
        var second = _secondPerson.Get(context);
        Open(context, file, new TaskShape
        {
            Kind = TaskKind.Approval,
            Mode = GateMode.AnyOne,
            Outcomes = [Outcomes.Of(OutcomeKeys.Submit)],
            Template = MailTemplateCatalogue.ApprovalRequest,
            FormKey = FormKeys.SecondCheck,
            Words = (
                FormCatalogue.Find(FormKeys.SecondCheck)!.Title,
                new("筛查人认为这件事项不纳入协商，您是否同意？",
                    "The screener would not take this matter into consultation. Do you agree?")),
            Judged = [Exhibits.Screening, Exhibits.Matters],
            Barred = [screener],
        }, string.IsNullOrWhiteSpace(second) ? "role:CommitteeDirector@case.committee|role:Secretary" : second);
    }

    private void Second(ActivityContext context, CaseFile file, TaskAnswer answer)
    {
        var screening = file.Screenings[0];
        ScreeningRules.Second(screening, answer.OnBehalfOfId ?? answer.ActorId, context.Now);
        if (answer.Fields.IsYes("agrees"))
        {
            Finish(context, file, screening);
            return;
        }

        context.SetProperty("phase", null);
        screening.LiftedAt = context.Now;
        Tell(context, file, HistoryVerbs.ScreeningReturned,
            new("复核人不同意不纳入，请重新筛查。", "The second person disagrees; screen the matter again."), actor: answer.ActorId);
        Execute(context);
    }

    private void Finish(ActivityContext context, CaseFile file, ScreeningRecord screening)
    {
        var codes = ScreeningRules.Hits(screening.Answers);
        context.SetOutput(_codes, codes.Select(code => (object?)(long)code).ToList());
        if (codes.Count == 0)
        {
            context.CompleteWithOutcome("Eligible");
            return;
        }

        if (ScreeningRules.IsRestricted(screening.Answers)) Restriction.Impose(file, Tools.Seal, context.Now);
        foreach (var matter in file.Matters.Where(matter => matter.State != MatterState.Merged))
        {
            matter.State = MatterState.Excluded;
        }
        context.CompleteWithOutcome("Excluded");
    }
}
