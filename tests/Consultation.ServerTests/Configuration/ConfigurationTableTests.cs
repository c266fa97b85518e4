using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;
using Consultation.Server.Settings;
using Microsoft.Extensions.Configuration;

namespace Consultation.ServerTests.Configuration;

/// <summary>
/// The guide's table of settings says what the options classes say. Set CONSULTATION_WRITE_GUIDE=1 to write it anew.
/// </summary>
public sealed class ConfigurationTableTests
{
    private const string Begin = "<!-- settings: written from the options classes by ConfigurationTableTests -->";

    private static IReadOnlyList<(string Section, Type Type)> Options => SettingsCheck.Sections;

    private static string Guide([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/guide/configuration.md"));

    [Fact]
    public void The_guide_lists_every_setting_with_its_default()
    {
        var expected = Table();
        var text = File.ReadAllText(Guide());
        var written = text[(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)..].Trim();
        if (Environment.GetEnvironmentVariable("CONSULTATION_WRITE_GUIDE") == "1")
        {
            File.WriteAllText(Guide(),
                text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + "\n\n" + expected + "\n");
            return;
        }

        written.Should().Be(expected);
    }

    [Fact]
    public void Every_setting_says_what_it_means() =>
        Options.SelectMany(option => Settings(option.Section, option.Type, Activator.CreateInstance(option.Type)!))
            .Where(setting => setting.Meaning.Length == 0).Select(setting => setting.Key).Should().BeEmpty();

    private static string Table()
    {
        var text = new StringBuilder();
        foreach (var (section, type) in Options)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"## {section}\n");
            text.AppendLine("| Key | Type | Default | Meaning |\n| --- | --- | --- | --- |");
            foreach (var setting in Settings(section, type, Activator.CreateInstance(type)!))
            {
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"| `{setting.Key}` | {setting.Type} | {setting.Default} | {setting.Meaning} |");
            }

            text.AppendLine();
        }

        return text.ToString().ReplaceLineEndings("\n").Trim();
    }

    private static IEnumerable<(string Key, string Type, string Default, string Meaning)> Settings(
        string section, Type type, object defaults)
    {
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            var value = property.GetValue(defaults);
            var name = property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;
            if (property.PropertyType is { IsClass: true, IsArray: false }
                && property.PropertyType.Assembly == type.Assembly)
            {
                foreach (var inner in Settings($"{section}:{name}", property.PropertyType, value!))
                {
                    yield return inner;
                }

                continue;
            }

            yield return ($"{section}:{name}", NameOf(property.PropertyType), Show(value), Meaning(property));
            if (property.PropertyType.GetElementType() is { IsClass: true } part && part.Assembly == type.Assembly)
            {
                foreach (var inner in Settings($"{section}:{name}:0", part, Activator.CreateInstance(part)!))
                {
                    yield return inner;
                }
            }
        }
    }

    private static string NameOf(Type type) =>
        Nullable.GetUnderlyingType(type) is { } inner ? NameOf(inner) : type switch
        {
            _ when type == typeof(TimeSpan) => "duration",
            _ when type == typeof(bool) => "true/false",
            _ when type == typeof(int) => "number",
            _ when type.IsEnum => string.Join(", ", Enum.GetNames(type)),
            _ when type.IsArray => "list",
            _ => "text",
        };

    private static string Show(object? value) => value switch
    {
        null or "" => "",
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        string text => text,
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(Show)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Meaning(PropertyInfo property)
    {
        var file = Path.ChangeExtension(property.DeclaringType!.Assembly.Location, ".xml");
        var name = $"P:{property.DeclaringType.FullName!.Replace('+', '.')}.{property.Name}";
        var summary = XDocument.Load(file).Descendants("member")
            .FirstOrDefault(member => (string?)member.Attribute("name") == name)?.Element("summary");
        if (summary is null)
        {
            return "";
        }

        var words = string.Concat(summary.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement reference => ((string?)reference.Attribute("cref"))?.Split('.')[^1] ?? reference.Value,
            _ => "",
        }));
        return string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace("|", "\\|", StringComparison.Ordinal);
    }
}
