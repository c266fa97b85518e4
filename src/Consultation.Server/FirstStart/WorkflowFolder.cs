using Consultation.Activities;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;
using Microsoft.Extensions.Options;

namespace Consultation.Server.FirstStart;

/// <summary>A workflow file that could not be taken, with what to mend.</summary>
internal sealed record BrokenFile(string Name, string Zh, string En);

/// <summary>
/// Brings the product's workflow files into the database: unknown ones are published, changed ones become a new version, what an organisation edited
/// stays. A broken file is reported and left out; the host starts all the same.
/// </summary>
internal sealed class WorkflowFolder(DefinitionDesk desk, ActivityCatalog catalog, IOptions<HostOptions> options, ILogger<WorkflowFolder> log)
{
    private volatile IReadOnlyList<BrokenFile> _broken = [];

    /// <summary>Files that were left out.</summary>
    public IReadOnlyList<BrokenFile> Broken => _broken;

    /// <summary>How many files were read.</summary>
    public int Read { get; private set; }

    /// <summary>Reads all files; parts before wholes, so that a workflow finds the workflows it uses.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var folder = Locate(options.Value.WorkflowFolder);
        if (!Directory.Exists(folder))
        {
            Report([new(folder, "文件夹不存在，请检查设置 Host:WorkflowFolder。", "The folder does not exist; check Host:WorkflowFolder.")]);
            return;
        }

        var files = WorkflowFiles.LoadAll(folder, catalog);
        var broken = files.Where(file => file.Definition is null).Select(file => Describe(file.FileName, file.Findings)).ToList();
        var waiting = files.Where(file => file.Definition is not null).ToList();
        Read = 0;
        var refused = new List<BrokenFile>();
        for (var before = int.MaxValue; waiting.Count > 0 && waiting.Count < before;)
        {
            before = waiting.Count;
            refused.Clear();
            var again = new List<WorkflowFile>();
            foreach (var file in waiting)
            {
                if (Refusal(file.FileName, await desk.ImportAsync(file.Definition!, publish: true, cancellationToken)) is { } reason)
                {
                    refused.Add(reason);
                    again.Add(file);
                }
                else
                {
                    Read++;
                }
            }

            waiting = again;
        }

        Report([.. broken, .. refused]);
    }

    private void Report(IReadOnlyList<BrokenFile> broken)
    {
        _broken = broken;
        foreach (var file in broken)
        {
            log.WorkflowFileBroken(file.Name, file.En);
        }
    }

    private static BrokenFile? Refusal(string name, DefinitionChange? change) => change switch
    {
        null or DefinitionChange.Stored => null,
        DefinitionChange.Invalid invalid => Describe(name, invalid.Findings),
        DefinitionChange.NotAllowed refused => new(name, refused.Message.Zh, refused.Message.En),
        _ => new(name, "没有读入。", "It was not read."),
    };

    private static BrokenFile Describe(string name, IReadOnlyList<DefinitionFinding> findings)
    {
        var errors = findings.Where(finding => finding.Severity == FindingSeverity.Error).ToList();
        return new(
            name,
            string.Join(' ', errors.Select(finding => $"{finding.NodeId ?? finding.ActivityId} {finding.Message.Zh}。{finding.Mend.Zh}。".Trim())),
            string.Join(' ', errors.Select(finding => $"{finding.NodeId ?? finding.ActivityId} {finding.Message.En}. {finding.Mend.En}.".Trim())));
    }

    // A relative folder lies in the working folder, or else beside the program.
    private static string Locate(string folder) =>
        Path.IsPathRooted(folder) || Directory.Exists(folder) ? folder : Path.Combine(AppContext.BaseDirectory, folder);
}
