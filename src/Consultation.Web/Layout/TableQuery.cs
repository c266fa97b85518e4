using System.Globalization;
using Consultation.Cases;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Consultation.Web.Layout;

/// <summary>
/// What part of a list is asked for, read from the address: ?q=words&amp;sort=column&amp;dir=desc&amp;page=2 and
/// further filters.
/// </summary>
public sealed class TableQuery
{
    /// <summary>How many rows a page may have; the first unless somebody asks for another.</summary>
    public static readonly IReadOnlyList<int> PageSizes = [50, 20, 100, 200];

    private readonly string _path;
    private readonly Dictionary<string, string> _values;
    private int _last = int.MaxValue;

    private TableQuery(string path, Dictionary<string, string> values)
    {
        _path = path;
        _values = values;
    }

    /// <summary>Reads the address of a request.</summary>
    public static TableQuery Of(HttpRequest request) => new(
        request.Path,
        request.Query.Where(pair => pair.Key is not ("notice" or "lang"))
            .ToDictionary(
                pair => pair.Key,
                pair => pair.Key == "q" ? TypedText.Line(pair.Value.ToString()) : pair.Value.ToString().Trim(),
                StringComparer.Ordinal));

    /// <summary>Words to search for, or "".</summary>
    public string Words => this["q"];

    /// <summary>Key of the column to sort by, or "" for the list's own order.</summary>
    public string Sort => this["sort"];

    /// <summary>True for falling order.</summary>
    public bool Descending => this["dir"] == "desc";

    /// <summary>Page, 1-based; never behind the last one, once it is known how long the list is.</summary>
    public int Page => Math.Min(Asked, _last);

    private int Asked => TypedText.Code(this["page"]) is var page
        && int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Max(1, number)
            : page.Length > 9 && page.All(char.IsAsciiDigit) ? int.MaxValue : 1;

    /// <summary>Rows on one page.</summary>
    public int PageSize => PageSizes.FirstOrDefault(size => this["size"] == Number(size), PageSizes[0]);

    /// <summary>Rows before this page.</summary>
    public int Skip => (int)Math.Min((Page - 1L) * PageSize, int.MaxValue);

    /// <summary>
    /// Tells how many rows the list has: whoever asks for a page behind its end, by an old address or by hand, gets the
    /// last one.
    /// </summary>
    public TableQuery EndsAfter(int rows)
    {
        _last = Math.Max(1, (rows + PageSize - 1) / PageSize);
        return this;
    }

    /// <summary>A filter's value, or "".</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    /// <summary>True when anything narrows the list.</summary>
    public bool IsFiltered => _values.Any(pair => Narrows(pair.Key) && pair.Value.Length > 0);

    /// <summary>The address of the whole list: the same tab, order and page size.</summary>
    public string Cleared =>
        QueryHelpers.AddQueryString(_path, _values.Where(pair => !Narrows(pair.Key) && pair.Key != "page")
        .Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));

    /// <summary>
    /// The address with some values changed; null or "" removes one. Changing anything but the page goes back to page
    /// 1.
    /// </summary>
    public string With(params ReadOnlySpan<(string Name, string? Value)> changes) => Address(_path, changes);

    /// <summary>The same filters on another address, e.g. that of the export.</summary>
    public string On(string path, params ReadOnlySpan<(string Name, string? Value)> changes) => Address(path, changes);

    /// <summary>
    /// Filters to carry along as hidden fields in a filter form that has its own fields of these names.
    /// </summary>
    public IEnumerable<KeyValuePair<string, string>> Except(params string[] names) =>
        _values.Where(pair => pair.Key != "page" && !names.Contains(pair.Key) && pair.Value.Length > 0);

    /// <summary>Searches, sorts and cuts a list that is already in memory.</summary>
    public TablePage<T> Apply<T>(IEnumerable<T> rows, IReadOnlyList<Column<T>> columns)
    {
        var found = Matching(rows, columns);
        EndsAfter(found.Count);
        return new([.. found.Skip(Skip).Take(PageSize)], found.Count);
    }

    /// <summary>Searches and sorts a list that is already in memory; for exports.</summary>
    public IReadOnlyList<T> Matching<T>(IEnumerable<T> rows, IReadOnlyList<Column<T>> columns)
    {
        var words = TypedText.Words(Words);
        var found = words.Count == 0 ? rows
            : rows.Where(row => TypedText.Searched([
                .. columns.SelectMany(column => new[] { column.Text(row), column.Searched?.Invoke(row) }),
            ]) is var text
                && words.All(word => text.Contains(word, StringComparison.Ordinal)
                    || (TypedText.PhoneDigits(word) is { } digits && text.Contains(digits, StringComparison.Ordinal))));
        if (columns.FirstOrDefault(column => column.Key == Sort && column.Sortable) is { } by)
        {
            var order = Comparer<object?>.Create((left, right) => (left, right) switch
            {
                (string a, string b) => CultureInfo.CurrentCulture.CompareInfo.Compare(a, b),
                _ => Comparer<object?>.Default.Compare(left, right),
            });
            object? Value(T row) => by.SortBy is { } sortBy ? sortBy(row) : by.Text(row);
            found = Descending ? found.OrderByDescending(Value, order) : found.OrderBy(Value, order);
        }

        return [.. found];
    }

    private static bool Narrows(string name) => name is not ("sort" or "dir" or "page" or "size" or "view");

    private static string Number(int size) => size.ToString(CultureInfo.InvariantCulture);

    private string Address(string path, ReadOnlySpan<(string Name, string? Value)> changes)
    {
        var values = new Dictionary<string, string?>(_values.Where(pair => pair.Key != "page")
            .Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        foreach (var (name, value) in changes)
        {
            values[name] = value;
        }

        return QueryHelpers.AddQueryString(path, values.Where(pair => !string.IsNullOrEmpty(pair.Value)));
    }
}

/// <summary>One page of a list.</summary>
/// <param name="Rows">The rows of the page.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record TablePage<T>(IReadOnlyList<T> Rows, int Total);
