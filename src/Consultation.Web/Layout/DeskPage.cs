using Consultation.Cases;
using Consultation.Cases.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Layout;

/// <summary>Base of every page: the request, the typed form, the errors to show, and the redirect after a post.</summary>
public abstract class DeskPage : ComponentBase
{
    /// <summary>The request being answered.</summary>
    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = null!;

    /// <summary>What is wrong with the posted form; shown by <see cref="PostForm"/> on top and beside the fields.</summary>
    protected List<FieldError> Errors { get; } = [];

    /// <summary>The posted form; empty on GET.</summary>
    protected PostedForm Posted => field ??= PostedForm.Of(Http);

    /// <summary>The address's query.</summary>
    protected IQueryCollection Query => Http.Request.Query;

    /// <summary>Ends the request when the page is left.</summary>
    protected CancellationToken Aborted => Http.RequestAborted;

    /// <summary>After a post that succeeded: go there and say so. The notice is a text key that begins with "notice.".</summary>
    protected void Done(string url, string? noticeKey = null) =>
        Navigation.NavigateTo(noticeKey is null ? url : $"{url}{(url.Contains('?') ? '&' : '?')}notice={Uri.EscapeDataString(noticeKey)}");

    /// <summary>Answers with the "not found" page.</summary>
    protected void NotFound() => Navigation.NotFound();

    /// <summary>Adds an error beside a field, or on top when the field is "".</summary>
    protected void Wrong(string fieldName, LocalText message) => Errors.Add(new(fieldName, message));
}
