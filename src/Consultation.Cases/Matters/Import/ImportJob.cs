using Consultation.Cases.History;

namespace Consultation.Cases.Matters.Import;

/// <summary>Where a hotline import stands.</summary>
public enum ImportState
{
    /// <summary>已读取,待确认: the file was read and can be looked at.</summary>
    Previewed,
    /// <summary>已确认,等待导入: a worker takes it a moment later.</summary>
    Queued,
    /// <summary>导入中: a worker writes it.</summary>
    Running,
    /// <summary>已完成.</summary>
    Done,
    /// <summary>已取消: nothing was stored.</summary>
    Cancelled,
    /// <summary>失败: nothing was stored.</summary>
    Failed,
}

/// <summary>
/// One import of hotline orders from a file (Q37, O20). Somebody looks at its preview and confirms it, then a worker
/// stores its matters in one transaction or not at all. The file lies beside it as an <see cref="ImportFile"/>.
/// </summary>
public sealed class ImportJob
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required string FileName { get; init; }

    /// <summary>Column of the file for each field, by <see cref="ImportField"/> name.</summary>
    public Dictionary<string, int> Mapping { get; set; } = [];
    public ImportState State { get; set; } = ImportState.Previewed;

    /// <summary>Rows below the header.</summary>
    public int Rows { get; set; }
    public int New { get; set; }
    public int Changed { get; set; }
    public int Unchanged { get; set; }
    public int Bad { get; set; }

    /// <summary>Rows worked on so far, for the progress bar.</summary>
    public int Processed { get; set; }

    /// <summary>Somebody wants the running job stopped; the worker sees it before it commits.</summary>
    public bool IsCancelAsked { get; set; }

    /// <summary>How often a worker has begun it; one that fails every time is given up.</summary>
    public int Attempts { get; set; }

    /// <summary>Until when the worker that runs it is believed to live; afterwards another begins anew.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>Why it failed, in words.</summary>
    public LocalText? Error { get; set; }

    /// <summary>Who handed the file in.</summary>
    public required PersonId ById { get; init; }

    /// <summary>Who confirmed the preview.</summary>
    public PersonId? ConfirmedById { get; set; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How often a job is begun before it is given up.</summary>
    public const int MostAttempts = 3;

    /// <summary>How long a preview that nobody confirmed is kept: its file holds callers' names and numbers.</summary>
    public static readonly TimeSpan KeepPreviewsFor = TimeSpan.FromDays(7);

    /// <summary>Why a job ended without its orders.</summary>
    public static readonly LocalText
        Unconfirmed =
            new("预览一周没有确认，已作废；文件已删除。", "Nobody confirmed the preview for a week; it was dropped with its file."),
        Unreadable = new("文件无法再次读取，没有导入任何内容。", "The file could not be read again; nothing was imported."),
        GivenUp = new(
            $"试了 {MostAttempts} 次都没有完成，没有写入任何事项。请稍后重新上传；如仍不行，请把时间告诉管理员查看日志。",
            $"It was begun {MostAttempts} times and never ended; nothing was stored. Upload it again later; if it "
                + "fails again, tell the administrator "
                + "the time.");

    /// <summary>The mapping kept with the job; null, which asks for the suggestion, while none could be used.</summary>
    public IReadOnlyDictionary<ImportField, int>? Columns() =>
        Mapping.Count == 0 ? null : Mapping.ToDictionary(pair => Enum.Parse<ImportField>(pair.Key), pair => pair.Value);

    /// <summary>Ends the job without its orders.</summary>
    public void End(ImportState state, LocalText? reason, DateTimeOffset now) =>
        (State, Error, EndedAt, LeasedUntil) = (state, reason, now, null);

    /// <summary>Ends the job with its orders stored; answers the line of history.</summary>
    public HistoryEntry Finish(OrderComparison stored, int bad, DateTimeOffset now)
    {
        (New, Changed, Unchanged, Bad) = (stored.New.Count, stored.Changed.Count, stored.Unchanged, bad);
        (State, EndedAt, LeasedUntil, Processed) = (ImportState.Done, now, null, Rows);
        return new HistoryEntry
        {
            OrganisationId = OrganisationId,
            Id = OrderedGuid.New(),
            At = now,
            ActorId = ConfirmedById ?? ById,
            Verb = HistoryVerbs.MattersImported,
            Rows = ["Q37"],
            Text = new(
                $"从“{FileName}”导入热线工单：新增 {New}，更新 {Changed}，未变 {Unchanged}，有误 {Bad}",
                $"imported hotline orders from “{FileName}”: {New} new, {Changed} changed, {Unchanged} unchanged, "
                    + $"{Bad} bad"),
        };
    }
}

/// <summary>
/// The file of an import as it was handed in; removed once the import is over, for it holds callers' names and numbers.
/// </summary>
public sealed class ImportFile
{
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The <see cref="ImportJob"/>'s id.</summary>
    public required Guid Id { get; init; }

    /// <summary>At most <see cref="LargestBytes"/>.</summary>
    public required byte[] Content { get; init; }

    /// <summary>Largest file in bytes: 30 MB.</summary>
    public const int LargestBytes = 30 * 1024 * 1024;
}
