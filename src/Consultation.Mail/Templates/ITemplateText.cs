namespace Consultation.Mail.Templates;

/// <summary>
/// Renders template text (Liquid). An interface because Liquid lives in the engine, which Mail may not see: the host
/// wires the two.
/// </summary>
public interface ITemplateText
{
    /// <summary>
    /// Renders with named values: strings, numbers, booleans, lists and dictionaries of those. With <paramref
    /// name="html"/>
    /// every value is encoded for HTML; the template's own markup is not.
    /// </summary>
    /// <exception cref="MailTemplateException">The template is wrong or asked for too much.</exception>
    string Render(string template, IReadOnlyDictionary<string, object?> values, bool html);

    /// <summary>Checks a template without rendering it; null when it is fine.</summary>
    TemplateProblem? Validate(string template);
}

/// <summary>What is wrong with a template text.</summary>
/// <param name="Message">In plain words.</param>
/// <param name="Line">From 1; 0 when the place is not known.</param>
/// <param name="Column">From 1; 0 when the place is not known.</param>
public sealed record TemplateProblem(string Message, int Line, int Column);

/// <summary>A mail could not be composed because its template is wrong. The message names template and place.</summary>
public sealed class MailTemplateException(string message, Exception? inner = null) : Exception(message, inner);
