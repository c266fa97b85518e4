using Consultation.Cases;
using Consultation.Cases.Documents;
using Consultation.Cases.Forms;

namespace Consultation.Activities.Documents;

/// <summary>The kinds of document that a node may name.</summary>
internal static class DocumentKinds
{
    /// <summary>The submission in the forms that were chosen: proposal, opinion report, or both (O18, Q97).</summary>
    public const string Submission = "submission";

    /// <summary>All kinds with their names; the key of any form prints its record.</summary>
    public static IReadOnlyList<(string Key, LocalText Name)> All { get; } =
    [
        (Submission, new("提案和（或）社情民意信息（按选择）", "Proposal or opinion report, as chosen")),
        (DocumentKeys.Annex, new("督办落实情况（Word）", "Follow-up sheet (Word)")),
        (DocumentKeys.AnnexExcel, new("督办落实情况（Excel）", "Follow-up sheet (Excel)")),
        .. CaseDocuments.All,
        .. FormCatalogue.All.Where(form => !CaseDocuments.All.Any(kind => kind.Key == form.Key))
            .Select(form => (form.Key, form.Title)),
    ];

    /// <summary>The kinds to make for what a node names.</summary>
    public static IEnumerable<string> Expand(string kind, CaseFile file)
    {
        if (kind != Submission) return [kind];
        var chosen = file.Records.Find(record => record.Kind == FormKeys.CommonProblems)?.Fields.Text("kinds") ?? "";
        var kinds = FormValues.List(chosen).Select(one => one switch
        {
            "proposal" => DocumentKeys.Proposal,
            "opinion" => DocumentKeys.OpinionReport,
            _ => FormKeys.CommonProblems,
        }).Distinct().ToList();
        return kinds.Count > 0 ? kinds : [DocumentKeys.OpinionReport];
    }
}
