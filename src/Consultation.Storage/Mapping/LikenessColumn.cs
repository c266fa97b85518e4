using Consultation.Cases.Matters;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Consultation.Storage.Mapping;

/// <summary>
/// The column by which matters are compared with each other (<see cref="Likeness.Signature"/>): filled whenever the
/// words of a matter are written, and by nobody else. An index holds all that a comparison reads, so that the texts
/// stay where they are.
/// </summary>
internal static class LikenessColumn
{
    /// <summary>Name of the column, and of the property, which no class has.</summary>
    public const string Name = "Signature";

    private static readonly string[] Sources = [nameof(Matter.Title), nameof(Matter.Place), nameof(Matter.Text)];

    public static void Map(ModelBuilder model)
    {
        var matter = model.Entity<Matter>();
        matter.Property<byte[]>(Name).HasMaxLength(Likeness.LongestSignature).IsRequired();
        matter.HasIndex(nameof(Matter.OrganisationId), nameof(Matter.State), nameof(Matter.Id), Name)
            .HasDatabaseName("IX_Matters_Likeness");
    }

    /// <summary>Fills the column of a matter whose words are new.</summary>
    public static void Fill(EntityEntry entry)
    {
        if (entry.Entity is Matter matter
            && (entry.State == EntityState.Added || Array.Exists(Sources, name => entry.Property(name).IsModified)))
        {
            entry.Property(Name).CurrentValue = Of(matter);
        }
    }

    /// <summary>What stands in the column.</summary>
    public static byte[] Of(object row) =>
        row is Matter matter ? Likeness.Signature(matter.Title, matter.Place, matter.Text) : [];
}
