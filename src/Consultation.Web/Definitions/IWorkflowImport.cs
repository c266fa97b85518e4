using Consultation.Cases;

namespace Consultation.Web.Definitions;

/// <summary>What taking a definition from a package would do.</summary>
public enum ImportEffect
{
    /// <summary>There is no such workflow yet.</summary>
    New,

    /// <summary>The workflow's draft is replaced.</summary>
    ReplacesDraft,

    /// <summary>A new draft above the published version; running cases stay on theirs.</summary>
    NewDraft,

    /// <summary>The same as what is stored.</summary>
    Same,

    /// <summary>It cannot be taken.</summary>
    Refused,
}

/// <summary>One definition of a package before it is taken.</summary>
/// <param name="FileName">Where it stood.</param>
/// <param name="DefinitionId">The workflow; null when the file cannot be read.</param>
/// <param name="Name">Its name.</param>
/// <param name="Effect">What taking it does.</param>
/// <param name="Version">The stored version that it meets, or null.</param>
/// <param name="Seen">Names the stored state that the preview was made from; given back when it is taken.</param>
/// <param name="Problems">
/// What is wrong, naming node and remedy. A refused file has one; others may be taken as drafts and mended in the
/// designer.
/// </param>
public sealed record ImportPreview(
    string FileName, string? DefinitionId, string? Name, ImportEffect Effect, int? Version, string Seen,
    IReadOnlyList<LocalText> Problems);

/// <summary>
/// Takes workflow definitions from a file. An interface because definitions belong to parts that Web may not see:
/// Server implements it.
/// </summary>
public interface IWorkflowImport
{
    /// <summary>What is in the package and what taking it would do; changes nothing.</summary>
    Task<IReadOnlyList<ImportPreview>> PreviewAsync(
        string fileName, byte[] content, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the wanted definitions as drafts. Returns what could not be stored: somebody saved the workflow since the
    /// preview, or it is read-only.
    /// </summary>
    /// <param name="fileName">Name of the package.</param>
    /// <param name="content">The package.</param>
    /// <param name="wanted">Definition id, and what the preview gave as seen.</param>
    /// <param name="by">Log-in name of who takes them.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task<IReadOnlyList<LocalText>> TakeAsync(
        string fileName, byte[] content, IReadOnlyDictionary<string, string> wanted, string by,
        CancellationToken cancellationToken);
}
