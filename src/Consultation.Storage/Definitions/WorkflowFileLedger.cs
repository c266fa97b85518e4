using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Definitions;

/// <summary>
/// A workflow file of the product that a start dealt with: it is looked at again only when its content changes.
/// </summary>
public sealed class WorkflowFileRow
{
    /// <summary>Name of the file without folder.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the content.</summary>
    public string Hash { get; set; } = "";

    /// <summary>Whose version stands instead of this content; empty when the file was taken.</summary>
    public string KeptFor { get; set; } = "";
}

/// <summary>
/// Remembers which contents of the workflow files were dealt with, so that a start with unchanged files reads no
/// definition at all.
/// </summary>
public sealed class WorkflowFileLedger(Database database)
{
    /// <summary>All files dealt with, by name.</summary>
    public async Task<IReadOnlyDictionary<string, WorkflowFileRow>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Set<WorkflowFileRow>().AsNoTracking().ToDictionaryAsync(row => row.Name, cancellationToken);
    }

    /// <summary>Notes that a file's content was dealt with. Two nodes that start together note the same.</summary>
    public async Task NoteAsync(string name, string hash, string keptFor, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var row = await db.Set<WorkflowFileRow>().FirstOrDefaultAsync(one => one.Name == name, cancellationToken)
            ?? db.Add(new WorkflowFileRow { Name = name }).Entity;
        (row.Hash, row.KeptFor) = (hash, keptFor);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (db.Judge(failure).Kind == FailureKind.Conflict)
        {
            // The other node's note says the same; if not, the next start looks once more.
        }
    }
}

/// <summary>Maps the files.</summary>
internal sealed class WorkflowFileMapping : IEntityTypeConfiguration<WorkflowFileRow>
{
    public void Configure(EntityTypeBuilder<WorkflowFileRow> file)
    {
        file.ToTable("WorkflowFiles").HasKey(row => row.Name);
        file.Property(row => row.Name).HasMaxLength(200);
        file.Property(row => row.Hash).HasMaxLength(64);
        file.Property(row => row.KeptFor).HasMaxLength(200);
    }
}
