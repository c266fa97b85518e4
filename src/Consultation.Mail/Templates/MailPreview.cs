using System.Security.Cryptography;
using System.Text;

namespace Consultation.Mail.Templates;

/// <summary>How a template looks with example values, for the people who edit it.</summary>
/// <param name="Subject">The subject line.</param>
/// <param name="Text">The plain text part.</param>
/// <param name="Html">The HTML part, a whole document.</param>
/// <param name="ShortText">The words for the second channel.</param>
public sealed record MailPreview(string Subject, string Text, string Html, string ShortText)
{
    /// <summary>
    /// What the one style element of every mail hashes to (sha256, base64), for a page's content policy.
    /// </summary>
    public static string StyleHash { get; } =
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(MailLayout.Phone)));

    /// <summary>What is wrong with a template, by part ("subject", "text"); empty when it can be rendered.</summary>
    public static IReadOnlyList<(string Part, TemplateProblem Problem)> Check(MailTemplate template, ITemplateText text)
    {
        var problems = new List<(string, TemplateProblem)>();
        (string Part, string Source)[] parts =
            [("subject", template.Subject), ("text", template.Text), ("short", template.ShortText ?? "")];
        foreach (var (part, source) in parts)
        {
            if (text.Validate(source) is { } problem)
            {
                problems.Add((part, problem));
            }
        }

        return problems;
    }

    /// <summary>Renders with the example values of the template's kind.</summary>
    /// <exception cref="MailTemplateException">The template is wrong; <see cref="Check"/> first.</exception>
    public static MailPreview Of(MailTemplate template, ITemplateText text)
    {
        var prepared = MailTemplateBook.Prepare(template);
        var values = MailTemplateCatalogue.Examples(template.Key)
            .ToDictionary(pair => pair.Key, pair => MailComposer.Clean(pair.Value));
        return new(
            Render(prepared.Subject, html: false),
            Render(prepared.Text, html: false),
            Render(prepared.Html, html: true),
            Outgoing.MailAddressRule.OneLine(Render(prepared.ShortText, html: false), 1000));

        string Render(string part, bool html) =>
            MailParts.Render(text, part, values, MailTemplateBook.LanguageOf(template.Language), html);
    }
}
