using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace Consultation.Server.Settings;

/// <summary>
/// Finds settings whose text cannot become the value that is asked for. The reader of the platform would stop at the
/// first, take a number for a name, and say so in a stack trace.
/// </summary>
internal static class SettingReader
{
    /// <summary>What in a section cannot be read into an options class.</summary>
    public static IEnumerable<string> Problems(IConfigurationSection section, Type type)
    {
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            var name = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;
            foreach (var problem in OfValue(section.GetSection(name), property.PropertyType)) yield return problem;
        }
    }

    private static IEnumerable<string> OfValue(IConfigurationSection setting, Type type)
    {
        if (type.IsArray)
        {
            return setting.GetChildren().SelectMany(item => OfValue(item, type.GetElementType()!));
        }

        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain is { IsClass: true } && plain != typeof(string) && plain != typeof(Uri))
        {
            return Problems(setting, plain);
        }

        return setting.Value is { Length: > 0 } text && Expected(plain, text) is var (zh, en)
            ? [$"{setting.Path}: “{text}”不可用，{zh} / “{text}” cannot be used; {en}"]
            : [];
    }

    /// <summary>What should stand there instead; null when the text can be read.</summary>
    private static (string Zh, string En)? Expected(Type type, string text)
    {
        if (type.IsEnum)
        {
            var names = Enum.GetNames(type);
            return names.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase)
                ? null
                : ($"可选 {string.Join("、", names)}", $"choose one of {string.Join(", ", names)}");
        }

        if (CanRead(type, text)) return null;
        return type switch
        {
            _ when type == typeof(bool) => ("请写 true 或 false", "write true or false"),
            _ when type == typeof(TimeSpan) =>
                ("请写成 00:00:30 或 1.00:00:00（一天）", "write it like 00:00:30 or 1.00:00:00 (one day)"),
            _ when type == typeof(Uri) => ("请写网址", "write an address"),
            _ => ("请写整数", "write a whole number"),
        };
    }

    private static bool CanRead(Type type, string text)
    {
        if (type == typeof(string)) return true;
        if (type == typeof(Uri)) return Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _);
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, text)
                is not null;
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or OverflowException
            or NotSupportedException || failure.InnerException is FormatException or OverflowException)
        {
            return false;
        }
    }
}
