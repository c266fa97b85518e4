using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Syntax;

internal sealed partial class Parser
{
    private Node Expression()
    {
        var first = Assignment();
        if (!_token.Is(",")) return first;
        var items = new List<Node> { first };
        while (Take(",")) items.Add(Assignment());
        return new Sequence(first.At, items);
    }

    private Node Assignment()
    {
        Enter();
        var value = AssignmentInside();
        Leave();
        return value;
    }

    private Node AssignmentInside()
    {
        var at = _token.Start;
        var before = _functionCount;
        if (_token.IsWord("async")) RefuseAsync();
        if (_token.IsWord("yield")) throw Wrong("yield is not supported; build a list instead");
        var left = ConditionalExpression();
        if (_token.Type != TokenType.Punctuator) return left;
        if (_token.Text == "=>") return Arrow(at, left, before);
        switch (_token.Text)
        {
            case "=":
                var target = ToTarget(left, declaring: false);
                Advance();
                var value = Assignment();
                NameFunction(value, target);
                return new Assign(at, "", target, value);
            case "+=" or "-=" or "*=" or "/=" or "%=" or "**=" or "<<=" or ">>=" or ">>>=" or "&=" or "|=" or "^="
                or "&&=" or "||=" or "??=":
                var sign = _token.Text[..^1];
                if (left is not (Name or Member)) throw Wrong("Only a name or a property can be changed", at);
                ToTarget(left, declaring: false);
                Advance();
                return new Assign(at, sign, left, Assignment());
            default:
                return left;
        }
    }

    private FunctionNode Arrow(int at, Node left, int before)
    {
        if (_token.AfterNewLine) throw Wrong("=> must stand on the line where the parameters end");
        var function = new FunctionNode(at) { IsArrow = true };
        if (left is ArrowHead head)
        {
            foreach (var parameter in head.Items) function.Parameters.Add(ToTarget(parameter, declaring: true));
        }
        else if (left is Name { Bracketed: false }) function.Parameters.Add(ToTarget(left, declaring: true));
        else throw Wrong("Before => stands a name or a list of parameters in brackets", at);

        Advance();
        _functions.Push(function);
        if (_token.Is("{")) FunctionBody(function);
        else
        {
            CheckParameters(function);
            function.Result = Assignment();
        }

        _functions.Pop();
        function.HasInner = _functionCount > before;
        _functionCount++;
        var outer = _functions.Peek();
        outer.UsesThis |= function.UsesThis;
        outer.UsesArguments |= function.UsesArguments;
        return function;
    }

    /// <summary>Brackets that can only be the parameters of an arrow function: <c>()</c> or with a rest.</summary>
    private sealed class ArrowHead(int at, List<Node> items) : Node(at)
    {
        public List<Node> Items { get; } = items;
    }

    private Node ConditionalExpression()
    {
        var test = BinaryExpression(0);
        if (!_token.Is("?")) return test;
        Advance();
        var noIn = _noIn;
        _noIn = false;
        var then = Assignment();
        _noIn = noIn;
        Expect(":", "in the condition (test ? value : other value)");
        return new Conditional(test.At, test, then, Assignment());
    }

    private static int Precedence(in Token token, bool noIn)
    {
        if (token.Type == TokenType.Name)
        {
            return token.Escaped ? 0 : token.Text switch
            {
                "instanceof" => 8,
                "in" when !noIn => 8,
                _ => 0,
            };
        }

        if (token.Type != TokenType.Punctuator) return 0;
        return token.Text switch
        {
            "??" => 1,
            "||" => 2,
            "&&" => 3,
            "|" => 4,
            "^" => 5,
            "&" => 6,
            "==" or "!=" or "===" or "!==" => 7,
            "<" or ">" or "<=" or ">=" => 8,
            "<<" or ">>" or ">>>" => 9,
            "+" or "-" => 10,
            "*" or "/" or "%" => 11,
            "**" => 12,
            _ => 0,
        };
    }

    private Node BinaryExpression(int above)
    {
        var left = UnaryExpression();
        while (true)
        {
            var precedence = Precedence(_token, _noIn);
            if (precedence <= above) return left;
            var sign = _token.Text;
            var at = _token.Start;
            if (left is ArrowHead) throw Wrong("=> is missing after the parameters");
            if (sign == "**")
            {
                if (left is Unary { Bracketed: false }) throw Wrong("Put brackets around the part before **", left.At);
                Advance();
                Enter();
                left = new Binary(at, sign, left, BinaryExpression(precedence - 1));
                Leave();
                continue;
            }

            Advance();
            var right = BinaryExpression(precedence);
            if (Mixes(sign, left) || Mixes(sign, right)) throw Wrong("Put brackets where ?? meets && or ||", at);
            left = new Binary(at, sign, left, right);
        }
    }

    private static bool Mixes(string sign, Node operand) =>
        operand is Binary { Bracketed: false } inner
        && ((sign == "??" && inner.Sign is "&&" or "||") || (inner.Sign == "??" && sign is "&&" or "||"))
        && (sign == "??") != (inner.Sign == "??");

