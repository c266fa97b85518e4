using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Runs;

/// <summary>
/// Maps runs and what belongs to them. No foreign keys: they would cost on every commit, and the run's version guards
/// it all.
/// </summary>
internal sealed class RunMapping :
    IEntityTypeConfiguration<RunRow>, IEntityTypeConfiguration<BookmarkRow>, IEntityTypeConfiguration<TriggerRow>,
        IEntityTypeConfiguration<InboxRow>,
    IEntityTypeConfiguration<OperationRow>, IEntityTypeConfiguration<JournalRow>, IEntityTypeConfiguration<IncidentRow>
{
    private const int IdLength = 64;

    public void Configure(EntityTypeBuilder<RunRow> run)
    {
        run.ToTable("Runs").HasKey(row => row.Id);
        run.Property(row => row.Id).HasMaxLength(IdLength);
        run.Property(row => row.Status).HasMaxLength(20);
        run.Property(row => row.SubStatus).HasMaxLength(20);
        run.Property(row => row.Version).IsConcurrencyToken();
        run.HasIndex(row => new { row.DefinitionId, row.Status });
        run.HasIndex(row => row.DefinitionVersionId);
        run.HasIndex(row => row.CorrelationId);
        run.HasIndex(row => new { row.OrganisationId, row.CreatedAt });
        run.HasIndex(row => row.CreatedAt);
    }

    public void Configure(EntityTypeBuilder<BookmarkRow> bookmark)
    {
        bookmark.ToTable("Bookmarks").HasKey(row => new { row.InstanceId, row.Id });
        bookmark.Property(row => row.InstanceId).HasMaxLength(IdLength);
        bookmark.Property(row => row.Id).HasMaxLength(IdLength);
        bookmark.Property(row => row.Hash).HasMaxLength(16);
        bookmark.HasIndex(row => row.Hash);
        bookmark.HasIndex(row => row.DueAt);
        bookmark.HasIndex(row => row.LeasedBy);
    }

    public void Configure(EntityTypeBuilder<TriggerRow> trigger)
    {
        trigger.ToTable("Triggers").HasKey(row => row.Id);
        trigger.Property(row => row.Hash).HasMaxLength(16);
        trigger.Property(row => row.DueAt).IsConcurrencyToken();
        trigger.HasIndex(row => row.DefinitionId);
        trigger.HasIndex(row => row.Hash);
        trigger.HasIndex(row => row.DueAt);
    }

    public void Configure(EntityTypeBuilder<InboxRow> inbox)
    {
        inbox.ToTable("Inbox").HasKey(row => row.Id);
        inbox.Property(row => row.Id).ValueGeneratedNever();
        inbox.Property(row => row.Kind).HasMaxLength(20);
        inbox.Property(row => row.InstanceId).HasMaxLength(IdLength);
        inbox.Property(row => row.Hash).HasMaxLength(16);
        inbox.HasIndex(row => row.AvailableAt);
        inbox.HasIndex(row => row.InstanceId);
        inbox.HasIndex(row => row.Hash);
        inbox.HasIndex(row => row.LeasedBy);
    }

    public void Configure(EntityTypeBuilder<OperationRow> operation)
    {
        operation.ToTable("Operations").HasKey(row => row.Id);
        operation.Property(row => row.Id).HasMaxLength(200);
        operation.Property(row => row.InstanceId).HasMaxLength(IdLength);
        operation.HasIndex(row => row.At);
        operation.HasIndex(row => row.InstanceId);
    }

    public void Configure(EntityTypeBuilder<JournalRow> journal)
    {
        journal.ToTable("Journal").HasKey(row => new { row.InstanceId, row.Step });
        journal.Property(row => row.InstanceId).HasMaxLength(IdLength);
        journal.Property(row => row.Step).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<IncidentRow> incident)
    {
        incident.ToTable("Incidents").HasKey(row => row.Id);
        incident.Property(row => row.Id).HasMaxLength(IdLength);
        incident.Property(row => row.InstanceId).HasMaxLength(IdLength);
        incident.HasIndex(row => row.InstanceId);
        incident.HasIndex(row => new { row.OrganisationId, row.ResolvedAt });
    }
}
