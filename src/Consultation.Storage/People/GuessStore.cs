using System.Security.Cryptography;
using System.Text;
using Consultation.Cases.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Consultation.Storage.People;

/// <summary>
/// Guesses at one log-in name from one place. Of no organisation: names that do not exist are counted in the same way.
/// </summary>
public sealed class GuessRow
{
    /// <summary>Hash of place and name: what people type is not kept.</summary>
    public required string Id { get; init; }

    /// <summary>Hash of the name alone.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset FadedAt { get; set; }

    public required DateTimeOffset LastAt { get; set; }
}

/// <summary>
/// Counts guesses before they are checked, one by one whatever comes at the same time: each is one conditional update.
/// </summary>
public sealed class GuessStore(Database database)
{
    /// <summary>Counts a guess as wrong and allows it; or counts nothing and says how long to wait.</summary>
    public async Task<TimeSpan> TakeAsync(
        string place, string name, GuessRule rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var id = HashOf($"{place}\n{name}");
        while (true)
        {
            if (await FindAsync(db, id, cancellationToken) is not { } count)
            {
                if (await TryAddAsync(db, id, name, rule.Add(null, now), cancellationToken)) return TimeSpan.Zero;
                continue;
            }

            if (rule.Wait(count, now) is { Ticks: > 0 } wait) return wait;
            if (await TryReplaceAsync(db, id, count, rule.Add(count, now), cancellationToken)) return TimeSpan.Zero;
        }
    }

    /// <summary>Counts one guess less: it was right.</summary>
    public async Task TakeBackAsync(string place, string name, GuessRule rule, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var id = HashOf($"{place}\n{name}");
        while (await FindAsync(db, id, cancellationToken) is { } count)
        {
            if (await TryReplaceAsync(db, id, count, rule.TakeBack(count), cancellationToken)) return;
        }
    }

    /// <summary>Forgets the guesses at a name from one place.</summary>
    public async Task ForgetAsync(string place, string name, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var id = HashOf($"{place}\n{name}");
        await db.Set<GuessRow>().Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Forgets the guesses at a name from everywhere: it has a new password.</summary>
    public async Task ForgetAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var hash = HashOf(name);
        await db.Set<GuessRow>().Where(row => row.Name == hash).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task<GuessCount?> FindAsync(
        ConsultationDb db, string id, CancellationToken cancellationToken) =>
        await db.Set<GuessRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken)
            is { } row ? new GuessCount(row.FadedAt, row.LastAt) : null;

    // Whoever tries many names leaves a row for each; those that faded go when others come.
    private static async Task<bool> TryAddAsync(
        ConsultationDb db, string id, string name, GuessCount count, CancellationToken cancellationToken)
    {
        await db.Set<GuessRow>().Where(row => row.FadedAt < count.LastAt).ExecuteDeleteAsync(cancellationToken);
        db.Add(new GuessRow { Id = id, Name = HashOf(name), FadedAt = count.FadedAt, LastAt = count.LastAt });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException failure) when (db.Judge(failure).Kind == FailureKind.Conflict)
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }

    private static async Task<bool> TryReplaceAsync(
        ConsultationDb db, string id, GuessCount seen, GuessCount next, CancellationToken cancellationToken) =>
        await db.Set<GuessRow>()
            .Where(row => row.Id == id && row.FadedAt == seen.FadedAt && row.LastAt == seen.LastAt)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.FadedAt, next.FadedAt).SetProperty(row => row.LastAt, next.LastAt),
                cancellationToken) == 1;

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Maps the guesses.</summary>
internal sealed class GuessMapping : IEntityTypeConfiguration<GuessRow>
{
    public void Configure(EntityTypeBuilder<GuessRow> guess)
    {
        guess.ToTable("SignInGuesses").HasKey(row => row.Id);
        guess.Property(row => row.Id).HasMaxLength(64);
        guess.Property(row => row.Name).HasMaxLength(64);
        guess.HasIndex(row => row.FadedAt);
    }
}
