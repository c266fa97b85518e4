using Consultation.Engine.Expressions.JavaScript.Values;

namespace Consultation.Engine.Expressions.JavaScript.Syntax;

/// <summary>A piece of the parsed source; <see cref="At"/> is its offset.</summary>
internal abstract class Node(int at)
{
    public int At { get; } = at;

    /// <summary>In round brackets: (a, b) => and ({}) differ from what they hold.</summary>
    public bool Bracketed { get; set; }
}

internal sealed class Literal(int at, Val value) : Node(at)
{
    public Val Value { get; } = value;
}

internal sealed class TemplateText(int at, string[] texts, Node[] values) : Node(at)
{
    public string[] Texts { get; } = texts;

    public Node[] Values { get; } = values;
}

internal sealed class RegexLiteral(int at, JsRegexProgram program) : Node(at)
{
    public JsRegexProgram Program { get; } = program;
}

internal sealed class Name(int at, string text) : Node(at)
{
    public string Text { get; } = text;
}

internal sealed class This(int at) : Node(at);

/// <summary>An array literal, or a pattern; null is a hole.</summary>
internal sealed class ArrayNode(int at, List<Node?> items) : Node(at)
{
    public List<Node?> Items { get; } = items;
}

internal enum PropertyKind
{
    Value,
    Get,
    Set,
    Spread,
}

internal sealed class PropertyNode
{
    public required PropertyKind Kind { get; init; }

    public required int At { get; init; }

    /// <summary>The name, unless computed.</summary>
    public string? Key { get; init; }

    public Node? Computed { get; init; }

    public required Node Value { get; init; }
}

internal sealed class ObjectNode(int at, List<PropertyNode> properties) : Node(at)
{
    public List<PropertyNode> Properties { get; } = properties;

    /// <summary>Where <c>{a = 1}</c> stood, which only a pattern may hold; -1 if nowhere.</summary>
    public int DefaultAt { get; set; } = -1;
}

internal sealed class Spread(int at, Node value) : Node(at)
{
    public Node Value { get; } = value;
}

/// <summary>A target with a value used when it would get undefined.</summary>
internal sealed class WithDefault(int at, Node target, Node value) : Node(at)
{
    public Node Target { get; } = target;

    public Node Value { get; } = value;
}

internal sealed class FunctionNode(int at) : Node(at)
{
    public string Name { get; set; } = "";

    public List<Node> Parameters { get; set; } = [];

    public List<Node> Body { get; set; } = [];

    /// <summary>The value of an arrow function without braces.</summary>
    public Node? Result { get; set; }

    public bool IsArrow { get; init; }

    public bool IsMethod { get; init; }

    public bool IsNamedExpression { get; set; }

    public bool UsesThis { get; set; }

    public bool UsesArguments { get; set; }

    public bool HasInner { get; set; }

    public List<string> Vars { get; } = [];
}

internal sealed class Unary(int at, string sign, Node value) : Node(at)
{
    public string Sign { get; } = sign;

    public Node Value { get; } = value;
}

internal sealed class Update(int at, bool increment, bool prefix, Node target) : Node(at)
{
    public bool Increment { get; } = increment;

    public bool Prefix { get; } = prefix;

    public Node Target { get; } = target;
}

/// <summary>Two operands, also for <c>&amp;&amp; || ??</c>.</summary>
internal sealed class Binary(int at, string sign, Node left, Node right) : Node(at)
{
    public string Sign { get; } = sign;

    public Node Left { get; } = left;

    public Node Right { get; } = right;
}

/// <summary><see cref="Sign"/> is empty for <c>=</c>, otherwise the operator before it.</summary>
internal sealed class Assign(int at, string sign, Node target, Node value) : Node(at)
{
    public string Sign { get; } = sign;

    public Node Target { get; } = target;

    public Node Value { get; } = value;
}

internal sealed class Conditional(int at, Node test, Node then, Node otherwise) : Node(at)
{
    public Node Test { get; } = test;

    public Node Then { get; } = then;

    public Node Otherwise { get; } = otherwise;
}

internal sealed class Call(int at, Node callee, List<Node> arguments, bool optional) : Node(at)
{
    public Node Callee { get; } = callee;

    public List<Node> Arguments { get; } = arguments;

    public bool Optional { get; } = optional;
}

internal sealed class New(int at, Node callee, List<Node> arguments) : Node(at)
{
    public Node Callee { get; } = callee;

    public List<Node> Arguments { get; } = arguments;
}

/// <summary><c>a.b</c> or <c>a[b]</c>, with <c>?.</c> if optional.</summary>
internal sealed class Member(int at, Node target, string? key, Node? computed, bool optional) : Node(at)
{
    public Node Target { get; } = target;

    public string? Key { get; } = key;

    public Node? Computed { get; } = computed;

    public bool Optional { get; } = optional;
}

/// <summary>The extent that a <c>?.</c> inside gives up when it meets null.</summary>
internal sealed class OptionalChain(int at, Node value) : Node(at)
{
    public Node Value { get; } = value;
}

internal sealed class Sequence(int at, List<Node> items) : Node(at)
{
    public List<Node> Items { get; } = items;
}
