using Consultation.Engine.Definitions;

namespace Consultation.Runtime.Definitions;

/// <summary>
/// What is told about a version before it is published, beside what the compiler finds: it may be published all the
/// same. An interface because the rules are about steps that Runtime may not see; Activities implements it.
/// </summary>
public interface IDefinitionLint
{
    /// <summary>What is found.</summary>
    /// <param name="workflow">The version.</param>
    /// <param name="published">The version in force, or null: what it covered is not to be lost.</param>
    IReadOnlyList<DefinitionFinding> Look(CompiledWorkflow workflow, WorkflowDefinition? published);

    /// <summary>
    /// The definition with one finding mended; null where that takes a person who knows what is meant.
    /// </summary>
    WorkflowDefinition? Mend(CompiledWorkflow workflow, DefinitionFinding finding);
}
