using System.ComponentModel;
using System.Diagnostics;
using Consultation.Cases.Attachments;
using Consultation.Storage.Attachments;

namespace Consultation.Server.Material;

/// <summary>
/// Makes PDFs of office documents by LibreOffice: one at a time, for a bounded time, each in a profile of its own that
/// is thrown away, in which macros and links to elsewhere are off.
/// </summary>
internal sealed class PreviewMaker(MaterialOptions options, ILogger<PreviewMaker> log) : IPreviewMaker, IDisposable
{
    private const long LargestPdf = 100L * 1024 * 1024;

    /// <summary>Nothing of a document is run, and nothing is fetched, while it is turned into a PDF.</summary>
    private static readonly string Profile =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">"
        + Item("Common/Security/Scripting", "DisableMacrosExecution", "true")
        + Item("Common/Security/Scripting", "MacroSecurityLevel", "3")
        + Item("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true")
        + Item("Writer/Content/Update", "Link", "0")
        + Item("Calc/Content/Update", "Link", "1")
        + "</oor:items>";

    private readonly SemaphoreSlim _one = new(1);
    private volatile bool _isMissing;

    public bool IsOn => options.PreviewProgram.Length > 0 && !_isMissing;

    public Task<string?> MakeAsync(Stream content, FileKind kind, CancellationToken cancellationToken) =>
        InFolderAsync(async (folder, limit) =>
        {
            var document = Path.Combine(folder, $"document.{kind.Key}");
            await using (var file = new FileStream(document, FileMode.CreateNew))
            {
                await content.CopyToAsync(file, limit);
            }

            await RunAsync(folder, [document], limit);
            if (Made(folder, "document") is not { } made) return null;
            var kept = Path.Combine(Path.GetTempPath(), $"consultation-preview-{Guid.NewGuid():N}.pdf");
            File.Move(made, kept);
            return kept;
        }, null, cancellationToken);

    public async Task<IReadOnlyList<byte[]?>> MakeAsync(
        IReadOnlyList<(string Ending, byte[] Content)> documents, CancellationToken cancellationToken)
    {
        var none = new byte[]?[documents.Count];
        if (documents.Count == 0 || !IsOn) return none;
        return await InFolderAsync<IReadOnlyList<byte[]?>>(async (folder, limit) =>
        {
            var paths = new List<string>();
            foreach (var (ending, content) in documents)
            {
                paths.Add(Path.Combine(folder, $"document-{paths.Count}.{ending}"));
                await File.WriteAllBytesAsync(paths[^1], content, limit);
            }

            await RunAsync(folder, paths, limit);
            var made = new List<byte[]?>();
            foreach (var path in paths)
            {
                made.Add(Made(folder, Path.GetFileNameWithoutExtension(path)) is { } pdf
                    ? await File.ReadAllBytesAsync(pdf, limit)
                    : null);
            }

            return made;
        }, none, cancellationToken);
    }

    /// <summary>One at a time, in a folder that is thrown away, for a bounded time.</summary>
    private async Task<T> InFolderAsync<T>(
        Func<string, CancellationToken, Task<T>> work, T otherwise, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        var folder = Directory.CreateTempSubdirectory("consultation-preview-").FullName;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(options.PreviewWithin);
            return await work(folder, limit.Token);
        }
        catch (Win32Exception failure)
        {
            // LibreOffice is not there: documents are saved and not looked at, until the host starts again.
            _isMissing = true;
            log.PreviewsOff(failure, options.PreviewProgram);
            return otherwise;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            log.PreviewTooSlow(options.PreviewWithin);
            return otherwise;
        }
        finally
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // A child that still dies holds a file: the system's tidying takes it.
            }

            _one.Release();
        }
    }

    private static string? Made(string folder, string name) =>
        new FileInfo(Path.Combine(folder, "out", name + ".pdf")) is { Exists: true, Length: > 0 and <= LargestPdf } made
            ? made.FullName
            : null;

    public void Dispose() => _one.Dispose();

    private static string Item(string path, string name, string value) =>
        $"<item oor:path=\"/org.openoffice.Office.{path}\"><prop oor:name=\"{name}\" oor:op=\"fuse\">"
        + $"<value>{value}</value></prop></item>";

    private async Task RunAsync(
        string folder, IReadOnlyList<string> documents, CancellationToken cancellationToken)
    {
        var profile = Path.Combine(folder, "profile");
        Directory.CreateDirectory(Path.Combine(profile, "user"));
        await File.WriteAllTextAsync(
            Path.Combine(profile, "user", "registrymodifications.xcu"), Profile, cancellationToken);
        var start = new ProcessStartInfo(options.PreviewProgram) { WorkingDirectory = folder };
        foreach (var word in (string[])
            [$"-env:UserInstallation={new Uri(profile)}", "--headless", "--norestore", "--nolockcheck", "--nodefault",
            "--convert-to", "pdf", "--outdir", Path.Combine(folder, "out"), .. documents])
        {
            start.ArgumentList.Add(word);
        }

        // Nothing of this program's settings goes along.
        var (path, language) = (Environment.GetEnvironmentVariable("PATH"), Environment.GetEnvironmentVariable("LANG"));
        start.Environment.Clear();
        (start.Environment["PATH"], start.Environment["HOME"], start.Environment["TMPDIR"], start.Environment["LANG"]) =
            (path, folder, folder, language ?? "C.UTF-8");
        await OutsideProgram.RunAsync(start, cancellationToken);
    }
}
