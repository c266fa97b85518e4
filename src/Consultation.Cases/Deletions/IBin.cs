namespace Consultation.Cases.Deletions;

/// <summary>What lies in the bin.</summary>
public enum BinKind
{
    /// <summary>流程版本: versions of a workflow that were deleted together.</summary>
    Definition,
    /// <summary>流程实例: an instance that is over, with its journal.</summary>
    Run,
    /// <summary>演练检查: a rehearsal that was kept as a check.</summary>
    Check,
    /// <summary>邮件用语: the house's own words of a mail.</summary>
    Template,
}

/// <summary>Something in the bin.</summary>
/// <param name="Id">Of the entry.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Subject">Its own id or key.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Parts">How many rows it is: versions of a workflow.</param>
/// <param name="Runs">How many instances had run on it.</param>
/// <param name="By">Log-in name of who deleted it.</param>
/// <param name="At">When.</param>
/// <param name="RestoredBy">Who restored it, or null.</param>
/// <param name="RestoredAt">When, or null.</param>
public sealed record BinEntry(
    Guid Id, BinKind Kind, string Subject, string Name, int Parts, int Runs, string By, DateTimeOffset At,
    string? RestoredBy, DateTimeOffset? RestoredAt)
{
    /// <summary>How long it is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>When it is gone for good.</summary>
    public DateTimeOffset Until => At + KeptFor;
}

/// <summary>What came of restoring. Every case is listed here.</summary>
public abstract record BinRestore
{
    private BinRestore()
    {
    }

    /// <summary>It is back.</summary>
    public sealed record Restored : BinRestore;

    /// <summary>It is not in the bin: restored already, or its days are over.</summary>
    public sealed record Gone : BinRestore;

    /// <summary>Something has taken its place meanwhile; the text says how it can come back all the same.</summary>
    public sealed record Taken(LocalText How) : BinRestore;

    /// <summary>Of a workflow whose id is in use.</summary>
    public static Taken Workflow(string id) => new(new LocalText(
        $"标识“{id}”已被另一个流程使用。请填写一个新的标识，恢复成另一个流程；或先删除现在的流程。",
        $"Another workflow uses the id “{id}” now. Enter a new id to restore it beside that one, or delete that one "
            + "first."));

    /// <summary>Of an instance that is there again.</summary>
    public static readonly Taken Instance = new(new LocalText(
        "同一实例已在系统中（可能已重新导入），不必恢复。", "The instance is there already, imported perhaps; there is nothing to restore."));

    /// <summary>Of a check where there are as many as there may be.</summary>
    public static readonly Taken Full = new(new LocalText(
        "该流程的演练检查已达上限，请先删除一项再恢复。", "The workflow has as many checks as it may; drop one first."));

    /// <summary>Of words where the house has written others since.</summary>
    public static readonly Taken Words = new(new LocalText(
        "之后又改过这封邮件的用语。请先恢复产品默认用语（现在的用语会进回收站），再恢复这一份。",
        "This mail was given other words since. Go back to the product's words first (the present ones go to the bin), "
            + "then restore these."));
}

/// <summary>
/// What was deleted and can be restored for thirty days. An interface because Web may not see SQL: Storage implements
/// it. Whoever calls has checked that the viewer may.
/// </summary>
public interface IBin
{
    /// <summary>What an organisation deleted, and what belongs to the host, newest first.</summary>
    Task<IReadOnlyList<BinEntry>> ListAsync(OrganisationId organisation, CancellationToken cancellationToken);

    /// <summary>Restores an entry.</summary>
    /// <param name="organisation">Whose entry, unless it is the host's.</param>
    /// <param name="id">The entry.</param>
    /// <param name="by">Log-in name of who restores it.</param>
    /// <param name="asId">A new id for a workflow whose id is in use; null for its own.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task<BinRestore> RestoreAsync(
        OrganisationId organisation, Guid id, string by, string? asId, CancellationToken cancellationToken);
}
