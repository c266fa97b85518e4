using Consultation.Engine.Expressions;

namespace Consultation.Engine.Definitions;

/// <summary>Turns plain data into the types that activities bind; chosen once per type.</summary>
internal static class InputConversion<T>
{
    private static readonly Func<object?, T> Converter = (Func<object?, T>)InputConversions.For(typeof(T));

    /// <exception cref="FormatException">The value does not fit.</exception>
    public static T From(object? value) => Converter(value);
}

internal static class InputConversions
{
    private static readonly Dictionary<Type, Delegate> Known = new()
    {
        [typeof(object)] = (object? v) => v,
        [typeof(string)] = (object? v) => v is null ? null : PlainData.ToText(v),
        [typeof(bool)] = (object? v) => PlainData.ToBoolean(v),
        [typeof(bool?)] = (object? v) => v is null ? (bool?)null : PlainData.ToBoolean(v),
        [typeof(long)] = (object? v) => v is null ? 0 : PlainData.ToWhole(v),
        [typeof(long?)] = (object? v) => v is null or "" ? (long?)null : PlainData.ToWhole(v),
        [typeof(int)] = (object? v) => v is null ? 0 : Narrow(PlainData.ToWhole(v)),
        [typeof(int?)] = (object? v) => v is null or "" ? (int?)null : Narrow(PlainData.ToWhole(v)),
        [typeof(double)] = (object? v) => v is null ? 0 : PlainData.ToNumber(v),
        [typeof(double?)] = (object? v) => v is null or "" ? (double?)null : PlainData.ToNumber(v),
        [typeof(DateTimeOffset)] = (object? v) => PlainData.ToInstant(v),
        [typeof(DateTimeOffset?)] = (object? v) => v is null or "" ? (DateTimeOffset?)null : PlainData.ToInstant(v),
        [typeof(TimeSpan)] = (object? v) => v is null ? TimeSpan.Zero : PlainData.ToSpan(v),
        [typeof(TimeSpan?)] = (object? v) => v is null or "" ? (TimeSpan?)null : PlainData.ToSpan(v),
        [typeof(List<object?>)] = (object? v) => ToList(v),
        [typeof(List<string>)] = (object? v) => ToTexts(v),
        [typeof(Dictionary<string, object?>)] = (object? v) => ToMap(v),
    };

    public static Delegate For(Type type) => Known.TryGetValue(type, out var converter)
        ? converter
        : throw new ArgumentException(
            $"Inputs of type {type.Name} cannot be bound; bind object and convert it yourself.");

    private static int Narrow(long whole) => whole is >= int.MinValue and <= int.MaxValue
        ? (int)whole
        : throw new FormatException(
            $"{whole} is too large; give a whole number between {int.MinValue} and {int.MaxValue}.");

    private static List<object?> ToList(object? value) =>
        value is null or "" ? [] : (List<object?>)PlainData.ConvertTo(value, "Object[]")!;

    private static List<string> ToTexts(object? value)
    {
        if (value is string text && !text.TrimStart().StartsWith('[')) return text.Length == 0 ? [] : [text];
        return [.. ToList(value).Select(PlainData.ToText)];
    }

    private static Dictionary<string, object?>? ToMap(object? value) =>
        value is null or "" ? [] : (Dictionary<string, object?>?)PlainData.ConvertTo(value, "ObjectDictionary");
}
