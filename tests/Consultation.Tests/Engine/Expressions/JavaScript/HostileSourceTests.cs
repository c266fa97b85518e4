using System.Text;
using Consultation.Engine.Expressions;

namespace Consultation.Tests.Engine.Expressions.JavaScript;

public sealed class HostileSourceTests
{
    public static TheoryData<string, string> Deep => new()
    {
        { "brackets", Repeat("(", 30000) + "1" + Repeat(")", 30000) },
        { "open brackets", Repeat("(", 60000) },
        { "lists", Repeat("[", 30000) },
        { "objects", Repeat("{a:", 20000) },
        { "blocks", Repeat("{", 60000) },
        { "negations", Repeat("!", 60000) + "1" },
        { "minus signs", Repeat("- ", 30000) + "1" },
        { "typeof", Repeat("typeof ", 9000) + "1" },
        { "arrows", Repeat("a=>", 20000) + "1" },
        { "conditionals", Repeat("1?", 20000) + "1" + Repeat(":1", 20000) },
        { "else ifs", Repeat("if(0);else ", 5000) + "1" },
        { "powers", "2" + Repeat("**2", 20000) },
        { "assignments", Repeat("a=", 30000) + "1" },
        { "templates", Repeat("`${", 15000) + "1" + Repeat("}`", 15000) },
        { "functions", Repeat("function f(){", 4000) },
        { "patterns", "let " + Repeat("[", 30000) },
        { "object patterns", "let " + Repeat("{a:", 20000) },
        { "parameters", "f(" + Repeat("([", 20000) },
        { "news", Repeat("new ", 15000) + "a" },
        { "labels", string.Concat(Enumerable.Range(0, 5000).Select(i => $"a{i}:")) + "1" },
        { "regex", "/" + Repeat("(", 1500) + "/" },
        { "calls in calls", Repeat("f(", 20000) },
        { "chain of sums", "1" + Repeat("+1", 30000) },
        { "chain of members", "a" + Repeat(".a", 30000) },
        { "chain of calls", "a" + Repeat("()", 30000) },
        { "chain of ands", "1" + Repeat("&&1", 20000) },
        { "switches", Repeat("switch(1){case 1:", 3000) },
        { "tries", Repeat("try{", 10000) },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void Deep_nesting_is_refused_and_never_ends_the_process(string kind, string source)
    {
        var run = () => JavaScriptExpression.Compile(source).Evaluate(new TrialScope());

        kind.Should().NotBeEmpty();
        run.Should().Throw<ExpressionException>();
    }

    [Fact]
    public void Nesting_within_the_limit_runs_even_inside_deep_calls()
    {
        var nested = Repeat("(", 150) + "f(n - 1)" + Repeat(")", 150);

        var value = JavaScriptExpression.Compile($"const f = n => n < 1 ? 7 : {nested}; f(100)")
            .Evaluate(new TrialScope());

        value.Should().Be(7L);
    }

    [Theory]
    [InlineData("while (true) {}")]
    [InlineData("for (;;);")]
    [InlineData("do {} while (1)")]
    [InlineData("const f = () => f(); f()")]
    [InlineData("const f = () => { try { f() } catch { f() } finally { f() } }; f()")]
    [InlineData("let s = 'x'; while (true) s += s")]
    [InlineData("'x'.repeat(1e9)")]
    [InlineData("'x'.padStart(1e9)")]
    [InlineData("new Array(1e8).fill(1)")]
    [InlineData("let a = []; a.length = 1e8; a.join('x')")]
    [InlineData("let a = [1]; for (;;) a = a.concat(a)")]
    [InlineData("let a = [1]; for (;;) a.push(...a)")]
    [InlineData("let a = [1]; for (const x of a) a.push(x)")]
    [InlineData("let o = {}; for (let i = 0; ; i++) o['k' + i] = i")]
    [InlineData("let m = new Map(); for (let i = 0; ; i++) m.set(i, i)")]
    [InlineData("let s = new Set([1]); for (const x of s) { s.delete(x); s.add(x) }")]
    [InlineData("let s = 'a'.repeat(1e6); while (true) s.indexOf('b')")]
    [InlineData("let s = 'a'.repeat(5e5); while (true) s.split('')")]
    [InlineData("let s = 'a'.repeat(1e6) ; while (true) s === s + ''")]
    [InlineData("let s = 'a'.repeat(1e6); s.replaceAll('a', s)")]
    [InlineData("let s = 'a'.repeat(1e5); s.replace(/a/g, '$`')")]
    [InlineData("let s = 'a'.repeat(1e6); while (true) /b/.test(s)")]
    [InlineData("while (true) new RegExp('a')")]
    [InlineData("const a = []; a.push(a); const b = []; for (;;) b.push(JSON.stringify([1, 2, 3]))")]
    [InlineData("const f = (...r) => f(...r, 1); f()")]
    [InlineData("[...Array(1e5).keys()].sort((a, b) => { for (;;); })")]
    [InlineData("const o = {get a() { return this.a }}; o.a")]
    [InlineData("const o = {toString() { return '' + this }}; o + ''")]
    [InlineData("let fs = []; for (let i = 0; ; i++) fs.push(() => i)")]
    [InlineData("let f = () => {}; for (;;) f = f.bind(null); ")]
    [InlineData("let f = x => x; for (let i = 0; i < 5000; i++) f = f.bind(null); f()")]
    [InlineData("let a = []; for (;;) a = [a]")]
    [InlineData("let s = ''; for (;;) s = 'ab'.concat(s, s)")]
    [InlineData("Array.from({length: 1e9})")]
    [InlineData("let r = []; for (;;) r.push(Date())")]
    [InlineData("let t = new Error('x'); for (;;) t = new Error('x', {cause: t})")]
    [InlineData("JSON.parse('['.repeat(1e5))")]
    [InlineData("let a = []; for (let i = 0; i < 5000; i++) a = [a]; a.flat(Infinity)")]
    [InlineData("let a = []; for (let i = 0; i < 5000; i++) a = [a]; a.toString()")]
    [InlineData("let a = []; for (let i = 0; i < 5000; i++) a = [a]; JSON.stringify(a)")]
    [InlineData("let a = []; for (let i = 0; i < 5000; i++) a = [a]; a")]
    [InlineData("let a = {}; a.a = a; a")]
    [InlineData("let a = []; a[0] = a; variables.x = a")]
    [InlineData("let a = []; a[0] = a; structuredClone(a)")]
    public void A_script_that_asks_for_too_much_is_stopped(string source)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var run = () => JavaScriptExpression.Compile(source).Evaluate(new TrialScope { Variables = { ["x"] = null } });

        run.Should().Throw<ExpressionException>();

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(200 * 1024 * 1024);
    }

