using Consultation.Engine.Expressions.Liquid;

namespace Consultation.Engine.Expressions;

/// <summary>A Liquid template ready to render: immutable, safe for many threads, made once and kept.</summary>
public sealed class CompiledTemplate : CompiledExpression
{
    private readonly string _source;
    private readonly TemplateNode[] _nodes;
    private readonly ExpressionLimits _limits;

    internal CompiledTemplate(string source, TemplateNode[] nodes, ExpressionLimits limits)
    {
        _source = source;
        _nodes = nodes;
        _limits = limits;
    }

    /// <inheritdoc/>
    public override object? Evaluate(IExpressionScope scope) => Render(scope);

    /// <summary>
    /// Renders with Elsa's roots: <c>Variables.X</c>, <c>Input.X</c>, <c>WorkflowInstanceId</c>, <c>CorrelationId</c>,
    /// <c>WorkflowDefinitionId</c>, <c>WorkflowDefinitionVersionId</c>, <c>WorkflowDefinitionVersion</c>, and what the
    /// host adds by name.
    /// </summary>
    /// <exception cref="ExpressionException">It failed or asked for too much.</exception>
    public string Render(IExpressionScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Run(new TemplateRun(_source, _limits, name => Root(scope, name), scope.Now, htmlEncode: false));
    }

    /// <summary>
    /// Renders a mail or document from named plain data. With <paramref name="htmlEncode"/> every output is encoded
    /// for HTML unless it passes the <c>raw</c> filter.
    /// </summary>
    /// <exception cref="ExpressionException">It failed or asked for too much.</exception>
    public string Render(IReadOnlyDictionary<string, object?> values, DateTimeOffset now, bool htmlEncode = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Run(new TemplateRun(_source, _limits, values.GetValueOrDefault, now, htmlEncode));
    }

    private static object? Root(IExpressionScope scope, string name) => name switch
    {
        "Variables" => new NamedValues(key => scope.TryGetVariable(key, out var value) ? value : null),
        "Input" => new NamedValues(key => scope.TryGetInput(key, out var value) ? value : null),
        "WorkflowInstanceId" => scope.WorkflowInstanceId,
        "WorkflowDefinitionId" => scope.WorkflowDefinitionId,
        "WorkflowDefinitionVersionId" => scope.WorkflowDefinitionVersionId,
        "WorkflowDefinitionVersion" => (long)scope.WorkflowDefinitionVersion,
        "CorrelationId" => scope.CorrelationId,
        _ => scope.TryGetHostValue(name, out var value) && value is not Delegate ? value : null,
    };

    private string Run(TemplateRun run)
    {
        run.RenderAll(_nodes);
        return run.Output;
    }
}
