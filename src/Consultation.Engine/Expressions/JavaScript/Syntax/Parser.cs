using System.Runtime.CompilerServices;

namespace Consultation.Engine.Expressions.JavaScript.Syntax;

/// <summary>
/// Reads source into a tree. Recursion is bounded by the nesting limit before it happens, so that no source can
/// exhaust the stack. This part holds what all parts use; statements, expressions and patterns are in their own files.
/// </summary>
internal sealed partial class Parser
{
    private static readonly HashSet<string> Reserved =
    [
        "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum",
        "export", "extends", "false", "finally", "for", "function", "if", "import", "in", "instanceof", "new", "null",
        "return", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while", "with", "yield",
        "let", "static", "implements", "interface", "package", "private", "protected", "public",
    ];

    private readonly Lexer _lexer;
    private readonly int _maxNesting;
    private readonly Stack<FunctionNode> _functions = new();
    private readonly List<string> _labels = [];
    private Token _token;
    private int _lastEnd;
    private int _depth;
    private int _functionCount;
    private int _loops;
    private int _switches;
    private bool _noIn;

    private Parser(string source, int maxNesting)
    {
        _lexer = new Lexer(source);
        _maxNesting = maxNesting;
    }

    /// <summary>The whole script as a function without parameters.</summary>
    public static FunctionNode Parse(string source, ExpressionLimits limits)
    {
        if (source.Length > limits.MaxSourceLength)
        {
            throw new ExpressionException(
                ExpressionErrorKind.Limit,
                $"The expression has {source.Length} characters; at most {limits.MaxSourceLength} are allowed.",
                1,
                1);
        }

        var parser = new Parser(source, limits.MaxNesting);
        var script = new FunctionNode(0);
        parser._functions.Push(script);
        parser.Advance();
        while (parser._token.Type != TokenType.End) script.Body.Add(parser.Statement());
        script.HasInner = parser._functionCount > 0;
        return script;
    }

    private void Advance()
    {
        _lastEnd = _token.End;
        _token = _lexer.Next();
    }

    private bool Take(string punctuator)
    {
        if (!_token.Is(punctuator)) return false;
        Advance();
        return true;
    }

    private bool TakeWord(string word)
    {
        if (!_token.IsWord(word)) return false;
        Advance();
        return true;
    }

    private void Expect(string punctuator, string after)
    {
        if (Take(punctuator)) return;
        throw Wrong($"{punctuator} is missing {after}{Found()}");
    }

    private string Found() => _token.Type switch
    {
        TokenType.End => "; the text ends here",
        TokenType.String => "; a text stands here",
        TokenType.Number => "; a number stands here",
        TokenType.Template => "; a ` stands here",
        _ => $"; {Shorten(_token.Text)} stands here",
    };

    private static string Shorten(string text) => text.Length <= 30 ? text : text[..27] + "...";

    private ExpressionException Wrong(string problem) => _lexer.Wrong(problem, _token.Start);

    private ExpressionException Wrong(string problem, int position) => _lexer.Wrong(problem, position);

    private void Enter()
    {
        if (++_depth <= _maxNesting && RuntimeHelpers.TryEnsureSufficientExecutionStack()) return;
        var (line, column) = SourcePlace.Of(_lexer.Source, _token.Start);
        throw new ExpressionException(
            ExpressionErrorKind.Limit,
            $"The expression is nested more than {_maxNesting} levels deep; cut it into several steps.",
            line,
            column);
    }

    private void Leave() => _depth--;

    /// <summary>A statement ends with ; or a line end, or before } or the end of the text.</summary>
    private void EndStatement(string after)
    {
        if (Take(";") || _token.Is("}") || _token.Type == TokenType.End || _token.AfterNewLine) return;
        throw Wrong($"; or a new line is missing {after}{Found()}");
    }

    private string BindingName(string what)
    {
        if (_token.Type != TokenType.Name) throw Wrong($"A name is missing {what}{Found()}");
        CheckName(_token.Text, _token.Start);
        var text = _token.Text;
        Advance();
        return text;
    }

    private void CheckName(string text, int position)
    {
        if (Reserved.Contains(text))
        {
            throw Wrong($"\"{text}\" is a word of the language and cannot be a name", position);
        }
        if (text is "eval" or "arguments") throw Wrong($"\"{text}\" cannot be assigned or declared", position);
    }

    private FunctionNode Function(bool named, bool isExpression)
    {
        var at = _token.Start;
        Advance();
        if (_token.Is("*")) throw Wrong("Generator functions (function*) are not supported; build a list instead");
        var function = new FunctionNode(at);
        if (named || _token.Type == TokenType.Name)
        {
            function.Name = BindingName("of the function");
            function.IsNamedExpression = isExpression;
        }

        FunctionRest(function);
        return function;
    }

    /// <summary>Parameters and body.</summary>
    private void FunctionRest(FunctionNode function)
    {
        Enter();
        var before = _functionCount;
        _functions.Push(function);
        Expect("(", "before the parameters");
        while (!_token.Is(")"))
        {
            var at = _token.Start;
            if (Take("..."))
            {
                function.Parameters.Add(new Spread(at, BindingTarget()));
                break;
            }

            function.Parameters.Add(BindingElement());
            if (!Take(",")) break;
        }

        Expect(")", "after the parameters");
        FunctionBody(function);
        _functions.Pop();
        function.HasInner = _functionCount > before;
        _functionCount++;
        Leave();
    }

    private void FunctionBody(FunctionNode function)
    {
        var (loops, switches, labels, noIn) = (_loops, _switches, _labels.ToArray(), _noIn);
        (_loops, _switches, _noIn) = (0, 0, false);
        _labels.Clear();
        CheckParameters(function);
        Expect("{", "before the body of the function");
        while (!_token.Is("}"))
        {
            if (_token.Type == TokenType.End) throw Wrong("This function has no closing }", function.At);
            function.Body.Add(Statement());
        }

        (_loops, _switches, _noIn) = (loops, switches, noIn);
        _labels.AddRange(labels);
        Advance();
    }

    private void CheckParameters(FunctionNode function)
    {
        var names = new List<string>();
        foreach (var parameter in function.Parameters) NamesOf(parameter, names);
        for (var i = 1; i < names.Count; i++)
        {
            if (names.IndexOf(names[i]) < i) throw Wrong($"Two parameters are called {names[i]}", function.At);
        }
    }

    /// <summary>Adds the names that a pattern declares.</summary>
    public static void NamesOf(Node? pattern, List<string> names)
    {
        switch (pattern)
        {
            case Name name:
                names.Add(name.Text);
                break;
            case WithDefault part:
                NamesOf(part.Target, names);
                break;
            case Spread rest:
                NamesOf(rest.Value, names);
                break;
            case ArrayNode array:
                foreach (var item in array.Items) NamesOf(item, names);
                break;
            case ObjectNode map:
                foreach (var property in map.Properties) NamesOf(property.Value, names);
                break;
        }
    }
}
