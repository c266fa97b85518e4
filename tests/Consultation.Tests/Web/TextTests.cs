using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Consultation.Tests.Architecture;
using Consultation.Web.Texts;

namespace Consultation.Tests.Web;

/// <summary>
/// Both languages say the same things, no page asks for a text that does not exist, and no text is kept for nobody.
/// </summary>
public sealed partial class TextTests
{
    private static readonly string[] Folders =
        [.. Repository.Files("src/Consultation.Web", "Texts.zh.json").Select(path => path[..path.LastIndexOf('/')])];

    /// <summary>Everything that pages say, by place.</summary>
    private static readonly Dictionary<string, string> Sources =
        Repository.Files("src/Consultation.Web", ".cs", ".razor")
            .Concat(Repository.Files("src/Consultation.Server", ".cs"))
            .ToDictionary(path => path, Repository.Read);

    public static TheoryData<string> TextFolders => [.. Folders];

    [Fact]
    public void There_are_texts() => Folders.Should().NotBeEmpty();

    [Theory]
    [MemberData(nameof(TextFolders))]
    public void Both_languages_have_the_same_keys(string folder) =>
        Texts(folder, "en").Keys.Should().BeEquivalentTo(Texts(folder, "zh").Keys);

    [Theory]
    [MemberData(nameof(TextFolders))]
    public void Both_languages_have_the_same_placeholders(string folder)
    {
        var en = Texts(folder, "en");

        var differing = Texts(folder, "zh")
            .Where(text => en.TryGetValue(text.Key, out var other)
                && !Placeholders(text.Value).SetEquals(Placeholders(other)))
            .Select(text => text.Key);

        differing.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(TextFolders))]
    public void No_text_is_blank(string folder) =>
        Texts(folder, "zh").Concat(Texts(folder, "en")).Where(text => string.IsNullOrWhiteSpace(text.Value))
            .Should().BeEmpty();

    [Fact]
    public void Every_key_stands_in_one_folder_only() =>
        Folders.SelectMany(folder => Texts(folder, "zh").Keys).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Every_text_that_a_page_asks_for_exists()
    {
        var known = Folders.SelectMany(folder => Texts(folder, "zh").Keys).ToHashSet();

        var missing =
            from source in Sources
            from Match match in Asked().Matches(source.Value)
            let key = match.Groups["key"].Value
            where !known.Contains(key)
            select $"{source.Key}: {key}";

        missing.Should().BeEmpty();
    }

    [Theory]
    [InlineData("协商程序六步 Six-step procedure", "协商程序六步", "Six-step procedure")]
    [InlineData("办理 12345 工单。 Handles hotline orders.", "办理 12345 工单。", "Handles hotline orders.")]
    [InlineData("“5x”不是有效的期限 / \"5x\" is not a duration.", "“5x”不是有效的期限", "\"5x\" is not a duration.")]
    [InlineData("无法送达：张三 a@b.cn / Not delivered: 张三 a@b.cn", "无法送达：张三 a@b.cn", "Not delivered: 张三 a@b.cn")]
    [InlineData("我的流程", "我的流程", "我的流程")]
    [InlineData("Order handling", "Order handling", "Order handling")]
    [InlineData("接口 API 流程", "接口 API 流程", "接口 API 流程")]
    public void Of_a_name_in_two_languages_the_half_of_the_reader_is_shown(string name, string zh, string en)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = new CultureInfo("zh-CN");
            new DeskTexts().HalfOf(name).Should().Be(zh);
            CultureInfo.CurrentUICulture = new CultureInfo("en-GB");
            new DeskTexts().HalfOf(name).Should().Be(en);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void No_text_is_kept_for_nobody()
    {
        var everything = string.Join('\n', Sources.Values);
        var prefixes = Built().Matches(everything).Select(match => match.Groups["prefix"].Value).ToHashSet();

        var unused = Folders.SelectMany(folder => Texts(folder, "zh").Keys)
            .Where(key => !everything.Contains($"\"{key}\"", StringComparison.Ordinal)
                && !key.StartsWith("enum.", StringComparison.Ordinal)
                && !prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)));

        unused.Should().BeEmpty();
    }

    private static Dictionary<string, string> Texts(string folder, string language) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(Repository.Read($"{folder}/Texts.{language}.json"))!;

    private static HashSet<string> Placeholders(string text) =>
        [.. Placeholder().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{\d+(:[^}]*)?\}")]
    private static partial Regex Placeholder();

    /// <summary>T["key"], T.Both("key", Texts.Both("key" and notices.</summary>
    [GeneratedRegex("""(\bT\[|\btexts\[|\bBoth\(|Done\([^;]*?)"(?<key>[a-z][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)+)"[,\]\)]""")]
    private static partial Regex Asked();

    /// <summary>Keys built at run time: T[$"prefix.{…}"].</summary>
    [GeneratedRegex("""\$"(?<prefix>[a-z][a-z0-9-]*\.[A-Za-z0-9.-]*)\{""")]
    private static partial Regex Built();
}
