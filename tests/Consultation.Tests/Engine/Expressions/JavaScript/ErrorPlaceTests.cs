using Consultation.Engine.Expressions;

namespace Consultation.Tests.Engine.Expressions.JavaScript;

public sealed class ErrorPlaceTests
{
    [Theory]
    [InlineData("1 +", 1, 4)]
    [InlineData("let a = 1;\nlet b = ;", 2, 9)]
    [InlineData("foo(1, 2", 1, 9)]
    [InlineData("let s = \"abc", 1, 9)]
    [InlineData("if (a {\n}", 1, 7)]
    [InlineData("a = “x”", 1, 5)]
    [InlineData("const x", 1, 8)]
    [InlineData("\r\n\r\n  @", 3, 4)]
    public void A_syntax_error_names_line_and_column(string source, int line, int column)
    {
        var compile = () => JavaScriptExpression.Compile(source);

        var error = compile.Should().Throw<ExpressionException>().Which;
        error.Kind.Should().Be(ExpressionErrorKind.Syntax);
        (error.Line, error.Column).Should().Be((line, column));
        error.Message.Should().Contain($"line {line}");
    }

    [Theory]
    [InlineData("null.x", 1, 6, "?.")]
    [InlineData("let a = {};\na.b.c", 2, 5, "undefined")]
    [InlineData("let a = {};\n\na.run()", 3, 1, "run is not a function")]
    [InlineData("missing + 1", 1, 1, "variables.missing")]
    [InlineData("let f = () => {\n  throw new Error('kaputt');\n};\nf()", 2, 9, "kaputt")]
    [InlineData("const c = 1;\nc = 2", 2, 1, "let")]
    [InlineData("getNobody()", 1, 1, "Nobody")]
    [InlineData("[1].map(5)", 1, 1, "function")]
    [InlineData("'use strict'; x = 1", 1, 15, "variables.x")]
    [InlineData("(async () => {\n  await 1;\n  missing;\n})()", 3, 3, "missing")]
    [InlineData("new Promise(() => 1)", 1, 1, "never settled")]
    [InlineData("throw {code: 1}", 1, 7, "object")]
    public void A_runtime_error_names_line_column_and_what_to_mend(string source, int line, int column, string part)
    {
        var run = () => JavaScriptExpression.Compile(source).Evaluate(new TrialScope());

        var error = run.Should().Throw<ExpressionException>().Which;
        error.Kind.Should().Be(ExpressionErrorKind.Runtime);
        (error.Line, error.Column).Should().Be((line, column));
        error.Problem.Should().Contain(part);
    }

    [Theory]
    [InlineData("1n", "BigInt")]
    [InlineData("import x from 'y'", "import")]
    [InlineData("import('y')", "import")]
    [InlineData("export const a = 1", "export")]
    public void What_is_not_supported_says_so_when_it_is_compiled(string source, string part)
    {
        var compile = () => JavaScriptExpression.Compile(source);

        var error = compile.Should().Throw<ExpressionException>().Which;
        error.Kind.Should().Be(ExpressionErrorKind.Syntax);
        error.Problem.Should().Contain(part);
    }
}
