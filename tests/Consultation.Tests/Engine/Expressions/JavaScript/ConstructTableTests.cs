using System.Collections;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Consultation.Engine.Expressions;
using Consultation.Engine.Expressions.JavaScript;
using Consultation.Engine.Expressions.JavaScript.Syntax;
using Consultation.Tests.Architecture;

namespace Consultation.Tests.Engine.Expressions.JavaScript;

/// <summary>
/// docs/design/javascript.md says what of the language works; every claim has its rows in the corpus, which hold the
/// language's own behaviour.
/// </summary>
public sealed partial class ConstructTableTests
{
    private const string Begin = "<!-- members -->";

    private static readonly string Document = Path.Combine(Repository.Root, "docs", "design", "javascript.md");

    /// <summary>
    /// Sources of the corpus, texts and comments left in: a member counts as used where its name stands.
    /// </summary>
    private static readonly string[] Sources = [.. CorpusTests.Rows().Select(row => row.Source)];

    /// <summary>A value on which the members of a prototype are looked for.</summary>
    private static readonly Dictionary<string, string> Samples = new()
    {
        ["Object.prototype"] = "({})",
        ["Function.prototype"] = "(() => 1)",
        ["Boolean.prototype"] = "true",
        ["Error.prototype"] = "new Error('x')",
        ["Number.prototype"] = "(1)",
        ["Date.prototype"] = "new Date(0)",
        ["String.prototype"] = "'x'",
        ["RegExp.prototype"] = "/x/",
        ["Array.prototype"] = "[]",
        ["Map.prototype"] = "new Map()",
        ["Set.prototype"] = "new Set()",
    };

    [Fact]
    public void Every_construct_of_the_table_is_a_row_of_the_corpus_or_is_refused()
    {
        var rows = File.ReadLines(Document)
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)
                && line.Split(" | ") is [_, _, "works" or "refused", _])
            .Select(line => line.Split(" | ")).ToList();
        rows.Should().HaveCountGreaterThan(40);
        var broken = new List<string>();
        foreach (var cells in rows)
        {
            var examples = Code().Matches(cells[3]).Select(match => match.Groups[2].Value.Trim(' ')).ToList();
            if (examples.Count == 0) broken.Add($"{cells[0]}: no example");
            broken.AddRange(examples
                .Where(example => cells[2] == "works"
                    ? !Sources.Any(source => Line(source) == example)
                    : !IsRefused(example))
                .Select(example => $"{cells[0]} {cells[2]}: {example}"));
        }

        broken.Should().BeEmpty();
    }

    [Fact]
    public void Every_kind_of_syntax_and_every_operator_occurs_in_the_corpus()
    {
        var (kinds, signs) = (new HashSet<Type>(), new HashSet<string>());
        foreach (var source in Sources)
        {
            try
            {
                Walk(Parser.Parse(source, ExpressionLimits.Standard), kinds, signs, []);
            }
            catch (ExpressionException)
            {
                // A row about an error of syntax.
            }
        }

        // The head of an arrow function is part of no tree: the parser makes a function of it.
        typeof(Node).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Node)) && type.Name != "ArrowHead")
            .Except(kinds).Select(type => type.Name).Should().BeEmpty();
        string[] binary = ["+", "-", "*", "/", "%", "**", "<<", ">>", ">>>", "&", "|", "^", "==", "!=", "===", "!==",
            "<", ">", "<=", ">=", "in", "instanceof", "&&", "||", "??"];
        string[] assigned = ["", "+", "-", "*", "/", "%", "**", "<<", ">>", ">>>", "&", "|", "^", "&&", "||", "??"];
        string[] expected =
        [
            .. binary.Select(sign => $"Binary {sign}"), .. assigned.Select(sign => $"Assign {sign}"),
            .. ((string[])["+", "-", "!", "~", "typeof", "void", "delete"]).Select(sign => $"Unary {sign}"),
        ];
        expected.Except(signs).Should().BeEmpty();
        signs.Except(expected).Should().BeEmpty("an operator that is not in this list is not in the language");
    }

    [Fact]
    public void Every_member_that_works_is_listed_and_has_a_row_and_every_other_is_listed_as_not_there()
    {
        var (table, bare) = Members();
        bare.Should().BeEmpty("a member that works is compared with the reference engine");

        var text = File.ReadAllText(Document);
        var head = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)];
        if (Environment.GetEnvironmentVariable("CONSULTATION_WRITE_GUIDE") == "1")
        {
            File.WriteAllText(Document, $"{head}\n\n{table}\n");
            return;
        }

        text[head.Length..].Trim().Should().Be(table);
    }

    private static (string Table, List<string> Bare) Members()
    {
        var table = new StringBuilder("| Object | Clause | Works | Not there |\n| --- | --- | --- | --- |\n");
        var bare = new List<string>();
        foreach (var row in JsonNode.Parse(
            File.ReadAllText(Path.Combine(CorpusTests.Folder(), "members.json")))!.AsArray())
        {
            var owner = row!["owner"]!.ToString();
            var members = row["members"]!.AsArray().Select(member => member!.ToString()).ToList();
            var works = members.Where(member => IsThere(owner, member)).ToList();
            bare.AddRange(works.Where(member => !HasRow(owner, member)).Select(member => $"{owner}.{member}"));
            table.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"| `{owner}` | {row["section"]} | {List(works)} | {List(members.Except(works))} |\n");
        }

        return (table.ToString().Trim(), bare);
    }

    private static string List(IEnumerable<string> names) => string.Join(' ', names.Select(name => $"`{name}`"));

    private static bool IsThere(string owner, string member)
    {
        if (owner == "globalThis") return Globals.IsKnown(member);
        try
        {
            return JavaScriptExpression.Compile(
                $"typeof {Samples.GetValueOrDefault(owner, owner)}.{member} !== 'undefined'")
                    .Evaluate(new TrialScope()) is true;
        }
        catch (ExpressionException)
        {
            return false;
        }
    }

    private static bool HasRow(string owner, string member)
    {
        var pattern = owner == "globalThis" ? $@"(?<![.\w]){member}\b" : Samples.ContainsKey(owner)
            ? $@"\.{member}\b"
            : $@"\b{owner}\.{member}\b";
        return Sources.Any(source => Regex.IsMatch(source, pattern));
    }

    private static bool IsRefused(string source)
    {
        try
        {
            JavaScriptExpression.Compile(source);
            return false;
        }
        catch (ExpressionException refused)
        {
            return refused.Kind == ExpressionErrorKind.Syntax;
        }
    }

    /// <summary>A table's cell holds no line breaks: the first line stands for the source.</summary>
    private static string Line(string source) => source.Split('\n')[0].Trim();

    private static void Walk(object? part, HashSet<Type> kinds, HashSet<string> signs, HashSet<object> seen)
    {
        switch (part)
        {
            case null or string:
                return;
            case IEnumerable list:
                foreach (var item in list) Walk(item, kinds, signs, seen);
                return;
            case System.Runtime.CompilerServices.ITuple tuple:
                for (var i = 0; i < tuple.Length; i++) Walk(tuple[i], kinds, signs, seen);
                return;
        }

        var type = part.GetType();
        if (type.Namespace != typeof(Node).Namespace || type.IsEnum || !seen.Add(part)) return;
        kinds.Add(type);
        if (type.GetProperty("Sign")?.GetValue(part) is string sign) signs.Add($"{type.Name} {sign}");
        foreach (var property in type.GetProperties()) Walk(property.GetValue(part), kinds, signs, seen);
    }

    [GeneratedRegex("(`+)(.+?)(?<!`)\\1(?!`)")]
    private static partial Regex Code();
}
