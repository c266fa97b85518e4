using System.Collections.Frozen;
using Consultation.Cases;
using Consultation.Cases.Matters;
using Consultation.Cases.TrackedItems;
using Consultation.Mail.Outgoing;
using Consultation.Storage.Definitions;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Consultation.Storage.Mapping;

/// <summary>
/// The column in which lists look for words: what can be found of a row, folded by <see cref="TypedText"/>. Databases
/// differ in what they hold for the same letter, so both sides are folded here and compared letter by letter there. The
/// column is filled whenever a row is written, and by nobody else.
/// </summary>
internal static class SearchColumn
{
    /// <summary>Name of the column, and of the property, which no class has.</summary>
    public const string Name = "SearchText";

    /// <summary>
    /// What of a row is found. Whoever sees a matter sees its text, its proposer and how to reach that person.
    /// </summary>
    private static readonly FrozenDictionary<Type, string[]> Sources = new Dictionary<Type, string[]>
    {
        [typeof(Matter)] =
        [
            nameof(Matter.Number), nameof(Matter.Title), nameof(Matter.Place), nameof(Matter.OrderNumber),
            nameof(Matter.OrderCategory), nameof(Matter.ProposerName), nameof(Matter.ProposerGroup),
            nameof(Matter.ProposerPhone), nameof(Matter.ProposerEmail), nameof(Matter.Text),
        ],
        [typeof(Case)] = [nameof(Case.Number), nameof(Case.Title)],
        [typeof(TrackedItem)] =
        [
            nameof(TrackedItem.Topic), nameof(TrackedItem.Advice), nameof(TrackedItem.Progress),
            nameof(TrackedItem.Problems), nameof(TrackedItem.Solution),
        ],
        [typeof(OutgoingMail)] =
        [
            nameof(OutgoingMail.Subject), nameof(OutgoingMail.RecipientName), nameof(OutgoingMail.RecipientAddress),
            nameof(OutgoingMail.CaseNumber),
        ],
        [typeof(DefinitionRow)] =
            [nameof(DefinitionRow.Name), nameof(DefinitionRow.Description), nameof(DefinitionRow.DefinitionId)],
        [typeof(RunRow)] = [nameof(RunRow.Name)],
    }.ToFrozenDictionary();

    /// <summary>Adds the column to the tables that have one.</summary>
    public static void Map(ModelBuilder model)
    {
        foreach (var type in Sources.Keys) model.Entity(type).Property<string>(Name).IsRequired();
    }

    /// <summary>
    /// Fills the column of a row that is about to be written, when anything that is found of it is new. A row of which
    /// a step knows no more than its key and its state keeps what it has.
    /// </summary>
    public static void Fill(EntityEntry entry)
    {
        if (Sources.TryGetValue(entry.Metadata.ClrType, out var names)
            && (entry.State == EntityState.Added || Array.Exists(names, name => entry.Property(name).IsModified)))
        {
            entry.Property(Name).CurrentValue = Of(entry.Metadata, entry.Entity);
        }
    }

    /// <summary>What stands in the column of a row.</summary>
    public static string Of(IReadOnlyEntityType type, object row) => TypedText.Searched(
        [.. Sources[type.ClrType].Select(name => type.FindProperty(name)!.PropertyInfo!.GetValue(row) as string)]);

    /// <summary>The rows in which every word of a search occurs, whatever its capitals and its width.</summary>
    public static IQueryable<T> Finding<T>(this IQueryable<T> rows, string? search)
        where T : class
    {
        foreach (var word in TypedText.Words(search))
        {
            rows = TypedText.PhoneDigits(word) is { } digits
                ? rows.Where(row => EF.Property<string>(row, Name).Contains(word)
                    || EF.Property<string>(row, Name).Contains(digits))
                : rows.Where(row => EF.Property<string>(row, Name).Contains(word));
        }

        return rows;
    }
}
