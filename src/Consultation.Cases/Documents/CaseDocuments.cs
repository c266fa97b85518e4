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

    private static readonly Dictionary<string, Kind> Kinds = new Kind[]
    {
        new(DocumentKeys.TopicSheet, new("协商议题论证单", "Topic sheet"), null, TopicSheet),
        new(DocumentKeys.ExclusionNotice, new("不予纳入告知书", "Notice of exclusion"), "协告", ExclusionNotice),
        new("research-notice", new("调研通知", "Research notice"), null, ResearchNotice),
        new(FormKeys.ResearchReport, new("调研报告", "Research report"), null, ResearchReport),
        new(DocumentKeys.Roster, new("参会人员名单", "Roster"), null, Roster),
        new(DocumentKeys.Agenda, new("会议议程", "Agenda"), null, Agenda),
        new(DocumentKeys.Notice, new("会议通知", "Meeting notice"), "协通", Notice),
        new(DocumentKeys.SignIn, new("会议签到表", "Sign-in list"), null, SignIn),
        new(FormKeys.MeetingRecord, new("协商会议记录", "Meeting record"), null, MeetingRecord),
        new(FormKeys.Minutes, new("会议纪要", "Minutes"), "协纪", Minutes),
        new(FormKeys.Ballot, new("表决票", "Ballot paper"), null, BallotPaper),
        new(FormKeys.Vote, new("计票单", "Count sheet"), null, CountSheetPaper),
        new(FormKeys.Resolution, new("会议决议", "Resolution"), null, ResolutionPaper),
        new(DocumentKeys.Proposal, new("提案", "Proposal"), "协提", ProposalPaper),
        new(DocumentKeys.OpinionReport, new("社情民意信息", "Public opinion report"), "协信", OpinionPaper),
        new(FormKeys.ProblemList, new("问题清单", "Problem list"), null, ProblemList),
        new(DocumentKeys.FormalReminder, new("催办通知书", "Formal reminder"), "协催", FormalReminderPaper),
        new(DocumentKeys.ArchiveIndex, new("归档目录", "Archive index"), null, ArchiveIndex),
    }.ToDictionary(kind => kind.Key);

    /// <summary>
    /// Kinds with a layout of their own, besides "annex", "annex-excel" and the generic layout of every form.
    /// </summary>
    public static IEnumerable<(string Key, LocalText Name)> All => Kinds.Values.Select(kind => (kind.Key, kind.Name));

    /// <summary>Kinds that draw numbers of their own, and with what these begin.</summary>
    public static IEnumerable<(string Key, string Prefix)> NumberPrefixes =>
        Kinds.Values.Where(kind => kind.NumberPrefix is not null).Select(kind => (kind.Key, kind.NumberPrefix!))
            .Append((DocumentKeys.Annex, AnnexPrefix));

    private const string AnnexPrefix = "协督";

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
            var number = known.NumberPrefix is { } prefix
                ? $"{prefix}〔{today.Year}〕{file.NextNumber(SeriesKeys.Of(kind), today.Year)}号"
                : subject.Number;
            var paper = new Paper(new DocumentBuilder(), number, today);
            known.Write(paper, file, subject);
            return Pack(kind, known.Name, number, file, subject.ById, paper.Builder.Build(), Word, "docx", now);
        }

        var form = FormCatalogue.Find(kind)
            ?? throw new ArgumentException($"no document kind \"{kind}\"", nameof(kind));
        return Pack(kind, form.Title, subject.Number, file, subject.ById,
            Generic(form, RecordOf(form.Key, file, subject), file, today, subject.Number), Word, "docx", now);
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
        var number = $"{AnnexPrefix}〔{today.Year}〕{file.NextNumber(SeriesKeys.Of(DocumentKeys.Annex), today.Year)}号";
        var department = file.Directory.Find(file.Case.CommitteeId)?.Name.Zh ?? file.Directory.Organisation.Name.Zh;
        var sheet = AnnexSheet.From(file.Items, file.Directory, file.Directory.Find(file.Case.PlatformId), department,
            today, AnnexSheet.UnitOf(file.Policies.Rules), number);
        return kind == DocumentKeys.Annex
            ? Pack(kind, new("督办落实情况", "Follow-up sheet"), number, file, subject.ById, sheet.ToWord(), Word,
                "docx", now)
            : Pack(kind, new("督办落实情况", "Follow-up sheet"), number, file, subject.ById, sheet.ToExcel(), Excel,
                "xlsx", now);
    }

    /// <summary>A form's record: title, fields, rows as tables, who filled it in and when.</summary>
    private static byte[] Generic(Form form, CaseRecord record, CaseFile file, DateOnly today, string? number)
    {
        var builder = new DocumentBuilder().Title(form.Title.Zh).Number(number).Field("协商事项", file.Case.Title);
        Fields(builder, form, record.Fields, file.Directory);
        var by = file.Directory.Find(record.ById)?.Name ?? "";
        var behalf = file.Directory.Find(record.OnBehalfOfId) is { } principal ? $"（代{principal.Name}填写）" : "";
        return builder.Field("填写人", by + behalf).Field("填写时间", ChineseDay.Of(file.Calendar.DayOf(record.At)))
            .Signature(file.Directory.Organisation.Name.Zh, today).Build();
    }

    private static void Fields(
        DocumentBuilder builder, Form form, IReadOnlyDictionary<string, string> fields, OrganisationDirectory directory)
    {
        foreach (var field in form.Fields.Where(field => fields.Text(field.Key).Length > 0))
        {
            if (field.Kind == FieldKind.Rows)
            {
                builder.Heading(field.Label.Zh).Table(
                    [.. field.Columns!.Select(
                        column => new DocumentColumn(column.Label.Zh, column.Kind == FieldKind.Text ? 3 : 2))],
                    fields.RowsOf(field.Key)
                        .Select(row => field.Columns!.Select(
                            column => FormValues.Show(column, row.Text(column.Key), directory, "zh")).ToList()));
            }
            else
            {
                builder.Field(field.Label.Zh, FormValues.Show(field, fields.Text(field.Key), directory, "zh"));
            }
        }
    }

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

    /// <summary>A document being written.</summary>
    private sealed record Paper(DocumentBuilder Builder, string? Number, DateOnly Today);

    private sealed record Kind(
        string Key, LocalText Name, string? NumberPrefix, Action<Paper, CaseFile, DocumentSubject> Write);
}
