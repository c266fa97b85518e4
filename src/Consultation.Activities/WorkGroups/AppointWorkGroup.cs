using Consultation.Cases;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Cases.People;
using Consultation.Engine.Definitions;
using Consultation.Engine.Running;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.WorkGroups;

/// <summary>
/// The work group that was proposed and approved takes up its work (P27–P29): it becomes a unit with its lead and
/// members, unless the case's group consists of just these people already; from then on the tasks of the three duties
/// go to those who have them.
/// </summary>
internal sealed class AppointWorkGroup : CaseActivity, IDescribedActivity
{
    private readonly OutputBinding _duties, _dutiesEn;

    public AppointWorkGroup(ActivityNode node)
        : base(node) => (_duties, _dutiesEn) = (node.Output("Duties"), node.Output("DutiesEn"));

    public static ActivityType Type { get; } = new(
        Activity("Consultation.AppointWorkGroup", "任命工作小组", "Appoint the work group")
            .Category("协商", "Consultation")
            .Description("按已同意的组成设立小组，三项职责从此有人办理", "Sets the approved group up; its duties have people from then on")
            .Output("Duties", "String", "分工和时间表", "Duties and timetable")
            .Output("DutiesEn", "String", "分工和时间表（英文）", "Duties and timetable (English)").Build(),
        node => new AppointWorkGroup(node));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var proposed = file.Records.Find(record => record.Kind == FormKeys.WorkGroup)
            ?? throw new ActivityFaultException(
                "还没有工作小组的组成，请先完成“组建工作小组” / There is no work group yet; complete its setting-up first.",
                code: "no-record");
        var group = WorkGroupAppointment.Of(proposed.Fields);
        var appointed = group.Appoint(file, context.Now);
        file.Add(new CaseRecord
        {
            OrganisationId = file.Case.OrganisationId,
            Id = OrderedGuid.New(context.Now),
            CaseId = file.Case.Id,
            Kind = WorkGroupDuties.AppointedKind,
            Title = new("工作小组（已任命）", "Work group (appointed)"),
            Fields = proposed.Fields.ToDictionary(),
            TaskId = proposed.TaskId,
            ById = proposed.ById,
            OnBehalfOfId = proposed.OnBehalfOfId,
            At = context.Now,
        });
        var words = group.Words(file.Directory);
        context.SetOutput(_duties, words.Zh);
        context.SetOutput(_dutiesEn, words.For("en"));
        Tell(context, file, HistoryVerbs.WorkGroupAppointed, new(
            $"工作小组“{appointed.Name.Zh}”已任命。{words.Zh}",
            $"Work group “{appointed.Name.For("en")}” appointed. {words.For("en")}"));
        context.Complete();
    }
}