    [Theory]
    [InlineData("/(a+)+$/.test('a'.repeat(5000) + 'b')")]
    [InlineData("/^(([a-z])+.)+[A-Z]([a-z])+$/.test('a'.repeat(3000))")]
    [InlineData("try { /(x+x+)+y/.test('x'.repeat(5000)) } catch { 1 }")]
    public void A_regular_expression_that_would_try_for_ever_is_stopped(string source)
    {
        var run = () => JavaScriptExpression.Compile(source).Evaluate(new TrialScope());

        run.Should().Throw<ExpressionException>().Which.Problem.Should()
            .StartWith("A regular expression takes too long");
    }

    [Theory]
    [InlineData("({}).constructor.constructor('return 1')()")]
    [InlineData("[].map.constructor('return process')()")]
    [InlineData("(() => 1).constructor.constructor('return this')()")]
    [InlineData("new Function('return 1')")]
    [InlineData("Object.getPrototypeOf(async () => 1).constructor('return 1')()")]
    [InlineData("eval('1')")]
    [InlineData("(0, eval)('1')")]
    [InlineData("System.IO.File")]
    [InlineData("importNamespace('System')")]
    [InlineData("variables.due.GetType()")]
    [InlineData("getVariable.Invoke()")]
    [InlineData("new Uint8Array(1)")]
    [InlineData("Atomics.wait()")]
    [InlineData("BigInt(1)")]
    [InlineData("new ShadowRealm()")]
    [InlineData("Temporal.Now.instant()")]
    public void Nothing_outside_the_script_is_reached(string source)
    {
        var run = () => JavaScriptExpression.Compile(source)
            .Evaluate(new TrialScope { Variables = { ["due"] = DateTimeOffset.UnixEpoch } });

        run.Should().Throw<ExpressionException>();
    }

