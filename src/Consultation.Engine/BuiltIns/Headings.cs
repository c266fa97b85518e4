using Consultation.Engine.Describing;

namespace Consultation.Engine.BuiltIns;

/// <summary>The toolbox headings of Elsa's activities.</summary>
internal static class Headings
{
    public static ActivityDescriptorBuilder Branching(this ActivityDescriptorBuilder activity) =>
        activity.Category("分支", "Branching");

    public static ActivityDescriptorBuilder Composition(this ActivityDescriptorBuilder activity) =>
        activity.Category("组合", "Composition");

    public static ActivityDescriptorBuilder Console(this ActivityDescriptorBuilder activity) =>
        activity.Category("控制台", "Console");

    public static ActivityDescriptorBuilder Flow(this ActivityDescriptorBuilder activity) =>
        activity.Category("流程", "Flow");

    public static ActivityDescriptorBuilder Http(this ActivityDescriptorBuilder activity) =>
        activity.Category("网络", "HTTP");

    public static ActivityDescriptorBuilder Looping(this ActivityDescriptorBuilder activity) =>
        activity.Category("循环", "Looping");

    public static ActivityDescriptorBuilder Primitives(this ActivityDescriptorBuilder activity) =>
        activity.Category("基本", "Primitives");

    public static ActivityDescriptorBuilder Scheduling(this ActivityDescriptorBuilder activity) =>
        activity.Category("时间", "Scheduling");

    public static ActivityDescriptorBuilder Scripting(this ActivityDescriptorBuilder activity) =>
        activity.Category("脚本", "Scripting");
}
