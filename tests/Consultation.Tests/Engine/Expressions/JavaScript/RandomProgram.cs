namespace Consultation.Tests.Engine.Expressions.JavaScript;

/// <summary>
/// Writes random programs that are correct JavaScript, so that most of them run: every operator, literal, statement and
/// a good part of the library, with values of every kind where others are expected.
/// </summary>
internal sealed class RandomProgram(Random random)
{
    private static readonly string[] Binary =
    [
        "+", "-", "*", "/", "%", "**", "==", "===", "!=", "!==", "<", ">", "<=", ">=", "&&", "||", "&", "|", "^", "<<",
        ">>", ">>>", "in", "instanceof",
    ];

    private static readonly string[] Leaves =
    [
        "a", "b", "x", "f", "i", "0", "-1", "1e21", "0.1", "NaN", "Infinity", "(2**53)", "''", "'甲乙'", "'a,b'",
        "'\ud83d\ude00'", "true", "null", "undefined",
        "[]", "({})", "/[a-z]+/gi", "new Date(0)", "new Map([[1, 2]])", "new Set('ab')", "this", "variables.x",
        "getVariable('x')",
        "Object", "Array", "({}).constructor", "a.__proto__", "b.toString",
    ];

    private static readonly string[] Members =
    [
        "length", "size", "constructor", "prototype", "__proto__", "toString()", "valueOf()", "hasOwnProperty('a')",
        "call(a, b)", "apply(null, [a])",
        "bind(a)", "at(-1)", "concat(b)", "slice(1)", "splice(0, 1)", "push(a)", "pop()", "sort()", "reverse()",
        "join('-')", "indexOf(a)", "includes(b)",
        "map(v => v)", "filter(v => v)", "reduce(f, 0)", "flatMap(v => [v, v])", "find(v => v)", "every(v => v)",
        "flat(9)", "fill(a)",
        "keys()", "entries()", "split('')", "replace(/a/g, '$&$&')", "replaceAll('a', 'b')", "padStart(9, 'ab')",
        "repeat(3)", "trim()",
        "match(/./g)", "matchAll(/./g)", "codePointAt(0)", "localeCompare('b')", "normalize()", "toFixed(2)",
        "toPrecision(3)", "toISOString()",
        "getTime()", "setMonth(14)", "toLocaleString('zh-CN')", "exec('ab')", "test('ab')", "get(1)", "set(1, a)",
        "has(1)", "add(b)", "forEach(f)",
    ];

    private static readonly string[] Statics =
    [
        "Object.keys", "Object.entries", "Object.assign", "Object.freeze", "Object.fromEntries", "Array.from",
        "Array.isArray", "JSON.stringify", "JSON.parse",
        "Math.max", "Math.round", "Math.hypot", "Number", "String", "Boolean", "parseInt", "parseFloat", "isNaN",
        "structuredClone", "new Date", "new Error",
        "String.fromCodePoint", "encodeURIComponent", "decodeURIComponent", "Number.isInteger", "new Array", "Date.UTC",
        "setVariable", "toJson", "f",
    ];

    /// <summary>One program; the same one for the same random numbers.</summary>
    public string Write()
    {
        var statements = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Statement(2));
        var guarded =
            statements.Select(one => random.Next(4) == 0 ? one : $"try {{ {one} }} catch (e) {{ x = e.message }}");
        return $"let a={{b:[1,2],c:'x'}},b=[3,'y'],x=0,i=0;const "
            + $"f=(n,m)=>{Expression(1)};\n{string.Join('\n', guarded)}\n{Expression(3)}";
    }

    private string Statement(int depth) => (depth == 0 ? random.Next(3) : random.Next(12)) switch
    {
        0 => $"x = {Expression(3)};",
        1 => $"a.b = {Expression(2)};",
        2 => $"b[{Expression(1)}] = {Expression(2)};",
        3 => $"if ({Expression(2)}) {{ {Statement(depth - 1)} }} else {{ {Statement(depth - 1)} }}",
        4 => $"for (let i = 0; i < {random.Next(9)}; i++) {{ {Statement(depth - 1)} }}",
        5 => $"for (const v of {Expression(2)}) {{ {Statement(depth - 1)} }}",
        6 => $"for (const k in {Expression(2)}) {{ {Statement(depth - 1)} }}",
        7 => $"try {{ {Statement(depth - 1)} }} catch (e) {{ x = e.message }} finally {{ {Statement(depth - 1)} }}",
        8 => $"switch ({Expression(1)}) {{ case {Expression(1)}: {Statement(depth - 1)} break; default: "
            + $"{Statement(depth - 1)} }}",
        9 => $"{{ const [p, q = {Expression(1)}, ...r] = {Expression(2)}; x = r; }}",
        10 => $"{{ const {{ b: p, ...rest }} = {Expression(2)}; x = rest; }}",
        _ => $"do {{ x++; {Statement(depth - 1)} }} while (x < {random.Next(9)});",
    };

    private string Expression(int depth) => (depth == 0 ? random.Next(2) : random.Next(14)) switch
    {
        0 or 1 => Pick(Leaves),
        2 or 3 => $"(({Expression(depth - 1)}) {Pick(Binary)} {Expression(depth - 1)})",
        4 or 5 => $"{Expression(depth - 1)}?.{Pick(Members).Replace("(", "?.(", StringComparison.Ordinal)}",
        6 => $"({Expression(depth - 1)}).{Pick(Members)}",
        7 => $"({Expression(depth - 1)})[{Expression(depth - 1)}]",
        8 => $"{Pick(Statics)}({Expression(depth - 1)}, {Expression(depth - 1)})",
        9 => $"[{Expression(depth - 1)}, ...[{Expression(depth - 1)}]]",
        10 => $"({{ k: {Expression(depth - 1)}, [{Expression(depth - 1)}]: {Expression(depth - 1)} }})",
        11 => $"`${{{Expression(depth - 1)}}}·${{{Expression(depth - 1)}}}`",
        12 => $"({Expression(depth - 1)} ? {Expression(depth - 1)} : {Expression(depth - 1)})",
        _ => $"({Pick("!", "-", "~", "typeof ", "void ", "+")}{Expression(depth - 1)} ?? {Expression(depth - 1)})",
    };

    private string Pick(params string[] from) => from[random.Next(from.Length)];
}
