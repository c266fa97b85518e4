using Consultation.Engine.Describing;
using Consultation.Engine.Running;

namespace Consultation.Engine.Definitions;

/// <summary>An activity type that definitions may use: its description and how to make its nodes.</summary>
public sealed class ActivityType
{
    /// <param name="descriptor">How the designer sees the type.</param>
    /// <param name="create">Makes the activity of one node; called once per node when a definition is compiled.</param>
    /// <param name="validate">Further checks of a node, for example "gate without approver"; may be null.</param>
    public ActivityType(
        ActivityDescriptor descriptor,
        Func<ActivityNode, Activity> create,
        Func<ActivityNode, IEnumerable<DefinitionFinding>>? validate = null)
    {
        Descriptor = descriptor;
        Create = create;
        Validate = validate;
    }

    public string TypeName => Descriptor.TypeName;

    public int Version => Descriptor.Version;

    public ActivityDescriptor Descriptor { get; }

    /// <summary>Makes the activity of one node. The result must not change after construction.</summary>
    public Func<ActivityNode, Activity> Create { get; }

    /// <summary>Yields findings about one node beyond those that the compiler makes itself.</summary>
    public Func<ActivityNode, IEnumerable<DefinitionFinding>>? Validate { get; }
}