    [Theory]
    [InlineData("Object.prototype.x = 1")]
    [InlineData("Array.prototype.map = () => 1")]
    [InlineData("Math.max = 1")]
    [InlineData("({}).constructor.prototype.polluted = 1")]
    [InlineData("Object.assign(Object.prototype, {x: 1})")]
    [InlineData("delete Array.prototype.map")]
    [InlineData("JSON.parse = null")]
    [InlineData("[][Symbol.iterator]().__proto__.next = () => ({done: true})")]
    [InlineData("globalThis.undefined = 1; x = 5; Object.defineProperty(globalThis, 'y', {value: 1})")]
    [InlineData("BigInt = 1; Object.defineProperty(globalThis, 'Atomics', {value: 1})")]
    public void What_a_script_changes_is_gone_with_it(string source)
    {
        try
        {
            JavaScriptExpression.Compile(source).Evaluate(new TrialScope());
        }
        catch (ExpressionException)
        {
            // Refused: as well.
        }

        var value = JavaScriptExpression.Compile(
            "[typeof {}.x, [1].map(x => x + 1), ({}).polluted, Math.max(1), typeof x, typeof y, typeof BigInt, typeof "
                + "Atomics, [...[7]]]")
            .Evaluate(new TrialScope());
        PlainData.ToJson(value).Should().Be(
            "[\"undefined\",[2],null,1,\"undefined\",\"undefined\",\"undefined\",\"undefined\",[7]]");
    }

    [Fact]
    public void A_source_that_is_too_long_is_refused()
    {
        var compile = () => JavaScriptExpression.Compile(Repeat("1;", 40000));

        compile.Should().Throw<ExpressionException>().Which.Kind.Should().Be(ExpressionErrorKind.Limit);
    }

    [Fact]
    public void A_limit_cannot_be_caught_by_the_script()
    {
        var run = () =>
            JavaScriptExpression.Compile("try { for (;;); } catch { 1 } finally { 2 }").Evaluate(new TrialScope());

        run.Should().Throw<ExpressionException>().Which.Kind.Should().Be(ExpressionErrorKind.Limit);
    }

    [Fact]
    public void Limits_are_the_callers_choice()
    {
        var tight = new ExpressionLimits { MaxSteps = 10 };

        var run = () =>
            JavaScriptExpression.Compile("for (let i = 0; i < 100; i++) {}", tight).Evaluate(new TrialScope());

        run.Should().Throw<ExpressionException>().WithMessage("*10 steps*");
    }

    [Fact]
    public void One_compiled_expression_runs_on_many_threads()
    {
        var compiled = JavaScriptExpression.Compile(
            "const list = []; for (let i = 0; i < 50; i++) list.push({i, t: `n${i}`}); list.filter(x => x.i % "
                + "2).map(x => x.t).join()");
        var expected = compiled.Evaluate(new TrialScope());

        var values = new object?[64];
        Parallel.For(0, values.Length, i => values[i] = compiled.Evaluate(new TrialScope()));

        values.Should().AllBeEquivalentTo(expected);
    }

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();
}
