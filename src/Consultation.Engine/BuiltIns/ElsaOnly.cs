using Consultation.Engine.Describing;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// Inputs of Elsa that mean nothing to this host. The designer shows them with a sentence that says so, and a file
/// keeps what it says.
/// </summary>
internal static class ElsaOnly
{
    private static readonly BilingualText NoEffect = new(
        "在本系统中不起作用，只为与 Elsa 的文件相容而保留。", "Has no effect here; kept for the files of Elsa.");

    /// <summary>Adds an input without an effect.</summary>
    public static ActivityDescriptorBuilder Without(
        this ActivityDescriptorBuilder builder, string name, string typeName, string zh, string en) =>
        builder.Input(name, typeName, zh, en, input => input with { Description = NoEffect });

    /// <summary>Traces and channels of a dispatcher; there is one queue here, and a trace follows its run.</summary>
    public static ActivityDescriptorBuilder Dispatches(this ActivityDescriptorBuilder builder) => builder
        .Without("StartNewTrace", "Boolean", "另起追踪", "Start new trace")
        .Without("ChannelName", "String", "通道", "Channel");

    /// <summary>Header values are never checked here, only that they hold no line breaks.</summary>
    public static ActivityDescriptorBuilder Unchecked(this ActivityDescriptorBuilder builder) =>
        builder.Without(
            "DisableAuthorizationHeaderValidation", "Boolean", "不检查授权头", "Disable authorization header validation");
}
