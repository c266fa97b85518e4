using Consultation.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Bin;

/// <summary>What lies in the bin.</summary>
public enum BinKind
{
    /// <summary>流程版本: versions of a workflow that were deleted together.</summary>
    Definition,

    /// <summary>流程实例: a finished instance with its journal.</summary>
    Run,

    /// <summary>演练检查: a rehearsal that was kept as a check.</summary>
    Check,
}

/// <summary>
/// Something that was deleted, whole, until it is restored or its days are over. What was restored stays as a line
/// without content, so that it can be told who did it.
/// </summary>
public sealed class BinRow
{
    public required Guid Id { get; init; }

    /// <summary>The organisation that it belonged to; null for what belongs to the host, as definitions do.</summary>
    public OrganisationId? OrganisationId { get; init; }
    public required BinKind Kind { get; init; }

    /// <summary>Its id: of the definition, of the instance.</summary>
    public required string Subject { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What used it or stood on it when it was deleted, in words; empty for nothing.</summary>
    public LocalText Uses { get; init; } = LocalText.Empty;

    /// <summary>The rows, as JSON packed; empty once restored.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>Log-in name of who deleted it.</summary>
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Log-in name of who restored it, or null.</summary>
    public string? RestoredBy { get; set; }
    public DateTimeOffset? RestoredAt { get; set; }
}

/// <summary>Maps the bin.</summary>
internal sealed class BinMapping : IEntityTypeConfiguration<BinRow>
{
    public void Configure(EntityTypeBuilder<BinRow> bin)
    {
        bin.ToTable("Bin").HasKey(row => row.Id);
        bin.Property(row => row.Id).ValueGeneratedNever();
        bin.Property(row => row.Subject).HasMaxLength(200);
        bin.Property(row => row.RestoredAt).IsConcurrencyToken();
        bin.HasIndex(row => row.At);
    }
}
