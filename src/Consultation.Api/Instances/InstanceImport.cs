using Consultation.Api.Definitions;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using Consultation.Runtime.Definitions;
using Consultation.Storage.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Consultation.Api.Instances;

/// <summary>
/// Takes in files of instances (contract row I13): JSON files, or ZIPs of them, all or none. What comes in is a record
/// to read; it never runs here and belongs to no case, see decision 5.
/// </summary>
internal static class InstanceImport
{
    /// <summary>Property of an imported run that says where it came from.</summary>
    public const string Mark = "Import";

    private const int MostProblems = 10;

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/bulk-actions/import/workflow-instances", ImportAsync)
            .DisableAntiforgery().AddEndpointFilter<OperatorsOnly>();

    private static async Task<IResult> ImportAsync(
        HttpContext http, IFormFileCollection files, IDefinitionStore definitions, WorkflowCache cache,
        RunRecords records, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var problems = new List<BilingualText>();
        var read = await ReadAsync(files, problems, cancellationToken);
        if (read.Count == 0 && problems.Count == 0) problems.Add(DefinitionWriting.NoFile);
        foreach (var twice in read.GroupBy(one => one.File.Id).Where(group => group.Count() > 1))
        {
            problems.Add(
                new($"实例 {twice.Key} 在文件里出现了两次，请只留一个。",
                    $"The instance {twice.Key} is in the files twice; leave one of them out."));
        }

        var taken = new List<RunRecord>();
        foreach (var (name, file) in read)
        {
            if (await FindWorkflowAsync(file, definitions, cache, cancellationToken) is { } workflow)
            {
                taken.Add(Record(file, workflow, ElsaAccess.NameOf(http.User), clock.GetUtcNow()));
            }
            else problems.Add(About(name, NoWorkflow(file)));
        }

        if (problems.Count == 0)
        {
            var known = await records.AddAsync(ElsaAccess.OrganisationOf(http.User), taken, cancellationToken);
            problems.AddRange(known.Select(id => new BilingualText(
                $"实例 {id} 已经存在，不会被覆盖；如确需导入，请先删除它。",
                $"The instance {id} exists already and is not overwritten; delete it first if you mean to.")));
        }

        return problems.Count > 0
            ? Answers.Invalid(http, [.. problems.Take(MostProblems)])
            : Answers.Ok(new { count = taken.Count });
    }

    /// <summary>The files, unpacked; what is unpacked is bounded, whatever a ZIP says of itself.</summary>
    private static async Task<List<(string Name, InstanceFile File)>> ReadAsync(
        IFormFileCollection files, List<BilingualText> problems, CancellationToken cancellationToken)
    {
        var read = new List<(string, InstanceFile)>();
        var left = DefinitionPackage.MostBytes;
        foreach (var file in files)
        {
            var bytes = await BytesAsync(file, cancellationToken);
            if (bytes is not null && !bytes.AsSpan().StartsWith("PK"u8)) Take(file.FileName, bytes);
            else if (bytes is null || !Unpack(file.FileName, bytes)) problems.Add(About(file.FileName, TooLarge));
        }

        return read;

        bool Unpack(string fileName, byte[] zip)
        {
            try
            {
                if (DefinitionPackage.Files(zip) is not { } archive) return false;
                using var opened = archive;
                var entries = archive.Entries.Where(entry => !DefinitionPackage.IsClutter(entry)
                    && entry.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).ToList();
                if (read.Count + entries.Count > DefinitionPackage.MostFiles) return false;
                foreach (var entry in entries)
                {
                    if (DefinitionPackage.Unpack(entry, Math.Min(left, DefinitionLimits.MaxBytes)) is not { } json)
                    {
                        return false;
                    }
                    Take($"{fileName}/{entry.FullName}", json);
                }
            }
            catch (InvalidDataException)
            {
                problems.Add(
                    About(fileName,
                        new("不是完整的 ZIP 压缩包，请重新导出或下载。", "it is no complete ZIP; export or download it again.")));
            }

            return true;
        }

        void Take(string name, byte[] json)
        {
            left -= json.Length;
            BilingualText? problem = TooLarge;
            if (left >= 0 && read.Count < DefinitionPackage.MostFiles
                && InstanceFile.Read(json, out problem) is { } file)
            {
                read.Add((name, file));
            }
            else problems.Add(About(name, problem!));
        }
    }

