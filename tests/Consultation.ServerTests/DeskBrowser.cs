using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Consultation.ServerTests;

/// <summary>What a person does at the desk: opens pages, fills in forms as they were shown, presses a button.</summary>
public sealed class DeskBrowser(HttpClient client) : IDisposable
{
    private readonly HtmlParser _parser = new();
    private string _address = "/";

    /// <summary>The last answer.</summary>
    public HttpResponseMessage Answer { get; private set; } = null!;

    /// <summary>The last page.</summary>
    public IHtmlDocument Page { get; private set; } = null!;

    /// <summary>What the last page says, tags left out.</summary>
    public string Text => Page.Body?.TextContent ?? "";

    /// <summary>For requests that are no pages.</summary>
    public HttpClient Client => client;

    /// <summary>Opens a page.</summary>
    public async Task<IHtmlDocument> GetAsync(string address)
    {
        _address = address;
        return await ReadAsync(await client.GetAsync(address));
    }

    /// <summary>
    /// Fills in a form of the last page and sends it; the values stand for what the person typed over what was shown.
    /// </summary>
    public async Task<IHtmlDocument> PostAsync(string form, Dictionary<string, string> values)
    {
        using var content = new FormUrlEncodedContent(FieldsOf(form, values));
        return await ReadAsync(await client.PostAsync(Shown(form).GetAttribute("action") ?? _address, content));
    }

    /// <summary>
    /// Presses the only button of a page that failed, or of one that sends what was kept: everything posted goes out
    /// once more, as the page gave it back.
    /// </summary>
    public async Task<IHtmlDocument> SendAgainAsync(IHtmlDocument failed)
    {
        var form = failed.QuerySelector<IHtmlFormElement>(
            ".error-page form, form[data-send], section form[data-guard]")!;
        using var content = new FormUrlEncodedContent(
            form.QuerySelectorAll<IHtmlInputElement>("input")
                .Select(field => KeyValuePair.Create(field.Name!, field.Value)));
        return await ReadAsync(await client.PostAsync(form.GetAttribute("action"), content));
    }

    /// <summary>Hands in a file by a form of the last page.</summary>
    public async Task<IHtmlDocument> UploadAsync(string form, string field, string fileName, byte[] file)
    {
        using var content = new MultipartFormDataContent { { new ByteArrayContent(file), field, fileName } };
        foreach (var (name, value) in Fields(form, []))
        {
            content.Add(new StringContent(value), name);
        }

        return await ReadAsync(await client.PostAsync(_address, content));
    }

    /// <summary>Sends a body of its own to the last page.</summary>
    public async Task<IHtmlDocument> SendAsync(HttpContent content) =>
        await ReadAsync(await client.PostAsync(_address, content));

    /// <summary>The Back button: an earlier page stands there again as it was.</summary>
    public void GoBackTo(IHtmlDocument page) => Page = page;

    /// <summary>What a form of the last page would post, with what the person types over what was shown.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> FieldsOf(string form, Dictionary<string, string> values) =>
        [.. Fields(form, values), .. values];

    /// <summary>Signs in; false when the desk refused.</summary>
    public async Task<bool> SignInAsync(string user, string password)
    {
        await GetAsync("/sign-in");
        await PostAsync("sign-in", new() { ["user"] = user, ["password"] = password });
        return Answer.StatusCode == HttpStatusCode.Redirect;
    }

    /// <summary>Follows the redirect of the last answer.</summary>
    public Task<IHtmlDocument> FollowAsync() => GetAsync(Answer.Headers.Location!.ToString());

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <summary>The fields of a form as they were shown, without those that the person types anew.</summary>
    private List<KeyValuePair<string, string>> Fields(string form, Dictionary<string, string> typed)
    {
        var shown = Shown(form);
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var field in shown.QuerySelectorAll("input[name],select[name],textarea[name]"))
        {
            var name = field.GetAttribute("name")!;
            if (typed.ContainsKey(name) || field is IHtmlInputElement { Type: "submit" or "file" }
                or IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false })
            {
                continue;
            }

            fields.Add(new(name, field switch
            {
                IHtmlInputElement input => input.Value,
                IHtmlSelectElement select => select.Value ?? "",
                IHtmlTextAreaElement area => area.Value,
                _ => "",
            }));
        }

        return fields;
    }

    private IHtmlFormElement Shown(string form) => Page.QuerySelectorAll<IHtmlFormElement>("form")
        .First(one => one.QuerySelector<IHtmlInputElement>("input[name=_handler]")?.Value == form);

    private async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer)
    {
        Answer = answer;
        return Page = _parser.ParseDocument(await answer.Content.ReadAsStringAsync());
    }
}
