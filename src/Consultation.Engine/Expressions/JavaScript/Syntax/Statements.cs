namespace Consultation.Engine.Expressions.JavaScript.Syntax;

internal enum DeclarationKind
{
    Var,
    Let,
    Const,
}

internal sealed class Declaration(int at, DeclarationKind kind, List<(Node Target, Node? Value)> parts) : Node(at)
{
    public DeclarationKind Kind { get; } = kind;

    public List<(Node Target, Node? Value)> Parts { get; } = parts;
}

internal sealed class ExpressionStatement(int at, Node value) : Node(at)
{
    public Node Value { get; } = value;
}

internal sealed class FunctionDeclaration(int at, FunctionNode function) : Node(at)
{
    public FunctionNode Function { get; } = function;
}

internal sealed class Block(int at, List<Node> body) : Node(at)
{
    public List<Node> Body { get; } = body;

    public bool HasInner { get; set; }
}

internal sealed class If(int at, Node test, Node then, Node? otherwise) : Node(at)
{
    public Node Test { get; } = test;

    public Node Then { get; } = then;

    public Node? Otherwise { get; } = otherwise;
}

internal sealed class For(int at, Node? start, Node? test, Node? update, Node body) : Node(at)
{
    public Node? Start { get; } = start;

    public Node? Test { get; } = test;

    public Node? Update { get; } = update;

    public Node Body { get; } = body;

    public bool HasInner { get; set; }
}

/// <summary><c>for (x of list)</c>, or <c>for (k in object)</c> if <see cref="OverKeys"/>.</summary>
internal sealed class ForEach(
    int at, DeclarationKind? kind, Node target, Node source, Node body, bool overKeys) : Node(at)
{
    public DeclarationKind? Kind { get; } = kind;

    public Node Target { get; } = target;

    public Node Source { get; } = source;

    public Node Body { get; } = body;

    public bool OverKeys { get; } = overKeys;

    public bool HasInner { get; set; }
}

internal sealed class While(int at, Node test, Node body, bool testFirst) : Node(at)
{
    public Node Test { get; } = test;

    public Node Body { get; } = body;

    public bool TestFirst { get; } = testFirst;
}

internal sealed class SwitchCase(Node? test, List<Node> body)
{
    public Node? Test { get; } = test;

    public List<Node> Body { get; } = body;
}

internal sealed class Switch(int at, Node value, List<SwitchCase> cases) : Node(at)
{
    public Node Value { get; } = value;

    public List<SwitchCase> Cases { get; } = cases;

    public bool HasInner { get; set; }
}

internal sealed class Jump(int at, bool isBreak, string? label) : Node(at)
{
    public bool IsBreak { get; } = isBreak;

    public string? Label { get; } = label;
}

internal sealed class Return(int at, Node? value) : Node(at)
{
    public Node? Value { get; } = value;
}

internal sealed class Throw(int at, Node value) : Node(at)
{
    public Node Value { get; } = value;
}

internal sealed class Try(int at, Block body, Node? caught, Block? handler, Block? final) : Node(at)
{
    public Block Body { get; } = body;

    public Node? Caught { get; } = caught;

    public Block? Handler { get; } = handler;

    public Block? Final { get; } = final;
}

internal sealed class Labelled(int at, string label, Node body) : Node(at)
{
    public string Label { get; } = label;

    public Node Body { get; } = body;
}

internal sealed class Empty(int at) : Node(at);