    private Node UnaryExpression()
    {
        var at = _token.Start;
        if (_token.Type == TokenType.Punctuator)
        {
            if (_token.Text is "!" or "-" or "+" or "~") return UnaryRest(at);
            if (_token.Text is "++" or "--")
            {
                var increment = _token.Text == "++";
                Advance();
                Enter();
                var target = UnaryExpression();
                Leave();
                return new Update(at, increment, prefix: true, UpdateTarget(target));
            }
        }
        else if (_token.Type == TokenType.Name && !_token.Escaped)
        {
            if (_token.Text is "typeof" or "void" or "delete") return UnaryRest(at);
            if (_token.Text == "await") RefuseAsync();
        }

        var value = PostfixExpression();
        if (_token.Type == TokenType.Punctuator && _token.Text is "++" or "--" && !_token.AfterNewLine)
        {
            var increment = _token.Text == "++";
            UpdateTarget(value);
            Advance();
            return new Update(at, increment, prefix: false, value);
        }

        return value;
    }

    private Unary UnaryRest(int at)
    {
        var sign = _token.Text;
        Advance();
        Enter();
        var value = UnaryExpression();
        Leave();
        if (sign == "delete" && value is Name) throw Wrong("delete removes properties (delete a.b), not names", at);
        return new Unary(at, sign, value);
    }

    private Node UpdateTarget(Node target)
    {
        if (target is not (Name or Member))
        {
            throw Wrong("Only a name or a property can be counted up or down", target.At);
        }
        return ToTarget(target, declaring: false);
    }

    private Node PostfixExpression()
    {
        var start = _token.Start;
        var value = _token.IsWord("new") ? NewExpression() : PrimaryExpression();
        if (value is ArrowHead) return value;
        var chained = false;
        while (true)
        {
            var at = _token.Start;
            if (_token.Type == TokenType.Template)
            {
                throw Wrong("A ` cannot follow directly: tagged templates are not supported");
            }
            if (_token.Type != TokenType.Punctuator) break;
            if (_token.Text == ".")
            {
                Advance();
                value = new Member(at, value, PropertyName(), null, optional: false);
            }
            else if (_token.Text == "?.")
            {
                Advance();
                chained = true;
                if (_token.Is("(")) value = new Call(at, value, Arguments(), optional: true);
                else if (_token.Is("[")) value = Indexed(at, value, optional: true);
                else value = new Member(at, value, PropertyName(), null, optional: true);
            }
            else if (_token.Text == "[") value = Indexed(at, value, optional: false);
            else if (_token.Text == "(") value = new Call(at, value, Arguments(), optional: false);
            else break;
        }

        return chained ? new OptionalChain(start, value) : value;
    }

    private string PropertyName()
    {
        if (_token.Type != TokenType.Name)
        {
            if (_token.Type == TokenType.End) throw Wrong("The name of a property is missing after the dot");
            throw Wrong($"The name of a property is missing after the dot{Found()}");
        }

        var name = _token.Text;
        Advance();
        return name;
    }

    private Member Indexed(int at, Node target, bool optional)
    {
        Advance();
        var noIn = _noIn;
        _noIn = false;
        var index = Expression();
        _noIn = noIn;
        Expect("]", "after the index");
        return index is Literal { Value.Ref: string key }
            ? new Member(at, target, key, null, optional)
            : new Member(at, target, null, index, optional);
    }

    private List<Node> Arguments()
    {
        var noIn = _noIn;
        _noIn = false;
        Advance();
        var arguments = new List<Node>();
        while (!_token.Is(")"))
        {
            var at = _token.Start;
            arguments.Add(Take("...") ? new Spread(at, Assignment()) : Assignment());
            if (!Take(",")) break;
        }

        Expect(")", "after the values given to the function");
        _noIn = noIn;
        return arguments;
    }

    private New NewExpression()
    {
        var at = _token.Start;
        Enter();
        Advance();
        if (_token.Is(".")) throw Wrong("new.target is not supported");
        var callee = _token.IsWord("new") ? NewExpression() : PrimaryExpression();
        while (true)
        {
            var memberAt = _token.Start;
            if (Take(".")) callee = new Member(memberAt, callee, PropertyName(), null, optional: false);
            else if (_token.Is("[")) callee = Indexed(memberAt, callee, optional: false);
            else break;
        }

        Leave();
        return new New(at, callee, _token.Is("(") ? Arguments() : []);
    }

    private Node TemplateExpression()
    {
        var at = _token.Start;
        var texts = new List<string>();
        var values = new List<Node>();
        while (true)
        {
            texts.Add(_lexer.ReadTemplatePart(at, out var ended));
            if (ended) break;
            Advance();
            var noIn = _noIn;
            _noIn = false;
            values.Add(Expression());
            _noIn = noIn;
            if (!_token.Is("}")) throw Wrong($"}} is missing after the value in ${{ }}{Found()}");
        }

        Advance();
        return values.Count == 0
            ? new Literal(at, Val.Of(texts[0]))
            : new TemplateText(at, [.. texts], [.. values]);
    }
}
