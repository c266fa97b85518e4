using Consultation.Engine.Definitions;

namespace Consultation.Runtime.Definitions;

/// <summary>
/// What else is asked before people publish a version. An interface because the answer needs parts that Runtime may not
/// see; Server implements it.
/// </summary>
public interface IPublishCheck
{
    /// <summary>What speaks against it; nothing when it may be published.</summary>
    Task<IReadOnlyList<DefinitionFinding>> CheckAsync(StoredDefinition version, CancellationToken cancellationToken);
}
