using Consultation.Cases;

namespace Consultation.Web.Definitions;

/// <summary>One thing that was found in a version before it is published.</summary>
/// <param name="Code">Name of the rule.</param>
/// <param name="NodeId">Where; null for the whole workflow.</param>
/// <param name="Forbids">True when it cannot be published like this.</param>
/// <param name="What">What is found.</param>
/// <param name="Mend">How to mend it.</param>
/// <param name="MayMend">True when the product can mend it in the draft.</param>
public sealed record WorkflowFinding(
    string Code, string? NodeId, bool Forbids, LocalText What, LocalText Mend, bool MayMend);

/// <summary>
/// Says what is found in a version of a workflow, and mends some of it. An interface because definitions belong to
/// parts that Web may not see: Server implements it.
/// </summary>
public interface IWorkflowFindings
{
    /// <summary>What is found in a version, errors first.</summary>
    Task<IReadOnlyList<WorkflowFinding>> FindAsync(string versionId, CancellationToken cancellationToken);

    /// <summary>Mends one finding in the draft, which begins with it where there is none. Why not, or null.</summary>
    Task<LocalText?> MendAsync(
        string definitionId, string code, string nodeId, string by, CancellationToken cancellationToken);
}
