using System.IO.Compression;
using System.Text.Json;
using Consultation.Cases;
using Consultation.Cases.Deletions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Deletions;

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

    /// <summary>How many rows it is.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>How many instances had run on it.</summary>
    public int Runs { get; init; }

    /// <summary>The rows, as JSON packed; empty once restored.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>Log-in name of who deleted it.</summary>
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Log-in name of who restored it, or null.</summary>
    public string? RestoredBy { get; set; }
    public DateTimeOffset? RestoredAt { get; set; }

    /// <summary>What is thrown away now.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="organisation">Whose it was; null for what belongs to the host.</param>
    /// <param name="called">Its id, and what people call it.</param>
    /// <param name="rows">All of it.</param>
    /// <param name="by">Log-in name of who deletes it.</param>
    /// <param name="now">When.</param>
    /// <param name="parts">How many rows it is.</param>
    /// <param name="runs">How many instances had run on it.</param>
    internal static BinRow Of<T>(
        BinKind kind, OrganisationId? organisation, (string Subject, string Name) called, T rows, string by,
        DateTimeOffset now, int parts = 1, int runs = 0) => new()
        {
            Id = OrderedGuid.New(now),
            OrganisationId = organisation,
            Kind = kind,
            Subject = called.Subject,
            Name = called.Name,
            Parts = parts,
            Runs = runs,
            Content = Pack(rows),
            By = by,
            At = now,
        };

    /// <summary>Rows as they are kept.</summary>
    private static byte[] Pack<T>(T rows)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(brotli, rows);
        }

        return packed.ToArray();
    }

    /// <summary>Reads what <see cref="Pack"/> wrote.</summary>
    internal T Unpack<T>()
    {
        using var brotli = new BrotliStream(new MemoryStream(Content), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(brotli)!;
    }
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
