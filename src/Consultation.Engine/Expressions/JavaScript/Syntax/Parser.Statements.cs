namespace Consultation.Engine.Expressions.JavaScript.Syntax;

internal sealed partial class Parser
{
    private Node Statement()
    {
        Enter();
        var statement = StatementInside();
        Leave();
        return statement;
    }

    private Node StatementInside()
    {
        var at = _token.Start;
        if (_token.Type == TokenType.Punctuator)
        {
            if (_token.Text == "{") return BlockStatement();
            if (Take(";")) return new Empty(at);
        }
        else if (_token.Type == TokenType.Name && !_token.Escaped)
        {
            switch (_token.Text)
            {
                case "var":
                    return Declared(DeclarationKind.Var);
                case "let":
                    return Declared(DeclarationKind.Let);
                case "const":
                    return Declared(DeclarationKind.Const);
                case "function":
                    return new FunctionDeclaration(at, Function(named: true, isExpression: false));
                case "if":
                    return IfStatement();
                case "for":
                    return ForStatement();
                case "while":
                    return WhileStatement();
                case "do":
                    return DoStatement();
                case "switch":
                    return SwitchStatement();
                case "break" or "continue":
                    return JumpStatement();
                case "return":
                    return ReturnStatement();
                case "throw":
                    return ThrowStatement();
                case "try":
                    return TryStatement();
                case "debugger":
                    Advance();
                    EndStatement("after debugger");
                    return new Empty(at);
                case "class":
                    throw Wrong("Classes are not supported; use functions that return objects");
                case "import" or "export":
                    throw Wrong($"{_token.Text} is not supported: an expression stands for itself");
                case "with":
                    throw Wrong("with is not supported; write the object's name before each property");
                case "async" or "await":
                    RefuseAsync();
                    break;
            }
        }

        var value = Expression();
        if (value is Name label && !value.Bracketed && _token.Is(":")) return LabelledStatement(at, label.Text);
        EndStatement("after this expression");
        return new ExpressionStatement(at, value);
    }

    private void RefuseAsync()
    {
        var position = _lexer.Position;
        var next = _lexer.Next();
        _lexer.Position = position;
        if (!next.AfterNewLine
            && next.Type is TokenType.Name or TokenType.Template or TokenType.Number or TokenType.String
            && next.Text is not ("in" or "of" or "instanceof"))
        {
            throw Wrong($"{_token.Text} is not supported: expressions do not wait; use a workflow step that waits");
        }
    }

    private Block BlockStatement()
    {
        var at = _token.Start;
        var before = _functionCount;
        Expect("{", "at the start of the block");
        var body = new List<Node>();
        while (!_token.Is("}"))
        {
            if (_token.Type == TokenType.End) throw Wrong("This { has no closing }", at);
            body.Add(Statement());
        }

        Advance();
        return new Block(at, body) { HasInner = _functionCount > before };
    }

    private Declaration Declared(DeclarationKind kind)
    {
        var declaration = DeclarationList(kind, inFor: false);
        EndStatement("after the declaration");
        return declaration;
    }

    private Declaration DeclarationList(DeclarationKind kind, bool inFor)
    {
        var at = _token.Start;
        Advance();
        var parts = new List<(Node, Node?)>();
        do
        {
            var start = _token.Start;
            var target = BindingTarget();
            Node? value = null;
            if (Take("=")) value = Assignment();
            else if (!inFor || !(_token.IsWord("of") || _token.IsWord("in")))
            {
                if (kind == DeclarationKind.Const) throw Wrong("A const needs a value: const name = value", start);
                if (target is not Name) throw Wrong("A pattern needs a value: const {a} = value", start);
            }

            NameFunction(value, target);
            if (kind == DeclarationKind.Var) NamesOf(target, _functions.Peek().Vars);
            parts.Add((target, value));
        }
        while (Take(","));
        return new Declaration(at, kind, parts);
    }

    private If IfStatement()
    {
        var at = _token.Start;
        Advance();
        Expect("(", "after if");
        var test = Expression();
        Expect(")", "after the condition");
        var then = Substatement();
        var otherwise = TakeWord("else") ? Substatement() : null;
        return new If(at, test, then, otherwise);
    }

    /// <summary>A statement where no declaration may stand.</summary>
    private Node Substatement()
    {
        if (_token.IsWord("let") || _token.IsWord("const"))
        {
            throw Wrong($"{_token.Text} cannot stand here alone; put it into braces {{ }}");
        }

        return Statement();
    }

    private Node LoopBody()
    {
        _loops++;
        var body = Substatement();
        _loops--;
        return body;
    }

