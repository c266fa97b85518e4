using System.Buffers.Binary;
using System.Collections.Frozen;
using Consultation.Cases;
using Consultation.Cases.Documents;
using Consultation.Cases.Matters;
using Consultation.Cases.People;
using Consultation.Cases.Tasks;
using Consultation.Cases.TrackedItems;
using Consultation.Mail.Outgoing;
using Consultation.Storage.Definitions;
using Consultation.Storage.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Consultation.Storage.Mapping;

/// <summary>
/// The column in which lists and the search look for words: what can be found of a row, folded by <see
/// cref="TypedText"/>. Databases differ in what they hold for the same letter, so both sides are folded here and
/// compared letter by letter there. The column is filled whenever a row is written, and by nobody else. Tables that the
/// search reads have a key besides, by which an index of characters (<see cref="SearchGrams"/>) names the rows to look
/// into; where a product has no such index the column alone answers.
/// </summary>
internal static class SearchColumn
{
    /// <summary>Name of the column, and of the property, which no class has.</summary>
    public const string Name = "SearchText";

    /// <summary>Name of the column with the key, of tables that have an index of characters.</summary>
    public const string Key = "SearchKey";

    /// <summary>Most characters of a record that are found: the beginning of its fields.</summary>
    public const int MostOfRecord = 2_000;

    private static readonly FrozenDictionary<Type, Source> Sources = new Source[]
    {
        // Whoever sees a matter sees its text, its proposer and how to reach that person.
        Source.Of<Matter>(
            one =>
            [
                one.Number, one.Title, one.Place, one.OrderNumber, one.OrderCategory, one.ProposerName,
                one.ProposerGroup, one.ProposerPhone, one.ProposerEmail, one.Text,
            ],
            one => one.Id.Value, nameof(Matter.Number), nameof(Matter.Title), nameof(Matter.Place),
            nameof(Matter.OrderNumber), nameof(Matter.OrderCategory), nameof(Matter.ProposerName),
            nameof(Matter.ProposerGroup), nameof(Matter.ProposerPhone), nameof(Matter.ProposerEmail),
            nameof(Matter.Text)),
        Source.Of<Case>(one => [one.Number, one.Title], one => one.Id.Value, nameof(Case.Number), nameof(Case.Title)),
        Source.Of<WorkTask>(
            one => [one.Number, one.Title.Zh, one.Title.En, one.Question.Zh, one.Question.En],
            one => one.Id.Value, nameof(WorkTask.Number), nameof(WorkTask.Title), nameof(WorkTask.Question)),
        Source.Of<CaseRecord>(OfRecord, one => one.Id, nameof(CaseRecord.Title), nameof(CaseRecord.Fields)),
        Source.Of<CaseDocument>(
            one => [one.Number, one.Title.Zh, one.Title.En, one.FileName],
            one => one.Id.Value, nameof(CaseDocument.Number), nameof(CaseDocument.Title),
            nameof(CaseDocument.FileName)),
        Source.Of<Person>(
            one =>
            [
                one.Name, PinyinInitials.Of(one.Name), one.Title, one.Email, one.Phone, one.UserName, .. one.Fields,
            ],
            one => one.Id.Value, nameof(Person.Name), nameof(Person.Title), nameof(Person.Email), nameof(Person.Phone),
            nameof(Person.UserName), nameof(Person.Sectors), nameof(Person.Expertise), nameof(Person.Areas)),
        Source.Of<TrackedItem>(
            one => [one.Topic, one.Advice, one.Progress, one.Problems, one.Solution],
            one => one.Id.Value, nameof(TrackedItem.Topic), nameof(TrackedItem.Advice),
            nameof(TrackedItem.Progress), nameof(TrackedItem.Problems), nameof(TrackedItem.Solution)),
        Source.Of<OutgoingMail>(
            one => [one.Subject, one.RecipientName, one.RecipientAddress, one.CaseNumber], null,
            nameof(OutgoingMail.Subject), nameof(OutgoingMail.RecipientName), nameof(OutgoingMail.RecipientAddress),
            nameof(OutgoingMail.CaseNumber)),
        Source.Of<DefinitionRow>(
            one => [one.Name, one.Description, one.DefinitionId], null,
            nameof(DefinitionRow.Name), nameof(DefinitionRow.Description), nameof(DefinitionRow.DefinitionId)),
        Source.Of<RunRow>(one => [one.Name], null, nameof(RunRow.Name)),
    }.ToFrozenDictionary(source => source.Type);

