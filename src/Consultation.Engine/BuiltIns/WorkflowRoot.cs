using Consultation.Engine.Definitions;
using Consultation.Engine.Running;

namespace Consultation.Engine.BuiltIns;

/// <summary>The workflow itself: runs its root activity and ends the run.</summary>
internal sealed class WorkflowRoot(ActivityNode node) : Activity
{
    public const string TypeName = "Elsa.Workflow";

    internal override bool IsComposite => true;

    public override void Execute(ActivityContext context)
    {
        if (node.Children.Count == 0) context.Complete();
        else context.Schedule(node.Children[0]);
    }
}
