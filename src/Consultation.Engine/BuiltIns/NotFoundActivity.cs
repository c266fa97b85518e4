using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>Stands for an activity whose type is not known here; a run that comes to it gets an incident.</summary>
internal sealed class NotFoundActivity(ActivityNode node) : Activity
{
    public static DefinitionFinding Finding(ActivityNode node) => node.Finding(
        FindingSeverity.Error,
        "unknown-activity",
        new BilingualText($"活动类型“{Missing(node)}”不存在", $"There is no activity type {Missing(node)}"),
        new BilingualText(
            "请换成工具箱中的活动，或安装提供它的模块",
            "Replace it by an activity of the toolbox, or install the module that provides it"));

    public override void Execute(ActivityContext context) => ActivityContext.Fault(
        $"活动类型“{Missing(node)}”不存在，请修改流程 / There is no activity type {Missing(node)}; change the workflow.",
        code: "unknown-activity");

    private static string Missing(ActivityNode node) => node.Json.Text("missingTypeName") ?? node.Type;
}
