using Consultation.Cases;
using Consultation.Cases.History;
using Consultation.Cases.Matters;
using Consultation.Cases.Meetings;
using Consultation.Cases.Numbers;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.Cases;

/// <summary>What the tables of Cases need beyond the conventions: indexes that lists use, uniqueness, tokens.</summary>
internal sealed class CaseMapping :
    IEntityTypeConfiguration<Organisation>, IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<Case>,
        IEntityTypeConfiguration<Matter>,
    IEntityTypeConfiguration<WorkTask>, IEntityTypeConfiguration<HistoryEntry>, IEntityTypeConfiguration<NumberSeries>,
    IEntityTypeConfiguration<ProgressEntry>, IEntityTypeConfiguration<TrackedItem>, IEntityTypeConfiguration<Meeting>,
    IEntityTypeConfiguration<MeetingLine>
{
    public void Configure(EntityTypeBuilder<Organisation> organisation)
    {
        organisation.Property(row => row.Slug).HasMaxLength(100);
        organisation.Property(row => row.MailPauseReason).HasMaxLength(200);
        organisation.HasIndex(row => row.Slug).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Person> person)
    {
        // Log-in names are unique over the whole host, so this index leads with the name.
        person.Property(row => row.UserName).HasMaxLength(200);
        person.HasIndex(row => row.UserName).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Case> @case)
    {
        @case.HasIndex(row => new { row.OrganisationId, row.State, row.OpenedAt });
        // The list as it opens: newest first, cut by the index.
        @case.HasIndex(row => new { row.OrganisationId, row.OpenedAt, row.Id });
        // What a person may see is asked of every case, so the index holds all that the rule looks at.
        @case.HasIndex(row => new
        {
            row.OrganisationId,
            row.CommitteeId,
            row.PlatformId,
            row.WorkGroupId,
            row.Restricted,
            row.Id,
        });
        // A run names its case by the id alone.
        @case.HasIndex(row => row.Id).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Matter> matter)
    {
        matter.Property(row => row.Number).HasMaxLength(40);
        matter.Property(row => row.OrderNumber).HasMaxLength(100);
        // A merge, a case that takes the matter up, and a step that closes it: whoever comes second looks again.
        matter.Property(row => row.State).IsConcurrencyToken();
        matter.HasIndex(row => new { row.OrganisationId, row.Number }).IsUnique();
        matter.HasIndex(row => new { row.OrganisationId, row.OrderNumber }).IsUnique();
        matter.HasIndex(row => new { row.OrganisationId, row.State, row.ReceivedAt });
        matter.HasIndex(row => new { row.OrganisationId, row.ReceivedAt, row.Id });
    }

    public void Configure(EntityTypeBuilder<WorkTask> task)
    {
        task.Property(row => row.Number).HasMaxLength(40);
        task.HasIndex(row => new { row.OrganisationId, row.Number }).IsUnique();
        task.HasIndex(row => new { row.OrganisationId, row.State, row.DueAt });
        // Lists of cases read when the open tasks of a page are due, from the index alone.
        task.HasIndex(row => new { row.OrganisationId, row.CaseId, row.State, row.DueAt });
    }

    public void Configure(EntityTypeBuilder<HistoryEntry> entry) =>
        entry.HasIndex(row => new { row.OrganisationId, row.CaseId, row.At });

    public void Configure(EntityTypeBuilder<NumberSeries> series)
    {
        series.Property(row => row.Key).HasMaxLength(40);
        series.Property(row => row.Last).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<ProgressEntry> entry) =>
        entry.HasIndex(row => new { row.OrganisationId, row.TrackedItemId, row.At });

    public void Configure(EntityTypeBuilder<Meeting> meeting)
    {
        // Of two who change a meeting at once one looks again.
        meeting.Property(row => row.Version).IsConcurrencyToken();
        // The calendar of halls, and what takes a hall or a person at a time.
        meeting.HasIndex(row => new { row.OrganisationId, row.On });
        // Parts of the seats, not rows of their own.
        meeting.Ignore(row => row.Current).Ignore(row => row.Present).Ignore(row => row.Voters);
        meeting.OwnsMany(row => row.Topics, topic => topic.HasIndex("OrganisationId", "CaseId"));
    }

    public void Configure(EntityTypeBuilder<MeetingLine> line) =>
        // A chain has one line of each number, whoever wrote at the same time.
        line.HasIndex(row => new { row.OrganisationId, row.MeetingId, row.Number }).IsUnique();

    public void Configure(EntityTypeBuilder<TrackedItem> item)
    {
        item.HasIndex(row => new { row.OrganisationId, row.Year, row.Number }).IsUnique();
        // The board counts by these two.
        item.HasIndex(row => new { row.OrganisationId, row.State, row.DueOn });
    }
}
