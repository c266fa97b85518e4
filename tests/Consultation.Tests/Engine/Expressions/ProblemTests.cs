using System.Text.RegularExpressions;
using Consultation.Engine.Expressions;
using Consultation.Tests.Architecture;

namespace Consultation.Tests.Engine.Expressions;

/// <summary>What the parsers say is wrong with a text is said in Chinese too.</summary>
public sealed partial class ProblemTests
{
    private static readonly string[] Parsers =
    [
        "src/Consultation.Engine/Expressions/Cron", "src/Consultation.Engine/Expressions/Liquid", "src/Consultation.Engine/Expressions/JavaScript/Syntax",
        "src/Consultation.Engine/Expressions/JavaScript/Compilation", "src/Consultation.Engine/Expressions/JavaScript/Values/JsRegexProgram.cs",
    ];

    [Fact]
    public void Every_sentence_of_a_parser_has_its_chinese()
    {
        var sentences = Parsers.Select(path => Path.Combine(Repository.Root, path))
            .SelectMany(path => File.Exists(path) ? [path] : Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("Filters", StringComparison.Ordinal) && !path.EndsWith("Run.cs", StringComparison.Ordinal))
            .SelectMany(path => Said().Matches(File.ReadAllText(path)))
            .Select(match => Spoken(match.Groups["text"].Value, match.Groups["made"].Length > 0))
            .Where(text => text.Contains(' ')).Distinct().ToList();

        sentences.Should().HaveCountGreaterThan(110);
        sentences.Where(sentence => Problems.Chinese(sentence) == sentence).Should().BeEmpty("each stands in Problems.zh.json");
    }

    [Theory]
    [InlineData("1 +", "缺少值", "第 1 行第 4 列")]
    [InlineData("f(1", "传给函数的值之后缺少 )；文字到此结束", "第 1 行第 4 列")]
    [InlineData("let month = 1; let month = 2", "month 声明了两次", "第 1 行")]
    [InlineData("“好”", "请用半角引号", "第 1 行第 1 列")]
    [InlineData("class A {}", "不支持类", "第 1 行第 1 列")]
    public void A_wrong_script_is_explained_with_its_place(string script, string words, string place)
    {
        var wrong = FluentActions.Invoking(() => JavaScriptExpression.Compile(script)).Should().Throw<ExpressionException>().Which;

        Problems.Of(wrong).Zh.Should().Contain(words).And.Contain(place).And.NotContain("missing");
        Problems.Of(wrong).En.Should().Be(wrong.Message);
    }

    [Theory]
    [InlineData("every day", "应有 5 段（分 时 日 月 周）或 6 段（最前加秒），这里有 2 段")]
    [InlineData("0 0 25 * * *", "时不能是“25”；可用 0 至 23")]
    [InlineData("? * * * *", "? 只能用于日或周，不能用于分")]
    public void A_wrong_schedule_is_explained(string schedule, string words)
    {
        var wrong = FluentActions.Invoking(() => CronSchedule.Parse(schedule)).Should().Throw<ExpressionException>().Which;

        Problems.Of(wrong).Zh.Should().StartWith(words);
    }

    [Fact]
    public void A_value_that_does_not_fit_is_explained()
    {
        var wrong = FluentActions.Invoking(() => PlainData.ToSpan("不是时长")).Should().Throw<FormatException>().Which;

        Problems.Of(wrong.Message).Zh.Should().Be("\"不是时长\" 不是时长，例如 3.04:30:00 表示 3 天 4 小时 30 分");
    }

    [Fact]
    public void A_template_that_is_not_closed_is_explained()
    {
        var wrong = FluentActions.Invoking(() => LiquidTemplate.Compile("{% if a %}x")).Should().Throw<ExpressionException>().Which;

        Problems.Of(wrong).Zh.Should().Be("{% if %} 没有对应的 {% endif %}（第 1 行第 1 列）");
    }

    /// <summary>A literal of the source as it would be said, with a word in the place of what is filled in.</summary>
    private static string Spoken(string literal, bool isMade)
    {
        var text = isMade ? Filled().Replace(literal.Replace("{Found()}", "; the text ends here", StringComparison.Ordinal).Replace("{hint}", "", StringComparison.Ordinal), "word") : literal;
        if (isMade) text = text.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);
        return text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
    }

    [GeneratedRegex("""(?:Wrong\(|FormatException\(\s*|Kind\.\w+,\s*)(?:isBreak \? )?(?<made>\$?)"(?<text>(?:[^"\\]|\\.)+)"|=> (?<made>\$)"(?<text>(?:[^"\\]|\\.)+)",""")]
    private static partial Regex Said();

    [GeneratedRegex(@"(?<!\{)\{(?!\{)[^{}]+\}")]
    private static partial Regex Filled();
}
