using System.Security.Cryptography;
using Consultation.Activities;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;
using Consultation.Storage.Definitions;
using Microsoft.Extensions.Options;

namespace Consultation.Server.FirstStart;

/// <summary>What people should know about a workflow file: what to mend, or why it was left out.</summary>
internal sealed record FileNote(string Name, string Zh, string En);

/// <summary>
/// Brings the product's workflow files into the database: unknown ones are published, changed ones become a new
/// version, what people edited stays. A broken file is reported and left out; the host starts all the same. A file
/// whose content was dealt with before is not even read as a workflow.
/// </summary>
internal sealed class WorkflowFolder(
    DefinitionEditing editing, ActivityCatalog catalog, WorkflowFileLedger ledger, IOptions<HostOptions> options,
    ILogger<WorkflowFolder> log)
{
    private volatile IReadOnlyList<FileNote> _broken = [];

    /// <summary>Files that were left out.</summary>
    public IReadOnlyList<FileNote> Broken => _broken;

    /// <summary>Files whose new content was not taken, because people have made the workflow their own.</summary>
    public IReadOnlyList<FileNote> Kept { get; private set; } = [];

    /// <summary>How many files are in order.</summary>
    public int Read { get; private set; }

    /// <summary>
    /// Reads the files that are new or changed; parts before wholes, so that a workflow finds the workflows it uses.
    /// </summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var folder = Beside.Folder(options.Value.WorkflowFolder);
        if (!Directory.Exists(folder))
        {
            Report([new(folder, "文件夹不存在，请检查设置 Host:WorkflowFolder。", "The folder does not exist; check "
                + "Host:WorkflowFolder.")], []);
            return;
        }

        var hashes = Directory.EnumerateFiles(folder, "*.json").ToDictionary(path => Path.GetFileName(path), HashOf);
        var known = await ledger.ReadAsync(cancellationToken);
        var dealtWith = hashes.Keys.Where(name => known.TryGetValue(name, out var row) && row.Hash == hashes[name])
            .ToHashSet(StringComparer.Ordinal);
        var kept = dealtWith.Where(name => known[name].KeptFor.Length > 0)
            .Select(name => KeptNote(name, known[name].KeptFor)).ToList();
        Read = dealtWith.Count;
        if (dealtWith.Count == hashes.Count)
        {
            Report([], kept);
            return;
        }

        var files = WorkflowFiles.LoadAll(folder, catalog).Where(file => !dealtWith.Contains(file.FileName)).ToList();
        var broken = files.Where(file => file.Definition is null)
            .Select(file => Describe(file.FileName, file.Findings)).ToList();
        var waiting = WorkflowUses.PartsFirst(
            files.Where(file => file.Definition is not null), file => file.Definition!, catalog).ToList();
        var refused = new List<FileNote>();
        for (var before = int.MaxValue; waiting.Count > 0 && waiting.Count < before;)
        {
            before = waiting.Count;
            refused.Clear();
            var again = new List<WorkflowFile>();
            foreach (var file in waiting)
            {
                var change = await editing.ImportAsync(file.Definition!, publish: true, cancellationToken);
                if (Refusal(file.FileName, change) is { } reason)
                {
                    refused.Add(reason);
                    again.Add(file);
                    continue;
                }

                var keptFor = change is DefinitionChange.KeptOwn own ? own.Definition.UpdatedBy : "";
                if (keptFor.Length > 0)
                {
                    kept.Add(KeptNote(file.FileName, keptFor));
                }

                await ledger.NoteAsync(file.FileName, hashes[file.FileName], keptFor, cancellationToken);
                Read++;
            }

            waiting = again;
        }

        await editing.BindOwnAsync(cancellationToken);
        Report([.. broken, .. refused], kept);
    }

    private void Report(IReadOnlyList<FileNote> broken, IReadOnlyList<FileNote> kept)
    {
        (_broken, Kept) = (broken, kept);
        foreach (var file in broken)
        {
            log.WorkflowFileBroken(file.Name, file.En);
        }
    }

    private static FileNote? Refusal(string name, DefinitionChange? change) => change switch
    {
        null or DefinitionChange.Stored or DefinitionChange.KeptOwn => null,
        DefinitionChange.Invalid invalid => Describe(name, invalid.Findings),
        DefinitionChange.NotAllowed refused => new(name, refused.Message.Zh, refused.Message.En),
        _ => new(name, "没有读入。", "It was not read."),
    };

    private static FileNote Describe(string name, IReadOnlyList<DefinitionFinding> findings)
    {
        var errors = findings.Where(finding => finding.Severity == FindingSeverity.Error)
            .Select(finding => finding.Sentence).ToList();
        return new(name, string.Concat(errors.Select(error => error.Zh)),
            string.Join(' ', errors.Select(error => error.En)));
    }

    private static FileNote KeptNote(string name, string by) => new(
        name,
        $"文件有新内容，但流程已由 {by} 改成本单位自己的版本，继续使用后者。要改用文件的内容，请在设计器中导入该文件。",
        $"The file has new content, but {by} made the workflow your own; that version stays. To take the file's "
            + "content, import the file in the designer.");

    // Unreadable here means unreadable below, where it is said in words.
    private static string HashOf(string path)
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
