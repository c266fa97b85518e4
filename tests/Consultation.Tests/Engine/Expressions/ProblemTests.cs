using System.Text.Json;
using System.Text.RegularExpressions;
using Consultation.Engine.Expressions;
using Consultation.Tests.Architecture;

namespace Consultation.Tests.Engine.Expressions;

/// <summary>What the parsers and evaluators say is wrong with a text is said in Chinese too.</summary>
public sealed partial class ProblemTests
{
    private static readonly string[] Parsers =
    [
        "src/Consultation.Engine/Expressions/CronText.cs",
        "src/Consultation.Engine/Expressions/Liquid",
        "src/Consultation.Engine/Expressions/JavaScript",
    ];

    [Fact]
    public void Every_sentence_of_a_parser_has_its_chinese()
    {
        var sentences = Parsers.Select(path => Path.Combine(Repository.Root, path))
            .SelectMany(path => File.Exists(path)
                ? [path]
                : Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("Filters", StringComparison.Ordinal)
                && !path.EndsWith("Run.cs", StringComparison.Ordinal))
            .SelectMany(path => Said().Matches(Joined(File.ReadAllText(path))))
            .Select(match => Spoken(match.Groups["text"].Value, match.Groups["made"].Length > 0))
            .Where(text => text.Contains(' ')).Distinct().ToList();

        sentences.Should().HaveCountGreaterThan(30);
        sentences.Where(sentence => Problems.Chinese(sentence) == sentence).Should()
            .BeEmpty("each stands in Problems.zh.json");
    }

    /// <summary>What is said in place of the evaluator's own words.</summary>
    [Fact]
    public void Every_sentence_about_a_script_has_its_chinese()
    {
        var said = JsonSerializer.Deserialize<Dictionary<string, string>>(
            File.ReadAllText(Path.Combine(Repository.Root, "src/Consultation.Engine/Expressions/Problems.js.json")))!;

        said.Values.Where(sentence => !Problems.Chinese(sentence).Any(letter => letter is >= '\u4e00' and <= '\u9fff'))
            .Should().BeEmpty();
        said.Should().HaveCountGreaterThan(80).And.OnlyContain(pair => Problems.Plain(pair.Key) != pair.Key);
    }

    /// <summary>
    /// Every literal of the evaluators that reads like a sentence, however it is thrown: at least two English words
    /// with a blank between them.
    /// </summary>
    [Fact]
    public void Every_sentence_of_an_evaluator_has_its_chinese()
    {
        string[] notSaid = [" is not defined", "Maximum call stack size exceeded", "hh:mm:ss tt"];
        var sentences = Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "src/Consultation.Engine/Expressions"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith("ExpressionException.cs", StringComparison.Ordinal))
            .SelectMany(path => Literal().Matches(Joined(Comment().Replace(File.ReadAllText(path), ""))))
            .SelectMany(match => Readings(match.Groups["text"].Value, match.Groups["made"].Length > 0))
            .Where(text => TwoWords().IsMatch(text.Replace("word", "", StringComparison.Ordinal))
                && !text.Contains("yyyy", StringComparison.Ordinal) && text[0] != '<')
            .Except(notSaid).Distinct().ToList();

