using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Consultation.Cases;

namespace Consultation.Web.Texts;

/// <summary>
/// Every word of the desk, in Chinese and English, read from the Texts.zh.json and Texts.en.json beside the pages. The
/// language is that of the request. Safe to share between threads.
/// </summary>
#pragma warning disable CA1822 // Pages call everything through the injected T, whether it reads the instance or not.
public sealed partial class DeskTexts
{
    private static readonly FrozenDictionary<string, string> Zh = Load("zh");
    private static readonly FrozenDictionary<string, string> En = Load("en");

    /// <summary>"zh" or "en": the language of this request.</summary>
    public static string Language => IsEnglish ? "en" : "zh";

    /// <summary>True when this request is answered in English.</summary>
    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>Names in a row, as the language of the page writes them: 张三、李四; Zhang San, Li Si.</summary>
    public static string Row(IEnumerable<string> names) => string.Join(IsEnglish ? ", " : "、", names);

    /// <summary>
    /// The text of a key in the language of the request; a key that does not exist shows itself in brackets.
    /// </summary>
    public string this[string key] => Find(key, Language) ?? $"[{key}]";

    /// <summary>The text of a key with its placeholders {0}, {1}… filled.</summary>
    public string this[string key, params object?[] arguments] =>
        string.Format(CultureInfo.CurrentCulture, this[key], arguments);

    /// <summary>Name of an enumeration's value: key "enum.type.Value".</summary>
    public string Name(Enum value) => this[$"enum.{value.GetType().Name}.{value}"];

    /// <summary>An organisation's own text in the language of the request.</summary>
    public string Of(LocalText? text) => text?.For(Language) ?? "";

    /// <summary>
    /// The half of a text such as "协商程序六步 Six-step procedure", or "未送达 / Not delivered", that is in the language of the
    /// request. Names of Elsa definitions and notes of failures are one text for both languages; a text that is not so
    /// made is shown whole.
    /// </summary>
    public string HalfOf(string text) =>
        BothHalves().Match(text) is { Success: true } halves ? halves.Groups[IsEnglish ? "en" : "zh"].Value : text;

    /// <summary>The text of a key in both languages.</summary>
    public LocalText Both(string key, params object?[] arguments) => new(
        string.Format(CultureInfo.InvariantCulture, Zh.GetValueOrDefault(key, key), arguments),
        string.Format(CultureInfo.InvariantCulture, En.GetValueOrDefault(key, key), arguments));

    /// <summary>The text of a key in "zh" or "en", or null when there is none.</summary>
    public static string? Find(string key, string language) => (language == "en" ? En : Zh).GetValueOrDefault(key);

    /// <summary>All keys of a language.</summary>
    internal static IReadOnlyDictionary<string, string> All(string language) => language == "en" ? En : Zh;

    [GeneratedRegex(
        @"^(?<zh>.*[\u3400-\u9fff].*?) / "
            + @"(?<en>[A-Za-z“""].*)$|^(?<zh>.*[\u3400-\u9fff][^A-Za-z]*?)\s+(?<en>[A-Za-z][^\u3400-\u9fff]*)$",
                RegexOptions.Singleline)]
    private static partial Regex BothHalves();

    private static FrozenDictionary<string, string> Load(string language)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name =>
            name.StartsWith("Texts/", StringComparison.Ordinal)
                && name.EndsWith($"Texts.{language}.json", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
            {
                if (!all.TryAdd(key, text))
                {
                    throw new InvalidDataException($"Text {key} stands in two files, one of them {name}.");
                }
            }
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
