using Consultation.Cases.Forms;

namespace Consultation.Cases.Matters.Import;

/// <summary>Where a hotline import stands.</summary>
public enum ImportState
{
    /// <summary>已读取,待确认: the file was read and can be looked at.</summary>
    Previewed,
    /// <summary>已确认,导入中.</summary>
    Running,
    /// <summary>已完成.</summary>
    Done,
    /// <summary>已取消: nothing was stored.</summary>
    Cancelled,
    /// <summary>失败: nothing was stored.</summary>
    Failed,
}

/// <summary>One import of hotline orders from a file (Q37, O20). Its matters are stored in one transaction or not at all.</summary>
public sealed class ImportJob
{
    public required OrganisationId OrganisationId { get; init; }
    public required Guid Id { get; init; }
    public required string FileName { get; init; }

    /// <summary>The file as it was handed in; emptied once the job is over.</summary>
    public required byte[] Content { get; set; }

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

    /// <summary>Why it failed, in words.</summary>
    public LocalText? Error { get; set; }
    public required PersonId ById { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>The fields that a hotline order has here.</summary>
public enum ImportField
{
    /// <summary>工单编号: required, unique.</summary>
    OrderNumber,
    /// <summary>来电时间.</summary>
    RaisedAt,
    /// <summary>诉求标题.</summary>
    Title,
    /// <summary>诉求内容: required.</summary>
    Text,
    /// <summary>区域/街道.</summary>
    Place,
    /// <summary>分类.</summary>
    Category,
    /// <summary>来电人.</summary>
    Caller,
    /// <summary>联系电话.</summary>
    Phone,
}

/// <summary>One order that was read from a file. The line counts from 1, with the header.</summary>
public sealed record HotlineOrder(
    int Line, string OrderNumber, DateTimeOffset? RaisedAt, string Title, string Text, string? Place, string? Category, string? Caller, string? Phone);

/// <summary>A row that cannot be imported, and why.</summary>
/// <param name="Line">Line or row of the file, counted from 1 with the header.</param>
/// <param name="OrderNumber">Its order number, as far as it could be read.</param>
/// <param name="Reason">What is wrong and how to mend it.</param>
public sealed record BadRow(int Line, string OrderNumber, LocalText Reason);

/// <summary>What a file would do.</summary>
/// <param name="Job">The job; commit or cancel it by its id.</param>
/// <param name="Headers">The file's headers in order.</param>
/// <param name="NewOrders">Orders not known yet; the first few.</param>
/// <param name="ChangedOrders">Orders known with another content; the first few.</param>
/// <param name="BadRows">Rows that would be left out; the first few.</param>
/// <param name="Encoding">What the file was read as, e.g. "GB18030".</param>
public sealed record ImportPreview(
    ImportJob Job,
    IReadOnlyList<string> Headers,
    IReadOnlyList<HotlineOrder> NewOrders,
    IReadOnlyList<HotlineOrder> ChangedOrders,
    IReadOnlyList<BadRow> BadRows,
    string Encoding);

/// <summary>What became of handing in a file.</summary>
public abstract record PreviewResult
{
    private PreviewResult() { }

    /// <summary>Read; this is what it would do.</summary>
    public sealed record Ready(ImportPreview Preview) : PreviewResult;

    /// <summary>The file was read, but columns must be assigned by hand; then call <see cref="IHotlineImport.RemapAsync"/> with this job.</summary>
    public sealed record NeedsMapping(
        Guid Job, IReadOnlyList<string> Headers, IReadOnlyDictionary<ImportField, int> Suggestion, IReadOnlyList<FieldError> Errors) : PreviewResult;

    /// <summary>The file cannot be read at all, with what to do.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : PreviewResult;
}

/// <summary>
/// Imports hotline orders. Cases may not see SQL, so Storage implements this. Idempotent by order number: a file imported twice changes nothing.
/// </summary>
public interface IHotlineImport
{
    /// <summary>Reads a file and says what it would do; stores the job only. A null mapping takes the suggestion by header names.</summary>
    Task<PreviewResult> PreviewAsync(
        OrganisationId organisation, PersonId actor, string fileName, byte[] content, IReadOnlyDictionary<ImportField, int>? mapping, CancellationToken cancellationToken);

    /// <summary>Reads the job's file again under another mapping.</summary>
    Task<PreviewResult> RemapAsync(
        OrganisationId organisation, Guid job, IReadOnlyDictionary<ImportField, int> mapping, CancellationToken cancellationToken);

    /// <summary>Stores all good rows in one transaction and ends the job; a job that is over is returned as it is. Null when there is none.</summary>
    Task<ImportJob?> CommitAsync(OrganisationId organisation, Guid job, PersonId actor, CancellationToken cancellationToken);

    /// <summary>Cancels a job that has not been stored yet; false when it was too late.</summary>
    Task<bool> CancelAsync(OrganisationId organisation, Guid job, PersonId actor, CancellationToken cancellationToken);

    /// <summary>The job with its counts, for the progress page. Null when there is none.</summary>
    Task<ImportJob?> FindAsync(OrganisationId organisation, Guid job, CancellationToken cancellationToken);
}
