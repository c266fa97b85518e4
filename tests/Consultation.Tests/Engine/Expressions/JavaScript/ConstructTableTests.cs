using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Acornima;
using Acornima.Ast;
using Consultation.Engine.Expressions;
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
        ["WeakMap.prototype"] = "new WeakMap()",
        ["WeakSet.prototype"] = "new WeakSet()",
        ["Symbol.prototype"] = "Symbol('x')",
        ["Promise.prototype"] = "Promise.resolve()",
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
        // Modules, decorators and what only their parser's own tools make are no part of an expression.
        NodeType[] others =
        [
            NodeType.Unknown, NodeType.Extension, NodeType.ImportAttribute, NodeType.ImportDeclaration,
            NodeType.ImportDefaultSpecifier,
            NodeType.ImportExpression, NodeType.ImportNamespaceSpecifier, NodeType.ImportSpecifier,
            NodeType.ExportAllDeclaration,
            NodeType.ExportDefaultDeclaration, NodeType.ExportNamedDeclaration, NodeType.ExportSpecifier,
            NodeType.Decorator,
            NodeType.AccessorProperty, NodeType.ParenthesizedExpression,
        ];
        var (kinds, signs) = (new HashSet<NodeType>(), new HashSet<string>());
        foreach (var source in Sources) Look(source, kinds, signs);

        Enum.GetValues<NodeType>().Except(others).Except(kinds).Should().BeEmpty();
        Enum.GetValues<Operator>().Where(sign => sign != Operator.Unknown).Select(sign => sign.ToString())
            .Except(signs).Should().BeEmpty();
    }

    [Fact]
    public void Every_difference_that_is_listed_is_there()
    {
        var rows = File.ReadLines(Document).Select(line => line.Split(" | "))
            .Where(cells => cells is [_, _, _] && cells[0].StartsWith("| `", StringComparison.Ordinal)).ToList();
        rows.Should().HaveCountGreaterThan(20);
        foreach (var cells in rows)
        {
            var source = Code().Match(cells[0]).Groups[2].Value.Trim(' ').Replace("\\|", "|", StringComparison.Ordinal);
            var (elsewhere, here) = (Code().Match(cells[1]).Groups[2].Value, Code().Match(cells[2]).Groups[2].Value);
            Sources.Should().NotContain(source, "it differs");
            Said(source).Should().Be(here, source).And.NotBe(elsewhere);
        }
    }

    private static string Said(string source)
    {
        try
        {
            return PlainData.ToJson(JavaScriptExpression.Compile(source).Evaluate(new TrialScope()));
        }
        catch (ExpressionException failed)
        {
            return failed.Kind == ExpressionErrorKind.Syntax ? "SyntaxError" : failed.Problem.Split(':')[0];
        }
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
        if (member == "undefined") return true;
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

    private static void Look(string source, HashSet<NodeType> kinds, HashSet<string> signs)
    {
        Acornima.Ast.Script tree;
        try
        {
            tree = new Parser(new ParserOptions { AllowReturnOutsideFunction = true }).ParseScript(source);
        }
        catch (ParseErrorException)
        {
            // A row about an error of syntax.
            return;
        }

        foreach (var node in tree.DescendantNodesAndSelf())
        {
            kinds.Add(node.Type);
            if (node.GetType().GetProperty("Operator")?.GetValue(node) is Operator sign) signs.Add(sign.ToString());
        }
    }

    [GeneratedRegex("(`+)(.+?)(?<!`)\\1(?!`)")]
    private static partial Regex Code();
}