    /// <summary>Adds the columns to the tables that have them.</summary>
    public static void Map(ModelBuilder model)
    {
        foreach (var source in Sources.Values)
        {
            var table = model.Entity(source.Type);
            table.Property<string>(Name).IsRequired();
            if (source.Id is null) continue;
            table.Property<long>(Key);
            table.HasIndex("OrganisationId", Key);
        }
    }

    /// <summary>Names of the tables that have an index of characters.</summary>
    public static IEnumerable<string> Indexed(IModel model) =>
        from source in Sources.Values
        where source.Id is not null
        select model.FindEntityType(source.Type)!.GetTableName();

    /// <summary>
    /// Fills the columns of a row that is about to be written, when anything that is found of it is new. A row of which
    /// a step knows no more than its key and its state keeps what it has.
    /// </summary>
    public static void Fill(EntityEntry entry)
    {
        if (!Sources.TryGetValue(entry.Metadata.ClrType, out var source)) return;
        var isNew = entry.State == EntityState.Added;
        if (isNew && source.Id is not null) entry.Property(Key).CurrentValue = source.KeyOf(entry.Entity);
        if (isNew || Array.Exists(source.Names, name => entry.Property(name).IsModified))
        {
            entry.Property(Name).CurrentValue = source.Text(entry.Entity);
        }
    }

    /// <summary>What stands in a column of a row that no class has.</summary>
    public static object Of(string property, object row) =>
        Sources[row.GetType()] is var source && property == Key ? source.KeyOf(row) : source.Text(row);

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

    /// <summary>The same of a table with an index of characters, which says where to look.</summary>
    public static IQueryable<T> Finding<T>(this IQueryable<T> rows, ConsultationDb db, string? search)
        where T : class => db.Keys<T>(search) is { } keys
            ? rows.Where(row => keys.Contains(EF.Property<long>(row, Key))).Finding(search)
            : rows.Finding(search);

    /// <summary>
    /// Rows in which every word occurs, when the index names at most so many of all organisations; null when it names
    /// more, or there is none. They are taken out by the index before anybody sorts them: SQLite would else walk the
    /// whole organisation in the order asked for.
    /// </summary>
    public static async Task<IQueryable<T>?> FindingFewAsync<T>(
        this IQueryable<T> rows, ConsultationDb db, string? search, int most, CancellationToken cancellationToken)
        where T : class =>
        db.Keys<T>(search) is { } keys && await keys.Take(most + 1).CountAsync(cancellationToken) <= most
            ? rows.Finding(db, search).OrderBy(row => EF.Property<long>(row, Key)).Take(most)
            : null;

    private static IQueryable<long>? Keys<T>(this ConsultationDb db, string? search)
    {
        // A phone number may be written otherwise in the row: the index is asked for its digits alone.
        var grams = SearchGrams.Asked([.. TypedText.Words(search).Select(word => TypedText.PhoneDigits(word) ?? word)]);
        return grams.Count > 0 ? db.Holding(db.Model.FindEntityType(typeof(T))!.GetTableName()!, grams) : null;
    }

    /// <summary>
    /// An id on 64 bits. Two rows of the same key would be looked into together, and only the one with the words be
    /// found.
    /// </summary>
    private static long Folded(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
    }

    private static string?[] OfRecord(CaseRecord record)
    {
        var left = MostOfRecord;
        var parts = new List<string?> { record.Title.Zh, record.Title.En };
        foreach (var text in record.Fields.Values.TakeWhile(_ => left > 0))
        {
            var part = PlainText.Cut(text, left);
            left -= part.Length;
            parts.Add(part);
        }

        return [.. parts];
    }

    /// <summary>What of a row is found.</summary>
    /// <param name="Type">Its class.</param>
    /// <param name="Parts">The parts that words are looked for in.</param>
    /// <param name="Id">Its id, when an index of characters is kept.</param>
    /// <param name="Names">The properties that the parts come from.</param>
    private sealed record Source(Type Type, Func<object, string?[]> Parts, Func<object, Guid>? Id, string[] Names)
    {
        public static Source Of<T>(Func<T, string?[]> parts, Func<T, Guid>? id, params string[] names) =>
            new(typeof(T), row => parts((T)row), id is null ? null : row => id((T)row), names);

        public string Text(object row) => TypedText.Searched(Parts(row));

        public long KeyOf(object row) => Folded(Id!(row));
    }
}