        sentences.Should().HaveCountGreaterThan(80);
        sentences.Where(sentence => Problems.Chinese(sentence) == sentence).Should()
            .BeEmpty("each stands in Problems.zh.json");
        sentences.Select(Problems.Chinese)
            .Where(chinese => !chinese.Any(letter => letter is >= '\u4e00' and <= '\u9fff')).Should().BeEmpty();
    }

    [Theory]
    [InlineData("\n\nreturn amount + 1", "变量“amount”未定义；请检查拼写，流程变量请写 variables.amount（第 3 行第 8 列）")]
    [InlineData("getVisitor()", "没有“getVisitor”；流程没有名为“Visitor”的变量或输入（第 1 行第 1 列）")]
    [InlineData("const a = 1; a = 2", "const 的值不能改；请用 let 声明")]
    [InlineData("null.name", "不能从 null 读取“name”；请先检查前面的值，或把点号改为 ?.")]
    [InlineData("let list = [1]; list()", "list 不是函数")]
    [InlineData("[1].map([2])", "这里须给函数")]
    [InlineData("for (const one of {a: 1}) one", "这个值不能逐项读取；列表、文字、Map 或 Set 可以")]
    [InlineData("JSON.parse('{')", "JSON 文字不完整")]
    [InlineData("'a'.repeat(-1)", "repeat 的次数须从 0 起")]
    [InlineData("while (true) {}", "表达式超过")]
    [InlineData("const f = () => f(); f()", "函数相互调用超过 ")]
    [InlineData("throw new Error('金额不能为空')", "金额不能为空（第 1 行")]
    [InlineData("throw new TypeError('Amount first')", "Amount first（第 1 行")]
    [InlineData("throw '请先填写'", "请先填写（第 1 行")]
    public void A_script_that_fails_is_explained_with_its_place(string script, string words)
    {
        var wrong = FluentActions.Invoking(() => JavaScriptExpression.Compile(script).Evaluate(new TrialScope()))
            .Should().Throw<ExpressionException>().Which;

        Problems.Of(wrong).Zh.Should().StartWith(words).And.NotContain("Error:").And.EndWith("列）");
        Problems.Of(wrong).En.Should().Be(wrong.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Error: ")]
    [InlineData("x: Error: ")]
    [InlineData(" is missing ", 5_000)]
    [InlineData(": ", 200)]
    [InlineData("{0}; ", 5_000)]
    public void Words_that_a_script_throws_are_kept_whatever_they_are(string words, int times = 1)
    {
        var thrown = string.Concat(Enumerable.Repeat(words, times));

        var kept = Problems.Of(thrown);

        kept.En.Should().Be(thrown);
        kept.Zh.Length.Should().BeGreaterThanOrEqualTo(thrown.Length / 2);
    }

    [Theory]
    [InlineData("1 +", "表达式不完整", "第 1 行第 4 列")]
    [InlineData("f(1", "缺少值、括号或结尾的引号", "第 1 行第 4 列")]
    [InlineData("let month = 1; let month = 2", "month 声明了两次", "第 1 行")]
    [InlineData("“好”", "请用半角引号", "第 1 行第 1 列")]
    [InlineData("1n", "不支持 BigInt", "第 1 行第 1 列")]
    [InlineData("a b", "名称 b 不能放在这里", "第 1 行第 3 列")]
    public void A_wrong_script_is_explained_with_its_place(string script, string words, string place)
    {
        var wrong = FluentActions.Invoking(() => JavaScriptExpression.Compile(script))
            .Should().Throw<ExpressionException>().Which;

        Problems.Of(wrong).Zh.Should().Contain(words).And.Contain(place).And.NotContain("missing");
        Problems.Of(wrong).En.Should().Be(wrong.Message);
    }

    [Theory]
    [InlineData("every day", "应有 5 段（分 时 日 月 周）或 6 段（最前加秒），这里有 2 段")]
    [InlineData("0 0 25 * * *", "时不能是“25”；可用 0 至 23")]
    [InlineData("? * * * *", "? 只能用于日或周，不能用于分")]
    public void A_wrong_schedule_is_explained(string schedule, string words)
    {
        var wrong = FluentActions.Invoking(() => CronSchedule.Parse(schedule))
            .Should().Throw<ExpressionException>().Which;

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
        var wrong = FluentActions.Invoking(() => LiquidTemplate.Compile("{% if a %}x"))
            .Should().Throw<ExpressionException>().Which;

        Problems.Of(wrong).Zh.Should().Be("{% if %} 没有对应的 {% endif %}（第 1 行第 1 列）");
    }

    /// <summary>The source with every sentence that goes on in the next line as one literal.</summary>
    private static string Joined(string source) => Continued().Replace(source, literals =>
    {
        var pieces = literals.Groups["piece"].Captures.Select(piece => piece.Value).ToList();
        var isMade = pieces.Exists(piece => piece.StartsWith('$'));
        return $"{(isMade ? "$" : "")}\"{string.Concat(pieces.Select(piece => Inside(piece, isMade)))}\"";
    });

    /// <summary>What stands between the quotes of a piece, as a piece of a literal that may be filled in.</summary>
    private static string Inside(string piece, bool isMade)
    {
        if (piece.StartsWith('$')) return piece[2..^1];
        return isMade
            ? piece[1..^1].Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)
            : piece[1..^1];
    }

    /// <summary>
    /// What a literal may say: as <see cref="Spoken"/>, once for each text that a condition in it may choose.
    /// </summary>
    private static IEnumerable<string> Readings(string literal, bool isMade)
    {
        if (!isMade || Choice().Match(literal) is not { Success: true } choice) return [Spoken(literal, isMade)];
        return new[] { "yes", "no" }.SelectMany(side =>
            Readings(literal.Replace(choice.Value, choice.Groups[side].Value, StringComparison.Ordinal), isMade));
    }

    /// <summary>A literal of the source as it would be said, with a word in the place of what is filled in.</summary>
    private static string Spoken(string literal, bool isMade)
    {
        var text = isMade ? Filled()
            .Replace(literal.Replace("{Found()}", "; the text ends here", StringComparison.Ordinal)
                .Replace("{hint}", "", StringComparison.Ordinal), "word") : literal;
        if (isMade)
        {
            text = text.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);
        }
        return text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
    }

    /// <summary>Literals that are put together from line to line.</summary>
    [GeneratedRegex(Piece + @"(?:\s*\n\s*\+ " + Piece + ")+")]
    private static partial Regex Continued();

    private const string Piece =
        """(?<piece>\$"(?:[^"\\{\n]|\\.|\{\{|\{(?:[^{}"]|"[^"]*")+\})*"|"(?:[^"\\\n]|\\.)*")""";

    [GeneratedRegex(
        """(?:Wrong\(\s*|FormatException\(\s*|Kind\.\w+,\s*)(?:isBreak \? )?"""
            + """(?<made>\$?)"(?<text>(?:[^"\\]|\\.)+)"|=> (?<made>\$)"(?<text>(?:[^"\\]|\\.)+)",""")]
    private static partial Regex Said();

    [GeneratedRegex(
        """'"'|(?:(?<made>\$)"(?<text>(?:[^"\\{\n]|\\.|\{\{|\{(?:[^{}"]|"[^"]*")+\})+)"""
            + """|"(?<text>(?:[^"\\\n]|\\.)+))"[^"]?""")]
    private static partial Regex Literal();

    [GeneratedRegex("""\{\([^?{}]+\? "(?<yes>[^"]*)" : (?:"(?<no>[^"]*)"|(?<no>\w+))\)\}""")]
    private static partial Regex Choice();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex("[a-zA-Z]{2,} [a-z]{2,}")]
    private static partial Regex TwoWords();

    [GeneratedRegex(@"(?<!\{)\{(?!\{)[^{}]+\}")]
    private static partial Regex Filled();
}
