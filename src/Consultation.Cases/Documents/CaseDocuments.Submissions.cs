using System.Text.RegularExpressions;
using Consultation.Cases.Forms;

namespace Consultation.Cases.Documents;

/// <content>What is submitted: 提案 to the proposals committee, 社情民意信息 as an issue (Q45, Q97).</content>
public static partial class CaseDocuments
{
    /// <summary>提案: 案由, 案别, its proposer's, to the proposals committee.</summary>
    private static void ProposalPaper(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var fields = RecordOf(FormKeys.CommonProblems, file, subject).Fields;
        var proposer = fields.Text("proposer");
        paper.Open(ProposalTitle(fields.Text("title")))
            .Facts(
                ("案由", fields.Text("title")),
                ("案别", Show(FormKeys.CommonProblems, "subject-class", fields, file)),
                ("提案者", $"{proposer}（{Show(FormKeys.CommonProblems, "proposer-kind", fields, file)}）"),
                ("协商事项", $"{file.Case.Number} {TopicOf(file)}".Trim()))
            .Space().Addressee($"{file.Directory.Organisation.Name.Zh}提案委员会");
        Body(paper, fields);
        paper.Close(proposer);
    }

    /// <summary>社情民意信息: number of the issue, author, level, addressee.</summary>
    private static void OpinionPaper(Paper paper, CaseFile file, DocumentSubject subject)
    {
        var fields = RecordOf(FormKeys.CommonProblems, file, subject).Fields;
        paper.Open(fields.Text("title"))
            .Note($"作者：{fields.Text("author")}　报送层级：{Show(FormKeys.CommonProblems, "level", fields, file)}")
            .Addressee(fields.Text("to"));
        Body(paper, fields);
        paper.Close(file.Directory.Organisation.Name.Zh, $"报送：{fields.Text("to").TrimEnd('。')}。");
    }

    /// <summary>
    /// A title as proposals bear it: what begins with 关于 and ends with what it is stays; nothing is wrapped twice.
    /// </summary>
    internal static string ProposalTitle(string title)
    {
        var plain = title.Trim().TrimEnd('。', '；', '，');
        return Whole().IsMatch(plain) ? plain
            : Begun().IsMatch(plain) ? $"{plain}的提案"
            : $"关于{plain}的提案";
    }

    /// <summary>A title about a topic; one that begins with 关于 itself is not wrapped again.</summary>
    internal static string About(string topic, string what) =>
        Begun().IsMatch(WhatAbout(topic)) ? $"{Quoted(topic)}{what}" : $"关于{Quoted(topic)}的{what}";

    /// <summary>What stands in the quotes of 关于“…”的建议; any other title is about itself.</summary>
    private static string WhatAbout(string title) =>
        Wrapped().Match(title.Trim()) is { Success: true } match ? match.Groups[1].Value : title;

    private static void Body(Paper paper, IReadOnlyDictionary<string, string> fields)
    {
        paper.Builder.Numbered("基本情况").Text(fields.Text("situation")).Numbered("共性问题");
        var number = 0;
        foreach (var problem in fields.RowsOf("problems"))
        {
            var (breadth, advice) = (problem.Text("breadth"), Unstopped(problem.Text("advice")));
            paper.Builder.Text($"（{ChineseNumber.Of(++number)}）{problem.Text("problem").TrimEnd('。')}"
                + $"{(breadth.Length == 0 ? "" : $"（{Led("涉及", breadth)}）")}。{Led("建议", advice)}。");
        }

        paper.Builder.Numbered("意见建议").Text(fields.Text("advice"));
    }

    /// <summary>The text after a word that leads it, which it may begin with already.</summary>
    private static string Led(string word, string text) =>
        text.StartsWith(word, StringComparison.Ordinal) ? text : word + text;

    [GeneratedRegex("^关于“([^“”]+)”的(?:建议|提案|意见|意见建议|议案)$")]
    private static partial Regex Wrapped();

    [GeneratedRegex("^关于.+的(建议|提案|意见|意见建议|议案|报告)$")]
    private static partial Regex Whole();

    [GeneratedRegex("^关于")]
    private static partial Regex Begun();
}
