using Consultation.Activities.Designer;
using Consultation.Activities.Work;
using Consultation.Cases;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;
using Consultation.Cases.History;
using Consultation.Engine.Definitions;
using Consultation.Engine.Describing;
using Consultation.Engine.Running;
using static Consultation.Engine.Describing.ActivityDescriptorBuilder;

namespace Consultation.Activities.Documents;

/// <summary>Makes a document of the case from what has been recorded, and files it (D).</summary>
internal sealed class GenerateDocument : CaseActivity, IDescribedActivity
{
    private readonly InputBinding<string?> _kind, _given;
    private readonly OutputBinding _documentId, _number;

    public GenerateDocument(ActivityNode node)
        : base(node)
    {
        _kind = node.Input<string?>("Kind");
        _given = node.Input<string?>("UseNumber");
        _documentId = node.Output("DocumentId");
        _number = node.Output("Number");
    }

    private static readonly IReadOnlyList<InputOption> Kinds =
        [.. DocumentKinds.All.Select(kind => new InputOption(kind.Key, Choices.Text(kind.Name)))];

    public static ActivityType Type { get; } = new(
        Activity("Consultation.GenerateDocument", "生成文书", "Generate a document")
            .Category("文书", "Documents")
            .Description("根据登记内容生成文书并归入案卷", "Makes a document from what was recorded and files it")
            .Pick("Kind", "文书种类", "Kind", Kinds)
            .Input("UseNumber", "String", "印上的文号（没有专用文号的文书）", "Number to print, where the kind has none of its own")
            .Output("DocumentId", "String", "文书", "Document")
            .Output("Number", "String", "文号", "Number").Build(),
        node => new GenerateDocument(node),
        node => NodeChecks.Findings(NodeChecks.Document(node, "Kind")));

    public override void Execute(ActivityContext context)
    {
        var file = FileOf(context);
        var number = _given.Get(context) is { Length: > 0 } given ? given : null;
        foreach (var kind in DocumentKinds.Expand(_kind.Get(context) ?? "", file)) Make(context, file, kind, number);
        context.Complete();
    }

    /// <summary>The form whose record about a tracked item the document prints.</summary>
    private static string RecordKind(string kind) =>
        kind is DocumentKeys.ExtensionGranted or DocumentKeys.ExtensionRefused ? FormKeys.ExtensionRequest : kind;

    private void Make(ActivityContext context, CaseFile file, string kind, string? number)
    {
        CaseDocument document;
        try
        {
            var item = ItemOf(context, file);
            document = CaseDocuments.Create(
                kind, file, new DocumentSubject
                {
                    Number = number,
                    Item = item,
                    Record = item is null ? null : Records.Newest(file, RecordKind(kind), item),
                },
                context.Now);
        }
        catch (ArgumentException missing)
        {
            throw new ActivityFaultException(
                $"无法生成“{Node.DisplayText}”：缺少所需的登记内容，请先完成前面的步骤 / The document cannot be made: {missing.Message}",
                code: "no-record", cause: missing);
        }

        file.Add(document);
        context.SetOutput(_documentId, document.Id.Value.ToString("N"));
        context.SetOutput(_number, document.Number ?? "");
        Tell(context, file, HistoryVerbs.DocumentMade, new(
            $"生成并归入案卷：{document.Title.Zh}{(document.Number is { } printed ? $"({printed})" : "")}。",
            $"Made and filed: {document.Title.For("en")}{(document.Number is { } same ? $" ({same})" : "")}."));
    }
}
