using System.Globalization;
using Consultation.Cases;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Layout;

/// <summary>
/// What somebody typed and posted, as <see cref="TypedText.Prose"/>: trimmed, line ends single line feeds, without what
/// nobody sees; a value of which nothing can be seen is empty.
/// </summary>
public sealed class PostedForm
{
    /// <summary>Name of the hidden field that says which form of the page was posted.</summary>
    internal const string HandlerField = "_handler";

    /// <summary>Name of the button that asks for one more row of a table of fields.</summary>
    internal const string AddRowField = "_addrow";

    /// <summary>
    /// Stands before a field's name in the hidden field that carries its label, so that a page which gives back what
    /// was typed can name it without asking the database.
    /// </summary>
    internal const string LabelField = "_label.";

    private readonly IFormCollection _form;

    private PostedForm(IFormCollection form) => _form = form;

    /// <summary>The form of a request; an empty one when nothing was posted.</summary>
    public static PostedForm Of(HttpContext http) =>
        new(HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType
            ? http.Request.Form
            : FormCollection.Empty);

    /// <summary>
    /// The operation that the post asks for: the same form with the same content is the same operation, and with
    /// another content another one.
    /// </summary>
    public string Operation => field ??= PostedOperation.Of(_form);

    /// <summary>The shown form's hidden id, kept while it comes back with what is to mend; null for none.</summary>
    internal string? OperationId => PostedOperation.IdOf(_form);

    /// <summary>Which form of the page was posted, or null.</summary>
    public string? Handler => _form.TryGetValue(HandlerField, out var value) ? value.ToString() : null;

    /// <summary>Key of the rows field whose "add a row" button was pressed, or null.</summary>
    public string? AddRow => _form.TryGetValue(AddRowField, out var value) ? value.ToString() : null;

    /// <summary>Uploaded files.</summary>
    public IFormFileCollection Files => _form.Files;

    /// <summary>All names posted.</summary>
    public IEnumerable<string> Names => _form.Keys;

    /// <summary>True when the field was posted.</summary>
    public bool Has(string name) => _form.ContainsKey(name);

    /// <summary>One value, or "" when it was not posted.</summary>
    public string this[string name] =>
        _form.TryGetValue(name, out var values) && values.Count > 0 ? Clean(values[0]) : "";

    /// <summary>One value, or null when it was not posted or is blank.</summary>
    public string? OrNull(string name) => this[name] is { Length: > 0 } text ? text : null;

    /// <summary>All values of a field that may come several times.</summary>
    public IReadOnlyList<string> All(string name) =>
        _form.TryGetValue(name, out var values) ? [.. values.Select(Clean).Where(value => value.Length > 0)] : [];

    /// <summary>True for a ticked box.</summary>
    public bool Ticked(string name) => this[name] is "true" or "on" or "1";

    /// <summary>A whole number without a sign, however its digits were typed; null when blank or none.</summary>
    public int? Number(string name) => int.TryParse(
        TypedText.Code(this[name]), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>An id, or null when blank or not an id.</summary>
    public Guid? Id(string name) => Guid.TryParse(this[name], out var id) ? id : null;

    /// <summary>A day as a date field posts it, or null.</summary>
    public DateOnly? Day(string name) =>
        DateOnly.TryParseExact(this[name], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A value as pages read it.</summary>
    internal static string Clean(string? value) => TypedText.Prose(value);
}
