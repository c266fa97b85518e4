using Consultation.Cases;
using Consultation.Engine.Definitions;
using Consultation.Runtime.Definitions;
using Consultation.Storage;
using Consultation.Web.Definitions;

namespace Consultation.Server.Designer;

/// <summary>Findings for the desk: the same as the designer is told when it saves.</summary>
internal sealed class WorkflowFindings(DefinitionEditing editing, IDefinitionStore store) : IWorkflowFindings
{
    public async Task<IReadOnlyList<WorkflowFinding>> FindAsync(string versionId, CancellationToken cancellationToken)
    {
        if (await store.FindVersionAsync(versionId, cancellationToken) is not { } version) return [];
        var found = new List<WorkflowFinding>();
        foreach (var one in await editing.FindingsAsync(version, cancellationToken))
        {
            if (one.Severity == FindingSeverity.Information) continue;
            found.Add(new(
                one.Code, one.NodeId, one.Severity == FindingSeverity.Error, one.Message.Local(), one.Mend.Local(),
                version.Definition.IsLatest && await editing.MayMendAsync(version, one, cancellationToken)));
        }

        return [.. found.OrderByDescending(one => one.Forbids)];
    }

    public async Task<LocalText?> MendAsync(
        string definitionId, string code, string nodeId, string by, CancellationToken cancellationToken) =>
        await editing.MendAsync(definitionId, code, nodeId, new DefinitionAuthor(by), cancellationToken) switch
        {
            DefinitionChange.Stored => null,
            DefinitionChange.NotAllowed refused => refused.Message.Local(),
            DefinitionChange.Conflict overtaken => overtaken.Message.Local(),
            _ => new("这一处已经改过，或要由设计人在设计器里修改。",
                "It is mended already, or has to be mended by a designer."),
        };
}
