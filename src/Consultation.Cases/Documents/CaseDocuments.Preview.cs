using Consultation.Cases.People;

namespace Consultation.Cases.Documents;

/// <content>A specimen of the organisation's papers, for whoever edits them.</content>
public static partial class CaseDocuments
{
    /// <summary>
    /// A specimen of a kind in the organisation's look: head, number, title, text, 落款, 版记. Draws no number.
    /// </summary>
    public static byte[] Preview(string kind, OrganisationDirectory directory, DateTimeOffset now)
    {
        var (papers, today) = (directory.Organisation.Papers, directory.Organisation.DayOf(now));
        var form = papers.FormOf(kind);
        var name = NameOf(kind).Zh;
        var paper = new Paper(
            new DocumentBuilder(), papers.NumberOf(kind, today.Year, () => "×"), today, now, form,
            papers, kind, FormalReminder.Issuer(directory, null).Zh, directory.Organisation.Name.Zh);
        paper.Open($"关于×××的{name}（样张）").Addressee("×××、×××")
            .Text($"这是“{name}”的样张，用来核对红头、文号、标题、正文、落款和版记的样式，不占用文号，不归入案卷。")
            .Numbered("一级标题用黑体").SubHeading("（一）二级标题用楷体").Text("正文用三号仿宋，每页22行，每行28字；日期用阿拉伯数字。")
            .Text("特此通知。");
        paper.Close();
        return paper.Builder.Build();
    }
}