    private static async Task<byte[]?> BytesAsync(IFormFile file, CancellationToken cancellationToken)
    {
        if (file.Length > DefinitionLimits.MaxBytes) return null;
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }

    /// <summary>
    /// The version that the instance ran: the very one, or one of the same number that has all of the places where the
    /// instance was.
    /// </summary>
    private static async Task<CompiledWorkflow?> FindWorkflowAsync(
        InstanceFile file, IDefinitionStore definitions, WorkflowCache cache, CancellationToken cancellationToken)
    {
        var version = await definitions.FindVersionAsync(file.DefinitionVersionId, cancellationToken);
        if (version is not null && version.Definition.DefinitionId == file.DefinitionId)
        {
            return (await cache.CompileAsync(version, cancellationToken)).Workflow;
        }
        var same = await definitions.FindAsync(
            file.DefinitionId, new VersionOptions(VersionChoice.Number, file.DefinitionVersion), cancellationToken);
        if (same is null || (await cache.CompileAsync(same, cancellationToken)).Workflow is not { } workflow)
        {
            return null;
        }
        var nodes = file.Lines.Select(line => line.NodeId).Concat(file.Executions.Select(one => one.ActivityNodeId))
            .Distinct();
        return nodes.All(node => workflow.FindNode(node) is not null) ? workflow : null;
    }

    private static RunRecord Record(InstanceFile file, CompiledWorkflow workflow, string by, DateTimeOffset now)
    {
        var last = file.Lines.Count > 0 ? file.Lines[^1].Timestamp : now;
        var lines = file.Lines.Append(new JournalLine
        {
            Sequence = file.Lines.Count + 1,
            Timestamp = now,
            EventName = "Imported",
            ActivityInstanceId = $"{file.Id}-1",
            ActivityId = workflow.Root.ActivityId,
            ActivityType = workflow.Root.Type,
            ActivityTypeVersion = 1,
            NodeId = workflow.Root.NodeId,
            Message = $"由 {by} 导入的记录，只供查阅，不会运行；原状态 {file.SubStatus}。A record brought in by {by}, to be read only; it "
                + $"stood at {file.SubStatus}.",
        }).ToList();
        var state = RunState.Record(workflow, new PastRun
        {
            InstanceId = file.Id,
            Name = file.Name,
            CorrelationId = file.OwnCorrelation,
            HasFinished = file.SubStatus == RunSubStatus.Finished,
            CreatedAt = file.CreatedAt ?? last,
            UpdatedAt = file.UpdatedAt ?? last,
            FinishedAt = file.FinishedAt ?? file.UpdatedAt ?? last,
            Input = file.Input,
            Output = file.Output,
            Properties = new(file.Properties) { [Mark] = Origin(file, by, now) },
            Variables = file.Variables,
            Incidents = file.Incidents,
            JournalSequence = lines.Count,
            StepCount = RunRecord.PagesOf(lines.Count),
            ActivityCount = file.Executions.Count,
        });
        return new RunRecord(state, lines, file.Executions);
    }

    /// <summary>Where the record came from, as plain data; what may not act here is only named.</summary>
    private static Dictionary<string, object?> Origin(InstanceFile file, string by, DateTimeOffset now) => new()
    {
        ["By"] = by,
        ["At"] = now,
        ["SubStatus"] = file.SubStatus.ToString(),
        ["CorrelationId"] = file.CorrelationId,
        ["ParentWorkflowInstanceId"] = file.ParentId,
        ["DefinitionVersionId"] = file.DefinitionVersionId,
    };

    private static readonly BilingualText TooLarge = new(
        $"文件过大：单个不超过 10 MB，全部解压后不超过 20 MB，最多 {DefinitionPackage.MostFiles} 个。请分几次导入。",
        $"it is too large: at most 10 MB a file, 20 MB of all unpacked, and {DefinitionPackage.MostFiles} files. "
            + "Import them in several turns.");

    private static BilingualText NoWorkflow(InstanceFile file) => new(
        $"这里没有它运行的流程“{file.DefinitionId}”第 {file.DefinitionVersion} 版，或那一版的节点不同。请先导入该流程的这一版。",
        $"the workflow “{file.DefinitionId}”, version {file.DefinitionVersion}, is not here, or that version has "
            + "other nodes. Import that version of the workflow first.");

    private static BilingualText About(string fileName, BilingualText text) =>
        new($"文件“{fileName}”：{text.Zh}", $"The file “{fileName}”: {text.En}");
}
