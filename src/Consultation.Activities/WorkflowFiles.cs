using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;

namespace Consultation.Activities;

/// <summary>A workflow file as read: its definition, or what is wrong with it.</summary>
/// <param name="FileName">Name of the file without folder.</param>
/// <param name="Definition">The definition; null when the file cannot be read or has errors: it must not be
/// stored.</param>
/// <param name="Findings">What was found, errors first; for the health page.</param>
public sealed record WorkflowFile(
    string FileName, WorkflowDefinition? Definition, IReadOnlyList<DefinitionFinding> Findings);

/// <summary>
/// Reads the workflow files that come with the product. A broken file is refused with what to mend; the others are read
/// all the same.
/// </summary>
public static class WorkflowFiles
{
    /// <summary>All *.json files of a folder, in the order of their names; none when the folder is not there.</summary>
    /// <param name="folder">Normally <c>workflows</c> beside the program.</param>
    /// <param name="catalog">The known activity types.</param>
    public static IReadOnlyList<WorkflowFile> LoadAll(string folder, ActivityCatalog catalog)
    {
        if (!Directory.Exists(folder)) return [];
        var read = Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read).ToList();
        return [.. read.Select(file => file.Definition is null ? file : Check(file, read, catalog))];
    }

    private static WorkflowFile Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            var definition = WorkflowDefinition.Parse(File.ReadAllBytes(path));
            return definition.DefinitionId == Path.GetFileNameWithoutExtension(path)
                ? new WorkflowFile(name, definition, [])
                : Refused(name, "wrong-name",
                    new($"文件名与流程编号“{definition.DefinitionId}”不一致",
                        $"The file's name is not its definition id \"{definition.DefinitionId}\""),
                    new("请把文件改名为“流程编号.json”", "Rename the file to the definition id with the ending .json"));
        }
        catch (DefinitionFormatException broken)
        {
            return Refused(name, "not-a-definition", broken.WhatAndWhere, broken.Mend);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Refused(name, "unreadable",
                new($"无法读取文件：{unreadable.Message}", $"The file cannot be read: {unreadable.Message}"),
                new("请检查文件权限", "Check the file's permissions"));
        }
    }

    private static WorkflowFile Check(WorkflowFile file, List<WorkflowFile> all, ActivityCatalog catalog)
    {
        var compiled = WorkflowCompiler.Compile(
            file.Definition!, catalog, (id, _) => all.Find(other => other.Definition?.DefinitionId == id)?.Definition);
        return compiled.HasErrors ? new WorkflowFile(file.FileName, null, compiled.Findings) : file with
        {
            Findings = compiled.Findings,
        };
    }

    private static WorkflowFile Refused(string name, string code, BilingualText what, BilingualText mend) =>
        new(name, null, [new DefinitionFinding(FindingSeverity.Error, code, null, null, what, mend)]);
}
