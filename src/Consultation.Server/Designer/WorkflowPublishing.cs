using Consultation.Cases;
using Consultation.Runtime.Definitions;
using Consultation.Storage;
using Consultation.Web.Definitions;

namespace Consultation.Server.Designer;

/// <summary>
/// Publishing anew from the desk. There is no author who might publish his own: the content is that of the version in
/// force. A draft is published in the designer, where it is read first.
/// </summary>
internal sealed class WorkflowPublishing(DefinitionEditing editing, IDefinitionStore store) : IWorkflowPublishing
{
    public async Task<LocalText?> PublishAnewAsync(string definitionId, CancellationToken cancellationToken)
    {
        var latest = await store.FindAsync(definitionId, VersionOptions.Latest, cancellationToken);
        if (latest is not { Definition.IsPublished: true })
        {
            return new("本流程还有未发布的草稿，请先在设计器里发布它。",
                "There is a draft of this workflow: publish it in the designer.");
        }

        return await editing.PublishAsync(definitionId, cancellationToken) switch
        {
            DefinitionChange.Stored => null,
            DefinitionChange.NotAllowed refused => refused.Message.Local(),
            DefinitionChange.Invalid { Findings: [var first, ..] } => first.Sentence.Local(),
            _ => new("未能发布，请重试。", "It could not be published; try again."),
        };
    }
}
