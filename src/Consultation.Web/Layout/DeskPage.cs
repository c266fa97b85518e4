using Consultation.Cases;
using Consultation.Cases.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Consultation.Web.Layout;

/// <summary>
/// Base of every page: the request, the typed form, the errors to show, and the redirect after a post.
/// </summary>
public abstract class DeskPage : ComponentBase
{
    private bool _loaded;
    private bool _gone;

    /// <summary>The request being answered.</summary>
    [CascadingParameter]
    public HttpContext Http { get; set; } = null!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = null!;

    /// <summary>
    /// What is wrong with the posted form; shown by <see cref="PostForm"/> on top and beside the fields.
    /// </summary>
    protected List<FieldError> Errors { get; } = [];

    /// <summary>The posted form; empty on GET.</summary>
    protected PostedForm Posted => field ??= PostedForm.Of(Http);

    /// <summary>The address's query.</summary>
    protected IQueryCollection Query => Http.Request.Query;

    /// <summary>Ends the request when the page is left.</summary>
    protected CancellationToken Aborted => Http.RequestAborted;

    /// <summary>
    /// After a post that succeeded: go there and say so. The notice is a text key that begins with "notice.".
    /// </summary>
    protected void Done(string url, string? noticeKey = null) =>
        Navigation.NavigateTo(noticeKey is null
            ? url
            : $"{url}{(url.Contains('?') ? '&' : '?')}notice={Uri.EscapeDataString(noticeKey)}");

    /// <summary>Answers with the "not found" page; nothing of this one is shown.</summary>
    protected void NotFound()
    {
        _gone = true;
        Navigation.NotFound();
    }

    /// <summary>
    /// Loads what the page shows. Unlike in other components nothing is shown before it has ended, so that a page never
    /// has to show itself half.
    /// </summary>
    protected new virtual Task OnInitializedAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!_loaded)
        {
            _loaded = true;
            await OnInitializedAsync();
        }

        if (!_gone)
        {
            await base.SetParametersAsync(ParameterView.Empty);
        }
    }

    /// <summary>Adds an error beside a field, or on top when the field is "".</summary>
    protected void Wrong(string fieldName, LocalText message) => Errors.Add(new(fieldName, message));
}
