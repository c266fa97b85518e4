using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Consultation.Storage.Mapping;

/// <summary>How lists, dictionaries and small records are written into one text column: JSON with readable Chinese.</summary>
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
internal sealed class JsonConverter<T>() : ValueConverter<T, string>(value => JsonText.Write(value), text => JsonText.Read<T>(text));

/// <summary>Equality by content, and copies that later changes cannot reach.</summary>
internal sealed class JsonComparer<T>() : ValueComparer<T>(
    (left, right) => JsonText.Write(left) == JsonText.Write(right),
    value => JsonText.Write(value).GetHashCode(StringComparison.Ordinal),
    value => JsonText.Read<T>(JsonText.Write(value)));
