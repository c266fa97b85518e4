using System.Security.Cryptography;
using Consultation.Cases.Forms;
using Consultation.Cases.Numbers;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;

namespace Consultation.Cases.Documents;

/// <summary>What a document is about besides its case. Which parts are needed depends on the kind.</summary>
public sealed record DocumentSubject
{
    /// <summary>The record whose fields are printed; where null, the newest record of the kind's form.</summary>
    public CaseRecord? Record { get; init; }

    /// <summary>The overdue task, for a formal reminder.</summary>
    public WorkTask? Task { get; init; }

    /// <summary>The overdue tracked item, for a formal reminder.</summary>
    public TrackedItem? Item { get; init; }

    /// <summary>The unit that issues it; null for the usual one.</summary>
    public UnitId? IssuerId { get; init; }

    /// <summary>Documents of the case in order, for the archive index.</summary>
    public IReadOnlyList<CaseDocument> Archive { get; init; } = [];

    /// <summary>The number that is printed, where the kind draws none of its own; null for none.</summary>
    public string? Number { get; init; }

    /// <summary>Who had it made; null for the workflow.</summary>
    public PersonId? ById { get; init; }

    /// <summary>A square picture (PNG) that is printed: the code of a sign-in list; null for none.</summary>
    public byte[]? Picture { get; init; }
}

/// <summary>
/// Makes the documents of a case, with number, name and hash, ready to be added to the case file.
/// Texts are the organisation's own data in the official Chinese form.
/// </summary>
public static partial class CaseDocuments
{
    /// <summary>Content types.</summary>
    public const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly LocalText AnnexName = new("督办落实情况", "Follow-up sheet");

    private static readonly Dictionary<string, Kind> Kinds = new Kind[]
    {
        new(DocumentKeys.TopicSheet, new("协商议题论证单", "Topic sheet"), TopicSheet),
        new(FormKeys.GateCount, new("审定结果单", "Count of a gate"), GateCountPaper),
        new(DocumentKeys.ExclusionNotice, new("不予纳入告知书", "Notice of exclusion"), ExclusionNotice),
        new(DocumentKeys.ReviewNotice, new("不予纳入复核告知书", "Notice of a review"), ReviewNotice),
        new(DocumentKeys.ResearchNotice, new("调研通知", "Research notice"), ResearchNotice),
        new(FormKeys.ResearchReport, new("调研报告", "Research report"), ResearchReport),
        new(DocumentKeys.WorkGroupNotice, new("成立工作小组的通知", "Notice of the work group"), WorkGroupNotice),
        new(FormKeys.Rules, new("议事规则", "Rules of procedure"), RulesPaper),
        new(DocumentKeys.Roster, new("参会人员名单", "Roster"), Roster),
        new(DocumentKeys.Agenda, new("会议议程", "Agenda"), Agenda),
        new(DocumentKeys.Notice, new("会议通知", "Meeting notice"), Notice),
        new(DocumentKeys.HostScript, new("会议主持词", "Host's script"), HostScript),
        new(DocumentKeys.SignIn, new("会议签到表", "Sign-in list"), SignIn),
        new(FormKeys.MeetingRecord, new("协商会议记录", "Meeting record"), MeetingRecord),
        new(FormKeys.Minutes, new("会议纪要", "Minutes"), Minutes),
        new(FormKeys.Ballot, new("表决票", "Ballot paper"), BallotPaper),
        new(FormKeys.Vote, new("计票单", "Count sheet"), CountSheetPaper),
        new(FormKeys.Resolution, new("会议决议", "Resolution"), ResolutionPaper),
        new(DocumentKeys.Proposal, new("提案", "Proposal"), ProposalPaper),
        new(DocumentKeys.OpinionReport, new("社情民意信息", "Public opinion report"), OpinionPaper),
        new(FormKeys.ImplementationPlan, new("实施方案", "Implementation plan"), PlanPaper),
        new(DocumentKeys.TaskTable, new("任务分解表", "Task table"), TaskTable, Landscape: true),
        new(FormKeys.ProblemList, new("问题清单", "Problem list"), ProblemList, Landscape: true),
        new(DocumentKeys.FormalReminder, new("催办通知书", "Formal reminder"), FormalReminderPaper),
        new(FormKeys.ExtensionRequest, new("延期申请", "Request for extension"), ExtensionRequestPaper),
        new(DocumentKeys.ExtensionGranted, new("同意延期的批复", "Extension granted"), ExtensionAnswer),
        new(DocumentKeys.ExtensionRefused, new("不同意延期的批复", "Extension refused"), ExtensionAnswer),
        new(DocumentKeys.ArchiveIndex, new("归档目录", "Archive index"), ArchiveIndex),
    }.ToDictionary(kind => kind.Key);

