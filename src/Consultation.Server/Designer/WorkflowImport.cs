using Consultation.Cases;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Runtime.Definitions;
using Consultation.Storage;
using Consultation.Web.Definitions;

namespace Consultation.Server.Designer;

/// <summary>The desk's import over the desk of definitions: the same rules as in the designer.</summary>
internal sealed class WorkflowImport(DefinitionEditing editing, IDefinitionStore store, WorkflowCache cache)
    : IWorkflowImport
{
    /// <summary>What a workflow that is not stored yet was seen as: whoever stores it meanwhile wins.</summary>
    private const string Nothing = "nothing";

    private const int MostProblems = 10;

    public async Task<IReadOnlyList<ImportPreview>> PreviewAsync(
        string fileName, byte[] content, CancellationToken cancellationToken)
    {
        var previews = new List<ImportPreview>();
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in DefinitionPackage.Read(fileName, content))
        {
            if (file.Definition is not { } given)
            {
                previews.Add(new(file.FileName, null, null, ImportEffect.Refused, null, "", [file.Problem!.Local()]));
            }
            else if (!met.Add(given.DefinitionId))
            {
                previews.Add(new(file.FileName, given.DefinitionId, given.Name, ImportEffect.Refused, null, "", [new(
                    $"流程“{given.DefinitionId}”在包里出现了两次，请只留一个。",
                    $"The workflow {given.DefinitionId} is in the package twice; leave one of them out.")]));
            }
            else
            {
                previews.Add(await PreviewAsync(file.FileName, given, cancellationToken));
            }
        }

        return previews;
    }

    public async Task<IReadOnlyList<LocalText>> TakeAsync(
        string fileName, byte[] content, IReadOnlyDictionary<string, string> wanted, string by,
        CancellationToken cancellationToken)
    {
        var refused = new List<LocalText>();
        foreach (var file in DefinitionPackage.Read(fileName, content))
        {
            if (file.Definition is not { } given || !wanted.TryGetValue(given.DefinitionId, out var seen)) continue;
            var message =
                await editing.SaveAsync(given, publish: false, new DefinitionAuthor(by, seen), cancellationToken) switch
                {
                    DefinitionChange.Stored => null,
                    DefinitionChange.Conflict conflict => conflict.Message,
                    DefinitionChange.NotAllowed refusal => refusal.Message,
                    _ => new BilingualText("未能保存，请重试。", "It could not be stored; try again."),
                };
            if (message is { } why)
            {
                refused.Add(
                    new($"“{given.Name ?? given.DefinitionId}”：{why.Zh}",
                        $"{given.Name ?? given.DefinitionId}: {why.En}"));
            }
        }

        return refused;
    }

    private async Task<ImportPreview> PreviewAsync(
        string fileName, WorkflowDefinition given, CancellationToken cancellationToken)
    {
        var stored = await store.FindAsync(given.DefinitionId, VersionOptions.Latest, cancellationToken);
        var effect = stored switch
        {
            null => ImportEffect.New,
            { Definition.IsReadonly: true } => ImportEffect.Refused,
            _ when editing.IsSame(given, stored.Definition) => ImportEffect.Same,
            { Definition.IsPublished: true } => ImportEffect.NewDraft,
            _ => ImportEffect.ReplacesDraft,
        };
        var compiled = await cache.CheckAsync(given, cancellationToken);
        List<LocalText> problems = [.. compiled.Findings.Where(finding => finding.Severity == FindingSeverity.Error)
            .Take(MostProblems).Select(finding => finding.Sentence.Local())];
        if (effect == ImportEffect.Refused) problems = [new("该流程为只读，不能修改。", "This workflow is read-only.")];
        return new(fileName, given.DefinitionId, given.Name, effect, stored?.Definition.Version,
            stored?.Tag ?? Nothing, problems);
    }
}
