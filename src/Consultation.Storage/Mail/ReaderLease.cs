using Consultation.Mail.Incoming;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Mail;

/// <summary>Something that one process at a time does; of no organisation.</summary>
public sealed class LeaseRow
{
    public required string Name { get; init; }
    public required string Holder { get; set; }
    public required DateTimeOffset Until { get; set; }
}

internal sealed class LeaseMapping : IEntityTypeConfiguration<LeaseRow>
{
    public void Configure(EntityTypeBuilder<LeaseRow> lease)
    {
        lease.ToTable("Leases");
        lease.HasKey(row => row.Name);
        lease.Property(row => row.Name).HasMaxLength(40);
        lease.Property(row => row.Holder).HasMaxLength(200);
    }
}

/// <summary>The lease of whoever reads the mailbox: one conditional update.</summary>
internal sealed class ReaderLease(Database database, TimeProvider clock) : IReaderLease
{
    private const string Name = "mail-reader";

    public async Task<bool> TakeAsync(string holder, TimeSpan length, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now + length;
        await using var db = database.Open();
        var taken = await db.Leases
            .Where(row => row.Name == Name && (row.Holder == holder || row.Until < now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Holder, holder).SetProperty(row => row.Until, until),
                cancellationToken);
        if (taken == 1) return true;
        if (await db.Leases.AnyAsync(row => row.Name == Name, cancellationToken)) return false;
        db.Leases.Add(new LeaseRow { Name = Name, Holder = holder, Until = until });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException failure) when (db.Judge(failure).Kind == FailureKind.Conflict)
        {
            // Another process began at the same instant.
            return false;
        }
    }

    public async Task GiveBackAsync(string holder, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await db.Leases.Where(row => row.Name == Name && row.Holder == holder)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
