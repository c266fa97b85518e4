using System.Collections.Concurrent;

namespace Consultation.Mail.Templates;

/// <summary>
/// Where organisations' edited templates are kept. An interface because Mail may not see SQL: Storage implements it.
/// </summary>
public interface IMailTemplateStore
{
    /// <summary>All edited templates of all organisations; few, since the defaults are good.</summary>
    Task<IReadOnlyList<MailTemplate>> LoadAllAsync(CancellationToken cancellationToken);

    /// <summary>Organisations whose Chinese mails end without their English (O30).</summary>
    Task<IReadOnlySet<Guid>> WithoutEnglishAsync(CancellationToken cancellationToken);

    /// <summary>
    /// By which way messages of a kind go where a person chose none: "mail", "channel" or "both" by organisation and
    /// kind; what is missing goes by mail.
    /// </summary>
    Task<IReadOnlyDictionary<(Guid Organisation, string Kind), string>> WaysAsync(CancellationToken cancellationToken);

    /// <summary>Writes one, in place of an earlier one of the same organisation, key and language.</summary>
    Task SaveAsync(MailTemplate template, CancellationToken cancellationToken);

    /// <summary>Goes back to the product's words; the own ones lie in the bin.</summary>
    /// <param name="organisation">Whose words.</param>
    /// <param name="key">Of which mail.</param>
    /// <param name="language">"zh" or "en".</param>
    /// <param name="by">Log-in name of who does it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task RemoveAsync(
        Guid organisation, string key, string language, string by, CancellationToken cancellationToken);
}

/// <summary>A template with its text and HTML parts worked out; alone, its English part is left out.</summary>
internal sealed record PreparedTemplate(
    string Key, string Subject, string Text, string Html, bool Alone, string ShortText);

/// <summary>
/// The templates as a step needs them: at once, without asking a database. An organisation's edited words win over the
/// product's. The sender refreshes the book on every look, so that an edit on one node reaches the others within
/// seconds.
/// </summary>
public sealed class MailTemplateBook
{
    private readonly ConcurrentDictionary<(string Key, string Language, bool Alone), PreparedTemplate> _defaults = [];
    private Dictionary<(Guid Organisation, string Key, string Language),
        (MailTemplate Row, PreparedTemplate Prepared, PreparedTemplate Alone)> _edited = [];
    private IReadOnlySet<Guid> _withoutEnglish = new HashSet<Guid>();
    private IReadOnlyDictionary<(Guid Organisation, string Kind), string> _ways =
        new Dictionary<(Guid, string), string>();

    /// <summary>Reads the edited templates, and who writes in Chinese alone, as they are stored now.</summary>
    public async Task RefreshAsync(IMailTemplateStore store, CancellationToken cancellationToken)
    {
        Replace(await store.LoadAllAsync(cancellationToken), await store.WithoutEnglishAsync(cancellationToken));
        _ways = await store.WaysAsync(cancellationToken);
    }

    /// <summary>By which way an organisation sends a kind of message where nobody chose.</summary>
    internal string WayOf(Guid organisation, string kind) => _ways.GetValueOrDefault((organisation, kind), Ways.Mail);

    /// <summary>
    /// Takes the edited templates as they stand now, and who writes in Chinese alone. Unchanged ones are not worked out
    /// again.
    /// </summary>
    public void Replace(IEnumerable<MailTemplate> edited, IReadOnlySet<Guid> withoutEnglish)
    {
        _withoutEnglish = withoutEnglish;
        var before = _edited;
        _edited = edited.ToDictionary(
            row => (row.OrganisationId, row.Key, row.Language),
            row => before.TryGetValue((row.OrganisationId, row.Key, row.Language), out var known)
                && known.Row.UpdatedAt == row.UpdatedAt
                ? known
                : (row, Prepare(row), Prepare(row, alone: true)));
    }

    /// <summary>Any language but English is written to in Chinese (O30).</summary>
    internal static string LanguageOf(string language) =>
        language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "zh";

    internal PreparedTemplate Find(Guid organisation, string key, string language)
    {
        var known = LanguageOf(language);
        // Whoever chose English gets it, whatever the organisation writes to others.
        var alone = known == "zh" && _withoutEnglish.Contains(organisation);
        return _edited.TryGetValue((organisation, key, known), out var edited)
            ? alone ? edited.Alone : edited.Prepared
            : _defaults.GetOrAdd((key, known, alone), one => Prepare(
                MailTemplateCatalogue.Default(one.Key, one.Language), one.Alone));
    }

    /// <summary>Works a template out; where its Chinese stands alone, without English words around it.</summary>
    internal static PreparedTemplate Prepare(MailTemplate template, bool alone = false) => new(
        template.Key,
        template.Subject,
        MailMarkup.ToText(template.Text),
        MailLayout.Around(template.Html ?? MailMarkup.ToHtml(template.Text, alone), template.Language, alone),
        alone,
        template.ShortText is { Length: > 0 } words ? words : ShortWords.Default(template.Key, template.Language));
}