    /// <summary>
    /// Kinds with a layout of their own, besides "annex", "annex-excel" and the generic layout of every form.
    /// </summary>
    public static IEnumerable<(string Key, LocalText Name)> All => Kinds.Values.Select(kind => (kind.Key, kind.Name));

    /// <summary>The name of a kind that has a look of its own; the key itself for another.</summary>
    public static LocalText NameOf(string kind) => kind == DocumentKeys.Annex ? AnnexName
        : Kinds.TryGetValue(kind, out var known) ? known.Name
        : new(kind);

    /// <summary>
    /// Makes a document of a kind: one of <see cref="All"/>, "annex" (Word) or "annex-excel", or the key of any form,
    /// which prints its record. A kind that is neither, and a record or topic that is missing, are caller's mistakes.
    /// </summary>
    public static CaseDocument Create(string kind, CaseFile file, DocumentSubject subject, DateTimeOffset now)
    {
        var today = file.Calendar.DayOf(now);
        if (kind is DocumentKeys.Annex or DocumentKeys.AnnexExcel)
        {
            return Annex(kind, file, subject, today, now);
        }

        if (Kinds.TryGetValue(kind, out var known))
        {
            // Both answers to a request for extension count in one series.
            var family = kind == DocumentKeys.ExtensionRefused ? DocumentKeys.ExtensionGranted : kind;
            var papers = file.Directory.Organisation.Papers;
            var form = papers.FormOf(family);
            var number = papers.NumberOf(
                family, today.Year, () => $"{file.NextNumber(SeriesKeys.Of(family), today.Year)}") ?? subject.Number;
            var paper = new Paper(
                new DocumentBuilder(known.Landscape), number, today, now, form, papers, kind,
                FormalReminder.Issuer(file, subject.IssuerId).Zh, file.Directory.Organisation.Name.Zh);
            known.Write(paper, file, subject);
            return Pack(kind, paper.Name ?? known.Name, number, file, subject.ById, paper.Builder.Build(), Word, "docx",
                now);
        }

        var filled = FormCatalogue.Find(kind)
            ?? throw new ArgumentException($"no document kind \"{kind}\"", nameof(kind));
        return Pack(kind, filled.Title, subject.Number, file, subject.ById,
            Generic(filled, RecordOf(filled.Key, file, subject), file, subject.Number), Word, "docx", now);
    }

    /// <summary>Bytes as a document: named after the case, with its hash (O25).</summary>
    internal static CaseDocument Pack(
        string kind, LocalText name, string? number, CaseFile file, PersonId? by, byte[] content, string contentType,
        string ending, DateTimeOffset now) => new()
        {
            OrganisationId = file.Case.OrganisationId,
            Id = DocumentId.New(),
            CaseId = file.Case.Id,
            Kind = kind,
            Title = name,
            Number = number,
            FileName = FileName($"{number}{name.Zh}-{file.Case.Title}", ending),
            ContentType = contentType,
            Content = content,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            ById = by,
            At = now,
        };

    private static CaseDocument Annex(
        string kind, CaseFile file, DocumentSubject subject, DateOnly today, DateTimeOffset now)
    {
        var papers = file.Directory.Organisation.Papers;
        var number = $"{papers.FormOf(DocumentKeys.Annex).Word}〔{today.Year}〕"
            + $"{file.NextNumber(SeriesKeys.Of(DocumentKeys.Annex), today.Year)}号";
        var department = file.Directory.Find(file.Case.CommitteeId)?.Name.Zh ?? file.Directory.Organisation.Name.Zh;
        var sheet = AnnexSheet.From(file.Items, file.Directory, file.Directory.Find(file.Case.PlatformId), department,
            today, AnnexSheet.UnitOf(file.Policies.Rules), number);
        return kind == DocumentKeys.Annex
            ? Pack(kind, AnnexName, number, file, subject.ById, sheet.ToWord(), Word,
                "docx", now)
            : Pack(kind, AnnexName, number, file, subject.ById, sheet.ToExcel(), Excel,
                "xlsx", now);
    }

    /// <summary>
    /// A form's record: short entries as a table of facts, texts under numbered headings, rows as tables; who filled it
    /// in and when.
    /// </summary>
    private static byte[] Generic(Form form, CaseRecord record, CaseFile file, string? number)
    {
        var builder = new DocumentBuilder().Title(form.Title.Zh).Number(number);
        var by = file.Directory.Find(record.ById)?.Name ?? "";
        var behalf = file.Directory.Find(record.OnBehalfOfId) is { } principal ? $"（代{principal.Name}填写）" : "";
        var entered = form.Fields.Where(field => record.Fields.Text(field.Key).Length > 0).ToList();
        builder.Facts(
        [
            ("协商事项", TopicOf(file)), ("协商编号", file.Case.Number ?? ""),
            .. entered.Where(field => field.Kind is not (FieldKind.Rows or FieldKind.Text))
                .Select(field => (field.Label.Zh, Shown(field, record.Fields, file))),
            ("填写人", by + behalf), ("填写时间", ChineseDay.Of(file.Calendar.DayOf(record.At))),
        ]);
        foreach (var field in entered.Where(field => field.Kind is FieldKind.Rows or FieldKind.Text))
        {
            builder.Numbered(field.Label.Zh);
            if (field.Kind == FieldKind.Text) builder.Text(Shown(field, record.Fields, file));
            else Rows(builder, field, record.Fields, file.Directory);
        }

        return builder.Signature(Issuer(file), file.Calendar.DayOf(record.At)).Build();
    }

