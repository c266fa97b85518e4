using Consultation.Cases.Votes;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Consultation.Storage.Mapping;

/// <summary>
/// An instant as 64-bit UTC ticks: every database compares and orders it, and no zone is lost or guessed.
/// </summary>
internal sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
    instant => instant.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

/// <summary>A day as its number since 0001-01-01.</summary>
internal sealed class DayConverter()
    : ValueConverter<DateOnly, int>(day => day.DayNumber, number => DateOnly.FromDayNumber(number));

/// <summary>A time of day as ticks since midnight.</summary>
internal sealed class TimeOfDayConverter()
    : ValueConverter<TimeOnly, long>(time => time.Ticks, ticks => new TimeOnly(ticks));

/// <summary>A span as ticks.</summary>
internal sealed class SpanConverter()
    : ValueConverter<TimeSpan, long>(span => span.Ticks, ticks => TimeSpan.FromTicks(ticks));

/// <summary>A share as people write it, "2/3": exact, and read back as it was.</summary>
internal sealed class FractionConverter()
    : ValueConverter<Fraction, string>(share => share.ToString(), text => FractionConverter.Read(text))
{
    private static Fraction Read(string text) => Fraction.TryParse(text, out var share)
        ? share
        : throw new FormatException($"“{text}” is not a share.");
}