    private Node ForStatement()
    {
        var at = _token.Start;
        var before = _functionCount;
        Advance();
        if (_token.IsWord("await")) throw Wrong("for await is not supported");
        Expect("(", "after for");
        Node? start = null;
        DeclarationKind? kind = _token.Type == TokenType.Name
            ? _token.Text switch
            {
                "var" => DeclarationKind.Var,
                "let" => DeclarationKind.Let,
                "const" => DeclarationKind.Const,
                _ => null,
            }
            : null;
        if (!_token.Is(";"))
        {
            _noIn = true;
            start = kind is { } declared ? DeclarationList(declared, inFor: true) : Expression();
            _noIn = false;
            if (_token.IsWord("of") || _token.IsWord("in")) return ForEachRest(at, kind, start, before);
        }

        Expect(";", "after the start of the for loop");
        var test = _token.Is(";") ? null : Expression();
        Expect(";", "after the condition of the for loop");
        var update = _token.Is(")") ? null : Expression();
        Expect(")", "after the head of the for loop");
        var body = LoopBody();
        return new For(at, start, test, update, body) { HasInner = _functionCount > before };
    }

    private ForEach ForEachRest(int at, DeclarationKind? kind, Node start, int before)
    {
        Node target;
        if (start is Declaration declaration)
        {
            if (declaration.Parts.Count != 1 || declaration.Parts[0].Value is not null)
            {
                throw Wrong("A for loop over a list takes one name without a value", start.At);
            }

            target = declaration.Parts[0].Target;
        }
        else target = ToTarget(start, declaring: false);

        var overKeys = _token.Text == "in";
        Advance();
        var source = overKeys ? Expression() : Assignment();
        Expect(")", "after the head of the for loop");
        var body = LoopBody();
        return new ForEach(at, kind, target, source, body, overKeys) { HasInner = _functionCount > before };
    }

    private While WhileStatement()
    {
        var at = _token.Start;
        Advance();
        Expect("(", "after while");
        var test = Expression();
        Expect(")", "after the condition");
        return new While(at, test, LoopBody(), testFirst: true);
    }

    private While DoStatement()
    {
        var at = _token.Start;
        Advance();
        var body = LoopBody();
        if (!TakeWord("while")) throw Wrong($"while is missing after do {{ }}{Found()}");
        Expect("(", "after while");
        var test = Expression();
        Expect(")", "after the condition");
        Take(";");
        return new While(at, test, body, testFirst: false);
    }

    private Switch SwitchStatement()
    {
        var at = _token.Start;
        var before = _functionCount;
        Advance();
        Expect("(", "after switch");
        var value = Expression();
        Expect(")", "after the value of switch");
        Expect("{", "before the cases");
        var cases = new List<SwitchCase>();
        var hasDefault = false;
        _switches++;
        while (!Take("}"))
        {
            Node? test = null;
            if (TakeWord("case")) test = Expression();
            else if (_token.IsWord("default"))
            {
                if (hasDefault) throw Wrong("A switch has one default only");
                hasDefault = true;
                Advance();
            }
            else throw Wrong($"case, default or }} is missing in switch{Found()}");

            Expect(":", "after the case");
            var body = new List<Node>();
            while (!_token.Is("}") && !_token.IsWord("case") && !_token.IsWord("default"))
            {
                if (_token.Type == TokenType.End) throw Wrong("This switch has no closing }", at);
                body.Add(Statement());
            }

            cases.Add(new SwitchCase(test, body));
        }

        _switches--;
        return new Switch(at, value, cases) { HasInner = _functionCount > before };
    }

    private Jump JumpStatement()
    {
        var at = _token.Start;
        var isBreak = _token.Text == "break";
        Advance();
        string? label = null;
        if (_token.Type == TokenType.Name && !_token.AfterNewLine)
        {
            label = _token.Text;
            if (!_labels.Contains(label)) throw Wrong($"There is no label {label} around this");
            Advance();
        }
        else if (_loops == 0 && !(isBreak && _switches > 0))
        {
            throw Wrong(isBreak ? "break stands outside a loop or switch" : "continue stands outside a loop", at);
        }

        EndStatement(isBreak ? "after break" : "after continue");
        return new Jump(at, isBreak, label);
    }

    private Return ReturnStatement()
    {
        var at = _token.Start;
        Advance();
        var bare = _token.Is(";") || _token.Is("}") || _token.Type == TokenType.End || _token.AfterNewLine;
        var value = bare ? null : Expression();
        EndStatement("after return");
        return new Return(at, value);
    }

    private Throw ThrowStatement()
    {
        var at = _token.Start;
        Advance();
        if (_token.AfterNewLine) throw Wrong("throw needs a value on the same line", at);
        var value = Expression();
        EndStatement("after throw");
        return new Throw(at, value);
    }

    private Try TryStatement()
    {
        var at = _token.Start;
        Advance();
        var body = BlockStatement();
        Node? caught = null;
        Block? handler = null;
        if (TakeWord("catch"))
        {
            if (Take("("))
            {
                caught = BindingTarget();
                Expect(")", "after the name of the error");
            }

            handler = BlockStatement();
        }

        var final = TakeWord("finally") ? BlockStatement() : null;
        if (handler is null && final is null) throw Wrong("try needs catch or finally", at);
        return new Try(at, body, caught, handler, final);
    }

    private Labelled LabelledStatement(int at, string label)
    {
        if (_labels.Contains(label)) throw Wrong($"The label {label} is used twice", at);
        Advance();
        _labels.Add(label);
        var body = Statement();
        _labels.Remove(label);
        return new Labelled(at, label, body);
    }
}
