using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;

namespace Consultation.Engine.BuiltIns;

/// <summary>
/// Which version a step starts of the workflow that it names. Elsa always takes the one published at that moment; here
/// a case that runs keeps what it began with, unless its author asks for the latest.
/// </summary>
public static class ChildVersion
{
    /// <summary>Name of the input.</summary>
    public const string Input = "ChildVersion";

    /// <summary>The version that was published when the starting workflow was published: the default.</summary>
    public const string Bound = "bound";

    /// <summary>The version that is published at the moment.</summary>
    public const string Latest = "latest";

    private static readonly IReadOnlyList<InputOption> Options =
    [
        new(Bound, new("本流程发布时的版本", "The one published with this workflow")),
        new(Latest, new("启动时最新发布的版本", "The latest published one")),
    ];

    /// <summary>Adds the choice to a step that starts a workflow.</summary>
    public static ActivityDescriptorBuilder StartsVersion(this ActivityDescriptorBuilder builder) =>
        builder.Choice(Input, "子流程版本", "Version to start", Options);

    /// <summary>Id of the version that a node starts; null for the one that is published then.</summary>
    /// <param name="node">The step.</param>
    /// <param name="definitionId">The workflow that it starts.</param>
    /// <param name="choice">What its input says.</param>
    public static string? Of(ActivityNode node, string definitionId, string? choice)
    {
        if (choice == Latest) return null;
        // Whoever starts himself again starts what he is.
        return definitionId == node.Definition.DefinitionId
            ? node.Definition.Id is { Length: > 0 } own ? own : null
            : node.Definition.Bound.GetValueOrDefault(definitionId)?.VersionId;
    }
}
