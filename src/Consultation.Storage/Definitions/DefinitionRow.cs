using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Definitions;

/// <summary>
/// One version of a workflow definition; the JSON is kept whole, so that what this version does not know survives.
/// </summary>
public sealed class DefinitionRow
{
    /// <summary>Id of the version.</summary>
    public required string Id { get; init; }
    public required string DefinitionId { get; init; }
    public required int Version { get; set; }
    public string? Name { get; set; }
    public string? Description { get; set; }
    public bool IsLatest { get; set; }
    public bool IsPublished { get; set; }
    public bool IsReadonly { get; set; }
    public bool IsSystem { get; set; }
    public bool UsableAsActivity { get; set; }
    public required DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Log-in name of who wrote it last; empty for the product itself.</summary>
    public string UpdatedBy { get; set; } = "";

    /// <summary>Grows with every write of the row.</summary>
    public long Stamp { get; set; }
    public string Json { get; set; } = "";
}

/// <summary>Maps definitions.</summary>
internal sealed class DefinitionMapping : IEntityTypeConfiguration<DefinitionRow>
{
    public void Configure(EntityTypeBuilder<DefinitionRow> definition)
    {
        definition.ToTable("Definitions").HasKey(row => row.Id);
        definition.Property(row => row.Id).HasMaxLength(64);
        definition.Property(row => row.DefinitionId).HasMaxLength(200);
        definition.Property(row => row.Stamp).IsConcurrencyToken();
        definition.HasIndex(row => new { row.DefinitionId, row.Version }).IsUnique();
    }
}