    /// <summary>Rows of a record as a table, numbered.</summary>
    private static void Rows(
        DocumentBuilder builder, FormField field, IReadOnlyDictionary<string, string> fields,
        OrganisationDirectory directory) =>
        builder.Table(
            [new("序号", 2, true), .. field.Columns!.Select(column => column.Kind is FieldKind.Text or FieldKind.Line
                ? new DocumentColumn(column.Label.Zh, column.Kind == FieldKind.Text ? 7 : 5)
                : new DocumentColumn(column.Label.Zh, 4, Centre: true))],
            fields.RowsOf(field.Key).Select((row, index) => (IReadOnlyList<string>)
            [
                Number(index),
                .. field.Columns!.Select(column => FormValues.Show(column, row.Text(column.Key), directory, "zh")),
            ]));

    private static string Shown(FormField field, IReadOnlyDictionary<string, string> fields, CaseFile file) =>
        FormValues.Show(field, fields.Text(field.Key), file.Directory, "zh");

    private static CaseRecord RecordOf(string form, CaseFile file, DocumentSubject subject) =>
        subject.Record ?? file.Records.FirstOrDefault(record => record.Kind == form)
        ?? throw new ArgumentException($"the case has no record \"{form}\"", nameof(subject));

    /// <summary>A file name that every system takes: no reserved characters, at most 80 characters.</summary>
    private static string FileName(string text, string ending)
    {
        const string reserved = "\\/:*?\"<>|";
        var name = new string(
            [.. PlainText.Clean(text).Where(one => one >= ' ' && !reserved.Contains(one, StringComparison.Ordinal))])
                .Trim(' ', '.');
        return $"{PlainText.Cut(name, 80)}.{ending}";
    }

    /// <summary>A document being written, in the look that the organisation gave its kind.</summary>
    /// <param name="Builder">What is written to.</param>
    /// <param name="Number">文号, or null.</param>
    /// <param name="Today">The day on which it is made.</param>
    /// <param name="Now">The instant.</param>
    /// <param name="Form">How its kind looks.</param>
    /// <param name="Papers">How the organisation's documents look.</param>
    /// <param name="Kind">Its kind.</param>
    /// <param name="Signer">Who signs official letters.</param>
    /// <param name="Organisation">The organisation's name.</param>
    private sealed record Paper(
        DocumentBuilder Builder, string? Number, DateOnly Today, DateTimeOffset Now, PaperForm Form,
        OrganisationPapers Papers, string Kind, string Signer, string Organisation)
    {
        /// <summary>What the document is called where it differs from its kind, e.g. in its version.</summary>
        internal LocalText? Name { get; set; }

        /// <summary>The head: with the red one where the organisation wants it, otherwise title and number.</summary>
        internal DocumentBuilder Open(string title)
        {
            if (!Form.Red) return Builder.Title(title).Number(Number);
            return Builder.RedHead(MarkOf(Form, Papers, Signer, Organisation), Number).Title(title);
        }

        /// <summary>落款 of a letter, and 版记 where the organisation wants it.</summary>
        internal void Close(string? signer = null, string? copies = null, Action? annexes = null)
        {
            Builder.Signature(signer ?? Signer, Today, Form.Red);
            annexes?.Invoke();
            Imprint(copies);
        }

        /// <summary>版记 where the organisation wants it.</summary>
        internal void Imprint(string? copies = null)
        {
            if (!Form.Imprint) return;
            var also = Papers.CopyTo.Length > 0 ? $"抄送：{Papers.CopyTo.TrimEnd('。')}。" : "";
            Builder.Imprint(
                copies ?? also, Papers.PrintedBy.Length > 0 ? Papers.PrintedBy : Signer, Today);
        }
    }

    /// <summary>发文机关标志 of a kind: its own, the organisation's, or who signs and 文件.</summary>
    internal static string MarkOf(PaperForm form, OrganisationPapers papers, string signer, string organisation) =>
        form.Mark.Length > 0 ? form.Mark.Replace(OrganisationPapers.Place, organisation, StringComparison.Ordinal)
            : papers.Mark.Length > 0 ? papers.Mark
            : $"{signer}文件";

    private sealed record Kind(
        string Key, LocalText Name, Action<Paper, CaseFile, DocumentSubject> Write, bool Landscape = false);
}
