namespace Consultation.Cases.Attachments;

/// <summary>What a virus scanner said of a file.</summary>
public abstract record ScanResult
{
    private ScanResult() { }

    /// <summary>Nothing was found, or no scanner is set.</summary>
    public sealed record Clean : ScanResult;

    /// <summary>Something was found.</summary>
    /// <param name="Found">What the scanner calls it.</param>
    public sealed record Infected(string Found) : ScanResult;

    /// <summary>The scanner did not answer: the file stays held and is looked at again.</summary>
    public sealed record Unavailable : ScanResult;
}

/// <summary>
/// Asks the virus scanner. An interface because the scanner is a program or a server outside: the host, which knows the
/// settings, implements it.
/// </summary>
public interface IFileScan
{
    /// <summary>Looks through a file.</summary>
    Task<ScanResult> ScanAsync(Stream content, CancellationToken cancellationToken);
}

/// <summary>
/// Makes a PDF of a document of an office program. An interface because it starts a program outside: the host
/// implements it.
/// </summary>
public interface IPreviewMaker
{
    /// <summary>True when previews are made at all.</summary>
    bool IsOn { get; }

    /// <summary>The PDF as a file of its own, which the caller deletes; null when none could be made in time.</summary>
    Task<string?> MakeAsync(Stream content, FileKind kind, CancellationToken cancellationToken);

    /// <summary>
    /// PDFs of documents that the product made itself, in their order; null in the place of each of which none could
    /// be made in time.
    /// </summary>
    Task<IReadOnlyList<byte[]?>> MakeAsync(
        IReadOnlyList<(string Ending, byte[] Content)> documents, CancellationToken cancellationToken);
}
