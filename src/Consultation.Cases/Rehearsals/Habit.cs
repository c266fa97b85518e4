using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Consultation.Cases.Rehearsals;

/// <summary>How somebody answers in a rehearsal.</summary>
public enum Habit
{
    /// <summary>按时: within the time that is given.</summary>
    OnTime,
    /// <summary>拖延: some working days after it was due.</summary>
    Late,
    /// <summary>不回应: never.</summary>
    Silent,
    /// <summary>不同意: refuses where that is offered, and does not come to meetings.</summary>
    Declining,
    /// <summary>先退回: sends back or objects the first time, agrees the second.</summary>
    Objecting,
    /// <summary>休假: away for some working days from near the start, otherwise on time.</summary>
    OnLeave,
}

/// <summary>How many of a hundred people have which habit; what is left is on time.</summary>
public sealed record HabitMix
{
    /// <summary>Everybody is on time.</summary>
    public static readonly HabitMix AllOnTime = new();

    /// <summary>Shares in per cent; those of <see cref="Habit.OnTime"/> are what is left.</summary>
    public Dictionary<Habit, int> Shares { get; init; } = [];

    /// <summary>True when no share is negative and together they are at most a hundred.</summary>
    public bool IsValid() => Shares.Values.All(share => share is >= 0 and <= 100) && Shares.Values.Sum() <= 100;

    /// <summary>The habit at a point between 0 and 1.</summary>
    public Habit At(double point)
    {
        var upTo = 0.0;
        foreach (var (habit, share) in Shares.OrderBy(one => one.Key))
        {
            upTo += share / 100.0;
            if (point < upTo) return habit;
        }

        return Habit.OnTime;
    }
}

/// <summary>
/// The chance of a play. What is drawn depends on the seed and on what it is drawn for, never on the order of drawing
/// or on the clock: the same play comes out however fast the machine is.
/// </summary>
public sealed class RehearsalDraw(int seed)
{
    /// <summary>The seed.</summary>
    public int Seed { get; } = seed;

    /// <summary>A number from 0 up to but not including 1.</summary>
    public double Of(params ReadOnlySpan<string> what)
    {
        var text = Encoding.UTF8.GetBytes($"{Seed}\n{string.Join('\n', what!)}");
        return (BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(text)) >> 11) / (double)(1UL << 53);
    }

    /// <summary>A whole number from 0 up to but not including the given one.</summary>
    public int Below(int most, params ReadOnlySpan<string> what) => (int)(Of(what) * most);

    /// <summary>What somebody is like in this play.</summary>
    public Habit HabitOf(PersonId person, RehearsalSettings settings) =>
        settings.People.TryGetValue(person.Value, out var set) ? set
            : settings.Mix.At(Of("habit", person.Value.ToString("N")));
}
