using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Consultation.Cases.Calendar;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Consultation.Storage.Mapping;

/// <summary>
/// How lists, dictionaries and small records are written into one text column: JSON with readable Chinese.
/// </summary>
internal static class JsonText
{
    public static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;
}

/// <summary>A value as JSON text.</summary>
internal sealed class JsonConverter<T>()
    : ValueConverter<T, string>(value => JsonText.Write(value), text => JsonText.Read<T>(text));

/// <summary>Equality by content, and copies that later changes cannot reach.</summary>
internal sealed class JsonComparer<T>() : ValueComparer<T>(
    (left, right) => JsonCopies.AreSame(left, right),
    value => JsonText.Write(value).GetHashCode(StringComparison.Ordinal),
    value => JsonCopies.Copy(value));

/// <summary>
/// Copies and compares such values. Every loaded row is copied once and compared once per save, so the plain kinds are
/// dealt with directly; JSON does the rest.
/// </summary>
internal static class JsonCopies
{
    public static bool AreSame<T>(T? left, T? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (ICollection one, ICollection other) when one.Count != other.Count => false,
        (ICollection { Count: 0 }, ICollection) => true,
        (List<string> one, List<string> other) => one.SequenceEqual(other, StringComparer.Ordinal),
        (List<Guid> one, List<Guid> other) => one.SequenceEqual(other),
        (Dictionary<string, string> one, Dictionary<string, string> other) => one.SequenceEqual(other),
        (Dictionary<string, int> one, Dictionary<string, int> other) => one.SequenceEqual(other),
        (DueBasis one, DueBasis other) => one == other,
        _ => JsonText.Write(left) == JsonText.Write(right),
    };

    public static T Copy<T>(T value) => value switch
    {
        List<string> list => (T)(object)new List<string>(list),
        List<Guid> list => (T)(object)new List<Guid>(list),
        Dictionary<string, string> map => (T)(object)new Dictionary<string, string>(map, map.Comparer),
        Dictionary<string, int> map => (T)(object)new Dictionary<string, int>(map, map.Comparer),
        DueBasis => value,
        _ => JsonText.Read<T>(JsonText.Write(value)),
    };
}
