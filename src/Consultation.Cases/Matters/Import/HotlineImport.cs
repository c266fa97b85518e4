using Consultation.Cases.Forms;

namespace Consultation.Cases.Matters.Import;

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

/// <summary>One order that was read from a file. The line is the row that Excel shows.</summary>
public sealed record HotlineOrder(
    int Line, string OrderNumber, DateTimeOffset? RaisedAt, string Title, string Text, string? Place, string? Category,
    string? Caller, string? Phone)
{
    /// <summary>Characters of its texts.</summary>
    internal int Length => OrderNumber.Length + Title.Length + Text.Length + (Place?.Length ?? 0)
        + (Category?.Length ?? 0) + (Caller?.Length ?? 0) + (Phone?.Length ?? 0);
}

/// <summary>A row that cannot be imported, or only without one of its cells, and why.</summary>
/// <param name="Line">The row that Excel shows.</param>
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
    string Encoding)
{
    /// <summary>Orders that come in without one of their cells, and why; the first few.</summary>
    public IReadOnlyList<BadRow> Doubts { get; init; } = [];

    /// <summary>How many such remarks there are.</summary>
    public int DoubtCount { get; init; }

    /// <summary>What of the file was not read, and why.</summary>
    public IReadOnlyList<LocalText> Notes { get; init; } = [];

    /// <summary>Rows of a preview.</summary>
    private const int MostRows = 100;

    /// <summary>What orders that were read would do to those known; writes counts and mapping into the job.</summary>
    public static ImportPreview Of(ImportJob job, OrderList list, OrderComparison comparison)
    {
        job.Mapping = list.Mapping.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value);
        (job.Rows, job.New, job.Changed) =
            (list.Orders.Count + list.Bad, comparison.New.Count, comparison.Changed.Count);
        (job.Unchanged, job.Bad) = (comparison.Unchanged, list.Bad);
        return new(
            job,
            list.Headers,
            [.. comparison.New.Take(MostRows)],
            [.. comparison.Changed.Take(MostRows).Select(pair => pair.Order)],
            [.. list.BadRows.Take(MostRows)],
            list.Encoding)
        {
            Doubts = [.. list.Doubts.Take(MostRows)],
            DoubtCount = list.DoubtCount,
            Notes = list.Notes,
        };
    }
}

/// <summary>What became of handing in a file.</summary>
public abstract record PreviewResult
{
    private PreviewResult() { }

    /// <summary>There is no such organisation.</summary>
    public static Refused NoOrganisation => Because("单位不存在。", "There is no such organisation.");

    /// <summary>There is no such preview (any more).</summary>
    public static Refused Over => Because(
        "导入任务不存在或已经结束，请重新选择文件。", "The import does not exist or is over; choose the file again.");

    /// <summary>
    /// What a file that cannot be used as it is comes to: columns are assigned by hand when its headers could be read.
    /// </summary>
    public static PreviewResult Of(
        ImportJob job, OrderReading.Refused reading, IReadOnlyDictionary<ImportField, int>? mapping) =>
        reading.Headers.Count == 0
            ? new Refused(reading.Errors)
            : new NeedsMapping(
                job.Id, reading.Headers, mapping ?? OrderReader.Suggest(reading.Headers), reading.Errors);

    /// <summary>Read; this is what it would do.</summary>
    public sealed record Ready(ImportPreview Preview) : PreviewResult;

    /// <summary>
    /// The file was read, but columns must be assigned by hand; then call <see cref="IHotlineImport.RemapAsync"/> with
    /// this job.
    /// </summary>
    public sealed record NeedsMapping(
        Guid Job, IReadOnlyList<string> Headers, IReadOnlyDictionary<ImportField, int> Suggestion,
        IReadOnlyList<FieldError> Errors) : PreviewResult;

    /// <summary>The file cannot be read at all, with what to do.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : PreviewResult;

    private static Refused Because(string zh, string en) => new([new FieldError("file", new(zh, en))]);
}

/// <summary>What became of confirming a preview.</summary>
public abstract record ConfirmResult
{
    private ConfirmResult() { }

    /// <summary>
    /// What confirming comes to that queued nothing, by how the job stands; null: there is no such job.
    /// </summary>
    public static ConfirmResult Of(ImportState? state) => state switch
    {
        ImportState.Queued or ImportState.Running or ImportState.Done => new Queued(),
        ImportState.Previewed => new Refused(new(
            "没有可以导入的工单：文件里没有新增，也没有变化。", "There is nothing to import: no order is new or changed.")),
        _ => new Refused(new("这次导入已经结束，请重新上传文件。", "This import is over; upload the file again.")),
    };

    /// <summary>A worker stores it; the job's page shows how far it is. Also the answer to a second click.</summary>
    public sealed record Queued : ConfirmResult;

    /// <summary>There is nothing to store, or no such preview any more.</summary>
    public sealed record Refused(LocalText Reason) : ConfirmResult;
}

/// <summary>
/// Imports hotline orders. Cases may not see SQL, so Storage implements this. Idempotent by order number: a file
/// imported twice changes nothing.
/// </summary>
public interface IHotlineImport
{
    /// <summary>
    /// Reads a file and keeps it with a job, but stores none of its orders. A null mapping takes the suggestion by
    /// header names.
    /// </summary>
    Task<PreviewResult> PreviewAsync(
        OrganisationId organisation, PersonId actor, string fileName, byte[] content,
        IReadOnlyDictionary<ImportField, int>? mapping, CancellationToken cancellationToken);

    /// <summary>What the job's file would do as of now, under its mapping. Writes nothing.</summary>
    Task<PreviewResult> ReviewAsync(OrganisationId organisation, Guid job, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the job's file again under another mapping and keeps that mapping; one that cannot be used is not kept.
    /// </summary>
    Task<PreviewResult> RemapAsync(
        OrganisationId organisation, Guid job, IReadOnlyDictionary<ImportField, int> mapping,
        CancellationToken cancellationToken);

    /// <summary>Queues a previewed job: a worker stores all its good rows in one transaction.</summary>
    Task<ConfirmResult> ConfirmAsync(
        OrganisationId organisation, Guid job, PersonId actor, CancellationToken cancellationToken);

    /// <summary>
    /// Cancels a job, or asks the worker that runs it to stop before it commits; false when it is over.
    /// </summary>
    Task<bool> CancelAsync(OrganisationId organisation, Guid job, CancellationToken cancellationToken);

    /// <summary>The job with its counts and how far it is. Null when there is none.</summary>
    Task<ImportJob?> FindAsync(OrganisationId organisation, Guid job, CancellationToken cancellationToken);

    /// <summary>The newest jobs, newest first.</summary>
    Task<IReadOnlyList<ImportJob>> RecentAsync(
        OrganisationId organisation, int atMost, CancellationToken cancellationToken);
}
