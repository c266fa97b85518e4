using System.Collections.Concurrent;
using Consultation.Engine.Expressions;
using Consultation.Mail.Templates;

namespace Consultation.Activities.Desk;

/// <summary>
/// Mail templates are Liquid, as expressions of a workflow are: one language for both. Compiled once per text and kept.
/// </summary>
public sealed class LiquidTemplateText(TimeProvider clock) : ITemplateText
{
    private const int MostKept = 2000;
    private readonly ConcurrentDictionary<string, CompiledTemplate> _compiled = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Render(string template, IReadOnlyDictionary<string, object?> values, bool html)
    {
        try
        {
            var plain = (Dictionary<string, object?>)PlainData.Normalise(
                values.ToDictionary(pair => pair.Key, pair => pair.Value))!;
            return Compiled(template).Render(plain, clock.GetUtcNow(), html);
        }
        catch (ExpressionException wrong)
        {
            throw new MailTemplateException(wrong.Message, wrong);
        }
    }

    /// <inheritdoc/>
    public TemplateProblem? Validate(string template)
    {
        try
        {
            LiquidTemplate.Compile(template);
            return null;
        }
        catch (ExpressionException wrong)
        {
            return new TemplateProblem(wrong.Message, wrong.Line, wrong.Column);
        }
    }

    private CompiledTemplate Compiled(string template)
    {
        if (_compiled.Count > MostKept) _compiled.Clear();
        return _compiled.GetOrAdd(template, static text => LiquidTemplate.Compile(text));
    }
}
