using Consultation.Cases;

namespace Consultation.Web.Definitions;

/// <summary>
/// Publishes a workflow anew so that it is bound to the parts of now. An interface because definitions belong to parts
/// that Web may not see: Server implements it.
/// </summary>
public interface IWorkflowPublishing
{
    /// <summary>
    /// Publishes the same content as a new version; runs stay on theirs. Returns why not, or null when it is done.
    /// </summary>
    Task<LocalText?> PublishAnewAsync(string definitionId, CancellationToken cancellationToken);
}
