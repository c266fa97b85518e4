using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Consultation.Engine.Expressions;

/// <summary>
/// The values a workflow computes with: null, bool, long, double, string, DateTimeOffset, TimeSpan,
/// <c>List&lt;object?&gt;</c> and <c>Dictionary&lt;string, object?&gt;</c>, nothing else. Here they become JSON and
/// come back. Conversion to the types that variables and inputs declare is in <c>PlainData.Conversion.cs</c>.
/// </summary>
public static partial class PlainData
{
    /// <summary>Deepest nesting that is read or written; deeper data is refused.</summary>
    public const int MaxDepth = 256;

    private static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // Above the own check, which names the reason.
        MaxDepth = MaxDepth + 10,
        SkipValidation = true,
    };

    private static readonly JsonDocumentOptions Reading = new()
    {
        MaxDepth = MaxDepth,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads JSON text.</summary>
    /// <exception cref="FormatException">The text is not JSON.</exception>
    public static object? FromJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Reading);
            return FromElement(document.RootElement);
        }
        catch (JsonException broken)
        {
            throw new FormatException($"This is not valid JSON: {broken.Message}", broken);
        }
    }

    /// <summary>Plain data of a parsed JSON value. The last of several equal property names counts.</summary>
    public static object? FromElement(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new Dictionary<string, object?>();
                foreach (var property in element.EnumerateObject()) map[property.Name] = FromElement(property.Value);
                return map;
            case JsonValueKind.Array:
                var list = new List<object?>(element.GetArrayLength());
                foreach (var item in element.EnumerateArray()) list.Add(FromElement(item));
                return list;
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                if (element.TryGetInt64(out var whole)) return whole;
                return element.GetDouble();
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                return null;
        }
    }

    /// <summary>Plain data of a JSON node.</summary>
    public static object? FromNode(JsonNode? node)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonObject json:
                var map = new Dictionary<string, object?>(json.Count);
                foreach (var (name, value) in json) map[name] = FromNode(value);
                return map;
            case JsonArray json:
                var list = new List<object?>(json.Count);
                foreach (var item in json) list.Add(FromNode(item));
                return list;
            default:
                return FromValue((JsonValue)node);
        }
    }

    /// <summary>
    /// JSON text; Chinese stays readable. Instants are ISO 8601, spans are <c>[d.]hh:mm:ss[.fffffff]</c>.
    /// </summary>
    public static string ToJson(object? value, bool indented = false)
    {
        using var buffer = new MemoryStream();
        var options = Compact;
        options.Indented = indented;
        using (var writer = new Utf8JsonWriter(buffer, options)) Write(writer, value, 0);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The JSON node of a value.</summary>
    public static JsonNode? ToNode(object? value)
    {
        switch (value)
        {
            case null:
                return null;
            case Dictionary<string, object?> map:
                var json = new JsonObject();
                foreach (var (name, item) in map) json[name] = ToNode(item);
                return json;
            case List<object?> list:
                var array = new JsonArray();
                foreach (var item in list) array.Add(ToNode(item));
                return array;
            case bool flag:
                return JsonValue.Create(flag);
            case long whole:
                return JsonValue.Create(whole);
            case double number:
                return double.IsFinite(number) ? JsonValue.Create(number) : null;
            default:
                return JsonValue.Create(ToText(value));
        }
    }

    /// <summary>True if both are the same data; 1 and 1.0 are, the order of properties does not count.</summary>
    public static bool DeepEquals(object? left, object? right)
    {
        if (ReferenceEquals(left, right)) return true;
        switch (left, right)
        {
            case (null, _) or (_, null):
                return false;
            case (long a, double b):
                return a == b;
            case (double a, long b):
                return a == b;
            case (List<object?> a, List<object?> b):
                if (a.Count != b.Count) return false;
                for (var i = 0; i < a.Count; i++)
                {
                    if (!DeepEquals(a[i], b[i])) return false;
                }

                return true;
            case (Dictionary<string, object?> a, Dictionary<string, object?> b):
                if (a.Count != b.Count) return false;
                foreach (var (name, value) in a)
                {
                    if (!b.TryGetValue(name, out var other) || !DeepEquals(value, other)) return false;
                }

                return true;
            default:
                return left.Equals(right);
        }
    }

    /// <summary>
    /// A copy that shares nothing, with other numbers, instants, GUIDs, arrays and dictionaries turned into plain
    /// data on the way.
    /// </summary>
    /// <exception cref="ArgumentException">A value of a type that cannot become plain data.</exception>
    public static object? Normalise(object? value) => Normalise(value, 0);

    private static object? Normalise(object? value, int depth)
    {
        if (depth > MaxDepth) throw TooDeep();
        switch (value)
        {
            case null or bool or long or double or string or DateTimeOffset or TimeSpan:
                return value;
            case int or short or byte or uint or ushort or sbyte:
                return Convert.ToInt64(value, CultureInfo.InvariantCulture);
            case float or decimal or ulong:
                return Convert.ToDouble(value, CultureInfo.InvariantCulture);
            case DateTime time:
                return new DateTimeOffset(time.Kind == DateTimeKind.Unspecified
                    ? DateTime.SpecifyKind(time, DateTimeKind.Utc)
                    : time);
            case Guid id:
                return id.ToString();
            case Enum name:
                return name.ToString();
            case JsonNode node:
                return FromNode(node);
            case JsonElement element:
                return FromElement(element);
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                var map = new Dictionary<string, object?>();
                foreach (var (name, item) in pairs) map[name] = Normalise(item, depth + 1);
                return map;
            case System.Collections.IEnumerable items:
                var list = new List<object?>();
                foreach (var item in items) list.Add(Normalise(item, depth + 1));
                return list;
            default:
                throw new ArgumentException(
                    $"A value of type {value.GetType().Name} cannot be used in a workflow; give text, numbers, lists "
                        + "or objects instead.",
                    nameof(value));
        }
    }

    private static object? FromValue(JsonValue value)
    {
        if (value.TryGetValue<JsonElement>(out var element)) return FromElement(element);
        return value.TryGetValue<string>(out var text) ? text : FromJson(value.ToJsonString());
    }

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > MaxDepth) throw TooDeep();
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long whole:
                writer.WriteNumberValue(whole);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case double:
                writer.WriteNullValue();
                break;
            case List<object?> list:
                writer.WriteStartArray();
                foreach (var item in list) Write(writer, item, depth + 1);
                writer.WriteEndArray();
                break;
            case Dictionary<string, object?> map:
                writer.WriteStartObject();
                foreach (var (name, item) in map)
                {
                    writer.WritePropertyName(name);
                    Write(writer, item, depth + 1);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteStringValue(ToText(value));
                break;
        }
    }

    private static ArgumentException TooDeep() =>
        new($"The data is nested more than {MaxDepth} levels deep, or contains itself.");
}
