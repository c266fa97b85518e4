using System.Collections.Frozen;
using Acornima.Ast;

namespace Consultation.Engine.Expressions.JavaScript;

/// <summary>
/// Looks through a script before it runs: refuses what no limit can stop while it runs, and finds out what it uses.
/// </summary>
internal sealed class SourceReview(int mostLevels)
{
    /// <summary>What calls the function that is given to it, and does nothing else with it.</summary>
    private static readonly FrozenSet<string> Walkers = FrozenSet.ToFrozenSet(
    [
        "map", "filter", "find", "findIndex", "findLast", "findLastIndex", "some", "every", "forEach", "flatMap",
        "reduce", "reduceRight", "sort", "toSorted",
    ]);

    private readonly HashSet<Node> _walked = [];
    private int _depth;

    public bool UsesThis { get; private set; }

    /// <summary>
    /// True if a function of the script may come to call itself: one that is kept, named or handed on, where others are
    /// written into the call of a list's own method.
    /// </summary>
    public bool MayRecurse { get; private set; }

    public bool HasFunctions { get; private set; }

    /// <summary>The names of <see cref="LongTexts"/> that stand in the script.</summary>
    public HashSet<string> Watched { get; } = [];

    /// <summary>True if the script mentions a name of <see cref="Additions"/>.</summary>
    public bool UsesAdditions { get; private set; }

    /// <summary>True if the script may write dates in a language.</summary>
    public bool WritesDates { get; private set; }

    /// <summary>True if the script may walk through a text.</summary>
    public bool Iterates { get; private set; }

    /// <summary>True if the script can get hold of an iterator.</summary>
    public bool MakesIterators { get; private set; }

    /// <summary>True if the script may write a number by <c>toString</c>.</summary>
    public bool WritesNumbers { get; private set; }

    /// <summary>True if the script may use names that do not stand in it: <c>text[name]</c>.</summary>
    public bool ReachesAnyName { get; private set; }

    public void Look(Node node)
    {
        if (++_depth > mostLevels)
        {
            throw Wrong(
                node,
                $"The expression is nested more than {mostLevels} levels deep; cut it into several steps.");
        }

        LookAtNames(node);
        switch (node)
        {
            // One multiplication of large ones cannot be interrupted.
            case BigIntLiteral:
                throw Wrong(node, "BigInt numbers (with n at the end) are not supported; leave the n out");
            case ImportExpression:
                throw Wrong(node, "import is not supported: an expression stands for itself");
            case ThisExpression:
                UsesThis = true;
                break;
            case SpreadElement or ForOfStatement or ArrayPattern or YieldExpression { Delegate: true }:
                Iterates = true;
                break;
            case CallExpression
            {
                Callee: MemberExpression { Computed: false, Property: Identifier called },
                Arguments: [var given, ..],
            } when Walkers.Contains(called.Name):
                _walked.Add(given);
                break;
            case ArrowFunctionExpression { Async: false }
                or FunctionExpression { Async: false, Generator: false, Id: null }
                when _walked.Contains(node):
                HasFunctions = true;
                break;
            case IFunction or IClass:
                MayRecurse = true;
                MakesIterators |= node is IFunction { Generator: true };
                break;
        }

        foreach (var child in node.ChildNodes) Look(child);
        _depth--;
    }

    private void LookAtNames(Node node)
    {
        switch (node)
        {
            case Identifier { Name: "Reflect" or "Proxy" or "globalThis" }:
            case MemberExpression { Computed: true, Property: not Literal }:
            case IProperty { Computed: true, Key: not Literal }:
                ReachesAnyName = true;
                break;
            case Identifier { Name: var name }:
                Mention(name);
                break;
            case StringLiteral { Value: var text }:
                Mention(text);
                break;
        }
    }

    private void Mention(string name)
    {
        if (LongTexts.Names.Contains(name)) Watched.Add(name);
        Iterates |= name is "from" or "Set" or "Map" or "iterator" or "fromEntries" or "groupBy" or "all" or "race";
        MakesIterators |= Towers.OfIterators.Contains(name);
        MayRecurse |= name is "callee";
        WritesNumbers |= name is "toString";
        WritesDates |= Additions.OfDates.Contains(name);
        UsesAdditions |= Additions.Names.Contains(name);
    }

    private static ExpressionException Wrong(Node node, string problem) =>
        new(ExpressionErrorKind.Syntax, problem, node.Location.Start.Line, node.Location.Start.Column + 1);
}
