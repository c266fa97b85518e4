using Consultation.Engine.Expressions;
using Consultation.Mail.Templates;

namespace Consultation.Testing.Mail;

/// <summary>Mail's templates rendered by the engine's Liquid, as the host wires them.</summary>
public sealed class EngineLiquid(DateTimeOffset now) : ITemplateText
{
    public string Render(string template, IReadOnlyDictionary<string, object?> values, bool html)
    {
        try
        {
            return LiquidTemplate.Compile(template).Render(values, now, html);
        }
        catch (ExpressionException exception)
        {
            throw new MailTemplateException(exception.Message, exception);
        }
    }

    public TemplateProblem? Validate(string template)
    {
        try
        {
            LiquidTemplate.Compile(template);
            return null;
        }
        catch (ExpressionException exception)
        {
            return new(exception.Problem, exception.Line, exception.Column);
        }
    }
}
