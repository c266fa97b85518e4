namespace Consultation.Engine.Definitions;

/// <summary>What compiling gave.</summary>
/// <param name="Workflow">The workflow, or null when it has no root that could run. A workflow with errors may still be
/// tried as a draft.</param>
/// <param name="Findings">What was found, errors first.</param>
public sealed record CompileResult(CompiledWorkflow? Workflow, IReadOnlyList<DefinitionFinding> Findings)
{
    /// <summary>Whether the definition must not be published.</summary>
    public bool HasErrors => Findings.Count > 0 && Findings[0].Severity == FindingSeverity.Error;
}

/// <summary>Turns a definition into a graph that runs, and says what is wrong with it.</summary>
public static class WorkflowCompiler
{
    /// <summary>Most activities in one workflow, those of used definitions included.</summary>
    public const int MaxNodes = 10_000;

    /// <summary>Deepest nesting of activities and used definitions.</summary>
    public const int MaxDepth = 64;

    /// <summary>Compiles once per version; keep the result.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="catalog">The known activity types.</param>
    /// <param name="resolveDefinition">
    /// Finds a definition used as an activity by its definition id and version (null: the published one); may be null
    /// when there are none.
    /// </param>
    /// <param name="resolveType">
    /// Finds the id of the definition that appears as an activity of that type name, or null.
    /// </param>
    public static CompileResult Compile(
        WorkflowDefinition definition,
        ActivityCatalog catalog,
        Func<string, int?, WorkflowDefinition?>? resolveDefinition = null,
        Func<string, string?>? resolveType = null) =>
        new WorkflowBuilder(definition, catalog, resolveDefinition, resolveType).Build();
}
