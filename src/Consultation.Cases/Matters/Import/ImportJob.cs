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
