using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Syntax;

internal sealed partial class Parser
{
    private Node PrimaryExpression()
    {
        var token = _token;
        switch (token.Type)
        {
            case TokenType.Number:
                Advance();
                return new Literal(token.Start, Val.Of(token.Number));
            case TokenType.String:
                Advance();
                return new Literal(token.Start, Val.Of(token.Text));
            case TokenType.Template:
                return TemplateExpression();
            case TokenType.Name:
                return NameOrWord(token);
            case TokenType.Punctuator:
                switch (token.Text)
                {
                    case "(":
                        return Brackets();
                    case "[":
                        return ArrayLiteral();
                    case "{":
                        return ObjectLiteral();
                    case "/" or "/=":
                        return Regex();
                }

                break;
        }

        if (token.Type == TokenType.End) throw Wrong("A value is missing at the end of the text");
        throw Wrong($"A value is missing{Found()}");
    }

    private Node NameOrWord(in Token token)
    {
        if (!token.Escaped)
        {
            switch (token.Text)
            {
                case "function":
                    return Function(named: false, isExpression: true);
                case "this":
                    Advance();
                    _functions.Peek().UsesThis = true;
                    return new This(token.Start);
                case "null":
                    Advance();
                    return new Literal(token.Start, Val.Null);
                case "true":
                    Advance();
                    return new Literal(token.Start, Val.True);
                case "false":
                    Advance();
                    return new Literal(token.Start, Val.False);
                case "class":
                    throw Wrong("Classes are not supported; use functions that return objects");
                case "super":
                    throw Wrong("super is not supported");
                case "import":
                    throw Wrong("import is not supported: an expression stands for itself");
            }
        }

        if (Reserved.Contains(token.Text)) throw Wrong($"A value is missing; the word {token.Text} stands here");
        if (token.Text == "arguments") _functions.Peek().UsesArguments = true;
        Advance();
        return new Name(token.Start, token.Text);
    }

    private RegexLiteral Regex()
    {
        var at = _token.Start;
        var (pattern, flags) = _lexer.ReadRegex(at);
        JsRegexProgram program;
        try
        {
            program = JsRegexProgram.Compile(pattern, flags);
        }
        catch (FormatException unusable)
        {
            throw Wrong(unusable.Message, at);
        }

        Advance();
        return new RegexLiteral(at, program);
    }

    private Node Brackets()
    {
        var at = _token.Start;
        var noIn = _noIn;
        _noIn = false;
        Advance();
        var items = new List<Node>();
        var arrowOnly = _token.Is(")");
        while (!_token.Is(")"))
        {
            var itemAt = _token.Start;
            if (Take("..."))
            {
                items.Add(new Spread(itemAt, BindingTarget()));
                arrowOnly = true;
                break;
            }

            items.Add(Assignment());
            if (!Take(",")) break;
            if (_token.Is(")")) arrowOnly = true;
        }

        Expect(")", "to close the bracket");
        _noIn = noIn;
        if (_token.Is("=>")) return new ArrowHead(at, items);
        if (arrowOnly) throw Wrong("=> is missing after the parameters");
        var inside = items.Count == 1 ? items[0] : new Sequence(at, items);
        inside.Bracketed = true;
        return inside;
    }

    private ArrayNode ArrayLiteral()
    {
        var at = _token.Start;
        var noIn = _noIn;
        _noIn = false;
        Advance();
        var items = new List<Node?>();
        while (!_token.Is("]"))
        {
            var itemAt = _token.Start;
            if (_token.Is(","))
            {
                Advance();
                items.Add(null);
                continue;
            }

            items.Add(Take("...") ? new Spread(itemAt, Assignment()) : Assignment());
            if (!_token.Is("]")) Expect(",", "between the items of the list");
        }

        Advance();
        _noIn = noIn;
        return new ArrayNode(at, items);
    }

    private ObjectNode ObjectLiteral()
    {
        var at = _token.Start;
        var noIn = _noIn;
        _noIn = false;
        Advance();
        var properties = new List<PropertyNode>();
        var map = new ObjectNode(at, properties);
        while (!_token.Is("}"))
        {
            if (_token.Type == TokenType.End) throw Wrong("This { has no closing }", at);
            properties.Add(Property(map));
            if (!_token.Is("}")) Expect(",", "between the properties of the object");
        }

        Advance();
        _noIn = noIn;
        return map;
    }

    private PropertyNode Property(ObjectNode map)
    {
        var at = _token.Start;
        if (Take("...")) return new PropertyNode { Kind = PropertyKind.Spread, At = at, Value = Assignment() };
        if (_token.Is("*")) throw Wrong("Generator methods are not supported; build a list instead");
        var word = _token.Type == TokenType.Name && !_token.Escaped ? _token.Text : null;
        var (key, computed) = PropertyKey();
        if (word is "get" or "set" or "async" && !_token.Is(",") && !_token.Is("}") && !_token.Is(":")
            && !_token.Is("(") && !_token.Is("="))
        {
            if (word == "async") throw Wrong("async is not supported: expressions do not wait", at);
            var kind = word == "get" ? PropertyKind.Get : PropertyKind.Set;
            (key, computed) = PropertyKey();
            var method = Method(at, key);
            if (method.Parameters.Count != (kind == PropertyKind.Get ? 0 : 1))
            {
                throw Wrong("A getter takes no parameter and a setter one", at);
            }

            return new PropertyNode { Kind = kind, At = at, Key = key, Computed = computed, Value = method };
        }

        Node value;
        if (Take(":"))
        {
            value = Assignment();
            if (key is not null) NameFunction(value, new Name(at, key));
        }
        else if (_token.Is("(")) value = Method(at, key);
        else if (word is not null && computed is null)
        {
            if (Reserved.Contains(word)) throw Wrong($"\"{word}\" is a word of the language and cannot be a name", at);
            if (word == "arguments") _functions.Peek().UsesArguments = true;
            value = new Name(at, word);
            if (_token.Is("="))
            {
                if (map.DefaultAt < 0) map.DefaultAt = _token.Start;
                Advance();
                var fallback = Assignment();
                NameFunction(fallback, value);
                value = new WithDefault(at, value, fallback);
            }
        }
        else throw Wrong($": is missing after the name of the property{Found()}");

        return new PropertyNode { Kind = PropertyKind.Value, At = at, Key = key, Computed = computed, Value = value };
    }

    private FunctionNode Method(int at, string? key)
    {
        var method = new FunctionNode(at) { IsMethod = true, Name = key ?? "" };
        FunctionRest(method);
        return method;
    }

    private (string? Key, Node? Computed) PropertyKey()
    {
        var token = _token;
        switch (token.Type)
        {
            case TokenType.Name or TokenType.String:
                Advance();
                return (token.Text, null);
            case TokenType.Number:
                Advance();
                return (JsNumber.ToText(token.Number), null);
            case TokenType.Punctuator when token.Text == "[":
                Advance();
                var computed = Assignment();
                Expect("]", "after the computed name");
                return (null, computed);
            default:
                throw Wrong($"The name of a property is missing{Found()}");
        }
    }

    private static void NameFunction(Node? value, Node target)
    {
        if (value is FunctionNode { Name.Length: 0 } function && target is Name name) function.Name = name.Text;
    }
}
