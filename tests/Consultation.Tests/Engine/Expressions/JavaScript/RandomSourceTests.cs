using System.Text;
using Consultation.Engine.Expressions;
using Xunit.Abstractions;

namespace Consultation.Tests.Engine.Expressions.JavaScript;

/// <summary>
/// Random programs: correct ones, damaged ones and heaps of words. Whatever the text, the answer is plain data or an
/// <see cref="ExpressionException"/>, and costs no more memory than allowed. EXPRESSION_FUZZ sets how many (default
/// 1500).
/// </summary>
public sealed class RandomSourceTests(ITestOutputHelper output)
{
    /// <summary>
    /// Most bytes that one program may allocate: its compilation, its own 512 KiB and the host's overhead for them.
    /// </summary>
    private const long MostBytes = 16 * 1024 * 1024;

    private static readonly string[] Pieces =
    [
        "a", "b", "x", "1", "0", "2.5", "'s'", "`t${a}`", "null", "undefined", "[1,2]", "{a:1}", "(a)", "a.b",
        "a?.b", "a[0]",
        "f()", "a=>a", "(a,b)=>a+b", "+", "-", "*", "/", "%", "**", "==", "===", "<", ">", "&&", "||", "??", "?",
        ":", ",", ";",
        "(", ")", "[", "]", "{", "}", "=", "+=", "...", ".", "=>", "let a=", "const b=", "var x=", "if(a)", "else ",
        "for(let i=0;i<3;i++)",
        "for(const v of [1,2])", "while(x<3)x++;", "return ", "function f(a){", "try{", "}catch(e){", "}finally{",
        "throw ", "new Map()",
        "new Date(0)", "typeof ", "!", "delete a.b;", "/a+/g", ".map(", ".push(", ".join()", "JSON.stringify(",
        "Math.max(", "switch(a){case 1:",
        "break;", "continue;", "\n", " ", "in ", "instanceof Array", "this", "arguments", "variables.x",
        "getVariable('x')", "get ", "\\", "\"", "'", "`",
        "[a,b]=", "({a,b}=", "l:", "async ", "yield ", "class ", "0x", "1e", "中", "\ud83d", "#", "@",
    ];

    [Fact]
    public void No_text_crashes_or_hangs_the_evaluator()
    {
        var limits = new ExpressionLimits { MaxSteps = 3000, MaxMemoryBytes = 512 * 1024 };
        var count = Count(1500);
        var corpus = CorpusTests.Rows().Select(row => row.Source).ToArray();
        var (values, most, all) = (0, 0L, 0L);
        for (var seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            var source = (seed % 3) switch
            {
                0 => Damaged(random, corpus),
                1 => Assembled(random),
                _ => new RandomProgram(random).Write(),
            };
            var before = GC.GetAllocatedBytesForCurrentThread();
            var run = () => Run(source, limits);
            var value = run.Should().NotThrow("seed {0} gave: {1}", seed, source).Subject;
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

            IsPlain(value).Should().BeTrue("seed {0} let something out: {1}", seed, source);
            bytes.Should().BeLessThan(MostBytes, "seed {0} gave: {1}", seed, source);
            (values, most, all) = (values + (value is null ? 0 : 1), Math.Max(most, bytes), all + bytes);
        }

        output.WriteLine(
            $"{count} programs, {values} gave a value; bytes allocated: {all / count} each, {most} at most");
    }

    [Fact]
    public void No_text_crashes_or_hangs_the_templates()
    {
        string[] pieces =
        [
            "{{", "}}", "{%", "%}", "{%-", "-%}", "a", "b.c", "[0]", "'x'", "\"", "|", "append:", "date:", "'%Y年'",
            "if ", "elsif ",
            "else", "endif", "for i in ", "(1..3)", "endfor", "case a", "when 1", "endcase", "assign a = ", "capture x",
            "endcapture",
            "raw", "endraw", "comment", "endcomment", "==", ">", "and ", "or ", "contains ", "1", "-1", "1.5", "nil",
            "empty", " ",
            "\n", "text", "<b>", "limit:1", "reversed", "break", "cycle 1,2", "increment n", "sort", "map:", "join",
            "size", "json",
        ];
        var count = Count(1500);
        for (var seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (var i = random.Next(1, 25); i > 0; i--)
            {
                text.Append(pieces[random.Next(pieces.Length)]).Append(random.Next(2) == 0 ? " " : "");
            }
            var source = text.ToString();
            var values =
                new Dictionary<string, object?> { ["a"] = 1L, ["b"] = new Dictionary<string, object?> { ["c"] = "x" } };
            var run = () => Swallow(
                () => LiquidTemplate.Compile(source).Render(values, DateTimeOffset.UnixEpoch, htmlEncode: true));
            run.Should().NotThrow("seed {0} gave: {1}", seed, source);
        }
    }

    private static int Count(int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable("EXPRESSION_FUZZ"), out var count) ? count : otherwise;

    private static bool IsPlain(object? value) => value switch
    {
        null or bool or long or double or decimal or string or DateTimeOffset or TimeSpan => true,
        List<object?> list => list.TrueForAll(IsPlain),
        Dictionary<string, object?> map => map.Values.All(IsPlain),
        _ => false,
    };

    private static object? Run(string source, ExpressionLimits limits) => Swallow(() =>
        JavaScriptExpression.Compile(source, limits).Evaluate(
            new TrialScope { Variables = { ["x"] = new List<object?> { 1L, "two" } } }));

    /// <summary>The value, or null for the answer to most random texts: an <see cref="ExpressionException"/>.</summary>
    private static object? Swallow(Func<object?> run)
    {
        try
        {
            return run();
        }
        catch (ExpressionException)
        {
            return null;
        }
    }

    private static string Assembled(Random random)
    {
        var text = new StringBuilder("let a={b:[1,2],c:'x'},b=2,x=0;function f(n){return n}\n");
        for (var i = random.Next(1, 30); i > 0; i--) text.Append(Pieces[random.Next(Pieces.Length)]);
        return text.ToString();
    }

    private static string Damaged(Random random, string[] corpus)
    {
        var text = new StringBuilder(corpus[random.Next(corpus.Length)]);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            if (random.Next(2) == 0 && at < text.Length) text.Remove(at, Math.Min(random.Next(1, 4), text.Length - at));
            else text.Insert(at, Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }
}
